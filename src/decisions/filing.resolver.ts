import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Mutation, Resolver } from 'type-graphql';
import { Charge } from '../charges/charge.type.ts';
import { planned } from '../database/lookahead.ts';
import type { Session } from '../trail/session.ts';
import { fileCharges } from './filing.acts.ts';
import { FileChargesInput, FileChargesPayload } from './filing.inputs.ts';
import { Filing } from './filing.type.ts';

@Resolver(() => Charge)
export class FilingResolver {
  @FieldResolver(() => Filing, { nullable: true, description: 'How it was filed; null while it is not.' })
  filing(): object {
    return planned();
  }

  @Mutation(() => FileChargesPayload, { description: 'Puts on record that approved charges were filed in court.' })
  fileCharges(@Arg('input', () => FileChargesInput) input: FileChargesInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(fileCharges, input, info);
  }
}
