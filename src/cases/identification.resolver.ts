import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Mutation, Resolver } from 'type-graphql';
import { planned } from '../database/lookahead.ts';
import type { Session } from '../trail/session.ts';
import { identifyPerson, withdrawIdentification } from './identification.acts.ts';
import { IdentifyPersonInput, IdentifyPersonPayload, WithdrawIdentificationInput, WithdrawIdentificationPayload } from './identification.inputs.ts';
import { PersonIdentification } from './identification.type.ts';
import { Person } from './person.type.ts';

@Resolver(() => Person)
export class IdentificationResolver {
  @FieldResolver(() => String, { nullable: true, description: 'The agency that employs the person, as the office found out; null while nobody has.' })
  agency(): string {
    return planned();
  }

  @FieldResolver(() => [PersonIdentification], { description: 'Who the person was found to be since it was first recorded, latest first; withdrawn ones too.' })
  identifications(): object {
    return planned();
  }

  @Mutation(() => IdentifyPersonPayload, { description: 'Says who an unidentified person of a case is. The person keeps its id and all that hangs on it; what was known before stays in view.' })
  identifyPerson(@Arg('input', () => IdentifyPersonInput) input: IdentifyPersonInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(identifyPerson, input, info);
  }

  @Mutation(() => WithdrawIdentificationPayload, { description: 'Withdraws an identification that was a mistake: the person is as it was before.' })
  withdrawIdentification(@Arg('input', () => WithdrawIdentificationInput) input: WithdrawIdentificationInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(withdrawIdentification, input, info);
  }
}
