import { countyName } from '../coalition/county.ts';
import { stateOf } from '../coalition/state.ts';
import { statement, type Statement } from '../database/statement.ts';
import { badInput, conflict, forbidden } from '../kernel/errors.ts';
import { sentence } from '../kernel/wording.ts';
import type { VenueAnswer } from '../law/venue.ts';
import { act, record, resight, type Moment } from '../trail/act.ts';
import { caseShown } from './case.acts.ts';
import { caseHeld, inTime, officeOf, within, type CaseSeen } from './subject.ts';
import type { ConfirmVenueInput } from './venue.type.ts';

/**
 * Says in which county it happened, where that was in doubt: what rested on that doubt alone ends, the office of the county
 * becomes a candidate, and an unclaimed case is its. A lead stays. Throws NotFound where the actor does not see the case,
 * Forbidden where the actor's office is no candidate or another leads, BadInput for a county that cannot be, Conflict where
 * venue was never in doubt or the case has changed.
 */
export const confirmVenue = act('venue:confirm', async (moment, input: ConfirmVenueInput) => {
  const subject = await caseHeld(moment, input.caseId);
  mayConfirm(moment, subject);
  inTime(subject, 'confirmVenue', input.expectedVersion);
  const [county, doubt] = [input.countyFips, await doubtOf(moment, subject, input.countyFips)];
  if (doubt === undefined || doubt.answer === 'CERTAIN') {
    throw conflict('Venue of this case is not in doubt.', { remedy: 'Where another office has better reasons to lead it, offer it the lead with proposeTransfer.' });
  }
  if (countyName(county) === undefined || !(doubt.isCandidate || stateOf(county) === subject.state)) {
    throw badInput('countyFips', 'This county cannot be where it happened.', 'Give the five digits of a candidate, or of another county of the same state.');
  }
  const reason = sentence('reason', input.reason);
  await moment.run(settled(subject, county, reason));
  return {
    payload: { case: caseShown(subject.id) },
    end: [
      record({ caseId: subject.id, act: 'VENUE_CONFIRMED', body: { countyFips: county, answer: doubt.answer }, expected: input.expectedVersion }), resight(subject.id),
    ],
  };
});

/** While nobody leads, any candidate may; afterwards the lead alone. */
function mayConfirm(moment: Moment, subject: CaseSeen): void {
  officeOf(moment);
  if (moment.actor.kind !== 'PERSON') throw forbidden('A person confirms where it happened.');
  if (subject.leadId !== null) within(moment, subject, 'venue:confirm');
  else if (!subject.hasVenue) throw forbidden('Your office is not a venue candidate of this case.');
}

interface Doubt {
  readonly answer: VenueAnswer;
  readonly isCandidate: boolean;
}

const DOUBT = `select f.answer, exists (select 1 from comity.venue_candidates c where c.case_id = f.case_id and c.county_fips = $2) as "isCandidate"
  from comity.venue_findings f where f.case_id = $1::uuid`;

const doubtOf = async (moment: Moment, { id }: CaseSeen, county: string): Promise<Doubt | undefined> =>
  (await moment.run(statement(DOUBT, [id, county]))).rows[0] as Doubt | undefined;

const settled = ({ id }: CaseSeen, county: string, reason: string): Statement => statement('select comity.settle_venue($1::uuid, $2, $3)', [id, county, reason]);
