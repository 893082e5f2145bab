import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Mutation, Resolver } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import { planned } from '../database/lookahead.ts';
import type { Session } from '../trail/session.ts';
import { recordCooperationEvent, withdrawCooperationEvent } from './cooperation.acts.ts';
import { CooperationEventPayload, RecordCooperationEventInput, WithdrawCooperationEventInput } from './cooperation.inputs.ts';
import { CooperationEvent } from './cooperation.type.ts';

@Resolver(() => Case)
export class CooperationResolver {
  @FieldResolver(() => [CooperationEvent], { description: 'Where federal agencies refused to cooperate, by the time it happened: withdrawn ones too.' })
  cooperationEvents(): object {
    return planned();
  }

  @Mutation(() => CooperationEventPayload, { description: 'Records that a federal agency refused to cooperate. It is never changed.' })
  recordCooperationEvent(@Arg('input', () => RecordCooperationEventInput) input: RecordCooperationEventInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(recordCooperationEvent, input, info);
  }

  @Mutation(() => CooperationEventPayload, { description: 'Withdraws an event that was recorded wrongly; it stays in view, with the reason.' })
  withdrawCooperationEvent(@Arg('input', () => WithdrawCooperationEventInput) input: WithdrawCooperationEventInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(withdrawCooperationEvent, input, info);
  }
}
