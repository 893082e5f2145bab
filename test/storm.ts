import { setTimeout as wait } from 'node:timers/promises';
import { newId } from '../src/kernel/ids.ts';
import { completeReferral, type CastMember, type Reply } from './world.ts';

export type Ask = (who: CastMember, document: string, variables?: Readonly<Record<string, unknown>>) => Promise<Reply | undefined>;

/** A referral on its way: sent again, word for word, until it is known to be kept. */
export interface Sent {
  readonly by: CastMember;
  readonly key: string;
  readonly referral: Readonly<Record<string, unknown>> & { readonly reportNumber: string };
  /** Answers that acknowledged it, by the referral's id. */
  readonly acknowledged: string[];
  unknown: number;
}

/** What the acts on cases were told. */
export interface Acted {
  readonly act: 'CLAIMED' | 'RELEASED' | 'ASSIGNED';
  readonly by: CastMember;
  readonly caseId: string;
  /** Acknowledged, with the case's version; unknown where no answer came, or one that left it open. */
  readonly version: number | undefined;
}

/** What the storm's actors did, and were told. */
export class Ledger {
  readonly sent: Sent[] = [];
  readonly acted: Acted[] = [];
  readonly codes = new Map<string, number>();
  readonly trespasses: string[] = [];
  answered = 0;
  rows = 0;

  /** Notes how an answer ended, and gives its data where it is whole. */
  heard(reply: Reply | undefined): Readonly<Record<string, any>> | undefined {
    const code = reply === undefined ? 'NO_ANSWER' : String(reply.errors?.[0]?.extensions['code'] ?? 'OK');
    this.codes.set(code, (this.codes.get(code) ?? 0) + 1);
    this.answered += 1;
    return code === 'OK' ? (reply?.data ?? undefined) : undefined;
  }
}

/** Which narratives an actor may meet with: those of the agency whose county is the office's. */
const OFFICES = { attorneyDallas: 'DALLAS', secondDallas: 'DALLAS', supervisorDallas: 'DALLAS', attorneyCook: 'CHICAGO' } as const;
const AGENCIES = { chiefDallasPolice: 'DALLAS', machineDallasPolice: 'DALLAS', chiefChicagoPolice: 'CHICAGO' } as const;
export type OfficeActor = keyof typeof OFFICES;
export type AgencyActor = keyof typeof AGENCIES;

const CHICAGO = { countyFips: '17031', place: '1 Example Plaza, Chicago', latitude: 41.88, longitude: -87.63 };

const referralOf = (agency: string, number: number) => {
  const whole = completeReferral(`${agency}-${number}`);
  return { ...whole, narrative: `[${agency}] ${whole.narrative}`, incident: { ...whole.incident, ...(agency === 'CHICAGO' && CHICAGO) } };
};

const SUBMIT = 'mutation ($input: SubmitReferralInput!) { submitReferral(input: $input) { outcome problems { code path } referral { id reportNumber } } }';
const CLAIM = 'mutation ($input: ClaimCaseInput!) { claimCase(input: $input) { case { id version report { narrative } } } }';
const RELEASE = 'mutation ($input: ReleaseCaseInput!) { releaseCase(input: $input) { case { id version report { narrative } } } }';
const ASSIGN = 'mutation ($input: AssignCaseInput!) { assignCase(input: $input) { case { id version report { narrative } } assignment { id } } }';
const CASES = 'query ($filter: CaseFilter) { cases(filter: $filter, first: 20) { totalCount nodes { id number version stage report { narrative } persons { name } } } }';
const REFERRALS = 'query { referrals(first: 20) { totalCount nodes { reportNumber } } }';

/** Sends a referral once; true when it is known to be kept. */
export async function send(ask: Ask, ledger: Ledger, sent: Sent): Promise<boolean> {
  const data = ledger.heard(await ask(sent.by, SUBMIT, { input: { idempotencyKey: sent.key, referral: sent.referral } }));
  const answer = data?.['submitReferral'];
  if (answer?.outcome === 'RECEIVED' || answer?.outcome === 'REPLAYED') {
    if (answer.referral.reportNumber !== sent.referral.reportNumber) ledger.trespasses.push(`${sent.by} sent ${sent.referral.reportNumber} and got ${answer.referral.reportNumber}`);
    sent.acknowledged.push(answer.referral.id);
    return true;
  }
  if (answer !== undefined) ledger.trespasses.push(`${sent.referral.reportNumber} was refused: ${JSON.stringify(answer.problems)}`);
  sent.unknown += 1;
  return false;
}

