import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Mutation, Resolver } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import { planned } from '../database/lookahead.ts';
import type { Session } from '../trail/session.ts';
import { recordVictimNotice, withdrawVictimNotice } from './notice.acts.ts';
import { RecordVictimNoticeInput, VictimNoticePayload, WithdrawVictimNoticeInput } from './notice.inputs.ts';
import { VictimNotice } from './notice.type.ts';

@Resolver(() => Case)
export class NoticeResolver {
  @FieldResolver(() => [VictimNotice], { description: 'What its victims were told that you may see, oldest first.' })
  victimNotices(): object {
    return planned();
  }

  @Mutation(() => VictimNoticePayload, { description: 'Records that a victim was told of something, or why one could not be reached; or that one wants no notices (OPT_OUT), or wants them again (OPT_IN). Where the law of the state has victims told first, nothing is declined before.' })
  recordVictimNotice(@Arg('input', () => RecordVictimNoticeInput) input: RecordVictimNoticeInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(recordVictimNotice, input, info);
  }

  @Mutation(() => VictimNoticePayload, { description: 'Withdraws a notice that was recorded wrongly: it meets no duty any more, and stays in view with the reason.' })
  withdrawVictimNotice(@Arg('input', () => WithdrawVictimNoticeInput) input: WithdrawVictimNoticeInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(withdrawVictimNotice, input, info);
  }
}
