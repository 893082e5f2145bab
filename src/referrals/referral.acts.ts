import { sql } from 'drizzle-orm';
import type { ElectedPart } from '../cases/report.table.ts';
import { Shown } from '../database/lookahead.ts';
import { one } from '../database/shape.ts';
import { statement, type Row, type Statement } from '../database/statement.ts';
import { sqlState } from '../database/unit.ts';
import { badInput, Refusal } from '../kernel/errors.ts';
import { act, type Moment } from '../trail/act.ts';
import { admissionOf } from './admission.ts';
import { clocksArrived, firstClocks } from './arrival.clocks.ts';
import { attest, attestor } from './attestation.ts';
import { ASK_DESK, deskOf, type Desk } from './desk.ts';
import { originalOf, originalProblems, type AsSent } from './original.ts';
import { arrivalOf, type AttestationRecord } from './packet.ts';
import { problem, refuses, type Problem } from './problem.ts';
import { readinessGaps } from './readiness.ts';
import type { ReferralInput } from './referral.inputs.ts';
import { referrals } from './referral.table.ts';
import type { SubmissionOutcomeName } from './referral.type.ts';
import type { SubmitReferralInput, SubmitReferralsInput, ValidateReferralInput } from './submission.inputs.ts';
import { ASK_VENUE, venueArrived, venueDesk, venueOfReferral, venueProblems, type VenueDesk } from './venue.ts';
import { wellFormed } from './wellformed.ts';

/** Says what a submission would meet with, and keeps nothing. */
export const validateReferral = act('referral:validate', async (moment, { referral, attestedBy }: ValidateReferralInput) => {
  const desk = await judgesOf(moment);
  if (attestedBy != null) await attestor(moment, attestedBy, 'attestedBy');
  const judged = await judge(moment, referral, desk, attestedBy != null);
  const problems = await withNumberTaken(moment, referral, judged.problems);
  return { payload: { acceptable: !refuses(problems), problems } };
}, () => [...ASK_DESK, ASK_VENUE]);

/**
 * Takes a referral in, and with it the case. Problems of severity ERROR refuse it as data. Throws IDEMPOTENCY_KEY_REUSED
 * where the key came before with other content.
 */
export const submitReferral = act('referral:submit', async (moment, { input, sent }: AsSent<SubmitReferralInput>) => {
  const judges = await judgesOf(moment);
  const { problems, arrival } = await examined(moment, input, sent, judges, undefined);
  if (arrival === undefined) return { payload: refusal(problems) };
  return {
    payload: { referral: referralReported(input.referral.reportNumber) },
    end: [receiving(arrival.text), ...clocksArrived([arrival])],
    amended: ([answer]) => {
      const item = received(answer?.rows[0], problems);
      if (item.problems.includes(KEY_REUSED)) throw keyReused();
      return item.referralId === null ? refusal(item.problems) : { outcome: item.outcome, problems: item.problems };
    },
    refused: (fault) => (isUnkeepable(fault) ? refusal([...problems, NOT_KEPT]) : undefined),
  };
}, () => [...ASK_DESK, ASK_VENUE]);

export const keyReused = () => new Refusal('IDEMPOTENCY_KEY_REUSED', KEY_REUSED.message, { field: 'idempotencyKey', remedy: KEY_REUSED.remedy });

const refusal = (problems: readonly Problem[]) => ({ outcome: 'REFUSED', problems, referral: null });

/** Takes up to a hundred referrals in, each for itself: what one lacks does not hold up the others. All are kept by one commit. */
export const submitReferrals = act('referral:submit', async (moment, { input, sent }: AsSent<SubmitReferralsInput>) => {
  if (input.referrals.length < 1 || input.referrals.length > 100) {
    throw badInput('referrals', 'A batch holds 1 to 100 referrals.', 'Send the rest in further batches.');
  }
  const desk = await judgesOf(moment);
  const attestation = input.attestation ? await attest(moment, input.attestation) : undefined;
  const each = listOf((sent as { referrals?: unknown } | undefined)?.referrals);
  const judged: Awaited<ReturnType<typeof examined>>[] = [];
  for (const [index, referral] of input.referrals.entries()) judged.push(await examined(moment, referral, each[index], desk, attestation));
  const arrivals = judged.flatMap(({ arrival }) => (arrival === undefined ? [] : [arrival]));
  const answers = arrivals.length === 0 ? [] : (await moment.flush([LONGER, receivingAll(arrivals), ...clocksArrived(arrivals)]))[1]?.rows ?? [];
  let next = 0;
  const items = judged.map(({ problems, arrival }, index) => ({
    index, idempotencyKey: input.referrals[index]?.idempotencyKey, ...(arrival === undefined ? refused(problems) : received(answers[next++], problems)),
  }));
  const count = (outcome: SubmissionOutcomeName) => items.filter((item) => item.outcome === outcome).length;
  return { payload: { items, received: count('RECEIVED'), replayed: count('REPLAYED'), refused: count('REFUSED') } };
}, () => [...ASK_DESK, ASK_VENUE]);

interface Received {
  readonly outcome: SubmissionOutcomeName;
  readonly referralId: string | null;
  readonly problems: readonly Problem[];
}

/** What arrives of a referral, as JSON: its rows, and the clocks that they set running. */
interface Arrival {
  readonly text: string;
  readonly clocks: string;
}