export interface Weather {
  readonly ask: Ask;
  readonly ledger: Ledger;
  /** True while it lasts. */
  blows(): boolean;
}

/** An agency that submits, and repeats one in two of those whose fate it does not know. */
export async function agencySubmits({ ask, ledger, blows }: Weather, by: AgencyActor, from: number, most: number): Promise<void> {
  const agency = AGENCIES[by];
  for (let number = from; blows() && number < from + most; number += 1) {
    const sent: Sent = { by, key: newId(), referral: referralOf(agency, number), acknowledged: [], unknown: 0 };
    ledger.sent.push(sent);
    if (!(await send(ask, ledger, sent)) && Math.random() < 0.5) await send(ask, ledger, sent);
    await wait(40 + Math.random() * 60);
  }
}

/** An agency that reads its own referrals. */
export async function agencyReads({ ask, ledger, blows }: Weather, by: AgencyActor, most: number): Promise<void> {
  for (let turn = 0; blows() && turn < most; turn += 1) {
    const found = ledger.heard(await ask(by, REFERRALS))?.['referrals'];
    for (const { reportNumber } of found?.nodes ?? []) meet(ledger, by, reportNumber, AGENCIES[by]);
    await wait(60 + Math.random() * 60);
  }
}

/** A member of an office who reads the list, claims what is unclaimed, and releases or staffs what the office leads. */
export async function officeWorks(weather: Weather, by: OfficeActor, colleague: string | undefined, most: number): Promise<void> {
  const { ask, ledger, blows } = weather;
  for (let turn = 0; blows() && turn < most; turn += 1) {
    const claiming = Math.random() < 0.6;
    const found = ledger.heard(await ask(by, CASES, { filter: { stages: [claiming ? 'UNCLAIMED' : 'CLAIMED'] } }))?.['cases'];
    for (const { report } of found?.nodes ?? []) meet(ledger, by, String(report?.narrative ?? ''), `[${OFFICES[by]}]`);
    const chosen = found?.nodes[Math.floor(Math.random() * found.nodes.length)];
    if (chosen) {
      const about = { caseId: chosen.id, expectedVersion: chosen.version };
      if (claiming) await perform(weather, by, 'CLAIMED', CLAIM, about);
      else if (colleague !== undefined && Math.random() < 0.5) await perform(weather, by, 'ASSIGNED', ASSIGN, { caseId: chosen.id, memberId: colleague, role: 'SUPPORT' });
      else await perform(weather, by, 'RELEASED', RELEASE, about);
    }
    await wait(20 + Math.random() * 60);
  }
}

/** A member of an office that none of these cases concerns. */
export async function strangerReads({ ask, ledger, blows }: Weather, by: CastMember, most: number): Promise<void> {
  for (let turn = 0; blows() && turn < most; turn += 1) {
    const found = ledger.heard(await ask(by, CASES))?.['cases'];
    if (found && (found.totalCount !== 0 || found.nodes.length > 0)) ledger.trespasses.push(`${by} saw ${found.totalCount} cases`);
    await wait(60 + Math.random() * 60);
  }
}

async function perform({ ask, ledger }: Weather, by: OfficeActor, act: Acted['act'], document: string, input: { readonly caseId: string; readonly [field: string]: unknown }): Promise<void> {
  const reply = await ask(by, document, { input });
  const data = ledger.heard(reply);
  const told = data === undefined ? undefined : Object.values(data)[0]?.case;
  if (told) {
    ledger.acted.push({ act, by, caseId: input.caseId, version: told.version });
    meet(ledger, by, told.report.narrative, `[${OFFICES[by]}]`);
    if (told.id !== input.caseId) ledger.trespasses.push(`${by} acted on ${input.caseId} and was shown ${told.id}`);
  } else if (reply === undefined || reply.errors?.[0]?.extensions['code'] === 'UNAVAILABLE') {
    ledger.acted.push({ act, by, caseId: input.caseId, version: undefined });
  }
}

function meet(ledger: Ledger, by: CastMember, text: string, begins: string): void {
  ledger.rows += 1;
  if (!text.startsWith(begins)) ledger.trespasses.push(`${by} met with ${text.slice(0, 30)}`);
}
