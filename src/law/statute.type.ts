import { GraphQLDate } from 'graphql-scalars';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from '../database/page.type.ts';
import { CONFIDENCES, type Confidence } from '../kernel/confidence.ts';
import { enumOf } from '../kernel/enums.ts';
import { Limitation, OffenceLevels } from './limitation.type.ts';
import { LAW_ORIGINS } from './origin.ts';
import { type OffenceLevel, OFFICER_REACHES, type OfficerReach, type StatuteRow, type StatuteVersionRow } from './statute.table.ts';

export const OfficerReaches = enumOf(OFFICER_REACHES);
export const Confidences = enumOf(CONFIDENCES);
export const StatuteOrigins = enumOf(LAW_ORIGINS);

registerEnumType(OfficerReaches, {
  name: 'OfficerReach',
  description: 'Whether an offence reaches a federal officer. Anything but YES is a warning to counsel, never a bar.',
});
registerEnumType(StatuteOrigins, {
  name: 'StatuteOrigin',
  description: 'Who answers for the entry of a statute.',
  valuesConfig: {
    SHIPPED: { description: 'The reference data of a release.' },
    COUNSEL: { description: "Counsel's own file; no release replaces it." },
  },
});
registerEnumType(Confidences, {
  name: 'Confidence',
  description: 'How sure a statement of law is.',
  valuesConfig: {
    HIGH: { description: 'Controlling text, or two independent sources.' },
    MEDIUM: { description: 'One secondary source.' },
    LOW: { description: 'Not confirmed.' },
  },
});

type PublishedVersion = Pick<
  StatuteVersionRow,
  'id' | 'validFrom' | 'validTo' | 'class' | 'level' | 'elements' | 'limitation' | 'maxPenalty' | 'nibrs' | 'appliesToFederalOfficer'
  | 'officerClause' | 'source' | 'confidence' | 'attestedBy' | 'revision'
>;

@ObjectType({ description: 'The text of an offence as it stood during a period.' })
export class StatuteVersion implements PublishedVersion {
  @Field(() => ID, { description: 'The same in every installation.' })
  id!: string;

  @Field(() => GraphQLDate, { nullable: true, description: 'First day in force; null: the start is unknown, and the text is taken as in force with the warning START_UNVERIFIED.' })
  validFrom!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'Last day in force; null: still in force.' })
  validTo!: string | null;

  @Field(() => String, { description: "The state's own class, in its words." })
  class!: string;

  @Field(() => OffenceLevels, { description: 'How grave the law calls it.' })
  level!: OffenceLevel;

  @Field(() => [String], { description: 'What must be proved, element by element.' })
  elements!: string[];

  @Field(() => Limitation, { description: 'How long a prosecution may be begun.' })
  limitation!: Limitation;

  @Field(() => String, { description: 'The greatest penalty, in words.' })
  maxPenalty!: string;

  @Field(() => String, { description: "Offence code of the national incident-based reporting system; the coalition's mapping." })
  nibrs!: string;

  @Field(() => OfficerReaches, { description: 'Whether it reaches a federal officer.' })
  appliesToFederalOfficer!: OfficerReach;

  @Field(() => String, { nullable: true, description: 'What the statute itself says of officers.' })
  officerClause!: string | null;

  @Field(() => String, { description: 'What this row rests on.' })
  source!: string;

  @Field(() => Confidences, { description: 'How sure this row is.' })
  confidence!: Confidence;

  @Field(() => String, { nullable: true, description: 'The counsel who confirmed the row as it stands, with their office; null: nobody has.' })
  attestedBy!: string | null;

  @Field(() => Int, { description: 'Goes up whenever the row says something else, and a confirmation of before no longer holds.' })
  revision!: number;

  @Field(() => Statute, { nullable: true, description: 'Where the law stands since this text ended, when it went on under another citation.' })
  supersededBy!: Statute | null;
}

@ObjectType({ description: "An offence in a state's law." })
export class Statute implements Pick<StatuteRow, 'id' | 'state' | 'code' | 'citation' | 'title' | 'tags' | 'origin'> {
  @Field(() => ID, { description: 'The same in every installation.' })
  id!: string;

  @Field(() => String, { description: 'The state, in two letters.' })
  state!: string;

  @Field(() => String, { description: 'The body of law, as ILCS, MINN_STAT, PA_CS, TEX_PENAL, TEX_CCP, TEX_OCC, ARS or VA_CODE.' })
  code!: string;

  @Field(() => String, { description: 'The citation in its canonical spelling.' })
  citation!: string;

  @Field(() => String, { description: 'What the offence is called.' })
  title!: string;

  @Field(() => [String], { description: 'Words to find it by, as force, detention or homicide.' })
  tags!: string[];

  @Field(() => [Statute], { description: 'What stood under another citation before it went on as this one.' })
  supersedes!: Statute[];

  @Field(() => StatuteOrigins, { description: 'Who answers for this entry.' })
  origin!: StatuteRow['origin'];
}

export const StatuteConnection = connectionOf('Statute', () => Statute, 'A page of statutes, by citation.');
