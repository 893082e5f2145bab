import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Mutation, Resolver } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import { planned } from '../database/lookahead.ts';
import type { Session } from '../trail/session.ts';
import { recordAuthorisation, revokeAuthorisation } from './authorisation.acts.ts';
import { Authorisation, AuthorisationPayload, RecordAuthorisationInput, RevokeAuthorisationInput } from './authorisation.type.ts';

@Resolver(() => Case)
export class AuthorisationResolver {
  @FieldResolver(() => [Authorisation], { description: 'The authorisations that your office gave or received.' })
  authorisations(): object {
    return planned();
  }

  @Mutation(() => AuthorisationPayload, { description: "Records a written authorisation: an office receives, of what is opened to it, what the law of the case's state keeps from other offices." })
  recordAuthorisation(@Arg('input', () => RecordAuthorisationInput) input: RecordAuthorisationInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(recordAuthorisation, input, info);
  }

  @Mutation(() => AuthorisationPayload, { description: 'Revokes an authorisation: what it opened closes at once.' })
  revokeAuthorisation(@Arg('input', () => RevokeAuthorisationInput) input: RevokeAuthorisationInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(revokeAuthorisation, input, info);
  }
}
