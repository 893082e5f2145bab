import { sql } from 'drizzle-orm';
import { FACETS } from '../access/facets.ts';
import { caseShown } from '../cases/case.acts.ts';
import type { PersonPart } from '../cases/person.table.ts';
import { caseHeld, inTime, within, type CaseSeen } from '../cases/subject.ts';
import { personSeen } from '../charges/charge.store.ts';
import { Shown } from '../database/lookahead.ts';
import { one } from '../database/shape.ts';
import { badInput, conflict } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { dayText } from '../kernel/scalars.ts';
import { sentence } from '../kernel/wording.ts';
import { act, record, type Moment } from '../trail/act.ts';
import { dayCome, notBefore } from './days.ts';
import { refuseIncomplete } from './details.ts';
import { moved } from './machine.ts';
import type { RecordParallelProceedingInput } from './parallel.inputs.ts';
import { PARALLEL_AGAINST, PARALLEL_MOVES, UNKNOWN, type ParallelAct, type ParallelAgainst, type ParallelPlace, type ParallelState } from './parallel.rules.ts';
import { parallelBegun, parallelMoved, parallelSeen, parallelTwin, type ParallelKept } from './parallel.store.ts';
import { parallelProceedings } from './parallel.table.ts';
import { stepped } from './proceeding-step.store.ts';

const OPENING = ['forum', 'court', 'docketNumber', 'against'] as const;
const OF_NO_LAW = { rule: 'PARALLEL_PROCEEDING', citation: null } as const;

/**
 * Records what happened to a proceeding beside the case. Throws NotFound where the actor does not see the case or the proceeding,
 * Forbidden where it is another's, Conflict at the wrong moment or where it is on record already; BadInput for who cannot be meant,
 * days that contradict each other, and for what an act lacks or does not take.
 */
export const recordParallelProceeding = act('parallel:record', async (moment, input: RecordParallelProceedingInput) => {
  const subject = await caseHeld(moment, input.caseId);
  const known = input.proceedingId == null ? null : await parallelSeen(moment, subject, input.proceedingId);
  within(moment, subject, 'parallel:record');
  inTime(subject, 'follow');
  const proceeding = known === null ? await begun(moment, subject, input) : gone(known, input);
  return {
    payload: {
      case: caseShown(subject.id),
      proceeding: new Shown(({ given }) => one('ParallelProceeding', parallelProceedings, (each) => sql`${each.caseId} = ${given(0)}::uuid and ${each.id} = ${given(1)}::uuid`), [subject.id, proceeding.id]),
    },
    end: [
      (known === null ? parallelBegun : parallelMoved)(subject, proceeding),
      stepped(subject, { kind: 'PARALLEL_PROCEEDING', aboutId: proceeding.id, needs: proceeding.needs, act: input.act, day: dayText(input.on), state: proceeding.state }),
      record({ caseId: subject.id, act: 'PARALLEL_RECORDED', needs: proceeding.needs, body: { proceedingId: proceeding.id, forum: proceeding.forum, act: input.act, state: proceeding.state } }),
    ],
  };
});

async function begun(moment: Moment, subject: CaseSeen, input: RecordParallelProceedingInput): Promise<ParallelKept> {
  const state = stateAfter(input, UNKNOWN);
  refuseIncomplete(input.act, null, input, { all: OPENING, needed: OPENING });
  const openedOn = dayCome('on', input.on);
  const against: ParallelAgainst = input.against ?? 'SUSPECT';
  const person = input.personId == null ? null : await personSeen(moment, subject, input.personId);
  if (person === undefined) throw badInput('personId', 'This is no person of the case.', 'Take the id of a person of the case.');
  const parts: readonly PersonPart[] = PARALLEL_AGAINST[against];
  if (person !== null && !parts.includes(person.part)) throw badInput('personId', `This person’s part in the case is ${person.part}.`, `With ${against}, name a person whose part is ${parts.join(' or ')}.`);
  const proceeding: ParallelKept = {
    id: newId(), needs: FACETS.PROCEEDINGS | (person?.needs ?? 0), forum: input.forum ?? 'OTHER', court: sentence('court', input.court ?? '', 200),
    docketNumber: sentence('docketNumber', input.docketNumber ?? '', 100), against, personId: person?.id ?? null, state, openedOn, stayedOn: null, resumedOn: null, endedOn: null,
  };
  const twin = await parallelTwin(moment, subject, proceeding);
  if (twin) throw conflict('This proceeding is on record.', { ...OF_NO_LAW, proceedingId: twin.id, state: twin.state, remedy: 'Record what happens to it, with its id as proceedingId.' });
  return proceeding;
}

function gone(known: ParallelKept, input: RecordParallelProceedingInput): ParallelKept {
  const state = stateAfter(input, known.state);
  refuseIncomplete(input.act, null, input, { all: [...OPENING, 'personId'], needed: [] });
  const on = dayCome('on', input.on);
  notBefore('on', on, ['it was opened', known.openedOn], ['the stay', known.stayedOn], ['the end of the stay', known.resumedOn]);
  const next = { ...known, state };
  if (input.act === 'STAY') return { ...next, stayedOn: on, resumedOn: null };
  return input.act === 'LIFT_STAY' ? { ...next, resumedOn: on } : { ...next, endedOn: on };
}

const stateAfter = ({ act }: RecordParallelProceedingInput, state: ParallelPlace): ParallelState => moved<ParallelAct, ParallelState, typeof UNKNOWN>(PARALLEL_MOVES, act, state, OF_NO_LAW);
