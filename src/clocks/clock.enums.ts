import { registerEnumType } from 'type-graphql';
import { enumOf } from '../kernel/enums.ts';
import { CLOCK_KINDS, CLOCK_STATES, CLOCK_WARNINGS } from './clock.ts';
import { SUPERSESSIONS } from './clock.table.ts';

export const ClockKinds = enumOf(CLOCK_KINDS);
export const ClockStates = enumOf(CLOCK_STATES);
export const ClockWarnings = enumOf(CLOCK_WARNINGS);
export const ClockSupersessions = enumOf(SUPERSESSIONS);

registerEnumType(ClockKinds, {
  name: 'ClockKind', description: 'What a clock counts towards.',
  valuesConfig: {
    LIMITATION: { description: 'By when a prosecution of a charge must be begun.' },
    REMOVAL_WINDOW: { description: 'Until when an accused may give notice of removal to the federal court.' },
    CAMERA_RETENTION: { description: 'When the holder of a body-camera recording may destroy it.' },
    RETURN_ITEM: { description: 'By when an agency owes what it was asked for.' },
    EXTERNAL_DEMAND: { description: 'By when a demand on another holder is to be answered.' },
    VICTIM_NOTICE: { description: 'By when a victim must be told.' },
    SUPERSESSION_HEARING: { description: 'By when a petition to supersede the prosecutor must be heard.' },
    SUPERSESSION_DECISION: { description: 'By when it must be decided.' },
    RENDITION_HOLD: { description: 'Until when an accused who was arrested in another state is held there without a Governor’s warrant.' },
  },
});
registerEnumType(ClockStates, {
  name: 'ClockState', description: 'How a clock stands today, where the court is.',
  valuesConfig: {
    NOT_RUNNING: { description: 'What sets it running has not happened, or what it would count for is gone.' },
    RUNNING: { description: 'The day has not come.' },
    LAST_DAY: { description: 'The due day is today; whether today is in time is not verified.' },
    PASSED: { description: 'The day has passed, and nothing on record met it.' },
    MET: { description: 'Done by the day.' },
    MET_LATE: { description: 'Done after it.' },
    NO_LIMIT: { description: 'The law sets none.' },
    UNVERIFIED: { description: 'No period is on file, which is not the same as none.' },
  },
});
registerEnumType(ClockWarnings, {
  name: 'ClockWarning', description: 'What whoever relies on a clock must know.',
  valuesConfig: {
    UNATTESTED: { description: 'No attorney of the state has confirmed the text of law that it rests on.' },
    MEDIUM_CONFIDENCE: { description: 'The rule rests on one secondary source.' },
    LOW_CONFIDENCE: { description: 'The rule is not verified.' },
    START_UNVERIFIED: { description: 'From when on the text is in force is not known; it is taken as in force.' },
    OFFICER_REACH_NO: { description: 'The offence does not reach federal officers.' },
    OFFICER_REACH_UNLIKELY: { description: 'That the offence reaches federal officers is unlikely.' },
    OFFICER_REACH_DISPUTED: { description: 'Whether the offence reaches federal officers is disputed.' },
    LIMITATION_DISPUTED: { description: 'Whether a limit applies is disputed; this one is planned on.' },
    LEVEL_NOT_NAMED: { description: 'The offence is graded and the charge names no level: the shortest period governs.' },
    DISCOVERY_NOT_ATTESTED: { description: 'Time runs from discovery, which is not recorded or not attested: the day of the offence governs.' },
    EXCLUSION_OPEN: { description: 'Time that may be left out has not ended: nothing is reckoned with it.' },
    EXCLUSION_NOT_ASSERTED: { description: 'Time that may be left out is on record, and no attorney asserts it.' },
    PERIOD_ASSUMED: { description: 'No period is verified; one is assumed.' },
    PERIOD_UNVERIFIED: { description: 'No period is on file.' },
  },
});
registerEnumType(ClockSupersessions, {
  name: 'ClockSupersession', description: 'Why another result took the place of this one.',
  valuesConfig: {
    FACTS: { description: 'A fact changed.' },
    RULE: { description: 'The rule says something else.' },
    ENDED: { description: 'What it counted for is gone.' },
  },
});
