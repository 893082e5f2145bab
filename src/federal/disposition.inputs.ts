import { GraphQLDate } from 'graphql-scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import { Charge } from '../charges/charge.type.ts';
import type { DispositionForum, DispositionKind } from './disposition.rules.ts';
import { DispositionForums, DispositionKinds } from './disposition.type.ts';

@InputType({ description: 'How a court disposed of a filed charge.' })
export class RecordDispositionInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'A charge that is filed.' })
  chargeId!: string;

  @Field(() => DispositionKinds, { description: 'How.' })
  kind!: DispositionKind;

  @Field(() => GraphQLDate, { description: 'The day, in the zone of the court.' })
  disposedOn!: string;

  @Field(() => DispositionForums, { nullable: true, description: 'STATE, unless told. FEDERAL where the case was removed on that day.' })
  forum?: DispositionForum | null;

  @Field(() => String, { description: 'The court.' })
  court!: string;

  @Field(() => String, { nullable: true, description: 'With CONVICTED and PLEADED: the sentence, where it is known.' })
  sentence?: string | null;

  @Field(() => String, { nullable: true, description: 'With DISMISSED, VACATED and ENTERED_IN_ERROR, and needed there: why.' })
  reason?: string | null;

  @Field(() => ID, { nullable: true, description: 'To correct an entry, or to record what came after it: the one that holds. Leave it away where none is on record.' })
  supersedes?: string | null;

  @Field(() => Int, { description: 'The version of the case that you read.' })
  expectedVersion!: number;
}

@ObjectType({ description: 'What came of it.' })
export class DispositionPayload {
  @Field(() => Charge, { nullable: true, description: 'The charge.' })
  charge!: Charge | null;

  @Field(() => Case, { nullable: true, description: 'The case as you may see it now.' })
  case!: Case | null;
}
