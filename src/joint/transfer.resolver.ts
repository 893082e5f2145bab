import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Mutation, Resolver } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import { planned } from '../database/lookahead.ts';
import type { Session } from '../trail/session.ts';
import { acceptTransfer, proposeTransfer, rejectTransfer, revokeTransfer } from './transfer.acts.ts';
import { AcceptTransferInput, ProposeTransferInput, RejectTransferInput, RevokeTransferInput, Transfer, TransferPayload } from './transfer.type.ts';

@Resolver(() => Case)
export class TransferResolver {
  @FieldResolver(() => [Transfer], { description: 'The offers of its lead that your office made or received.' })
  transfers(): object {
    return planned();
  }

  @Mutation(() => TransferPayload, { description: 'Offers the lead of a case to another office, which sees its SUMMARY and REPORT until it answers.' })
  proposeTransfer(@Arg('input', () => ProposeTransferInput) input: ProposeTransferInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(proposeTransfer, input, info);
  }

  @Mutation(() => TransferPayload, { description: 'Takes the lead that your office is offered. Of several answers at once one counts.' })
  acceptTransfer(@Arg('input', () => AcceptTransferInput) input: AcceptTransferInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(acceptTransfer, input, info);
  }

  @Mutation(() => TransferPayload, { description: 'Does not take the lead that your office is offered.' })
  rejectTransfer(@Arg('input', () => RejectTransferInput) input: RejectTransferInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(rejectTransfer, input, info);
  }

  @Mutation(() => TransferPayload, { description: 'Takes an offer of the lead back.' })
  revokeTransfer(@Arg('input', () => RevokeTransferInput) input: RevokeTransferInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(revokeTransfer, input, info);
  }
}
