import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Mutation, Resolver } from 'type-graphql';
import { Charge } from '../charges/charge.type.ts';
import { planned } from '../database/lookahead.ts';
import type { Session } from '../trail/session.ts';
import { recordDisposition } from './disposition.acts.ts';
import { DispositionPayload, RecordDispositionInput } from './disposition.inputs.ts';
import { Disposition } from './disposition.type.ts';

@Resolver(() => Charge)
export class DispositionResolver {
  @FieldResolver(() => Disposition, { nullable: true, description: 'How the court disposed of it; null while it has not.' })
  disposition(): object {
    return planned();
  }

  @FieldResolver(() => [Disposition], { description: 'Every disposition that was recorded, oldest first; the last holds, the others were corrected.' })
  dispositions(): object {
    return planned();
  }

  @Mutation(() => DispositionPayload, { description: 'Puts on record how a court disposed of a filed charge, or corrects that. Once no filed charge waits, the case is closed. While a removal bars it, no conviction is recorded (28 U.S.C. 1455(b)(3)).' })
  recordDisposition(@Arg('input', () => RecordDispositionInput) input: RecordDispositionInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(recordDisposition, input, info);
  }
}
