import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import { DateTime } from '../kernel/scalars.ts';
import type { CooperationKind } from './cooperation.table.ts';
import { CooperationEvent, CooperationKinds } from './cooperation.type.ts';

@InputType({ description: 'That a federal agency refused to cooperate.' })
export class RecordCooperationEventInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => CooperationKinds, { description: 'What was refused.' })
  kind!: CooperationKind;

  @Field(() => DateTime, { description: 'When it happened.' })
  happenedAt!: Date;

  @Field(() => String, { description: 'The agency that refused.' })
  byAgency!: string;

  @Field(() => ID, { nullable: true, description: 'A person of the case who witnessed it. The event is then seen by who sees that person.' })
  witnessId?: string | null;

  @Field(() => ID, { nullable: true, description: 'A recording of the case that shows it. The event is then seen by who sees that recording.' })
  recordingId?: string | null;

  @Field(() => Int, { nullable: true, description: 'Where in the recording, in seconds from its start.' })
  second?: number | null;

  @Field(() => String, { description: 'What happened, in a sentence or two.' })
  note!: string;
}

@InputType({ description: 'Which event was recorded wrongly, and why.' })
export class WithdrawCooperationEventInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The event.' })
  eventId!: string;

  @Field(() => String, { description: 'Why, in a sentence. Event and reason both stay in view.' })
  reason!: string;
}

@ObjectType({ description: 'What came of it.' })
export class CooperationEventPayload {
  @Field(() => CooperationEvent, { nullable: true, description: 'The event as it stands now.' })
  event!: CooperationEvent | null;

  @Field(() => Case, { nullable: true, description: 'The case.' })
  case!: Case | null;
}
