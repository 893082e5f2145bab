import type { CaseSeen } from '../cases/subject.ts';
import { statement } from '../database/statement.ts';
import { badInput, conflict } from '../kernel/errors.ts';
import type { Moment } from '../trail/act.ts';
import type { RecordVictimNoticeInput } from './notice.inputs.ts';
import { NOTICE_CHOICES, type NoticeChoice, type NoticeKind } from './notice.table.ts';

export const isChoice = (kind: NoticeKind): kind is NoticeChoice => NOTICE_CHOICES.some((choice) => choice === kind);

const LAST = `select id, kind, sent_on::text as "sentOn" from comity.victim_notices
  where case_id = $1::uuid and person_id = $2::uuid and kind in ('OPT_OUT', 'OPT_IN') and withdrawn_at is null order by recorded_at desc, id desc limit 1`;

interface Chosen {
  readonly id: string;
  readonly kind: NoticeChoice;
  readonly sentOn: string;
}

/** What a victim said of notices last; undefined where nothing stands. */
export const lastChoice = async (moment: Moment, { id: caseId }: CaseSeen, personId: string): Promise<Chosen | undefined> =>
  (await moment.run(statement(LAST, [caseId, personId]))).rows[0] as unknown as Chosen | undefined;

/**
 * What a victim says of notices is of them all, was heard from the victim, and changes what stood. Throws BadInput for a decision
 * or NOT_REACHED beside it, or a day before the last such word, Conflict where the victim said so last.
 */
export async function refuseUnchosen(moment: Moment, subject: CaseSeen, personId: string, { kind, decisionId, method, sentOn }: Pick<RecordVictimNoticeInput, 'kind' | 'decisionId' | 'method'> & { readonly sentOn: string }): Promise<void> {
  if (decisionId != null) throw badInput('decisionId', 'This is of all notices, not of one decision.', 'Leave decisionId away.');
  if (method === 'NOT_REACHED') throw badInput('method', 'Who could not be reached has said nothing of notices.', 'Say how the victim said so; or record the notice that was tried, with NOT_REACHED.');
  const last = await lastChoice(moment, subject, personId);
  if ((last?.kind ?? 'OPT_IN') === kind) {
    throw kind === 'OPT_OUT' ? conflict('It is on record that this victim wants no notices.', { personId, remedy: 'Record OPT_IN once they want notices again.' })
      : conflict('Nothing is on record by which this victim wants no notices.', { personId, remedy: 'Record the notices that they are sent.' });
  }
  if (last !== undefined && sentOn < last.sentOn) throw badInput('sentOn', 'This day lies before the day of what the victim said of notices last.', 'Correct the day.');
}
