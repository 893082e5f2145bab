import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Mutation, Resolver } from 'type-graphql';
import type { Session } from '../trail/session.ts';
import { placeInCompartment, releaseFromCompartment } from './compartment.acts.ts';
import { PlaceInCompartmentInput, PlaceInCompartmentPayload, ReleaseFromCompartmentInput, ReleaseFromCompartmentPayload } from './compartment.inputs.ts';

@Resolver()
export class CompartmentResolver {
  @Mutation(() => PlaceInCompartmentPayload, { description: 'Places something of a case that your office leads in a compartment, with what derives from it: closed at once to all but the team that may know of it.' })
  placeInCompartment(@Arg('input', () => PlaceInCompartmentInput) input: PlaceInCompartmentInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(placeInCompartment, input, info);
  }

  @Mutation(() => ReleaseFromCompartmentPayload, { description: 'Releases something from a compartment that you read.' })
  releaseFromCompartment(@Arg('input', () => ReleaseFromCompartmentInput) input: ReleaseFromCompartmentInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(releaseFromCompartment, input, info);
  }
}
