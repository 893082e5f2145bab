import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Mutation, Resolver } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import { planned } from '../database/lookahead.ts';
import type { Session } from '../trail/session.ts';
import { recordParallelProceeding } from './parallel.acts.ts';
import { ParallelProceedingPayload, RecordParallelProceedingInput } from './parallel.inputs.ts';
import { ParallelProceeding, ParallelProceedingStep } from './parallel.type.ts';

@Resolver(() => Case)
export class ParallelResolver {
  @FieldResolver(() => [ParallelProceeding], { description: 'What is pending beside the case that you may see, oldest record first.' })
  parallelProceedings(): object {
    return planned();
  }

  @Mutation(() => ParallelProceedingPayload, { description: 'Records what happened to a proceeding of somebody else beside the case.' })
  recordParallelProceeding(@Arg('input', () => RecordParallelProceedingInput) input: RecordParallelProceedingInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(recordParallelProceeding, input, info);
  }
}

@Resolver(() => ParallelProceeding)
export class ParallelRecordResolver {
  @FieldResolver(() => [ParallelProceedingStep], { description: 'What happened to it, in order, each with its day: nothing of it is written over.' })
  steps(): object {
    return planned();
  }
}
