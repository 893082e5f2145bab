import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FACETS } from '../src/access/facets.ts';
import { feedAddresses } from '../src/clocks/feed.address.ts';
import { calendarOf } from '../src/clocks/feed.calendar.ts';
import { configFrom, ConfigRefused } from '../src/config.ts';
import { newId } from '../src/kernel/ids.ts';
import { calendarIn, CREATE, FEEDS, feedOf, REVOKE, type Calendar } from './calendar.world.ts';
import { chargedUnder, clockwork } from './case-clocks.world.ts';
import { incidentIn } from './policies.world.ts';
import { seated } from './seated.ts';
import { openWorld, type BuiltCase, type CastMember, type World } from './world.ts';

const KEY = 'a key of this test, and of nothing else';
let world: World;
const statements: string[] = [];
/** Led by Dallas, with two clocks that run on: a limitation, and an item that police owe. */
let subject: BuiltCase;
beforeAll(async () => {
  world = await openWorld({ feedKey: KEY, observe: ({ kind, text }) => { if (kind === 'statement') statements.push(text); } });
  subject = await tracked();
});
afterAll(() => world.close());

const ASSAULT = 'Tex. Penal Code 22.01';
async function tracked(claimedBy: CastMember = 'attorneyDallas'): Promise<BuiltCase> {
  const built = await world.buildCase({ claimedBy });
  await chargedUnder(world, claimedBy, built, ASSAULT);
  await world.as(claimedBy).get('mutation ($input: ReturnReferralInput!) { returnReferral(input: $input) { case { id } } }', {
    input: { caseId: built.id, items: [{ category: 'RECORDING', description: 'The clip of Wit Nessler.', dueOn: '2999-06-01' }] },
  });
  return built;
}

const asked = (url: string, headers: Readonly<Record<string, string>> = {}) => fetch(url, { headers });
/** The calendar at an address; throws where it is not given. */
async function calendarAt(url: string): Promise<Calendar> {
  const response = await asked(url);
  if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
  return calendarIn(await response.text());
}
const summaries = async (url: string) => (await calendarAt(url)).events.map((event) => event['SUMMARY']);
const numbersAt = async (url: string) => [...new Set((await summaries(url)).map((summary) => summary?.split(': ')[1]))];
/** What is answered in the place of a calendar: status and bytes. */
const refusalAt = async (url: string) => {
  const response = await asked(url);
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
};
const ABSENT = { status: 404, type: 'application/json; charset=utf-8', text: '{"errors":[{"message":"There is no such thing here.","extensions":{"code":"NOT_FOUND"}}]}' };
/** The rate of what is not answered is one of few a second. */
const breathe = () => new Promise((resolve) => { setTimeout(resolve, 1_100); });

