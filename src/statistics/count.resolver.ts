import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import type { Session } from '../trail/session.ts';
import { caseCounts, countsOf, ENTER_ANALYST, LEAVE_ANALYST } from './count.store.ts';
import { CaseCounts, CaseCountsInput } from './count.type.ts';

@Resolver()
export class CountResolver {
  @Query(() => CaseCounts, { description: 'How many cases there are, across the jurisdictions that are counted. Small cells are withheld, with as many more as would reveal them.' })
  async caseCounts(@Arg('input', () => CaseCountsInput) input: CaseCountsInput, @Ctx('session') session: Session): Promise<CaseCounts> {
    await session.spend('ANALYSIS');
    return countsOf(await session.askWithin({ enter: ENTER_ANALYST, leave: LEAVE_ANALYST }, caseCounts(input)));
  }
}
