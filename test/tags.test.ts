import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../src/kernel/ids.ts';
import { withVenue } from './policies.world.ts';
import { openWorld, type BuiltCase, type CastMember, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(() => world.database.owner`update comity.rule_books set state = 'SUPERSEDED' where state = 'IN_FORCE'`);

const TAG = 'mutation ($input: TagCaseInput!) { tagCase(input: $input) { case { tags events(first: 10) { nodes { act body } } } } }';
const CHARGE = 'mutation ($input: ProposeChargeInput!) { proposeCharge(input: $input) { charge { id } case { level } } }';
const WITHDRAW = 'mutation ($input: WithdrawChargeInput!) { withdrawCharge(input: $input) { case { level } } }';
const FIND = 'query ($id: ID) { case(id: $id) { number tags level report { narrative } } }';

const tag = async (who: CastMember, built: BuiltCase, input: object) => (await world.as(who).get(TAG, { input: { caseId: built.id, ...input } }))['tagCase'].case;
const refusal = async (who: CastMember, caseId: string, input: object) => {
  const { errors } = await world.as(who).ask(TAG, { input: { caseId, ...input } });
  return { message: errors?.[0]?.message, ...errors?.[0]?.extensions };
};
const read = async (who: CastMember, { id }: BuiltCase) => (await world.as(who).get(FIND, { id }))['case'];
const claimed = (referral: object = {}) => world.buildCase({ claimedBy: 'attorneyDallas', referral: { ...referral } });

/** Puts a rule into force that opens SUMMARY and REPORT of some of Dallas's cases to Hennepin. */
async function rule(when: { tags?: string[]; levels?: string[] }, facets = 3): Promise<void> {
  const { owner } = world.database;
  const id = newId();
  const [version] = await owner`select count(*)::int + 500 as n from comity.rule_books`;
  await owner`insert into comity.rule_books (id, jurisdiction_id, version, state, title, drafted_at, adopted_at) values (${id}, ${world.officeIds['dallas-tx']}, ${version?.['n']}, 'IN_FORCE', 'Test', now(), now())`;
  await owner`insert into comity.sharing_rules (book_id, position, audience_id, facets, tags, levels, basis)
    values (${id}, 0, ${world.officeIds['hennepin-mn']}, ${facets}, ${when.tags ?? []}, ${when.levels ?? []}, 'An agreement.')`;
}

describe('tags', () => {
  test('are given and taken by the lead, each once, and the history says which', async () => {
    const built = await claimed();
    expect((await read('attorneyDallas', built)).tags).toEqual([]);
    const first = await tag('attorneyDallas', built, { add: ['PRESS', 'FATALITY', 'PRESS'] });
    expect(first.tags).toEqual(['FATALITY', 'PRESS']);
    expect(first.events.nodes[0]).toEqual({ act: 'TAGGED', body: { added: 'FATALITY PRESS', removed: '' } });
    const second = await tag('intakeDallas', built, { add: ['PRESS', 'ENTRY'], remove: ['FATALITY', 'FIREARM'] });
    expect(second.tags).toEqual(['ENTRY', 'PRESS']);
    expect(second.events.nodes[0]).toEqual({ act: 'TAGGED', body: { added: 'ENTRY', removed: 'FATALITY' } });
    // What changes nothing leaves no trace.
    const third = await tag('supervisorDallas', built, { add: ['ENTRY'], remove: ['FATALITY'] });
    expect(third.events.nodes).toHaveLength(second.events.nodes.length);
  });

  test('are the lead’s to give, of the closed list, and say something', async () => {
    const built = await claimed();
    await withVenue(world, built, 'hennepin-mn');
    expect(await refusal('secondDallas', built.id, { add: ['PRESS'] })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await refusal('supervisorHennepin', built.id, { add: ['PRESS'] })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await refusal('attorneyCook', built.id, { add: ['PRESS'] })).toEqual(await refusal('attorneyCook', newId(), { add: ['PRESS'] }));
    expect(await refusal('attorneyDallas', built.id, {})).toMatchObject({ code: 'BAD_USER_INPUT', field: 'add' });
    expect(await refusal('attorneyDallas', built.id, { add: [], remove: [] })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'add' });
    expect(await refusal('attorneyDallas', built.id, { add: ['PRESS'], remove: ['PRESS'] })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'remove' });
    expect(await refusal('attorneyDallas', built.id, { add: ['INVENTED'] })).toMatchObject({ code: 'BAD_USER_INPUT' });
    await world.database.owner`update comity.cases set stage = 'CLOSED' where id = ${built.id}`;
    expect(await refusal('attorneyDallas', built.id, { add: ['PRESS'] })).toMatchObject({ code: 'CONFLICT', stage: 'CLOSED' });
    const unclaimed = await world.buildCase();
    expect(await refusal('supervisorDallas', unclaimed.id, { add: ['PRESS'] })).toMatchObject({ code: 'FORBIDDEN' });
  });

  test('are not there for a reader without the report', async () => {
    const built = await claimed();
    await tag('attorneyDallas', built, { add: ['PRESS'] });
    await withVenue(world, built, 'hennepin-mn');
    expect(await read('attorneyHennepin', built)).toEqual({ number: built.number, tags: [], level: null, report: null });
  });

  test('open and close what a rule book makes depend on them, at once', async () => {
    await rule({ tags: ['PRESS'] });
    const built = await claimed();
    expect(await read('attorneyHennepin', built)).toBeNull();
    await tag('attorneyDallas', built, { add: ['PRESS'] });
    expect(await read('attorneyHennepin', built)).toMatchObject({ tags: ['PRESS'], report: {} });
    await tag('attorneyDallas', built, { remove: ['PRESS'] });
    expect(await read('attorneyHennepin', built)).toBeNull();
  });

  test('given by several at once are all given', async () => {
    const built = await claimed();
    const all = ['PRESS', 'ENTRY', 'FIREARM', 'DETENTION'];
    await Promise.all(all.map((each) => tag('supervisorDallas', built, { add: [each, 'FATALITY'] })));
    expect((await read('supervisorDallas', built)).tags).toEqual([...all, 'FATALITY'].sort());
    const [events] = await world.database.owner`select count(*)::int as n from comity.trail_events where case_id = ${built.id} and act = 'TAGGED'`;
    expect(events?.['n']).toBe(4);
  });
});

