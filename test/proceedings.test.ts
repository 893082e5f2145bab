import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refreshClocks } from '../src/clocks/refresh.ts';
import { commandClient } from '../src/database/migrate.ts';
import { IMMUNITY_ACTS, IMMUNITY_MOVES, IMMUNITY_REVERSALS, IMMUNITY_STATES, NOT_RAISED } from '../src/federal/immunity-proceeding.rules.ts';
import { after } from '../src/federal/machine.ts';
import { PARALLEL_ACTS, PARALLEL_MOVES, PARALLEL_STATES, UNKNOWN } from '../src/federal/parallel.rules.ts';
import { NO_WARRANT, RENDITION_ACTS, RENDITION_MOVES, RENDITION_STATES } from '../src/federal/rendition.rules.ts';
import { LOCAL, SUPERSESSION_ACTS, SUPERSESSION_MOVES, SUPERSESSION_STATES } from '../src/federal/supersession.rules.ts';
import { newId } from '../src/kernel/ids.ts';
import { docket, movesKept, movesOf, type FederalField } from './federal.world.ts';
import { seated } from './seated.ts';
import { openWorld, type BuiltCase, type World } from './world.ts';

type Json = Readonly<Record<string, unknown>>;

let world: World;
let play: ReturnType<typeof docket>;
let bound: { subject: BuiltCase; personId: string };
beforeAll(async () => {
  world = await openWorld();
  play = docket(world);
  bound = await play.inCourt();
});
afterAll(() => world.close());

interface Kind {
  readonly field: FederalField;
  readonly payload: string;
  readonly list: string;
  readonly table: string;
  readonly idField: string;
  readonly none: string;
  readonly machine: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly acts: readonly string[];
  readonly states: readonly string[];
  readonly rule: string;
  readonly first: string;
  /** Moves beside the one table, which an act takes by what stands. */
  readonly also?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What an act is recorded with, beside the day. */
  readonly with: (act: string, personId: string) => Json;
  /** The row of a state, beside what every row has. */
  readonly row: (state: string, personId: string) => Json;
}

const held = ['HEARING', 'TRANSFERRED', 'RETAINED', 'RETURNED'];
const KINDS: readonly Kind[] = [
  {
    field: 'recordSupersession', payload: 'supersession', list: 'supersessions', table: 'supersessions', idField: 'supersessionId', none: LOCAL, machine: SUPERSESSION_MOVES, acts: SUPERSESSION_ACTS, states: SUPERSESSION_STATES, rule: 'SUPERSESSION', first: 'PETITION',
    with: (act) => ({ ...(act === 'TRANSFER' && { appointee: 'A prosecutor of another county' }), ...(act === 'TRANSFER' || act === 'RETAIN' ? { order: 'Order 7.' } : {}) }),
    row: (state) => ({
      needs: 64, basis: 'CONFLICT_OF_INTEREST', petitioner: 'The attorney general', filed_on: '2026-05-20', ...(held.includes(state) && { judge_assigned_on: '2026-06-01', heard_on: '2026-06-25' }),
      ...(held.indexOf(state) > 0 && { decided_on: '2026-07-20', order: 'Order 7.' }), ...(state === 'WITHDRAWN' && { withdrawn_on: '2026-07-20' }),
    }),
  },
  {
    field: 'recordParallelProceeding', payload: 'proceeding', list: 'parallelProceedings', table: 'parallel_proceedings', idField: 'proceedingId', none: UNKNOWN, machine: PARALLEL_MOVES, acts: PARALLEL_ACTS, states: PARALLEL_STATES, rule: 'PARALLEL_PROCEEDING', first: 'OPEN',
    with: (act, personId) => (act === 'OPEN' ? { forum: 'FEDERAL_CRIMINAL', court: 'N.D. Tex.', docketNumber: '3:26-mj-00009', against: 'SUSPECT', personId } : {}),
    row: (state, personId) => ({
      needs: 68, forum: 'FEDERAL_CRIMINAL', court: 'N.D. Tex.', docket_number: '3:26-mj-00009', against: 'SUSPECT', person_id: personId, opened_on: '2026-05-20', ...(state === 'STAYED' && { stayed_on: '2026-06-01' }),
      ...(['CONCLUDED', 'DISMISSED'].includes(state) && { ended_on: '2026-07-01' }),
    }),
  },
  {
    field: 'recordRendition', payload: 'rendition', list: 'renditions', table: 'renditions', idField: 'renditionId', none: NO_WARRANT, machine: RENDITION_MOVES, acts: RENDITION_ACTS, states: RENDITION_STATES, rule: 'RENDITION', first: 'ENTER_WARRANT',
    with: (act, personId) => ({
      ...(act === 'ENTER_WARRANT' && { personId }), ...(act === 'ARREST' && { asylumState: 'VA' }), ...(act === 'EXTEND_HOLD' && { extensionUntil: '2026-08-20', order: 'Order 9.' }), ...(act.endsWith('_HABEAS') && { order: 'Order 9.' }),
      ...(act === 'SEND_GOVERNOR_REQUEST' && { asylumState: 'VA', agentOfState: 'Sgt. Fetcher' }), ...(act === 'RETURN' && { agentOfState: 'Sgt. Fetcher' }), ...(['REFUSE', 'RELEASE', 'WITHDRAW'].includes(act) ? { reason: 'He came by himself.' } : {}),
    }),
    row: (state, personId) => ({
      needs: 84, person_id: personId, asylum_state: 'VA', warrant_active_on: '2026-05-20', ...(state !== 'WARRANT_ACTIVE' && { arrest_on: '2026-06-25' }), ...(state === 'WAIVED' && { waived_on: '2026-06-26' }),
      ...(['GOVERNOR_REQUEST_SENT', 'GOVERNOR_WARRANT', 'REFUSED', 'HABEAS'].includes(state) && { governor_request_on: '2026-06-26' }), ...(['GOVERNOR_WARRANT', 'HABEAS'].includes(state) && { governor_warrant_on: '2026-06-27' }),
      ...(state === 'REFUSED' && { refused_on: '2026-06-28', reason: 'x' }), ...(state === 'HABEAS' && { habeas_on: '2026-06-28' }),
      ...(state === 'RETURNED' && { returned_on: '2026-07-01' }), ...(state === 'RELEASED' && { released_on: '2026-07-01', reason: 'x' }), ...(state === 'WITHDRAWN' && { withdrawn_on: '2026-07-01', reason: 'x' }),
    }),
  },
  {
    field: 'recordImmunityProceeding', payload: 'proceeding', list: 'immunityProceedings', table: 'immunity_proceedings', idField: 'proceedingId', none: NOT_RAISED, machine: IMMUNITY_MOVES, acts: IMMUNITY_ACTS, states: IMMUNITY_STATES, rule: 'IMMUNITY', first: 'RAISE',
    also: Object.fromEntries(Object.values(IMMUNITY_REVERSALS).map((to) => [`REVERSE_TO_${to}`, { INTERLOCUTORY_APPEAL: to }])),
    with: (act) => ({
      ...(act === 'RAISE' && { forum: 'STATE', court: 'Criminal District Court No. 7' }), ...(act === 'SET_HEARING' && { hearingOn: '2026-08-20' }), ...(['GRANT', 'DENY', 'AFFIRM', 'REVERSE'].includes(act) && { decision: 'Order 3.' }),
      ...(act === 'GRANT' && { authorised: 'MET', necessary: 'MET' }), ...(['DENY', 'REVERSE'].includes(act) && { authorised: 'MET', necessary: 'NOT_MET' }), ...(act === 'APPEAL' && { appealDocket: '26-10002' }),
    }),
    row: (state, personId) => ({
      needs: 84, person_id: personId, charge_ids: '{}', ...(state === 'ANTICIPATED' ? { anticipated_on: '2026-05-20' } : { raised_on: '2026-05-20', forum: 'STATE', court: 'Criminal District Court No. 7' }), ...(state === 'HEARING' && { hearing_on: '2026-06-20' }),
      ...(['GRANTED', 'INTERLOCUTORY_APPEAL', 'FINAL'].includes(state) && { ruled_on: '2026-06-25', ruling: 'GRANTED', authorised: 'MET', necessary: 'MET', decision: 'Order 3.' }), ...(state === 'DENIED' && { ruled_on: '2026-06-25', ruling: 'DENIED', authorised: 'UNCLEAR', necessary: 'MET', decision: 'Order 3.' }),
      ...(state === 'INTERLOCUTORY_APPEAL' && { appealed_on: '2026-07-01', appeal_docket: '26-10002' }), ...(state === 'FINAL' && { final_on: '2026-07-01' }),
    }),
  },
];

