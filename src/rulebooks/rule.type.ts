import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
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
import { Jurisdiction, Member } from '../coalition/coalition.type.ts';
import { enumOf } from '../kernel/enums.ts';
import { DateTime } from '../kernel/scalars.ts';
import { OffenceLevels } from '../law/limitation.type.ts';
import type { OffenceLevel } from '../law/statute.table.ts';
import { ADMISSIONS, type Admission, AGENCY_VIEWS, type AgencyView, MEASURES } from './rule.table.ts';

/** To whom a rule opens: all member offices, or one office. */
export const RULE_AUDIENCES = ['COALITION', 'JURISDICTION'] as const;
export type RuleAudience = (typeof RULE_AUDIENCES)[number];

export const RuleAudiences = enumOf(RULE_AUDIENCES);
export const AgencyViews = enumOf(AGENCY_VIEWS);
export const StatisticsMeasures = enumOf(MEASURES);
export const Admissions = enumOf(ADMISSIONS);

registerEnumType(RuleAudiences, {
  name: 'RuleAudience',
  description: 'To whom a rule opens.',
  valuesConfig: { COALITION: { description: 'Every member office; no guest, no agency, no analyst.' }, JURISDICTION: { description: 'One office.' } },
});
registerEnumType(AgencyViews, {
  name: 'AgencyView',
  description: 'What a referring agency may learn of its referral.',
  valuesConfig: {
    STATUS: { description: 'Where it stands. Without it the state of the referral stays as it was.' },
    ITEMS: { description: 'What is asked of the agency. Kept with the book; nothing is asked through this service yet.' },
    OUTCOME: { description: 'What was decided. Kept with the book; no decision is recorded in this service yet.' },
    REASON: { description: 'Why it was decided so. Kept with the book, as OUTCOME is.' },
  },
});
registerEnumType(Admissions, {
  name: 'Admission',
  description: 'What an office does with a referral in which an elected official had a part.',
  valuesConfig: {
    ACCEPT: { description: 'It is received as any other; its provenance is shown with the report.' },
    FLAG: { description: 'It is received, and its report is flagged.' },
    REFUSE: { description: 'It is refused with the problem REFUSED_IMPROPER_DIRECTION, and nothing of it is kept.' },
  },
});
registerEnumType(StatisticsMeasures, { name: 'StatisticsMeasure', description: 'What is counted.' });

@ObjectType({ description: 'Opens facets of the cases that the office leads, where the case is as the rule says. An empty list means any.' })
export class SharingRule {
  @Field(() => RuleAudiences, { description: 'To whom.' })
  audience!: RuleAudience;

  @Field(() => Jurisdiction, { nullable: true, description: 'The office; null where it is the coalition.' })
  jurisdiction!: Jurisdiction | null;

  @Field(() => [Facets], { description: 'What.' })
  facets!: Facet[];

  @Field(() => [Stages], { description: 'In these stages.' })
  stages!: Stage[];

  @Field(() => [OffenceLevels], { description: "With this level: the highest of the case's charges, else as alleged." })
  levels!: OffenceLevel[];

  @Field(() => [Tags], { description: 'With one of these tags.' })
  tags!: Tag[];

  @Field(() => DateTime, { nullable: true, description: 'When it ends; null: with the book.' })
  until!: string | null;

  @Field(() => String, { description: 'Its ground in a sentence.' })
  basis!: string;
}

@ObjectType({ description: "Lowers how far an act of the office's own staff reaches, whatever their role." })
export class ActLimit {
  @Field(() => String, { description: 'The act, as the page of permissions names it, for instance case:release.' })
  action!: string;

  @Field(() => Reaches, { description: 'How far it reaches at the most.' })
  ceiling!: Reach;

  @Field(() => String, { description: 'Its ground in a sentence.' })
  basis!: string;
}

@ObjectType({ description: 'What referring agencies learn, in which stages of the case. An empty list means all.' })
export class AgencyRule {
  @Field(() => AgencyViews, { description: 'What.' })
  show!: AgencyView;

  @Field(() => [Stages], { description: 'In these stages.' })
  stages!: Stage[];

  @Field(() => String, { description: 'Its ground in a sentence.' })
  basis!: string;
}

@ObjectType({ description: 'What the office does with referrals of incidents in its counties in which an elected official had a part.' })
export class AdmissionRule {
  @Field(() => ElectedParts, { description: 'Which part.' })
  part!: ElectedPart;

  @Field(() => Admissions, { description: 'What is done.' })
  answer!: Admission;

  @Field(() => String, { description: 'Its ground in a sentence; an agency that is refused reads it.' })
  basis!: string;
}

@ObjectType({ description: "Whether the office's cases are counted across the coalition, and the least that a published cell holds." })
export class StatisticsRule {
  @Field(() => StatisticsMeasures, { description: 'What is counted.' })
  measure!: string;

  @Field(() => Boolean, { description: 'Whether.' })
  counted!: boolean;

  @Field(() => Int, { description: 'The least that a published cell holds, 10 to 100.' })
  threshold!: number;

  @Field(() => String, { description: 'Its ground in a sentence.' })
  basis!: string;
}

@ObjectType({ description: 'A test that a book carries: of a case that the office leads and that is as described, this member must, or must not, see this facet. A book is not adopted while one fails.' })
export class RuleBookTest {
  @Field(() => Member, { description: 'Who.' })
  member!: Member;

  @Field(() => Facets, { description: 'What.' })
  facet!: Facet;

  @Field(() => Stages, { description: 'The stage of the case.' })
  stage!: Stage;

  @Field(() => OffenceLevels, { description: 'Its level.' })
  level!: OffenceLevel;

  @Field(() => [Tags], { description: 'Its tags.' })
  tags!: Tag[];

  @Field(() => Boolean, { description: 'True: must see. False: must not.' })
  sees!: boolean;
}