describe('the level', () => {
  const statute = async (level: string): Promise<string> => {
    const [found] = await world.database.owner`select v.statute_id as id from comity.statutes s join comity.statute_versions v on v.statute_id = s.id
      where s.state = 'TX' and v.level = ${level} and (v.valid_from is null or v.valid_from <= '2026-03-14') and v.valid_to is null order by s.citation limit 1`;
    if (!found) throw new Error(`no ${level} of Texas on file`);
    return String(found['id']);
  };
  const charge = async (built: BuiltCase, level: string) =>
    (await world.as('attorneyDallas').get(CHARGE, { input: { caseId: built.id, personId: built.personIds[0], statuteId: await statute(level), counts: 1 } }))['proposeCharge'];

  test('is as alleged until something is charged, then the highest of what is charged', async () => {
    const built = await claimed({ allegedLevel: 'FELONY' });
    expect((await read('attorneyDallas', built)).level).toBe('FELONY');
    const misdemeanor = await charge(built, 'MISDEMEANOR');
    expect(misdemeanor.case.level).toBe('MISDEMEANOR');
    const felony = await charge(built, 'FELONY');
    expect(felony.case.level).toBe('FELONY');
    const { withdrawCharge } = await world.as('attorneyDallas').get(WITHDRAW, { input: { caseId: built.id, chargeId: felony.charge.id } });
    expect(withdrawCharge.case.level).toBe('MISDEMEANOR');
    // Who reads the report and no charge goes by the report.
    expect((await read('intakeDallas', built)).level).toBe('FELONY');
    expect((await read('supervisorDallas', built)).level).toBe('MISDEMEANOR');
  });

  test('opens and closes what a rule book makes depend on it, with the charge that changes it', async () => {
    await rule({ levels: ['FELONY'] });
    const built = await claimed({ allegedLevel: 'MISDEMEANOR' });
    expect(await read('attorneyHennepin', built)).toBeNull();
    const felony = await charge(built, 'FELONY');
    expect(await read('attorneyHennepin', built)).toMatchObject({ number: built.number, level: 'MISDEMEANOR' });
    await world.as('attorneyDallas').get(WITHDRAW, { input: { caseId: built.id, chargeId: felony.charge.id } });
    expect(await read('attorneyHennepin', built)).toBeNull();
  });
});