/** A proceeding as it may stand, in the place of any that is on record. */
async function withProceeding({ table, row, none }: Kind, { subject, personId }: typeof bound, state: string): Promise<string | undefined> {
  const { database: { owner }, memberIds: { attorneyDallas: by } } = world;
  await owner`delete from ${owner(`comity.${table}`)} where case_id = ${subject.id}`;
  await owner`delete from comity.dispositions where case_id = ${subject.id}`;
  await owner`update comity.cases set stage = 'IN_COURT' where id = ${subject.id}`;
  if (state === none) return undefined;
  const [id, at] = [newId(), new Date().toISOString()];
  await owner`insert into ${owner(`comity.${table}`)} ${owner({ case_id: subject.id, id, state, recorded_by: by, recorded_at: at, moved_by: by, moved_at: at, ...row(state, personId) } as never)}`;
  return id;
}

describe.each(KINDS)('$field', (kind) => {
  const { field, payload, list, idField, none, machine, acts, states, rule, first } = kind;
  const input = (act: string, on: string, more: Json = {}) => ({ caseId: bound.subject.id, act, on, ...kind.with(act, bound.personId), ...(act === first && first === 'PETITION' && !(idField in more) ? { basis: 'ABUSE_OF_DISCRETION', petitioner: 'The attorney general' } : {}),
    ...(field === 'recordImmunityProceeding' && !(idField in more) && { personId: bound.personId }), ...more });

  test.each([none, ...states].flatMap((place) => acts.map((act) => [place, act] as const)))('at %s: %s is done where the one table says so, and a CONFLICT elsewhere', async (place, act) => {
    const id = await withProceeding(kind, bound, place);
    if (act === 'HEAR' && field === 'recordSupersession' && id !== undefined) await world.database.owner`update comity.supersessions set judge_assigned_on = '2026-06-01' where id = ${id}`;
    if (act === 'ARREST' && id !== undefined && place.startsWith('GOVERNOR')) await world.database.owner`update comity.renditions set arrest_on = null where id = ${id}`;
    const to = after(machine as never, act as never, place as never) as string | undefined;
    const given = input(act, '2026-08-01', { ...(id !== undefined && { [idField]: id }), ...(act === 'DECLARE_CONFLICT' && id === undefined && { basis: 'CONFLICT_OF_INTEREST', petitioner: 'The district attorney' }) });
    if (to === undefined) {
      expect(await play.refusal('attorneyDallas', field, given)).toMatchObject({ code: 'CONFLICT', rule, state: place, remedy: expect.any(String) });
      expect((await play.seen('attorneyDallas', bound.subject))[list].map(({ state }: { state: string }) => state)).toEqual(place === none ? [] : [place]);
    } else {
      const told = await play.tell('attorneyDallas', field, given);
      expect(told[payload]).toMatchObject({ state: to, movedBy: { name: 'Ada Attwell' } });
      expect(told.case[list]).toMatchObject([{ id: told[payload].id, state: to }]);
      const event = told.case.events.nodes.find(({ body }: { body: Json }) => body[idField] === told[payload].id);
      expect(event.body).toMatchObject({ [idField]: told[payload].id, act, state: to });
      expect(told[payload].steps).toMatchObject([{ act, day: '2026-08-01', state: to, recordedBy: { name: 'Ada Attwell' } }]);
      expect(JSON.stringify(event.body)).not.toMatch(/[a-z]{4,} [a-z]|Order|N\.D\./);
      // Begun once, it is not begun again; done once, it is not done again.
      if (id === undefined || after(machine as never, act as never, to as never) === undefined) expect(await play.ended('attorneyDallas', field, given)).toBe('CONFLICT');
    }
  });

  test('is judged by the tables by the same moves', async () => {
    expect(await movesKept(world, kind.table)).toEqual(movesOf({ ...machine, ...kind.also }, none));
  });

  test('is done by the team and the heads of the lead; what is hidden is what is absent', async () => {
    await withProceeding(kind, bound, none);
    for (const [who, ends] of [['secondDallas', 'FORBIDDEN'], ['advocateDallas', 'FORBIDDEN'], ['supervisorHennepin', 'NOT_FOUND']] as const) expect(await play.ended(who, field, input(first, '2026-08-01'))).toBe(ends);
    const { subject: other } = await play.inCourt();
    const foreign = await withProceeding(kind, bound, states[0] ?? '');
    const next = acts.find((act) => machine[act]?.[states[0] ?? ''] !== undefined) ?? '';
    const asked = (id: unknown) => play.refusal('attorneyDallas', field, { ...input(next, '2026-08-01'), caseId: other.id, [idField]: id });
    expect(await asked(foreign)).toEqual(await asked(newId()));
    expect(await asked('no id')).toMatchObject({ code: 'NOT_FOUND' });
    const ends = await Promise.all(Array.from({ length: 3 }, () => play.ended('supervisorDallas', field, input(next, '2026-08-01', { [idField]: foreign }))));
    expect(ends.filter((each) => each === 'OK')).toHaveLength(1);
  });

  test('is of a day that has come, and not before what came first', async () => {
    await withProceeding(kind, bound, none);
    for (const on of field === 'recordParallelProceeding' ? ['2999-01-01'] : ['2999-01-01', '2026-01-01']) expect(await play.refusal('attorneyDallas', field, input(first, on))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'on' });
    const id = await withProceeding(kind, bound, states[0] ?? '');
    const next = acts.find((act) => machine[act]?.[states[0] ?? ''] !== undefined) ?? '';
    for (const on of ['2999-01-01', '2026-05-19']) if (next !== 'PETITION') expect(await play.refusal('attorneyDallas', field, input(next, on, { [idField]: id }))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'on' });
  });

  test('is complete, and takes nothing that belongs to another act', async () => {
    await withProceeding(kind, bound, none);
    const whole = input(first, '2026-08-01');
    for (const lacking of Object.keys(whole).filter((name) => !['caseId', 'act', 'on'].includes(name) && !(name === 'personId' && field === 'recordParallelProceeding'))) {
      expect(await play.refusal('attorneyDallas', field, { ...whole, [lacking]: null })).toMatchObject({ code: 'BAD_USER_INPUT', field: lacking });
    }
    const spare = { recordSupersession: 'order', recordParallelProceeding: 'court', recordRendition: 'reason', recordImmunityProceeding: 'decision' }[field as 'recordRendition'];
    const id = field === 'recordParallelProceeding' ? await withProceeding(kind, bound, 'OPEN') : undefined;
    expect(await play.refusal('attorneyDallas', field, { ...(id === undefined ? whole : input('STAY', '2026-08-01', { [idField]: id })), [spare]: 'Something.' })).toMatchObject({ code: 'BAD_USER_INPUT', field: spare });
  });

  test('by the application’s own hand goes on by its moves alone, by the lead and in one’s own name', async () => {
    const { subject, personId } = bound;
    const id = await withProceeding(kind, bound, states[0] ?? '');
    const { recordsDallas } = world.memberIds;
    await seated(world.database, { as: world.memberIds.attorneyDallas }, async ({ refusal }) => {
      const moves = machine as Record<string, Record<string, string>>;
      const reached = Object.values(moves).flatMap((each) => each[states[0] ?? ''] ?? []);
      for (const to of states.filter((state) => !reached.includes(state))) {
        expect(await refusal(`update comity.${kind.table} set state = '${to}', moved_by = comity.member() where case_id = $1::uuid and id = $2::uuid`, [subject.id, id ?? null]), to).toBe('42501');
      }
      expect(await refusal(`update comity.${kind.table} set state = '${reached[0] ?? ''}', moved_by = '${recordsDallas}' where case_id = $1::uuid and id = $2::uuid`, [subject.id, id ?? null])).toBe('42501');
      const columns = Object.entries(kind.row(states.at(-1) ?? '', personId));
      expect(await refusal(`insert into comity.${kind.table} (case_id, id, state, recorded_by, recorded_at, moved_by, moved_at, ${columns.map(([name]) => `"${name}"`).join()})
        values ($1::uuid, $2::uuid, '${states.at(-1) ?? ''}', comity.member(), now(), comity.member(), now(), ${columns.map(([, value]) => `'${String(value)}'`).join()})`, [subject.id, newId()])).toBe('42501');
    });
  });
});

