import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Mutation, Resolver } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import { planned } from '../database/lookahead.ts';
import type { Session } from '../trail/session.ts';
import { recordSupersession } from './supersession.acts.ts';
import { RecordSupersessionInput, SupersessionPayload } from './supersession.inputs.ts';
import { Supersession, SupersessionStep } from './supersession.type.ts';

@Resolver(() => Case)
export class SupersessionResolver {
  @FieldResolver(() => [Supersession], { description: 'Who else might take the case, and what came of it, oldest first.' })
  supersessions(): object {
    return planned();
  }

  @Mutation(() => SupersessionPayload, { description: 'Records that somebody else may take the case (in Pennsylvania 71 P.S. 732-205), and what came of it. It moves no lead and closes nothing to anybody: a case is handed over with proposeTransfer.' })
  recordSupersession(@Arg('input', () => RecordSupersessionInput) input: RecordSupersessionInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(recordSupersession, input, info);
  }
}

@Resolver(() => Supersession)
export class SupersessionRecordResolver {
  @FieldResolver(() => [SupersessionStep], { description: 'What happened to it, in order, each with its day: nothing of it is written over.' })
  steps(): object {
    return planned();
  }
}
