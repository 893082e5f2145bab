import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Mutation, Resolver } from 'type-graphql';
import { Charge } from '../charges/charge.type.ts';
import { planned } from '../database/lookahead.ts';
import type { Session } from '../trail/session.ts';
import { correctFiling, fileCharges, withdrawFiling } from './filing.acts.ts';
import { CorrectFilingInput, FileChargesInput, FileChargesPayload, WithdrawFilingInput } from './filing.inputs.ts';
import { Filing, FilingEntry } from './filing.type.ts';

@Resolver(() => Charge)
export class FilingResolver {
  @FieldResolver(() => Filing, { nullable: true, description: 'How it was filed; null while it is not.' })
  filing(): object {
    return planned();
  }

  @FieldResolver(() => [FilingEntry], { description: 'What was told of its filing before it was corrected or withdrawn, oldest first.' })
  filingEntries(): object {
    return planned();
  }

  @Mutation(() => FileChargesPayload, { description: 'Puts on record that approved charges were filed in court.' })
  fileCharges(@Arg('input', () => FileChargesInput) input: FileChargesInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(fileCharges, input, info);
  }

  @Mutation(() => FileChargesPayload, { description: 'Corrects what is on record of a filing: its day, court, docket number, instrument or waiver. What was told before stays in view, and the clocks follow.' })
  correctFiling(@Arg('input', () => CorrectFilingInput) input: CorrectFilingInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(correctFiling, input, info);
  }

  @Mutation(() => FileChargesPayload, { description: 'Withdraws the record of a filing that was never made: the charges are proposed again, what is decided on them stands, and what was told stays in view.' })
  withdrawFiling(@Arg('input', () => WithdrawFilingInput) input: WithdrawFilingInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(withdrawFiling, input, info);
  }
}
