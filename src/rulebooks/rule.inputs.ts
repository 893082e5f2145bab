import { Field, ID, InputType, Int } from 'type-graphql';
import type { Reach } from '../access/acts.ts';
import type { Facet } from '../access/facets.ts';
import { Facets } from '../access/facet.type.ts';
import { Reaches } from '../access/reach.type.ts';
import { Stages } from '../cases/case.type.ts';
import type { Stage } from '../cases/lifecycle.ts';
import type { ElectedPart } from '../cases/report.table.ts';
import { ElectedParts } from '../cases/report.type.ts';
import type { Tag } from '../cases/tag.table.ts';
import { Tags } from '../cases/tag.type.ts';
import { DateTime } from '../kernel/scalars.ts';
import { OffenceLevels } from '../law/limitation.type.ts';
import type { OffenceLevel } from '../law/statute.table.ts';
import type { Admission, AgencyView } from './rule.table.ts';
import { Admissions, AgencyViews, RuleAudiences, StatisticsMeasures, type RuleAudience } from './rule.type.ts';

@InputType({ description: 'Opens facets of the cases that your office leads. A condition that is left away, or empty, means any.' })
export class SharingRuleInput {
  @Field(() => RuleAudiences, { description: 'To whom.' })
  audience!: RuleAudience;

  @Field(() => ID, { nullable: true, description: 'The office, where the audience is one.' })
  jurisdictionId?: string | null;

  @Field(() => [Facets], { description: 'What; SUMMARY always.' })
  facets!: Facet[];

  @Field(() => [Stages], { nullable: true, description: 'In these stages.' })
  stages?: Stage[] | null;

  @Field(() => [OffenceLevels], { nullable: true, description: 'With one of these levels.' })
  levels?: OffenceLevel[] | null;

  @Field(() => [Tags], { nullable: true, description: 'With one of these tags.' })
  tags?: Tag[] | null;

  @Field(() => DateTime, { nullable: true, description: 'When it ends; with the book, unless told.' })
  until?: Date | null;

  @Field(() => String, { description: 'Its ground in a sentence.' })
  basis!: string;
}

@InputType({ description: 'Lowers an act of your own staff.' })
export class ActLimitInput {
  @Field(() => String, { description: 'The act, as the page of permissions names it, for instance case:release.' })
  action!: string;

  @Field(() => Reaches, { description: 'How far it reaches at the most.' })
  ceiling!: Reach;

  @Field(() => String, { description: 'Its ground in a sentence.' })
  basis!: string;
}

@InputType({ description: 'What referring agencies learn.' })
export class AgencyRuleInput {
  @Field(() => AgencyViews, { description: 'What.' })
  show!: AgencyView;

  @Field(() => [Stages], { nullable: true, description: 'In these stages; in all, unless told.' })
  stages?: Stage[] | null;

  @Field(() => String, { description: 'Its ground in a sentence.' })
  basis!: string;
}

@InputType({ description: 'What is done with a referral in which an elected official had a part.' })
export class AdmissionRuleInput {
  @Field(() => ElectedParts, { description: 'Which part; not NONE.' })
  part!: ElectedPart;

  @Field(() => Admissions, { description: 'What is done.' })
  answer!: Admission;

  @Field(() => String, { description: 'Its ground in a sentence, with its citation; an agency that is refused reads it.' })
  basis!: string;
}

@InputType({ description: 'What is counted.' })
export class StatisticsRuleInput {
  @Field(() => StatisticsMeasures, { description: 'What.' })
  measure!: 'CASES';

  @Field(() => Boolean, { description: 'Whether.' })
  counted!: boolean;

  @Field(() => Int, { description: 'The least that a published cell holds, 10 to 100.' })
  threshold!: number;

  @Field(() => String, { description: 'Its ground in a sentence.' })
  basis!: string;
}

@InputType({ description: 'Of a case that your office leads and that is as described, this member must, or must not, see this facet.' })
export class RuleBookTestInput {
  @Field(() => ID, { description: 'Who.' })
  memberId!: string;

  @Field(() => Facets, { description: 'What.' })
  facet!: Facet;

  @Field(() => Stages, { description: 'The stage of the case.' })
  stage!: Stage;

  @Field(() => OffenceLevels, { description: 'Its level.' })
  level!: OffenceLevel;

  @Field(() => [Tags], { nullable: true, description: 'Its tags; none, unless told.' })
  tags?: Tag[] | null;

  @Field(() => Boolean, { description: 'True: must see. False: must not.' })
  sees!: boolean;
}
