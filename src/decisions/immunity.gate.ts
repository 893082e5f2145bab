import type { CaseSeen } from '../cases/subject.ts';
import { statement } from '../database/statement.ts';
import { conflict } from '../kernel/errors.ts';
import type { Moment } from '../trail/act.ts';
import type { ChargeToDecide, DecisionSeen } from './decision.store.ts';
import { IMMUNITY, maybeFederal, type Affiliation } from './immunity.rules.ts';

const KNOWN = `select
  (select a.affiliation from comity.affiliations a where a.case_id = $1::uuid and a.person_id = $2::uuid order by a.recorded_at desc, a.id desc limit 1) as affiliation,
  (select i.id from comity.immunity_analyses i where i.case_id = $1::uuid and i.person_id = $2::uuid and i.state = 'REVIEWED' order by i.drafted_at desc, i.id desc limit 1) as "analysisId"`;

/**
 * A person who is or may be a federal officer is charged once immunity is analysed and reviewed, or by the word of the elected
 * head, for a limitation date waits for nobody. Answers the analysis on which that rests: the newest that was reviewed; null where there is
 * none. Throws Conflict with the rule and its citation.
 */
export async function refuseUnanalysed(moment: Moment, { id: caseId }: CaseSeen, { personId }: ChargeToDecide, { overrideReason, overriddenBy }: DecisionSeen, overrides: boolean): Promise<string | null> {
  const [row] = (await moment.run(statement(KNOWN, [caseId, personId]))).rows;
  const { affiliation, analysisId } = row as unknown as { affiliation: Affiliation | null; analysisId: string | null };
  if (analysisId !== null || !maybeFederal(affiliation) || overrides || overriddenBy !== null) return analysisId;
  const remedy = overrideReason === null
    ? 'Record an analysis with recordImmunityAnalysis and have another person review it; record with recordAffiliation that the person is no federal officer; or have the elected head override with a reason.'
    : 'The elected head approves a decision with a reason to override; or record an analysis and have another person review it.';
  throw conflict('A person who is or may be a federal officer is not charged before immunity under the Supremacy Clause is analysed and reviewed.', { ...IMMUNITY, personId, affiliation: affiliation ?? 'UNKNOWN', remedy });
}
