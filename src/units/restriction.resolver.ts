import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Mutation, Resolver } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import { planned } from '../database/lookahead.ts';
import type { Session } from '../trail/session.ts';
import { restrictToUnit } from './restriction.acts.ts';
import { RestrictToUnitInput, RestrictToUnitPayload } from './restriction.inputs.ts';
import { UnitRestriction } from './restriction.type.ts';

@Resolver(() => Case)
export class RestrictionResolver {
  @FieldResolver(() => UnitRestriction, { nullable: true, description: 'The unit of the lead office that the case is kept to; null where it is kept to none, or to one whose cases are closed to you.' })
  restrictedTo(): object {
    return planned();
  }

  @FieldResolver(() => [UnitRestriction], { description: 'The units that it is or was kept to, oldest first.' })
  unitRestrictions(): object {
    return planned();
  }

  @Mutation(() => RestrictToUnitPayload, { description: 'Keeps a case that your office leads to one of its units, in the place of another, or to none any more. The rest of the office keeps its summary.' })
  restrictToUnit(@Arg('input', () => RestrictToUnitInput) input: RestrictToUnitInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(restrictToUnit, input, info);
  }
}
