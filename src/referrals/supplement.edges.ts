import { and, asc, eq, sql } from 'drizzle-orm';
import { cases } from '../cases/case.table.ts';
import { persons } from '../cases/person.table.ts';
import { recordings } from '../cases/recording.table.ts';
import { agencies } from '../coalition/agency.table.ts';
import { members } from '../coalition/member.table.ts';
import { many, one, shape, value, type Shapes } from '../database/shape.ts';
import { referralPackets, referrals } from './referral.table.ts';
import { caseSupplements, referralSupplements } from './supplement.table.ts';

/** How supplements hang on a referral, on its case, and on what came with them. */
export const supplementShapes: Shapes = {
  Referral: shape(referrals, {
    packet: (referral) => value(sql`(select p.document from ${referralPackets} p where p.referral_id = ${referral.id})`),
    supplements: (referral) => many('ReferralSupplement', referralSupplements, (supplement) => eq(supplement.referralId, referral.id), (supplement) => [asc(supplement.position)]),
    outcome: (referral) => value(sql`comity.referral_outcome(${referral.id})`),
  }),
  ReferralSupplement: shape(referralSupplements, {
    submittedBy: (supplement) => one('Member', members, (member) => eq(member.id, supplement.submittedBy)),
  }),
  Case: shape(cases, {
    supplements: (subject) =>
      many('CaseSupplement', caseSupplements, (supplement) => eq(supplement.caseId, subject.id), (supplement) => [asc(supplement.submittedAt), asc(supplement.id)]),
  }),
  CaseSupplement: shape(caseSupplements, {
    agency: (supplement) => one('Agency', agencies, (agency) => eq(agency.id, supplement.agencyId)),
    submittedBy: (supplement) => one('Member', members, (member) => eq(member.id, supplement.submittedBy)),
    persons: (supplement) =>
      many('Person', persons, (person) => and(eq(person.caseId, supplement.caseId), eq(person.supplementId, supplement.id)), (person) => [asc(person.position)]),
    recordings: (supplement) =>
      many('Recording', recordings, (recording) => and(eq(recording.caseId, supplement.caseId), eq(recording.supplementId, supplement.id)), (recording) => [asc(recording.position)]),
  }),
  Person: shape(persons, { supplement: (person) => one('CaseSupplement', caseSupplements, (supplement) => sql`${supplement.caseId} = ${person.caseId} and ${supplement.id} = ${person.supplementId}`) }),
  Recording: shape(recordings, { supplement: (recording) => one('CaseSupplement', caseSupplements, (supplement) => sql`${supplement.caseId} = ${recording.caseId} and ${supplement.id} = ${recording.supplementId}`) }),
};
