import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../src/kernel/ids.ts';
import { withDemand, withEvent, type Placed } from './demands.world.ts';
import { joined } from './explain.world.ts';
import { seated } from './seated.ts';
import { openWorld, type BuiltCase, type CastMember, type World } from './world.ts';

let world: World;
let built: BuiltCase;
let demands: Record<'draft' | 'served' | 'answered', Placed>;
let event: string;
beforeAll(async () => {
  world = await openWorld();
  built = await world.buildCase({ claimedBy: 'attorneyDallas' });
  await joined(world, built, 'hennepin-mn', ['SUMMARY', 'PROCEEDINGS']);
  demands = { draft: await withDemand(world, built, { state: 'DRAFT' }), served: await withDemand(world, built), answered: await withDemand(world, built, { state: 'PARTIAL' }) };
  event = await withEvent(world, built);
});
afterAll(() => world.close());

const OFFICE = `nullif(current_setting('comity.office', true), '')::uuid`;
const drafts = (more: { by?: string; office?: string; state?: string; needs?: number } = {}) => `insert into comity.external_demands (case_id, id, needs, office_id, regime, component, purpose, state, drafted_by, drafted_at, served_on, service_method, proof_of_service, confirmed)
  values ('${built.id}', '${newId()}', ${more.needs ?? 64}, ${more.office ?? OFFICE}, 'DOJ_TOUHY', 'x', 'x', '${more.state ?? 'DRAFT'}', ${more.by ?? 'comity.member()'}, now()${more.state === undefined ? ', null, null, null, null' : `, '2026-03-20', 'MAIL', 'x', '{}'`})`;
const items = (placed: () => Placed, more = '') => `insert into comity.demand_items (case_id, id, needs, demand_id, position, category, description, relevance, state${more === '' ? '' : ', answered_on'})
  values ('${built.id}', '${newId()}', 64, '${placed().id}', 2, 'OTHER', 'x', 'x', ${more === '' ? `'ASKED'` : more})`;
const gives = (day: string, by = 'comity.member()') => `insert into comity.demand_extensions (case_id, id, needs, demand_id, respond_by, reason, extended_by, extended_at) values ('${built.id}', '${newId()}', 64, '${demands.served.id}', '${day}', 'x', ${by}, now())`;
const keeps = ({ by = 'comity.member()', of = demands.answered, answer = 'PARTIAL', day = '2026-04-01', needs = 64 } = {}) => `insert into comity.demand_entries (case_id, id, needs, demand_id, item_id, kind, day, answer, recorded_by, recorded_at) values ('${built.id}', '${newId()}', ${needs}, '${of.id}', '${of.itemId}', 'ANSWERED', '${day}', '${answer}', ${by}, now())`;
const decides = (kind: string) => `insert into comity.demand_entries (case_id, id, needs, demand_id, kind, day, recorded_by, recorded_at) values ('${built.id}', '${newId()}', 64, '${demands.answered.id}', '${kind}', '2026-05-01', comity.member(), now())`;
const records = (by = 'comity.member()', needs = 64) => `insert into comity.cooperation_events (case_id, id, needs, kind, happened_at, by_agency, note, recorded_by, recorded_at) values ('${built.id}', '${newId()}', ${needs}, 'WARRANT_IGNORED', now(), 'x', 'x', ${by}, now())`;

const LEADS = ['attorneyDallas', 'supervisorDallas', 'investigatorDallas'] as const satisfies readonly CastMember[];
const OTHERS = ['supervisorHennepin', 'attorneyCook', 'intakeDallas', 'chiefDallasPolice'] as const satisfies readonly CastMember[];

