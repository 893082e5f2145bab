import { GraphQLDate } from 'graphql-scalars';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Member } from '../coalition/coalition.type.ts';
import { enumOf } from '../kernel/enums.ts';
import { DateTime } from '../kernel/scalars.ts';
import { CLOCK_FACT_KINDS, type ClockFactKind } from './fact.rules.ts';

export const ClockFactKinds = enumOf(CLOCK_FACT_KINDS);

registerEnumType(ClockFactKinds, {
  name: 'ClockFactKind', description: 'A fact on which clocks depend and that nothing else records.',
  valuesConfig: {
    EXCLUSION: { description: 'About a person: time that a ground of law may leave out of a limitation. It moves no day unless an attorney asserts it.' },
    PUBLIC_OFFICE: { description: 'About a person: the last day on which the person is known to have been in public office.' },
    DISCOVERY: { description: 'About a charge: when the state discovered the offence. Time runs from it only once an attorney attests it.' },
    ASSERTION: { description: 'About a charge: that an attorney asserts a later day.' },
    RECORDING_FLAGGED: { description: 'About a body-camera recording: its holder confirmed that it is flagged to be kept.' },
    RECORDING_REQUESTED: { description: "About a body-camera recording: its holder confirmed a subject's written request to keep it longer." },
    RECORDING_GONE: { description: 'About a body-camera recording: its holder confirmed that it is not kept any more, or never was. Its clock then counts for nothing, and is on no list of what is due.' },
    RECORDING_SECURED: { description: 'About a body-camera recording: a copy was received, or its holder confirmed that it will be kept.' },
  },
});

@ObjectType({ description: 'A fact on which clocks depend. It is withdrawn, never changed.' })
export class ClockFact {
  @Field(() => ID, { description: 'To end, attest or withdraw it.' })
  id!: string;

  @Field(() => ClockFactKinds, { description: 'What kind of fact.' })
  kind!: ClockFactKind;

  @Field(() => ID, { description: 'The person, charge or recording that it is about.' })
  aboutId!: string;

  @Field(() => GraphQLDate, { nullable: true, description: 'The day, or the first; none of an assertion.' })
  fromOn!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'The last day of an exclusion; null while it lasts.' })
  toOn!: string | null;

  @Field(() => [String], { description: 'Grounds of law: one of an exclusion, those of an assertion.' })
  grounds!: string[];

  @Field(() => String, { description: 'How the office knows; of an assertion why its grounds hold.' })
  source!: string;

  @Field(() => Member, { description: 'Who recorded it.' })
  recordedBy!: Member;

  @Field(() => DateTime, { description: 'When.' })
  recordedAt!: string;

  @Field(() => Member, { nullable: true, description: 'The attorney who answers for a discovery; null while nobody does.' })
  attestedBy!: Member | null;

  @Field(() => DateTime, { nullable: true, description: 'When.' })
  attestedAt!: string | null;

  @Field(() => Member, { nullable: true, description: 'Who withdrew it; null while it holds.' })
  withdrawnBy!: Member | null;

  @Field(() => DateTime, { nullable: true, description: 'When.' })
  withdrawnAt!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was withdrawn.' })
  withdrawnBecause!: string | null;
}
