import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Int, Mutation, Resolver } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import { planned } from '../database/lookahead.ts';
import type { Session } from '../trail/session.ts';
import { annotateCase, reviseAnnotation } from './annotation.acts.ts';
import { AnnotateCaseInput, AnnotateCasePayload, ReviseAnnotationInput, ReviseAnnotationPayload } from './annotation.inputs.ts';
import { AnnotationConnection } from './annotation.type.ts';

@Resolver(() => Case)
export class AnnotationResolver {
  @FieldResolver(() => AnnotationConnection, { description: 'The remarks that you may see, newest first.' })
  annotations(
    @Arg('first', () => Int, { nullable: true, description: '1 to 100; 20 unless told.' }) _first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'A cursor of this list.' }) _after: string | null,
    @Arg('includeDeleted', () => Boolean, { nullable: true, description: 'Deleted ones too; not, unless told.' }) _includeDeleted: boolean | null,
  ): object {
    return planned();
  }

  @Mutation(() => AnnotateCasePayload, { description: 'Leaves a remark on a case that your office leads or has a part in.' })
  annotateCase(@Arg('input', () => AnnotateCaseInput) input: AnnotateCaseInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(annotateCase, input, info);
  }

  @Mutation(() => ReviseAnnotationPayload, { description: 'Revises your own remark. Every revision is kept; a deleted one comes back with new words.' })
  reviseAnnotation(@Arg('input', () => ReviseAnnotationInput) input: ReviseAnnotationInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(reviseAnnotation, input, info);
  }
}
