import type { GraphQLResolveInfo } from 'graphql';
import { GraphQLDate } from 'graphql-scalars';
import { Arg, Ctx, FieldResolver, Info, Int, Query, Resolver } from 'type-graphql';
import type { Reader } from '../access/reader.ts';
import { planned } from '../database/lookahead.ts';
import { StatuteFilter } from './statute.filter.ts';
import { statutesFound } from './statute.store.ts';
import { Statute, StatuteConnection, StatuteVersion } from './statute.type.ts';

@Resolver(() => Statute)
export class StatuteResolver {
  @Query(() => StatuteConnection, { description: 'The offences on file, by citation. Each text says how sure it is and which counsel confirmed it.' })
  statutes(
    @Arg('filter', () => StatuteFilter, { nullable: true, description: 'Which.' }) _filter: StatuteFilter | null,
    @Arg('asOf', () => GraphQLDate, { nullable: true, description: 'With a text on file that is in force on this day, or one whose start is unknown; of what stood before the first text on file nothing is known here.' }) _asOf: Date | null,
    @Arg('first', () => Int, { nullable: true, description: '1 to 100; 20 unless told.' }) _first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'A cursor of this list.' }) _after: string | null,
    @Ctx('session') session: Reader,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return session.look(info, statutesFound);
  }

  @FieldResolver(() => [StatuteVersion], { description: 'Its texts, oldest first.' })
  versions(@Arg('asOf', () => GraphQLDate, { nullable: true, description: 'Only what is in force on this day; a text whose start is unknown is taken as in force.' }) _asOf: Date | null): object {
    return planned();
  }
}
