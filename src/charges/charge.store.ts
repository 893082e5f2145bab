import { eq, sql } from 'drizzle-orm';
import type { PersonPart } from '../cases/person.table.ts';
import type { CaseSeen } from '../cases/subject.ts';
import { build, prepared } from '../database/prepared.ts';
import { arrayText, statement, type Row, type Statement } from '../database/statement.ts';
import { partNotFound } from '../kernel/errors.ts';
import { idOrNull } from '../kernel/ids.ts';
import { statutes, statuteVersions, type OffenceLevel } from '../law/statute.table.ts';
import type { Moment } from '../trail/act.ts';
import type { ChargeState } from './charge.table.ts';
import type { Graded, NamedLevel } from './level.rules.ts';
import type { Days, TextInTime } from './pinning.rules.ts';
import type { Warned, WarningCode } from './warnings.ts';

/** A person as far as a charge depends on it. */
export interface PersonSeen {
  readonly id: string;
  readonly needs: number;
  readonly part: PersonPart;
}

const PERSON = 'select id, needs, part from comity.persons where case_id = $1::uuid and id = $2::uuid';

/** A person of the case, or nothing where there is none that the actor sees. */
export const personSeen = (moment: Moment, { id: caseId }: CaseSeen, personId: string) => first<PersonSeen>(moment, statement(PERSON, [caseId, idOrNull(personId)]));

/** A text of a statute, as far as a charge under it depends on it. */
export interface TextOfLaw extends Warned, Graded, TextInTime {
  readonly state: string;
}

const texts = prepared<{ statute: string | null }>(
  build.select({
    state: statutes.state, citation: statutes.citation, versionId: sql`${statuteVersions.id}`.as('versionId'), validFrom: sql`${statuteVersions.validFrom}::text`.as('validFrom'),
    validTo: sql`${statuteVersions.validTo}::text`.as('validTo'), attestedBy: sql`${statuteVersions.attestedBy}`.as('attestedBy'), confidence: statuteVersions.confidence,
    appliesToFederalOfficer: sql`${statuteVersions.appliesToFederalOfficer}`.as('appliesToFederalOfficer'), level: statuteVersions.level,
    levels: sql`jsonb_path_query_array(${statuteVersions.limitation}, '$.byLevel[*].level')::text`.as('levels'),
    wentOnAs: sql`(select later.citation from ${statutes} later where later.id = ${statuteVersions.supersededBy})`.as('wentOnAs'),
  })
    .from(statutes).leftJoin(statuteVersions, eq(statuteVersions.statuteId, statutes.id))
    .where(eq(statutes.id, sql`${sql.placeholder('statute')}::uuid`)).orderBy(sql`${statuteVersions.validFrom} desc nulls last`),
);

/** The texts of a statute, latest start first; none where there is no such statute. */
export async function textsOf(moment: Moment, statuteId: string): Promise<readonly TextOfLaw[]> {
  const { rows } = await moment.run(texts({ statute: idOrNull(statuteId) }));
  return rows.map((row) => ({ ...row, levels: levelsIn(row) })) as unknown as TextOfLaw[];
}

const levelsIn = (row: Row): OffenceLevel[] => JSON.parse(String(row['levels'] ?? '[]')) as OffenceLevel[];

/** A charge to be kept. */
export interface NewCharge extends Days {
  readonly caseId: string;
  readonly id: string;
  readonly needs: number;
  readonly personId: string;
  readonly statuteId: string;
  readonly versionId: string;
  readonly counts: number;
  readonly level: NamedLevel | null;
  readonly warnings: readonly WarningCode[];
}

// Two that name different levels of one offence are two charges: one may be the alternative to the other.
const TWIN = `from comity.charges x where x.case_id = $1::uuid and x.person_id = $2::uuid and x.statute_id = $3::uuid and x.offence_on = $4::text::date and x.state in ('PROPOSED', 'FILED')
  and coalesce(x.level, $5::text, 'NONE') = coalesce($5::text, x.level, 'NONE')`;

