import { eq, sql } from 'drizzle-orm';
import { agencies } from '../coalition/agency.table.ts';
import { members } from '../coalition/member.table.ts';
import { one, shape, value, type Shapes } from '../database/shape.ts';
import { referrals } from './referral.table.ts';

export const referralShapes: Shapes = {
  Referral: shape(referrals, {
    agency: (referral) => one('Agency', agencies, (agency) => eq(agency.id, referral.agencyId)),
    submittedBy: (referral) => one('Member', members, (member) => eq(member.id, referral.submittedBy)),
    attested: (referral) => value(sql`(${referral.attestationId} is not null)`),
  }),
};
