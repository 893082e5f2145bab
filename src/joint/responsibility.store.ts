import { officeKnown } from '../cases/case.changes.ts';
import { officeOf, type CaseSeen } from '../cases/subject.ts';
import { statement, type Statement } from '../database/statement.ts';
import { badInput, conflict, notFound } from '../kernel/errors.ts';
import { idOrNull } from '../kernel/ids.ts';
import type { Moment } from '../trail/act.ts';
import type { InvitationState, JointRole } from './responsibility.table.ts';

const WALLED = 'select 1 from comity.walls where case_id = $1::uuid and subject_id = $2::uuid and lifted_at is null';

/**
 * Another office that can have a part in the case. Throws BadInput for one's own office and one that is not known,
 * Conflict for one that the actor may know to be walled off it.
 */
export async function otherOffice(moment: Moment, { id: caseId }: CaseSeen, jurisdictionId: string): Promise<string> {
  const id = idOrNull(jurisdictionId)?.toLowerCase() ?? null;
  if (id === officeOf(moment)) throw badInput('jurisdictionId', 'This is your own office.', 'Take the id of another office.');
  const [known, walled] = await moment.flush([officeKnown({ id }), statement(WALLED, [caseId, id])]);
  if (id === null || known?.rows.length !== 1) throw badInput('jurisdictionId', 'No such office.', 'Take an id from the query jurisdictions.');
  if (walled?.rows.length !== 0) throw conflict('This office is walled off the case.', { remedy: 'Lift the wall first, or take another office.' });
  return id;
}

/** Refuses to invite an office to which a seal closes the case itself. */
export const refuseSealedOff = (caseId: string, officeId: string): Statement => statement('select comity.refuse_sealed_off($1::uuid, $2::uuid)', [caseId, officeId]);

/** An office's part as an act about it sees it. */
export interface ResponsibilitySeen {
  readonly id: string;
  readonly jurisdictionId: string;
  readonly state: InvitationState;
  /** Its end has come. */
  readonly isOver: boolean;
}

const SEEN = `select id, jurisdiction_id as "jurisdictionId", state, until <= statement_timestamp() as "isOver" from comity.responsibilities where case_id = $1::uuid`;

/** An invitation of the case. Throws NotFound where there is none that the actor sees. */
export async function invitationSeen(moment: Moment, { id: caseId }: CaseSeen, invitationId: string): Promise<ResponsibilitySeen> {
  const [row] = (await moment.run(statement(`${SEEN} and id = $2::uuid`, [caseId, idOrNull(invitationId)]))).rows;
  if (row === undefined) throw notFound();
  return row as unknown as ResponsibilitySeen;
}

/** The open part of an office in the case, invited or accepted; its end may have come. */
export const openPart = async (moment: Moment, { id: caseId }: CaseSeen, officeId: string): Promise<ResponsibilitySeen | undefined> =>
  (await moment.run(statement(`${SEEN} and jurisdiction_id = $2::uuid and state in ('INVITED', 'ACCEPTED')`, [caseId, officeId]))).rows[0] as ResponsibilitySeen | undefined;

/** A part that is offered. */
export interface NewInvitation {
  readonly caseId: string;
  readonly id: string;
  readonly jurisdictionId: string;
  readonly invitedFor: string;
  readonly role: JointRole;
  readonly facets: number;
  readonly until: string | null;
  readonly reason: string;
}

const INVITED = `insert into comity.responsibilities (case_id, id, needs, jurisdiction_id, invited_for, role, facets, until, state, reason, invited_by, invited_at)
  values ($1::uuid, $2::uuid, 1, $3::uuid, $4::uuid, $5, $6::integer, coalesce($7::text::timestamptz, 'infinity'), 'INVITED', $8, comity.member(), statement_timestamp())`;

/** Offers an office a part. */
export const invited = ({ caseId, id, jurisdictionId, invitedFor, role, facets, until, reason }: NewInvitation): Statement =>
  statement(INVITED, [caseId, id, jurisdictionId, invitedFor, role, facets, until, reason]);

const MOVED = `update comity.responsibilities set state = $4, answered_by = comity.member(), answered_at = statement_timestamp()
  where case_id = $1::uuid and id = $2::uuid and state = $3 returning id`;

/** Brings a part from one state into another; touches no row where it is in a third. */
export const moved = (caseId: string, { id, state }: ResponsibilitySeen, to: InvitationState): Statement => statement(MOVED, [caseId, id, state, to]);
