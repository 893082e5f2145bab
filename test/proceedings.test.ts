import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { after } from '../src/federal/machine.ts';
import { PARALLEL_ACTS, PARALLEL_MOVES, PARALLEL_STATES, UNKNOWN } from '../src/federal/parallel.rules.ts';
import { NOT_REQUESTED, RENDITION_ACTS, RENDITION_MOVES, RENDITION_STATES } from '../src/federal/rendition.rules.ts';
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
    field: 'recordRendition', payload: 'rendition', list: 'renditions', table: 'renditions', idField: 'renditionId', none: NOT_REQUESTED, machine: RENDITION_MOVES, acts: RENDITION_ACTS, states: RENDITION_STATES, rule: 'RENDITION', first: 'REQUEST',
    with: (act, personId) => ({ ...(act === 'REQUEST' && { personId, asylumState: 'VA' }), ...(act === 'REFUSE' || act === 'WITHDRAW' ? { reason: 'He came by himself.' } : {}) }),
    row: (state, personId) => ({
      needs: 84, person_id: personId, asylum_state: 'VA', requested_on: '2026-05-20', ...(state === 'DELIVERED' && { delivered_on: '2026-07-01' }), ...(['REFUSED', 'WITHDRAWN'].includes(state) && { ended_on: '2026-07-01', reason: 'x' }),
    }),
  },
];

/** A proceeding as it may stand, in the place of any that is on record. */
async function withProceeding({ table, row, none }: Kind, { subject, personId }: typeof bound, state: string): Promise<string | undefined> {
  const { database: { owner }, memberIds: { attorneyDallas: by } } = world;
  await owner`delete from ${owner(`comity.${table}`)} where case_id = ${subject.id}`;
  if (state === none) return undefined;
  const [id, at] = [newId(), new Date().toISOString()];
  await owner`insert into ${owner(`comity.${table}`)} ${owner({ case_id: subject.id, id, state, recorded_by: by, recorded_at: at, moved_by: by, moved_at: at, ...row(state, personId) } as never)}`;
  return id;
}

describe.each(KINDS)('$field', (kind) => {
  const { field, payload, list, idField, none, machine, acts, states, rule, first } = kind;
  const input = (act: string, on: string, more: Json = {}) => ({ caseId: bound.subject.id, act, on, ...kind.with(act, bound.personId), ...(act === first && first === 'PETITION' && !(idField in more) ? { basis: 'ABUSE_OF_DISCRETION', petitioner: 'The attorney general' } : {}), ...more });

  test.each([none, ...states].flatMap((place) => acts.map((act) => [place, act] as const)))('at %s: %s is done where the one table says so, and a CONFLICT elsewhere', async (place, act) => {
    const id = await withProceeding(kind, bound, place);
    if (act === 'HEAR' && field === 'recordSupersession' && id !== undefined) await world.database.owner`update comity.supersessions set judge_assigned_on = '2026-06-01' where id = ${id}`;
    const to = after(machine as never, act as never, place as never) as string | undefined;
    const given = input(act, '2026-08-01', { ...(id !== undefined && { [idField]: id }), ...(act === 'DECLARE_CONFLICT' && id === undefined && { basis: 'CONFLICT_OF_INTEREST', petitioner: 'The district attorney' }) });
    if (to === undefined) {
      expect(await play.refusal('attorneyDallas', field, given)).toMatchObject({ code: 'CONFLICT', rule, state: place, remedy: expect.any(String) });
      expect((await play.seen('attorneyDallas', bound.subject))[list].map(({ state }: { state: string }) => state)).toEqual(place === none ? [] : [place]);
    } else {
      const told = await play.tell('attorneyDallas', field, given);
      expect(told[payload]).toMatchObject({ state: to, movedBy: { name: 'Ada Attwell' } });
      expect(told.case[list]).toMatchObject([{ id: told[payload].id, state: to }]);
      expect(told.case.events.nodes[0].body).toMatchObject({ [idField]: told[payload].id, act, state: to });
      expect(JSON.stringify(told.case.events.nodes[0].body)).not.toMatch(/[a-z]{4,} [a-z]|Order|N\.D\./);
      // Begun once, it is not begun again; done once, it is not done again.
      if (id === undefined || after(machine as never, act as never, to as never) === undefined) expect(await play.ended('attorneyDallas', field, given)).toBe('CONFLICT');
    }
  });

  test('is judged by the tables by the same moves', async () => {
    expect(await movesKept(world, kind.table)).toEqual(movesOf(machine, none));
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
    const spare = { recordSupersession: 'order', recordParallelProceeding: 'court', recordRendition: 'reason' }[field as 'recordRendition'];
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
  const asking = (more: Json = {}) => ({ caseId: bound.subject.id, act: 'REQUEST', on: '2026-06-20', personId: bound.personId, asylumState: 'VA', ...more });

  test('is of a person with a filed charge, from another state', async () => {
    await withProceeding(KINDS[2] as Kind, bound, NOT_REQUESTED);
    await world.database.owner`update comity.cases set state = 'TX' where id = ${bound.subject.id}`;
    expect(await play.ended('attorneyDallas', 'recordRendition', asking({ personId: bound.subject.personIds[1] }))).toBe('CONFLICT');
    for (const asylumState of ['TX', 'XX', 'Virginia']) expect(await play.refusal('attorneyDallas', 'recordRendition', asking({ asylumState }))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'asylumState' });
    expect(await play.refusal('attorneyDallas', 'recordRendition', asking({ on: '2026-05-03' }))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'on' });
  });

  test('says of its rule that it is of medium confidence and not verified', async () => {
    await withProceeding(KINDS[2] as Kind, bound, NOT_REQUESTED);
    const { rendition } = await play.tell('attorneyDallas', 'recordRendition', asking({ asylumState: 'va' }));
    expect(rendition).toMatchObject({ asylumState: 'VA', requestedOn: '2026-06-20', citation: '18 U.S.C. 3182', confidence: 'MEDIUM', verified: false });
    expect(await play.refusal('attorneyDallas', 'recordRendition', asking())).toMatchObject({ code: 'CONFLICT', renditionId: rendition.id, citation: '18 U.S.C. 3182', confidence: 'MEDIUM', verified: false });
    const step = (act: string, on: string) => play.tell('attorneyDallas', 'recordRendition', { caseId: bound.subject.id, renditionId: rendition.id, act, on });
    await step('ISSUE_WARRANT', '2026-07-01');
    await step('ARREST', '2026-07-05');
    await step('WAIVE', '2026-07-06');
    expect((await step('DELIVER', '2026-07-10')).rendition).toMatchObject({ state: 'DELIVERED', warrantOn: '2026-07-01', arrestedOn: '2026-07-05', waivedOn: '2026-07-06', heardOn: null, deliveredOn: '2026-07-10' });
    // Who fled again is asked for again.
    expect(await play.ended('attorneyDallas', 'recordRendition', asking({ on: '2026-08-01' }))).toBe('OK');
  });
});
