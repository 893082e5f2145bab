import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Int, Query, Resolver } from 'type-graphql';
import type { Reader } from '../access/reader.ts';
import { StatuteFilter } from './statute.filter.ts';
import { statutesFound } from './statute.store.ts';
import { StatuteConnection } from './statute.type.ts';

@Resolver()
export class StatuteResolver {
  @Query(() => StatuteConnection, { description: 'The offences on file, by citation. Each text says how sure it is and which counsel confirmed it.' })
  statutes(
    @Arg('filter', () => StatuteFilter, { nullable: true, description: 'Which.' }) _filter: StatuteFilter | null,
    @Arg('first', () => Int, { nullable: true, description: '1 to 100; 20 unless told.' }) _first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'A cursor of this list.' }) _after: string | null,
    @Ctx('session') session: Reader,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return session.look(info, statutesFound);
  }
}
