import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { Session } from '../trail/session.ts';
import { breakGlass, endBreakGlass, reviewBreakGlass } from './glass.acts.ts';
import {
  BreakGlassInput, BreakGlassPayload, BreakGlassUseFilter, EndBreakGlassInput, EndBreakGlassPayload, ReviewBreakGlassInput, ReviewBreakGlassPayload,
} from './glass.inputs.ts';
import { glassUsesSeen } from './glass.store.ts';
import { BreakGlassUseConnection } from './glass.type.ts';

@Resolver()
export class GlassResolver {
  @Query(() => BreakGlassUseConnection, { description: 'Uses of break-glass in your office, newest first: all of them for its heads, your own for everybody else.' })
  breakGlassUses(
    @Arg('filter', () => BreakGlassUseFilter, { nullable: true, description: 'Which.' }) _filter: BreakGlassUseFilter | null,
    @Arg('first', () => Int, { nullable: true, description: '1 to 100; 20 unless told.' }) _first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'A cursor of this list.' }) _after: string | null,
    @Ctx('session') session: Session,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return session.look(info, glassUsesSeen);
  }

  @Mutation(() => BreakGlassPayload, {
    description: 'Opens a case of your own office to you beyond your role, or beyond the unit that it is kept to, until midnight at the latest. Needs a purpose. The heads of the office are told and review it within three days; there is no second use before.',
  })
  breakGlass(@Arg('input', () => BreakGlassInput) input: BreakGlassInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(breakGlass, input, info);
  }

  @Mutation(() => EndBreakGlassPayload, { description: 'Ends your own use of break-glass now.' })
  endBreakGlass(@Arg('input', () => EndBreakGlassInput) input: EndBreakGlassInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(endBreakGlass, input, info);
  }

  @Mutation(() => ReviewBreakGlassPayload, { description: 'Reviews another’s use of break-glass. One that is found not justified ends, if it has not.' })
  reviewBreakGlass(@Arg('input', () => ReviewBreakGlassInput) input: ReviewBreakGlassInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(reviewBreakGlass, input, info);
  }
}
