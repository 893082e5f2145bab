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
const HEADS = { SUPERVISOR: 'OFFICE', ELECTED: 'OFFICE' } as const satisfies Partial<Record<OfficeRole, Reach>>;
const EVERY_AGENCY_ROLE = { OFFICER: 'OFFICE', SUPERVISOR: 'OFFICE', CLIENT: 'OFFICE' } as const satisfies Record<AgencyRole, Reach>;
const EVERY_COALITION_ROLE = { ADMINISTRATOR: 'OFFICE', ANALYST: 'OFFICE', AUDITOR: 'OFFICE' } as const satisfies Record<CoalitionRole, Reach>;
const EVERYBODY = { office: EVERY_OFFICE_ROLE, agency: EVERY_AGENCY_ROLE, coalition: EVERY_COALITION_ROLE } as const;

/** PAGE ONE of two: who may do what. A role that is not named may not. Where (which root field) is permissions.ts. */
export const ACTS = {
  'seat:read': EVERYBODY,
  'coalition:read': EVERYBODY,
  'law:read': EVERYBODY,
  'law:attest': { office: { ATTORNEY: 'OFFICE', ...HEADS } },
  'member:list': { office: EVERY_OFFICE_ROLE },

  'referral:validate': { agency: EVERY_AGENCY_ROLE },
  'referral:submit': { agency: { SUPERVISOR: 'OFFICE', CLIENT: 'OFFICE' } },
  'referral:read': { agency: EVERY_AGENCY_ROLE },
  'pack:read': { office: EVERY_OFFICE_ROLE, agency: EVERY_AGENCY_ROLE, coalition: { ADMINISTRATOR: 'OFFICE', AUDITOR: 'OFFICE' } },
  'pack:draft': { agency: { SUPERVISOR: 'OFFICE' }, coalition: { ADMINISTRATOR: 'OFFICE' } },
  'pack:adopt': { agency: { SUPERVISOR: 'OFFICE' }, coalition: { ADMINISTRATOR: 'OFFICE' } },
  // Over one's own agency's packets: an administrator reads none.
  'pack:preview': { agency: { SUPERVISOR: 'OFFICE' } },
  'referral:screen': { office: { INTAKE: 'OFFICE', ATTORNEY: 'OWN', ...HEADS } },
  'referral:refuse': { office: { ATTORNEY: 'OWN', ...HEADS } },
  'referral:answer': { agency: { SUPERVISOR: 'OFFICE', CLIENT: 'OFFICE' } },
  'return:read': { office: EVERY_OFFICE_ROLE, agency: EVERY_AGENCY_ROLE },

  'case:read': { office: EVERY_OFFICE_ROLE, coalition: { ADMINISTRATOR: 'OFFICE' } },
  'case:route': { coalition: { ADMINISTRATOR: 'OFFICE' } },
  'case:claim': { office: { ATTORNEY: 'OFFICE', SUPERVISOR: 'OFFICE', ELECTED: 'OFFICE' } },
  'case:release': { office: { ATTORNEY: 'OWN', SUPERVISOR: 'OFFICE', ELECTED: 'OFFICE' } },
  'case:assign': { office: { ATTORNEY: 'OWN', SUPERVISOR: 'JOINT', ELECTED: 'JOINT' } },
  'venue:confirm': { office: { INTAKE: 'OFFICE', ATTORNEY: 'OFFICE', ...HEADS } },
  'duplicate:judge': { office: { INTAKE: 'OFFICE', ATTORNEY: 'OWN', ...HEADS } },
  'duplicate:look': { office: { INTAKE: 'OFFICE', ATTORNEY: 'OFFICE', INVESTIGATOR: 'OFFICE', ...HEADS } },
  'clock:read': { office: EVERY_OFFICE_ROLE },
  'clock:feed': { office: EVERY_OFFICE_ROLE },
  'clock:record': { office: { ATTORNEY: 'OWN', INVESTIGATOR: 'OFFICE', ...HEADS } },
  'clock:assert': { office: { ATTORNEY: 'OWN', ...HEADS } },
  'case:tag': { office: { INTAKE: 'OFFICE', ATTORNEY: 'OWN', ...HEADS } },

  'joint:invite': { office: { ATTORNEY: 'OWN', ...HEADS } },
  'joint:answer': { office: HEADS },
  'transfer:propose': { office: { ...HEADS, CONFLICTS: 'OFFICE' } },
  'transfer:answer': { office: HEADS },
  'venue:contest': { office: HEADS },
  'venue:answer': { office: HEADS },
  'venue:decide': { office: HEADS },
  'authorisation:record': { office: HEADS },

  'wall:recuse': { office: EVERY_OFFICE_ROLE },
  'wall:impose': { office: { ...HEADS, CONFLICTS: 'OFFICE' } },
  'wall:lift': { office: { ...HEADS, CONFLICTS: 'OFFICE' } },
  'conflict:declare': { office: EVERY_OFFICE_ROLE },
  'seal:impose': { office: HEADS },
  'seal:lift': { office: HEADS },
  'compartment:place': { office: { ATTORNEY: 'OWN', ...HEADS, CONFLICTS: 'OFFICE' } },

  'unit:read': { office: EVERY_OFFICE_ROLE },
  'unit:manage': { office: HEADS },
  'case:restrict': { office: { ...HEADS, CONFLICTS: 'OFFICE' } },
  'glass:break': {
    office: { INTAKE: 'OFFICE', ATTORNEY: 'OFFICE', INVESTIGATOR: 'OFFICE', ADVOCATE: 'OFFICE', DISCLOSURE: 'OFFICE', ...HEADS },
  },
  'glass:review': { office: HEADS },

  'rulebook:read': { office: EVERY_OFFICE_ROLE, coalition: { ADMINISTRATOR: 'OFFICE', AUDITOR: 'OFFICE' } },
  'rulebook:draft': { office: HEADS },
  'rulebook:adopt': { office: HEADS },
  'access:explain': { office: EVERY_OFFICE_ROLE },
  'access:log': { office: HEADS, coalition: { AUDITOR: 'OFFICE' } },

  'annotation:write': {
    office: { INTAKE: 'JOINT', ATTORNEY: 'JOINT', SUPERVISOR: 'JOINT', ELECTED: 'JOINT', INVESTIGATOR: 'JOINT', ADVOCATE: 'JOINT', DISCLOSURE: 'OFFICE' },
  },
  'annotation:revise': {
    office: { INTAKE: 'OWN', ATTORNEY: 'OWN', SUPERVISOR: 'OWN', ELECTED: 'OWN', INVESTIGATOR: 'OWN', ADVOCATE: 'OWN', DISCLOSURE: 'OWN' },
  },
  'charge:propose': { office: { ATTORNEY: 'OWN', SUPERVISOR: 'OFFICE', ELECTED: 'OFFICE' } },
  'person:identify': { office: { ATTORNEY: 'OWN', INVESTIGATOR: 'OWN', ...HEADS } },
  'proof:link': { office: { ATTORNEY: 'OWN', INVESTIGATOR: 'OFFICE', ...HEADS } },
  'proof:assess': { office: { ATTORNEY: 'OWN', ...HEADS } },
  'charge:file': { office: { ATTORNEY: 'OWN', ...HEADS } },

  'decision:propose': { office: { ATTORNEY: 'OWN', ...HEADS } },
  'decision:approve': { office: HEADS },
  'immunity:record': { office: { ATTORNEY: 'OWN', ...HEADS } },
  'immunity:review': { office: HEADS },
  'victim:notify': { office: { ADVOCATE: 'OFFICE', ATTORNEY: 'OWN', ...HEADS } },
  'declination:answer': { office: HEADS },

  'court:record': { office: { ATTORNEY: 'OWN', ...HEADS } },
  'removal:record': { office: { ATTORNEY: 'OWN', ...HEADS } },
  'supersession:record': { office: { ATTORNEY: 'OWN', ...HEADS } },
  'parallel:record': { office: { ATTORNEY: 'OWN', ...HEADS } },
  'rendition:record': { office: { ATTORNEY: 'OWN', ...HEADS } },

  'demand:read': { office: EVERY_OFFICE_ROLE },
  'demand:write': { office: { ATTORNEY: 'OWN', INVESTIGATOR: 'OWN', ...HEADS } },
  'cooperation:record': { office: { ATTORNEY: 'OWN', INVESTIGATOR: 'OFFICE', ...HEADS } },

  'trail:verify': { office: { SUPERVISOR: 'OFFICE', ELECTED: 'OFFICE' }, coalition: { AUDITOR: 'OFFICE' } },
  'statistics:count': { coalition: { ANALYST: 'OFFICE' } },
} as const satisfies Record<string, Grant>;