describe('a calendar', () => {
  test('holds for each clock that runs a whole day, the one to plan on, and the due day, rule and citation in its text', async () => {
    const { url } = await feedOf(world, 'attorneyDallas');
    const response = await asked(url);
    expect([response.status, response.headers.get('content-type'), response.headers.get('cache-control')]).toEqual([200, 'text/calendar; charset=utf-8', 'private, no-store']);
    const { lines, events } = calendarIn(await response.text());
    expect(lines).toMatchObject({ VERSION: '2.0', PRODID: expect.stringContaining('Comity'), 'X-PUBLISHED-TTL': 'PT1H' });
    const own = events.filter((event) => event['SUMMARY']?.endsWith(subject.number));
    const found = (await clockwork(world).ofCase('attorneyDallas', subject)).filter(({ state }) => state === 'RUNNING');
    expect(found.map(({ kind }) => kind).sort()).toEqual(['LIMITATION', 'RETURN_ITEM']);
    expect(own).toHaveLength(2);
    const [limitation, item] = own;
    expect(limitation).toMatchObject({
      SUMMARY: `Limitation: ${subject.number}`, 'DTSTART;VALUE=DATE': '20280313', TRANSP: 'TRANSPARENT',
      DESCRIPTION: `Due on 2028-03-14. This is the day to plan on.\nRule: limitation of ${ASSAULT}.\nSource: ${found[0]?.['rule'].citation}.\nNo attorney has confirmed the text of law that it rests on.`,
    });
    expect(limitation?.['DTSTAMP']).toBe(`${String(found[0]?.['computedAt']).slice(0, 19).replace(/[-:]/g, '')}Z`);
    expect(limitation?.['LAST-MODIFIED']).toBe(limitation?.['DTSTAMP']);
    expect(item).toMatchObject({ SUMMARY: `Item owed by an agency: ${subject.number}`, 'DTSTART;VALUE=DATE': '29990531', DESCRIPTION: expect.stringContaining('Due on 2999-06-01.') });
    expect(new Set(events.map((event) => event['UID'])).size).toBe(events.length);
  });

  test('names nobody, tells nothing that happened, and holds no id of the database', async () => {
    const { url } = await feedOf(world, 'supervisorDallas');
    const text = (await (await asked(url)).text()).replace(/\r\n[ \t]/g, '');
    expect(text).toContain(subject.number);
    const { owner } = world.database;
    const names = [...(await owner`select distinct name from comity.persons where name is not null`), ...(await owner`select name from comity.members`)].map(({ name }) => String(name));
    expect(names).toEqual(expect.arrayContaining(['Vic Timson', 'Wit Nessler', 'Ada Attwell']));
    for (const part of names.flatMap((name) => [name, ...name.split(' ')]).filter((word) => word.length > 2)) expect(text.toLowerCase(), part).not.toMatch(new RegExp(`\\b${part.toLowerCase()}\\b`));
    for (const word of ['bystander', 'clip', 'Assault', 'Example Street']) expect(text).not.toMatch(new RegExp(word, 'i'));
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}/);
  });

  test('keeps an event its name when its clock is computed anew', async () => {
    const built = await tracked();
    const { url } = await feedOf(world, 'attorneyDallas');
    const eventOf = async () => (await calendarAt(url)).events.find((event) => event['SUMMARY'] === `Limitation: ${built.number}`);
    const before = await eventOf();
    await clockwork(world).tell('attorneyDallas', 'recordClockFact', { caseId: built.id, kind: 'EXCLUSION', aboutId: built.personIds[0], ground: 'PROSECUTION_PENDING', from: '2026-04-01', source: 'A docket.' });
    expect((await clockwork(world).ofCase('attorneyDallas', built, true)).filter(({ kind, supersededAt }) => kind === 'LIMITATION' && supersededAt !== null)).toHaveLength(1);
    expect((await eventOf())?.['UID']).toBe(before?.['UID']);
  });

  test('is of the kinds, and of the own cases, that were asked for', async () => {
    const other = await tracked('secondDallas');
    expect((await summaries((await feedOf(world, 'attorneyDallas', { kinds: ['RETURN_ITEM'] })).url)).every((summary) => summary?.startsWith('Item owed'))).toBe(true);
    const mine = await numbersAt((await feedOf(world, 'attorneyDallas', { onlyMine: true })).url);
    expect(mine).toContain(subject.number);
    expect(mine).not.toContain(other.number);
    expect(await numbersAt((await feedOf(world, 'attorneyDallas')).url)).toEqual(expect.arrayContaining([subject.number, other.number]));
    const { feed } = await feedOf(world, 'attorneyDallas', { kinds: ['LIMITATION', 'LIMITATION'], onlyMine: true, lifetimeDays: 10 });
    expect(feed).toMatchObject({ member: { name: 'Ada Attwell' }, kinds: ['LIMITATION'], onlyMine: true, revokedAt: null, lastReadAt: null });
    expect(Math.round((Date.parse(feed['until']) - Date.parse(feed['createdAt'])) / 86_400_000)).toBe(10);
  });

  test('is the same bytes while nothing changes, which a program that has them is not sent again', async () => {
    const { url } = await feedOf(world, 'attorneyDallas');
    const [first, second] = [await asked(url), await asked(url)];
    const tag = String(first.headers.get('etag'));
    expect(tag).toMatch(/^"[\w-]{43}"$/);
    expect(await second.text()).toBe(await first.text());
    const again = await asked(url, { 'if-none-match': tag });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', tag]);
    expect((await asked(url, { 'if-none-match': '"another"' })).status).toBe(200);
    const built = await tracked();
    const changed = await asked(url, { 'if-none-match': tag });
    expect([changed.status, (await changed.text()).includes(built.number)]).toEqual([200, true]);
  });

  test('is read in one statement, once it is known with whose eyes', async () => {
    const { url } = await feedOf(world, 'attorneyDallas');
    await asked(url);
    statements.length = 0;
    await asked(url);
    expect(statements.map((text) => /^begin|^commit|feed_reader|set_config|calendar_feeds/.exec(text)?.[0])).toEqual(['feed_reader', 'begin', 'set_config', 'calendar_feeds', 'commit']);
  });

  test('holds the next thousand and no more', async () => {
    const built = await world.buildCase({ claimedBy: 'electedDallas' });
    await world.database.owner`insert into comity.clocks (case_id, id, needs, kind, about_id, aspect, time_zone, due_on, safe_on, tolling, trace, warnings, rule, digest, computed_at)
      select ${built.id}, gen_random_uuid(), 32, 'CAMERA_RETENTION', ${built.recordingIds[0] ?? null}, n::text, 'America/Chicago', '2100-01-01'::date + n, '2100-01-01'::date + n - 1, '[]', '[]', '{}',
        '{"name": "a rule", "version": "x", "citation": null, "confidence": "HIGH"}', 'x', now() from generate_series(1, 1100) n`;
    const { events } = await calendarAt((await feedOf(world, 'electedDallas', { onlyMine: true })).url);
    await world.database.owner`delete from comity.clocks where case_id = ${built.id}`;
    expect(events).toHaveLength(1000);
    expect(events.at(-1)?.['DTSTART;VALUE=DATE']).toBe('21020927');
  });
});

