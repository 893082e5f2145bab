import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Mutation, Resolver } from 'type-graphql';
import { planned } from '../database/lookahead.ts';
import type { Session } from '../trail/session.ts';
import { Case } from './case.type.ts';
import { tagCase } from './tag.acts.ts';
import { TagCaseInput, TagCasePayload, Tags } from './tag.type.ts';

@Resolver(() => Case)
export class TagResolver {
  @FieldResolver(() => [Tags], { description: 'What it is about, beside its kind.' })
  tags(): object {
    return planned();
  }

  @Mutation(() => TagCasePayload, { description: 'Says what a case that your office leads is about, in words of a closed list. Who sees it may depend on it.' })
  tagCase(@Arg('input', () => TagCaseInput) input: TagCaseInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(tagCase, input, info);
  }
}
