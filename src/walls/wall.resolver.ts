import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Mutation, Resolver } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import { planned } from '../database/lookahead.ts';
import type { Session } from '../trail/session.ts';
import { imposeWall, liftWall, recuse } from './wall.acts.ts';
import { ImposeWallInput, ImposeWallPayload, LiftWallInput, LiftWallPayload, RecuseInput, RecusePayload } from './wall.inputs.ts';
import { Wall } from './wall.type.ts';

@Resolver(() => Case)
export class WallResolver {
  @FieldResolver(() => [Wall], { description: 'The exclusions from it, standing and lifted, oldest first; for the people of its lead who are not excluded themselves.' })
  walls(): object {
    return planned();
  }

  @Mutation(() => RecusePayload, { description: 'Excludes you from a case, at once: you leave its team, and it is gone for you.' })
  recuse(@Arg('input', () => RecuseInput) input: RecuseInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(recuse, input, info);
  }

  @Mutation(() => ImposeWallPayload, { description: 'Excludes a member, a unit or an office from a case that your office leads. Nothing opens it to them while the wall stands.' })
  imposeWall(@Arg('input', () => ImposeWallInput) input: ImposeWallInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(imposeWall, input, info);
  }

  @Mutation(() => LiftWallPayload, { description: 'Lifts an exclusion, where it names your role, or nobody else is left to lift it and you are the elected head. The case is seen again; places on its team stay ended.' })
  liftWall(@Arg('input', () => LiftWallInput) input: LiftWallInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(liftWall, input, info);
  }
}
