import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Int, Query, Resolver } from 'type-graphql';
import type { Session } from '../trail/session.ts';
import { waitingSeen } from './waiting.store.ts';
import { WaitingConnection, WaitingFilter } from './waiting.type.ts';

@Resolver()
export class WaitingResolver {
  @Query(() => WaitingConnection, { description: 'What waits for somebody’s answer in all cases that you may see, and for whose; longest waiting first.' })
  waiting(
    @Arg('filter', () => WaitingFilter, { nullable: true, description: 'What of it; all, unless told.' }) _filter: WaitingFilter | null,
    @Arg('first', () => Int, { nullable: true, description: '1 to 100; 20 unless told.' }) _first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The cursor to go on behind.' }) _after: string | null,
    @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return session.look(info, waitingSeen);
  }
}
