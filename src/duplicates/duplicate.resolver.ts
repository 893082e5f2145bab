import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, ID, Info, Int, Mutation, Query, Resolver } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import { planned } from '../database/lookahead.ts';
import type { Session } from '../trail/session.ts';
import { judgeDuplicate, undoDuplicate } from './duplicate.acts.ts';
import { sameIncidentOf } from './duplicate.edges.ts';
import { JudgeDuplicateInput, JudgeDuplicatePayload, UndoDuplicateInput, UndoDuplicatePayload } from './duplicate.inputs.ts';
import { CaseVerdict, DuplicateCandidateConnection, SameIncident } from './duplicate.type.ts';

@Resolver(() => Case)
export class DuplicateResolver {
  @FieldResolver(() => DuplicateCandidateConnection, {
    description: 'The cases that may be about the same incident, likeliest first: found by what agencies declared, as far as you may read it of both. A pair that somebody has judged is not offered again.',
  })
  duplicateCandidates(
    @Arg('first', () => Int, { nullable: true, description: '1 to 100; 20 unless told.' }) _first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'A cursor of this list.' }) _after: string | null,
  ): object {
    return planned();
  }

  @FieldResolver(() => [CaseVerdict], { description: 'What was said of this case and others whose report you may read too, newest first.' })
  duplicateVerdicts(): object {
    return planned();
  }

  @Mutation(() => JudgeDuplicatePayload, { description: 'Says how two cases stand to each other. What was merged can be taken apart again.' })
  judgeDuplicate(@Arg('input', () => JudgeDuplicateInput) input: JudgeDuplicateInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(judgeDuplicate, input, info);
  }

  @Mutation(() => UndoDuplicatePayload, { description: 'Takes a merger back: what was referred goes to its own case again, with all that has been asked and answered since.' })
  undoDuplicate(@Arg('input', () => UndoDuplicateInput) input: UndoDuplicateInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(undoDuplicate, input, info);
  }
}

@Resolver()
export class SameIncidentResolver {
  @Query(() => SameIncident, {
    nullable: true,
    description: 'Whether other offices have cases about the same incident that you do not see: hit or no hit, and whom to ask. For the office that leads the case or, while nobody does, that of its county. Each look is logged, and at a hit the other office reads of it. Null where there is no such case that you may see.',
  })
  sameIncident(@Arg('caseId', () => ID, { description: 'A case of your office.' }) _caseId: string, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo): Promise<unknown> {
    return session.lookApart(info, sameIncidentOf);
  }
}
