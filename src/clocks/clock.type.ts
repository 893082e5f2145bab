import { GraphQLDate } from 'graphql-scalars';
import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { Case, Stages } from '../cases/case.type.ts';
import type { Stage } from '../cases/lifecycle.ts';
import { connectionOf } from '../database/page.type.ts';
import type { Confidence } from '../kernel/confidence.ts';
import { enumOf } from '../kernel/enums.ts';
import { DateTime } from '../kernel/scalars.ts';
import { Confidences } from '../law/statute.type.ts';
import { CLOCK_KINDS, CLOCK_STATES, CLOCK_WARNINGS, type ClockKind, type ClockState, type ClockWarning } from './clock.ts';
import { SUPERSESSIONS, type Superseded } from './clock.table.ts';

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
  },
});
registerEnumType(ClockStates, {
  name: 'ClockState', description: 'How a clock stands today, where the court is.',
  valuesConfig: {
    NOT_RUNNING: { description: 'What sets it running has not happened.' },
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

@ObjectType({ description: 'The rule that a clock follows.' })
export class ClockRuleUsed {
  @Field(() => String, { description: 'As a sentence names it.' })
  name!: string;

  @Field(() => String, { description: 'What the rule said when the clock was computed: another text has another one.' })
  version!: string;

  @Field(() => String, { nullable: true, description: 'Where the law says so; null where no law does, or none is verified.' })
  citation!: string | null;

  @Field(() => Confidences, { description: 'How sure it is.' })
  confidence!: Confidence;

  @Field(() => String, { nullable: true, description: 'The attorney who confirmed the text; null: nobody has.' })
  attestedBy!: string | null;
}

@ObjectType({ description: 'A step of a calculation.' })
export class ClockStep {
  @Field(() => String, { description: 'In words.' })
  text!: string;

  @Field(() => String, { nullable: true, description: 'Where the law says so.' })
  citation!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'The day that it led to.' })
  on!: string | null;
}

@ObjectType({ description: 'Time that may be left out of the count; the due day counts none of it.' })
export class ClockExclusion {
  @Field(() => String, { description: 'The ground of law.' })
  ground!: string;

  @Field(() => GraphQLDate, { description: 'First day.' })
  from!: string;

  @Field(() => GraphQLDate, { nullable: true, description: 'Last day; null while it lasts.' })
  to!: string | null;
}

@ObjectType({ description: 'A later day that an attorney asserts. It stands beside the due day and never replaces it.' })
export class AssertedClock {
  @Field(() => GraphQLDate, { nullable: true, description: 'Null while time that it rests on has not ended.' })
  dueOn!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'The day before.' })
  safeOn!: string | null;

  @Field(() => String, { description: 'Who asserts it.' })
  attorney!: string;

  @Field(() => [String], { description: 'On which grounds.' })
  grounds!: string[];

  @Field(() => String, { description: 'Why they hold.' })
  reasoning!: string;
}

@ObjectType({ description: 'A deadline, with how it was computed. All days are days where the court is.' })
export class Clock {
  @Field(() => ID, { description: 'Of this result: another one has another id.' })
  id!: string;

  @Field(() => ClockKinds, { description: 'What it counts towards.' })
  kind!: ClockKind;

  @Field(() => ID, { description: 'What it counts for: a charge, a recording, an item, a person.' })
  aboutId!: string;

  @Field(() => Case, { description: 'The case.' })
  case!: Case;

  @Field(() => ClockStates, { description: 'How it stands today.' })
  state!: ClockState;

  @Field(() => GraphQLDate, { nullable: true, description: 'From when it runs.' })
  startedOn!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'The earliest day on which time may run out: no excluded time counted, not moved off a weekend. Null where none is known.' })
  dueOn!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'The day to plan on: the one before, since whether the last day itself is in time differs by state.' })
  safeOn!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'What a rule on weekends would make of the due day. To be told, not relied on.' })
  rolledOn!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'When what it counts towards was done.' })
  metOn!: string | null;

  @Field(() => AssertedClock, { nullable: true, description: 'A later day that an attorney asserts.' })
  asserted!: AssertedClock | null;

  @Field(() => [ClockExclusion], { description: 'Time that may be left out; the due day counts none of it.' })
  tolling!: ClockExclusion[];

  @Field(() => [ClockStep], { description: 'How it was computed, step by step.' })
  trace!: ClockStep[];

  @Field(() => [ClockWarnings], { description: 'What whoever relies on it must know.' })
  warnings!: ClockWarning[];

  @Field(() => ClockRuleUsed, { description: 'The rule that it follows.' })
  rule!: ClockRuleUsed;

  @Field(() => String, { description: 'The time zone of the court.' })
  timeZone!: string;

  @Field(() => DateTime, { description: 'When it was computed.' })
  computedAt!: string;

  @Field(() => DateTime, { nullable: true, description: 'When another result took its place, or it ended; null for the current one.' })
  supersededAt!: string | null;

  @Field(() => ClockSupersessions, { nullable: true, description: 'Why.' })
  supersededBecause!: Superseded | null;
}

export const ClockConnection = connectionOf('Clock', () => Clock, 'Clocks by the day that they are due.');

@InputType({ description: 'Which clocks; all of it must hold.' })
export class ClockFilter {
  @Field(() => [ClockKinds], { nullable: true, description: 'Of these kinds.' })
  kinds?: ClockKind[] | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'Due on this day or later.' })
  dueFrom?: Date | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'Due on this day or earlier.' })
  dueUntil?: Date | null;

  @Field(() => ID, { nullable: true, description: 'Of cases that this office leads.' })
  lead?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of cases on whose team this member is.' })
  assignee?: string | null;

  @Field(() => [Stages], { nullable: true, description: 'Of cases in these stages.' })
  stages?: Stage[] | null;

  @Field(() => Boolean, { nullable: true, description: 'True: only what rests on law that no attorney has confirmed, or that is not verified. False: only what does not.' })
  unverified?: boolean | null;
}
