/** For whom a person acted. NONE: the person is no public officer. */
export const AFFILIATIONS = ['FEDERAL', 'STATE', 'LOCAL', 'NONE', 'UNKNOWN'] as const;
export type Affiliation = (typeof AFFILIATIONS)[number];

/** True where a person is or may be a federal officer: what nobody has found out counts as federal. */
export const maybeFederal = (affiliation: Affiliation | null): boolean => affiliation === null || affiliation === 'FEDERAL' || affiliation === 'UNKNOWN';

/** The answer to either question of an immunity analysis. */
export const FINDINGS = ['MET', 'NOT_MET', 'UNCLEAR'] as const;
export type Finding = (typeof FINDINGS)[number];

export const ANALYSIS_STATES = ['DRAFTED', 'REVIEWED', 'RETURNED', 'WITHDRAWN'] as const;
export type AnalysisState = (typeof ANALYSIS_STATES)[number];

export const ANALYSIS_ACTS = ['approve', 'return', 'withdraw'] as const;
export type AnalysisAct = (typeof ANALYSIS_ACTS)[number];
export type AnalysisMoves = Readonly<Partial<Record<AnalysisState, AnalysisState>>>;

/** The lifecycle of an analysis. Elsewhere it is a CONFLICT: what was returned or withdrawn is written anew. */
export const ANALYSIS_MOVES = {
  approve: { DRAFTED: 'REVIEWED' },
  return: { DRAFTED: 'RETURNED' },
  withdraw: { DRAFTED: 'WITHDRAWN' },
} as const satisfies Record<AnalysisAct, AnalysisMoves>;

/** The state that an act leads to; undefined where it is not the moment. */
export const analysisAfter = (act: AnalysisAct, state: AnalysisState): AnalysisState | undefined => (ANALYSIS_MOVES[act] as AnalysisMoves)[state];

/** The rule that a charge against a federal officer rests on: may it be brought at all? */
export const IMMUNITY = { rule: 'IMMUNITY_ANALYSIS', citation: 'U.S. Const. art. VI, cl. 2; In re Neagle, 135 U.S. 1 (1890)' } as const;
