import type { LawRule } from '../law/rule.file.ts';
import { type Day, earlier, plusDays } from './calendar.ts';
import { type Clock, type ClockRule, type ClockWarning, days, safeDay, standing, step, type TraceStep, undated, unfit } from './clock.ts';
import { clockRule, digest, restsOn } from './rule.ts';

/** What a recording's destruction depends on. */
export interface RetentionFacts {
  readonly recordedOn: Day;
  /** When its holder confirmed that it is flagged; null while nobody has. */
  readonly flagConfirmedOn?: Day | null;
  /** When its holder confirmed a subject's written request to keep it longer. */
  readonly requestConfirmedOn?: Day | null;
  /** When a copy was received, or the holder confirmed that it will be kept. */
  readonly securedOn?: Day | null;
  /** When its holder confirmed that it is not kept any more; where it was secured before, that holds. */
  readonly goneOn?: Day | null;
}

/** The rules of a recording: its state's, and the planning assumption where no period is verified. */
export interface RetentionLaw {
  readonly rule: LawRule<'BODY_CAMERA_RETENTION'>;
  readonly assumption: LawRule<'BODY_CAMERA_RETENTION'>;
}

/** The rule as the clock names it: what is assumed where it is silent is part of it. */
export const retentionRule = ({ rule, assumption }: RetentionLaw): ClockRule => ({
  ...clockRule(`retention of body-camera recordings in ${rule.state}`, rule), version: digest({ body: rule.body, citation: rule.citation, assumed: assumption.body }),
});

/**
 * When the holder of a body-camera recording may destroy it: the shortest period that can apply. A period of low confidence
 * is not taken as verified, and lengthens nothing. Throws BadInput where days contradict each other.
 */
export function cameraRetention({ rule: law, assumption }: RetentionLaw, facts: RetentionFacts, asOf: Day): Clock {
  const rule = retentionRule({ rule: law, assumption });
  const { recordedOn, flagConfirmedOn = null, requestConfirmedOn = null, securedOn = null, goneOn = null } = facts;
  days(rule, { recordedOn, flagConfirmedOn, requestConfirmedOn, securedOn, goneOn });
  for (const [field, day] of Object.entries({ flagConfirmedOn, requestConfirmedOn, securedOn, goneOn })) {
    if (day !== null && day < recordedOn) throw unfit(rule, field, `${day} is before the recording of ${recordedOn}.`, 'Correct the days.');
  }
  const trace: TraceStep[] = [];
  const warnings: ClockWarning[] = restsOn(rule);
  const ofDay = { ...law, citation: citedOn(law, recordedOn) };
  const base = unflagged(rule, { rule: ofDay, assumption }, recordedOn, trace, warnings);
  const dueOn = lengthened(ofDay, base, { flagConfirmedOn, requestConfirmedOn, recordedOn }, trace);
  if (goneOn !== null && securedOn === null) {
    trace.push(step(`Its holder confirmed on ${goneOn} that it is not kept: nothing is left to secure.`, null, goneOn));
    return { ...undated('CAMERA_RETENTION', rule, 'NOT_RUNNING', trace, warnings), startedOn: recordedOn };
  }
  if (securedOn !== null) trace.push(step(`It was secured on ${securedOn}.`, null, securedOn));
  return { ...undated('CAMERA_RETENTION', rule, standing(dueOn, securedOn, asOf), trace, warnings), startedOn: recordedOn, dueOn, safeOn: safeDay(dueOn, recordedOn) };
}

/** How the rule was cited on a day: what was moved to another code is cited as it stood then, and where it stands since. */
const citedOn = ({ citation, body: { formerly } }: RetentionLaw['rule'], day: Day): string | null =>
  formerly === undefined || day > formerly.until ? citation : `${formerly.citation} (since ${plusDays(formerly.until, 1)} ${citation ?? 'elsewhere'})`;

function unflagged(rule: ClockRule, { rule: law, assumption }: RetentionLaw, recordedOn: Day, trace: TraceStep[], warnings: ClockWarning[]): Day {
  const { unflaggedDays } = law.body;
  if (unflaggedDays !== null && law.confidence !== 'LOW') {
    const on = plusDays(recordedOn, unflaggedDays);
    trace.push(step(`Recorded on ${recordedOn}; unless flagged it may be destroyed after ${unflaggedDays} days.`, law.citation, on));
    return on;
  }
  const assumed = assumption.body.unflaggedDays;
  if (assumed === null) throw unfit(rule, 'recordedOn', 'There is neither a verified period nor one to assume.', 'Restore the planning assumption of the rules.');
  const on = earlier(plusDays(recordedOn, assumed), plusDays(recordedOn, unflaggedDays ?? assumed));
  trace.push(step(`Recorded on ${recordedOn}; no period is verified in ${law.state}, so ${assumed} days are assumed.${law.body.text === undefined ? '' : ` On file: ${law.body.text}.`}`, law.citation, on));
  warnings.push('PERIOD_ASSUMED');
  return on;
}

/** A flag or a request counts only where its holder confirmed it while the recording was still to be kept. */
function lengthened({ body, citation, confidence }: RetentionLaw['rule'], base: Day, facts: Required<Omit<RetentionFacts, 'securedOn' | 'goneOn'>>, trace: TraceStep[]): Day {
  const isVerified = confidence !== 'LOW';
  let due = base;
  const { flagConfirmedOn, requestConfirmedOn, recordedOn } = facts;
  if (flagConfirmedOn != null) {
    const flagged = isVerified ? (body.flaggedDays ?? null) : null;
    const holds = flagged !== null && flagConfirmedOn <= due;
    if (holds) due = plusDays(recordedOn, Math.max(flagged, body.unflaggedDays ?? 0));
    const why = flagged === null ? 'no period is on file for flagged recordings, so the earliest day stands' : holds ? `flagged recordings are kept ${flagged} days` : 'which is too late';
    trace.push(step(`Its flag was confirmed on ${flagConfirmedOn}: ${why}.${body.flaggedText === undefined ? '' : ` On file: ${body.flaggedText}.`}`, citation, due));
  }
  if (requestConfirmedOn != null) {
    const more = isVerified ? (body.requestExtensionDays ?? null) : null;
    const holds = more !== null && requestConfirmedOn <= due;
    if (holds) due = plusDays(due, more);
    trace.push(step(`A subject's request was confirmed on ${requestConfirmedOn}: ${holds ? `${more} days more` : 'it lengthens nothing here'}.`, citation, due));
  }
  return due;
}
