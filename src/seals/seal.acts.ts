import { sql } from 'drizzle-orm';
import { CEILINGS } from '../access/ceilings.ts';
import { bits, FACETS, SEAT_FACETS } from '../access/facets.ts';
import { caseShown } from '../cases/case.acts.ts';
import { caseHeld, within, type CaseSeen } from '../cases/subject.ts';
import { Shown } from '../database/lookahead.ts';
import { one } from '../database/shape.ts';
import { badInput, conflict, forbidden, notFound, type Refusal } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { instantSought } from '../kernel/scalars.ts';
import { sentence } from '../kernel/wording.ts';
import { act, record, resight, type Act, type Moment } from '../trail/act.ts';
import { audienceOf } from './audience.ts';
import type { CancelUnsealingInput, ProposeUnsealingInput, SealCaseInput, UnsealInput } from './seal.inputs.ts';
import { cancelled, imposed, lifted, liftersWithin, proposed, reads, sealSeen, standsIn, stoodIn, type SealSeen } from './seal.store.ts';
import { seals } from './seal.table.ts';

const EVERYTHING = bits(...(Object.keys(FACETS) as (keyof typeof FACETS)[]));
const COMPARTMENTS = bits('GRAND_JURY', 'COMPELLED');

/** What those who lift seals read of what one closes: how persons can be reached, and notes to a team, is not theirs to read. */
const read = (closed: number): number => closed & SEAT_FACETS & CEILINGS.OFFICE.SUPERVISOR & ~FACETS.PROTECTED;

/** Who may read that a seal was imposed or lifted: who reads what it closes. */
const told = (closed: number): number => FACETS.OFFICE | (read(closed) || closed);

/**
 * Closes a case, or facets of it, to all but an audience, by order of a court. Throws NotFound where the actor does not
 * see the case, or what would be closed; Forbidden where the actor's office does not lead it; BadInput for an audience
 * that is nobody, has left, has no part in the case or holds fewer than two who could lift the seal, for a missing order,
 * a time that is over, or a compartment.
 */
export const sealCase = act('seal:impose', async (moment, input: SealCaseInput) => {
  const subject = await caseHeld(moment, input.caseId);
  within(moment, subject, 'seal:impose');
  const facets = closedBy(input);
  const order = sentence('order', input.order, 500);
  const until = endOf(input);
  const audience = await audienceOf(moment, subject, input.audience);
  const needs = FACETS.OFFICE | read(facets);
  if ((await liftersWithin(moment, subject, needs, audience)) < 2) {
    throw badInput('audience', 'Two people must be able to lift this seal, and fewer are in its audience.',
      'Name at least two active supervisors or elected heads of your office who read what it closes: themselves, their unit or your office.');
  }
  if (!(await reads(moment, subject, needs))) throw notFound();
  const id = newId();
  await moment.run(imposed({ caseId: subject.id, id, needs, facets, audience, order, until }));
  return {
    payload: shown(subject.id, id),
    end: [record({ caseId: subject.id, act: 'SEALED', needs: told(facets), body: { sealId: id, facets } }), resight(subject.id)],
  };
});

/** A step of lifting a seal, by its audience or, where fewer than two of that are left who could, by one who stands in for them. */
const lifting = <I extends UnsealInput>(name: string, work: Act<I>['work'], because: (input: I) => string | null = () => null): Act<I> =>
  act('seal:lift', async (moment, input: I) => {
    if (!(await standsIn(moment, input))) return work(moment, input);
    return { payload: shown(input.caseId, input.sealId), end: [stoodIn(input, name, because(input))] };
  });

/**
 * Proposes to lift a seal. Throws NotFound for those outside its audience, Forbidden where the case is not the actor's
 * to unseal, Conflict where the seal stands no more or its lifting is proposed already.
 */
export const proposeUnsealing = lifting('UNSEALING_PROPOSED', async (moment, input: ProposeUnsealingInput) => {
  const { subject, seal } = await sealHeld(moment, input);
  mustStand(seal);
  const reason = sentence('reason', input.reason);
  if (seal.proposedBy !== null) throw proposedAlready();
  const { rows } = await moment.run(proposed(subject.id, seal.id, reason));
  if (rows.length !== 1) throw proposedAlready();
  return done(subject, seal, 'UNSEALING_PROPOSED');
}, ({ reason }) => sentence('reason', reason));

