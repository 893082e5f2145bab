import { appendFile, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { XmlScanner } from '../src/referrals/import/xml-scanner.ts';
import { importing, NIEM, posting } from './import.world.ts';
import { niemFile, niemReferral } from './niem.ts';
import { openWorld, type World } from './world.ts';

let world: World;
let home: string;
let imports: ReturnType<typeof importing>;
beforeAll(async () => {
  world = await openWorld();
  home = await mkdtemp(join(tmpdir(), 'comity-import-test-'));
  imports = importing(world, home);
});
afterAll(async () => {
  await world.close();
  await rm(home, { recursive: true, force: true });
});

const xml = (content: string | Buffer, changes = {}) => imports.ordered(content, { mapping: NIEM, ...changes });
const json = (...referrals: readonly unknown[]) => imports.ordered(`${referrals.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))).join('\n')}\n`);
const keptOf = async (report: string): Promise<any> => (await world.database.owner`
  select c.incident_on::text as incident_on, c.kind, p.narrative, p.place, p.latitude, p.occurred_at, p.alleged_offences, p.alleged_level, p.supervisor_identification, p.provenance, c.county_fips,
    (select json_agg(json_build_object('part', n.part, 'name', n.name, 'plate', n.plate, 'injured', n.injured) order by n.position) from comity.persons n where n.case_id = c.id) as persons,
    (select json_agg(json_build_object('kind', k.kind, 'sha256', k.sha256)) from comity.recordings k where k.case_id = c.id) as recordings, convert_from(o.bytes, 'UTF8') as original, o.media_type
    from comity.referrals r join comity.referral_originals o on o.referral_id = r.id join comity.case_referrals l on l.referral_id = r.id join comity.cases c on c.id = l.case_id join comity.case_reports p on p.case_id = c.id
   where r.report_number = ${report}`)[0];
const countOf = async (pattern: string): Promise<number> => (await world.database.owner`select count(*)::int as count from comity.referrals where report_number like ${pattern}`)[0]?.['count'];

describe('an XML file with NIEM’s names', () => {
  test('arrives as referrals, each with its element as it stands in the file', async () => {
    const records = [niemReferral('X-1'), `<!-- <c:Referral> --><c:Wrapper>${niemReferral('X-2')}</c:Wrapper>`];
    const order = await xml(niemFile(...records));
    expect(await imports.run(order)).toMatchObject({ rows: 2, groups: 2, received: 2, refused: 0 });
    const kept = await keptOf('X-1');
    expect(kept).toMatchObject({
      incident_on: '2026-03-14', kind: 'FORCE', county_fips: '48113', place: '100 Example Street, Dallas', latitude: 32.78, alleged_offences: ['Tex. Penal Code § 22.01'], alleged_level: 'MISDEMEANOR',
      narrative: 'An official pushed a bystander & held him — <twice> &amp; more.', supervisor_identification: { outcome: 'REFUSED', recordedOnCamera: true },
      provenance: { decidedBy: 'Sgt. Pia Dalles', consulted: ['Department counsel'] }, recordings: [{ kind: 'BODY_CAMERA', sha256: 'a'.repeat(64) }], media_type: 'application/xml', original: records[0],
    });
    expect(kept.occurred_at.toISOString()).toBe('2026-03-15T01:15:00.000Z');
    expect(kept.persons).toEqual([
      { part: 'OFFICIAL', name: null, plate: 'INV 0001', injured: false }, { part: 'VICTIM', name: 'Vic Timson', plate: null, injured: true }, { part: 'WITNESS', name: 'Wit Nessler', plate: null, injured: false },
    ]);
    expect(await imports.run(order)).toMatchObject({ received: 0, replayed: 2 });
  });

  test('may call its namespaces what it likes, and is not taken under others', async () => {
    const renamed = niemFile(niemReferral('X-3')).replaceAll('nc:', 'core:').replaceAll('xmlns:nc', 'xmlns:core').replace(/<c:/g, '<').replace(/<\/c:/g, '</').replace('xmlns:c=', 'xmlns=');
    expect(await imports.run(await xml(renamed))).toMatchObject({ received: 1 });
    expect(await imports.stopped(await xml(niemFile(niemReferral('X-4')).replace('urn:comity:referral:1', 'urn:other')))).toContain('no element Referral of the namespace urn:comity:referral:1');
    const order = await xml(niemFile(niemReferral('X-5')).replace('niem-core/6.0', 'niem-core/9.9'));
    expect(await imports.run(order)).toMatchObject({ received: 0, refused: 1 });
    expect(await imports.rejectsOf(order)).toContain('"reportNumber","VALUE_MISSING"');
  });

  test('is judged record by record: what is wrong with one is told with its line and field', async () => {
    const order = await xml(niemFile(
      niemReferral('Y-1'), niemReferral('Y-2', { kind: 'PARTY' }), niemReferral('Y-3', { narrative: 'a &unknown; b' }), niemReferral('Y-4', { more: '<c:X a=1/>' }),
      niemReferral('Y-5', { more: '<c:D>'.repeat(45) + '</c:D>'.repeat(45) }), niemReferral('Y-6', { narrative: 'x'.repeat(300_000) }), niemReferral('Y-7', { narrative: 'bell &#7;' }),
      niemReferral('Y-8', { more: '<__proto__>x</__proto__>' }), niemReferral('Y-9'),
    ), { batch: 3, parallel: 3 });
    expect(await imports.run(order)).toMatchObject({ rows: 9, received: 2, refused: 7 });
    const rejects = (await imports.rejectsOf(order)).split('\r\n').slice(1, -1).map((line) => line.slice(1).split('","').slice(1, 4).join(' ').trim());
    expect(rejects).toEqual(['Y-2 kind VALUE_INVALID', 'Y-3 narrative ENTITY_UNKNOWN', 'XML_INVALID', 'TOO_DEEP', 'TOO_LARGE', 'Y-7 narrative TEXT_INVALID', 'XML_INVALID']);
    expect(await imports.rejectsOf(order)).toMatch(/^"\d+","Y-2","kind","VALUE_INVALID".*referral\.schema\.json/m);
    expect(await countOf('Y-%')).toBe(2);
  });

  test.each([
    ['a billion laughs', `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]><c:Referrals>&lol2;</c:Referrals>`, /Line 1: a document type or entity declaration is not taken/],
    ['an external entity', `<?xml version="1.0"?>\n<!DOCTYPE r SYSTEM "file:///etc/passwd">\n<r/>`, /Line 2: a document type/],
    ['an entity declaration further down', niemFile(niemReferral('Z-1'), '<!ENTITY x SYSTEM "http://example.invalid/">'), /Line \d+: a document type or entity declaration is not taken/],
    ['a giant attribute', niemFile(`<c:Referral a="${'x'.repeat(70_000)}"/>`), /Line 3: the tag that begins here is longer than 64 kB/],
    ['an attribute that never ends', niemFile(`<c:Referral a="${'x'.repeat(3_000_000)}`).slice(0, 3_000_000), /longer than 64 kB/],
    ['an element that is never closed', niemFile(niemReferral('Z-2')).replace('</c:Referrals>', ''), /Line 2: the element <c:Referrals> that opens here is never closed/],
    ['elements that cross', niemFile('<a><b></a></b>'), /Line 3: <a> is closed where <b> of line 3 is open/],
    ['a comment that never ends', `${niemFile(niemReferral('Z-3')).replace('</c:Referrals>', '<!-- ')}${'x'.repeat(200_000)}`, /what begins here is never closed/],
    ['a section that never ends', niemFile(niemReferral('Z-4', { narrative: '<![CDATA[' })), /what begins here is never closed/],
    ['a tag that is cut off', niemFile(niemReferral('Z-5')).slice(0, -5), /ends within a tag|never closed/],
    ['too deep a nest', niemFile('<a>'.repeat(100_000)), /more than 200 deep/],
    ['a second root', `${niemFile(niemReferral('Z-6'))}<again/>`, /there is a second root element/],
    ['rows of text', 'REPORT,DAY\nZ-7,1\n', /text outside of the root element/],
    ['another encoding', niemFile(niemReferral('Z-8')).replace('UTF-8', 'ISO-8859-1'), /says that it is in ISO-8859-1/],
    ['bytes that are not UTF-8', Buffer.concat([Buffer.from(niemFile('').slice(0, -20)), Buffer.from([0xe9, 0x20])]), /these bytes are not UTF-8/],
    ['nothing', '', /this is no XML/],
    ['no record', niemFile('<c:Other/>'), /no element Referral/],
  ])('that is hostile is stopped before anything is sent: %s', async (_name, content, words) => {
    expect(await imports.stopped(await xml(content))).toMatch(words);
    expect(await countOf('Z-%')).toBe(0);
  });

  test('is cut into the same records wherever the chunks of the stream end', () => {
    const text = niemFile(niemReferral('C-1'), '<!-- <c:Referral/> -->', '<c:Referral a=">" b=\'<\'/>', niemReferral('C-2'));
    const wanted = { local: 'Referral', namespaces: ['urn:comity:referral:1'] };
    const cut = (size: number) => {
      const scanner = new XmlScanner(wanted);
      const found = [];
      for (let at = 0; at < text.length; at += size) found.push(...scanner.take(text.slice(at, at + size)));
      scanner.end();
      return found.map(({ line, text: record }) => [line, record]);
    };
    const whole = cut(text.length);
    expect(whole.map(([line]) => line)).toEqual([3, text.split('\n').findIndex((line) => line.startsWith('<c:Referral a')) + 1, text.split('\n').findLastIndex((line) => line.startsWith('<c:Referral>')) + 1]);
    for (const size of [1, 2, 3, 7, 64, 1000]) expect(cut(size), String(size)).toEqual(whole);
  });

  test('takes no more memory the longer it is', () => {
    const scanner = new XmlScanner({ local: 'Referral', namespaces: ['urn:comity:referral:1'] });
    const head = niemFile('').split('\n').slice(0, 2).join('\n');
    for (const _ of scanner.take(head)) throw new Error('no record yet');
    const chunk = Array.from({ length: 20 }, (_, index) => niemReferral(`M-${index}`)).join('\n');
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    let records = 0;
    for (let round = 0; round < 500; round += 1) for (const _ of scanner.take(chunk)) records += 1;
    globalThis.gc?.();
    expect(records).toBe(10_000);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(60_000_000);
  });
});

describe('a file of referrals in JSON lines', () => {
  test('arrives without a mapping, each line with the bytes that it had', async () => {
    const referral = world.referral({ reportNumber: 'J-1' });
    const line = JSON.stringify(referral).replace('{', '{  ');
    expect(await imports.run(await json(line, { ...world.referral(), reportNumber: 'J-2' }))).toMatchObject({ rows: 2, received: 2 });
    expect(await keptOf('J-1')).toMatchObject({ media_type: 'application/json', original: line });
  });

  test('is judged as the API judges: the same problems, with line, field and remedy', async () => {
    const wrong = [
      { ...world.referral(), reportNumber: 'J-3', kind: 'PARTY' }, { ...world.referral(), reportNumber: 'J-4', persons: [{ part: 'VICTIM', nickname: 'V' }] }, { ...world.referral(), reportNumber: 7 },
      { ...world.referral(), reportNumber: 'J-5', incident: { occurredOn: '2026-02-30', countyFips: '48113', place: 'x' } }, { ...world.referral(), reportNumber: 'J-6', narrative: 'bell \u0007' },
      { ...world.referral(), reportNumber: 'J-7', incident: { occurredOn: '2026-03-14', occurredAt: '2026-03-14T20:15:00-05:00', countyFips: '99999', place: 'x' } },
    ];
    const order = await json(...wrong, { ...world.referral(), reportNumber: 'J-8' });
    expect(await imports.run(order)).toMatchObject({ rows: 7, received: 1, refused: 6 });
    const rejects = await imports.rejectsOf(order);
    for (const told of [
      '"1","J-3","kind","VALUE_INVALID"', '"2","J-4","persons[0].nickname","FIELD_UNKNOWN"', '"3","","reportNumber","VALUE_INVALID"', '"4","J-5","incident.occurredOn","VALUE_INVALID"', '"5","J-6","narrative","TEXT_INVALID"',
      '"6","J-7","incident.countyFips","COUNTY_UNKNOWN"',
    ]) expect(rejects).toContain(told);
    const { validateReferral } = await world.as('officerDallasPolice').get('mutation ($input: ValidateReferralInput!) { validateReferral(input: $input) { problems { code path severity remedy } } }', { input: { referral: wrong[5] } });
    for (const { code, path, severity, remedy } of validateReferral.problems) if (severity === 'ERROR') expect([rejects.includes(`"${path}","${code}"`), rejects.includes(remedy)], code).toEqual([true, true]);
  });

  test('of which two lines have one number arrives once, and says which line was refused', async () => {
    const order = await json({ ...world.referral(), reportNumber: 'J-9' }, { ...world.referral(), reportNumber: 'J-9', narrative: 'Another.' });
    expect(await imports.run(order)).toMatchObject({ received: 1, refused: 1 });
    expect(await imports.rejectsOf(order)).toMatch(/"2","J-9","idempotencyKey","IDEMPOTENCY_KEY_REUSED"/);
  });

  test('that changes while it is imported is not gone on with', async () => {
    const order = await json(...Array.from({ length: 150 }, (_, index) => ({ ...world.referral(), reportNumber: `L-${index}` })));
    const live = posting(world, 'machineDallasPolice');
    let asked = 0;
    const error = await imports.run({ ...order, batch: 10 }, async (body) => {
      asked += 1;
      if (asked === 3) await appendFile(order.file, '\n{}');
      return live(body);
    }).then(() => '', (fault: unknown) => String(fault));
    expect(error).toContain('The file changes while it is imported.');
    expect((await stat(order.checkpoint)).size).toBeGreaterThan(0);
  });
});

test('without the records the server keeps the JSON of each referral, and of rows those that made it under their header', async () => {
  const mapping = JSON.stringify({
    id: 'rows', format: 'csv', zone: 'UTC', group: 'R', fields: {
      'reportNumber': { from: 'column', column: 'R' }, 'kind': { from: 'constant', value: 'FORCE' }, 'incident.occurredOn': { from: 'constant', value: '2019-06-15' }, 'incident.occurredAt': { from: 'constant', value: '2019-06-15T10:00:00Z' },
      'incident.countyFips': { from: 'constant', value: '48113' }, 'incident.place': { from: 'column', column: 'P' }, 'anyoneInjured': { from: 'constant', value: false }, 'narrative': { from: 'lines', each: '{P}' },
    },
  });
  const sheet = 'R,P,OTHER\r\nO-1,"a ""b""\r\nc",not read\r\nO-2,x,\r\nO-1,second,y\r\n';
  expect(await imports.run(await imports.ordered(sheet, { mapping }))).toMatchObject({ received: 2 });
  expect(await keptOf('O-1')).toMatchObject({ media_type: 'text/csv', original: 'R,P,OTHER\nO-1,"a ""b""\r\nc",not read\nO-1,second,y' });
  expect(await imports.run(await imports.ordered(sheet.replaceAll('O-', 'Q-'), { mapping, originals: false }))).toMatchObject({ received: 2 });
  expect(await keptOf('Q-1')).toMatchObject({ media_type: 'application/json', original: expect.not.stringContaining('not read') });
});
