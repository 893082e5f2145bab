import { FACETS, SEAT_FACETS, bits } from './facets.ts';
import type { AgencyRole, CoalitionRole, OfficeRole } from './seats.ts';

const WITHOUT_CONTACTS = (SEAT_FACETS & ~FACETS.VICTIM_CONTACT) | FACETS.OWN;

/**
 * What a role may see of its own office's cases at the most. A place on the team of a case lifts it for that case.
 * Agencies, analysts and auditors see no row of any case.
 */
export const CEILINGS = {
  OFFICE: {
    INTAKE: bits('SUMMARY', 'REPORT', 'PERSONS', 'EVIDENCE', 'HISTORY', 'OFFICE', 'JOINT', 'COALITION', 'PROTECTED', 'OWN'),
    ATTORNEY: WITHOUT_CONTACTS,
    SUPERVISOR: WITHOUT_CONTACTS,
    ELECTED: WITHOUT_CONTACTS,
    INVESTIGATOR: WITHOUT_CONTACTS,
    ADVOCATE: bits('SUMMARY', 'REPORT', 'PERSONS', 'VICTIM_CONTACT', 'CHARGES', 'PROCEEDINGS', 'OFFICE', 'JOINT', 'COALITION', 'PROTECTED', 'OWN'),
    CONFLICTS: WITHOUT_CONTACTS,
    DISCLOSURE: WITHOUT_CONTACTS,
    RECORDS: bits('SUMMARY', 'REPORT', 'HISTORY', 'OFFICE', 'OWN'),
  },
  AGENCY: { OFFICER: 0, SUPERVISOR: 0, CLIENT: 0 },
  COALITION: { ADMINISTRATOR: bits('SUMMARY'), ANALYST: 0, AUDITOR: 0 },
} as const satisfies {
  OFFICE: Record<OfficeRole, number>;
  AGENCY: Record<AgencyRole, number>;
  COALITION: Record<CoalitionRole, number>;
};
