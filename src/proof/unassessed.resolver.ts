import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Int, Query, Resolver } from 'type-graphql';
import type { Session } from '../trail/session.ts';
import { elementsUnassessed } from './unassessed.store.ts';
import { UnassessedElementConnection, UnassessedElementFilter } from './unassessed.type.ts';

@Resolver()
export class UnassessedResolver {
  @Query(() => UnassessedElementConnection, { description: 'The elements of live charges that nobody of your office has assessed, in all cases that you may see and that are not over; newest charge first. A charge that was declined or disposed of is not live.' })
  unassessedElements(
    @Arg('filter', () => UnassessedElementFilter, { nullable: true, description: 'Which; all, unless told.' }) _filter: UnassessedElementFilter | null,
    @Arg('first', () => Int, { nullable: true, description: '1 to 100; 20 unless told.' }) _first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'The cursor to go on behind.' }) _after: string | null,
    @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return session.look(info, elementsUnassessed);
  }
}
