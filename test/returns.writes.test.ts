import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../src/kernel/ids.ts';
import { withVenue } from './policies.world.ts';
import { SOON, standing, withItem } from './returns.world.ts';
import { seated, type Seat } from './seated.ts';
import { openWorld, type BuiltCase, type CastMember, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const REFUSED = '42501';
const from = (who: CastMember, work: Parameters<typeof seated<void>>[2]) => seated(world.database, { as: world.memberIds[who] }, work);
const owner = ((...asked: Parameters<World['database']['owner']>) => world.database.owner(...asked)) as World['database']['owner'];
/** A case that Dallas leads and of which Cook sees the SUMMARY; one that nobody leads and both see the REPORT of. */
async function cases(): Promise<Record<'led' | 'free', BuiltCase>> {
  const [led, free] = [await world.buildCase({ claimedBy: 'attorneyDallas' }), await world.buildCase()];
  for (const each of [led, free]) await withVenue(world, each, 'cook-il');
  return { led, free };
}

interface Item { readonly needs?: number; readonly agency?: string; readonly office?: string; readonly state?: string; readonly asked?: string; readonly since?: string; readonly referral?: string }
const asking = ({ id, referralId }: BuiltCase, set: Item = {}, itemId = newId()) => [
  `insert into comity.return_items (case_id, id, needs, referral_id, agency_id, office_id, category, description, due_on, state, state_since, asked_at, asked_in)
   values ($1::uuid, $2::uuid, ${set.needs ?? 2}, $3::uuid, coalesce($4::uuid, (select l.agency_id from comity.case_referrals l where l.case_id = $1::uuid)), coalesce($5::uuid, nullif(current_setting('comity.office', true), '')::uuid),
     'OTHER', 'x', '${SOON}', '${set.state ?? 'REQUESTED'}', ${set.since ?? 'statement_timestamp()'}, ${set.asked ?? 'clock_timestamp()'}, 'CLAIMED')`,
  [id, itemId, set.referral ?? referralId, set.agency ?? null, set.office ?? null]] as const;

interface Entry { readonly kind: string; readonly item?: string | null; readonly shown?: string; readonly reason?: string; readonly needs?: number; readonly by?: string; readonly at?: string; readonly agency?: string }
const saying = ({ id, referralId }: BuiltCase, { kind, item = null, shown = 'ITEMS', ...set }: Entry) => [
  `insert into comity.return_entries (case_id, id, needs, referral_id, agency_id, item_id, kind, reason, note, shown_by, by_id, at)
   values ($1::uuid, $2::uuid, ${set.needs ?? 2}, $3::uuid, coalesce($4::uuid, (select l.agency_id from comity.case_referrals l where l.case_id = $1::uuid)), $5::uuid, '${kind}', $6, 'x', '${shown}', ${set.by ?? 'comity.member()'}, ${set.at ?? 'clock_timestamp()'})`,
  [id, newId(), referralId, set.agency ?? null, item, set.reason ?? null]] as const;

const agencyOf = async (who: CastMember): Promise<string> => String((await owner`select agency_id from comity.members where id = ${world.memberIds[who]}`)[0]?.['agency_id']);
const settling = (itemId: string, state: string, more = '') => [`update comity.return_items set state = '${state}', state_since = statement_timestamp()${more} where id = $1::uuid`, [itemId]] as const;

describe('something that is asked by the application’s own hand', () => {
  test('is asked for its own office by who screens the case: the lead’s intake, heads and team, or while nobody leads the intake and heads of a candidate', async () => {
    const { led, free } = await cases();
    const expected: readonly [CastMember, BuiltCase, string][] = [
      ['intakeDallas', led, 'passed'], ['supervisorDallas', led, 'passed'], ['attorneyDallas', led, 'passed'], ['secondDallas', led, REFUSED], ['recordsDallas', led, REFUSED], ['investigatorDallas', led, REFUSED], ['attorneyCook', led, REFUSED], ['attorneyHennepin', led, REFUSED],
      ['intakeDallas', free, 'passed'], ['supervisorDallas', free, 'passed'], ['attorneyDallas', free, REFUSED], ['attorneyCook', free, REFUSED], ['recordsDallas', free, REFUSED], ['supervisorHennepin', free, REFUSED], ['chiefDallasPolice', free, REFUSED], ['administrator', free, REFUSED],
    ];
    for (const [who, built, end] of expected) await from(who, async ({ refusal }) => expect(await refusal(...asking(built)), `${who}, ${built === led ? 'led' : 'free'}`).toBe(end));
  });

  test('is of the agency of the referral, needs REPORT, is not answered yet, and not dated back', async () => {
    const { led, free } = await cases();
    const elsewhere = await world.buildCase();
    const wrong: Item[] = [
      { needs: 1 }, { needs: 514 }, { agency: await agencyOf('chiefChicagoPolice') }, { office: world.officeIds['cook-il'] }, { referral: elsewhere.referralId }, { state: 'RECEIVED' }, { state: 'OVERRULED' },
      { asked: `now() - interval '1 day'` }, { asked: `now() + interval '1 day'` }, { since: `now() - interval '1 day'` },
    ];
    for (const built of [led, free]) await from('supervisorDallas', async ({ refusal }) => {
      for (const set of wrong) expect(await refusal(...asking(built, set)), JSON.stringify(set)).toBe(REFUSED);
    });
    for (const state of ['REFUSED', 'WITHDRAWN']) {
      await standing(world, led, state);
      await from('supervisorDallas', async ({ refusal }) => expect(await refusal(...asking(led)), state).toBe(REFUSED));
    }
  });

  test('is settled by the lead, or until there is one by who asked; answered and disputed it is by nobody’s hand', async () => {
    const { led, free } = await cases();
    const [ours, theirs, disputed] = [await withItem(world, free), await withItem(world, free, { office: 'cook-il' }), await withItem(world, led, { state: 'DISPUTED' })];
    const foreign = await withItem(world, led, { office: 'cook-il' });
    await from('supervisorDallas', async ({ refusal }) => {
      for (const state of ['WAIVED', 'CANCELLED']) {
        for (const [item, end] of [[ours, 'passed'], [theirs, REFUSED], [foreign, 'passed'], [disputed, 'passed']] as const) expect(await refusal(...settling(item, state)), state).toBe(end);
      }
      for (const state of ['RECEIVED', 'DISPUTED', 'UPHELD', 'OVERRULED', 'REQUESTED']) expect(await refusal(...settling(ours, state)), state).toBe(REFUSED);
      for (const state of ['UPHELD', 'OVERRULED']) expect(await refusal(...settling(disputed, state)), state).toBe('passed');
      expect(await refusal(...settling(disputed, 'OVERRULED', `, due_on = '2999-12-31'`))).toBe('passed');
      for (const more of [`, due_on = '2999-12-31'`]) for (const state of ['UPHELD', 'WAIVED']) expect(await refusal(...settling(disputed, state, more)), state).toBe(REFUSED);
      expect(await refusal(`update comity.return_items set due_on = '2999-12-31' where id = $1::uuid`, [ours])).toBe(REFUSED);
      expect(await refusal(`update comity.return_items set state = 'WAIVED', state_since = now() - interval '1 day' where id = $1::uuid`, [ours])).toBe(REFUSED);
    });
    for (const who of ['secondDallas', 'recordsDallas'] as const) await from(who, async ({ refusal }) => expect(await refusal(...settling(disputed, 'WAIVED')), who).toBe(REFUSED));
    for (const who of ['attorneyCook', 'chiefDallasPolice', 'attorneyHennepin'] as const) await from(who, async ({ touched }) => expect(await touched(...settling(disputed, 'WAIVED')), who).toBe(0));
    for (const state of ['RECEIVED', 'WAIVED', 'CANCELLED', 'UPHELD']) {
      const over = await withItem(world, led, { state });
      await from('supervisorDallas', async ({ refusal }) => {
        for (const to of ['REQUESTED', 'WAIVED', 'CANCELLED', 'OVERRULED']) expect(await refusal(...settling(over, to)), `${state} to ${to}`).toBe(REFUSED);
      });
    }
  });
});

describe('what is said on the thread by the application’s own hand', () => {
  test('of an item is what has just become of it, in one’s own name, as of now', async () => {
    const { led } = await cases();
    const [item, long] = [await withItem(world, led), await withItem(world, led, { state: 'WAIVED' })];
    await from('supervisorDallas', async ({ refusal, rows }) => {
      const tried = (entry: Entry) => refusal(...saying(led, entry));
      expect(await tried({ kind: 'WAIVED', item }), 'before it is').toBe(REFUSED);
      await owner`update comity.return_items set state_since = now() - interval '1 day' where id = ${long}`;
      expect(await tried({ kind: 'WAIVED', item: long }), 'long after').toBe(REFUSED);
      await rows(...settling(item, 'WAIVED'));
      expect(await tried({ kind: 'WAIVED', item })).toBe('passed');
      for (const entry of [
        { kind: 'CANCELLED', item }, { kind: 'WAIVED', item: null }, { kind: 'WAIVED', item: newId() }, { kind: 'WAIVED', item, shown: 'STATUS' }, { kind: 'WAIVED', item, needs: 1 }, { kind: 'WAIVED', item, reason: 'OTHER' },
        { kind: 'WAIVED', item, by: `'${world.memberIds.electedDallas}'` }, { kind: 'WAIVED', item, at: `now() - interval '1 day'` }, { kind: 'WAIVED', item, agency: await agencyOf('chiefChicagoPolice') },
      ]) expect(await tried(entry), JSON.stringify(entry)).toBe(REFUSED);
    });
    const asked = newId();
    await from('supervisorDallas', async ({ refusal, rows }) => {
      await rows(...asking(led, {}, asked));
      expect(await refusal(...saying(led, { kind: 'REQUESTED', item: asked }))).toBe('passed');
    });
  });

  test('is never what the agency says, nor said by who does not screen the case', async () => {
    const { led } = await cases();
    const [answered, disputed] = [await withItem(world, led, { state: 'RECEIVED' }), await withItem(world, led, { state: 'DISPUTED' })];
    const theirs: Entry[] = [{ kind: 'RECEIVED', item: answered }, { kind: 'DISPUTED', item: disputed }, { kind: 'WITHDRAWN', shown: 'STATUS' }, { kind: 'WITHDRAWAL_REQUESTED', shown: 'STATUS' }];
    for (const who of ['supervisorDallas', 'attorneyDallas', 'chiefDallasPolice', 'machineDallasPolice', 'attorneyCook'] as const) await from(who, async ({ refusal }) => {
      for (const entry of theirs) expect(await refusal(...saying(led, entry)), `${who}: ${entry.kind}`).toBe(REFUSED);
    });
    const refusing: Entry = { kind: 'REFUSED', shown: 'REASON', reason: 'OTHER' };
    for (const who of ['secondDallas', 'recordsDallas', 'attorneyCook', 'attorneyHennepin', 'chiefDallasPolice'] as const) await from(who, async ({ refusal }) => expect(await refusal(...saying(led, refusing)), who).toBe(REFUSED));
  });

  test('of the referral as a whole is the lead’s, and shown as its kind is', async () => {
    const { led, free } = await cases();
    const right: Entry[] = [{ kind: 'REFUSED', shown: 'REASON', reason: 'OTHER' }, { kind: 'WITHDRAWAL_GRANTED', shown: 'STATUS' }, { kind: 'WITHDRAWAL_DENIED', shown: 'STATUS' }];
    await from('supervisorDallas', async ({ refusal }) => {
      for (const entry of right) {
        expect(await refusal(...saying(led, entry)), entry.kind).toBe('passed');
        expect(await refusal(...saying(free, entry)), `${entry.kind}, while nobody leads`).toBe(REFUSED);
        for (const shown of ['STATUS', 'ITEMS', 'OUTCOME', 'REASON'].filter((each) => each !== entry.shown)) expect(await refusal(...saying(led, { ...entry, shown })), `${entry.kind} by ${shown}`).toBe(REFUSED);
        expect(await refusal(...saying(led, { ...entry, needs: 1 })), entry.kind).toBe(REFUSED);
      }
      expect(await refusal(...saying(led, { kind: 'REFUSED', shown: 'REASON' })), 'without a ground').toBe(REFUSED);
    });
  });

  test('a request to withdraw is taken off the table by the lead, and put there by no office', async () => {
    const { led, free } = await cases();
    const answer = async ({ refusal }: Seat, { id }: BuiltCase, value: string) => refusal(`update comity.case_referrals set withdrawal_asked_at = ${value} where case_id = $1::uuid`, [id]);
    await from('supervisorDallas', async (seat) => {
      expect(await answer(seat, led, 'now()'), 'put there').toBe(REFUSED);
      expect(await answer(seat, led, 'null'), 'where there is none').toBe(REFUSED);
    });
    for (const each of [led, free]) await standing(world, each, 'ACCEPTED', true);
    await from('supervisorDallas', async (seat) => {
      expect(await answer(seat, led, 'null')).toBe('passed');
      expect(await answer(seat, led, 'now()'), 'renewed').toBe(REFUSED);
      expect(await answer(seat, free, 'null'), 'while nobody leads').toBe(REFUSED);
    });
    await from('recordsDallas', async (seat) => expect(await answer(seat, led, 'null')).toBe(REFUSED));
  });
});
