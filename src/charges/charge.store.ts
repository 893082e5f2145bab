import { eq, sql } from 'drizzle-orm';
import type { PersonPart } from '../cases/person.table.ts';
import type { CaseSeen } from '../cases/subject.ts';
import { build, prepared } from '../database/prepared.ts';
import { statement, type Statement } from '../database/statement.ts';
import { notFound } from '../kernel/errors.ts';
import { idOrNull } from '../kernel/ids.ts';
import { inForce } from '../law/statute.store.ts';
import { statutes, statuteVersions } from '../law/statute.table.ts';
import type { Moment } from '../trail/act.ts';
import type { ChargeState } from './charge.table.ts';
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

/** A text of a statute, and whether it is in force on the day asked for. */
export interface TextOfLaw extends Warned {
  readonly state: string;
  /** Null for a statute without any text. */
  readonly versionId: string | null;
  readonly validTo: string | null;
  readonly inForce: boolean | null;
}

const texts = prepared<{ statute: string | null; day: string }>(
  build.select({
    state: statutes.state, versionId: sql`${statuteVersions.id}`.as('versionId'), validFrom: sql`${statuteVersions.validFrom}::text`.as('validFrom'),
    validTo: sql`${statuteVersions.validTo}::text`.as('validTo'), attestedBy: sql`${statuteVersions.attestedBy}`.as('attestedBy'), confidence: statuteVersions.confidence,
    appliesToFederalOfficer: sql`${statuteVersions.appliesToFederalOfficer}`.as('appliesToFederalOfficer'),
    inForce: sql`(${inForce(statuteVersions, sql`${sql.placeholder('day')}::text::date`)})`.as('inForce'),
  })
    .from(statutes).leftJoin(statuteVersions, eq(statuteVersions.statuteId, statutes.id))
    .where(eq(statutes.id, sql`${sql.placeholder('statute')}::uuid`)).orderBy(sql`${statuteVersions.validFrom} desc nulls last`),
);

/** The texts of a statute, latest start first; none where there is no such statute. */
export const textsOf = async (moment: Moment, statuteId: string, day: string): Promise<readonly TextOfLaw[]> =>
  (await moment.run(texts({ statute: idOrNull(statuteId), day }))).rows as unknown as TextOfLaw[];

/** A charge to be kept. */
export interface NewCharge {
  readonly caseId: string;
  readonly id: string;
  readonly needs: number;
  readonly personId: string;
  readonly statuteId: string;
  readonly versionId: string;
  readonly counts: number;
  readonly offenceOn: string;
  readonly warnings: readonly WarningCode[];
}

const TWIN = `from comity.charges x where x.case_id = $1::uuid and x.person_id = $2::uuid and x.statute_id = $3::uuid and x.offence_on = $4::text::date and x.state in ('PROPOSED', 'FILED')`;

const ADDED = `insert into comity.charges (case_id, person_id, statute_id, offence_on, id, needs, statute_version_id, counts, state, warnings, proposed_by, proposed_at)
  select $1::uuid, $2::uuid, $3::uuid, $4::text::date, $5::uuid, $6::integer, $7::uuid, $8::integer, 'PROPOSED', $9::text::text[], comity.member(), statement_timestamp()
   where comity.sees($1::uuid, $6::integer) and not exists (select 1 ${TWIN}) returning id`;

/** Keeps a charge; touches no row where the same is open already, or the actor would not see it. */
export const added = ({ caseId, personId, statuteId, offenceOn, id, needs, versionId, counts, warnings }: NewCharge): Statement =>
  statement(ADDED, [caseId, personId, statuteId, offenceOn, id, needs, versionId, counts, `{${warnings.join(',')}}`]);

/** The open charge that is the same: person, statute and day. */
export const twinOf = (moment: Moment, { caseId, personId, statuteId, offenceOn }: NewCharge) =>
  first<{ readonly id: string }>(moment, statement(`select x.id ${TWIN}`, [caseId, personId, statuteId, offenceOn]));

/** A charge as its withdrawer sees it. */
export interface ChargeSeen {
  readonly id: string;
  readonly needs: number;
  readonly state: ChargeState;
}

const SEEN = 'select id, needs, state from comity.charges where case_id = $1::uuid and id = $2::uuid';

/** A charge of the case. Throws NotFound where there is none that the actor sees. */
export async function chargeSeen(moment: Moment, { id: caseId }: CaseSeen, chargeId: string): Promise<ChargeSeen> {
  const charge = await first<ChargeSeen>(moment, statement(SEEN, [caseId, idOrNull(chargeId)]));
  if (charge === undefined) throw notFound();
  return charge;
}

/** Withdraws an open charge; touches no row where it is withdrawn already. */
export const withdrawn = (caseId: string, id: string): Statement =>
  statement(`update comity.charges set state = 'WITHDRAWN' where case_id = $1::uuid and id = $2::uuid and state = 'PROPOSED' returning id`, [caseId, id]);

const first = async <T>(moment: Moment, asked: Statement): Promise<T | undefined> => (await moment.run(asked)).rows[0] as T | undefined;
