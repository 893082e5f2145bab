import { desc, eq, sql } from 'drizzle-orm';
import { bits } from '../access/facets.ts';
import { cases } from '../cases/case.table.ts';
import { jurisdictions } from '../coalition/jurisdiction.table.ts';
import { members } from '../coalition/member.table.ts';
import { many, one, page, shape, value, type Arguments, type Shapes, type Target } from '../database/shape.ts';
import { idOrNull } from '../kernel/ids.ts';
import { duplicateCandidates } from './candidate.rows.ts';
import { LEAST_SCORE, MATCHERS } from './matcher.ts';
import { caseVerdicts } from './verdict.table.ts';

/** Our own words alone: none of them holds a quote. */
const KNOWN = sql.raw(`'${JSON.stringify(MATCHERS)}'::jsonb, ${LEAST_SCORE}`);

const COMPARED = sql.raw(String(bits('REPORT', 'PERSONS')));

/** How what may be the same hangs on a case. */
export const duplicateShapes: Shapes = {
  Case: shape(cases, {
    duplicateCandidates: (subject) =>
      page('DuplicateCandidate', duplicateCandidates, {
        keys: (candidate) => [{ column: sql`${candidate.rank}`, kind: 'text' }, { column: sql`${candidate.caseId}`, kind: 'uuid' }],
        descending: true,
        rows: ({ limit, after }) => sql`select d.* from comity.duplicate_candidates(${subject.id}, ${KNOWN}) d
          where ${after ? sql`(d.rank, d.case_id) < (${after[0]}, ${after[1]})` : sql`true`} order by d.rank desc, d.case_id desc limit ${limit}`,
      }),
    duplicateVerdicts: (subject) => many('CaseVerdict', caseVerdicts, (verdict) => eq(verdict.caseId, subject.id), (verdict) => [desc(verdict.judgedAt), desc(verdict.otherId)]),
  }),
  DuplicateCandidate: shape(duplicateCandidates, {
    case: (candidate) => one('Case', cases, (other) => eq(other.id, candidate.caseId)),
  }),
  CaseVerdict: shape(caseVerdicts, {
    other: (verdict) => one('Case', cases, (other) => eq(other.id, verdict.otherId)),
    into: (verdict) => one('Case', cases, (stays) => eq(stays.id, verdict.intoId)),
    judgedBy: (verdict) => one('Member', members, (member) => eq(member.id, verdict.judgedBy)),
    judgedFor: (verdict) => one('Jurisdiction', jurisdictions, (office) => eq(office.id, verdict.judgedFor)),
  }),
  SameIncident: {
    ...shape(cases, { hits: (subject) => value(sql`comity.same_incident_hits(${subject.id})`) }),
    // Each look is logged, whatever comes of it; the function marks the case behind each hit, so that its office reads of the look too.
    mark: (subject: typeof cases) => sql`'#' || ${subject.id}::text || ${subject.id}::text || '${COMPARED}:${COMPARED}'`,
  },
};

/**
 * Whether other offices have cases about the same incident: hit or no hit, an office to call, and never a word of the case.
 *
 * Why asking tells no more than that. What is compared is what agencies declared and signed, and it cannot be
 * changed by an office: whoever asks cannot put a plate or a number into a case to see what comes back. An office would need
 * an agency to sign a referral for each guess, dated within a day of what it looks for, and each look stands in the log of the
 * case that was asked about and, at a hit, of the case that was hit, where its heads read who asked. Which case was hit,
 * how many, and when they were, is not in the answer: an office stands in it once. A case that is sealed, kept to a unit, has
 * something in a compartment, is walled off anybody of the other's office, or belongs to a guest or to nobody, makes no hit; one that
 * nobody leads yet makes none by a person, whom its own office does not read either; and the answer is the same bytes as where there is none; so does the asker's own case, for the rule is the same from both
 * sides, and each office learns of the other what the other learns of it. The answer is one for all of an office but
 * for what they see: who is walled off alone is not told apart from colleagues.
 */
export const sameIncidentOf = ({ param }: Arguments): Target => one('SameIncident', cases, (subject) => eq(subject.id, param(({ caseId }) => idOrNull(caseId))));
