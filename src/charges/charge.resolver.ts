import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Int, Mutation, Query, Resolver } from 'type-graphql';
import { Case, Venue } from '../cases/case.type.ts';
import { planned } from '../database/lookahead.ts';
import { OffenceLevels } from '../law/limitation.type.ts';
import type { Session } from '../trail/session.ts';
import { proposeCharge, withdrawCharge } from './charge.acts.ts';
import { ChargeConnection, ChargeFilter } from './charge.filter.ts';
import { chargesSeen } from './charge.list.ts';
import { Charge, ProposeChargeInput, ProposeChargePayload, RepinChargeInput, WithdrawChargeInput, WithdrawChargePayload } from './charge.type.ts';
import { repinCharge } from './pinning.acts.ts';
import { VenueLevel } from './venue-level.type.ts';

@Resolver(() => Case)
export class ChargeResolver {
  @FieldResolver(() => [Charge], { description: 'The charges that you may see, in the order they were proposed; withdrawn ones too.' })
  charges(): object {
    return planned();
  }

  @FieldResolver(() => OffenceLevels, { nullable: true, description: 'The highest level of the live charges that you may see, as each names it, else as the law grades it; without charges what the report alleges; null where you may see neither.' })
  level(): object {
    return planned();
  }

  @Mutation(() => ProposeChargePayload, { description: 'Proposes to charge a person of the case, under the law of the day of the offence. What is doubtful about that law comes back as warnings.' })
  proposeCharge(@Arg('input', () => ProposeChargeInput) input: ProposeChargeInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(proposeCharge, input, info);
  }

  @Mutation(() => ProposeChargePayload, { description: 'Pins a proposed charge to the text of its statute that is, as the law is on file now, in force on the days of the offence. Its links and assessments go along, by the wording of each element.' })
  repinCharge(@Arg('input', () => RepinChargeInput) input: RepinChargeInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(repinCharge, input, info);
  }

  @Mutation(() => WithdrawChargePayload, { description: 'Withdraws a proposed charge.' })
  withdrawCharge(@Arg('input', () => WithdrawChargeInput) input: WithdrawChargeInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(withdrawCharge, input, info);
  }
}

@Resolver()
export class ChargesResolver {
  @Query(() => ChargeConnection, { description: 'The charges of all cases that you may see, by the time they were proposed, newest first.' })
  charges(
    @Arg('filter', () => ChargeFilter, { nullable: true, description: 'Which; all, unless told.' }) _filter: ChargeFilter | null,
    @Arg('first', () => Int, { nullable: true, description: '1 to 100; 20 unless told.' }) _first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The cursor to go on behind.' }) _after: string | null,
    @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return session.look(info, chargesSeen);
  }
}

@Resolver(() => Venue)
export class VenueLevelResolver {
  @FieldResolver(() => VenueLevel, { description: 'Whether the office prosecutes offences of the level that is alleged or charged.' })
  level(): object {
    return planned();
  }
}
