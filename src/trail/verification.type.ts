import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { enumOf } from '../kernel/enums.ts';
import { DateTime } from '../kernel/scalars.ts';

export const FAULT_KINDS = ['CHANGED', 'REMOVED', 'REORDERED', 'TRUNCATED'] as const;
export const FaultKinds = enumOf(FAULT_KINDS);

registerEnumType(FaultKinds, {
  name: 'TrailFaultKind',
  description: 'What was done to a trail.',
  valuesConfig: {
    CHANGED: { description: 'The event is not what was recorded.' },
    REMOVED: { description: 'Something before the event is missing.' },
    REORDERED: { description: 'The event does not follow the one before it.' },
    TRUNCATED: { description: 'The end of the trail is missing; the event is the last that is left.' },
  },
});

@ObjectType({ description: 'A fault in the trail of a case.' })
export class TrailFault {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { nullable: true, description: 'The event it was found at; null where none is left.' })
  eventId!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When that event was recorded.' })
  at!: string | null;

  @Field(() => FaultKinds, { description: 'What is wrong.' })
  kind!: string;
}

@ObjectType({ description: 'What a check of the trail found.' })
export class TrailVerification {
  @Field(() => Boolean, { description: 'Whether nothing is wrong.' })
  intact!: boolean;

  @Field(() => Int, { description: 'How many events were checked.' })
  events!: number;

  @Field(() => Int, { description: 'Of how many cases.' })
  cases!: number;

  @Field(() => [TrailFault], { description: 'What is wrong, at most a thousand faults.' })
  faults!: TrailFault[];
}
