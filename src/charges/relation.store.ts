import type { CaseSeen } from '../cases/subject.ts';
import { statement, type Statement } from '../database/statement.ts';
import type { Moment } from '../trail/act.ts';
import type { ChargeRelationKind } from './relation.table.ts';

/** A relation that stands. */
export interface RelationSeen {
  readonly id: string;
  readonly chargeId: string;
  readonly otherId: string;
  readonly relation: ChargeRelationKind;
}

const STANDING = `select r.id, r.charge_id as "chargeId", r.other_id as "otherId", r.relation
  from comity.charge_relations r join comity.charges h on h.case_id = r.case_id and h.id = r.charge_id
  where r.case_id = $1::uuid and h.person_id = $2::uuid and r.ended_at is null order by r.related_at, r.id`;

/** The relations that stand among the charges of a person, as far as the actor sees them. */
export const relationsOf = async (moment: Moment, { id }: CaseSeen, personId: string): Promise<readonly RelationSeen[]> =>
  (await moment.run(statement(STANDING, [id, personId]))).rows as unknown as RelationSeen[];

interface NewRelation extends RelationSeen {
  readonly caseId: string;
  readonly needs: number;
  readonly reason: string;
}

const RELATED = `insert into comity.charge_relations (case_id, id, needs, charge_id, relation, other_id, reason, related_by, related_at)
  values ($1::uuid, $2::uuid, $3::integer, $4::uuid, $5, $6::uuid, $7, comity.member(), clock_timestamp())`;

/** Keeps a relation. */
export const related = ({ caseId, id, needs, chargeId, relation, otherId, reason }: NewRelation): Statement =>
  statement(RELATED, [caseId, id, needs, chargeId, relation, otherId, reason]);

/** Ends a relation. */
export const unrelated = (caseId: string, id: string, because: string): Statement =>
  statement(`update comity.charge_relations set ended_by = comity.member(), ended_at = statement_timestamp(), ended_because = $3
    where case_id = $1::uuid and id = $2::uuid and ended_at is null`, [caseId, id, because]);

/** True where one leads to the other, by whatever relations. */
export function leadsTo(relations: readonly RelationSeen[], from: string, to: string): boolean {
  const met = new Set([from]);
  // A set grows while it is walked.
  for (const at of met) for (const { chargeId, otherId } of relations) if (chargeId === at) met.add(otherId);
  return met.has(to);
}
