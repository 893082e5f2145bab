import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ImportOrder, ImportSummary } from '../src/referrals/import/import.ts';
import type { Post } from '../src/referrals/import/wire.ts';
import { importing, posting } from './import.world.ts';
import { openWorld, type World } from './world.ts';

let world: World;
let home: string;

beforeAll(async () => {
  world = await openWorld();
  home = await mkdtemp(join(tmpdir(), 'comity-import-test-'));
  imports = importing(world, home);
});

afterAll(async () => {
  await world.close();
  await rm(home, { recursive: true, force: true });
});

const MAPPING = {
  id: 'invented', format: 'csv', nulls: ['NULL'], zone: 'America/Chicago', group: 'REPORT', repeatedHour: 'refuse',
  order: { columns: ['DAY', 'TIME'], format: 'MM/dd/yyyy h:mm a' },
  fields: {
    'reportNumber': { from: 'column', column: 'REPORT' },
    'kind': { from: 'constant', value: 'FORCE' },
    'incident.occurredOn': { from: 'date', columns: ['DAY'], format: 'MM/dd/yyyy' },
    'incident.occurredAt': { from: 'instant', columns: ['DAY', 'TIME'], format: 'MM/dd/yyyy h:mm a' },
    'incident.countyFips': { from: 'constant', value: '48113' },
    'incident.place': { from: 'template', template: '{PLACE}, Dallas' },
    'incident.latitude': { from: 'point', column: 'POINT', axis: 'latitude' },
    'incident.longitude': { from: 'point', column: 'POINT', axis: 'longitude' },
    'anyoneInjured': { from: 'anyOf', columns: ['HURT'], yes: ['true'], no: ['false'] },
    'narrative': { from: 'lines', first: 'Report {REPORT}, {@rows} rows.', each: '{@row}. {TIME} at {PLACE}: {WHAT}' },
  },
  persons: [{
    identity: ['BADGE'],
    fields: { part: { from: 'constant', value: 'SUBJECT' }, badge: { from: 'column', column: 'BADGE' }, injured: { from: 'anyOf', columns: ['HURT'], yes: ['true'], no: ['false'] } },
  }],
};

const HEADER = 'REPORT,DAY,TIME,PLACE,POINT,HURT,BADGE,WHAT';
const row = (report: string, changes: Partial<Record<'day' | 'time' | 'place' | 'point' | 'hurt' | 'badge' | 'what', string>> = {}): string => {
  const { day = '06/15/2019', time = '2:05 PM', place = '1 Example St.', point = 'POINT (-96.8 32.78)', hurt = 'false', badge = '100', what = 'Held' } = changes;
  return [report, day, time, place, point, hurt, badge, what].join(',');
};
const sheet = (...rows: string[]): string => `${[HEADER, ...rows].join('\n')}\n`;

let imports: ReturnType<typeof importing>;
/** A file of rows, and the order to import it. */
const ordered = (content: string | Buffer, changes: Partial<ImportOrder> = {}, mapping: object = MAPPING): Promise<ImportOrder> => imports.ordered(content, { mapping: JSON.stringify(mapping), ...changes });
const run = (order: ImportOrder, post?: Post, waits?: number[]): Promise<ImportSummary> => imports.run(order, post, waits);
const stopped = (order: ImportOrder): Promise<string> => imports.stopped(order);
const rejectsOf = (order: ImportOrder): Promise<string> => imports.rejectsOf(order);
const exists = (path: string): Promise<boolean> => stat(path).then(() => true, () => false);

async function keptOf(report: string): Promise<any> {
  const [kept] = await world.database.owner`
    select r.id, c.incident_on::text as incident_on, p.occurred_at, p.narrative, p.place, p.latitude, p.longitude, p.anyone_injured, p.attestation, p.signature,
      (select json_agg(json_build_object('part', n.part, 'badge', n.badge, 'injured', n.injured) order by n.position) from comity.persons n where n.case_id = c.id) as persons
      from comity.referrals r join comity.case_referrals l on l.referral_id = r.id join comity.cases c on c.id = l.case_id join comity.case_reports p on p.case_id = c.id
     where r.report_number = ${report}`;
  return kept;
}

