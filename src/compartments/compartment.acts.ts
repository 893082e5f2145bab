import { FACETS } from '../access/facets.ts';
import { purposeMissing } from '../access/purposes.ts';
import { caseShown } from '../cases/case.acts.ts';
import { caseHeld, within, type CaseSeen } from '../cases/subject.ts';
import { stageSettled } from '../charges/rollup.ts';
import { reclocked } from '../clocks/reclock.ts';
import { statement, type Statement } from '../database/statement.ts';
import { badInput, notFound } from '../kernel/errors.ts';
import { idOrNull } from '../kernel/ids.ts';
import { staged } from '../referrals/return.store.ts';
import { act, record, resight, type Moment } from '../trail/act.ts';
import type { Compartment, CompartmentTargetInput, PlaceInCompartmentInput, PlacingBasis, ReleaseFromCompartmentInput } from './compartment.inputs.ts';

const BASES = {
  GRAND_JURY: ['GRAND_JURY_TESTIMONY', 'GRAND_JURY_SUBPOENA', 'DERIVED'],
  COMPELLED: ['COMPELLED_STATEMENT', 'DERIVED'],
} as const satisfies Record<Compartment, readonly PlacingBasis[]>;

/**
 * Places something in a compartment. What a public officer was compelled to say, and what derives from it, is the filter
 * team's alone, its existence included (Garrity v. New Jersey, 385 U.S. 493 (1967); Kastigar v. United States, 406 U.S. 441
 * (1972)); what occurs before a grand jury is the team's alone (Va. Code 19.2-192). Whoever places it and is not on that
 * team sees it no more. Throws NotFound where the actor does not see the case or the row, Forbidden where the case is not
 * the actor's, Conflict where the row is in a compartment, BadInput for a basis of the other compartment.
 */
export const placeInCompartment = act('compartment:place', async (moment, { caseId, compartment, target, basis }: PlaceInCompartmentInput) => {
  const subject = await caseHeld(moment, caseId);
  within(moment, subject, 'compartment:place');
  const fitting: readonly PlacingBasis[] = BASES[compartment];
  if (!fitting.includes(basis)) throw badInput('basis', `Nothing is ${compartment} for this reason.`, `Give one of ${fitting.join(', ')}.`);
  const id = rowOf(target);
  await moment.run(moved('place_in_compartment', subject.id, compartment, target.kind, id));
  return {
    payload: { case: caseShown(subject.id) },
    end: [record({ caseId: subject.id, chain: compartment, needs: FACETS[compartment], act: 'COMPARTMENT_PLACED', body: { targetKind: target.kind, targetId: id, basis } }), resight(subject.id)],
    after: reclocked([subject.id]),
  };
});

/**
 * Releases something from a compartment by a finding: from GRAND_JURY the team, from COMPELLED a supervisor or elected head
 * on the filter team, for the prosecution must prove an independent source of all it uses (Kastigar v. United States). The case
 * goes where the charges that are open to the whole office now lead it; a placing moves none, for that would tell of it. Throws
 * BadInput without a purpose, NotFound where the actor does not see it, Forbidden where the actor does not decide it, Conflict where it is not in the
 * compartment or derives from something that is.
 */
export const releaseFromCompartment = act('compartment:place', async (moment, { caseId, compartment, target, finding }: ReleaseFromCompartmentInput) => {
  const subject = await caseHeld(moment, caseId);
  within(moment, subject, 'compartment:place');
  if (moment.purpose === null) throw purposeMissing();
  const id = rowOf(target);
  await moment.run(moved('release_from_compartment', subject.id, compartment, target.kind, id));
  return {
    payload: { case: caseShown(subject.id) },
    end: [
      record({ caseId: subject.id, chain: compartment, needs: FACETS[compartment], act: 'COMPARTMENT_RELEASED', body: { targetKind: target.kind, targetId: id, finding } }),
      ...await settled(moment, subject), resight(subject.id),
    ],
    after: reclocked([subject.id]),
  };
});

/** The statements that bring the case where its charges lead it, with the trail's entry; none where it stands there. */
async function settled(moment: Moment, subject: CaseSeen): Promise<readonly Statement[]> {
  const stage = subject.isSuperseded ? subject.stage : await stageSettled(moment, subject);
  return stage === subject.stage ? [] : [staged(subject, stage), record({ caseId: subject.id, act: 'STAGE_SETTLED', body: { stage }, expected: subject.version })];
}

function rowOf({ id: given }: CompartmentTargetInput): string {
  const id = idOrNull(given)?.toLowerCase();
  if (id === undefined) throw notFound();
  return id;
}

const moved = (done: 'place_in_compartment' | 'release_from_compartment', caseId: string, compartment: Compartment, kind: string, id: string): Statement =>
  statement(`select comity.${done}($1::uuid, $2, $3, $4::uuid)`, [caseId, compartment, kind, id]);
