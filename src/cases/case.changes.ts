import { and, eq, exists, isNull, sql } from 'drizzle-orm';
import { FACETS } from '../access/facets.ts';
import { members } from '../coalition/member.table.ts';
import { build, prepared } from '../database/prepared.ts';
import { assignments, type TeamRole } from './assignment.table.ts';
import { cases } from './case.table.ts';
import { venues } from './venue.table.ts';

/** The office of the transaction's context. */
const OWN_OFFICE = sql`nullif(current_setting('comity.office', true), '')::uuid`;

/** Takes the lead of an unclaimed case for the actor's office, if it has venue; touches no row where another was first. */
export const claimed = prepared<{ case: string; version: number }>(
  build.update(cases)
    .set({ leadId: OWN_OFFICE, stage: 'CLAIMED' })
    .where(and(
      eq(cases.id, sql.placeholder('case')), isNull(cases.leadId), eq(cases.stage, 'UNCLAIMED'), eq(cases.version, sql.placeholder('version')),
      exists(build.select({ one: sql`1` }).from(venues).where(and(eq(venues.caseId, cases.id), eq(venues.jurisdictionId, OWN_OFFICE)))),
    ))
    .returning({ id: cases.id }),
);

/** Gives up the lead. */
export const unled = prepared<{ case: string; version: number }>(
  build.update(cases).set({ leadId: null, stage: 'UNCLAIMED' })
    .where(and(eq(cases.id, sql.placeholder('case')), eq(cases.version, sql.placeholder('version')))).returning({ id: cases.id }),
);

/** Sends an unrouted case to an office. */
export const routed = prepared<{ case: string; office: string; version: number }>(
  build.update(cases).set({ jurisdictionId: sql`${sql.placeholder('office')}::uuid` })
    .where(and(eq(cases.id, sql.placeholder('case')), isNull(cases.jurisdictionId), eq(cases.version, sql.placeholder('version')))).returning({ id: cases.id }),
);

/** Makes the office that a case is routed to its venue candidate. */
export const venueAdded = prepared<{ case: string; office: string; county: string; reason: string }>(
  build.insert(venues).values({
    caseId: sql.placeholder('case'), jurisdictionId: sql.placeholder('office'), needs: FACETS.SUMMARY, basis: 'ROUTED',
    countyFips: sql.placeholder('county'), reason: sql.placeholder('reason'), since: sql`statement_timestamp()`,
  }),
);

/** Puts a member on the team. */
export const placeAdded = prepared<{ case: string; id: string; member: string; role: TeamRole; by: string; needs: number }>(
  build.insert(assignments).values({
    caseId: sql.placeholder('case'), id: sql.placeholder('id'), needs: sql.placeholder('needs'), memberId: sql.placeholder('member'),
    role: sql.placeholder('role'), since: sql`statement_timestamp()`, assignedBy: sql.placeholder('by'),
  }),
);

/** Ends the place of one of the actor's own office on the team. */
export const placeEnded = prepared<{ case: string; id: string; version: number }>(
  build.update(assignments).set({ until: sql`statement_timestamp()`, version: sql`${assignments.version} + 1` })
    .where(and(
      eq(assignments.caseId, sql.placeholder('case')), eq(assignments.id, sql.placeholder('id')), eq(assignments.version, sql.placeholder('version')), isNull(assignments.until),
      exists(build.select({ one: sql`1` }).from(members).where(and(eq(members.id, assignments.memberId), eq(members.officeId, OWN_OFFICE)))),
    ))
    .returning({ memberId: assignments.memberId }),
);

/** Ends every open place on the team. */
export const placesEnded = prepared<{ case: string }>(
  build.update(assignments).set({ until: sql`statement_timestamp()`, version: sql`${assignments.version} + 1` })
    .where(and(eq(assignments.caseId, sql.placeholder('case')), isNull(assignments.until))),
);

/** An active person of an office. */
export const colleague = prepared<{ member: string | null; office: string | null }>(
  build.select({ id: members.id }).from(members)
    .where(and(eq(members.id, sql`${sql.placeholder('member')}::uuid`), eq(members.officeId, sql`${sql.placeholder('office')}::uuid`), eq(members.active, true), eq(members.kind, 'PERSON'))),
);

/** The open place of a member on a case. */
export const placeOpen = prepared<{ case: string; member: string }>(
  build.select({ id: assignments.id }).from(assignments)
    .where(and(eq(assignments.caseId, sql.placeholder('case')), eq(assignments.memberId, sql.placeholder('member')), isNull(assignments.until))),
);

/** An office by its id. */
export const officeKnown = prepared<{ id: string | null }>({ toSQL: () => ({ sql: 'select id from comity.jurisdictions where id = $1::uuid', params: [sql.placeholder('id')] }) });