describe('a supersession', () => {
  const [kind] = KINDS as readonly [Kind];

  test('is heard by a judge who was assigned, and leaves the lead where it is (71 P.S. 732-205)', async () => {
    await withProceeding(kind, bound, LOCAL);
    const step = (act: string, on: string, more: Json = {}) => ({ caseId: bound.subject.id, act, on, ...more });
    const { supersession: { id } } = await play.tell('attorneyDallas', 'recordSupersession', step('PETITION', '2026-05-20', { basis: 'ABUSE_OF_DISCRETION', petitioner: 'The attorney general' }));
    expect(await play.refusal('attorneyDallas', 'recordSupersession', step('HEAR', '2026-06-25', { supersessionId: id }))).toMatchObject({ code: 'CONFLICT', rule: 'SUPERSESSION', remedy: expect.stringContaining('ASSIGN_JUDGE') });
    await play.tell('attorneyDallas', 'recordSupersession', step('ASSIGN_JUDGE', '2026-06-01', { supersessionId: id }));
    expect(await play.refusal('attorneyDallas', 'recordSupersession', step('HEAR', '2026-05-31', { supersessionId: id }))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'on', message: expect.stringContaining('the assignment of the judge') });
    await play.tell('attorneyDallas', 'recordSupersession', step('HEAR', '2026-06-25', { supersessionId: id }));
    expect(await play.refusal('attorneyDallas', 'recordSupersession', step('RETAIN', '2026-06-24', { supersessionId: id, order: 'Denied.' }))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'on' });
    const { supersession, case: seen } = await play.tell('attorneyDallas', 'recordSupersession', step('TRANSFER', '2026-08-24', { supersessionId: id, appointee: 'The attorney general', order: 'Order 7.' }));
    expect(supersession).toMatchObject({ state: 'TRANSFERRED', filedOn: '2026-05-20', judgeAssignedOn: '2026-06-01', heardOn: '2026-06-25', decidedOn: '2026-08-24', appointee: 'The attorney general', order: 'Order 7.' });
    expect(seen.lead.slug).toBe('dallas-tx');
    expect((await play.tell('attorneyDallas', 'recordSupersession', step('RETURN', '2026-09-24', { supersessionId: id }))).supersession).toMatchObject({ state: 'RETURNED', returnedOn: '2026-09-24' });
  });

  test('has another judge assigned, and tells of both; on a discretion that was abused there is no order without a hearing', async () => {
    await withProceeding(kind, bound, LOCAL);
    const step = (act: string, on: string, more: Json = {}) => ({ caseId: bound.subject.id, act, on, ...more });
    const { supersession: { id: supersessionId } } = await play.tell('attorneyDallas', 'recordSupersession', step('PETITION', '2026-05-20', { basis: 'ABUSE_OF_DISCRETION', petitioner: 'The attorney general' }));
    for (const on of ['2026-06-01', '2026-06-10']) await play.tell('attorneyDallas', 'recordSupersession', step('ASSIGN_JUDGE', on, { supersessionId }));
    expect(await play.refusal('attorneyDallas', 'recordSupersession', step('TRANSFER', '2026-06-11', { supersessionId, appointee: 'The attorney general', order: 'Order 7.' }))).toMatchObject({ code: 'CONFLICT', rule: 'SUPERSESSION', basis: 'ABUSE_OF_DISCRETION', remedy: expect.stringContaining('HEAR') });
    const { supersession } = await play.tell('attorneyDallas', 'recordSupersession', step('RETAIN', '2026-06-12', { supersessionId, order: 'Denied on the papers.' }));
    expect(supersession).toMatchObject({
      state: 'RETAINED', judgeAssignedOn: '2026-06-10', heardOn: null, decidedOn: '2026-06-12',
      steps: [{ act: 'PETITION', day: '2026-05-20' }, { act: 'ASSIGN_JUDGE', day: '2026-06-01' }, { act: 'ASSIGN_JUDGE', day: '2026-06-10', state: 'PETITIONED', recordedBy: { name: 'Ada Attwell' } }, { act: 'RETAIN', day: '2026-06-12' }],
    });
  });

  test('is withdrawn, and another begins', async () => {
    const id = await withProceeding(kind, bound, 'HEARING');
    const about = { caseId: bound.subject.id, on: '2026-07-21' };
    expect((await play.tell('attorneyDallas', 'recordSupersession', { ...about, act: 'WITHDRAW', supersessionId: id })).supersession).toMatchObject({ state: 'WITHDRAWN', withdrawnOn: '2026-07-21', decidedOn: null });
    expect(await play.ended('attorneyDallas', 'recordSupersession', { ...about, act: 'PETITION', basis: 'ABSENCE', petitioner: 'The judge' })).toBe('OK');
  });

  test('that gives the case to another takes the pen from the office at once, from acts and tables, and leaves it its record; with the case back it writes again', async () => {
    const { subject, personId } = await play.inCourt();
    const about = { caseId: subject.id, on: '2026-07-01' };
    const { supersession: { id: supersessionId } } = await play.tell('attorneyDallas', 'recordSupersession', { ...about, act: 'DECLARE_CONFLICT', basis: 'CONFLICT_OF_INTEREST', petitioner: 'The district attorney' });
    await play.arraign(subject);
    await play.tell('attorneyDallas', 'recordSupersession', { ...about, act: 'TRANSFER', supersessionId, appointee: 'A prosecutor of another county', order: 'Order 7.' });
    expect(await play.refusal('attorneyDallas', 'setTrial', { caseId: subject.id, personId, startsOn: '2026-09-01' })).toMatchObject({ code: 'CONFLICT', rule: 'SUPERSESSION', remedy: expect.stringContaining('RETURN') });
    const note = `insert into comity.court_dates (case_id, id, needs, person_id, kind, day, recorded_by, recorded_at) values ($1::uuid, '${newId()}', 84, $2::uuid, 'TRIAL', '2026-09-01', comity.member(), now())`;
    await seated(world.database, { as: world.memberIds.attorneyDallas }, async ({ refusal }) => expect(await refusal(note, [subject.id, personId])).toBe('42501'));
    expect((await play.seen('attorneyDallas', subject)).persons[0]).toMatchObject({ arraignedOn: '2026-06-01' });
    await play.tell('attorneyDallas', 'recordSupersession', { ...about, act: 'RETURN', supersessionId });
    await seated(world.database, { as: world.memberIds.attorneyDallas }, async ({ refusal }) => expect(await refusal(note, [subject.id, personId])).toBe('passed'));
    expect(await play.ended('attorneyDallas', 'setTrial', { caseId: subject.id, personId, startsOn: '2026-09-01' })).toBe('OK');
  });

  test('every table that an act of the prosecution writes refuses it', async () => {
    const guarded = (await world.database.owner`select tgrelid::regclass::text as table from pg_trigger where tgname like '%_superseded'`).map((row) => String(row['table']).replace('comity.', ''));
    const written = (await world.database.owner`select relname as table from pg_class c where relnamespace = 'comity'::regnamespace and relkind = 'r' and exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'case_id' and not a.attisdropped)
      and (has_table_privilege('comity_app', c.oid, 'insert') or has_any_column_privilege('comity_app', c.oid, 'update'))`).map((row) => String(row['table']));
    // What is kept, arranged, asked of an agency or handed over is not of the prosecution.
    expect(written.filter((table) => !guarded.includes(table)).sort()).toEqual([
      'assignments', 'authorisations', 'case_referrals', 'glass_uses', 'proceeding_steps', 'responsibilities', 'return_entries', 'return_items', 'seals', 'supersessions', 'transfers', 'unit_restrictions', 'venue_contests', 'venues', 'walls',
    ]);
  });

  test('names in a refusal the law of the state of the case', async () => {
    for (const [state, citation] of [['PA', '71 P.S. 732-205'], ['IL', '55 ILCS 5/3-9008'], ['TX', null]] as const) {
      await world.database.owner`update comity.cases set state = ${state} where id = ${bound.subject.id}`;
      await withProceeding(kind, bound, LOCAL);
      expect(await play.refusal('attorneyDallas', 'recordSupersession', { caseId: bound.subject.id, act: 'HEAR', on: '2026-08-01' })).toMatchObject({ code: 'CONFLICT', citation });
    }
  });

  test('is told of with the PROCEEDINGS of a case alone', async () => {
    await withProceeding(kind, bound, 'PETITIONED');
    expect((await play.seen('secondDallas', bound.subject)).supersessions).toHaveLength(1);
    expect((await play.seen('intakeDallas', bound.subject)).supersessions).toEqual([]);
  });
});

