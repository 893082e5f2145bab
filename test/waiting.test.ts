import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { enter } from '../src/access/context.ts';
import { incidentIn } from './policies.world.ts';
import { DRAFT, adopted, opens, proposed } from './rulebooks.world.ts';
import { asked, mutation, outcome, seat } from './units.world.ts';
import { openWorld, type BuiltCase, type CastMember, type Reply, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const done = async (who: CastMember, field: string, selection: string, input: object) => (await world.as(who).get(mutation(field, selection), { input }))[field];
const versionOf = async ({ id }: BuiltCase) => Number((await world.database.owner`select version from comity.cases where id = ${id}`)[0]?.['version']);
const REMARK = { target: { kind: 'CASE' }, kind: 'NOTE', body: 'Late.' };

/** What an act answers that began before a change and waited for the case while the change was made. */
async function meanwhile({ id }: BuiltCase, act: () => Promise<Reply>, change: () => Promise<unknown>): Promise<string> {
  let waiting: Promise<Reply> | undefined;
  await world.database.owner.begin(async (tx) => {
    await tx`select 1 from comity.cases where id = ${id} for update`;
    waiting = act();
    await pause(300);
    await change();
  });
  return outcome((await waiting) ?? {});
}

describe('an act that waited goes by what holds when it is done:', () => {
  test('who was taken out of the unit meanwhile does nothing on its case', async () => {
    const [worker, other] = [await seat(world, 'INVESTIGATOR'), await seat(world, 'ATTORNEY')];
    const { unit } = await done('electedDallas', 'createUnit', 'unit { id }', { name: `Unit ${randomUUID()}` });
    for (const member of [worker, other]) await done('electedDallas', 'addToUnit', 'unit { id }', { unitId: unit.id, memberId: member.id });
    const subject = await world.buildCase({ claimedBy: 'attorneyDallas' });
    await done('electedDallas', 'restrictToUnit', 'case { id }', { caseId: subject.id, unitId: unit.id, reason: 'The officer testifies elsewhere.' });
    const annotate = () => asked(world, worker, mutation('annotateCase', 'annotation { id } case { report { narrative } }'), { input: { caseId: subject.id, ...REMARK } });
    expect(await meanwhile(subject, annotate, () => done('electedDallas', 'removeFromUnit', 'unit { id }', { unitId: unit.id, memberId: worker.id }))).toBe('FORBIDDEN');
  });

  test('who was shut out meanwhile does nothing at all', async () => {
    const subject = await world.buildCase({ claimedBy: 'attorneyDallas' });
    const worker = await seat(world, 'ATTORNEY');
    const annotate = () => asked(world, worker, mutation('annotateCase', 'annotation { id }'), { input: { caseId: subject.id, ...REMARK } });
    expect(await meanwhile(subject, annotate, async () => world.database.owner`update comity.members set active = false where id = ${worker.id}`)).toBe('UNAUTHENTICATED');
  });

  test.each([
    ['case:tag', (subject: BuiltCase) => world.as('attorneyDallas').ask(mutation('tagCase', 'case { id }'), { input: { caseId: subject.id, add: ['PRESS'] } }), 'attorneyDallas'],
    ['case:claim', (subject: BuiltCase) => world.as('attorneyDallas').ask(mutation('claimCase', 'case { id }'), { input: { caseId: subject.id, expectedVersion: 1 } }), undefined],
  ] as const)('a rule book that forbids %s, adopted meanwhile, forbids it', async (action, act, claimedBy) => {
    const subject = await world.buildCase(claimedBy ? { claimedBy } : {});
    const book = await proposed(world, { limits: [{ action, ceiling: 'NONE', basis: 'Not now.' }] });
    const app = postgres({ ...world.database.as('comity_app'), max: 1, onnotice: () => undefined });
    let waiting: Promise<Reply> | undefined;
    await app.begin(async (tx) => {
      const { text, values } = enter(world.memberIds.electedDallas, 'adoption');
      await tx.unsafe(text, [...values] as string[]);
      await tx.unsafe('select comity.adopt_rule_book($1::uuid)', [book]);
      waiting = act(subject);
      await pause(500);
    });
    await app.end();
    expect(outcome((await waiting) ?? {})).toBe('FORBIDDEN');
    await adopted(world, {});
  });
});

test('what a state’s law keeps from a former lead stays kept when nobody leads', async () => {
  const subject = await world.buildCase({ referral: incidentIn('27053') });
  await done('supervisorHennepin', 'claimCase', 'case { id }', { caseId: subject.id, expectedVersion: 1 });
  const give = async (from: CastMember, to: CastMember, office: keyof World['officeIds'], residual: string) => {
    const { transfer } = await done(from, 'proposeTransfer', 'transfer { id }', { caseId: subject.id, jurisdictionId: world.officeIds[office], residual, reason: 'Moved.', expectedVersion: await versionOf(subject) });
    await done(to, 'acceptTransfer', 'case { id }', { caseId: subject.id, transferId: transfer.id, expectedVersion: await versionOf(subject) });
  };
  await give('supervisorHennepin', 'supervisorDallas', 'dallas-tx', 'NONE');
  await give('supervisorDallas', 'supervisorHennepin', 'hennepin-mn', 'READ');
  await done('supervisorHennepin', 'releaseCase', 'case { id }', { caseId: subject.id, expectedVersion: await versionOf(subject) });
  expect(await world.as('attorneyDallas').get('query ($id: ID) { case(id: $id) { report { place } recordings { id } } }', { id: subject.id })).toMatchObject({ case: { report: {}, recordings: [] } });
});

describe('a preview tells a head outside a seal', () => {
  const PREVIEW = 'query ($id: ID!) { previewRuleBook(ruleBookId: $id) { cases changes { office { slug } facet becomesVisible becomesHidden samplesVisible { id } } } }';

  test.each([['that closes a facet of the case', ['EVIDENCE'], {}], ['that closes what a level follows from', ['REPORT', 'CHARGES'], { levels: ['MISDEMEANOR'] }]] as const)('nothing %s', async (_what, facets, conditions) => {
    const cases: BuiltCase[] = [];
    for (let n = 0; n < 3; n += 1) cases.push(await world.buildCase({ claimedBy: 'attorneyDallas' }));
    const [inside, outside] = [await seat(world, 'ELECTED'), await seat(world, 'SUPERVISOR')];
    const { draftRuleBook } = await world.as('supervisorDallas').get(DRAFT, { input: { title: 'To try', sharing: [{ ...opens(world.officeIds['cook-il'], ['EVIDENCE']), ...conditions }] } });
    const shown = async () => (await asked(world, outside, PREVIEW, { id: draftRuleBook.ruleBook.id })).data;
    const before = await shown();
    expect(before?.['previewRuleBook'].changes.length).toBeGreaterThan(0);
    await done('supervisorDallas', 'sealCase', 'case { id }', { caseId: cases[0]?.id, facets, order: 'Order 1', audience: { members: [world.memberIds.supervisorDallas, inside.id] } });
    const after = await shown();
    // A level that may not be read is no question to ask: such a case is left out, as one that no rule by level meets.
    if (facets[0] === 'EVIDENCE') expect(after).toEqual(before);
    else expect(JSON.stringify(after)).not.toContain(cases[0]?.id);
  });
});