const countOf = async (pattern: string): Promise<{ referrals: number; cases: number }> => {
  const [found] = await world.database.owner`
    select count(*)::int as referrals, count(l.case_id)::int as cases from comity.referrals r left join comity.case_referrals l on l.referral_id = r.id where r.report_number like ${pattern}`;
  return { referrals: found?.['referrals'], cases: found?.['cases'] };
};

test('rows of one report that stand apart arrive as one referral, led by the earliest', async () => {
  const order = await ordered(sheet(
    row('G-2', { badge: '7' }),
    row('G-1', { time: '3:00 PM', place: 'Later St.', badge: '7', hurt: 'true' }),
    row('G-3'),
    row('G-1', { time: '1:00 PM', place: 'Earlier St.', badge: '8' }),
    row('G-1', { time: '2:00 PM', place: 'Between St.', badge: '7' }),
  ));
  expect(await run(order)).toMatchObject({ agency: 'Dallas Police Department', rows: 5, groups: 3, received: 3, replayed: 0, refused: 0, rejects: undefined });
  expect(await exists(order.rejects)).toBe(false);
  const kept = await keptOf('G-1');
  expect(kept).toMatchObject({ place: 'Earlier St., Dallas', anyone_injured: true, latitude: 32.78, longitude: -96.8 });
  expect(kept.narrative).toBe('Report G-1, 3 rows.\n1. 1:00 PM at Earlier St.: Held\n2. 2:00 PM at Between St.: Held\n3. 3:00 PM at Later St.: Held');
  expect(kept.persons).toEqual([{ part: 'SUBJECT', badge: '8', injured: false }, { part: 'SUBJECT', badge: '7', injured: true }]);
});

test('an import that a supervisor attests is shown as attested, never as signed', async () => {
  await run(await ordered(sheet(row('A-1'))));
  const kept = await keptOf('A-1');
  expect(kept.signature).toBeNull();
  expect(kept.attestation).toMatchObject({ attestedBy: 'Sgt. Pia Dalles', source: 'invented.csv', statement: 'As exported.' });
  const { attestation: _, ...unattested } = await ordered(sheet(row('A-2')));
  expect(await run(unattested)).toMatchObject({ received: 0, refused: 1 });
  expect(await rejectsOf(unattested)).toContain('SUPERVISOR_SIGNATURE_MISSING');
  expect(await stopped(await ordered(sheet(row('A-3')), { attestation: { attestedBy: 'officerDallasPolice', statement: 'Mine.' } }))).toContain('no active supervisor of your agency');
  expect(await countOf('A-3')).toEqual({ referrals: 0, cases: 0 });
});

test('a time of day is read in its zone, in summer and in winter', async () => {
  await run(await ordered(sheet(row('D-1', { day: '06/15/2019', time: '12:05 AM' }), row('D-2', { day: '12/15/2019', time: '11:30 PM' }))));
  expect((await keptOf('D-1')).occurred_at.toISOString()).toBe('2019-06-15T05:05:00.000Z');
  expect(await keptOf('D-1')).toMatchObject({ incident_on: '2019-06-15' });
  expect((await keptOf('D-2')).occurred_at.toISOString()).toBe('2019-12-16T05:30:00.000Z');
  expect(await keptOf('D-2')).toMatchObject({ incident_on: '2019-12-15' });
});

test('an hour that the clock skips is refused, and one that it shows twice is read as the mapping says', async () => {
  const skipped = row('S-1', { day: '03/10/2019', time: '2:30 AM' });
  const twice = row('S-2', { day: '11/03/2019', time: '1:30 AM' });
  const order = await ordered(sheet(skipped, twice));
  expect(await run(order)).toMatchObject({ received: 0, refused: 2 });
  const rejects = await rejectsOf(order);
  expect(rejects).toContain('"2","S-1","incident.occurredAt","TIME_SKIPPED"');
  expect(rejects).toContain('"3","S-2","incident.occurredAt","TIME_TWICE"');
  await run(await ordered(sheet(twice), {}, { ...MAPPING, repeatedHour: 'earlier' }));
  expect((await keptOf('S-2')).occurred_at.toISOString()).toBe('2019-11-03T06:30:00.000Z');
  await run(await ordered(sheet(row('S-3', { day: '11/03/2019', time: '1:30 AM' })), {}, { ...MAPPING, repeatedHour: 'later' }));
  expect((await keptOf('S-3')).occurred_at.toISOString()).toBe('2019-11-03T07:30:00.000Z');
});

