import { GraphQLDate } from 'graphql-scalars';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import { Jurisdiction, Member } from '../coalition/coalition.type.ts';
import { connectionOf } from '../database/page.type.ts';
import { enumOf } from '../kernel/enums.ts';
import type { Confidence } from '../kernel/confidence.ts';
import { DateTime } from '../kernel/scalars.ts';
import { Confidences } from '../law/statute.type.ts';
import { DemandEntry } from './demand-entry.type.ts';
import { DemandItem } from './demand-item.type.ts';
import { DEMAND_REGIMES, DEMAND_STATES, SERVICE_METHODS, type DemandRegime, type DemandState, type ServiceMethod } from './demand.rules.ts';

export const DemandRegimes = enumOf(DEMAND_REGIMES);
export const DemandStates = enumOf(DEMAND_STATES);
export const ServiceMethods = enumOf(SERVICE_METHODS);

registerEnumType(DemandRegimes, {
  name: 'DemandRegime', description: 'Under which rules something is demanded.',
  valuesConfig: {
    DOJ_TOUHY: { description: 'Of the Department of Justice and its components: 28 CFR 16.21 to 16.29.' },
    OTHER_TOUHY: { description: 'Of any other federal agency, under its own rule, which differs from agency to agency: 5 U.S.C. 301; United States ex rel. Touhy v. Ragen, 340 U.S. 462 (1951). Say in purpose which rule.' },
    DHS_TOUHY: { description: 'Of the Department of Homeland Security and its components: 6 CFR 5.41 to 5.49.' },
    SUBPOENA: { description: 'By a subpoena, of whoever holds it.' },
    PRESERVATION_LETTER: { description: 'That it be kept, by whoever holds it.' },
  },
});
registerEnumType(DemandStates, {
  name: 'DemandState', description: 'Where a demand stands. That nothing was answered in time is told by noResponse.',
  valuesConfig: {
    DRAFT: { description: 'Not served yet; it may be written anew.' },
    SERVED: { description: 'Served, and not acknowledged.' },
    ACKNOWLEDGED: { description: 'Acknowledged; of a preservation letter, that is its answer.' },
    GRANTED: { description: 'All of it was answered as produced.' },
    PARTIAL: { description: 'A part was answered as produced, or not answered yet, and something is to come.' },
    DENIED: { description: 'All of it is withheld.' },
    PRODUCTION_RECEIVED: { description: 'All that was answered as produced has arrived, and nothing is unanswered.' },
    SUIT_FILED: { description: 'A court was asked to compel it.' },
    ORDERED: { description: 'The court ordered it, and something of it is to come.' },
    DISMISSED: { description: 'The court did not.' },
    WITHDRAWN: { description: 'The office took it back.' },
  },
});
registerEnumType(ServiceMethods, { name: 'ServiceMethod', description: 'How a demand was served.' });

@ObjectType({ description: 'What the rules ask of a demand under a regime, and how sure that is. No counsel has attested it.' })
export class DemandRule {
  @Field(() => String, { description: 'On whom it is served.' })
  addressee!: string;

  @Field(() => [String], { description: 'What it must contain; each line is confirmed at service, word by word.' })
  mustContain!: string[];

  @Field(() => String, { nullable: true, description: 'By when it is to be answered; null: the rules set no period, the demand names a day.' })
  answerDeadline!: string | null;

  @Field(() => String, { nullable: true, description: 'Where the rules stand; null: no citation on file.' })
  citation!: string | null;

  @Field(() => Confidences, { description: 'How sure this is.' })
  confidence!: Confidence;
}

@ObjectType({ description: 'That a demand was given another day to be answered by.' })
export class DemandExtension {
  @Field(() => ID, { description: 'The extension.' })
  id!: string;

  @Field(() => GraphQLDate, { nullable: true, description: 'The day before; null: none was named.' })
  dueBefore!: string | null;

  @Field(() => GraphQLDate, { description: 'The day that it was given.' })
  respondBy!: string;

