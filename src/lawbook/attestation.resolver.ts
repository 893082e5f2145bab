import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Mutation, Resolver } from 'type-graphql';
import type { Session } from '../trail/session.ts';
import { attestStatute } from './attestation.acts.ts';
import { AttestStatuteInput, AttestStatutePayload } from './attestation.type.ts';

@Resolver()
export class AttestationResolver {
  @Mutation(() => AttestStatutePayload, { description: 'Confirms a text of law by name, as an attorney of its state. When the text says something else, the confirmation no longer holds.' })
  attestStatute(@Arg('input', () => AttestStatuteInput) input: AttestStatuteInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(attestStatute, input, info);
  }
}