describe('a proceeding beside the case', () => {
  test('is stayed twice, and tells of both', async () => {
    const about = { caseId: bound.subject.id };
    const { proceeding: { id: proceedingId } } = await play.tell('attorneyDallas', 'recordParallelProceeding', { ...about, act: 'OPEN', on: '2026-05-20', forum: 'FEDERAL_CIVIL', court: 'N.D. Tex.', docketNumber: newId(), against: 'VICTIM' });
    for (const [act, on] of [['STAY', '2026-06-01'], ['LIFT_STAY', '2026-06-05'], ['STAY', '2026-07-01']] as const) await play.tell('attorneyDallas', 'recordParallelProceeding', { ...about, proceedingId, act, on });
    const { proceeding } = await play.tell('attorneyDallas', 'recordParallelProceeding', { ...about, proceedingId, act: 'LIFT_STAY', on: '2026-07-05' });
    expect(proceeding.steps.map(({ act, day }: { act: string; day: string }) => [act, day])).toEqual([['OPEN', '2026-05-20'], ['STAY', '2026-06-01'], ['LIFT_STAY', '2026-06-05'], ['STAY', '2026-07-01'], ['LIFT_STAY', '2026-07-05']]);
  });

  const opening = (more: Json = {}) => ({ caseId: bound.subject.id, act: 'OPEN', on: '2026-05-20', forum: 'FEDERAL_CIVIL', court: 'N.D. Tex.', docketNumber: newId(), against: 'VICTIM', ...more });

  test('is about whom it can be about, or about nobody who is named', async () => {
    const [subject, victim] = bound.subject.personIds;
    expect((await play.tell('attorneyDallas', 'recordParallelProceeding', opening())).proceeding).toMatchObject({ person: null, state: 'OPEN', against: 'VICTIM' });
    expect((await play.tell('attorneyDallas', 'recordParallelProceeding', opening({ personId: victim }))).proceeding).toMatchObject({ person: { id: victim } });
    expect(await play.refusal('attorneyDallas', 'recordParallelProceeding', opening({ personId: subject }))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'personId' });
    const refused = await play.refusal('attorneyDallas', 'recordParallelProceeding', opening({ personId: newId() }));
    const { subject: other } = await play.inCourt();
    expect(await play.refusal('attorneyDallas', 'recordParallelProceeding', opening({ personId: other.personIds[1] }))).toEqual(refused);
    const twice = opening({ personId: victim });
    const { proceeding } = await play.tell('attorneyDallas', 'recordParallelProceeding', twice);
    expect(await play.refusal('attorneyDallas', 'recordParallelProceeding', twice)).toMatchObject({ code: 'CONFLICT', proceedingId: proceeding.id });
  });

  test('is stayed and goes on as often as it is', async () => {
    const { proceeding: { id: proceedingId } } = await play.tell('attorneyDallas', 'recordParallelProceeding', opening());
    const step = (act: string, on: string) => play.tell('attorneyDallas', 'recordParallelProceeding', { caseId: bound.subject.id, proceedingId, act, on });
    await step('STAY', '2026-06-01');
    expect((await step('LIFT_STAY', '2026-06-10')).proceeding).toMatchObject({ state: 'OPEN', stayedOn: '2026-06-01', resumedOn: '2026-06-10' });
    expect((await step('STAY', '2026-07-01')).proceeding).toMatchObject({ state: 'STAYED', stayedOn: '2026-07-01', resumedOn: null });
    expect((await step('CONCLUDE', '2026-07-02')).proceeding).toMatchObject({ state: 'CONCLUDED', endedOn: '2026-07-02' });
  });

  test('about somebody who was a minor is closed to whom that person is closed to', async () => {
    const [, , witness] = bound.subject.personIds;
    await play.tell('attorneyDallas', 'recordParallelProceeding', opening({ personId: witness, against: 'WITNESS', docketNumber: 'The one' }));
    const told = async () => (await play.seen('secondDallas', bound.subject)).parallelProceedings.some(({ docketNumber }: { docketNumber: string }) => docketNumber === 'The one');
    expect(await told()).toBe(true);
    await world.database.owner`update comity.persons set needs = needs | 256 where case_id = ${bound.subject.id} and id = ${witness ?? null}`;
    expect(await told()).toBe(false);
  });
});

