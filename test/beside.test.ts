import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { calendarIn, feedOf } from './calendar.world.ts';
import { bench } from './decisions.world.ts';
import { demanding, item, served } from './demands.world.ts';
import { joined } from './explain.world.ts';
import { docket } from './federal.world.ts';
import { completeReferral, openWorld, type BuiltCase, type CastMember, type World } from './world.ts';

let world: World;
let play: ReturnType<typeof docket>;
let judging: ReturnType<typeof bench>;
let asking: ReturnType<typeof demanding>;
beforeAll(async () => {
  world = await openWorld();
  play = docket(world);
  judging = bench(world);
  asking = demanding(world);
});
afterAll(() => world.close());

const mutation = (field: string, selection: string) => `mutation ($input: ${field.charAt(0).toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { ${selection} } }`;
const tell = async (field: string, selection: string, input: object, who: CastMember = 'attorneyDallas') => (await world.as(who).get(mutation(field, selection), { input }))[field];
const target = (subject: BuiltCase, kind: string, id: string) => ({ caseId: subject.id, compartment: 'GRAND_JURY', target: { kind, id } });
const place = (subject: BuiltCase, id: string, kind = 'CHARGE') => tell('placeInCompartment', 'case { id }', { ...target(subject, kind, id), basis: 'GRAND_JURY_TESTIMONY' });
const release = (subject: BuiltCase, id: string, kind = 'CHARGE') => tell('releaseFromCompartment', 'case { id }', { ...target(subject, kind, id), finding: 'COURT_ORDER' });
const read = async (who: CastMember, { id }: { readonly id: string }) => (await world.as(who).get(`query ($id: ID) { case(id: $id) {
  charges { id } clocks(includeEarlier: true) { kind metOn supersededAt } clockFacts { kind } victimNotices { kind decisionId } events(first: 100) { nodes { act body } } } }`, { id }))['case'];
const kinds = (seen: { clocks: { kind: string }[] }) => seen.clocks.map(({ kind }) => kind);
const minors = (part: string) => completeReferral('').persons.map((person) => (person.part === part ? { ...person, minorAtIncident: true } : person));
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

