import { caseShown } from '../cases/case.acts.ts';
import { caseHeld, inTime, within, type CaseSeen } from '../cases/subject.ts';
import { movesCase, stageUnfiled } from '../charges/rollup.ts';
import { reclocked } from '../clocks/reclock.ts';
import { badInput, conflict, partNotFound } from '../kernel/errors.ts';
import { idOrNull } from '../kernel/ids.ts';
import { dayText } from '../kernel/scalars.ts';
import { sentence } from '../kernel/wording.ts';
import { staged } from '../referrals/return.store.ts';
import { act, record, resight, type Moment } from '../trail/act.ts';
import { refuseFiledUnanalysed } from './immunity.gate.ts';
import type { CorrectFilingInput, FileChargesInput, WithdrawFilingInput } from './filing.inputs.ts';
import { instrumentJudged, timeJudged, type FilingWarning, type InstrumentRule } from './filing.rules.ts';
import { cameBefore, chargesToFile, corrected, filed, instrumentRule, type ChargeToFile, type NewFiling, unfiled } from './filing.store.ts';

const MOST = 100;

/**
 * Puts on record that charges were filed, all of them by one instrument in one court: the case is in court, unless all of
 * them are in a compartment, which its stage does not tell of. Throws NotFound
 * where the actor does not see the case or a charge, Forbidden where it is not the actor's to file, Conflict where the case has
 * changed, its stage does not allow it, a charge has no approved decision CHARGE, or
 * since then its person is, or may be, a federal officer whose immunity is not analysed; BadInput for an instrument that is missing
 * or that the law of the state does not know, with its citation. All are filed, or none.
 */
export const fileCharges = act('charge:file', async (moment, input: FileChargesInput) => {
  const subject = await caseHeld(moment, input.caseId);
  const charges = await chargesNamed(moment, subject, input.chargeIds);
  within(moment, subject, 'charge:file');
  inTime(subject, 'file', input.expectedVersion);
  refuseTooMany(input.chargeIds);
  charges.forEach(fileable);
  await refuseFiledUnanalysed(moment, subject, charges);
  const rule = await instrumentRule(moment, subject.state);
  const { instrument } = input;
  if (instrument == null) throw badInput('instrument', `Charges are filed by an instrument. ${ruleText(subject, rule)}`, 'Name the instrument.', lawOf(rule));
  const filedOn = dayFiled(input.filedOn, charges);
  const waiver = input.waiver == null ? null : sentence('waiver', input.waiver);
  const filing = { instrument, court: sentence('court', input.court, 200), docketNumber: sentence('docketNumber', input.docketNumber, 100), filedOn, waiver };
  const changes = charges.flatMap((charge) => {
    const warnings = filingJudged(subject, rule, charge, filing);
    return [
      ...filed(subject, charge, filing, warnings),
      record({ caseId: subject.id, act: 'CHARGE_FILED', needs: charge.needs, body: { chargeId: charge.id, instrument } }),
    ];
  });
  return {
    payload: { case: caseShown(subject.id) },
    end: [
      ...changes, ...(charges.some(movesCase) ? inCourt(subject) : []), resight(subject.id),
    ],
    after: reclocked([subject.id]),
  };
});

/**
 * Corrects what is on record of the filing of charges, all of them alike: their day, court, docket number, instrument or waiver; what was told before stays in view. Throws as
 * `fileCharges` does, Conflict for a charge that is not filed and where nothing differs, BadInput for a day behind what the court did since.
 */
export const correctFiling = act('charge:file', async (moment, input: CorrectFilingInput) => {
  const subject = await caseHeld(moment, input.caseId);
  const charges = await chargesNamed(moment, subject, input.chargeIds);
  within(moment, subject, 'charge:file');
  inTime(subject, 'follow');
  refuseTooMany(input.chargeIds);
  charges.forEach(refuseUnfiled);
  const rule = await instrumentRule(moment, subject.state);
  const filedOn = input.filedOn == null ? null : dayFiled(input.filedOn, charges);
  const told = {
    ...(input.instrument != null && { instrument: input.instrument }), ...(input.court != null && { court: sentence('court', input.court, 200) }),
    ...(input.docketNumber != null && { docketNumber: sentence('docketNumber', input.docketNumber, 100) }), ...(filedOn !== null && { filedOn }),
    ...(input.waiver !== undefined && { waiver: input.waiver === null ? null : sentence('waiver', input.waiver) }),
  };
  const differing = charges.filter((charge) => (Object.keys(told) as (keyof typeof told)[]).some((name) => charge[name] !== told[name]));
  if (differing.length === 0) throw conflict('This is what is on record of them.', { chargeIds: charges.map(({ id }) => id), remedy: 'Name what differs: instrument, court, docketNumber, filedOn or waiver.' });
  const earlier = filedOn === null ? undefined : await cameBefore(moment, subject, charges, filedOn);
  if (earlier) throw badInput('filedOn', `This day lies behind ${earlier.what} of ${earlier.day}, which is on record.`, `Correct the day, or that of ${earlier.what} first.`);
  const reason = sentence('reason', input.reason);
  return {
    payload: { case: caseShown(subject.id) },
    end: differing.flatMap((charge) => {
      const filing = { ...(charge as FiledCharge), ...told };
      return [
        corrected(subject, charge, filing, filingJudged(subject, rule, charge, filing), reason),
        record({ caseId: subject.id, act: 'FILING_CORRECTED', needs: charge.needs, body: { chargeId: charge.id, fields: Object.keys(told).join(' ') } }),
      ];
    }),
    after: reclocked([subject.id]),
  };
});

