import type { Actor, AgencyRole, CoalitionRole, OfficeRole } from './seats.ts';

/** How far an act of a role reaches: what is one's own (on the team, or the author), one's office's, or what is held jointly. */
export const REACHES = ['NONE', 'OWN', 'OFFICE', 'JOINT'] as const;
export type Reach = (typeof REACHES)[number];

interface Grant {
  readonly office?: Partial<Record<OfficeRole, Reach>>;
  readonly agency?: Partial<Record<AgencyRole, Reach>>;
  readonly coalition?: Partial<Record<CoalitionRole, Reach>>;
}

const EVERY_OFFICE_ROLE = {
  INTAKE: 'OFFICE', ATTORNEY: 'OFFICE', SUPERVISOR: 'OFFICE', ELECTED: 'OFFICE', INVESTIGATOR: 'OFFICE', ADVOCATE: 'OFFICE',
  CONFLICTS: 'OFFICE', DISCLOSURE: 'OFFICE', RECORDS: 'OFFICE',
} as const satisfies Record<OfficeRole, Reach>;
const EVERY_AGENCY_ROLE = { OFFICER: 'OFFICE', SUPERVISOR: 'OFFICE', CLIENT: 'OFFICE' } as const satisfies Record<AgencyRole, Reach>;
const EVERY_COALITION_ROLE = { ADMINISTRATOR: 'OFFICE', ANALYST: 'OFFICE', AUDITOR: 'OFFICE' } as const satisfies Record<CoalitionRole, Reach>;
const EVERYBODY = { office: EVERY_OFFICE_ROLE, agency: EVERY_AGENCY_ROLE, coalition: EVERY_COALITION_ROLE } as const;

/** PAGE ONE of two: who may do what. A role that is not named may not. Where (which root field) is permissions.ts. */
export const ACTS = {
  'seat:read': EVERYBODY,
  'coalition:read': EVERYBODY,
  'law:read': EVERYBODY,
  'member:list': { office: EVERY_OFFICE_ROLE },

  'referral:validate': { agency: EVERY_AGENCY_ROLE },
  'referral:submit': { agency: { SUPERVISOR: 'OFFICE', CLIENT: 'OFFICE' } },
  'referral:read': { agency: EVERY_AGENCY_ROLE },

  'case:read': { office: EVERY_OFFICE_ROLE, coalition: { ADMINISTRATOR: 'OFFICE' } },
  'case:route': { coalition: { ADMINISTRATOR: 'OFFICE' } },
  'case:claim': { office: { ATTORNEY: 'OFFICE', SUPERVISOR: 'OFFICE', ELECTED: 'OFFICE' } },
  'case:release': { office: { ATTORNEY: 'OWN', SUPERVISOR: 'OFFICE', ELECTED: 'OFFICE' } },
  'case:assign': { office: { ATTORNEY: 'OWN', SUPERVISOR: 'OFFICE', ELECTED: 'OFFICE' } },

  'annotation:write': {
    office: { INTAKE: 'OFFICE', ATTORNEY: 'OFFICE', SUPERVISOR: 'OFFICE', ELECTED: 'OFFICE', INVESTIGATOR: 'OFFICE', ADVOCATE: 'OFFICE', DISCLOSURE: 'OFFICE' },
  },
  'annotation:revise': {
    office: { INTAKE: 'OWN', ATTORNEY: 'OWN', SUPERVISOR: 'OWN', ELECTED: 'OWN', INVESTIGATOR: 'OWN', ADVOCATE: 'OWN', DISCLOSURE: 'OWN' },
  },
  'charge:propose': { office: { ATTORNEY: 'OWN', SUPERVISOR: 'OFFICE', ELECTED: 'OFFICE' } },

  'trail:verify': { office: { SUPERVISOR: 'OFFICE', ELECTED: 'OFFICE' }, coalition: { AUDITOR: 'OFFICE' } },
  'statistics:count': { coalition: { ANALYST: 'OFFICE' } },
} as const satisfies Record<string, Grant>;

export type Action = keyof typeof ACTS;

/** How far this actor may do this. */
export function reachOf({ body, role }: Pick<Actor, 'body' | 'role'>, action: Action): Reach {
  const grant: Grant = ACTS[action];
  const roles: Readonly<Partial<Record<string, Reach>>> = grant[body.toLowerCase() as Lowercase<typeof body>] ?? {};
  return roles[role] ?? 'NONE';
}
