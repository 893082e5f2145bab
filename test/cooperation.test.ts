import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../src/kernel/ids.ts';
import { COOPERATION_KINDS } from '../src/demands/cooperation.table.ts';
import { demanding, type DemandField } from './demands.world.ts';
import { openWorld, type BuiltCase, type CastMember, type World } from './world.ts';

let world: World;
let play: ReturnType<typeof demanding>;
let subject: BuiltCase;
beforeAll(async () => {
  world = await openWorld();
  play = demanding(world);
  subject = await world.buildCase({ claimedBy: 'attorneyDallas' });
});
afterAll(() => world.close());

const refusal = (more: object = {}, { id }: { readonly id: string } = subject) => ({
  caseId: id, kind: 'SCENE_ACCESS_DENIED', happenedAt: '2026-03-14T21:00:00-05:00', byAgency: 'A federal agency', note: 'Two officers stood at the tape.', ...more,
});
const recorded = async (more: object = {}, who: CastMember = 'attorneyDallas') => (await play.tell(who, 'recordCooperationEvent', refusal(more))).event;
const events = async (who: CastMember, of = subject) => (await play.seen(who, of)).cooperationEvents;

describe('that cooperation was refused', () => {
  test.each(COOPERATION_KINDS)('is recorded by the investigator: %s', async (kind) => {
    expect(await recorded({ kind }, 'investigatorDallas')).toMatchObject({ kind, happenedAt: '2026-03-15T02:00:00.000Z', recordedBy: { name: 'Inez Vesti' }, witness: null, recording: null, second: null, withdrawnAt: null });
  });

  test('names who saw it and what shows it, to the second', async () => {
    const [witnessId, recordingId] = [subject.personIds[1], subject.recordingIds[0]];
    const { id } = await recorded({ witnessId, recordingId, second: 754 });
    expect((await events('supervisorDallas')).find((each: { id: string }) => each.id === id)).toMatchObject({ witness: { id: witnessId }, recording: { id: recordingId }, second: 754 });
  });

  test('is withdrawn once, and both stay in view', async () => {
    const { id } = await recorded();
    const { event } = await play.tell('supervisorDallas', 'withdrawCooperationEvent', { caseId: subject.id, eventId: id, reason: 'It was another scene.' });
    expect(event).toMatchObject({ note: 'Two officers stood at the tape.', withdrawnBy: { name: 'Sue Visser' }, withdrawnBecause: 'It was another scene.' });
    expect((await events('attorneyDallas')).map((each: { id: string }) => each.id)).toContain(id);
    expect(await play.refusal('attorneyDallas', 'withdrawCooperationEvent', { caseId: subject.id, eventId: id, reason: 'Again.' })).toMatchObject({ code: 'CONFLICT', eventId: id });
    const { events: told } = await play.seen('attorneyDallas', subject);
    expect(told.nodes.slice(0, 2)).toEqual([{ act: 'COOPERATION_EVENT_WITHDRAWN', body: { eventId: id } }, { act: 'COOPERATION_REFUSED', body: { eventId: id, kind: 'SCENE_ACCESS_DENIED' } }]);
  });

  test('is seen with its witness: who goes into a compartment takes it along', async () => {
    const built = await world.buildCase({ claimedBy: 'attorneyDallas' });
    const { id } = (await play.tell('attorneyDallas', 'recordCooperationEvent', refusal({ witnessId: built.personIds[2] }, built))).event;
    expect(await events('supervisorDallas', built)).toMatchObject([{ id }]);
    await world.database.owner`update comity.persons set needs = needs | 16384 where id = ${built.personIds[2] ?? ''}`;
    expect([await events('supervisorDallas', built), await events('attorneyDallas', built)]).toMatchObject([[], [{ id }]]);
  });

  test.each([
    ['a time to come', { happenedAt: '2999-01-01T00:00:00Z' }, 'happenedAt'], ['a time before the incident', { happenedAt: '2026-03-01T00:00:00Z' }, 'happenedAt'], ['no agency', { byAgency: ' ' }, 'byAgency'], ['nothing said', { note: '' }, 'note'],
    ['a witness that is none', { witnessId: newId() }, 'witnessId'], ['a recording that is none', { recordingId: 'no id' }, 'recordingId'], ['a place in no recording', { second: 3 }, 'second'],
  ])('is not recorded with %s', async (_, more, field) => {
    const before = (await events('attorneyDallas')).length;
    expect(await play.refusal('attorneyDallas', 'recordCooperationEvent', refusal(more))).toMatchObject({ code: 'BAD_USER_INPUT', field, remedy: expect.any(String) });
    expect(await events('attorneyDallas')).toHaveLength(before);
  });

  test('is not everybody’s to record', async () => {
    const { id: eventId } = await recorded();
    for (const [who, code] of [['secondDallas', 'FORBIDDEN'], ['intakeDallas', 'FORBIDDEN'], ['supervisorHennepin', 'NOT_FOUND'], ['chiefDallasPolice', 'FORBIDDEN']] as const) {
      for (const [field, input] of [['recordCooperationEvent', refusal()], ['withdrawCooperationEvent', { caseId: subject.id, eventId, reason: 'x' }]] as const satisfies readonly (readonly [DemandField, object])[]) {
        expect(await play.ended(who, field, input), `${who} ${field}`).toBe(code);
      }
    }
    const other = await world.buildCase({ claimedBy: 'attorneyDallas' });
    for (const hidden of [eventId, newId()]) expect(await play.refusal('attorneyDallas', 'withdrawCooperationEvent', { caseId: other.id, eventId: hidden, reason: 'x' })).toEqual({ code: 'NOT_FOUND', message: 'There is no such thing here.', field: 'eventId', remedy: expect.any(String) });
  });

  test('is not recorded of a closed case', async () => {
    const built = await world.buildCase({ claimedBy: 'attorneyDallas' });
    await world.database.owner`update comity.cases set stage = 'MERGED' where id = ${built.id}`;
    expect(await play.refusal('attorneyDallas', 'recordCooperationEvent', refusal({}, built))).toMatchObject({ code: 'CONFLICT', stage: 'MERGED' });
  });
});
