import { statement } from '../database/statement.ts';
import { notFound } from '../kernel/errors.ts';
import { idOrNull } from '../kernel/ids.ts';
import type { Moment } from '../trail/act.ts';
import type { Stage } from './lifecycle.ts';

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

/** The case of an act. Throws NotFound where the actor does not see it, or there is none. */
export async function caseSeen(moment: Moment, caseId: string): Promise<CaseSeen> {
  const id = idOrNull(caseId);
  const [row] = id === null ? [] : (await moment.run(statement(SEEN, [id]))).rows;
  if (row === undefined) throw notFound();
  return row as unknown as CaseSeen;
}
