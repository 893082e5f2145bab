import { sql } from 'drizzle-orm';
import { FACETS } from '../access/facets.ts';
import { caseShown } from '../cases/case.acts.ts';
import { persons } from '../cases/person.table.ts';
import { caseHeld, inTime, within, type CaseSeen } from '../cases/subject.ts';
import { personSeen, type PersonSeen } from '../charges/charge.store.ts';
import { reclocked } from '../clocks/reclock.ts';
import { Shown } from '../database/lookahead.ts';
import { one } from '../database/shape.ts';
import { badInput, conflict, notFound, sameAuthor } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { sentence } from '../kernel/wording.ts';
import { act, record, type Moment } from '../trail/act.ts';
import type { RecordAffiliationInput, RecordImmunityAnalysisInput, ReviewImmunityAnalysisInput, WithdrawImmunityAnalysisInput } from './immunity.inputs.ts';
import { analysisAfter } from './immunity.rules.ts';
import { affiliated, analysed, analysisReviewed, analysisSeen } from './immunity.store.ts';
import { immunityAnalyses } from './immunity.table.ts';

const LONGEST = 10_000;

/** Records for whom a person acted; what was recorded before stays in view. Throws NotFound, Forbidden where the case is not the actor's to charge, Conflict at the wrong stage, BadInput for a person who cannot be charged. */
export const recordAffiliation = act('immunity:record', async (moment, input: RecordAffiliationInput) => {
  const { subject, person } = await aboutPerson(moment, input);
  const [id, basis] = [newId(), sentence('basis', input.basis)];
  return {
    payload: shown(subject, person),
    end: [
      affiliated({ caseId: subject.id, id, needs: person.needs, personId: person.id, affiliation: input.affiliation, basis }),
      record({ caseId: subject.id, act: 'AFFILIATION_RECORDED', needs: person.needs, body: { personId: person.id, affiliation: input.affiliation } }),
    ],
    after: reclocked([subject.id]),
  };
});

/** Answers the two questions of immunity for one person; another person reviews it. Throws as `recordAffiliation` does. */
export const recordImmunityAnalysis = act('immunity:record', async (moment, input: RecordImmunityAnalysisInput) => {
  const { subject, person } = await aboutPerson(moment, input);
  const needs = person.needs | FACETS.CHARGES | FACETS.JOINT;
  const [id, { authorised, necessary }] = [newId(), input];
  return {
    payload: shown(subject, person, id),
    end: [
      analysed({
        caseId: subject.id, id, needs, personId: person.id,
        authorised: authorised.finding, authorisedFacts: sentence('authorised.facts', authorised.facts, LONGEST),
        necessary: necessary.finding, necessarySubjective: sentence('necessary.subjective', necessary.subjective, LONGEST), necessaryObjective: sentence('necessary.objective', necessary.objective, LONGEST),
        reliedOn: input.reliedOn == null ? null : sentence('reliedOn', input.reliedOn),
      }),
      record({ caseId: subject.id, act: 'IMMUNITY_ANALYSED', needs, body: { personId: person.id, analysisId: id } }),
    ],
  };
});

/** Approves an analysis that another person drafted, or returns it. Throws NotFound, Forbidden to who drafted it, Conflict where it was reviewed before. */
export const reviewImmunityAnalysis = act('immunity:review', async (moment, { caseId, analysisId, approve, remark }: ReviewImmunityAnalysisInput) => {
  const subject = await caseHeld(moment, caseId);
  const analysis = await analysisSeen(moment, subject, analysisId);
  within(moment, subject, 'immunity:review');
  if (analysis.draftedBy === moment.actor.memberId) throw sameAuthor('Two people answer for an analysis: it is reviewed by another person than the one who drafted it.');
  inTime(subject, 'prepare');
  const person = await personSeen(moment, subject, analysis.personId);
  if (person === undefined) throw notFound();
  const said = remark == null ? null : sentence('remark', remark);
  if (!approve && said === null) throw badInput('remark', 'What is returned is returned for a reason.', 'Say what is missing.');
  const to = analysisAfter(approve ? 'approve' : 'return', analysis.state);
  if (to === undefined || (await moment.run(analysisReviewed(subject.id, analysis.id, to, said))).rows.length !== 1) {
    throw conflict('This analysis does not wait for a review.', { analysisId: analysis.id, state: analysis.state, remedy: 'Record it anew to have it reviewed again.' });
  }
  return {
    payload: shown(subject, person, analysis.id),
    end: [record({ caseId: subject.id, act: 'IMMUNITY_REVIEWED', needs: analysis.needs, body: { personId: person.id, analysisId: analysis.id, state: to } })],
  };
});

/** Takes back an analysis that nobody has reviewed; it stays in view. Throws NotFound, Forbidden where the case is not the actor's to charge, Conflict where it was reviewed or taken back before. */
export const withdrawImmunityAnalysis = act('immunity:record', async (moment, { caseId, analysisId, reason }: WithdrawImmunityAnalysisInput) => {
  const subject = await caseHeld(moment, caseId);
  const analysis = await analysisSeen(moment, subject, analysisId);
  within(moment, subject, 'immunity:record');
  inTime(subject, 'prepare');
  const person = await personSeen(moment, subject, analysis.personId);
  if (person === undefined) throw notFound();
  const [said, to] = [sentence('reason', reason), analysisAfter('withdraw', analysis.state)];
  if (to === undefined || (await moment.run(analysisReviewed(subject.id, analysis.id, to, said))).rows.length !== 1) {
    throw conflict('This analysis does not wait for a review.', { analysisId: analysis.id, state: analysis.state, remedy: 'Record another one: the newest that is reviewed counts.' });
  }
  return {
    payload: shown(subject, person, analysis.id),
    end: [record({ caseId: subject.id, act: 'IMMUNITY_WITHDRAWN', needs: analysis.needs, body: { personId: person.id, analysisId: analysis.id } })],
  };
});

/** A case of the actor's to charge, and a person of it who can be charged. */
async function aboutPerson(moment: Moment, { caseId, personId }: { readonly caseId: string; readonly personId: string }) {
  const subject = await caseHeld(moment, caseId);
  const person = await personSeen(moment, subject, personId);
  within(moment, subject, 'immunity:record');
  inTime(subject, 'prepare');
  if (person === undefined || (person.part !== 'SUBJECT' && person.part !== 'OFFICIAL')) {
    throw badInput('personId', 'This is no subject or official of the case.', 'Take the id of a person of the case whose part is SUBJECT or OFFICIAL.');
  }
  return { subject, person };
}

const shown = ({ id: caseId }: CaseSeen, { id: personId }: PersonSeen, id?: string) => ({
  case: caseShown(caseId),
  person: new Shown(({ given }) => one('Person', persons, (person) => sql`${person.caseId} = ${given(0)}::uuid and ${person.id} = ${given(1)}::uuid`), [caseId, personId]),
  ...(id !== undefined && {
    analysis: new Shown(({ given }) => one('ImmunityAnalysis', immunityAnalyses, (analysis) => sql`${analysis.caseId} = ${given(0)}::uuid and ${analysis.id} = ${given(1)}::uuid`), [caseId, id]),
  }),
});
