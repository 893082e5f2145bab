import { sql } from 'drizzle-orm';
import { caseShown } from '../cases/case.acts.ts';
import { persons } from '../cases/person.table.ts';
import { caseHeld, inTime, within, type CaseSeen } from '../cases/subject.ts';
import { reclocked } from '../clocks/reclock.ts';
import { Shown } from '../database/lookahead.ts';
import { one } from '../database/shape.ts';
import { statement } from '../database/statement.ts';
import { badInput, conflict } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { dayText } from '../kernel/scalars.ts';
import { sentence } from '../kernel/wording.ts';
import { act, record } from '../trail/act.ts';
import { chargedPerson, type Charged } from './charged.ts';
import type { RecordArraignmentInput, SetTrialInput } from './court.inputs.ts';
import { COURT_DAYS, type CourtDateKind } from './court.rules.ts';
import { dayCome, notBefore } from './days.ts';

/**
 * Puts an arraignment on record, or corrects its day. Throws NotFound, Forbidden, Conflict where the case is not in court,
 * nothing is filed against the person, or another entry holds; BadInput for a day to come, before the filing, or after the trial.
 */
export const recordArraignment = act('court:record', async (moment, input: RecordArraignmentInput) => {
  const subject = await caseHeld(moment, input.caseId);
  within(moment, subject, 'court:record');
  inTime(subject, 'docket');
  const charged = await chargedPerson(moment, subject, input.personId);
  if ((input.supersedes?.toLowerCase() ?? null) !== charged.arraignment) throw notThatWhichHolds(charged);
  const day = dayCome('arraignedOn', input.arraignedOn);
  notBefore('arraignedOn', day, ['the filing', charged.filedOn]);
  if (charged.trialStartsOn !== null && day > charged.trialStartsOn) throw badInput('arraignedOn', `The trial of ${charged.trialStartsOn} is before the arraignment on ${day} (${COURT_DAYS.citation}).`, 'Correct the day, or set the trial anew.');
  return entered(subject, charged, 'ARRAIGNMENT', day, input.court, charged.arraignment);
});

/**
 * Sets the day of a trial, or takes it off. Throws NotFound, Forbidden, Conflict where the case is not in court, nothing is
 * filed against the person, or the trial is set so already; BadInput for a day before the filing or the arraignment.
 */
export const setTrial = act('court:record', async (moment, input: SetTrialInput) => {
  const subject = await caseHeld(moment, input.caseId);
  within(moment, subject, 'court:record');
  inTime(subject, 'docket');
  const charged = await chargedPerson(moment, subject, input.personId);
  const day = input.startsOn == null ? null : dayText(input.startsOn);
  if (day === charged.trialStartsOn) throw conflict(day === null ? 'No trial is set.' : 'The trial is set so already.', { ...COURT_DAYS, trialStartsOn: day, remedy: 'Read the days of the person again.' });
  if (day !== null) notBefore('startsOn', day, ['the filing', charged.filedOn], ['the arraignment', charged.arraignedOn]);
  return entered(subject, charged, 'TRIAL', day, input.court, charged.trial);
});

const ENTERED = `insert into comity.court_dates (case_id, id, needs, person_id, kind, day, court, supersedes, recorded_by, recorded_at)
  values ($1::uuid, $2::uuid, $3::integer, $4::uuid, $5, $6::text::date, $7, $8::uuid, comity.member(), clock_timestamp())`;

function entered(subject: CaseSeen, { personId, needs }: Charged, kind: CourtDateKind, day: string | null, court: string | null | undefined, supersedes: string | null) {
  const id = newId();
  return {
    payload: {
      case: caseShown(subject.id),
      person: new Shown(({ given }) => one('Person', persons, (person) => sql`${person.caseId} = ${given(0)}::uuid and ${person.id} = ${given(1)}::uuid`), [subject.id, personId]),
    },
    end: [
      statement(ENTERED, [subject.id, id, needs, personId, kind, day, court == null ? null : sentence('court', court, 200), supersedes]),
      record({ caseId: subject.id, act: kind === 'TRIAL' ? 'TRIAL_SET' : 'ARRAIGNED', needs, body: { personId, courtDateId: id, supersedes } }),
    ],
    after: reclocked([subject.id]),
  };
}

const notThatWhichHolds = ({ arraignment }: Charged) =>
  arraignment === null
    ? conflict('No arraignment of this person is on record.', { ...COURT_DAYS, arraignment, remedy: 'Leave supersedes away.' })
    : conflict('An arraignment of this person is on record.', { ...COURT_DAYS, arraignment, remedy: 'To correct it, give its id as supersedes.' });
