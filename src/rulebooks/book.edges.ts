import { and, asc, eq, sql, type SQL } from 'drizzle-orm';
import { COALITION_VIEWER } from '../access/seats.ts';
import { jurisdictions } from '../coalition/jurisdiction.table.ts';
import { members } from '../coalition/member.table.ts';
import { many, one, shape, value, type Shapes, type Target } from '../database/shape.ts';
import { ruleBooks } from './book.table.ts';
import { actLimits, admissionRules, agencyRules, ruleBookTests, sharingRules, statisticsRules } from './rule.table.ts';

/** Where an edge leads to a book from what every seat reads: agencies and analysts read no rule books. */
const READS_BOOKS = sql`exists (select 1 from ${members} m where m.id = comity.member() and (m.office_id is not null or m.role in ('ADMINISTRATOR', 'AUDITOR')))`;

const person = (id: SQL): Target => one('Member', members, (member) => eq(member.id, id));

/** How a rule book and its rules hang together. */
export const ruleBookShapes: Shapes = {
  Jurisdiction: shape(jurisdictions, {
    ruleBook: (office) => one('RuleBook', ruleBooks, (book) => and(eq(book.jurisdictionId, office.id), eq(book.state, sql`'IN_FORCE'`), READS_BOOKS) ?? READS_BOOKS),
  }),
  RuleBook: shape(ruleBooks, {
    jurisdiction: (book) => one('Jurisdiction', jurisdictions, (office) => eq(office.id, book.jurisdictionId)),
    draftedBy: (book) => person(sql`${book.draftedBy}`),
    proposedBy: (book) => person(sql`${book.proposedBy}`),
    adoptedBy: (book) => person(sql`${book.adoptedBy}`),
    sharing: (book) => many('SharingRule', sharingRules, (rule) => eq(rule.bookId, book.id), (rule) => [asc(rule.position)]),
    limits: (book) => many('ActLimit', actLimits, (limit) => eq(limit.bookId, book.id), (limit) => [asc(limit.action)]),
    agency: (book) => many('AgencyRule', agencyRules, (rule) => eq(rule.bookId, book.id), (rule) => [asc(rule.show)]),
    admission: (book) => many('AdmissionRule', admissionRules, (rule) => eq(rule.bookId, book.id), (rule) => [asc(rule.part)]),
    statistics: (book) => many('StatisticsRule', statisticsRules, (rule) => eq(rule.bookId, book.id), (rule) => [asc(rule.measure)]),
    tests: (book) => many('RuleBookTest', ruleBookTests, (test) => eq(test.bookId, book.id), (test) => [asc(test.position)]),
  }),
  SharingRule: shape(sharingRules, {
    audience: (rule) => value(sql`case when ${rule.audienceId} = ${sql.raw(`'${COALITION_VIEWER}'`)} then 'COALITION' else 'JURISDICTION' end`),
    jurisdiction: (rule) => one('Jurisdiction', jurisdictions, (office) => eq(office.id, rule.audienceId)),
    facets: (rule) => value(sql`comity.facet_names(${rule.facets})`),
    until: (rule) => value(sql`nullif(${rule.until}, 'infinity')`),
  }),
  ActLimit: shape(actLimits),
  AgencyRule: shape(agencyRules),
  AdmissionRule: shape(admissionRules),
  StatisticsRule: shape(statisticsRules),
  RuleBookTest: shape(ruleBookTests, {
    member: (test) => one('Member', members, (member) => eq(member.id, test.memberId)),
    facet: (test) => value(sql`(comity.facet_names(${test.facet}))[1]`),
  }),
};
