import { GraphQLDate } from 'graphql-scalars';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import type { NoticeKind, NoticeMethod } from './notice.table.ts';
import { NoticeKinds, NoticeMethods, VictimNotice } from './notice.type.ts';

@InputType({ description: 'That a victim was told of something, could not be reached, or wants no notices.' })
export class RecordVictimNoticeInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'A person of the case whose part is VICTIM.' })
  personId!: string;

  @Field(() => ID, { nullable: true, description: 'The decision that it is about; leave it away where it is about all that are proposed, and with OPT_OUT and OPT_IN.' })
  decisionId?: string | null;

  @Field(() => NoticeKinds, { description: 'What of.' })
  kind!: NoticeKind;

  @Field(() => NoticeMethods, { description: 'How.' })
  method!: NoticeMethod;

  @Field(() => GraphQLDate, { description: 'The day it was sent or said, by either side, or the last day it was tried.' })
  sentOn!: string;

  @Field(() => String, { nullable: true, description: 'In which language.' })
  language?: string | null;

  @Field(() => String, { nullable: true, description: 'Why the victim could not be reached; with NOT_REACHED alone.' })
  ground?: string | null;
}

@InputType({ description: 'Which notice was recorded wrongly.' })
export class WithdrawVictimNoticeInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => ID, { description: 'The notice.' })
  noticeId!: string;

  @Field(() => String, { description: 'What is wrong with it, in a sentence.' })
  reason!: string;
}

@ObjectType({ description: 'What came of it.' })
export class VictimNoticePayload {
  @Field(() => VictimNotice, { nullable: true, description: 'The notice.' })
  notice!: VictimNotice | null;

  @Field(() => Case, { nullable: true, description: 'The case.' })
  case!: Case | null;
}