test('a calendar is folded to lines of 75 bytes, whatever its texts hold, and reads back as it was', () => {
  const name = `limitation of § 9, ${'₤öß—👩‍⚖️;'.repeat(20)}\\ “quoted”, $& and $1`;
  const deadline = { kind: 'LIMITATION', caseId: newId(), aboutId: newId(), aspect: '', number: 'DAL-2026-000001', dueOn: '2028-03-14', safeOn: null, rule: { name, citation: null }, isUnattested: false, computedAt: '2026-03-14T01:02:03.456+00:00' } as const;
  const { events } = calendarIn(calendarOf([deadline, { ...deadline, kind: 'REMOVAL_WINDOW', safeOn: '2028-03-13' }]));
  expect(events.map((event) => [event['DTSTART;VALUE=DATE'], event['DESCRIPTION'], event['DTSTAMP']])).toEqual([
    ['20280314', `Due on 2028-03-14.\nRule: ${name}.`, '20260314T010203Z'], ['20280313', `Due on 2028-03-14. This is the day to plan on.\nRule: ${name}.`, '20260314T010203Z'],
  ]);
  expect(events[0]?.['UID']).not.toBe(events[1]?.['UID']);
  expect(calendarIn(calendarOf([])).events).toEqual([]);
});

describe('an address', () => {
  test('is told once and kept nowhere, and that it was read is', async () => {
    const { url, id } = await feedOf(world, 'attorneyDallas');
    const signature = String(new URL(url).searchParams.get('signature'));
    const rows = JSON.stringify(await world.database.owner`select row_to_json(f)::text as row from comity.calendar_feeds f`);
    expect(rows).toContain(id);
    expect(rows).not.toContain(signature);
    const feedIn = async () => (await world.as('attorneyDallas').get(FEEDS, { first: 100 }))['calendarFeeds'].nodes.find((feed: { id: string }) => feed.id === id);
    expect((await feedIn()).lastReadAt).toBeNull();
    await asked(url);
    expect(Math.abs(Date.parse((await feedIn()).lastReadAt) - Date.now())).toBeLessThan(60_000);
  });

  test('that is not exactly ours is absent, and the database is asked nothing', async () => {
    const [{ url }, other] = [await feedOf(world, 'attorneyDallas'), await feedOf(world, 'attorneyDallas')];
    const address = new URL(url);
    const [until, signature] = [String(address.searchParams.get('until')), String(address.searchParams.get('signature'))];
    const written = (file: string, query: string) => `${world.server.url}/calendar/${file}${query}`;
    const id = /([^/]+)\.ics/.exec(url)?.[1] ?? '';
    const turned = (text: string, at: number) => `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
    const theirs = { ...feedAddresses('another key, as long as it has to be', () => world.server.url) }.addressOf(id, until);
    const amiss = [
      written(`${id}.ics`, `?until=${until}&signature=${turned(signature, 0)}`), written(`${id}.ics`, `?until=${until}&signature=${turned(signature, signature.length - 1)}`),
      written(`${id}.ics`, `?until=${Number(until) + 86_400}&signature=${signature}`), written(`${id}.ics`, `?until=0${until}&signature=${signature}`), written(`${id}.ics`, `?until=${until}`), written(`${id}.ics`, ''),
      written(`${id}.ics`, `?until=${until}&until=${until}&signature=${signature}`), written(`${id}.ics`, `?until=${until}&signature[]=${signature}`), written(`${id}.ics`, `?until=${until}&signature=${signature}=`),
      written(`${other.id}.ics`, `?until=${until}&signature=${signature}`), written(`${newId()}.ics`, `?until=${until}&signature=${signature}`), written(`${id.toUpperCase()}.ics`, `?until=${until}&signature=${signature}`),
      written(id, `?until=${until}&signature=${signature}`), written('%00.ics', `?until=${until}&signature=${signature}`), theirs,
    ];
    for (const [at, each] of amiss.entries()) {
      if (at % 4 === 0) await breathe();
      statements.length = 0;
      expect(await refusalAt(each), each).toEqual(ABSENT);
      expect(statements, each).toEqual([]);
    }
    expect((await asked(url)).status).toBe(200);
    expect((await fetch(url, { method: 'POST' })).status).toBe(404);
  });

  test('that has ended, by its own day or by that of its feed, is absent; so is that of a feed that never was', async () => {
    await breathe();
    const ours = feedAddresses(KEY, () => world.server.url);
    const { url, id } = await feedOf(world, 'attorneyDallas');
    const [past, later] = [-60, 86_400].map((seconds) => String(Math.floor(Date.now() / 1000) + seconds));
    expect(await refusalAt(ours.addressOf(id, past ?? ''))).toEqual(ABSENT);
    expect(await refusalAt(ours.addressOf(newId(), later ?? ''))).toEqual(ABSENT);
    await world.database.owner`update comity.calendar_feeds set created_at = now() - interval '2 days', until = now() - interval '1 second' where id = ${id}`;
    expect(await refusalAt(url)).toEqual(ABSENT);
  });

  test('is absent at once when its feed is revoked, by its member or by a head of the office', async () => {
    await breathe();
    const [own, led] = [await feedOf(world, 'attorneyDallas'), await feedOf(world, 'recordsDallas')];
    expect(await world.as('secondDallas').refused(REVOKE, { input: { feedId: own.id } })).toBe('NOT_FOUND');
    expect(await world.as('supervisorHennepin').refused(REVOKE, { input: { feedId: own.id } })).toBe('NOT_FOUND');
    expect((await asked(own.url)).status).toBe(200);
    const { revokeCalendarFeed: { feed } } = await world.as('attorneyDallas').get(REVOKE, { input: { feedId: own.id } });
    expect(Date.parse(feed.revokedAt)).toBeGreaterThan(0);
    await world.as('supervisorDallas').get(REVOKE, { input: { feedId: led.id } });
    for (const { url, id } of [own, led]) {
      expect(await refusalAt(url)).toEqual(ABSENT);
      expect(await world.as('supervisorDallas').refused(REVOKE, { input: { feedId: id } })).toBe('CONFLICT');
    }
  });

  test('is absent while its member holds no seat, or one in another office', async () => {
    await breathe();
    const { owner } = world.database;
    const { url } = await feedOf(world, 'disclosureDallas');
    const id = world.memberIds.disclosureDallas;
    await owner`update comity.members set active = false where id = ${id}`;
    expect(await refusalAt(url)).toEqual(ABSENT);
    await owner`update comity.members set active = true, office_id = ${world.officeIds['hennepin-mn']} where id = ${id}`;
    expect(await refusalAt(url)).toEqual(ABSENT);
    await owner`update comity.members set office_id = ${world.officeIds['dallas-tx']} where id = ${id}`;
    expect((await asked(url)).status).toBe(200);
  });

  test('may be asked for thirty times a minute, and is then told when to come back', async () => {
    const { url } = await feedOf(world, 'attorneyDallas', { kinds: ['SUPERSESSION_HEARING'] });
    const answers = await Promise.all(Array.from({ length: 31 }, () => asked(url)));
    const late = answers.filter(({ status }) => status === 429);
    expect([answers.filter(({ status }) => status === 200).length, late.length]).toEqual([30, 1]);
    expect(Number(late[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await asked((await feedOf(world, 'attorneyDallas')).url)).status).toBe(200);
  });

  test('that is guessed at is refused as one without a token is: a few a second', async () => {
    await breathe();
    const answers = await Promise.all(Array.from({ length: 12 }, () => asked(`${world.server.url}/calendar/${newId()}.ics?until=9999999999&signature=x`)));
    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(5);
    await breathe();
  });
});

describe('a calendar shows what its member sees at that moment:', () => {
  test('nothing of a case that the member was walled off since', async () => {
    const built = await tracked();
    const { url } = await feedOf(world, 'secondDallas');
    expect(await numbersAt(url)).toContain(built.number);
    await world.as('secondDallas').get('mutation ($input: RecuseInput!) { recuse(input: $input) { case { id } } }', { input: { caseId: built.id, note: 'A former client.' } });
    const numbers = await numbersAt(url);
    expect(numbers).not.toContain(built.number);
    expect(numbers).toContain(subject.number);
  });

  test('nothing of another office', async () => {
    const theirs = await world.buildCase({ referral: incidentIn('27053'), claimedBy: 'attorneyHennepin' });
    await world.as('attorneyHennepin').get('mutation ($input: ReturnReferralInput!) { returnReferral(input: $input) { case { id } } }', {
      input: { caseId: theirs.id, items: [{ category: 'RECORDING', description: 'The clip.', dueOn: '2999-06-01' }] },
    });
    expect(await numbersAt((await feedOf(world, 'attorneyHennepin')).url)).toEqual([theirs.number]);
    expect(await numbersAt((await feedOf(world, 'supervisorDallas')).url)).not.toContain(theirs.number);
  });

  test('nothing that stands in a compartment, though its member sees it where a purpose is said', async () => {
    const built = await tracked();
    const { url } = await feedOf(world, 'attorneyDallas');
    const { charges: [charge] } = (await world.as('attorneyDallas').get('query ($id: ID) { case(id: $id) { charges { id } } }', { id: built.id }))['case'];
    await world.as('attorneyDallas').get('mutation ($input: PlaceInCompartmentInput!) { placeInCompartment(input: $input) { case { id } } }', {
      input: { caseId: built.id, compartment: 'GRAND_JURY', target: { kind: 'CHARGE', id: charge.id }, basis: 'GRAND_JURY_TESTIMONY' },
    });
    expect((await clockwork(world).ofCase('attorneyDallas', built)).map(({ kind }) => kind)).toContain('LIMITATION');
    expect((await summaries(url)).filter((summary) => summary?.endsWith(built.number))).toEqual([`Item owed by an agency: ${built.number}`]);
  });

  test('nothing of a case that break-glass has open; what is open without it stays', async () => {
    const built = await tracked();
    const { url } = await feedOf(world, 'advocateDallas');
    const open = 'mutation ($input: BreakGlassInput!) { breakGlass(input: $input) { use { id } } }';
    expect(await numbersAt(url)).toContain(built.number);
    await world.as('advocateDallas', { purpose: 'EMERGENCY' }).get(open, { input: { caseId: built.id, reason: 'Night duty.' } });
    const numbers = await numbersAt(url);
    expect(numbers).not.toContain(built.number);
    expect(numbers).toContain(subject.number);
  });

  test('what of it is sensitive is kept in the log of access, by the feed’s member and without a purpose; nothing else is', async () => {
    const built = await tracked();
    const { owner } = world.database;
    const { url } = await feedOf(world, 'attorneyDallas', { kinds: ['LIMITATION'] });
    const logged = () => owner`select actor_id, acting_for, request_id, purpose, decision, facets, objects from comity.access_log where field = 'calendar' and case_id = ${built.id}`;
    await asked(url);
    expect([...await logged()]).toEqual([]);
    const [clock] = await owner`update comity.clocks set needs = needs | ${FACETS.PROTECTED} where case_id = ${built.id} and kind = 'LIMITATION' returning id`;
    const response = await asked(url);
    expect(await response.text()).toContain(built.number);
    expect([...await logged()]).toEqual([{
      actor_id: world.memberIds.attorneyDallas, acting_for: world.officeIds['dallas-tx'], request_id: response.headers.get('x-request-id'), purpose: null, decision: 'READ', facets: FACETS.PROTECTED, objects: [clock?.['id']],
    }]);
  });
});

describe('feeds', () => {
  test('are listed to their member, and all of an office to its heads, newest first and page by page', async () => {
    const [first, second] = [await feedOf(world, 'investigatorDallas'), await feedOf(world, 'investigatorDallas')];
    const page = async (who: CastMember, after: string | null = null, size = 1) => (await world.as(who).get(FEEDS, { first: size, after }))['calendarFeeds'];
    const newest = await page('investigatorDallas');
    expect(newest).toMatchObject({ totalCount: 2, nodes: [{ id: second.id, member: { name: 'Inez Vesti' } }], pageInfo: { hasNextPage: true } });
    expect((await page('investigatorDallas', newest.pageInfo.endCursor)).nodes[0].id).toBe(first.id);
    const ids = (found: { nodes: { id: string }[] }) => found.nodes.map(({ id }) => id);
    expect(ids(await page('electedDallas', null, 100))).toEqual(expect.arrayContaining([first.id, second.id]));
    expect(ids(await page('attorneyDallas', null, 100))).not.toContain(first.id);
    expect(ids(await page('supervisorHennepin', null, 100))).not.toContain(first.id);
  });

  test('of no days, too many, or no kind are refused', async () => {
    const refusal = async (input: object) => (await world.as('attorneyDallas').ask(CREATE, { input })).errors?.[0]?.extensions;
    for (const lifetimeDays of [0, -1, 367, 2_000_000_000]) expect(await refusal({ lifetimeDays })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'lifetimeDays' });
    expect(await refusal({ kinds: [] })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'kinds' });
    expect((await feedOf(world, 'conflictsDallas', { lifetimeDays: 366 })).feed['until']).toBeTruthy();
  });

  test('are twenty of one member at the most, of those that stand', async () => {
    for (let made = 0; made < 20; made += 1) await feedOf(world, 'intakeDallas');
    expect(await world.as('intakeDallas').refused(CREATE, { input: {} })).toBe('CONFLICT');
    const { calendarFeeds: { nodes: [feed] } } = await world.as('intakeDallas').get(FEEDS, { first: 1 });
    await world.as('intakeDallas').get(REVOKE, { input: { feedId: feed.id } });
    expect((await feedOf(world, 'intakeDallas')).url).toContain('/calendar/');
  });

  test('are not written by the application’s own hand in another’s name, for longer, from the future, or back from the revoked', async () => {
    const [own, theirs] = [await feedOf(world, 'attorneyDallas'), await feedOf(world, 'secondDallas')];
    await world.as('attorneyDallas').get(REVOKE, { input: { feedId: own.id } });
    const insert = (member: string, office: string, created = 'statement_timestamp()', until = `${created} + interval '1 day'`) =>
      `insert into comity.calendar_feeds (id, office_id, member_id, only_mine, created_at, until) values (gen_random_uuid(), '${office}', '${member}', false, ${created}, ${until})`;
    const { 'dallas-tx': dallas, 'hennepin-mn': hennepin } = world.officeIds;
    const { attorneyDallas: ada, secondDallas: sol } = world.memberIds;
    await seated(world.database, { as: ada }, async ({ refusal, touched }) => {
      expect(await refusal(insert(ada, dallas))).toBe('passed');
      for (const write of [insert(sol, dallas), insert(ada, hennepin), insert(ada, dallas, `statement_timestamp() + interval '1 year'`)]) expect(await refusal(write), write).toBe('42501');
      expect(await refusal(insert(ada, dallas, 'statement_timestamp()', `statement_timestamp() + interval '367 days'`))).toBe('23514');
      expect(await refusal(`update comity.calendar_feeds set until = until + interval '1 day' where id = '${own.id}'`)).toBe('42501');
      expect(await touched(`update comity.calendar_feeds set revoked_at = null, revoked_by = null where id = '${own.id}'`)).toBe(0);
      expect(await touched(`update comity.calendar_feeds set last_read_at = now() where id = '${theirs.id}'`)).toBe(0);
    });
    await seated(world.database, { as: world.memberIds.supervisorDallas }, async ({ refusal, touched }) => {
      expect(await refusal(insert(sol, dallas))).toBe('42501');
      expect(await refusal(`update comity.calendar_feeds set revoked_at = now(), revoked_by = '${ada}' where id = '${theirs.id}'`)).toBe('42501');
      expect(await touched(`update comity.calendar_feeds set revoked_at = now(), revoked_by = comity.member() where id = '${theirs.id}'`)).toBe(1);
    });
  });
});

describe('a server without a key', () => {
  test('makes no calendar and says what to set, answers no address, and lists feeds as ever', async () => {
    const bare = await openWorld({ feedKey: null });
    try {
      const { errors } = await bare.as('attorneyDallas').ask(CREATE, { input: {} });
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'UNAVAILABLE', remedy: expect.stringContaining('COMITY_FEED_KEY') });
      expect(await bare.as('officerDallasPolice').refused(CREATE, { input: {} })).toBe('FORBIDDEN');
      expect((await bare.as('attorneyDallas').get(FEEDS))['calendarFeeds'].totalCount).toBe(0);
      expect((await fetch(`${bare.server.url}/calendar/${newId()}.ics?until=9999999999&signature=x`)).status).toBe(404);
    } finally {
      await bare.close();
    }
  });
});

describe('the configuration', () => {
  const production = { DATABASE_URL: 'postgres://x', OIDC_ISSUER: 'https://id.example.invalid', OIDC_AUDIENCE: 'comity' };
  test('takes a long key, and the address that the server is reached by', () => {
    const key = 'k'.repeat(32);
    expect(configFrom({ ...production, COMITY_FEED_KEY: key, COMITY_URL: 'https://comity.example.invalid/' }, { serving: true })).toMatchObject({ feedKey: key, publicUrl: 'https://comity.example.invalid' });
    expect(configFrom(production, { serving: true }).feedKey).toBeUndefined();
    expect(configFrom({ COMITY_FEED_KEY: key }, { serving: true }).feedKey).toBe(key);
  });

  test.each([
    [{ COMITY_FEED_KEY: 'short' }, 'COMITY_FEED_KEY: has 32 characters'], [{ COMITY_FEED_KEY: 'k'.repeat(32) }, 'COMITY_FEED_KEY asks for COMITY_URL'],
    [{ COMITY_FEED_KEY: 'k'.repeat(32), COMITY_URL: 'http://comity.example.invalid' }, 'COMITY_URL: begins with https://'], [{ COMITY_URL: 'https://comity.example.invalid/?a=1' }, 'COMITY_URL: '],
  ])('refuses %o', (more, words) => {
    const refused = () => configFrom({ ...production, ...more }, { serving: true });
    expect(refused).toThrow(ConfigRefused);
    expect(refused).toThrow(words);
  });
});
