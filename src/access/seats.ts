/** Roles of a seat in a prosecuting office. */
export const OFFICE_ROLES = ['INTAKE', 'ATTORNEY', 'SUPERVISOR', 'ELECTED', 'INVESTIGATOR', 'ADVOCATE', 'CONFLICTS', 'DISCLOSURE', 'RECORDS'] as const;
/** Roles of a seat in a police agency. */
export const AGENCY_ROLES = ['OFFICER', 'SUPERVISOR', 'CLIENT'] as const;
/** Roles of a seat in the coalition itself. */
export const COALITION_ROLES = ['ADMINISTRATOR', 'ANALYST', 'AUDITOR'] as const;

export type OfficeRole = (typeof OFFICE_ROLES)[number];
export type AgencyRole = (typeof AGENCY_ROLES)[number];
export type CoalitionRole = (typeof COALITION_ROLES)[number];
export type Role = OfficeRole | AgencyRole | CoalitionRole;

/** Where a seat stands. */
export type Body = 'OFFICE' | 'AGENCY' | 'COALITION';

/** A member's one seat, as the database held it when the request began. */
export interface Actor {
  readonly memberId: string;
  readonly name: string;
  readonly kind: 'PERSON' | 'MACHINE';
  readonly role: Role;
  readonly body: Body;
  readonly officeId: string | null;
  readonly agencyId: string | null;
  /** What the office's rule book lowers: action → how far it reaches at the most. Empty where the seat was taken from memory: the act asks again. */
  readonly limits: Readonly<Record<string, 'NONE' | 'OWN' | 'OFFICE' | 'JOINT'>>;
}

/** A viewer that stands for every seat in a MEMBER office. */
export const COALITION_VIEWER = '00000000-0000-8000-8000-00000000c0a1';
/** A viewer that stands for the administrators as a body. */
export const ADMINISTRATORS_VIEWER = '00000000-0000-8000-8000-00000000ad31';
