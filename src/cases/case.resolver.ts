import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, ID, Info, Int, Mutation, Query, Resolver } from 'type-graphql';
import { planned } from '../database/lookahead.ts';
import { TrailEventConnection } from '../trail/event.type.ts';
import type { Session } from '../trail/session.ts';
import { assignCase, claimCase, releaseCase, routeCase, unassignCase } from './case.acts.ts';
import { CaseFilter, CaseOrders } from './case.filter.ts';
import {
  AssignCaseInput, AssignCasePayload, ClaimCaseInput, ClaimCasePayload, ReleaseCaseInput, ReleaseCasePayload, RouteCaseInput, RouteCasePayload,
  UnassignCaseInput, UnassignCasePayload,
} from './case.inputs.ts';
import { caseFound, casesSeen } from './case.store.ts';
import { Case, CaseConnection } from './case.type.ts';

@Resolver(() => Case)
export class CaseResolver {
  @Query(() => Case, { nullable: true, description: 'One case, by its id or its number. Null where there is none that you may see.' })
  case(
    @Arg('id', () => ID, { nullable: true, description: 'The id.' }) _id: string | null,
    @Arg('number', () => String, { nullable: true, description: 'The number, for instance DAL-2026-000123.' }) _number: string | null,
    @Ctx('session') session: Session,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return session.look(info, caseFound);
  }

  @Query(() => CaseConnection, { description: 'The cases that you may see, by the time their referral arrived.' })
  cases(
    @Arg('filter', () => CaseFilter, { nullable: true, description: 'Which.' }) _filter: CaseFilter | null,
    @Arg('orderBy', () => CaseOrders, { nullable: true, description: 'Newest first unless told.' }) _orderBy: string | null,
    @Arg('first', () => Int, { nullable: true, description: '1 to 100; 20 unless told.' }) _first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'A cursor of this list.' }) _after: string | null,
    @Ctx('session') session: Session,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return session.look(info, casesSeen);
  }

  @FieldResolver(() => TrailEventConnection, { description: 'What was done on it, newest first.' })
  events(
    @Arg('first', () => Int, { nullable: true, description: '1 to 100; 20 unless told.' }) _first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'A cursor of this list.' }) _after: string | null,
  ): object {
    return planned();
  }

  @Mutation(() => RouteCasePayload, { description: 'Sends a case whose county no office holds to an office, which may then claim it.' })
  routeCase(@Arg('input', () => RouteCaseInput) input: RouteCaseInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(routeCase, input, info);
  }

  @Mutation(() => ClaimCasePayload, { description: 'Takes the lead of an unclaimed case for your office. Of several claims at once one wins; the others learn who holds it.' })
  claimCase(@Arg('input', () => ClaimCaseInput) input: ClaimCaseInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(claimCase, input, info);
  }

  @Mutation(() => ReleaseCasePayload, { description: 'Gives up the lead: the case is unclaimed again. Your notes stay, closed to all others, until your office claims it again.' })
  releaseCase(@Arg('input', () => ReleaseCaseInput) input: ReleaseCaseInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(releaseCase, input, info);
  }

  @Mutation(() => AssignCasePayload, { description: 'Puts a member of your office on the team, in the place of another if you say so.' })
  assignCase(@Arg('input', () => AssignCaseInput) input: AssignCaseInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(assignCase, input, info);
  }

  @Mutation(() => UnassignCasePayload, { description: 'Ends a place on the team.' })
  unassignCase(@Arg('input', () => UnassignCaseInput) input: UnassignCaseInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(unassignCase, input, info);
  }
}
