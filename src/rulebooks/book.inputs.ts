import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { BookState } from './book.table.ts';
import { RuleBook, RuleBookStates } from './book.type.ts';
import { ActLimitInput, AdmissionRuleInput, AgencyRuleInput, RuleBookTestInput, SharingRuleInput, StatisticsRuleInput } from './rule.inputs.ts';

@InputType({ description: 'Which rule books. What is not given does not narrow; all that is given must hold.' })
export class RuleBookFilter {
  @Field(() => ID, { nullable: true, description: 'Of this office.' })
  jurisdiction?: string | null;

  @Field(() => [RuleBookStates], { nullable: true, description: 'In one of these states.' })
  states?: BookState[] | null;
}

@InputType({
  description: 'A draft. A list that is given is its content; one that is not is taken from the book it is based on, else stays as the draft has it. A new draft has none of it, but tells agencies STATUS and ITEMS.',
})
export class DraftRuleBookInput {
  @Field(() => ID, { nullable: true, description: 'The draft to change; a new one, unless told.' })
  ruleBookId?: string | null;

  @Field(() => Int, { nullable: true, description: 'The revision you read, where a draft is changed.' })
  expectedRevision?: number | null;

  @Field(() => ID, { nullable: true, description: 'A book of your office whose content is taken over; rules of it that have ended are not.' })
  basedOn?: string | null;

  @Field(() => String, { description: 'What it is called, 1 to 200 characters.' })
  title!: string;

  @Field(() => [SharingRuleInput], { nullable: true, description: 'What it opens to other offices; 200 at the most.' })
  sharing?: SharingRuleInput[] | null;

  @Field(() => [ActLimitInput], { nullable: true, description: 'What its own staff may do less of; 50 at the most.' })
  limits?: ActLimitInput[] | null;

  @Field(() => [AgencyRuleInput], { nullable: true, description: 'What referring agencies learn.' })
  agency?: AgencyRuleInput[] | null;

  @Field(() => [AdmissionRuleInput], { nullable: true, description: 'What is done with referrals in which an elected official had a part; unless told, DIRECTED is flagged and CONSULTED accepted.' })
  admission?: AdmissionRuleInput[] | null;

  @Field(() => [StatisticsRuleInput], { nullable: true, description: 'What is counted.' })
  statistics?: StatisticsRuleInput[] | null;

  @Field(() => [RuleBookTestInput], { nullable: true, description: 'Its own tests; 100 at the most.' })
  tests?: RuleBookTestInput[] | null;
}

@InputType({ description: 'Which draft to propose.' })
export class ProposeRuleBookInput {
  @Field(() => ID, { description: 'The draft.' })
  ruleBookId!: string;

  @Field(() => Int, { description: 'The revision you read.' })
  expectedRevision!: number;
}

@InputType({ description: 'Which proposed book to adopt.' })
export class AdoptRuleBookInput {
  @Field(() => ID, { description: 'The book.' })
  ruleBookId!: string;
}

@InputType({ description: 'Which draft or proposal to give up.' })
export class WithdrawRuleBookInput {
  @Field(() => ID, { description: 'The book.' })
  ruleBookId!: string;
}

@ObjectType({ description: 'What came of it.' })
export class DraftRuleBookPayload {
  @Field(() => RuleBook, { nullable: true, description: 'The draft.' })
  ruleBook!: RuleBook | null;
}

@ObjectType({ description: 'What came of it.' })
export class ProposeRuleBookPayload {
  @Field(() => RuleBook, { nullable: true, description: 'The book as it is proposed.' })
  ruleBook!: RuleBook | null;
}

@ObjectType({ description: 'What came of it.' })
export class AdoptRuleBookPayload {
  @Field(() => RuleBook, { nullable: true, description: 'The book in force.' })
  ruleBook!: RuleBook | null;
}

@ObjectType({ description: 'What came of it.' })
export class WithdrawRuleBookPayload {
  @Field(() => RuleBook, { nullable: true, description: 'The book that was given up.' })
  ruleBook!: RuleBook | null;
}
