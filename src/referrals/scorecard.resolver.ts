import { GraphQLDate } from 'graphql-scalars';
import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { idOrNull } from '../kernel/ids.ts';
import type { Session } from '../trail/session.ts';
import { scorecardOf, scorecardRows } from './scorecard.store.ts';
import { AgencyScorecard } from './scorecard.type.ts';

@Resolver()
export class ScorecardResolver {
  @Query(() => AgencyScorecard, { description: 'How the referrals of an agency went, by unit and by the month in which they arrived: what was asked, answered, late and disputed.' })
  async agencyScorecard(
    @Arg('agency', () => ID, { nullable: true, description: 'The agency; yours unless told.' }) agency: string | null,
    @Arg('from', () => GraphQLDate, { description: 'The first day, in the time zone of the agency.' }) from: string,
    @Arg('to', () => GraphQLDate, { description: 'The last day; at most 36 months.' }) to: string,
    @Arg('unit', () => String, { nullable: true, description: 'One station or bureau, in its own words.' }) unit: string | null,
    @Ctx('session') session: Session,
  ): Promise<AgencyScorecard> {
    await session.spend('ANALYSIS');
    // What cannot be an id is nobody's, and finds nothing.
    const asked = scorecardOf(session.actor, { agency: agency == null ? null : (idOrNull(agency) ?? NOBODY), from, to, unit: unit ?? null });
    return { agencyId: agency ?? session.actor.agencyId ?? '', rows: scorecardRows(await session.ask(asked)) };
  }
}

const NOBODY = '00000000-0000-0000-0000-000000000000';
