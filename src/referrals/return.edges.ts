import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { cases } from '../cases/case.table.ts';
import { caseReferrals } from '../cases/referral-link.table.ts';
import { agencies } from '../coalition/agency.table.ts';
import { jurisdictions } from '../coalition/jurisdiction.table.ts';
import { members } from '../coalition/member.table.ts';
import { many, one, shape, value, type Shapes } from '../database/shape.ts';
import { referrals } from './referral.table.ts';
import { isOpen, isOverdue } from './return.store.ts';
import { returnEntries, returnItems } from './return.table.ts';

const byDay = (item: typeof returnItems) => [asc(item.dueOn), asc(item.id)];
const byTime = (entry: typeof returnEntries) => [asc(entry.at), asc(entry.id)];

/** How returns hang on a case and on an agency's referral. */
export const returnShapes: Shapes = {
  Case: shape(cases, {
    referrals: (subject) => many('CaseReferral', caseReferrals, (link) => eq(link.caseId, subject.id), (link) => [asc(link.referralId)]),
    returnItems: (subject) => many('ReturnItem', returnItems, (item) => eq(item.caseId, subject.id), byDay),
  }),
  CaseReferral: shape(caseReferrals, {
    agency: (link) => one('Agency', agencies, (agency) => eq(agency.id, link.agencyId)),
    thread: (link) => many('ReturnEntry', returnEntries, (entry) => and(eq(entry.caseId, link.caseId), eq(entry.referralId, link.referralId), isNull(entry.itemId)), byTime),
  }),
  Referral: shape(referrals, {
    items: (referral) => many('ReturnItem', returnItems, (item) => eq(item.referralId, referral.id), byDay),
    thread: (referral) => many('ReturnEntry', returnEntries, (entry) => and(eq(entry.referralId, referral.id), isNull(entry.itemId)), byTime),
  }),
  ReturnItem: shape(returnItems, {
    referral: (item) => one('Referral', referrals, (referral) => eq(referral.id, item.referralId)),
    case: (item) => one('Case', cases, (subject) => eq(subject.id, item.caseId)),
    agency: (item) => one('Agency', agencies, (agency) => eq(agency.id, item.agencyId)),
    office: (item) => one('Jurisdiction', jurisdictions, (office) => eq(office.id, item.officeId)),
    open: (item) => value(sql`(${isOpen(item)})`),
    overdue: (item) => value(isOverdue(item)),
    thread: (item) => many('ReturnEntry', returnEntries, (entry) => and(eq(entry.caseId, item.caseId), eq(entry.itemId, item.id)), byTime),
  }),
  ReturnEntry: shape(returnEntries, {
    // Who does what at an office is the office's own; an agency knows its own people.
    by: (entry) => one('Member', members, (member) => sql`${member.id} = ${entry.byId} and (${member.officeId} is null or (select comity.agency_id()) is null)`),
  }),
};
