import { GraphQLDate } from 'graphql-scalars';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Member } from '../coalition/coalition.type.ts';
import { enumOf } from '../kernel/enums.ts';
import { DateTime } from '../kernel/scalars.ts';
import { DEMAND_ENTRY_KINDS, type DemandEntryKind } from './demand-entry.table.ts';
import { DemandItem, ItemAnswers, WithheldGrounds } from './demand-item.type.ts';
import type { ItemAnswer } from './demand.rules.ts';
import type { WithheldGround } from './ground.rules.ts';

const DemandEntryKinds = enumOf(DEMAND_ENTRY_KINDS);

registerEnumType(DemandEntryKinds, {
  name: 'DemandEntryKind', description: 'What was recorded of a demand.',
  valuesConfig: {
    ANSWERED: { description: 'What was answered to an item.' }, RECEIVED: { description: 'Something of an item arrived.' },
    SUIT_FILED: { description: 'A court was asked to compel an answer.' }, SUIT_DECIDED: { description: 'It ordered that, or did not.' },
  },
});

@ObjectType({ description: 'What was recorded of a demand since it was served.' })
export class DemandEntry {
  @Field(() => ID, { description: 'The entry.' })
  id!: string;

  @Field(() => DemandEntryKinds, { description: 'What.' })
  kind!: DemandEntryKind;

  @Field(() => DemandItem, { nullable: true, description: 'Of which item; null: of the demand as a whole.' })
  item!: DemandItem | null;

  @Field(() => GraphQLDate, { description: 'The day.' })
  day!: string;

  @Field(() => ItemAnswers, { nullable: true, description: 'The answer.' })
  answer!: ItemAnswer | null;

  @Field(() => WithheldGrounds, { nullable: true, description: 'On what ground it, or a part of it, was withheld.' })
  ground!: WithheldGround | null;

  @Field(() => String, { nullable: true, description: 'Where the rules of the department name that ground.' })
  groundCitation!: string | null;

  @Field(() => String, { nullable: true, description: 'What was cited for a ground, how what arrived is called, or the docket number of a suit.' })
  reference!: string | null;

  @Field(() => String, { nullable: true, description: 'Of a suit: the court.' })
  court!: string | null;

  @Field(() => String, { nullable: true, description: 'Of its decision: the order.' })
  order!: string | null;

  @Field(() => Member, { description: 'Who recorded it.' })
  recordedBy!: Member;

  @Field(() => DateTime, { description: 'When.' })
  recordedAt!: string;
}
