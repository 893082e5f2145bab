import { FACETS } from '../access/facets.ts';
import type { CaseSeen } from '../cases/subject.ts';
import type { ChargeState } from '../charges/charge.table.ts';
import { arrayText, statement, type Statement } from '../database/statement.ts';
import { partNotFound } from '../kernel/errors.ts';
import { idOrNull } from '../kernel/ids.ts';
import type { Moment } from '../trail/act.ts';
import type { DecisionState, Outcome, ReasonCode } from './decision.rules.ts';

/** A charge as a decision on it sees it. */
export interface ChargeToDecide {
  readonly id: string;
  readonly needs: number;
  readonly state: ChargeState;
  readonly personId: string;
  /** The decision that stands on it, and the one that waits for an approval. */
  readonly standing: string | null;
  readonly waiting: string | null;
}

const CHARGE = `select h.id, h.needs, h.state, h.person_id as "personId",
  (select d.id from comity.decisions d where d.case_id = h.case_id and d.charge_id = h.id and d.state = 'STANDING') as standing,
  (select d.id from comity.decisions d where d.case_id = h.case_id and d.charge_id = h.id and d.state = 'PROPOSED') as waiting
  from comity.charges h where h.case_id = $1::uuid and h.id = $2::uuid`;

/** A charge of the case. Throws NotFound where there is none that the actor sees. */
export async function chargeToDecide(moment: Moment, { id: caseId }: CaseSeen, chargeId: string): Promise<ChargeToDecide> {
  const [row] = (await moment.run(statement(CHARGE, [caseId, idOrNull(chargeId)]))).rows;
  if (row === undefined) throw partNotFound('chargeId');
  return row as unknown as ChargeToDecide;
}

/** A decision as an act about it sees it. */
export interface DecisionSeen {
  readonly id: string;
  readonly chargeId: string;
  readonly outcome: Outcome;
  readonly supersedes: string | null;
  readonly state: DecisionState;
  readonly proposedBy: string;
  readonly overriddenBy: string | null;
  readonly overrideReason: string | null;
}

const SEEN = `select d.id, d.charge_id as "chargeId", d.outcome, d.supersedes, d.state, d.proposed_by as "proposedBy", d.overridden_by as "overriddenBy",
  (select g.override_reason from comity.decision_grounds g where g.case_id = d.case_id and g.decision_id = d.id) as "overrideReason"
  from comity.decisions d where d.case_id = $1::uuid and d.id = $2::uuid`;

/** A decision of the case. Throws NotFound where there is none that the actor sees. */
export async function decisionSeen(moment: Moment, { id: caseId }: CaseSeen, decisionId: string): Promise<DecisionSeen> {
  const [row] = (await moment.run(statement(SEEN, [caseId, idOrNull(decisionId)]))).rows;
  if (row === undefined) throw partNotFound('decisionId');
  return row as unknown as DecisionSeen;
}

/** A decision to be kept. */
export interface NewDecision {
  readonly caseId: string;
  readonly id: string;
  readonly charge: ChargeToDecide;
  readonly outcome: Outcome;
  readonly reasonCodes: readonly ReasonCode[];
  readonly shareableReason: string | null;
  readonly evidential: string;
  readonly publicInterest: string;
  readonly overrideReason: string | null;
  /** The actor is the elected head, and answers for the override. */
  readonly overrides: boolean;
}

const ADDED = `insert into comity.decisions (case_id, id, needs, charge_id, outcome, reason_codes, shareable_reason, supersedes, state, proposed_by, proposed_at, overridden_by)
  values ($1::uuid, $2::uuid, $3::integer, $4::uuid, $5, $6::text::text[], $7, $8::uuid, 'PROPOSED', comity.member(), statement_timestamp(), case when $9::boolean then comity.member() end)`;
const GROUNDED = `insert into comity.decision_grounds (case_id, decision_id, needs, charge_id, evidential, public_interest, override_reason)
  values ($1::uuid, $2::uuid, $3::integer, $4::uuid, $5, $6, $7)`;

/** Keeps a decision and its grounds. The words stay in the compartment of the charge that they were written about, whatever becomes of it. */
export const decisionAdded = ({ caseId, id, charge, outcome, reasonCodes, shareableReason, evidential, publicInterest, overrideReason, overrides }: NewDecision): Statement[] => [
  statement(ADDED, [caseId, id, charge.needs & (FACETS.CHARGES | FACETS.PROTECTED), charge.id, outcome, arrayText(reasonCodes), shareableReason, charge.standing, overrides]),
  statement(GROUNDED, [caseId, id, charge.needs | FACETS.JOINT, charge.id, evidential, publicInterest, overrideReason]),
];

const ANSWERED = `update comity.decisions set state = $3, answered_by = comity.member(), answered_at = statement_timestamp(), overridden_by = case when $4::boolean then comity.member() else overridden_by end
  where case_id = $1::uuid and id = $2::uuid and state = 'PROPOSED' returning id`;

/** Ends a decision's waiting; touches no row where it waits no more. `overrides`: the actor is the elected head, and answers for an override. */
export const decisionAnswered = (caseId: string, id: string, state: DecisionState, overrides = false): Statement => statement(ANSWERED, [caseId, id, state, overrides]);

/** Ends a decision's standing. */
export const decisionSuperseded = (caseId: string, id: string): Statement =>
  statement(`update comity.decisions set state = 'SUPERSEDED' where case_id = $1::uuid and id = $2::uuid and state = 'STANDING' returning id`, [caseId, id]);

/** Says on which analysis an approval rests. */
export const approvalRested = (caseId: string, id: string, analysisId: string): Statement =>
  statement('update comity.decision_grounds set immunity_analysis_id = $3::uuid where case_id = $1::uuid and decision_id = $2::uuid', [caseId, id, analysisId]);

/** Says why a decision is rejected. */
export const rejectionGrounded = (caseId: string, id: string, answer: string): Statement =>
  statement('update comity.decision_grounds set answer = $3 where case_id = $1::uuid and decision_id = $2::uuid', [caseId, id, answer]);
