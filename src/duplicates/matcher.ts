/** What a pair of cases may have in common. */
export const MATCHER_KINDS = ['REPORT_NUMBER', 'PLATE', 'AT_ONCE', 'NEAR', 'PLACE', 'BADGE', 'NAME', 'DESCRIPTORS'] as const;
export type MatcherKind = (typeof MATCHER_KINDS)[number];

/** What is kept of a case to find others by; see mark.table.ts. */
export const MARK_KINDS = ['REPORT_NUMBER', 'PLATE', 'SPOT', 'PLACE', 'BADGE', 'NAME'] as const;
export type MarkKind = (typeof MARK_KINDS)[number];

/** One way in which two cases may be alike. All that is given must hold. */
export interface Matcher {
  /** What it adds to the score. */
  readonly weight: number;
  /** The reason in words; `{distance}` and `{apart}` stand for how far apart the two are. It never holds a value of either case. */
  readonly says: string;
  /** Both bear the same mark. */
  readonly mark?: MarkKind;
  /** At most so many metres apart. */
  readonly metres?: number;
  /** At most so many hours apart; where one of the instants is not known, on the same day. */
  readonly hours?: number;
  /** At most so many days apart. */
  readonly days?: number;
  /** At least this share of the words of the place in common, where not both have coordinates. */
  readonly likeness?: number;
  /** At least this share of the words of how a person of the same part is described in common, and at least three words. */
  readonly description?: number;
  /** Of those in one group only the weightiest counts. */
  readonly group?: string;
}

/**
 * The matchers, as data. Only what the agencies declared is compared, and only where the reader may read it of both cases.
 * Cases that share no mark are never compared: DESCRIPTORS adds to what others found. The agency is part of a report
 * number's mark.
 */
export const MATCHERS = {
  REPORT_NUMBER: { weight: 60, mark: 'REPORT_NUMBER', says: 'same report number of the same agency' },
  PLATE: { weight: 40, mark: 'PLATE', days: 30, says: 'same plate' },
  AT_ONCE: { weight: 45, metres: 250, hours: 1, group: 'NEAR', says: '{distance} and {apart}' },
  NEAR: { weight: 30, metres: 500, hours: 12, group: 'NEAR', says: '{distance} and {apart}' },
  PLACE: { weight: 30, likeness: 0.6, hours: 12, group: 'NEAR', says: 'same place in words and {apart}' },
  BADGE: { weight: 25, mark: 'BADGE', days: 30, says: 'same badge' },
  NAME: { weight: 20, mark: 'NAME', days: 30, says: 'same name' },
  DESCRIPTORS: { weight: 10, description: 0.5, days: 1, says: 'similar description of a person' },
} as const satisfies Record<MatcherKind, Matcher>;

/** The score from which on a pair is offered to a person. */
export const LEAST_SCORE = 30;

/** By what a case of another office that the reader does not see makes a hit; `comity.same_incident_hits` holds to it: a plate within 24 hours. */
export const ACROSS_OFFICES = ['REPORT_NUMBER', 'PLATE'] as const satisfies readonly MatcherKind[];

/** What a person says of a pair. */
export const VERDICTS = ['LINK', 'DUPLICATE', 'NOT_RELATED'] as const;
export type Verdict = (typeof VERDICTS)[number];