describe('a rendition', () => {
  const kind = KINDS.find(({ field }) => field === 'recordRendition') as Kind;
  const entering = (more: Json = {}) => ({ caseId: bound.subject.id, act: 'ENTER_WARRANT', on: '2026-05-20', personId: bound.personId, ...more });
  const fresh = async (more: Json = {}): Promise<string> => {
    await withProceeding(kind, bound, NO_WARRANT);
    await world.database.owner`update comity.cases set state = 'TX' where id = ${bound.subject.id}`;
    return (await play.tell('attorneyDallas', 'recordRendition', entering(more))).rendition.id;
  };
  const input = (renditionId: string, act: string, on: string, more: Json = {}) => ({ caseId: bound.subject.id, renditionId, act, on, ...more });
  const step = async (id: string, act: string, on: string, more: Json = {}) => (await play.tell('attorneyDallas', 'recordRendition', input(id, act, on, more))).rendition;
  const refused = (id: string, act: string, on: string, more: Json = {}) => play.refusal('attorneyDallas', 'recordRendition', input(id, act, on, more));
  const asking = { asylumState: 'VA', agentOfState: 'Sgt. Fetcher' };
  const hold = async () => (await world.as('attorneyDallas').get(`query ($id: ID) { case(id: $id) { clocks(includeEarlier: false) { kind startedOn dueOn safeOn metOn state warnings rule { citation confidence } trace { text citation on } } } }`, { id: bound.subject.id }))['case'].clocks
    .filter(({ kind: of }: { kind: string }) => of === 'RENDITION_HOLD');

  test('is of a person with a filed charge, from another state', async () => {
    const renditionId = await fresh();
    expect(await play.ended('attorneyDallas', 'recordRendition', entering({ personId: bound.subject.personIds[1] }))).toBe('CONFLICT');
    for (const asylumState of ['TX', 'XX', 'Virginia']) expect(await refused(renditionId, 'ARREST', '2026-06-01', { asylumState })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'asylumState' });
    await withProceeding(kind, bound, NO_WARRANT);
    for (const more of [{ asylumState: 'TX' }, { asylumState: 'XX' }]) expect(await play.refusal('attorneyDallas', 'recordRendition', entering(more))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'asylumState' });
    expect(await play.refusal('attorneyDallas', 'recordRendition', entering({ on: '2026-05-03' }))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'on' });
  });

  test('goes by an arrest and a waiver to the return, says that nobody verified its rule, and may begin again', async () => {
    const id = await fresh({ extraditionLimitation: 'Surrounding states' });
    expect(await play.refusal('attorneyDallas', 'recordRendition', entering())).toMatchObject({ code: 'CONFLICT', renditionId: id, citation: '18 U.S.C. 3182', confidence: 'MEDIUM', verified: false });
    await step(id, 'ARREST', '2026-06-01', { asylumState: ' va' });
    await step(id, 'WAIVE', '2026-06-03');
    expect(await refused(id, 'RETURN', '2026-06-05')).toMatchObject({ code: 'BAD_USER_INPUT', field: 'agentOfState' });
    expect(await step(id, 'RETURN', '2026-06-05', { agentOfState: 'Sgt. Fetcher' })).toMatchObject({
      state: 'RETURNED', citation: '18 U.S.C. 3182', confidence: 'MEDIUM', verified: false, extraditionLimitation: 'Surrounding states', asylumState: 'VA', warrantActiveOn: '2026-05-20', arrestOn: '2026-06-01', holdExpiresOn: '2026-07-01', waivedOn: '2026-06-03', returnedOn: '2026-06-05',
      agentOfState: 'Sgt. Fetcher', steps: [{ act: 'ENTER_WARRANT', day: '2026-05-20' }, { act: 'ARREST', day: '2026-06-01' }, { act: 'WAIVE', day: '2026-06-03' }, { act: 'RETURN', day: '2026-06-05', state: 'RETURNED' }],
    });
    expect(await play.ended('attorneyDallas', 'recordRendition', entering({ on: '2026-08-01' }))).toBe('OK');
  });

  test('asks a Governor for who is at large, too: what is of one who is held waits for the arrest, which moves nothing that was asked', async () => {
    const id = await fresh();
    expect(await refused(id, 'SEND_GOVERNOR_REQUEST', '2026-06-01', { agentOfState: 'Sgt. Fetcher' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'asylumState' });
    await step(id, 'SEND_GOVERNOR_REQUEST', '2026-06-01', asking);
    for (const [act, more] of [['WAIVE', {}], ['RELEASE', { reason: 'x' }], ['EXTEND_HOLD', { extensionUntil: '2026-09-01', order: 'x' }]] as const) expect(await refused(id, act, '2026-06-02', more)).toMatchObject({ code: 'CONFLICT', rule: 'RENDITION', arrestOn: null, remedy: expect.stringContaining('ARREST') });
    expect(await step(id, 'SERVE_GOVERNOR_WARRANT', '2026-06-10')).toMatchObject({ state: 'GOVERNOR_WARRANT', governorWarrantOn: '2026-06-10' });
    for (const act of ['CHALLENGE', 'RETURN']) expect(await refused(id, act, '2026-06-11')).toMatchObject({ code: 'CONFLICT', rule: 'RENDITION', arrestOn: null });
    expect(await refused(id, 'ARREST', '2026-06-12', { asylumState: 'MD' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'asylumState' });
    // Who is arrested on the Governor's warrant is held on that: no time runs.
    expect(await step(id, 'ARREST', '2026-06-12', { asylumState: 'VA' })).toMatchObject({ state: 'GOVERNOR_WARRANT', arrestOn: '2026-06-12', holdExpiresOn: null });
    expect(await hold()).toEqual([]);
    expect(await refused(id, 'ARREST', '2026-06-13', { asylumState: 'VA' })).toMatchObject({ code: 'CONFLICT', arrestOn: '2026-06-12' });
    expect(await step(id, 'RETURN', '2026-06-14')).toMatchObject({ state: 'RETURNED', agentOfState: 'Sgt. Fetcher' });
  });

  test('is asked for again where a Governor refused, and of another where the accused is elsewhere; nobody is sought twice at once', async () => {
    const id = await fresh();
    await step(id, 'SEND_GOVERNOR_REQUEST', '2026-06-01', asking);
    expect(await step(id, 'REFUSE', '2026-06-10', { reason: 'A paper is missing.' })).toMatchObject({ state: 'REFUSED', refusedOn: '2026-06-10', reason: 'A paper is missing.' });
    expect(await refused(id, 'SEND_GOVERNOR_REQUEST', '2026-06-09', asking)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'on', message: expect.stringContaining('the refusal') });
    const { rendition: { id: other } } = await play.tell('attorneyDallas', 'recordRendition', entering({ on: '2026-06-11' }));
    expect(await refused(id, 'SEND_GOVERNOR_REQUEST', '2026-06-12', asking)).toMatchObject({ code: 'CONFLICT', renditionId: other });
    await step(other, 'WITHDRAW', '2026-06-12', { reason: 'Twice.' });
    expect(await step(id, 'SEND_GOVERNOR_REQUEST', '2026-06-12', { asylumState: 'MD', agentOfState: 'Sgt. Other' })).toMatchObject({ state: 'GOVERNOR_REQUEST_SENT', asylumState: 'MD', governorRequestOn: '2026-06-12', agentOfState: 'Sgt. Other' });
  });

  test('is challenged: denied, the Governor’s warrant stands and may be challenged again; granted, the accused is free', async () => {
    const id = await fresh();
    await step(id, 'ARREST', '2026-06-01', { asylumState: 'VA' });
    await step(id, 'SEND_GOVERNOR_REQUEST', '2026-06-02', { agentOfState: 'Sgt. Fetcher' });
    expect(await refused(id, 'SERVE_GOVERNOR_WARRANT', '2026-06-01')).toMatchObject({ code: 'BAD_USER_INPUT', field: 'on', message: expect.stringContaining('the request') });
    await step(id, 'SERVE_GOVERNOR_WARRANT', '2026-06-10');
    expect(await step(id, 'CHALLENGE', '2026-06-12')).toMatchObject({ state: 'HABEAS', habeasOn: '2026-06-12', habeasDecidedOn: null });
    expect(await refused(id, 'RETURN', '2026-06-13')).toMatchObject({ code: 'CONFLICT', state: 'HABEAS' });
    expect(await step(id, 'DENY_HABEAS', '2026-06-20', { order: 'Order 9.' })).toMatchObject({ state: 'GOVERNOR_WARRANT', habeasDecidedOn: '2026-06-20' });
    await step(id, 'CHALLENGE', '2026-06-21');
    expect(await step(id, 'GRANT_HABEAS', '2026-06-30', { order: 'Order 11.' })).toMatchObject({ state: 'RELEASED', releasedOn: '2026-06-30', reason: 'Order 11.' });
    const [{ steps }] = (await play.seen('attorneyDallas', bound.subject)).renditions;
    expect(steps.filter(({ reference }: { reference: string | null }) => reference !== null)).toMatchObject([{ act: 'DENY_HABEAS', reference: 'Order 9.' }, { act: 'GRANT_HABEAS', reference: 'Order 11.' }]);
  });

  test('holds an accused for 30 days from the arrest, which a court extends by 60 at most (Uniform Criminal Extradition Act 15, 17, verified by nobody), and a clock says until when', async () => {
    const id = await fresh();
    expect(await hold()).toEqual([]);
    expect(await step(id, 'ARREST', '2026-06-01', { asylumState: 'VA' })).toMatchObject({ holdExpiresOn: '2026-07-01', extensionUntil: null });
    expect(await hold()).toMatchObject([{
      startedOn: '2026-06-01', dueOn: '2026-07-01', safeOn: '2026-06-30', metOn: null, warnings: ['UNATTESTED', 'LOW_CONFIDENCE'], rule: { citation: 'Uniform Criminal Extradition Act 15, 17', confidence: 'LOW' },
      trace: [{ text: 'Arrested on 2026-06-01; 30 days later is 2026-07-01.', citation: 'Uniform Criminal Extradition Act 15, 17', on: '2026-07-01' }, { on: null }],
    }]);
    const extending = (extensionUntil: string | null, more: Json = {}) => ({ extensionUntil, order: 'Order 4.', ...more });
    for (const until of ['2026-06-15', '2026-07-01']) expect(await refused(id, 'EXTEND_HOLD', '2026-06-20', extending(until)), until).toMatchObject({ code: 'BAD_USER_INPUT', field: 'extensionUntil' });
    expect(await refused(id, 'EXTEND_HOLD', '2026-06-20', extending('2026-08-31'))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'extensionUntil', message: expect.stringMatching(/60 days.*2026-08-30.*Uniform Criminal Extradition Act 15, 17; not verified/) });
    expect(await refused(id, 'EXTEND_HOLD', '2026-06-20', extending('2026-08-01', { order: null }))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'order' });
    expect(await step(id, 'EXTEND_HOLD', '2026-06-20', extending('2026-08-01'))).toMatchObject({ state: 'ARRESTED_ELSEWHERE', holdExpiresOn: '2026-07-01', extensionUntil: '2026-08-01', extendedOn: '2026-06-20', extensionOrder: 'Order 4.' });
    expect(await hold()).toMatchObject([{ dueOn: '2026-08-01', trace: [{}, { text: 'A court extended it to 2026-08-01.', on: '2026-08-01' }] }]);
    expect(await refused(id, 'EXTEND_HOLD', '2026-06-21', extending('2026-07-15'))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'extensionUntil' });
    expect(await step(id, 'EXTEND_HOLD', '2026-06-21', extending('2026-08-30'))).toMatchObject({ extensionUntil: '2026-08-30' });
  });

  test.each([['SERVE_GOVERNOR_WARRANT', {}], ['WAIVE', {}], ['RELEASE', { reason: 'Nobody came.' }]] as const)('ends the hold with %s, and the clock is met', async (act, more) => {
    const id = await fresh();
    await step(id, 'ARREST', '2026-06-01', { asylumState: 'VA' });
    await step(id, 'SEND_GOVERNOR_REQUEST', '2026-06-02', { agentOfState: 'Sgt. Fetcher' });
    await step(id, act, '2026-06-10', more);
    expect(await hold()).toMatchObject([{ dueOn: '2026-07-01', metOn: '2026-06-10', state: 'MET' }]);
  });

  test('released late was held too long; withdrawn it holds nobody, and its clock is gone', async () => {
    const late = await fresh();
    await step(late, 'ARREST', '2026-06-01', { asylumState: 'VA' });
    await step(late, 'RELEASE', '2026-07-05', { reason: 'The hold ran out.' });
    expect(await hold()).toMatchObject([{ metOn: '2026-07-05', state: 'MET_LATE' }]);
    const id = await fresh();
    await step(id, 'ARREST', '2026-06-01', { asylumState: 'VA' });
    expect((await hold()).at(-1)).toMatchObject({ metOn: null });
    await step(id, 'WITHDRAW', '2026-06-02', { reason: 'x' });
    expect(await hold()).toEqual([]);
  });

  test('holds by the law of the state where the accused is, once counsel has given it, and a refresh finds whom it is new to', async () => {
    const id = await fresh();
    await step(id, 'ARREST', '2026-06-01', { asylumState: 'VA' });
    const { owner } = world.database;
    await owner`insert into comity.state_rules (id, kind, state, position, body, citation, source, confidence) select ${newId()}, kind, 'VA', 0, body || '{"holdDays": 20}', 'Va. Code 19.2-101', 'counsel', 'HIGH' from comity.state_rules where kind = 'RENDITION'`;
    try {
      const sql = commandClient(world.database.as('comity_migrator'));
      expect(await refreshClocks(sql)).toBeGreaterThanOrEqual(1);
      await sql.end();
      expect(await hold()).toMatchObject([{ dueOn: '2026-06-21', rule: { citation: 'Va. Code 19.2-101', confidence: 'HIGH' } }]);
      expect((await play.seen('attorneyDallas', bound.subject)).renditions).toMatchObject([{ holdExpiresOn: '2026-06-21' }]);
    } finally {
      await owner`delete from comity.state_rules where kind = 'RENDITION' and state = 'VA'`;
    }
  });
});
