import { reachOf, type Action } from '../access/acts.ts';
import { statement, type Statement } from '../database/statement.ts';
import { conflict, forbidden, notFound } from '../kernel/errors.ts';
import { idOrNull } from '../kernel/ids.ts';
import type { Moment } from '../trail/act.ts';
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
}

const SEEN = `select c.id, c.version, c.stage, c.state, c.county_fips as "countyFips", c.incident_on::text as "incidentOn", c.lead_id as "leadId", j.name as "leadName",
  exists (select 1 from comity.venues v where v.case_id = c.id and v.jurisdiction_id = nullif(current_setting('comity.office', true), '')::uuid) as "hasVenue",
  exists (select 1 from comity.assignments a where a.case_id = c.id and a.member_id = comity.member() and a.until is null) as "onTeam"
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

/** The conflict that tells an actor who sees the case how it stands now. */
export const changed = (subject: CaseSeen) =>
  conflict('The case is not as you read it.', {
    version: subject.version, stage: subject.stage, lead: subject.leadId && { id: subject.leadId, name: subject.leadName }, remedy: 'Read the case again.',
  });

/** Throws Conflict where the stage does not allow the act, or the version is not the expected one. */
export function inTime(subject: CaseSeen, staged: StagedAct, expectedVersion = subject.version): void {
  if (subject.version !== expectedVersion || !isTheMoment(staged, subject.stage)) throw changed(subject);
}

/** Throws Forbidden where the actor's reach for the action does not come as far as this case. */
export function within(moment: Moment, subject: CaseSeen, action: Action): void {
  const reach = reachOf(moment.actor, action);
  const own = subject.leadId !== null && subject.leadId === moment.actor.officeId;
  if (!own || (reach === 'OWN' && !subject.onTeam)) {
    throw forbidden(own ? 'Only the team of this case, or a supervisor, may do this.' : 'Your office does not lead this case.');
  }
}

/** The actor's office; an act of offices is refused to all others. */
export function officeOf({ actor }: Moment): string {
  if (actor.officeId === null) throw forbidden();
  return actor.officeId;
}