/** What a referral lacks, and what of it arrives: what its problems refuse is looked up all the same, for it may have come before. */
async function examined(
  moment: Moment, { idempotencyKey: key, referral, original }: SubmitReferralInput, sent: unknown, desk: Judges, attestation: AttestationRecord | undefined,
): Promise<{ readonly problems: readonly Problem[]; readonly arrival?: Arrival }> {
  if (!isKey(key)) return { problems: [KEY_INVALID] };
  const { problems: found, venue, flaggedFor } = await judge(moment, referral, desk, attestation !== undefined);
  const problems = [...originalProblems(original), ...found];
  const kept = originalOf(original, (sent as { referral?: unknown } | undefined)?.referral);
  const made = arrivalOf(referral, { key, problems, attestation, venue, flaggedFor });
  // As text at once: a hundred of these wait for the database together.
  const arrival = { text: JSON.stringify({ ...made, original: kept }), clocks: firstClocks(made, desk.venue) };
  // What is received tells by itself that its number was free.
  return { problems: refuses(problems) ? await withNumberTaken(moment, referral, problems) : problems, arrival };
}

export const isKey = (key: string): boolean => key.trim() !== '' && key.length <= 200;

/** A list as GraphQL reads one: what is none stands for a list of itself. */
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** What the database made of an arrival. */
function received(row: Row | undefined, problems: readonly Problem[]): Received {
  switch (row?.['outcome']) {
    case 'RECEIVED':
      return { outcome: 'RECEIVED', referralId: String(row['referral_id']), problems };
    case 'REPLAYED':
      // The first result, with what it was judged by then.
      return { outcome: 'REPLAYED', referralId: String(row['referral_id']), problems: JSON.parse(String(row['problems'])) as Problem[] };
    case 'REFUSED':
      return refused(problems);
    case 'KEY_REUSED':
      return refused([KEY_REUSED]);
    case 'REPORT_NUMBER_TAKEN':
      return refused([...problems, REPORT_NUMBER_TAKEN]);
    case 'NOT_KEPT':
      return refused([...problems, NOT_KEPT]);
    default:
      throw new Error('a referral was neither received nor refused');
  }
}

const refused = (problems: readonly Problem[]): Received => ({ outcome: 'REFUSED', referralId: null, problems });

/** A value out of range, or one that a rule of the tables does not admit. */
export const isUnkeepable = (fault: unknown): boolean => /^2[23]/.test(sqlState(fault));

const receiving = (arrival: string): Statement => statement('select outcome, referral_id, problems from comity.receive_referral($1::text::jsonb)', [arrival]);

/** A batch may take as long as its referrals one by one. */
const LONGER = statement(`select set_config('statement_timeout', '20s', true)`);

/** A batch goes in one statement: what the database refuses of one leaves the others alone. */
const receivingAll = (arrivals: readonly Arrival[]): Statement =>
  statement('select outcome, referral_id, problems from comity.receive_referrals($1::text::jsonb) order by place', [`[${arrivals.map(({ text }) => text).join()}]`]);

interface Judges extends Desk {
  readonly venue: VenueDesk;
}

const judgesOf = async (moment: Moment): Promise<Judges> => ({ ...(await deskOf(moment)), venue: await venueDesk(moment, ASK_DESK.length) });

interface Verdict {
  readonly problems: readonly Problem[];
  readonly venue: object;
  readonly flaggedFor: ElectedPart | null;
}

/** What a referral lacks, and where it belongs: of a malformed one venue is not asked. */
async function judge(moment: Moment, referral: ReferralInput, { agency, packs, venue }: Judges, attested: boolean): Promise<Verdict> {
  const malformed = wellFormed(referral, agency, new Date());
  const gaps = readinessGaps({ referral, attested }, packs);
  const { problems: unwelcome, flaggedFor } = await admissionOf(moment, referral);
  if (refuses(malformed)) return { problems: [...malformed, ...unwelcome, ...gaps], venue: {}, flaggedFor };
  const found = venueOfReferral(referral, venue);
  return { problems: [...malformed, ...venueProblems(found), ...unwelcome, ...gaps], venue: venueArrived(referral, found, venue), flaggedFor };
}

/** The same problems, with one more where the agency has submitted this report number before. */
async function withNumberTaken({ run }: Moment, { reportNumber }: ReferralInput, problems: readonly Problem[]): Promise<readonly Problem[]> {
  const { rows } = await run(statement('select 1 from comity.referrals where agency_id = comity.agency_id() and report_number = $1', [reportNumber]));
  return rows.length === 0 ? problems : [...problems, REPORT_NUMBER_TAKEN];
}

/** By its report number, which is known before its id: sent again it is the same. */
const referralReported = (reportNumber: string): Shown =>
  new Shown(({ given }) => one('Referral', referrals, (referral) => sql`${referral.agencyId} = (select comity.agency_id()) and ${referral.reportNumber} = ${given(0)}`), [reportNumber]);

export const KEY_INVALID = problem('KEY_INVALID', 'idempotencyKey', 'The key is missing or too long.', 'Give a key of your own of 1 to 200 characters.');
export const KEY_REUSED = problem('IDEMPOTENCY_KEY_REUSED', 'idempotencyKey', 'This key came before with other content.', 'Send other content under a key of its own.');
export const NOT_KEPT = problem('NOT_KEPT', '', 'A value of this referral cannot be kept.', 'Check numbers and dates for values out of range.');
const REPORT_NUMBER_TAKEN = problem('REPORT_NUMBER_TAKEN', 'reportNumber', 'Your agency has submitted this report number before.', 'Look it up with referrals(filter: {reportNumber}); send what is new as a supplement.');
