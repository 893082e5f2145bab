import { z } from 'zod';
import { REACHES } from '../access/acts.ts';
import { FACETS, type Facet } from '../access/facets.ts';
import { AGENCY_ROLES, COALITION_ROLES, OFFICE_ROLES } from '../access/seats.ts';
import { statement, type Answer, type Statement } from '../database/statement.ts';
import { CONFIDENCES } from '../kernel/confidence.ts';
import { only } from '../kernel/errors.ts';

/** Asks what decides about a member's access to a case; null: the caller's own. The database refuses who may not know it. */
export const explained = (caseId: string, memberId: string | null): Statement =>
  statement('select comity.explain_access($1::uuid, coalesce($2::uuid, comity.member()))::text as facts', [caseId, memberId]);

const facet = z.enum(Object.keys(FACETS) as [Facet, ...Facet[]]);
const text = z.string().nullish();

/** Why a facet is open or closed, as `comity.facet_reasons` names it. */
const WHYS = [
  'TEAM', 'SEAT', 'JOINT', 'RULE', 'VENUE', 'INVITATION', 'TRANSFER', 'RESIDUAL', 'BREAK_GLASS', 'ADMINISTRATORS',
  'INACTIVE', 'TEAM_ONLY', 'COMPARTMENT', 'FORMER_LEAD', 'ROLE', 'LAW', 'UNIT', 'LEAD_ONLY', 'PROTECTED', 'JOINT_ONLY', 'COALITION', 'NO_VENUE',
] as const;
export type Why = (typeof WHYS)[number];

const Reason = z.object({
  facet,
  why: z.enum(WHYS),
  terms: z.object({
    /** The member's. */
    role: z.enum([...OFFICE_ROLES, ...AGENCY_ROLES, ...COALITION_ROLES]),
    /** The office that leads the case, and the version of its rule book in force. */
    lead: text,
    book: z.int().nullish(),
    /** What is opened, in bits, and until when. */
    facets: z.int().nullish(),
    until: text,
    toCoalition: z.boolean().nullish(),
    byUnit: z.boolean().nullish(),
    /** A place on the team, a part in joint handling, or what a former lead keeps. */
    part: text,
    basis: text,
    law: z.object({ state: z.string(), text: z.string(), citation: text, confidence: z.enum(CONFIDENCES) }).nullish(),
  }),
});
export type Reason = z.infer<typeof Reason>;

const Facts = z.object({
  self: z.boolean(),
  member: z.object({ id: z.string(), name: z.string(), role: z.enum([...OFFICE_ROLES, ...AGENCY_ROLES, ...COALITION_ROLES]) }),
  body: z.enum(['OFFICE', 'COALITION']),
  office: z.string().nullable(),
  case: z.object({ id: z.string(), number: z.string() }),
  leads: z.boolean(),
  isLed: z.boolean(),
  isUnrouted: z.boolean(),
  hasVenue: z.boolean(),
  onTeam: z.boolean(),
  jointRole: z.enum(['CO', 'SUPPORT', 'OBSERVER']).nullable(),
  isInvited: z.boolean(),
  isOffered: z.boolean(),
  /** The ground of a wall that excludes the member, where the caller may read it. */
  wall: z.string().nullable(),
  /** Seals that close facets to the member, where the caller may read them. */
  seals: z.array(z.object({ facets: z.array(facet), order: z.string() })),
  /** The version of the rule book in force of the member's office, and what it lowers. */
  book: z.int().nullable(),
  limits: z.record(z.string(), z.object({ ceiling: z.enum(REACHES), basis: z.string() })),
  facets: z.array(Reason.extend({ open: z.boolean() })),
});
export type Facts = z.infer<typeof Facts>;

/** What `explained` answered. */
export const factsOf = ({ rows }: Answer): Facts => Facts.parse(JSON.parse(String(only(rows)['facts'])));

/** What `comity.withheld` answered of one facet. */
export const reasonOf = (withheld: unknown): Reason => Reason.parse(withheld);