test('a report without coordinates arrives, one without a time does not', async () => {
  const order = await ordered(sheet(row('M-1', { point: '' }), row('M-2', { time: 'NULL' }), row('M-3', { place: 'NULL' }), row('M-4', { point: 'POINT EMPTY' }), row('M-5', { hurt: 'maybe' }), row('', {}), row('', {})));
  expect(await run(order)).toMatchObject({ rows: 7, groups: 7, received: 1, refused: 6 });
  expect(await keptOf('M-1')).toMatchObject({ latitude: null, longitude: null });
  const rejects = await rejectsOf(order);
  expect(rejects).toContain('"3","M-2","incident.occurredAt","INCIDENT_PLACE_AND_TIME_MISSING"');
  expect(rejects).toContain('"4","M-3","incident.place","VALUE_MISSING"');
  expect(rejects).toContain('"5","M-4","incident.latitude","POINT_INVALID"');
  expect(rejects).toContain('"6","M-5","anyoneInjured","WORD_UNKNOWN"');
  expect(rejects).toContain('"7","","REPORT","KEY_MISSING"');
  expect(rejects).toContain('"8","","REPORT","KEY_MISSING"');
});

test('a report of which one row is faulty is not sent in parts', async () => {
  const order = await ordered(sheet(row('P-1'), `${row('P-1')},one cell more`, row('P-2'), row('P-1', { what: 'a\u0000b' }), row('P-3', { what: 'x'.repeat(1_000_000) })));
  expect(await run(order)).toMatchObject({ rows: 5, groups: 3, received: 1, refused: 2 });
  const rejects = await rejectsOf(order);
  expect(rejects).toContain('"3","P-1","","CELL_COUNT","The row has 9 cells, the header 8."');
  expect(rejects).toContain('"5","P-1","WHAT","TEXT_INVALID"');
  expect(rejects).toContain('"6","P-3","WHAT","TOO_LONG"');
  expect(await countOf('P-1')).toEqual({ referrals: 0, cases: 0 });
});

test('what the office refuses of a report stands in the rejects file with field, reason and remedy', async () => {
  const tomorrow = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10).split('-');
  const order = await ordered(sheet(row('R-1', { day: `${tomorrow[1]}/${tomorrow[2]}/${tomorrow[0]}` }), row('R-2')));
  expect(await run(order)).toMatchObject({ received: 1, refused: 1, rejects: order.rejects });
  expect(await rejectsOf(order)).toContain('"2","R-1","incident.occurredOn","INCIDENT_IN_FUTURE","The incident lies in the future.","Correct the date or the time."');
});

