import { sql } from 'drizzle-orm';
import { FACETS } from '../access/facets.ts';
import { caseShown } from '../cases/case.acts.ts';
import type { PersonPart } from '../cases/person.table.ts';
import { caseHeld, inTime, within, type CaseSeen } from '../cases/subject.ts';
import { reclocked } from '../clocks/reclock.ts';
import { Shown } from '../database/lookahead.ts';
import { one } from '../database/shape.ts';
import { badInput, conflict, forbidden } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { act, record, resight, type Done, type Moment, type TrailEvent } from '../trail/act.ts';
import { added, chargeSeen, personSeen, textsOf, twinsOf, withdrawn, type ChargeSeen, type NewCharge, type PersonSeen, type TextOfLaw } from './charge.store.ts';
import { charges } from './charge.table.ts';
import type { ProposeChargeInput, WithdrawChargeInput } from './charge.type.ts';
import { refuseDecided } from './decided.guard.ts';
import { levelNamed } from './level.rules.ts';
import { daysOf, LAW_OF_THE_STATE, textPinned } from './pinning.rules.ts';
import { settling } from './rollup.ts';
import { warningsOf } from './warnings.ts';

/**
 * Proposes to charge a person of the case under the text that is in force on the day of the offence, which it pins.
 * Throws NotFound where the actor does not see the case, Forbidden where it is not the actor's to charge, Conflict where
 * its stage does not allow it or the same charge is open, BadInput, with the rule and its citation, for a person, statute, day,
 * level or count that cannot be. Where all was decided the case is under review again.
 */
export const proposeCharge = act('charge:propose', async (moment, input: ProposeChargeInput) => {
  const subject = await caseHeld(moment, input.caseId);
  within(moment, subject, 'charge:propose');
  inTime(subject, 'charge');
  const counts = countsOf(input);
  const days = daysOf(input, subject.incidentOn);
  const person = await chargeable(moment, subject, input.personId);
  const text = textPinned(await textsFor(moment, subject, input.statuteId), days);
  const level = input.level == null ? null : levelNamed(text, input.level);
  const charge: NewCharge = {
    caseId: subject.id, id: newId(), needs: FACETS.CHARGES | (person.needs & FACETS.PROTECTED), personId: person.id, statuteId: input.statuteId,
    versionId: text.versionId, counts, ...days, level, warnings: warningsOf(text),
  };
  if ((await moment.run(added(charge))).rows.length !== 1) throw await notAdded(moment, charge);
  const body = { chargeId: charge.id, personId: person.id, statuteId: charge.statuteId, statuteVersionId: text.versionId, counts, ...(level && { level }) };
  return done(moment, subject, charge, { act: 'CHARGE_PROPOSED', body });
});

/**
 * Withdraws a proposed charge; it stays in view as withdrawn, and the case goes where the decisions on the others lead it.
 * Throws NotFound where the actor does not see it, Forbidden and Conflict as `proposeCharge` does, Conflict where it is withdrawn or
 * filed, or a decision on it waits or stands that does not hold it.
 */
export const withdrawCharge = act('charge:propose', async (moment, input: WithdrawChargeInput) => {
  const subject = await caseHeld(moment, input.caseId);
  const charge = await chargeSeen(moment, subject, input.chargeId);
  within(moment, subject, 'charge:propose');
  inTime(subject, 'charge');
  if (charge.state !== 'PROPOSED') throw notWithdrawn(charge);
  await refuseDecided(moment, subject, charge);
  await moment.run(withdrawn(subject.id, charge.id));
  return done(moment, subject, charge, { act: 'CHARGE_WITHDRAWN', body: { chargeId: charge.id } });
});

/** What ends an act on a charge: the case goes where the decisions on all of them lead it. A rule book may depend on its stage, and on its level, and that on its charges. */
export async function done(moment: Moment, subject: CaseSeen, { id, needs }: Pick<ChargeSeen, 'id' | 'needs'>, event: Pick<TrailEvent, 'act' | 'body'>): Promise<Done> {
  const moves = await settling(moment, subject, { needs });
  return {
    payload: { charge: chargeShown(subject.id, id), case: caseShown(subject.id) },
    end: [...moves, record({ caseId: subject.id, needs, ...event, ...(moves.length > 0 && { expected: subject.version }) }), resight(subject.id)],
    after: reclocked([subject.id]),
  };
}

/** A charge, as the act’s payload leads to it. */
export const chargeShown = (caseId: string, id: string): Shown =>
  new Shown(({ given }) => one('Charge', charges, (charge) => sql`${charge.caseId} = ${given(0)}::uuid and ${charge.id} = ${given(1)}::uuid`), [caseId, id]);

function countsOf({ counts }: ProposeChargeInput): number {
  if (counts < 1 || counts > 999) throw badInput('counts', 'A charge has 1 to 999 counts.', 'Give a number from 1 to 999.');
  return counts;
}

const CHARGEABLE: readonly PersonPart[] = ['SUBJECT', 'OFFICIAL'];

async function chargeable(moment: Moment, subject: CaseSeen, personId: string): Promise<PersonSeen> {
  const person = await personSeen(moment, subject, personId);
  if (person === undefined || !CHARGEABLE.includes(person.part)) {
    throw badInput('personId', 'This is no subject or official of the case.', 'Take the id of a person of the case whose part is SUBJECT or OFFICIAL.');
  }
  return person;
}

/** The texts of a statute of the case's state. Throws BadInput where it is none. */
async function textsFor(moment: Moment, subject: CaseSeen, statuteId: string): Promise<readonly TextOfLaw[]> {
  const texts = await textsOf(moment, statuteId);
  const [statute] = texts;
  if (statute === undefined) throw badInput('statuteId', 'There is no such statute.', 'Take an id from the query statutes.');
  if (statute.state !== subject.state) {
    throw badInput(
      'statuteId', `${statute.citation} is a statute of ${statute.state}; the case lies in ${subject.state}.`, `Take a statute from statutes(filter: {state: "${subject.state}"}).`,
      { ...LAW_OF_THE_STATE, statute: statute.citation },
    );
  }
  return texts;
}

async function notAdded(moment: Moment, charge: NewCharge): Promise<Error> {
  const [twin] = await twinsOf(moment, charge);
  return twin === undefined ? forbidden() : alreadyCharged(twin);
}

/** The conflict that tells which open charge is the same. */
export const alreadyCharged = (chargeId: string) =>
  conflict('This person is charged under this statute for this day already.', { chargeId, remedy: 'Withdraw that charge first, unless it is filed, to propose it with other counts; or name another level in each.' });

const notWithdrawn = ({ id, state }: ChargeSeen) =>
  state === 'FILED'
    ? conflict('This charge is filed: the court disposes of it.', { chargeId: id, state })
    : conflict('This charge is withdrawn already.', { chargeId: id, state, remedy: 'Propose it anew to bring it back.' });