/**
 * Withdraws the record of a filing that was never made: the charges are proposed again, beneath the decisions that stand on them, and what was told stays in view. A case of which
 * nothing is filed any more goes back to where its decisions lead it. Throws as `correctFiling` does, Conflict too where the case has changed, or what a court did with the charges, or of their person alone, is on record.
 */
export const withdrawFiling = act('charge:file', async (moment, input: WithdrawFilingInput) => {
  const subject = await caseHeld(moment, input.caseId);
  const charges = await chargesNamed(moment, subject, input.chargeIds);
  within(moment, subject, 'charge:file');
  inTime(subject, 'follow', input.expectedVersion);
  refuseTooMany(input.chargeIds);
  charges.forEach(refuseUnfiled);
  const reason = sentence('reason', input.reason);
  await moment.run(unfiled(subject, charges, reason));
  const stage = charges.some(movesCase) ? await stageUnfiled(moment, subject) : subject.stage;
  return {
    payload: { case: caseShown(subject.id) },
    end: [
      ...charges.map(({ id, needs }) => record({ caseId: subject.id, act: 'FILING_WITHDRAWN', needs, body: { chargeId: id } })),
      ...(stage === subject.stage ? [] : [staged(subject, stage), record({ caseId: subject.id, act: 'OUT_OF_COURT', body: { stage }, expected: subject.version })]),
      resight(subject.id),
    ],
    after: reclocked([subject.id]),
  };
});

type FiledCharge = ChargeToFile & NewFiling;

/** The charges of the case that are named; of more than a filing has, none. Throws NotFound where one is not seen. */
async function chargesNamed(moment: Moment, subject: CaseSeen, chargeIds: readonly string[]): Promise<readonly ChargeToFile[]> {
  const wanted = [...new Set(chargeIds.map((each) => idOrNull(each)?.toLowerCase()))];
  const known = wanted.filter((each) => each !== undefined);
  if (known.length !== wanted.length) throw partNotFound('chargeIds');
  const charges = known.length > MOST ? [] : await chargesToFile(moment, subject, known);
  if (known.length <= MOST && charges.length !== known.length) throw partNotFound('chargeIds');
  return charges;
}

function refuseTooMany(chargeIds: readonly string[]): void {
  const { size } = new Set(chargeIds.map((each) => each.toLowerCase()));
  if (size < 1 || size > MOST) throw badInput('chargeIds', 'A filing has 1 to 100 charges.', size < 1 ? 'Name the charges that were filed.' : 'Name the others in a further filing.');
}

/** What a filing of a charge must say. Throws BadInput, with the rule, for an instrument that starts no felony in the state. */
function filingJudged(subject: CaseSeen, rule: InstrumentRule | undefined, charge: ChargeToFile, { instrument, waiver, filedOn }: NewFiling): FilingWarning[] {
  const judged = instrumentJudged(rule, charge.level, instrument, waiver !== null);
  if (judged === 'REFUSED') throw badInput('instrument', `A felony is not begun by ${instrument}${waiver === null ? '' : ', on a waiver neither'}. ${ruleText(subject, rule)}`, otherwise(rule), lawOf(rule));
  return [...(judged === null ? [] : [judged]), ...timeJudged(charge, filedOn)];
}

const inCourt = (subject: CaseSeen) => [
  ...(subject.stage === 'IN_COURT' ? [] : [staged(subject, 'IN_COURT')]),
  record({ caseId: subject.id, act: 'IN_COURT', body: {}, expected: subject.version }),
];

function fileable({ id, state, outcome }: ChargeToFile): void {
  if (state === 'FILED') throw conflict('This charge is filed already.', { chargeId: id, state });
  if (state === 'WITHDRAWN') throw conflict('This charge is withdrawn.', { chargeId: id, state, remedy: 'Propose it anew, and have it decided.' });
  if (outcome !== 'CHARGE') throw conflict('Only a charge with an approved decision CHARGE is filed.', { chargeId: id, outcome, remedy: 'Propose CHARGE with decideCharge, and have another person approve it.' });
}

function refuseUnfiled({ id, state }: ChargeToFile): void {
  if (state !== 'FILED') throw conflict('No filing of this charge is on record.', { chargeId: id, state, remedy: 'Record it with fileCharges.' });
}

function dayFiled(filedOn: string, charges: readonly ChargeToFile[]): string {
  const day = dayText(filedOn);
  // No state's day is ahead of the day in UTC.
  if (day > new Date().toISOString().slice(0, 10)) throw badInput('filedOn', 'This day has not come.', 'Record a filing once it is made.');
  if (charges.some(({ lastDay }) => day < lastDay)) throw badInput('filedOn', 'This day lies before an offence that is charged.', 'Correct the day.');
  return day;
}

const lawOf = (rule: InstrumentRule | undefined) => ({ rule: 'CHARGING_INSTRUMENT', citation: rule?.citation ?? null });

const otherwise = (rule: InstrumentRule | undefined): string =>
  rule === undefined || rule.onWaiver.length === 0 ? 'Name another instrument.' : `Name another instrument; or, where the accused waived that, ${rule.onWaiver.join(' or ')} with the waiver in words.`;

const ruleText = ({ state }: CaseSeen, rule: InstrumentRule | undefined): string =>
  rule === undefined ? `No rule on instruments is on file for ${state}.` : `In ${state} a felony begins by ${rule.felony.join(' or ')} (${rule.citation ?? 'no citation on file'}; confidence ${rule.confidence}).`;
