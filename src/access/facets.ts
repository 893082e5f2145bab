/**
 * The facets of a case, each a bit. A row of a case carries in `needs` the bits it requires; a member's
 * sight of the case carries the bits that are open. A row is seen when every bit it needs is open.
 */
export const FACETS = {
  /** Number, agency, incident date and county, kind, stage, lead. */
  SUMMARY: 1 << 0,
  /** Narrative and exact place. */
  REPORT: 1 << 1,
  PERSONS: 1 << 2,
  VICTIM_CONTACT: 1 << 3,
  CHARGES: 1 << 4,
  EVIDENCE: 1 << 5,
  PROCEEDINGS: 1 << 6,
  HISTORY: 1 << 7,
  /** Annotation audiences. */
  TEAM: 1 << 8,
  OFFICE: 1 << 9,
  JOINT: 1 << 10,
  COALITION: 1 << 11,
  /** Rows about a person who was a minor, or contact data whose disclosure the person refused. */
  PROTECTED: 1 << 12,
  /** What a former lead keeps of its own notes. */
  OWN: 1 << 13,
  /** Compartments. */
  GRAND_JURY: 1 << 14,
  COMPELLED: 1 << 15,
} as const satisfies Record<string, number>;

export type Facet = keyof typeof FACETS;

/** The bits of several facets together. */
export const bits = (...facets: readonly Facet[]): number => facets.reduce((sum, facet) => sum | FACETS[facet], 0);

/** What a lead office opens to its own staff, before the ceiling of their role; notes to a team are the team's alone. */
export const SEAT_FACETS = bits(
  'SUMMARY', 'REPORT', 'PERSONS', 'VICTIM_CONTACT', 'CHARGES', 'EVIDENCE', 'PROCEEDINGS', 'HISTORY', 'OFFICE', 'JOINT', 'COALITION', 'PROTECTED',
);

/** What a place on the trial team opens, whatever the role's ceiling. */
export const TEAM_FACETS = SEAT_FACETS | FACETS.TEAM;

/** What a venue candidate sees before and after a claim. */
export const VENUE_FACETS = { unclaimed: bits('SUMMARY', 'REPORT'), claimed: bits('SUMMARY') } as const;
