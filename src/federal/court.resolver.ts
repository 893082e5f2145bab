import type { GraphQLResolveInfo } from 'graphql';
import { GraphQLDate } from 'graphql-scalars';
import { Arg, Ctx, FieldResolver, Info, Mutation, Resolver } from 'type-graphql';
import { Person } from '../cases/person.type.ts';
import { planned } from '../database/lookahead.ts';
import type { Session } from '../trail/session.ts';
import { recordArraignment, setTrial } from './court.acts.ts';
import { CourtDatePayload, RecordArraignmentInput, SetTrialInput } from './court.inputs.ts';
import { CourtDate } from './court.type.ts';

@Resolver(() => Person)
export class CourtResolver {
  @FieldResolver(() => [CourtDate], { description: 'The person’s days in court that you may see, newest entry first.' })
  courtDates(): object {
    return planned();
  }

  @FieldResolver(() => GraphQLDate, { nullable: true, description: 'The day of the arraignment, in the zone of the court; null until it has happened: the window for removal has not opened (28 U.S.C. 1455(b)(1)).' })
  arraignedOn(): object {
    return planned();
  }

  @FieldResolver(() => GraphQLDate, { nullable: true, description: 'The day that the trial starts, in the zone of the court; null while none is set.' })
  trialStartsOn(): object {
    return planned();
  }

  @Mutation(() => CourtDatePayload, { description: 'Puts on record that a person with a filed charge was arraigned, or corrects the day.' })
  recordArraignment(@Arg('input', () => RecordArraignmentInput) input: RecordArraignmentInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(recordArraignment, input, info);
  }

  @Mutation(() => CourtDatePayload, { description: 'Sets the day on which the trial of a person with a filed charge starts, or takes it off.' })
  setTrial(@Arg('input', () => SetTrialInput) input: SetTrialInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(setTrial, input, info);
  }
}
