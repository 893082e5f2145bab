import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Int, Mutation, Query, Resolver } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import { planned } from '../database/lookahead.ts';
import type { Session } from '../trail/session.ts';
import { ClockFilter } from './clock.inputs.ts';
import { clocksSeen } from './clock.store.ts';
import { Clock, ClockConnection } from './clock.type.ts';
import { assertLimitation, attestDiscovery, endExclusion, recordClockFact, withdrawClockFact } from './fact.acts.ts';
import { AssertLimitationInput, AttestDiscoveryInput, ClockFactPayload, EndExclusionInput, RecordClockFactInput, WithdrawClockFactInput } from './fact.inputs.ts';
import { ClockFact } from './fact.type.ts';

@Resolver(() => Case)
export class ClockResolver {
  @FieldResolver(() => [Clock], { description: 'What is due on which day, earliest first; what has no day comes last.' })
  clocks(@Arg('includeEarlier', () => Boolean, { nullable: true, description: 'Results that others have taken the place of, too; not, unless told.' }) _includeEarlier: boolean | null): object {
    return planned();
  }

  @FieldResolver(() => [ClockFact], { description: 'Facts that were recorded for clocks, oldest first; withdrawn ones too.' })
  clockFacts(): object {
    return planned();
  }

  @Mutation(() => ClockFactPayload, { description: 'Records a fact on which clocks depend, and computes them anew.' })
  recordClockFact(@Arg('input', () => RecordClockFactInput) input: RecordClockFactInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(recordClockFact, input, info);
  }

  @Mutation(() => ClockFactPayload, { description: 'Says when an exclusion ended that was open.' })
  endExclusion(@Arg('input', () => EndExclusionInput) input: EndExclusionInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(endExclusion, input, info);
  }

  @Mutation(() => ClockFactPayload, { description: 'Answers as an attorney for the day of a discovery: only then does time run from it.' })
  attestDiscovery(@Arg('input', () => AttestDiscoveryInput) input: AttestDiscoveryInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(attestDiscovery, input, info);
  }

  @Mutation(() => ClockFactPayload, { description: 'Asserts as an attorney that time runs out later than the earliest day. The earliest day stays where it is.' })
  assertLimitation(@Arg('input', () => AssertLimitationInput) input: AssertLimitationInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(assertLimitation, input, info);
  }

  @Mutation(() => ClockFactPayload, { description: 'Takes a fact or an assertion back; it stays in view as withdrawn.' })
  withdrawClockFact(@Arg('input', () => WithdrawClockFactInput) input: WithdrawClockFactInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(withdrawClockFact, input, info);
  }
}

@Resolver()
export class ClocksResolver {
  @Query(() => ClockConnection, { description: 'The clocks that run in all cases that you may see, by the day on which they are due. What has passed and was not met stands first.' })
  clocks(
    @Arg('filter', () => ClockFilter, { nullable: true, description: 'Which; all, unless told.' }) _filter: ClockFilter | null,
    @Arg('first', () => Int, { nullable: true, description: '1 to 100; 20 unless told.' }) _first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The cursor to go on behind.' }) _after: string | null,
    @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return session.look(info, clocksSeen);
  }
}