  @Field(() => String, { description: 'Why.' })
  reason!: string;

  @Field(() => Member, { description: 'Who gave it.' })
  extendedBy!: Member;

  @Field(() => DateTime, { description: 'When.' })
  extendedAt!: string;
}

@ObjectType({ description: 'What the office that leads a case demands of a federal agency, or of another holder. Its days are days where that office is.' })
export class ExternalDemand {
  @Field(() => ID, { description: 'The demand.' })
  id!: string;

  @Field(() => Case, { nullable: true, description: 'The case.' })
  case!: Case | null;

  @Field(() => Jurisdiction, { nullable: true, description: 'The office that leads the case, or led it last.' })
  office!: Jurisdiction | null;

  @Field(() => DemandRegimes, { description: 'Under which rules.' })
  regime!: DemandRegime;

  @Field(() => DemandRule, { nullable: true, description: 'What these rules ask; null: none on file.' })
  rule!: DemandRule | null;

  @Field(() => String, { description: 'The agency or component that it is addressed to.' })
  component!: string;

  @Field(() => String, { description: 'What it is for.' })
  purpose!: string;

  @Field(() => DemandStates, { description: 'Where it stands.' })
  state!: DemandState;

  @Field(() => Boolean, { description: 'Whether the day that it names has passed, where the office is, and something of it that you may see is not answered. A preservation letter is answered once it is acknowledged.' })
  noResponse!: boolean;

  @Field(() => [DemandItem], { description: 'What is demanded that you may see.' })
  items!: DemandItem[];

  @Field(() => Member, { description: 'Who drafted it.' })
  draftedBy!: Member;

  @Field(() => DateTime, { description: 'When.' })
  draftedAt!: string;

  @Field(() => GraphQLDate, { nullable: true, description: 'The day of service; null: not served.' })
  servedOn!: string | null;

  @Field(() => ServiceMethods, { nullable: true, description: 'How it was served.' })
  serviceMethod!: ServiceMethod | null;

  @Field(() => String, { nullable: true, description: 'What proves that.' })
  proofOfService!: string | null;

  @Field(() => [String], { nullable: true, description: 'What the rules wanted in it, as it was confirmed at service.' })
  confirmed!: string[] | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'The day by which it asks for an answer; of a subpoena, the return date.' })
  respondBy!: string | null;

  @Field(() => [DemandExtension], { description: 'The other days that it was given, oldest first.' })
  extensions!: DemandExtension[];

  @Field(() => [DemandEntry], { description: 'What was answered, what arrived and what a court was asked and said, in the order in which it was recorded: nothing of it is written over.' })
  entries!: DemandEntry[];

  @Field(() => GraphQLDate, { nullable: true, description: 'The day that it was acknowledged.' })
  acknowledgedOn!: string | null;

  @Field(() => String, { nullable: true, description: 'By whom.' })
  acknowledgedBy!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'The day of the first answer.' })
  answeredOn!: string | null;

  @Field(() => String, { nullable: true, description: 'The court that was asked to compel it.' })
  suitCourt!: string | null;

  @Field(() => String, { nullable: true, description: 'Its docket number.' })
  suitDocket!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'The day of the suit.' })
  suitFiledOn!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'The day that the court decided.' })
  suitDecidedOn!: string | null;

  @Field(() => String, { nullable: true, description: 'Its order.' })
  suitOrder!: string | null;

  @Field(() => String, { nullable: true, description: 'The order of a court that a preservation rests on.' })
  courtOrder!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'The day since which a preservation holds no more.' })
  liftedOn!: string | null;

  @Field(() => String, { nullable: true, description: 'Why not.' })
  liftedBecause!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was withdrawn.' })
  withdrawnBecause!: string | null;
}

export const ExternalDemandConnection = connectionOf('ExternalDemand', () => ExternalDemand, 'A page of demands, by the day they name; what names none comes last.');
