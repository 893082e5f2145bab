import { sql } from 'drizzle-orm';
import { bits, FACETS } from '../access/facets.ts';
import { caseShown } from '../cases/case.acts.ts';
import { caseHeld, inTime, within, type CaseSeen } from '../cases/subject.ts';
import { personSeen } from '../charges/charge.store.ts';
import { reclocked } from '../clocks/reclock.ts';
import { Shown } from '../database/lookahead.ts';
import { one } from '../database/shape.ts';
import { statement } from '../database/statement.ts';
import { badInput, conflict, partNotFound } from '../kernel/errors.ts';
import { idOrNull, newId } from '../kernel/ids.ts';
import { dayText } from '../kernel/scalars.ts';
import { sentence } from '../kernel/wording.ts';
import { act, record, type Moment } from '../trail/act.ts';
import { decisionSeen } from './decision.store.ts';
import type { RecordVictimNoticeInput, WithdrawVictimNoticeInput } from './notice.inputs.ts';
import { isChoice, lastChoice, refuseUnchosen } from './notice.choice.ts';
import { victimNotices, type NoticeKind } from './notice.table.ts';

/** What else must be open to whoever reads a notice of each kind: what it tells of. */
const TELLS_OF: Readonly<Record<NoticeKind, number>> = {
  CHARGED: FACETS.CHARGES, DECLINED: FACETS.CHARGES, PLEA: bits('CHARGES', 'PROCEEDINGS'), DISPOSITION: bits('CHARGES', 'PROCEEDINGS'), RELEASE: bits('CHARGES', 'PROCEEDINGS'),
  COURT_DATES: bits('CHARGES', 'PROCEEDINGS'), RIGHTS_FORM: 0, OPT_OUT: 0, OPT_IN: 0,
};

const APART = 'select comity.notice_apart($1::uuid, $2, $3::text::date) as apart';

/** What must be open to whoever reads a notice, beside the victim. Where all that it can be about is in a compartment, or of a minor, so is the notice. */
async function toldOf(moment: Moment, { id }: CaseSeen, { kind, decisionId }: RecordVictimNoticeInput, sentOn: string): Promise<number> {
  if (TELLS_OF[kind] === 0 || decisionId != null) return TELLS_OF[kind];
  return TELLS_OF[kind] | Number((await moment.run(statement(APART, [id, kind, sentOn]))).rows[0]?.['apart']);
}

const NOTIFIED = `insert into comity.victim_notices (case_id, id, needs, person_id, decision_id, kind, method, sent_on, language, ground, recorded_by, recorded_at)
  values ($1::uuid, $2::uuid, $3::integer, $4::uuid, $5::uuid, $6, $7, $8::text::date, $9, $10, comity.member(), clock_timestamp())`;

/**
 * Records that a victim was told, or why one could not be reached; or that a victim wants no notices, or wants them again. Throws NotFound where the actor does not see the case or the
 * decision, Forbidden where it is another office's, Conflict at the wrong stage and for a choice that
 * stands already, BadInput for who is no victim of the case, a day
 * to come, or a ground that is missing or too much.
 */
