import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, ID, Info, Mutation, Query, Resolver } from 'type-graphql';
import { eq } from 'drizzle-orm';
import { cases } from '../cases/case.table.ts';
import { Charge } from '../charges/charge.type.ts';
import { planned } from '../database/lookahead.ts';
import { one } from '../database/shape.ts';
import { idOrNull } from '../kernel/ids.ts';
import type { Session } from '../trail/session.ts';
import { askForElement, assessElement, linkProof, withdrawProofLink } from './proof.acts.ts';
import { AskForElementInput, AskForElementPayload, AssessElementInput, AssessElementPayload, LinkProofInput, ProofLinkPayload, WithdrawProofLinkInput } from './proof.inputs.ts';
import { EarlierElement, ElementAssessment, ProofElement, ProofLink, ProofMatrix } from './proof.type.ts';

@Resolver(() => Charge)
export class ProofResolver {
  @FieldResolver(() => [ProofElement], { description: 'What must be proven, as the text reads that it pins.' })
  elements(): object {
    return planned();
  }

  @FieldResolver(() => [EarlierElement], { description: 'What was said of wordings that the text does not have any more, since it was corrected; by the place they had.' })
  earlierElements(): object {
    return planned();
  }

  @Query(() => ProofMatrix, { nullable: true, description: 'The charges of a case, their elements, what proves them and what is missing. Null where there is no case that you may see.' })
  proofMatrix(@Arg('caseId', () => ID, { description: 'The case.' }) _caseId: string, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo): Promise<unknown> {
    return session.look(info, ({ param }) => one('ProofMatrix', cases, (subject) => eq(subject.id, param((args) => idOrNull(args['caseId'])))));
  }

  @Mutation(() => ProofLinkPayload, { description: 'Links what speaks for or against an element of a charge.' })
  linkProof(@Arg('input', () => LinkProofInput) input: LinkProofInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(linkProof, input, info);
  }

  @Mutation(() => ProofLinkPayload, { description: 'Withdraws a link; it is kept.' })
  withdrawProofLink(@Arg('input', () => WithdrawProofLinkInput) input: WithdrawProofLinkInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(withdrawProofLink, input, info);
  }

  @Mutation(() => AssessElementPayload, { description: 'Says what you hold of an element. Each reviewer has an own word; where they differ, both stay.' })
  assessElement(@Arg('input', () => AssessElementInput) input: AssessElementInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(assessElement, input, info);
  }

  @Mutation(() => AskForElementPayload, { description: 'Asks the agency for what an element lacks, as returnReferral does, and keeps for which element.' })
  askForElement(@Arg('input', () => AskForElementInput) input: AskForElementInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(askForElement, input, info);
  }
}

@Resolver(() => ProofElement)
export class ProofElementResolver {
  @FieldResolver(() => [ProofLink], { description: 'What speaks for and against it, oldest first.' })
  links(@Arg('includeWithdrawn', () => Boolean, { nullable: true, description: 'Withdrawn ones too; not, unless told.' }) _includeWithdrawn: boolean | null): object {
    return planned();
  }

  @FieldResolver(() => [ElementAssessment], { description: 'What each reviewer holds of it now, by the time they said so.' })
  assessments(@Arg('includeEarlier', () => Boolean, { nullable: true, description: 'What they held before, too; not, unless told.' }) _includeEarlier: boolean | null): object {
    return planned();
  }
}

@Resolver(() => EarlierElement)
export class EarlierElementResolver {
  @FieldResolver(() => [ProofLink], { description: 'What spoke for and against it, oldest first.' })
  links(@Arg('includeWithdrawn', () => Boolean, { nullable: true, description: 'Withdrawn ones too; not, unless told.' }) _includeWithdrawn: boolean | null): object {
    return planned();
  }

  @FieldResolver(() => [ElementAssessment], { description: 'What each reviewer held of it at last, by the time they said so.' })
  assessments(@Arg('includeEarlier', () => Boolean, { nullable: true, description: 'What they held before, too; not, unless told.' }) _includeEarlier: boolean | null): object {
    return planned();
  }
}