export type Action = keyof typeof ACTS;

/** What is written of a prosecution. Where by an order another prosecutes, whose the case is writes none of it; the case stays theirs to read, to keep and to hand over. */
export const PROSECUTING: ReadonlySet<Action> = new Set<Action>([
  'case:release', 'referral:screen', 'referral:refuse', 'case:tag', 'annotation:write', 'annotation:revise', 'charge:propose', 'person:identify', 'proof:link', 'proof:assess', 'charge:file', 'clock:record', 'clock:assert',
  'decision:propose', 'decision:approve', 'immunity:record', 'immunity:review', 'victim:notify', 'declination:answer', 'court:record', 'removal:record', 'parallel:record', 'rendition:record', 'demand:write', 'cooperation:record',
]);

/** How far this actor may do this: as the page says, or less where the rule book of the actor's office lowers it. */
export function reachOf({ body, role, limits }: Pick<Actor, 'body' | 'role'> & Partial<Pick<Actor, 'limits'>>, action: Action): Reach {
  const grant: Grant = ACTS[action];
  const roles: Readonly<Partial<Record<string, Reach>>> = grant[body.toLowerCase() as Lowercase<typeof body>] ?? {};
  const reach = roles[role] ?? 'NONE';
  const ceiling = limits?.[action] ?? reach;
  return REACHES.indexOf(ceiling) < REACHES.indexOf(reach) ? ceiling : reach;
}
