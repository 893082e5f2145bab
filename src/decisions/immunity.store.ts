import type { CaseSeen } from '../cases/subject.ts';
import { statement, type Statement } from '../database/statement.ts';
import { partNotFound } from '../kernel/errors.ts';
import { idOrNull } from '../kernel/ids.ts';
import type { Moment } from '../trail/act.ts';
import type { Affiliation, AnalysisState, Finding } from './immunity.rules.ts';

interface OfPerson {
  readonly caseId: string;
  readonly id: string;
  readonly needs: number;
  readonly personId: string;
}

const AFFILIATED = `insert into comity.affiliations (case_id, id, needs, person_id, affiliation, basis, recorded_by, recorded_at)
  values ($1::uuid, $2::uuid, $3::integer, $4::uuid, $5, $6, comity.member(), clock_timestamp())`;

/** Keeps for whom a person acted. */
export const affiliated = ({ caseId, id, needs, personId, affiliation, basis }: OfPerson & { readonly affiliation: Affiliation; readonly basis: string }): Statement =>
  statement(AFFILIATED, [caseId, id, needs, personId, affiliation, basis]);

interface NewAnalysis extends OfPerson {
  readonly authorised: Finding;
  readonly authorisedFacts: string;
  readonly necessary: Finding;
  readonly necessarySubjective: string;
  readonly necessaryObjective: string;
  readonly reliedOn: string | null;
}

const ANALYSED = `insert into comity.immunity_analyses (case_id, id, needs, person_id, authorised, authorised_facts, necessary, necessary_subjective, necessary_objective, relied_on, state, drafted_by, drafted_at)
  values ($1::uuid, $2::uuid, $3::integer, $4::uuid, $5, $6, $7, $8, $9, $10, 'DRAFTED', comity.member(), clock_timestamp())`;

/** Keeps an analysis. */
export const analysed = (a: NewAnalysis): Statement =>
  statement(ANALYSED, [a.caseId, a.id, a.needs, a.personId, a.authorised, a.authorisedFacts, a.necessary, a.necessarySubjective, a.necessaryObjective, a.reliedOn]);

/** An analysis as its reviewer sees it. */
export interface AnalysisSeen {
  readonly id: string;
  readonly needs: number;
  readonly personId: string;
  readonly state: AnalysisState;
  readonly draftedBy: string;
}

const SEEN = 'select id, needs, person_id as "personId", state, drafted_by as "draftedBy" from comity.immunity_analyses where case_id = $1::uuid and id = $2::uuid';

/** An analysis of the case. Throws NotFound where there is none that the actor sees. */
export async function analysisSeen(moment: Moment, { id: caseId }: CaseSeen, analysisId: string): Promise<AnalysisSeen> {
  const [row] = (await moment.run(statement(SEEN, [caseId, idOrNull(analysisId)]))).rows;
  if (row === undefined) throw partNotFound('analysisId');
  return row as unknown as AnalysisSeen;
}

const REVIEWED = `update comity.immunity_analyses set state = $3, remark = $4, reviewed_by = comity.member(), reviewed_at = statement_timestamp()
  where case_id = $1::uuid and id = $2::uuid and state = 'DRAFTED' returning id`;

/** Ends an analysis' waiting; touches no row where it waits no more. */
export const analysisReviewed = (caseId: string, id: string, state: AnalysisState, remark: string | null): Statement => statement(REVIEWED, [caseId, id, state, remark]);
