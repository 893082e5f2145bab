import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Mutation, Resolver } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import { planned } from '../database/lookahead.ts';
import type { Session } from '../trail/session.ts';
import { recordImmunityProceeding } from './immunity-proceeding.acts.ts';
import { ImmunityProceedingPayload, RecordImmunityProceedingInput } from './immunity-proceeding.inputs.ts';
import { ImmunityProceeding, ImmunityStep } from './immunity-proceeding.type.ts';

@Resolver(() => Case)
export class ImmunityProceedingResolver {
  @FieldResolver(() => [ImmunityProceeding], { description: 'The immunities of accused persons before the courts that you may see, oldest first.' })
  immunityProceedings(): object {
    return planned();
  }

  @Mutation(() => ImmunityProceedingPayload, { description: 'Records what happened to the immunity of an accused under the Supremacy Clause before the courts: that it is expected, raised, heard, granted or denied, appealed, final. A grant dismisses the charges that it concerns; its reversal has them wait for the court again. Removal is a lower bar: a case can be removed, and then tried.' })
  recordImmunityProceeding(@Arg('input', () => RecordImmunityProceedingInput) input: RecordImmunityProceedingInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(recordImmunityProceeding, input, info);
  }
}

@Resolver(() => ImmunityProceeding)
export class ImmunityProceedingRecordResolver {
  @FieldResolver(() => [ImmunityStep], { description: 'What happened to it, in order, each with its day: nothing of it is written over.' })
  steps(): object {
    return planned();
  }
}
