import { caseShown } from '../cases/case.acts.ts';
import { caseHeld, inTime, within, type CaseSeen } from '../cases/subject.ts';
import { movesCase } from '../charges/rollup.ts';
import { reclocked } from '../clocks/reclock.ts';
import { badInput, conflict, notFound } from '../kernel/errors.ts';
import { idOrNull } from '../kernel/ids.ts';
import { dayText } from '../kernel/scalars.ts';
import { sentence } from '../kernel/wording.ts';
import { staged } from '../referrals/return.store.ts';
import { act, record, resight } from '../trail/act.ts';
import { refuseFiledUnanalysed } from './immunity.gate.ts';
import type { FileChargesInput } from './filing.inputs.ts';
import { instrumentJudged, type FilingWarning, type InstrumentRule } from './filing.rules.ts';
import { chargesToFile, filed, instrumentRule, type ChargeToFile } from './filing.store.ts';

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
  const ids = input.chargeIds.map((each) => idOrNull(each)?.toLowerCase());
  const wanted = [...new Set(ids)].filter((each) => each !== undefined);
  if (ids.includes(undefined)) throw notFound();
  const charges = wanted.length > MOST ? [] : await chargesToFile(moment, subject, wanted);
  if (wanted.length <= MOST && charges.length !== wanted.length) throw notFound();
  within(moment, subject, 'charge:file');
  inTime(subject, 'file', input.expectedVersion);
  if (wanted.length < 1 || wanted.length > MOST) throw badInput('chargeIds', 'A filing has 1 to 100 charges.', wanted.length < 1 ? 'Name the charges that were filed.' : 'Name the others in a further filing.');
  charges.forEach(fileable);
  await refuseFiledUnanalysed(moment, subject, charges);
  const rule = await instrumentRule(moment, subject.state);
  const { instrument } = input;
  if (instrument == null) throw badInput('instrument', `Charges are filed by an instrument. ${ruleText(subject, rule)}`, 'Name the instrument.', lawOf(rule));
  const filedOn = dayFiled(input, charges);
  const waiver = input.waiver == null ? null : sentence('waiver', input.waiver);
  const filing = { instrument, court: sentence('court', input.court, 200), docketNumber: sentence('docketNumber', input.docketNumber, 100), filedOn, waiver };
  const changes = charges.flatMap((charge) => {
    const judged = instrumentJudged(rule, charge.level, instrument, waiver !== null);
    if (judged === 'REFUSED') throw badInput('instrument', `A felony is not begun by ${instrument}${waiver === null ? '' : ', on a waiver neither'}. ${ruleText(subject, rule)}`, otherwise(rule), lawOf(rule));
    const warnings: FilingWarning[] = judged === null ? [] : [judged];
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

const inCourt = (subject: CaseSeen) => [
  ...(subject.stage === 'IN_COURT' ? [] : [staged(subject, 'IN_COURT')]),
  record({ caseId: subject.id, act: 'IN_COURT', body: {}, expected: subject.version }),
];

function fileable({ id, state, outcome }: ChargeToFile): void {
  if (state === 'FILED') throw conflict('This charge is filed already.', { chargeId: id, state });
  if (state === 'WITHDRAWN') throw conflict('This charge is withdrawn.', { chargeId: id, state, remedy: 'Propose it anew, and have it decided.' });
  if (outcome !== 'CHARGE') throw conflict('Only a charge with an approved decision CHARGE is filed.', { chargeId: id, outcome, remedy: 'Propose CHARGE with decideCharge, and have another person approve it.' });
}

function dayFiled({ filedOn }: FileChargesInput, charges: readonly ChargeToFile[]): string {
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
