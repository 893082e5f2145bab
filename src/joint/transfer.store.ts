import type { CaseSeen } from '../cases/subject.ts';
import { statement, type Statement } from '../database/statement.ts';
import { notFound } from '../kernel/errors.ts';
import { idOrNull } from '../kernel/ids.ts';
import type { Moment } from '../trail/act.ts';
import type { Residual, TransferState } from './transfer.table.ts';

/** A transfer as an act about it sees it. */
export interface TransferSeen {
  readonly id: string;
  readonly fromId: string;
  readonly toId: string;
  readonly wallGround: string | null;
  readonly reason: string;
  readonly state: TransferState;
}

const SEEN = `select id, from_id as "fromId", to_id as "toId", wall_ground as "wallGround", reason, state from comity.transfers where case_id = $1::uuid`;

/** A transfer of the case. Throws NotFound where there is none that the actor sees. */
export async function transferSeen(moment: Moment, { id: caseId }: CaseSeen, transferId: string): Promise<TransferSeen> {
  const [row] = (await moment.run(statement(`${SEEN} and id = $2::uuid`, [caseId, idOrNull(transferId)]))).rows;
  if (row === undefined) throw notFound();
  return row as unknown as TransferSeen;
}

/** The transfer that waits for an answer, if there is one. */
export const transferOpen = async (moment: Moment, { id: caseId }: CaseSeen): Promise<TransferSeen | undefined> =>
  (await moment.run(statement(`${SEEN} and state = 'PROPOSED'`, [caseId]))).rows[0] as TransferSeen | undefined;

/** An offer of the lead. */
export interface NewTransfer {
  readonly caseId: string;
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly residual: Residual;
  readonly wallGround: string | null;
  readonly reason: string;
}

const PROPOSED = `insert into comity.transfers (case_id, id, needs, from_id, to_id, residual, wall_ground, reason, state, proposed_by, proposed_at)
  values ($1::uuid, $2::uuid, 1, $3::uuid, $4::uuid, $5, $6, $7, 'PROPOSED', comity.member(), statement_timestamp())`;

/** Offers the lead. */
export const proposed = ({ caseId, id, from, to, residual, wallGround, reason }: NewTransfer): Statement =>
  statement(PROPOSED, [caseId, id, from, to, residual, wallGround, reason]);

const ANSWERED = `update comity.transfers set state = $3, answered_by = comity.member(), answered_at = statement_timestamp()
  where case_id = $1::uuid and id = $2::uuid and state = 'PROPOSED' returning id`;

/** Ends a transfer's waiting; touches no row where it waits no more. */
export const answered = (caseId: string, id: string, state: TransferState): Statement => statement(ANSWERED, [caseId, id, state]);

const LEAD_MOVED = 'update comity.cases set lead_id = $3::uuid where id = $1::uuid and lead_id = $2::uuid and version = $4::integer returning id';

/** Gives the lead from one office to another; touches no row where another office leads, or the case has changed. */
export const leadMoved = (caseId: string, { fromId, toId }: TransferSeen, version: number): Statement => statement(LEAD_MOVED, [caseId, fromId, toId, version]);

/** Ends a place that is none at trial, of one who is to take the case to trial. */
export const lesserPlaceEnded = (caseId: string, memberId: string): Statement =>
  statement(`update comity.assignments set until = statement_timestamp(), version = version + 1
    where case_id = $1::uuid and member_id = $2::uuid and until is null and role <> 'TRIAL'`, [caseId, memberId]);

/** Puts a member on the trial team, unless there already. */
export const placeAtTrial = (caseId: string, id: string, memberId: string, needs: number): Statement =>
  statement(`insert into comity.assignments (case_id, id, needs, member_id, role, since, assigned_by)
    select $1::uuid, $2::uuid, $4::integer, $3::uuid, 'TRIAL', statement_timestamp(), comity.member()
     where not exists (select 1 from comity.assignments a where a.case_id = $1::uuid and a.member_id = $3::uuid and a.until is null)`, [caseId, id, memberId, needs]);

/** Walls a whole office off the case, by the hand of its new lead. */
export const officeWalled = (caseId: string, { fromId, wallGround, reason }: TransferSeen, id: string, needs: number): Statement =>
  statement(`insert into comity.walls (case_id, id, needs, subject_kind, subject_id, ground, note, may_lift, imposed_by, imposed_at)
    values ($1::uuid, $2::uuid, $6::integer, 'OFFICE', $3::uuid, $4, $5, '{CONFLICTS,ELECTED}', comity.member(), statement_timestamp())`, [caseId, id, fromId, wallGround, reason, needs]);