/** Takes a proposal to lift a seal back: who made it, or another who may lift seals. Throws as `proposeUnsealing` does, Conflict where nothing is proposed. */
export const cancelUnsealing = lifting('UNSEALING_CANCELLED', async (moment, input: CancelUnsealingInput) => {
  const { subject, seal } = await sealHeld(moment, input);
  mustStand(seal);
  const { rows } = await moment.run(cancelled(subject.id, seal.id));
  if (rows.length !== 1) throw notProposed();
  return done(subject, seal, 'UNSEALING_CANCELLED');
});

/**
 * Lifts a seal that another person proposed to lift. Throws NotFound for those outside its audience, Forbidden for the
 * proposer, Conflict where nothing is proposed or the seal stands no more.
 */
export const unseal = lifting('UNSEALED', async (moment, input: UnsealInput) => {
  const { subject, seal } = await sealHeld(moment, input);
  mustStand(seal);
  if (seal.proposedBy === null) throw notProposed();
  if (seal.proposedBy === moment.actor.memberId) throw forbidden('Two people lift a seal: another than the one who proposed it.');
  const { rows } = await moment.run(lifted(subject.id, seal.id));
  if (rows.length !== 1) throw notProposed();
  const { payload, end } = done(subject, seal, 'UNSEALED');
  return { payload, end: [...end, resight(subject.id)] };
});

/** The case and the seal of an act, both held. Throws NotFound, Forbidden. */
async function sealHeld(moment: Moment, { caseId, sealId }: UnsealInput): Promise<{ subject: CaseSeen; seal: SealSeen }> {
  const subject = await caseHeld(moment, caseId);
  const seal = await sealSeen(moment, subject, sealId);
  within(moment, subject, 'seal:lift');
  return { subject, seal };
}

const done = ({ id: caseId }: CaseSeen, { id, facets }: SealSeen, name: string) => ({
  payload: shown(caseId, id),
  end: [record({ caseId, act: name, needs: told(facets), body: { sealId: id } })],
});

const shown = (caseId: string, id: string) => ({
  case: caseShown(caseId),
  seal: new Shown(({ given }) => one('Seal', seals, (seal) => sql`${seal.caseId} = ${given(0)}::uuid and ${seal.id} = ${given(1)}::uuid`), [caseId, id]),
});

/** The bits that a seal closes. Without SUMMARY nothing of a case is shown: to close it is to close the case. */
function closedBy({ facets }: SealCaseInput): number {
  if (facets == null) return EVERYTHING;
  if (facets.length === 0) throw badInput('facets', 'Nothing would be sealed.', 'Name the facets, or leave facets away for the whole case.');
  const closed = bits(...facets);
  if (closed & COMPARTMENTS) throw badInput('facets', 'A compartment is closed already.', 'Leave GRAND_JURY and COMPELLED away.');
  return closed & FACETS.SUMMARY ? EVERYTHING : closed;
}

function endOf({ until }: SealCaseInput): string | null {
  const end = until == null ? null : instantSought(until);
  if (end === '-infinity' || (end !== null && end !== 'infinity' && Date.parse(end) <= Date.now())) {
    throw badInput('until', 'The seal would end before it begins.', 'Give an instant in the future, or leave until away.');
  }
  return end;
}

function mustStand({ standing, lifted: over }: SealSeen): void {
  if (!standing) throw conflict(over ? 'This seal is lifted already.' : 'This seal has ended.', { remedy: 'Read the seals of the case again.' });
}

const proposedAlready = (): Refusal =>
  conflict('It is proposed already to lift this seal.', { remedy: 'Another person than the proposer lifts it with unseal, or the proposal is taken back with cancelUnsealing.' });

const notProposed = (): Refusal => conflict('Nobody has proposed to lift this seal.', { remedy: 'Propose it with proposeUnsealing; another person then lifts it.' });