describe('by the tables alone, with no act before them,', () => {
  test.each([
    ['a draft in one’s own name', () => drafts(), true], ['a draft in another’s', () => drafts({ by: `'${world.memberIds.electedDallas}'` }), false], ['a draft for another office', () => drafts({ office: `'${world.officeIds['cook-il']}'` }), false],
    ['a demand that is served already', () => drafts({ state: 'SERVED' }), false], ['a demand that a reader of less would see', () => drafts({ needs: 1 }), false],
    ['a draft’s words', () => `update comity.external_demands set purpose = 'y' where id = '${demands.draft.id}'`, true], ['a served demand’s words', () => `update comity.external_demands set purpose = 'y' where id = '${demands.served.id}'`, false],
    ['another day of service', () => `update comity.external_demands set served_on = '2026-03-21' where id = '${demands.served.id}'`, false], ['another day to answer', () => `update comity.external_demands set respond_by = '2026-05-01' where id = '${demands.served.id}'`, true],
    ['something more in a draft', () => items(() => demands.draft), true], ['something more in a served demand', () => items(() => demands.served), false], ['something answered in a draft', () => items(() => demands.draft, `'PRODUCED', '2026-04-01'`), false],
    ['a draft’s item taken out', () => `delete from comity.demand_items where demand_id = '${demands.draft.id}'`, true], ['a served demand’s item taken out', () => `delete from comity.demand_items where demand_id = '${demands.served.id}'`, false],
    ['an answer to a served demand', () => `update comity.demand_items set state = 'PRODUCED', answered_on = '2026-04-01' where demand_id = '${demands.served.id}'`, true],
    ['an answer to a draft', () => `update comity.demand_items set state = 'PRODUCED', answered_on = '2026-04-01' where demand_id = '${demands.draft.id}'`, false],
    ['the day that it has', () => gives('2026-04-20'), true], ['a day that it has not', () => gives('2026-05-20'), false], ['a day given by another', () => gives('2026-04-20', `'${world.memberIds.electedDallas}'`), false],
    ['an answer that was given, as it was', () => keeps(), true], ['an answer in another’s name', () => keeps({ by: `'${world.memberIds.electedDallas}'` }), false], ['an answer that was not given', () => keeps({ answer: 'WITHHELD' }), false], ['an answer of another day', () => keeps({ day: '2026-04-02' }), false],
    ['an answer to what is not answered', () => keeps({ of: demands.served }), false], ['an answer that a reader of less would see', () => keeps({ needs: 1 }), false], ['a suit that was not filed', () => decides('SUIT_FILED'), false], ['a word of a court that did not speak', () => decides('SUIT_DECIDED'), false],
    ['a refusal in one’s own name', () => records(), true], ['a refusal in another’s', () => records(`'${world.memberIds.electedDallas}'`), false], ['a refusal that a reader of less would see', () => records('comity.member()', 1), false],
    ['a withdrawal', () => `update comity.cooperation_events set withdrawn_by = comity.member(), withdrawn_at = now(), withdrawn_because = 'x' where id = '${event}'`, true],
    ['a withdrawal by another', () => `update comity.cooperation_events set withdrawn_by = '${world.memberIds.electedDallas}', withdrawn_at = now(), withdrawn_because = 'x' where id = '${event}'`, false],
  ])('%s: by the lead’s own alone, and only so', async (_, write, passes) => {
    for (const who of [...LEADS, ...OTHERS]) {
      await seated(world.database, { as: world.memberIds[who] }, async ({ refusal, touched }) => {
        const refused = await refusal(write());
        const isLead = (LEADS as readonly CastMember[]).includes(who);
        if (isLead) expect(refused, who).toBe(passes ? 'passed' : '42501');
        // Who does not see the row changes none; who does, or adds one, is refused.
        else if (refused === 'passed') expect(await touched(write()), who).toBe(0);
        else expect(refused, who).toBe('42501');
        if (isLead && passes) expect(await touched(write()), who).toBe(1);
      });
    }
    const [kept] = await world.database.owner`select (select count(*)::integer from comity.external_demands) as demands, (select count(*)::integer from comity.demand_items) as items, (select count(*)::integer from comity.demand_entries) as entries, (select count(*)::integer from comity.cooperation_events) as events`;
    expect(kept, 'nothing stays').toEqual({ demands: 3, items: 3, entries: 0, events: 1 });
  });

  test('what is withdrawn stays so, and what is over stays over', async () => {
    await world.database.owner`update comity.cooperation_events set withdrawn_by = recorded_by, withdrawn_at = now(), withdrawn_because = 'x' where id = ${event}`;
    const lifted = await withDemand(world, built, { regime: 'PRESERVATION_LETTER' });
    await world.database.owner`update comity.external_demands set lifted_on = '2026-05-01', lifted_because = 'x' where id = ${lifted.id}`;
    await seated(world.database, { as: world.memberIds.attorneyDallas }, async ({ refusal }) => {
      expect(await refusal(`update comity.cooperation_events set withdrawn_by = null, withdrawn_at = null, withdrawn_because = null where id = '${event}'`)).toBe('42501');
      expect(await refusal(`update comity.external_demands set lifted_on = null, lifted_because = null where id = '${lifted.id}'`)).toBe('42501');
    });
  });
});
