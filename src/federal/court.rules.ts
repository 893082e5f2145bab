/** The days in court that the law counts from. ARRAIGNMENT opens the window for removal, TRIAL closes it (28 U.S.C. 1455(b)(1)). */
export const COURT_DATE_KINDS = ['ARRAIGNMENT', 'TRIAL'] as const;
export type CourtDateKind = (typeof COURT_DATE_KINDS)[number];

/** The rule that makes these days matter. */
export const COURT_DAYS = { rule: 'REMOVAL_WINDOW', citation: '28 U.S.C. 1455(b)(1)' } as const;
