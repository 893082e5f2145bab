import { asc, eq, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { cases } from '../cases/case.table.ts';
import { jurisdictions } from '../coalition/jurisdiction.table.ts';
import { members } from '../coalition/member.table.ts';
import { many, one, shape, value, type Shapes, type Target } from '../database/shape.ts';
import { authorisations } from './authorisation.table.ts';
import { venueContests } from './contest.table.ts';
import { responsibilities } from './responsibility.table.ts';
import { transfers } from './transfer.table.ts';

const office = (id: AnyPgColumn): Target => one('Jurisdiction', jurisdictions, (row) => eq(row.id, id));
const person = (id: AnyPgColumn): Target => one('Member', members, (row) => eq(row.id, id));

/** How joint handling, transfers and authorisations hang on a case. */
export const jointShapes: Shapes = {
  Case: shape(cases, {
    responsibilities: (subject) =>
      many('Responsibility', responsibilities, (part) => eq(part.caseId, subject.id), (part) => [asc(part.invitedAt), asc(part.id)]),
    transfers: (subject) => many('Transfer', transfers, (transfer) => eq(transfer.caseId, subject.id), (transfer) => [asc(transfer.proposedAt), asc(transfer.id)]),
    contests: (subject) => many('VenueContest', venueContests, (contest) => eq(contest.caseId, subject.id), (contest) => [asc(contest.contestedAt), asc(contest.id)]),
    authorisations: (subject) =>
      many('Authorisation', authorisations, (each) => eq(each.caseId, subject.id), (each) => [asc(each.recordedAt), asc(each.id)]),
  }),
  Responsibility: shape(responsibilities, {
    jurisdiction: (part) => office(part.jurisdictionId),
    invitedFor: (part) => office(part.invitedFor),
    facets: (part) => value(sql`array_to_json(comity.facet_names(${part.facets}))`),
    until: (part) => value(sql`nullif(${part.until}, 'infinity')`),
    invitedBy: (part) => person(part.invitedBy),
    answeredBy: (part) => person(part.answeredBy),
  }),
  Transfer: shape(transfers, {
    from: (transfer) => office(transfer.fromId),
    to: (transfer) => office(transfer.toId),
    wallFormerLead: (transfer) => value(sql`${transfer.wallGround}`),
    proposedBy: (transfer) => person(transfer.proposedBy),
    answeredBy: (transfer) => person(transfer.answeredBy),
  }),
  VenueContest: shape(venueContests, {
    contestant: (contest) => office(contest.contestantId),
    lead: (contest) => office(contest.leadId),
    contestedBy: (contest) => person(contest.contestedBy),
    answeredBy: (contest) => person(contest.answeredBy),
    recordedBy: (contest) => person(contest.recordedBy),
    transfer: (contest) => one('Transfer', transfers, (transfer) => sql`${transfer.caseId} = ${contest.caseId} and ${transfer.id} = ${contest.transferId}`),
  }),
  Authorisation: shape(authorisations, {
    jurisdiction: (each) => office(each.jurisdictionId),
    givenFor: (each) => office(each.givenFor),
    recordedBy: (each) => person(each.recordedBy),
    revokedBy: (each) => person(each.revokedBy),
  }),
};
