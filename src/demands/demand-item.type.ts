import { GraphQLDate } from 'graphql-scalars';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Charge } from '../charges/charge.type.ts';
import { enumOf } from '../kernel/enums.ts';
import { DEMAND_CATEGORIES, DEMAND_ITEM_STATES, ITEM_ANSWERS, type DemandCategory, type DemandItemState } from './demand.rules.ts';
import { GROUNDS, WITHHELD_GROUNDS, type WithheldGround } from './ground.rules.ts';

export const DemandCategories = enumOf(DEMAND_CATEGORIES);
export const DemandItemStates = enumOf(DEMAND_ITEM_STATES);
export const ItemAnswers = enumOf(ITEM_ANSWERS);
export const WithheldGrounds = enumOf(WITHHELD_GROUNDS);

registerEnumType(DemandCategories, { name: 'DemandCategory', description: 'What kind of thing is demanded.' });
registerEnumType(DemandItemStates, {
  name: 'DemandItemState', description: 'Where something that is demanded stands.',
  valuesConfig: {
    ASKED: { description: 'Not answered.' },
    PRODUCED: { description: 'Answered as produced, or to be produced.' },
    PARTIAL: { description: 'A part is produced, the rest withheld.' },
    WITHHELD: { description: 'Withheld.' },
  },
});
registerEnumType(ItemAnswers, { name: 'DemandAnswer', description: 'What was answered to something that is demanded.', valuesConfig: { PARTIAL: { description: 'A part is produced, the rest withheld.' } } });
registerEnumType(WithheldGrounds, {
  name: 'WithheldGround', description: 'On what ground something is withheld.',
  valuesConfig: Object.fromEntries(Object.entries(GROUNDS).map(([ground, { text, of }]) => [ground, { description: [text, Object.values(of).join('; ')].filter(Boolean).join(' ') }])),
});

@ObjectType({ description: 'One thing that is demanded, and what was answered to it.' })
export class DemandItem {
  @Field(() => ID, { description: 'The item.' })
  id!: string;

  @Field(() => ID, { description: 'The demand.' })
  demandId!: string;

  @Field(() => Int, { description: 'Its place in the demand, from 1.' })
  position!: number;

  @Field(() => DemandCategories, { description: 'What kind of thing.' })
  category!: DemandCategory;

  @Field(() => String, { description: 'What it is.' })
  description!: string;

  @Field(() => String, { description: 'Why it matters.' })
  relevance!: string;

  @Field(() => Charge, { nullable: true, description: 'The charge that it would help to prove; null: none was named.' })
  charge!: Charge | null;

  @Field(() => Int, { nullable: true, description: 'The element of that charge, from 1, by the place that it had when this was demanded.' })
  element!: number | null;

  @Field(() => String, { nullable: true, description: 'That element as it read then. Where the text was corrected since, this is what the item would prove.' })
  wording!: string | null;

  @Field(() => DemandItemStates, { description: 'Where it stands.' })
  state!: DemandItemState;

  @Field(() => GraphQLDate, { nullable: true, description: 'The day of the answer.' })
  answeredOn!: string | null;

  @Field(() => WithheldGrounds, { nullable: true, description: 'On what ground it, or a part of it, is withheld.' })
  ground!: WithheldGround | null;

  @Field(() => String, { nullable: true, description: 'Where the rules of the department name that ground.' })
  groundCitation!: string | null;

  @Field(() => String, { nullable: true, description: 'What whoever withholds it cited.' })
  groundReference!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'The day that it arrived.' })
  receivedOn!: string | null;

  @Field(() => String, { nullable: true, description: 'How what arrived is called.' })
  productionReference!: string | null;
}
