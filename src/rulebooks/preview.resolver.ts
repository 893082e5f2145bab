import { eq } from 'drizzle-orm';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, ID, Info, Query, Resolver, Root } from 'type-graphql';
import { cases } from '../cases/case.table.ts';
import { Case } from '../cases/case.type.ts';
import { Jurisdiction, Member } from '../coalition/coalition.type.ts';
import { jurisdictions } from '../coalition/jurisdiction.table.ts';
import { members } from '../coalition/member.table.ts';
import { each } from '../database/shape.ts';
import { notFound } from '../kernel/errors.ts';
import { idOrNull } from '../kernel/ids.ts';
import type { Session } from '../trail/session.ts';
import { PATIENTLY, previewed, previewOf } from './preview.store.ts';
import { PreviewedChange, PreviewedTest, RuleBookPreview } from './preview.type.ts';

@Resolver()
export class PreviewResolver {
  @Query(() => RuleBookPreview, {
    description: 'What would become visible or hidden, and to whom, if a rule book of your own office were adopted now: a draft, one that is proposed, or the one in force. Ten times a minute.',
  })
  async previewRuleBook(@Arg('ruleBookId', () => ID, { description: 'The book.' }) ruleBookId: string, @Ctx('session') session: Session): Promise<RuleBookPreview> {
    const id = idOrNull(ruleBookId);
    if (id === null) throw notFound();
    await session.spend('ANALYSIS');
    return previewOf(await session.askAs(PATIENTLY, previewed(id)));
  }
}

@Resolver(() => PreviewedChange)
export class PreviewedChangeResolver {
  @FieldResolver(() => Jurisdiction, { description: 'The office that would see more, or less.' })
  office(@Root() { officeId }: PreviewedChange, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo): Promise<unknown> {
    return session.load(info, (ids) => each('Jurisdiction', jurisdictions, ids, (office, id) => eq(office.id, id)), officeId);
  }

  @FieldResolver(() => [Case], { description: 'Up to five of the cases of which it would come to see the facet, newest first.' })
  samplesVisible(@Root() { visibleIds }: PreviewedChange, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo): Promise<unknown[]> {
    return samples(session, info, visibleIds);
  }

  @FieldResolver(() => [Case], { description: 'Up to five of the cases of which it would see the facet no longer, newest first.' })
  samplesHidden(@Root() { hiddenIds }: PreviewedChange, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo): Promise<unknown[]> {
    return samples(session, info, hiddenIds);
  }
}

@Resolver(() => PreviewedTest)
export class PreviewedTestResolver {
  @FieldResolver(() => Member, { description: 'Whose sight it asks about.' })
  member(@Root() { memberId }: PreviewedTest, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo): Promise<unknown> {
    return session.load(info, (ids) => each('Member', members, ids, (member, id) => eq(member.id, id)), memberId);
  }
}

/** Cases as the caller sees them; one that closed to the caller meanwhile is left out. */
async function samples(session: Session, info: GraphQLResolveInfo, caseIds: readonly string[]): Promise<unknown[]> {
  const loaded = await Promise.all(caseIds.map((caseId) => session.load(info, (ids) => each('Case', cases, ids, (subject, id) => eq(subject.id, id)), caseId)));
  return loaded.filter((subject) => subject !== null);
}