const ADDED = `insert into comity.charges (case_id, person_id, statute_id, offence_on, level, id, needs, statute_version_id, counts, state, warnings, proposed_by, proposed_at, offence_until, offence_days)
  select $1::uuid, $2::uuid, $3::uuid, $4::text::date, $5, $6::uuid, $7::integer, $8::uuid, $9::integer, 'PROPOSED', $10::text::text[], comity.member(), statement_timestamp(), $11::text::date, $12::text::date[]
   where comity.sees($1::uuid, $7::integer) and not exists (select 1 ${TWIN}) returning id`;

/** Keeps a charge; touches no row where the same is open already, or the actor would not see it. */
export const added = ({ caseId, personId, statuteId, offenceOn, level, id, needs, versionId, counts, warnings, offenceUntil, offenceDays }: NewCharge): Statement =>
  statement(ADDED, [caseId, personId, statuteId, offenceOn, level, id, needs, versionId, counts, `{${warnings.join(',')}}`, offenceUntil, arrayText(offenceDays)]);

/** What two open charges must not both be: the same person, statute, day and level. */
export type Twin = Pick<NewCharge, 'caseId' | 'personId' | 'statuteId' | 'offenceOn' | 'level'>;

/** The open charges that are the same. */
export const twinsOf = async (moment: Moment, { caseId, personId, statuteId, offenceOn, level }: Twin): Promise<readonly string[]> =>
  (await moment.run(statement(`select x.id ${TWIN}`, [caseId, personId, statuteId, offenceOn, level]))).rows.map(({ id }) => String(id));

/** A charge as an act about it sees it. */
export interface ChargeSeen extends Days {
  readonly id: string;
  readonly needs: number;
  readonly state: ChargeState;
  readonly personId: string;
  readonly statuteId: string;
  readonly versionId: string;
  readonly level: NamedLevel | null;
}

const SEEN = `select id, needs, state, person_id as "personId", statute_id as "statuteId", statute_version_id as "versionId", offence_on::text as "offenceOn", offence_until::text as "offenceUntil", array_to_string(offence_days, ' ') as "offenceDays", level
  from comity.charges where case_id = $1::uuid and id = $2::uuid`;

/** A charge of the case. Throws NotFound where there is none that the actor sees. */
export async function chargeSeen(moment: Moment, { id: caseId }: CaseSeen, chargeId: string, field = 'chargeId'): Promise<ChargeSeen> {
  const row = await first<Row>(moment, statement(SEEN, [caseId, idOrNull(chargeId)]));
  if (row === undefined) throw partNotFound(field);
  return { ...row, offenceDays: String(row['offenceDays']).split(' ').filter(Boolean) } as unknown as ChargeSeen;
}

/** Withdraws an open charge. */
export const withdrawn = (caseId: string, id: string): Statement =>
  statement(`update comity.charges set state = 'WITHDRAWN' where case_id = $1::uuid and id = $2::uuid and state = 'PROPOSED'`, [caseId, id]);

const REPINNED = `update comity.charges set statute_version_id = $3::uuid, level = $4, warnings = $5::text::text[]
  where case_id = $1::uuid and id = $2::uuid and state = 'PROPOSED' and statute_version_id = $6::uuid returning id`;

/** Pins an open charge to another text of its statute; touches no row where it is pinned otherwise by now. */
export const repinned = (caseId: string, { id, versionId }: ChargeSeen, to: { readonly versionId: string; readonly level: NamedLevel | null; readonly warnings: readonly WarningCode[] }): Statement =>
  statement(REPINNED, [caseId, id, to.versionId, to.level, `{${to.warnings.join(',')}}`, versionId]);

const first = async <T>(moment: Moment, asked: Statement): Promise<T | undefined> => (await moment.run(asked)).rows[0] as T | undefined;
