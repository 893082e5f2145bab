import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Jurisdiction, Member } from '../coalition/coalition.type.ts';
import { connectionOf } from '../database/page.type.ts';
import { enumOf } from '../kernel/enums.ts';
import { DateTime } from '../kernel/scalars.ts';
import { BOOK_STATES, type BookState, type RuleBookRow } from './book.table.ts';
import { ActLimit, AdmissionRule, AgencyRule, RuleBookTest, SharingRule, StatisticsRule } from './rule.type.ts';

export const RuleBookStates = enumOf(BOOK_STATES);

registerEnumType(RuleBookStates, {
  name: 'RuleBookState',
  description: 'Where a rule book stands.',
  valuesConfig: {
    DRAFT: { description: 'Being written; its own office alone sees it.' },
    PROPOSED: { description: 'Fixed, waiting for a second person; its own office alone sees it.' },
    IN_FORCE: { description: 'In force. An office has one.' },
    SUPERSEDED: { description: 'Was in force until the next was adopted.' },
    WITHDRAWN: { description: 'Given up before it came into force; its own office alone sees it.' },
  },
});

@ObjectType({ description: "An office's permission rules in one version: who else sees what of its cases, what its own staff may do less of, what agencies learn, what is counted." })
export class RuleBook implements Pick<RuleBookRow, 'id' | 'version' | 'state' | 'title' | 'revision' | 'draftedAt' | 'proposedAt' | 'adoptedAt' | 'endedAt'> {
  @Field(() => ID, { description: 'The book.' })
  id!: string;

  @Field(() => Jurisdiction, { description: 'The office whose rules these are.' })
  jurisdiction!: Jurisdiction;

  @Field(() => Int, { description: 'From 1, in the order of drafting.' })
  version!: number;

  @Field(() => RuleBookStates, { description: 'Where it stands.' })
  state!: BookState;

  @Field(() => String, { description: 'What it is called.' })
  title!: string;

  @Field(() => Int, { description: 'Pass it as expectedRevision to change or propose a draft.' })
  revision!: number;

  @Field(() => Member, { nullable: true, description: "Who drafted it; null: the coalition's default." })
  draftedBy!: Member | null;

  @Field(() => DateTime, { description: 'When it was first drafted.' })
  draftedAt!: string;

  @Field(() => Member, { nullable: true, description: 'Who proposed it.' })
  proposedBy!: Member | null;

  @Field(() => DateTime, { nullable: true, description: 'When.' })
  proposedAt!: string | null;

  @Field(() => Member, { nullable: true, description: 'Who adopted it, never the proposer.' })
  adoptedBy!: Member | null;

  @Field(() => DateTime, { nullable: true, description: 'When it came into force.' })
  adoptedAt!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was superseded or withdrawn.' })
  endedAt!: string | null;

  @Field(() => [SharingRule], { description: 'What it opens to other offices, in its order.' })
  sharing!: SharingRule[];

  @Field(() => [ActLimit], { description: 'What its own staff may do less of.' })
  limits!: ActLimit[];

  @Field(() => [AgencyRule], { description: 'What referring agencies learn. What is not here they do not learn.' })
  agency!: AgencyRule[];

  @Field(() => [AdmissionRule], { description: 'What is done with referrals in which an elected official had a part. Without a rule, DIRECTED is flagged and CONSULTED accepted.' })
  admission!: AdmissionRule[];

  @Field(() => [StatisticsRule], { description: 'What is counted; without a rule, the cases of members are and those of guests are not.' })
  statistics!: StatisticsRule[];

  @Field(() => [RuleBookTest], { description: 'Its own tests, in its order.' })
  tests!: RuleBookTest[];
}

export const RuleBookConnection = connectionOf('RuleBook', () => RuleBook, 'A page of rule books, newest first.');
