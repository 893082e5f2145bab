import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { nullableArrayText, statement } from '../database/statement.ts';
import { badInput } from '../kernel/errors.ts';
import type { Session } from '../trail/session.ts';
import { ReferralKeyInput, ReferralStatus } from './standing.type.ts';

const STANDINGS_OF = `select place, referral_id as "referralId", report_number as "reportNumber", state, to_json(state_since)#>>'{}' as since, open_items as "openItems", outcome
  from comity.referral_standings($1::text[], $2::text[])`;
/** Referrals that are asked about at once. */
const MOST = 100;

@Resolver()
export class StandingResolver {
  @Query(() => [ReferralStatus], { description: 'Where up to 100 referrals of your agency stand, in the order asked: for a records system that looks in now and then.' })
  async referralStatus(@Arg('keys', () => [ReferralKeyInput], { description: '1 to 100.' }) keys: ReferralKeyInput[], @Ctx('session') session: Session): Promise<object[]> {
    if (keys.length < 1 || keys.length > MOST) throw badInput('keys', 'Ask for 1 to 100 referrals at once.', 'Ask for the rest in further requests.');
    const empty = keys.findIndex(({ idempotencyKey, reportNumber }) => idempotencyKey == null && reportNumber == null);
    if (empty !== -1) throw badInput(`keys[${empty}]`, 'Nothing says which referral is meant.', 'Give the idempotency key, the report number, or both.');
    const texts = (of: (key: ReferralKeyInput) => string | null | undefined) => nullableArrayText(keys.map((key) => of(key) ?? null));
    const { rows } = await session.ask(statement(STANDINGS_OF, [texts(({ idempotencyKey }) => idempotencyKey), texts(({ reportNumber }) => reportNumber)]));
    const found = new Map(rows.map((row) => [row['place'], row]));
    return keys.map(({ idempotencyKey = null, reportNumber = null }, index) => ({
      standing: found.has(index + 1) ? 'KNOWN' : 'NOT_KNOWN', idempotencyKey, reportNumber, referralId: null, state: null, since: null, openItems: null, outcome: null, ...found.get(index + 1),
    }));
  }
}
