import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Int, Mutation, Query, Resolver } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import { planned } from '../database/lookahead.ts';
import { EarlierElement, ProofElement, ProofGap } from '../proof/proof.type.ts';
import type { Session } from '../trail/session.ts';
import { draftDemand, reviseDemand, serveDemand, withdrawDemand } from './demand.acts.ts';
import { DemandItem } from './demand-item.type.ts';
import { DemandFilter, DemandPayload, DraftDemandInput, ReviseDemandInput, ServeDemandInput, WithdrawDemandInput } from './demand.inputs.ts';
import { demandsSeen } from './demand.list.ts';
import { ExternalDemand, ExternalDemandConnection } from './demand.type.ts';
import { acknowledgeDemand, answerDemand, extendDemand, receiveProduction } from './response.acts.ts';
import { AcknowledgeDemandInput, AnswerDemandInput, ExtendDemandInput, ReceiveProductionInput } from './response.inputs.ts';
import { decideSuit, fileSuit, liftPreservation } from './suit.acts.ts';
import { DecideSuitInput, FileSuitInput, LiftPreservationInput } from './suit.inputs.ts';

@Resolver(() => Case)
export class DemandResolver {
  @FieldResolver(() => [ExternalDemand], { description: 'What is demanded for it of federal agencies and other holders, in the order it was drafted.' })
  demands(): object {
    return planned();
  }

  @Query(() => ExternalDemandConnection, { name: 'demands', description: 'The demands of all cases that you may see, by the day they name; what names none comes last.' })
  demandsSeen(
    @Arg('filter', () => DemandFilter, { nullable: true, description: 'Which.' }) _filter: DemandFilter | null,
    @Arg('first', () => Int, { nullable: true, description: '1 to 100; 20 unless told.' }) _first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'A cursor of this list.' }) _after: string | null,
    @Ctx('session') session: Session,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return session.look(info, demandsSeen);
  }

  @Mutation(() => DemandPayload, { description: 'Drafts a demand of a federal agency, or of another holder.' })
  draftDemand(@Arg('input', () => DraftDemandInput) input: DraftDemandInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(draftDemand, input, info);
  }

  @Mutation(() => DemandPayload, { description: 'Writes a draft anew.' })
  reviseDemand(@Arg('input', () => ReviseDemandInput) input: ReviseDemandInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(reviseDemand, input, info);
  }

  @Mutation(() => DemandPayload, { description: 'Puts on record that a demand was served. It is not written anew after that.' })
  serveDemand(@Arg('input', () => ServeDemandInput) input: ServeDemandInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(serveDemand, input, info);
  }

  @Mutation(() => DemandPayload, { description: 'Puts on record that a demand was acknowledged.' })
  acknowledgeDemand(@Arg('input', () => AcknowledgeDemandInput) input: AcknowledgeDemandInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(acknowledgeDemand, input, info);
  }

  @Mutation(() => DemandPayload, { description: 'Gives a demand another day to be answered by; the days before stay in view.' })
  extendDemand(@Arg('input', () => ExtendDemandInput) input: ExtendDemandInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(extendDemand, input, info);
  }

  @Mutation(() => DemandPayload, { description: 'Puts on record what was answered to the items of a demand. Where it stands follows from all of them.' })
  answerDemand(@Arg('input', () => AnswerDemandInput) input: AnswerDemandInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(answerDemand, input, info);
  }

  @Mutation(() => DemandPayload, { description: 'Puts on record that something demanded arrived.' })
  receiveProduction(@Arg('input', () => ReceiveProductionInput) input: ReceiveProductionInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(receiveProduction, input, info);
  }

  @Mutation(() => DemandPayload, { description: 'Puts on record that a court was asked to compel an answer.' })
  fileSuit(@Arg('input', () => FileSuitInput) input: FileSuitInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(fileSuit, input, info);
  }

  @Mutation(() => DemandPayload, { description: 'Puts on record how that court decided.' })
  decideSuit(@Arg('input', () => DecideSuitInput) input: DecideSuitInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(decideSuit, input, info);
  }

  @Mutation(() => DemandPayload, { description: 'Takes a demand back; it stays in view.' })
  withdrawDemand(@Arg('input', () => WithdrawDemandInput) input: WithdrawDemandInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(withdrawDemand, input, info);
  }

  @Mutation(() => DemandPayload, { description: 'Puts on record that a preservation holds no more.' })
  liftPreservation(@Arg('input', () => LiftPreservationInput) input: LiftPreservationInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(liftPreservation, input, info);
  }
}

@Resolver(() => ProofElement)
export class DemandedElementResolver {
  @FieldResolver(() => [DemandItem], { description: 'What is demanded elsewhere that would prove it, oldest first.' })
  demandItems(): object {
    return planned();
  }
}

@Resolver(() => EarlierElement)
export class DemandedEarlierResolver {
  @FieldResolver(() => [DemandItem], { description: 'What was demanded elsewhere that would have proven it, oldest first.' })
  demandItems(): object {
    return planned();
  }
}

@Resolver(() => ProofGap)
export class DemandedGapResolver {
  @FieldResolver(() => Boolean, { description: 'Whether something that would prove it was demanded elsewhere, by a demand that was served and neither dismissed nor withdrawn.' })
  isDemanded(): object {
    return planned();
  }
}
