import { GraphQLDate } from 'graphql-scalars';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Person } from '../cases/person.type.ts';
import { Member } from '../coalition/coalition.type.ts';
import { enumOf } from '../kernel/enums.ts';
import { DateTime } from '../kernel/scalars.ts';
import { NOTICE_KINDS, NOTICE_METHODS, type NoticeKind, type NoticeMethod } from './notice.table.ts';

export const NoticeKinds = enumOf(NOTICE_KINDS);
export const NoticeMethods = enumOf(NOTICE_METHODS);

registerEnumType(NoticeKinds, {
  name: 'VictimNoticeKind',
  description: 'What a victim is told of; or what the victim says of being told.',
  valuesConfig: {
    DECLINED: { description: 'That something is not to be charged, and why.' },
    OPT_OUT: { description: 'The victim wants no notices. The duty to give them is met until OPT_IN.' },
    OPT_IN: { description: 'The victim, who wanted none, wants notices again.' },
  },
});
registerEnumType(NoticeMethods, { name: 'VictimNoticeMethod', description: 'How a victim was told.', valuesConfig: { NOT_REACHED: { description: 'Nobody could be, on the ground given.' } } });

@ObjectType({ description: 'That a victim was told of something, could not be reached, or wants no notices. Open to the offices that handle the case.' })
export class VictimNotice {
  @Field(() => ID, { description: 'The notice.' })
  id!: string;

  @Field(() => Person, { nullable: true, description: 'The victim.' })
  person!: Person | null;

  @Field(() => ID, { nullable: true, description: 'The decision that it is about; null: all that were proposed then.' })
  decisionId!: string | null;

  @Field(() => NoticeKinds, { description: 'What of.' })
  kind!: NoticeKind;

  @Field(() => NoticeMethods, { description: 'How.' })
  method!: NoticeMethod;

  @Field(() => GraphQLDate, { description: 'The day it was sent or said, by either side, or the last day it was tried.' })
  sentOn!: string;

  @Field(() => String, { nullable: true, description: 'In which language.' })
  language!: string | null;

  @Field(() => String, { nullable: true, description: 'Why the victim could not be reached.' })
  ground!: string | null;

  @Field(() => Member, { description: 'Who recorded it.' })
  recordedBy!: Member;

  @Field(() => DateTime, { description: 'When.' })
  recordedAt!: string;

  @Field(() => Member, { nullable: true, description: 'Who withdrew it; null while it stands.' })
  withdrawnBy!: Member | null;

  @Field(() => DateTime, { nullable: true, description: 'When.' })
  withdrawnAt!: string | null;

  @Field(() => String, { nullable: true, description: 'Why.' })
  withdrawnBecause!: string | null;
}
