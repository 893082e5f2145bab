import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Mutation, Resolver } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import { planned } from '../database/lookahead.ts';
import type { Session } from '../trail/session.ts';
import { recordRendition } from './rendition.acts.ts';
import { RecordRenditionInput, RenditionPayload } from './rendition.inputs.ts';
import { Rendition, RenditionStep } from './rendition.type.ts';

@Resolver(() => Case)
export class RenditionResolver {
  @FieldResolver(() => [Rendition], { description: 'The renditions of accused persons that you may see, oldest first.' })
  renditions(): object {
    return planned();
  }

  @Mutation(() => RenditionPayload, { description: 'Records what happened to the rendition of an accused from another state (18 U.S.C. 3182 and the Uniform Criminal Extradition Act, of medium confidence and not verified by counsel): the warrant, the arrest there, a waiver or a request to the Governor, what became of that, and the return.' })
  recordRendition(@Arg('input', () => RecordRenditionInput) input: RecordRenditionInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(recordRendition, input, info);
  }
}

@Resolver(() => Rendition)
export class RenditionRecordResolver {
  @FieldResolver(() => [RenditionStep], { description: 'What happened to it, in order, each with its day: nothing of it is written over.' })
  steps(): object {
    return planned();
  }
}
