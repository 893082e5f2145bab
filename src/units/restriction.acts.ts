import { FACETS } from '../access/facets.ts';
import { caseShown } from '../cases/case.acts.ts';
import { caseHeld, caseSeen, changed, officeOf, within, type CaseSeen } from '../cases/subject.ts';
import { statement, type Statement } from '../database/statement.ts';
import { badInput, conflict } from '../kernel/errors.ts';
import { idOrNull, newId } from '../kernel/ids.ts';
import { sentence } from '../kernel/wording.ts';
import { act, record, resight, type Moment } from '../trail/act.ts';
import type { RestrictToUnitInput } from './restriction.inputs.ts';
import { staffed } from './unit.store.ts';

/**
 * Keeps a case to one unit of its lead, in the place of another, or to none any more. What restricts it already is changed
 * by those of the unit, or by an elected head or a conflicts officer from outside, to whom it shows no more than SUMMARY.
 * Throws NotFound, Forbidden, BadInput for a unit that is not the office's or has no active member, or without a reason, Conflict where
 * nothing would change or the case is not as expected.
 */
export const restrictToUnit = act('case:restrict', async (moment, { caseId, unitId, reason, expectedVersion }: RestrictToUnitInput) => {
  if (unitId === undefined) throw badInput('unitId', 'It is not said which unit.', 'Give the unit, or null to lift the restriction.');
  const before = await caseHeld(moment, caseId);
  const [lifted, subject] = await liftedFrom(moment, before, (reason ?? '').trim());
  within(moment, subject, 'case:restrict');
  if (expectedVersion != null && expectedVersion !== subject.version) throw changed(subject);
  if (unitId === null) {
    if (lifted === null) throw conflict('The case is not kept to a unit.');
    sentence('reason', reason ?? '');
    return { payload: { case: caseShown(subject.id) }, end: [record({ caseId: subject.id, act: 'UNIT_RESTRICTION_LIFTED', body: { unitId: lifted }, needs: FACETS.OFFICE }), resight(subject.id)] };
  }
  const [unit] = (await moment.run(staffed(idOrNull(unitId), officeOf(moment)))).rows;
  if (!unit) throw badInput('unitId', 'This is no unit of your office with an active member.', 'Take an id from the query units; put somebody into the unit first.');
  if (unit['id'] === lifted) throw conflict('The case is kept to this unit already.');
  const why = sentence('reason', reason ?? '');
  await moment.run(restricted(subject.id, String(unit['id']), why));
  return {
    payload: { case: caseShown(subject.id) },
    end: [record({ caseId: subject.id, act: 'RESTRICTED_TO_UNIT', body: { unitId: String(unit['id']), inPlaceOf: lifted }, needs: FACETS.OFFICE }), resight(subject.id)],
  };
});

/** Lifts what restricts the case, if anything does: the unit it was kept to, and the case as the actor sees it without. */
async function liftedFrom(moment: Moment, subject: CaseSeen, because: string): Promise<readonly [string | null, CaseSeen]> {
  const [row] = (await moment.run(statement('select comity.lift_restriction($1::uuid, $2) as unit', [subject.id, because]))).rows;
  if (typeof row?.['unit'] !== 'string') return [null, subject];
  await moment.run(resight(subject.id));
  return [row['unit'], await caseSeen(moment, subject.id)];
}

const RESTRICTED = `insert into comity.unit_restrictions (case_id, id, needs, unit_id, reason, restricted_by, restricted_at)
  values ($1::uuid, $2::uuid, ${FACETS.OFFICE}, $3::uuid, $4, comity.member(), statement_timestamp())`;

const restricted = (caseId: string, unitId: string, reason: string): Statement => statement(RESTRICTED, [caseId, newId(), unitId, reason]);
