import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Mutation, Resolver } from 'type-graphql';
import { planned } from '../database/lookahead.ts';
import type { Session } from '../trail/session.ts';
import { Case } from './case.type.ts';
import { confirmVenue } from './venue.acts.ts';
import { ConfirmVenueInput, ConfirmVenuePayload, VenueFinding } from './venue.type.ts';

@Resolver(() => Case)
export class VenueResolver {
  @FieldResolver(() => VenueFinding, { nullable: true, description: 'How certain its county is, and which counties are in question.' })
  venue(): object {
    return planned();
  }

  @Mutation(() => ConfirmVenuePayload, { description: 'Says in which county it happened, where that is in doubt. Candidates that rested on the doubt alone end; a lead stays.' })
  confirmVenue(@Arg('input', () => ConfirmVenueInput) input: ConfirmVenueInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(confirmVenue, input, info);
  }
}