export const recordVictimNotice = act('victim:notify', async (moment, input: RecordVictimNoticeInput) => {
  const subject = await caseHeld(moment, input.caseId);
  const person = await personSeen(moment, subject, input.personId);
  within(moment, subject, 'victim:notify');
  inTime(subject, 'follow');
  if (person?.part !== 'VICTIM') throw badInput('personId', 'This is no victim of the case.', 'Take the id of a person of the case whose part is VICTIM.');
  const decision = input.decisionId == null ? null : await decisionSeen(moment, subject, input.decisionId);
  if (decision !== null && input.kind === 'DECLINED' && decision.outcome !== 'DECLINE') throw badInput('decisionId', 'This decision declines nothing.', 'Name a decision whose outcome is DECLINE.');
  if (decision !== null && input.kind === 'CHARGED' && decision.outcome !== 'CHARGE') throw badInput('decisionId', 'This decision charges nobody.', 'Name a decision whose outcome is CHARGE, or leave it away.');
  const sentOn = dayText(input.sentOn);
  // No state's day is ahead of the day in UTC.
  if (sentOn > new Date().toISOString().slice(0, 10)) throw badInput('sentOn', 'This day has not come.', 'Record a notice once it is sent.');
  if (sentOn < subject.incidentOn) throw badInput('sentOn', 'This day lies before the incident.', 'Correct the day.');
  if ((input.method === 'NOT_REACHED') !== (input.ground != null)) {
    throw badInput('ground', 'A ground stands beside NOT_REACHED, and beside nothing else.', 'Say in ground why the victim could not be reached, with the method NOT_REACHED; else leave it away.');
  }
  if (isChoice(input.kind)) await refuseUnchosen(moment, subject, person.id, { ...input, sentOn });
  const [id, needs] = [newId(), person.needs | FACETS.JOINT | (await toldOf(moment, subject, input, sentOn))];
  const [ground, language] = [input.ground == null ? null : sentence('ground', input.ground), input.language == null ? null : sentence('language', input.language, 50)];
  return {
    payload: { case: caseShown(subject.id), notice: noticeShown(subject, id) },
    end: [
      statement(NOTIFIED, [subject.id, id, needs, person.id, decision?.id ?? null, input.kind, input.method, sentOn, language, ground]),
      record({ caseId: subject.id, act: 'VICTIM_NOTICE_RECORDED', needs, body: { noticeId: id, personId: person.id, kind: input.kind, method: input.method } }),
    ],
    after: reclocked([subject.id]),
  };
});

const SEEN = 'select id, needs, person_id as "personId", kind, withdrawn_at is not null as "isWithdrawn" from comity.victim_notices where case_id = $1::uuid and id = $2::uuid';
const WITHDRAWN = `update comity.victim_notices set withdrawn_by = comity.member(), withdrawn_at = clock_timestamp(), withdrawn_because = $3
  where case_id = $1::uuid and id = $2::uuid and withdrawn_at is null`;

interface NoticeSeen {
  readonly id: string;
  readonly needs: number;
  readonly personId: string;
  readonly kind: NoticeKind;
  readonly isWithdrawn: boolean;
}

/**
 * Withdraws a notice that was recorded wrongly; it stays in view. Throws as `recordVictimNotice` does, NotFound for a notice that is not the case's,
 * Conflict where it is withdrawn already, or is not the last that the victim said of notices.
 */
export const withdrawVictimNotice = act('victim:notify', async (moment, input: WithdrawVictimNoticeInput) => {
  const subject = await caseHeld(moment, input.caseId);
  const [notice] = (await moment.run(statement(SEEN, [subject.id, idOrNull(input.noticeId)]))).rows as unknown as NoticeSeen[];
  if (notice === undefined) throw partNotFound('noticeId');
  within(moment, subject, 'victim:notify');
  inTime(subject, 'follow');
  const { id, needs, personId, kind } = notice;
  if (notice.isWithdrawn) throw conflict('This notice is withdrawn already.', { noticeId: id, remedy: 'Record it anew to bring it back.' });
  if (isChoice(kind)) {
    const last = await lastChoice(moment, subject, personId);
    if (last?.id !== id) throw conflict('The victim said something else of notices since.', { noticeId: id, laterId: last?.id, remedy: 'Withdraw the later one first.' });
  }
  const reason = sentence('reason', input.reason);
  return {
    payload: { case: caseShown(subject.id), notice: noticeShown(subject, id) },
    end: [statement(WITHDRAWN, [subject.id, id, reason]), record({ caseId: subject.id, act: 'VICTIM_NOTICE_WITHDRAWN', needs, body: { noticeId: id, personId, kind } })],
    after: reclocked([subject.id]),
  };
});

const noticeShown = ({ id: caseId }: CaseSeen, id: string) =>
  new Shown(({ given }) => one('VictimNotice', victimNotices, (notice) => sql`${notice.caseId} = ${given(0)}::uuid and ${notice.id} = ${given(1)}::uuid`), [caseId, id]);
