import { Field, Int, ObjectType } from 'type-graphql';
import { Stages } from '../cases/case.type.ts';
import type { Stage } from '../cases/lifecycle.ts';
import type { RefusalReason } from './return.rules.ts';
import { RefusalReasons } from './return.type.ts';

@ObjectType({ description: 'What came of a referral, as far as the rule book of the office that leads its case shows it to agencies. What is not shown is null, and so is what there is not.' })
export class ReferralOutcome {
  @Field(() => Stages, { nullable: true, description: 'The stage of the case (shown by OUTCOME).' })
  stage!: Stage | null;

  @Field(() => RefusalReasons, { nullable: true, description: 'The ground of a refusal (shown by REASON).' })
  reason!: RefusalReason | null;

  @Field(() => String, { nullable: true, description: 'The ground in a sentence (shown by REASON).' })
  note!: string | null;

  @Field(() => Int, { nullable: true, description: 'How many things are still asked of your agency (shown by ITEMS).' })
  openItems!: number | null;
}
