import { GraphQLDate } from 'graphql-scalars';
import { Field, ID, InputType, registerEnumType } from 'type-graphql';
import { enumOf } from '../kernel/enums.ts';
import { DateTime } from '../kernel/scalars.ts';
import { OffenceLevels } from '../law/limitation.type.ts';
import type { OffenceLevel } from '../law/statute.table.ts';
import { IncidentKinds, Stages } from './case.type.ts';
import type { IncidentKind, Stage } from './lifecycle.ts';
import type { Tag } from './tag.table.ts';
import { Tags } from './tag.type.ts';

export const CaseOrders = enumOf(['NEWEST_FIRST', 'OLDEST_FIRST']);

registerEnumType(CaseOrders, { name: 'CaseOrder', description: 'The order of a list of cases, by the time their referral arrived.' });

@InputType({ description: 'Which cases. What is not given does not narrow; all that is given must hold.' })
export class CaseFilter {
  @Field(() => [Stages], { nullable: true, description: 'In one of these stages.' })
  stages?: Stage[];

  @Field(() => [IncidentKinds], { nullable: true, description: 'Of one of these kinds.' })
  kinds?: IncidentKind[];

  @Field(() => [Tags], { nullable: true, description: 'With one of these tags that you may see.' })
  tags?: Tag[];

  @Field(() => [OffenceLevels], { nullable: true, description: 'Of one of these levels, as far as you may see what it follows from.' })
  levels?: OffenceLevel[];

  @Field(() => ID, { nullable: true, description: 'Led by this office.' })
  lead?: string;

  @Field(() => ID, { nullable: true, description: 'Referred by this agency.' })
  agency?: string;

  @Field(() => String, { nullable: true, description: 'In this state, two letters.' })
  state?: string;

  @Field(() => String, { nullable: true, description: 'In this county, five digits.' })
  county?: string;

  @Field(() => ID, { nullable: true, description: 'With a charge under this statute that you may see.' })
  statute?: string;

  @Field(() => ID, { nullable: true, description: 'With this member on the team.' })
  assignee?: string;

  @Field(() => ID, { nullable: true, description: 'Kept to this unit of its lead, as far as you may see that it is.' })
  unit?: string;

  @Field(() => DateTime, { nullable: true, description: 'Received at this instant or later.' })
  receivedFrom?: Date;

  @Field(() => DateTime, { nullable: true, description: 'Received before this instant.' })
  receivedBefore?: Date;

  @Field(() => GraphQLDate, { nullable: true, description: 'The incident on this day or later.' })
  incidentFrom?: string;

  @Field(() => GraphQLDate, { nullable: true, description: 'The incident on this day or earlier.' })
  incidentUntil?: string;

  @Field(() => Boolean, { nullable: true, description: 'True: flagged by an admission rule, in a report that you may read. False: in a report that you may read, not flagged.' })
  flagged?: boolean;

  @Field(() => String, { nullable: true, description: 'Holding these words, in what you may read of them: "quoted phrases", or, -not.' })
  text?: string;
}
