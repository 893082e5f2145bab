import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Mutation, Resolver } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import { planned } from '../database/lookahead.ts';
import type { Session } from '../trail/session.ts';
import { recordRemoval } from './removal.acts.ts';
import { RecordRemovalInput, RemovalPayload } from './removal.inputs.ts';
import { Disposition } from './disposition.type.ts';
import { RemovalStep } from './removal-step.type.ts';
import { Removal } from './removal.type.ts';

@Resolver(() => Case)
export class RemovalResolver {
  @FieldResolver(() => [Removal], { description: 'The removals to the federal court that you may see, oldest first.' })
  removals(): object {
    return planned();
  }

  @Mutation(() => RemovalPayload, {
    description: 'Records what happened to the removal of a person to the federal court. From notice to remand the state court enters no conviction (28 U.S.C. 1455(b)(3)); where it is removed, the same office goes on prosecuting there.',
  })
  recordRemoval(@Arg('input', () => RecordRemovalInput) input: RecordRemovalInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(recordRemoval, input, info);
  }
}

@Resolver(() => Removal)
export class RemovalRecordResolver {
  @FieldResolver(() => [RemovalStep], { description: 'What happened to it, in order, each with its day: nothing of it is written over.' })
  steps(): object {
    return planned();
  }

  @FieldResolver(() => [Disposition], {
    description: 'Dispositions that stand although, on their day, the court that entered them could not: a conviction by the state court between notice and remand, anything by it after the removal, and what a federal court entered before it lost the case (28 U.S.C. 1447, 1455). The charge is then to be looked at again.',
  })
  dispositionsDespite(): object {
    return planned();
  }
}
