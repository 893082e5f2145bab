import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Mutation, Resolver } from 'type-graphql';
import { Person } from '../cases/person.type.ts';
import { planned } from '../database/lookahead.ts';
import type { Session } from '../trail/session.ts';
import { recordAffiliation, recordImmunityAnalysis, reviewImmunityAnalysis, withdrawImmunityAnalysis } from './immunity.acts.ts';
import { AffiliationPayload, ImmunityPayload, RecordAffiliationInput, RecordImmunityAnalysisInput, ReviewImmunityAnalysisInput, WithdrawImmunityAnalysisInput } from './immunity.inputs.ts';
import { Affiliation, ImmunityAnalysis } from './immunity.type.ts';

@Resolver(() => Person)
export class ImmunityResolver {
  @FieldResolver(() => [Affiliation], { description: 'For whom the person acted, as the office found out; the first holds, the others came before it.' })
  affiliations(): object {
    return planned();
  }

  @FieldResolver(() => [ImmunityAnalysis], { description: 'The analyses of the person’s immunity that you may see, newest first.' })
  immunityAnalyses(): object {
    return planned();
  }

  @Mutation(() => AffiliationPayload, { description: 'Records for whom a person acted. Until it is recorded that somebody is no federal officer, the person may be one.' })
  recordAffiliation(@Arg('input', () => RecordAffiliationInput) input: RecordAffiliationInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(recordAffiliation, input, info);
  }

  @Mutation(() => ImmunityPayload, { description: 'Answers the two questions of Supremacy Clause immunity for one person. It counts once another person has reviewed it.' })
  recordImmunityAnalysis(@Arg('input', () => RecordImmunityAnalysisInput) input: RecordImmunityAnalysisInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(recordImmunityAnalysis, input, info);
  }

  @Mutation(() => ImmunityPayload, { description: 'Approves an analysis that another person drafted, or returns it.' })
  reviewImmunityAnalysis(@Arg('input', () => ReviewImmunityAnalysisInput) input: ReviewImmunityAnalysisInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(reviewImmunityAnalysis, input, info);
  }

  @Mutation(() => ImmunityPayload, { description: 'Takes back an analysis that waits for its review, and need not any more; it stays in view with the reason.' })
  withdrawImmunityAnalysis(@Arg('input', () => WithdrawImmunityAnalysisInput) input: WithdrawImmunityAnalysisInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(withdrawImmunityAnalysis, input, info);
  }
}
