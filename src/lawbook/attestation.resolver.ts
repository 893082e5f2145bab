import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Mutation, Resolver } from 'type-graphql';
import { planned } from '../database/lookahead.ts';
import { StatuteVersion } from '../law/statute.type.ts';
import type { Session } from '../trail/session.ts';
import { attestStatute, withdrawAttestation } from './attestation.acts.ts';
import { AttestStatuteInput, AttestStatutePayload, StatuteAttestation, WithdrawAttestationInput } from './attestation.type.ts';

@Resolver(() => StatuteVersion)
export class AttestationResolver {
  @FieldResolver(() => [StatuteAttestation], { description: 'Who confirmed it, in which wording, oldest first; those too whose wording it no longer has.' })
  attestations(): object {
    return planned();
  }

  @Mutation(() => AttestStatutePayload, { description: 'Confirms a text of law by name, as an attorney of its state. When the text says something else, the confirmation no longer holds.' })
  attestStatute(@Arg('input', () => AttestStatuteInput) input: AttestStatuteInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(attestStatute, input, info);
  }

  @Mutation(() => AttestStatutePayload, { description: 'Takes back the confirmation of a text of law: by who gave it, or by a supervisor or the elected head of an office of its state. What rests on the text says again that nobody confirms it.' })
  withdrawAttestation(@Arg('input', () => WithdrawAttestationInput) input: WithdrawAttestationInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(withdrawAttestation, input, info);
  }
}