describe('a notice to a victim that names no decision', () => {
  const notice = (subject: BuiltCase, kind: string, more: object = {}, who: CastMember = 'attorneyDallas') =>
    judging.tell(who, 'recordVictimNotice', { caseId: subject.id, personId: subject.personIds[1], kind, method: 'MAIL', sentOn: '2026-05-05', ...more });
  const told = async (who: CastMember, subject: BuiltCase) => (await read(who, subject)).victimNotices.map(({ kind }: { kind: string }) => kind);

  test('goes where the only filing goes that it can be about, and comes out with it; one of an open filing stays with who tells victims', async () => {
    const { subject, chargeIds: [id = ''] } = await play.inCourt();
    await notice(subject, 'CHARGED', {}, 'advocateDallas');
    await notice(subject, 'RIGHTS_FORM');
    expect(await told('advocateDallas', subject)).toEqual(['CHARGED', 'RIGHTS_FORM']);
    await place(subject, id);
    expect([await told('attorneyDallas', subject), await told('secondDallas', subject), await told('advocateDallas', subject)]).toEqual([['CHARGED', 'RIGHTS_FORM'], ['RIGHTS_FORM'], ['RIGHTS_FORM']]);
    const events = (await read('secondDallas', subject)).events.nodes.filter(({ act }: { act: string }) => act === 'VICTIM_NOTICE_RECORDED');
    expect(events).toMatchObject([{ body: { kind: 'RIGHTS_FORM' } }]);
    await release(subject, id);
    expect(await told('advocateDallas', subject)).toEqual(['CHARGED', 'RIGHTS_FORM']);
    await play.filedCharge(subject);
    await place(subject, id);
    expect(await told('advocateDallas', subject)).toEqual(['CHARGED', 'RIGHTS_FORM']);
  });

  test('recorded at the moment of the placing waits for it, and goes there too', async () => {
    const { subject, chargeIds: [id = ''] } = await play.inCourt();
    const { owner } = world.database;
    let recorded: Promise<unknown> = Promise.resolve();
    await owner.begin(async (tx) => {
      await tx`select 1 from comity.trail_heads where case_id = ${subject.id} and chain = 'CASE' for update`;
      recorded = notice(subject, 'CHARGED');
      // Until the notice waits for the lock, as what places the charge holds it.
      for (let waits = 0; waits === 0;) [{ waits }] = await tx<[{ waits: number }]>`select count(*)::integer as waits from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
      await tx`update comity.charges set needs = needs | 16384 where id = ${id}`;
    });
    await recorded;
    await owner`select comity.compute_sight(${subject.id})`;
    expect([await told('attorneyDallas', subject), await told('secondDallas', subject)]).toEqual([['CHARGED'], []]);
  });

  test('and was sent after what lies in the compartment was disposed of, or before anything open was filed, is there too', async () => {
    const { subject } = await play.inCourt();
    const hidden = await play.filedCharge(subject, { needs: 16 | 16384 });
    await play.tell('attorneyDallas', 'recordDisposition', await play.dispose(subject, hidden, 'ACQUITTED'));
    await notice(subject, 'DISPOSITION', { sentOn: '2026-09-02' });
    expect([await told('attorneyDallas', subject), await told('secondDallas', subject)]).toEqual([['DISPOSITION'], []]);
    const early = await world.buildCase({ claimedBy: 'attorneyDallas' });
    await play.filedCharge(early, { needs: 16 | 16384, filedOn: '2026-05-04' });
    await play.filedCharge(early, { filedOn: '2026-06-04' });
    await notice(early, 'CHARGED', { sentOn: '2026-05-05' });
    await notice(early, 'CHARGED', { sentOn: '2026-06-05' });
    expect([await told('attorneyDallas', early), await told('secondDallas', early)]).toEqual([['CHARGED', 'CHARGED'], ['CHARGED']]);
  });

  test('tells another office nothing of what is charged against a minor', async () => {
    const subject = await world.buildCase({ claimedBy: 'attorneyDallas', referral: { persons: minors('OFFICIAL') } });
    await play.filedCharge(subject, { needs: 16 | 4096 });
    await joined(world, subject, 'hennepin-mn', ['SUMMARY', 'PERSONS', 'CHARGES', 'PROCEEDINGS']);
    await world.database.owner`select comity.compute_sight(${subject.id}::uuid)`;
    await notice(subject, 'CHARGED');
    expect([await told('secondDallas', subject), await told('attorneyHennepin', subject)]).toEqual([['CHARGED'], []]);
  });
});

describe('the trail', () => {
  test('tells nobody outside of facts and assertions about what lies in a compartment, nor of proof by it', async () => {
    const subject = await world.buildCase({ claimedBy: 'attorneyDallas' });
    const [person = '', recording = ''] = [subject.personIds[0], subject.recordingIds[0]];
    const id = await judging.charged('attorneyDallas', subject);
    const link = (sourceKind: string, sourceId: string) => tell('linkProof', 'link { id }', { caseId: subject.id, chargeId: id, element: 1, sourceKind, sourceId, polarity: 'SUPPORTS', reasoning: 'It shows it.' });
    const fact = (kind: string, aboutId: string, more: object = {}) => tell('recordClockFact', 'fact { id }', { caseId: subject.id, kind, aboutId, from: '2026-04-01', source: 'A letter.', ...more });
    await fact('DISCOVERY', id);
    await fact('PUBLIC_OFFICE', person);
    await fact('RECORDING_FLAGGED', recording);
    await fact('EXCLUSION', person, { ground: 'ABSENT_AFTER_ACCUSED', to: '2026-04-09' });
    await tell('assertLimitation', 'fact { id }', { caseId: subject.id, chargeId: id, grounds: ['ABSENT_AFTER_ACCUSED'], reasoning: 'They were away.' });
    await link('RECORDING', recording);
    await link('PERSON', String(subject.personIds[2]));
    const acts = async () => (await read('secondDallas', subject)).events.nodes.map(({ act }: { act: string }) => act).filter((act: string) => /CLOCK_FACT|LIMITATION|PROOF/.test(act)).sort();
    expect(await acts()).toEqual(['CLOCK_FACT_RECORDED', 'CLOCK_FACT_RECORDED', 'CLOCK_FACT_RECORDED', 'CLOCK_FACT_RECORDED', 'LIMITATION_ASSERTED', 'PROOF_LINKED', 'PROOF_LINKED']);
    await place(subject, String(subject.personIds[2]), 'PERSON');
    await place(subject, recording, 'RECORDING');
    expect(await acts()).toEqual(['CLOCK_FACT_RECORDED', 'CLOCK_FACT_RECORDED', 'CLOCK_FACT_RECORDED', 'LIMITATION_ASSERTED']);
    await place(subject, person, 'PERSON');
    expect(await acts()).toEqual([]);
  });

  /** Ids of rows that a compartment, a seal or a minor's protection can hide. */
  const HIDEABLE = /\b(?:charge|person|other|source|about|recording|annotation|assessment|analysis|decision|disposition|identification|link|fact|notice|demand|item|event|removal|rendition|proceeding|courtDate)Id\b/;
  /** Acts whose names are said elsewhere than beside their bodies, by the file of the body. */
  const SAID_ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
    'annotations/annotation.acts.ts': ['ANNOTATED', 'ANNOTATION_REVISED'],
    'demands/demand.told.ts': ['DEMAND_SERVED', 'DEMAND_ACKNOWLEDGED', 'DEMAND_EXTENDED', 'DEMAND_ANSWERED', 'DEMAND_WITHDRAWN', 'DEMAND_SUIT_FILED', 'DEMAND_SUIT_DECIDED', 'PRODUCTION_RECEIVED', 'PRESERVATION_LIFTED'],
    'demands/response.acts.ts': ['DEMAND_ITEM_ANSWERED', 'DEMAND_ITEM_RECEIVED'],
  };
  /** The thread with the agency tells of items by its own table, what a compartment holds stands in its own chain, and offices and their parts in a case are nothing that is hidden so. */
  const APART = /^(?:referrals|compartments|joint)\//;

  test('has for every act that names what can be hidden a rule that hides it along', async () => {
    const named = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.acts.ts') || file.endsWith('.told.ts') || file.endsWith('.guards.ts')).flatMap((file) =>
      [...readFileSync(`src/${file}`, 'utf8').matchAll(/\bact: ((?:[^,{}(]|\([^)]*\))+),(?:(?!\bact: )[\s\S]){0,220}?\bbody(?:: (\{[^}]*\})|\b)/g)].flatMap(([, act = '', body = 'chargeId']) => {
        const said = [...act.replace(/^.*\?/, '').matchAll(/'([A-Z_]{4,})'/g)].map(([, name = '']) => name);
        return !HIDEABLE.test(body) || APART.test(file) ? [] : said.length > 0 ? said : SAID_ELSEWHERE[file] ?? [`what ${act} is in ${file}`];
      }));
    const [{ rules, beside } = {}] = await world.database.owner`
      select string_agg(pg_get_expr(p.polqual, p.polrelid), ' ') || pg_get_functiondef('comity.event_beside_seen'::regproc) as rules,
          max(pg_get_expr(p.polqual, p.polrelid)) filter (where p.polname = 'trail_events_beside') as beside
        from pg_policy p where p.polrelid = 'comity.trail_events'::regclass and not p.polpermissive`;
    expect(beside).toBe('comity.event_beside_seen(act, case_id, body)');
    const prefixes = [...String(rules).matchAll(/starts_with\((?:p_)?act, '([A-Z_]+)'/g)].map(([, prefix = '']) => prefix);
    const words = new Set([...String(rules).matchAll(/'([A-Z_]{4,})'/g)].map(([, word = '']) => word));
    expect(named.length).toBeGreaterThan(35);
    expect(named.filter((act) => !words.has(act) && !prefixes.some((prefix) => act.startsWith(prefix)))).toEqual([]);
  });
});

describe('a clock', () => {
  test('of what a grand jury has is in no calendar, and nobody’s who says no purpose', async () => {
    const subject = await world.buildCase({ claimedBy: 'attorneyDallas' });
    await play.filedCharge(subject, { needs: 16 | 16384, filedOn: daysAgo(3) });
    await judging.cleared('attorneyDallas', subject);
    expect(kinds(await read('attorneyDallas', subject))).toContain('VICTIM_NOTICE');
    const unsaid = (await world.as('attorneyDallas', { purpose: null }).get('query ($id: ID) { case(id: $id) { charges { id } clocks { kind } } }', { id: subject.id }))['case'];
    expect([unsaid.charges, kinds(unsaid)]).toEqual([[], expect.not.arrayContaining(['VICTIM_NOTICE'])]);
    const { events } = calendarIn(await (await fetch((await feedOf(world, 'attorneyDallas')).url)).text());
    expect(JSON.stringify(events)).not.toContain('Notice to a victim');
  });

  test('of what is charged against a minor is not another office’s', async () => {
    const subject = await world.buildCase({ claimedBy: 'attorneyDallas', referral: { persons: minors('OFFICIAL') } });
    await play.filedCharge(subject, { needs: 16 | 4096 });
    await joined(world, subject, 'hennepin-mn', ['SUMMARY', 'PERSONS', 'CHARGES', 'PROCEEDINGS']);
    await world.database.owner`select comity.compute_sight(${subject.id}::uuid)`;
    await judging.cleared('attorneyDallas', subject, 'UNKNOWN');
    expect(kinds(await read('secondDallas', subject))).toContain('VICTIM_NOTICE');
    const theirs = await read('attorneyHennepin', subject);
    expect([theirs.charges, kinds(theirs)]).toEqual([[], []]);
  });

  test('as it stood before does not tell of a filing or a removal that went into a compartment since', async () => {
    const { subject, chargeIds: [id = ''] } = await play.inCourt();
    await play.arraign(subject);
    const { removal } = await play.remove(subject, 'FILE_NOTICE', '2026-06-10');
    const [before, met] = [await read('supervisorDallas', subject), (seen: { clocks: { kind: string; metOn: string | null }[] }) => seen.clocks.filter(({ kind, metOn }) => kind === 'REMOVAL_WINDOW' && metOn !== null).length];
    expect([kinds(before).includes('VICTIM_NOTICE'), met(before)]).toEqual([true, 1]);
    await place(subject, removal.id, 'REMOVAL');
    expect([met(await read('supervisorDallas', subject)), met(await read('attorneyDallas', subject))]).toEqual([0, expect.any(Number)]);
    const other = await play.filedCharge(subject, { filedOn: '2026-06-04' });
    await place(subject, id);
    await play.tell('attorneyDallas', 'setTrial', { caseId: subject.id, personId: subject.personIds[0], startsOn: '2026-12-20' });
    const hidden = await read('supervisorDallas', subject);
    expect(hidden.charges).toEqual([{ id: other }]);
    const [shown] = await world.database.owner`select count(*)::int as n from comity.clocks where case_id = ${subject.id} and kind = 'VICTIM_NOTICE' and started_on = '2026-05-04' and superseded_at is not null`;
    expect(shown?.['n']).toBeGreaterThan(0);
    expect(hidden.clocks.filter(({ kind }: { kind: string }) => kind === 'VICTIM_NOTICE')).toHaveLength(1);
    expect((await read('attorneyDallas', subject)).clocks.filter(({ kind }: { kind: string }) => kind === 'VICTIM_NOTICE').length).toBeGreaterThan(1);
  });

  test('of a demand as it stood before does not tell when an item for a charge in a compartment was answered', async () => {
    const { subject, chargeIds: [id = ''] } = await play.inCourt();
    const demand = await asking.drafted('attorneyDallas', subject, { items: [item(), item('Another camera.', { chargeId: id, element: 1 })] });
    await asking.tell('attorneyDallas', 'serveDemand', { caseId: subject.id, demandId: demand.id, ...served() });
    for (const [at, { id: itemId }] of demand.items.entries()) {
      await asking.tell('attorneyDallas', 'answerDemand', { caseId: subject.id, demandId: demand.id, answeredOn: `2026-05-0${at + 1}`, answers: [{ itemId, state: 'PRODUCED' }] });
    }
    const met = async (who: CastMember) => (await read(who, subject)).clocks.flatMap(({ kind, metOn }: { kind: string; metOn: string | null }) => (kind === 'EXTERNAL_DEMAND' && metOn !== null ? [metOn] : [])).sort();
    expect(await met('supervisorDallas')).toEqual(['2026-05-02']);
    await place(subject, id);
    await play.tell('attorneyDallas', 'setTrial', { caseId: subject.id, personId: subject.personIds[0], startsOn: '2026-12-20' });
    expect([await met('supervisorDallas'), await met('attorneyDallas')]).toEqual([['2026-05-01'], ['2026-05-01', '2026-05-02']]);
  });
});
