import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, ID, Info, Int, Query, Resolver } from 'type-graphql';
import { notFound } from '../kernel/errors.ts';
import { idOrNull } from '../kernel/ids.ts';
import { accessesOf } from './access.edges.ts';
import { AccessConnection, AccessFilter } from './access.type.ts';
import type { Session } from './session.ts';

@Resolver()
export class AccessResolver {
  @Query(() => AccessConnection, {
    description: 'Who was shown what is sensitive in a case, what for, and who was denied what, newest first: for the auditor, and for the heads of the office that leads it. '
      + 'One entry for each root field and case. A list or case that shows nothing is no denial: what is hidden is absent there.',
  })
  async accessLog(
    @Arg('caseId', () => ID, { nullable: true, description: 'One case; all cases, for the auditor, where it is left away.' }) caseId: string | null,
    @Arg('filter', () => AccessFilter, { nullable: true, description: 'Which.' }) _filter: AccessFilter | null,
    @Arg('first', () => Int, { nullable: true, description: '1 to 100; 20 unless told.' }) _first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'A cursor of this list.' }) _after: string | null,
    @Ctx('session') session: Session,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    if (caseId != null && idOrNull(caseId) === null) throw notFound();
    return session.lookApart(info, accessesOf);
  }
}
