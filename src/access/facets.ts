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

/** The compartments together: what stands in one is, for who is not let in, not there. */
export const COMPARTMENT_BITS = bits('GRAND_JURY', 'COMPELLED');

/** What a lead office opens to its own staff, before the ceiling of their role; notes to a team are the team's alone. */
export const SEAT_FACETS = bits(
  'SUMMARY', 'REPORT', 'PERSONS', 'VICTIM_CONTACT', 'CHARGES', 'EVIDENCE', 'PROCEEDINGS', 'HISTORY', 'OFFICE', 'JOINT', 'COALITION', 'PROTECTED',
);

/** What a place on the lead's team opens, whatever the role's ceiling; on its filter team, what the trial team must never learn, and none of its notes. */
export const TEAM_FACETS = SEAT_FACETS | bits('TEAM', 'GRAND_JURY');
export const FILTER_FACETS = SEAT_FACETS | bits('COMPELLED');

/** What may be opened to another office, by rule or by invitation: no audience of notes, nothing protected, no compartment. */
export const SHAREABLE_FACETS = bits('SUMMARY', 'REPORT', 'PERSONS', 'VICTIM_CONTACT', 'CHARGES', 'EVIDENCE', 'PROCEEDINGS', 'HISTORY');

/** What a former lead keeps: the words its people wrote, or the case to read. */
export const RESIDUAL_FACETS = {
  AUTHOR_OWN: bits('SUMMARY', 'OWN'),
  READ: bits('SUMMARY', 'REPORT', 'PERSONS', 'CHARGES', 'EVIDENCE', 'PROCEEDINGS', 'HISTORY', 'OWN'),
} as const;

/** What break-glass opens of a case of one's own office, whatever the role's ceiling and whichever unit has it. */
export const GLASS_FACETS = SEAT_FACETS & ~FACETS.PROTECTED;

/** What a venue candidate sees before and after a claim. */
export const VENUE_FACETS = { unclaimed: bits('SUMMARY', 'REPORT'), claimed: bits('SUMMARY') } as const;