test('formula cells are kept as text, and no spreadsheet runs them out of the rejects file', async () => {
  const order = await ordered(sheet(row('F-1', { what: '=cmd|calc!A1' }), row('=1+2', { time: 'NULL' }), row('@SUM', { time: 'NULL' })));
  expect(await run(order)).toMatchObject({ received: 1, refused: 2 });
  expect((await keptOf('F-1')).narrative).toContain('=cmd|calc!A1');
  const rejects = await rejectsOf(order);
  expect(rejects).toContain('"\'=1+2"');
  expect(rejects).toContain('"\'@SUM"');
  expect(rejects).not.toMatch(/"[=+\-@]/);
});

test('a dry run judges as the office would, and keeps nothing', async () => {
  const order = await ordered(sheet(row('T-1'), row('T-2', { time: 'NULL' }), row('T-3'), row('T-4'), row('T-5')), { dryRun: true });
  expect(await run(order)).toMatchObject({ groups: 5, received: 4, replayed: 0, refused: 1 });
  expect(await countOf('T-%')).toEqual({ referrals: 0, cases: 0 });
  expect(await exists(order.checkpoint)).toBe(false);
  expect(await run({ ...order, dryRun: false })).toMatchObject({ received: 4, refused: 1 });
  expect(await run(order)).toMatchObject({ received: 0, replayed: 4, refused: 1 });
});

test('a file that is imported again makes no twins, and a changed report is refused', async () => {
  const order = await ordered(sheet(row('N-1'), row('N-2'), row('N-3')), { batch: 2 });
  expect(await run(order)).toMatchObject({ received: 3 });
  expect(await run(order)).toMatchObject({ received: 0, replayed: 3, refused: 0 });
  const changed = await ordered(sheet(row('N-1'), row('N-2', { what: 'Pushed' }), row('N-3')));
  expect(await run(changed)).toMatchObject({ received: 0, replayed: 2, refused: 1 });
  expect(await rejectsOf(changed)).toContain('"3","N-2","idempotencyKey","IDEMPOTENCY_KEY_REUSED"');
  expect(await countOf('N-%')).toEqual({ referrals: 3, cases: 3 });
});

test('an import that lost its server goes on where it stopped, and a busy server is asked again when it says', async () => {
  const order = await ordered(sheet(...Array.from({ length: 9 }, (_, index) => row(`B-${index}`, index === 1 ? { time: 'NULL' } : {}))), { batch: 2 });
  const live = posting(world, 'machineDallasPolice');
  let asked = 0;
  const failing: Post = (body) => ((asked += 1) > 3 ? Promise.reject(new Error('no line')) : live(body));
  const waits: number[] = [];
  await expect(run(order, failing, waits)).rejects.toThrow('could not be had in 10 tries');
  expect(waits).toHaveLength(9);
  expect(await exists(order.checkpoint)).toBe(true);

  waits.length = 0;
  let busy = 0;
  const slow: Post = (body) => ((busy += 1) === 2 ? Promise.resolve({ status: 503, retryAfter: '7', text: '<html>' }) : live(body));
  const summary = await run(order, slow, waits);
  expect(waits).toEqual([7000]);
  expect(summary).toMatchObject({ rows: 9, groups: 9, received: 8, replayed: 0, refused: 1, resumed: { groups: 4 }, settled: 5 });
  expect((await rejectsOf(order)).match(/B-1/g)).toHaveLength(1);
  expect(await countOf('B-%')).toEqual({ referrals: 8, cases: 8 });
});

test('one report that a request is declined for does not hold up the others', async () => {
  // The last day of a short month passes here, and the server's own scalar declines the whole request for it.
  const days = Array.from({ length: 8 }, (_, index) => row(`O-${index}`, { day: index === 5 ? '2019-02-30' : '2019-02-28', time: '2019-02-28T10:00:00-06:00' }));
  const fields = { ...MAPPING.fields, 'incident.occurredOn': { from: 'column', column: 'DAY' }, 'incident.occurredAt': { from: 'column', column: 'TIME' } };
  const order = await ordered(sheet(...days), {}, { ...MAPPING, order: undefined, fields });
  expect(await run(order)).toMatchObject({ received: 7, refused: 1 });
  expect(await rejectsOf(order)).toContain('"7","O-5","incident.occurredOn","BAD_USER_INPUT"');
});

test('hostile files are stopped with the line and the remedy, and nothing of them is sent', async () => {
  const latin = Buffer.concat([Buffer.from(sheet(row('H-1'))), Buffer.from('H-2,caf\xe9', 'latin1')]);
  expect(await stopped(await ordered(latin))).toMatch(/Line 3: these bytes are not UTF-8.*UTF-8/);
  expect(await stopped(await ordered(Buffer.from(`\uFEFF${sheet(row('H-1'))}`, 'utf16le')))).toMatch(/Line 1: the file is in UTF-16/);
  expect(await stopped(await ordered(`${sheet(row('H-1'))}H-2,"never closed\n${row('H-3')}\n`))).toMatch(/Line 3: a quote .* never closed/);
  expect(await stopped(await ordered(`${sheet(row('H-1'))}H-2,"${'never closed\n'.repeat(500_000)}`))).toMatch(/Line 3: .*longer than 4 MB, or a quote in it is never closed/);
  expect(await stopped(await ordered(`${sheet(row('H-1'))}H-2,a "quote" astray,,,,,,\n`))).toMatch(/Line 3: .*no CSV/);
  expect(await stopped(await ordered('REPORT,DAY\nH-1,06/15/2019\n'))).toMatch(/no column "TIME", .*"HURT".*first line/);
  expect(await stopped(await ordered(''))).toContain('The file is empty.');
  expect(await stopped(await ordered(`{"REPORT": "H-1"}\n[1]\n`, {}, { ...MAPPING, format: 'ndjson' }))).toMatch(/Line 2: this is not one JSON object/);
  expect(await stopped(await ordered('x'.repeat(5_000_000), {}, { ...MAPPING, format: 'ndjson' }))).toMatch(/Line 1: this line is longer than 4 MB/);
  expect(await countOf('H-%')).toEqual({ referrals: 0, cases: 0 });
});

test('a mapping file with faults is refused with all of them together', async () => {
  const { narrative: _, ...fields } = MAPPING.fields;
  const words = await stopped(await ordered(sheet(), {}, { ...MAPPING, fields: { ...fields, 'incident.nowhere': { from: 'constant', value: 'x' }, 'kind': { from: 'constant', value: 'PARTY' }, 'signature.signedBy': { from: 'constant', value: 'Sgt. Nobody' } } }));
  for (const fault of ['fields.narrative: is missing', 'fields.incident.nowhere: is no field', 'fields.kind: takes one of FORCE', 'fields.signature.signedBy: a signature comes from the file alone']) expect(words).toContain(fault);
  expect(await stopped(await ordered(sheet(), {}, { ...MAPPING, zone: 'Mars/Base', group: '' }))).toMatch(/zone: is no time zone[^]*group:/);
});

test('a file with a byte order mark, one of JSON lines and one with line breaks within cells arrive', async () => {
  await run(await ordered(`\uFEFF${sheet(row('U-1', { what: 'Žižka, Łódź'.replace(',', '') }))}`));
  expect((await keptOf('U-1')).narrative).toContain('Žižka Łódź');
  const cells = { REPORT: 'U-2', DAY: '06/15/2019', TIME: '2:05 PM', PLACE: '1 Example St.', POINT: null, HURT: false, BADGE: 12, WHAT: 'Held' };
  expect(await run(await ordered(`${JSON.stringify(cells)}\n\n${JSON.stringify({ ...cells, REPORT: 'U-3', WHAT: '\ud800' })}\n`, {}, { ...MAPPING, format: 'ndjson' }))).toMatchObject({ received: 1, refused: 1 });
  expect((await keptOf('U-2')).persons[0].badge).toBe('12');
  const order = await ordered(sheet(row('U-4', { what: '"one\ntwo, ""three"""' }), row('U-5', { time: 'late' })));
  expect(await run(order)).toMatchObject({ received: 1, refused: 1 });
  expect((await keptOf('U-4')).narrative).toContain('one\ntwo, "three"');
  expect(await rejectsOf(order)).toContain('"4","U-5","incident.occurredAt","TIME_INVALID"');
});

test('a file of something else is never overwritten by the rejects', async () => {
  const order = await ordered(sheet(row('V-1')));
  expect(await stopped({ ...order, rejects: order.file })).toContain('is no rejects file');
  expect(await readFile(order.file, 'utf8')).toContain('V-1');
});

test('only a police agency imports, and a token that does not hold stops the import', async () => {
  const order = await ordered(sheet(row('W-1')));
  await expect(run(order, posting(world, 'attorneyDallas'))).rejects.toThrow('nobody of a police agency');
  await expect(run(order, posting(world, 'officerDallasPolice'))).rejects.toThrow('The server refuses');
  const bare: Post = async (body) => {
    const response = await fetch(`${world.server.url}/graphql`, { method: 'POST', body, headers: { 'content-type': 'application/json', authorization: 'Bearer none' } });
    return { status: response.status, retryAfter: null, text: await response.text() };
  };
  await expect(run(order, bare)).rejects.toThrow('does not take the token');
  expect(await countOf('W-%')).toEqual({ referrals: 0, cases: 0 });
});

test('the mapping for the Dallas format that ships reads that shape', async () => {
  const mapping = JSON.parse(await readFile(fileURLToPath(new URL('../drizzle/reference/imports/dallas-response-to-resistance.json', import.meta.url)), 'utf8'));
  const names = ['OBJECTID', 'ZIP', 'FILENUM', 'OCCURRED_D', 'OCCURRED_T', 'CURRENT_BA', 'OffSex', 'OffRace', 'HIRE_DT', 'OFF_INJURE', 'OffCondTyp', 'OFF_HOSPIT', 'SERVICE_TY', 'ForceType', 'UOF_REASON', 'Cycles_Num', 'ForceEffec', 'Address', 'CitNum', 'CitRace', 'CitSex', 'CIT_INJURE', 'CitCondTyp', 'CIT_ARREST', 'CIT_INFL_A', 'CitChargeT', 'BEAT', 'GeoLocation'];
  const cells: Record<string, string> = {
    OBJECTID: '1', ZIP: '75201', FILENUM: 'UF-I-1', OCCURRED_D: '05/02/2019', OCCURRED_T: '9:15 PM', CURRENT_BA: '1', OffSex: 'Female', OffRace: 'Other', HIRE_DT: '01/01/2010', OFF_INJURE: 'false', OffCondTyp: 'None',
    OFF_HOSPIT: 'false', SERVICE_TY: 'Call', ForceType: 'Held', UOF_REASON: 'Arrest', Cycles_Num: 'NULL', ForceEffec: 'Yes', Address: '1 Invented Rd.', CitNum: '9', CitRace: 'NULL', CitSex: 'Male', CIT_INJURE: 'true', CitCondTyp: 'Bruise',
    CIT_ARREST: 'true', CIT_INFL_A: 'NULL', CitChargeT: 'None', BEAT: '1', GeoLocation: '',
  };
  const line = (changes: Record<string, string>) => names.map((name) => ({ ...cells, ...changes })[name]).join(',');
  const order = await ordered(`${names.join(',')}\n${line({})}\n${line({ CURRENT_BA: '2' })}\n${line({ FILENUM: 'UF-I-2', ZIP: '75252' })}\n`, {}, mapping);
  expect(await run(order)).toMatchObject({ rows: 3, groups: 2, received: 2, refused: 0 });
  const kept = await keptOf('UF-I-1');
  expect(kept.persons).toEqual([{ part: 'SUBJECT', badge: '1', injured: false }, { part: 'SUBJECT', badge: '2', injured: false }, { part: 'VICTIM', badge: null, injured: true }]);
  expect(kept.narrative).toContain('Cycles: not recorded');
});

test('killed at any moment and run again, it makes no twins and leaves no gaps', async () => {
  const reports = 600;
  const rows = Array.from({ length: reports * 2 }, (_, index) => row(`K-${(index * 7) % reports}`, { badge: String(index), ...(index % 100 === 0 && { time: 'NULL' }) }));
  const order = await ordered(sheet(...rows));
  const mappingFile = join(home, 'killed.mapping.json');
  await writeFile(mappingFile, JSON.stringify({ ...MAPPING, order: undefined }));
  const token = await world.as('machineDallasPolice').token();
  const start = () => spawn(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(new URL('import.process.ts', import.meta.url)), order.file, '--mapping', mappingFile, '--url', world.server.url, '--attested-by', 'chiefDallasPolice', '--batch', '10', '--quiet'],
    { env: { ...process.env, COMITY_TOKEN: token }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const checkpoint = `${order.rejects}.checkpoint`;
  let cut = 0;
  for (let round = 0; round < 3; round += 1) {
    const before = await readFile(checkpoint, 'utf8').catch(() => '');
    const child = start();
    const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('exit', (_, signal) => resolve(signal)));
    while (child.exitCode === null && (await readFile(checkpoint, 'utf8').catch(() => '')) === before) await pause(2);
    await pause(Math.random() * 60);
    child.kill('SIGKILL');
    if ((await ended) === 'SIGKILL') cut += 1;
  }
  expect(cut).toBeGreaterThan(1);
  const last = start();
  let said = '';
  last.stdout.on('data', (chunk: Buffer) => { said += chunk.toString(); });
  expect(await new Promise((resolve) => last.once('exit', resolve))).toBe(2);
  expect(said).toMatch(/gone on from/);
  const faulty = new Set(rows.filter((text) => text.includes('NULL')).map((text) => text.split(',')[0]));
  expect(await countOf('K-%')).toEqual({ referrals: reports - faulty.size, cases: reports - faulty.size });
  const named = (await rejectsOf(order)).split('\r\n').slice(1).filter((text) => text !== '').map((text) => text.split(',')[1]);
  expect(named.sort()).toEqual([...faulty].map((key) => `"${key}"`).sort());
  expect(await exists(checkpoint)).toBe(false);
}, 60_000);
