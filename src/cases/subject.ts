import { PROSECUTING, reachOf, type Action } from '../access/acts.ts';
import { FACETS } from '../access/facets.ts';
import { statement, type Statement } from '../database/statement.ts';
import { conflict, forbidden, notFound } from '../kernel/errors.ts';
import { idOrNull } from '../kernel/ids.ts';
import { lockOffices, type Moment } from '../trail/act.ts';
import { isTheMoment, type Stage, type StagedAct } from './lifecycle.ts';

/** What an act must know of the case it is about. */
export interface CaseSeen {
  readonly id: string;
  readonly version: number;
  readonly stage: Stage;
  readonly state: string;
  readonly countyFips: string;
  readonly incidentOn: string;
  readonly leadId: string | null;
  readonly leadName: string | null;
  /** The actor's office is a venue candidate. */
  readonly hasVenue: boolean;
  /** The actor has a place on the team. */
  readonly onTeam: boolean;
  /** The part that the actor's office has in a case that another leads. */
  readonly jointRole: 'CO' | 'SUPPORT' | 'OBSERVER' | null;
  /** What the lead opens to its own office is open to the actor: not so where the case is kept to a unit that the actor is not in, break-glass or not. */
  readonly isOpen: boolean;
  /** By an order another prosecutes it: the lead reads the case, and writes nothing of the prosecution. */
  readonly isSuperseded: boolean;
}

const SEEN = `select c.id, c.version, c.stage, c.state, c.county_fips as "countyFips", c.incident_on::text as "incidentOn", c.lead_id as "leadId", j.name as "leadName",
  exists (select 1 from comity.venues v where v.case_id = c.id and v.jurisdiction_id = nullif(current_setting('comity.office', true), '')::uuid) as "hasVenue",
  exists (select 1 from comity.assignments a where a.case_id = c.id and a.member_id = comity.member() and a.until is null) as "onTeam",
  (select r.role from comity.responsibilities r where r.case_id = c.id and r.jurisdiction_id = nullif(current_setting('comity.office', true), '')::uuid
      and r.state = 'ACCEPTED' and statement_timestamp() < r.until) as "jointRole", comity.sees(c.id, ${FACETS.OFFICE})
      and (comity.opened_without_glass(c.id) & ${FACETS.OFFICE}) <> 0 as "isOpen", comity.superseded(c.id) as "isSuperseded"
  from comity.cases c left join comity.jurisdictions j on j.id = c.lead_id where c.id = $1::uuid`;

/**
 * Holds the case for the rest of the transaction, so that its lead and stage stay as they are read next: whoever changes
 * them waits. A case that the actor does not see is not held, and found to be absent by what follows.
 */
export const holdCase = (caseId: string): Statement => statement('select 1 from comity.cases where id = $1::uuid for no key update', [idOrNull(caseId)]);

/** The case of an act. Throws NotFound where the actor does not see it, or there is none. */
export async function caseSeen(moment: Moment, caseId: string): Promise<CaseSeen> {
  const id = idOrNull(caseId);
  const [row] = id === null ? [] : (await moment.run(statement(SEEN, [id]))).rows;
  if (row === undefined) throw notFound();
  return row as unknown as CaseSeen;
}

/**
 * The case of an act that changes who sees it: held, and with it the rule book of its lead and of the offices named, so
 * that neither changes before the act is committed; the actor's seat is taken anew once they are. Throws NotFound where the
 * actor does not see it, or there is none.
 */
export async function caseHeld(moment: Moment, caseId: string, offices: readonly string[] = []): Promise<CaseSeen> {
  const id = idOrNull(caseId);
  if (id === null) throw notFound();
  const [, led] = await moment.flush([holdCase(id), statement('select lead_id from comity.cases where id = $1::uuid', [id])]);
  const lead = led?.rows[0]?.['lead_id'];
  const [seen] = await moment.renewed(lockOffices([...new Set(typeof lead === 'string' ? [lead, ...offices] : offices)]), [statement(SEEN, [id])]);
  const [row] = seen?.rows ?? [];
  if (row === undefined) throw notFound();
  return row as unknown as CaseSeen;
}

/** The conflict that tells an actor who sees the case how it stands now. */
export const changed = (subject: CaseSeen) =>
  conflict('The case is not as you read it.', {
    version: subject.version, stage: subject.stage, lead: subject.leadId && { id: subject.leadId, name: subject.leadName }, remedy: 'Read the case again.',
  });

/** Throws Conflict where the stage does not allow the act, or the version is not the expected one. */
export function inTime(subject: CaseSeen, staged: StagedAct, expectedVersion = subject.version): void {
  if (subject.version !== expectedVersion || !isTheMoment(staged, subject.stage)) throw changed(subject);
}

/** True where the actor's office leads the case. */
export const isLead = ({ actor }: Moment, { leadId }: CaseSeen): boolean => leadId !== null && leadId === actor.officeId;

/** Throws Forbidden where the actor's reach for the action does not come as far as this case, Conflict where another prosecutes it by an order. */
export function within(moment: Moment, subject: CaseSeen, action: Action): void {
  const reach = reachOf(moment.actor, action);
  const joint = reach === 'JOINT' && (subject.jointRole === 'CO' || subject.jointRole === 'SUPPORT');
  if (!isLead(moment, subject)) {
    if (!joint) throw forbidden('Your office does not lead this case.');
  } else {
    if (reach === 'OWN' && !subject.onTeam) throw forbidden('Only the team of this case, or a supervisor, may do this.');
    if (!subject.isOpen) throw forbidden('This case is kept to a part of your office that you are not in.');
  }
  whileProsecuting(subject, action);
}

/** Throws Conflict where another prosecutes the case by an order, and the action is of the prosecution. */
export function whileProsecuting({ isSuperseded }: CaseSeen, action: Action): void {
  if (!isSuperseded || !PROSECUTING.has(action)) return;
  throw conflict('By an order another prosecutes this case.', { rule: 'SUPERSESSION', remedy: 'Once your office has it back, record RETURN with recordSupersession; to hand it to a member of the coalition, use proposeTransfer.' });
}

/** The actor's office; an act of offices is refused to all others. */
export function officeOf({ actor }: Moment): string {
  if (actor.officeId === null) throw forbidden();
  return actor.officeId;
}
