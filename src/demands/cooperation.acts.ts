import { sql } from 'drizzle-orm';
import { FACETS } from '../access/facets.ts';
import { caseShown } from '../cases/case.acts.ts';
import { caseHeld, inTime, within, type CaseSeen } from '../cases/subject.ts';
import { personSeen } from '../charges/charge.store.ts';
import { Shown } from '../database/lookahead.ts';
import { one } from '../database/shape.ts';
import { statement } from '../database/statement.ts';
import { badInput, conflict, partNotFound } from '../kernel/errors.ts';
import { idOrNull, newId } from '../kernel/ids.ts';
import { sentence } from '../kernel/wording.ts';
import { act, record, type Moment } from '../trail/act.ts';
import type { RecordCooperationEventInput, WithdrawCooperationEventInput } from './cooperation.inputs.ts';
import { cooperationEvents } from './cooperation.table.ts';

const RECORDED = `insert into comity.cooperation_events (case_id, id, needs, kind, happened_at, by_agency, witness_id, recording_id, second, note, recorded_by, recorded_at)
  values ($1::uuid, $2::uuid, $3::integer, $4, $5::text::timestamptz, $6, $7::uuid, $8::uuid, $9::integer, $10, comity.member(), clock_timestamp())`;
const SEEN = 'select id, needs, withdrawn_at is not null as "isWithdrawn" from comity.cooperation_events where case_id = $1::uuid and id = $2::uuid';
const WITHDRAWN = `update comity.cooperation_events set withdrawn_by = comity.member(), withdrawn_at = clock_timestamp(), withdrawn_because = $3
  where case_id = $1::uuid and id = $2::uuid and withdrawn_at is null returning id`;

/** Who sees what is in a compartment is asked of what stands in it, as it stands now. */
const APART = ~(FACETS.GRAND_JURY | FACETS.COMPELLED);

/**
 * Records that a federal agency refused to cooperate. Throws NotFound where the actor does not see the case, Forbidden where it is not the
 * actor's to record, Conflict at the wrong stage, BadInput for a time to come or before the incident, a witness or a recording that is none of the case.
 */
export const recordCooperationEvent = act('cooperation:record', async (moment, input: RecordCooperationEventInput) => {
  const subject = await caseHeld(moment, input.caseId);
  within(moment, subject, 'cooperation:record');
  inTime(subject, 'prepare');
  const happenedAt = new Date(input.happenedAt);
  if (happenedAt.getTime() > Date.now()) throw badInput('happenedAt', 'This has not happened yet.', 'Correct the time.');
  // No state is a day behind the day in UTC, or a day before it.
  if (happenedAt.getTime() < Date.parse(`${subject.incidentOn}T00:00:00Z`) - 86_400_000) throw badInput('happenedAt', 'This lies before the incident.', 'Correct the time.');
  const witness = await witnessOf(moment, subject, input.witnessId);
  const recording = await recordingOf(moment, subject, input.recordingId);
  if (input.second != null && (recording === null || input.second < 0)) throw badInput('second', 'This is no place in a recording.', 'Name the recording, and the seconds from its start.');
  const [id, needs] = [newId(), (FACETS.PROCEEDINGS | (witness?.needs ?? 0) | (recording?.needs ?? 0)) & APART];
  const [byAgency, note] = [sentence('byAgency', input.byAgency, 200), sentence('note', input.note)];
  return {
    payload: shown(subject, id),
    end: [
      statement(RECORDED, [subject.id, id, needs, input.kind, happenedAt.toISOString(), byAgency, witness?.id ?? null, recording?.id ?? null, input.second ?? null, note]),
      record({ caseId: subject.id, act: 'COOPERATION_REFUSED', needs, body: { eventId: id, kind: input.kind } }),
    ],
  };
});

/** Withdraws an event that was recorded wrongly; it stays in view. Throws as `recordCooperationEvent` does, NotFound for an event that is not the case's, Conflict where that was done before. */
export const withdrawCooperationEvent = act('cooperation:record', async (moment, input: WithdrawCooperationEventInput) => {
  const subject = await caseHeld(moment, input.caseId);
  const [event] = (await moment.run(statement(SEEN, [subject.id, idOrNull(input.eventId)]))).rows;
  if (event === undefined) throw partNotFound('eventId');
  within(moment, subject, 'cooperation:record');
  inTime(subject, 'prepare');
  const { id, needs, isWithdrawn } = event as unknown as { readonly id: string; readonly needs: number; readonly isWithdrawn: boolean };
  if (isWithdrawn) throw conflict('This event is withdrawn already.', { eventId: id, remedy: 'Record it anew to bring it back.' });
  const reason = sentence('reason', input.reason);
  return {
    payload: shown(subject, id),
    end: [statement(WITHDRAWN, [subject.id, id, reason]), record({ caseId: subject.id, act: 'COOPERATION_EVENT_WITHDRAWN', needs, body: { eventId: id } })],
  };
});

interface Part {
  readonly id: string;
  readonly needs: number;
}

async function witnessOf(moment: Moment, subject: CaseSeen, id: string | null | undefined): Promise<Part | null> {
  if (id == null) return null;
  const person = await personSeen(moment, subject, id);
  if (person === undefined) throw badInput('witnessId', 'This is no person of the case.', 'Take an id from Case.persons, or leave it away.');
  return person;
}

async function recordingOf(moment: Moment, { id: caseId }: CaseSeen, id: string | null | undefined): Promise<Part | null> {
  if (id == null) return null;
  const [row] = (await moment.run(statement('select id, needs from comity.recordings where case_id = $1::uuid and id = $2::uuid', [caseId, idOrNull(id)]))).rows;
  if (row === undefined) throw badInput('recordingId', 'This is no recording of the case.', 'Take an id from Case.recordings, or leave it away.');
  return row as unknown as Part;
}

const shown = ({ id: caseId }: CaseSeen, id: string) => ({
  case: caseShown(caseId),
  event: new Shown(({ given }) => one('CooperationEvent', cooperationEvents, (event) => sql`${event.caseId} = ${given(0)}::uuid and ${event.id} = ${given(1)}::uuid`), [caseId, id]),
});
