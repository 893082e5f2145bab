import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../src/kernel/ids.ts';
import { withVenue } from './policies.world.ts';
import { openWorld, type BuiltCase, type CastMember, type Reply, type World } from './world.ts';

const flushes: string[][] = [];
let world: World;
beforeAll(async () => {
  world = await openWorld({ observe: ({ kind, text }) => void (kind === 'flush' ? flushes.push([]) : flushes.at(-1)?.push(text)) });
});
afterAll(() => world.close());

const DECLARE = 'mutation ($input: DeclareConflictInput!) { declareConflict(input: $input) { declaration { id member { name } party relation note declaredBy { name } declaredAt withdrawnAt } } }';
const WITHDRAW = 'mutation ($input: WithdrawDeclarationInput!) { withdrawDeclaration(input: $input) { declaration { party withdrawnAt withdrawnBy { name } } } }';
const DECLARED = 'query ($memberId: ID, $first: Int, $after: String) { conflictDeclarations(memberId: $memberId, first: $first, after: $after) { totalCount nodes { id party member { name } } pageInfo { hasNextPage endCursor } } }';
const CLAIM = 'mutation ($input: ClaimCaseInput!) { claimCase(input: $input) { case { number team { member { name } } } } }';
const ASSIGN = 'mutation ($input: AssignCaseInput!) { assignCase(input: $input) { case { team { member { name } } } } }';
const RECUSE = 'mutation ($input: RecuseInput!) { recuse(input: $input) { case { id } } }';

const idOf = (who: CastMember) => world.memberIds[who];
const refused = ({ errors }: Reply): Readonly<Record<string, unknown>> => ({ ...errors?.[0]?.extensions, message: errors?.[0]?.message });
const claim = (who: CastMember, { id }: BuiltCase, more: object = {}) => world.as(who).ask(CLAIM, { input: { caseId: id, expectedVersion: 1, ...more } });
const assign = (who: CastMember, { id }: BuiltCase, whom: CastMember) => world.as(who).ask(ASSIGN, { input: { caseId: id, memberId: idOf(whom), role: 'SUPPORT' } });
const declare = (who: CastMember, input: object = {}) => world.as(who).ask(DECLARE, { input: { party: 'Nessler, Wit', relation: 'FAMILY', ...input } });
const withdraw = (who: CastMember, declarationId: string) => world.as(who).ask(WITHDRAW, { input: { declarationId } });
const partiesSeen = async (who: CastMember, more: object = {}): Promise<string[]> =>
  (await world.as(who).get(DECLARED, { first: 100, ...more }))['conflictDeclarations'].nodes.map(({ party }: { party: string }) => party);

async function declared(who: CastMember, input: object = {}): Promise<string> {
  const { data, errors } = await declare(who, input);
  expect(errors).toBeUndefined();
  return data?.['declareConflict'].declaration.id;
}

/** Runs with a declaration that is gone afterwards. */
async function withDeclaration<T>(who: CastMember, input: object, work: () => Promise<T>): Promise<T> {
  const id = await declared(who, input);
  try {
    return await work();
  } finally {
    await world.database.owner`delete from comity.conflict_declarations where id = ${id}`;
  }
}

describe('an attorney whose sibling is a witness', () => {
  test('cannot claim the case and is told to recuse herself, and of whom it speaks is told to nobody; another claims it', async () => {
    const built = await world.buildCase();
    await withDeclaration('attorneyDallas', {}, async () => {
      const said = refused(await claim('attorneyDallas', built));
      expect(said).toEqual({ code: 'CONFLICT', message: 'A declared conflict excludes you from this case. Recuse yourself from it.' });
      const [row] = await world.database.owner`select stage, version, lead_id, (select count(*)::int from comity.trail_events e where e.case_id = c.id) as events, (select count(*)::int from comity.assignments a where a.case_id = c.id) as places
        from comity.cases c where id = ${built.id}`;
      expect(row).toEqual({ stage: 'UNCLAIMED', version: 1, lead_id: null, events: 1, places: 0 });
      expect((await world.as('attorneyDallas').get(RECUSE, { input: { caseId: built.id, ground: 'FAMILY', note: 'A witness is my brother.' } }))['recuse']).toEqual({ case: null });
      expect(refused(await claim('attorneyDallas', built))['code']).toBe('NOT_FOUND');
      expect((await claim('secondDallas', built)).data?.['claimCase'].case.team).toEqual([{ member: { name: 'Sol Secondo' } }]);
    });
  });

  test('is not put on its team either, by a claim or afterwards, and nobody hears why', async () => {
    const built = await world.buildCase();
    await withDeclaration('attorneyDallas', {}, async () => {
      const words = { code: 'CONFLICT', message: 'A declared conflict or a wall excludes this member from the team of this case.' };
      expect(refused(await claim('secondDallas', built, { assignTo: idOf('attorneyDallas') }))).toEqual(words);
      expect((await claim('secondDallas', built)).errors).toBeUndefined();
      expect(refused(await assign('supervisorDallas', built, 'attorneyDallas'))).toEqual(words);
      expect((await assign('supervisorDallas', built, 'investigatorDallas')).errors).toBeUndefined();
    });
    expect((await assign('supervisorDallas', built, 'attorneyDallas')).errors).toBeUndefined();
  });

  test('claims a case that the witness is not in', async () => {
    const built = await world.buildCase({ referral: { persons: [{ part: 'OFFICIAL', descriptors: 'Tall' }, { part: 'VICTIM', name: 'Vic Timson' }] } });
    await withDeclaration('attorneyDallas', {}, async () => expect((await claim('attorneyDallas', built)).errors).toBeUndefined());
  });
});

test('a supervisor with a conflict claims for nobody, and may still hand a claimed case on', async () => {
  const [unclaimed, claimed] = [await world.buildCase(), await world.buildCase({ claimedBy: 'attorneyDallas' })];
  await withDeclaration('supervisorDallas', {}, async () => {
    expect(refused(await claim('supervisorDallas', unclaimed, { assignTo: idOf('secondDallas') }))).toEqual({ code: 'CONFLICT', message: 'A declared conflict excludes you from this case. Recuse yourself from it.' });
    expect((await assign('supervisorDallas', claimed, 'secondDallas')).errors).toBeUndefined();
  });
  expect((await claim('supervisorDallas', unclaimed, { assignTo: idOf('secondDallas') })).errors).toBeUndefined();
});

test('a claim asks of the one who takes it to trial in the statement that puts them on the team, and of a claimant for another in one more', async () => {
  const sizes = async (more: object) => {
    const built = await world.buildCase();
    flushes.length = 0;
    expect((await claim('supervisorDallas', built, more)).errors).toBeUndefined();
    return flushes.map((flush) => flush.length);
  };
  const own = await sizes({});
  expect(own[1]).toBe(8);
  const forAnother = await sizes({ assignTo: idOf('secondDallas') });
  expect([forAnother.length, forAnother.at(-1)]).toEqual([3, 9]);
});

describe('a name', () => {
  const words: readonly (readonly [string, readonly string[]])[] = [
    ['Wit Nessler', ['nessler', 'wit']], ['  NESSLER,  Wit ', ['nessler', 'wit']], ['José Ángel Núñez', ['angel', 'jose', 'nunez']], ['Jose\u0301 A\u0301ngel Nu\u0301n\u0303ez', ['angel', 'jose', 'nunez']],
    ['Pat O’Dell', ['odell', 'pat']], ["pat o'dell", ['odell', 'pat']], ['Pat O´Dell', ['odell', 'pat']], ['Ann Smith-Jones', ['ann', 'jones', 'smith']], ['J.R. Doe', ['doe', 'j', 'r']], ['Doe Doe', ['doe']],
    ['Ｗｉｔ　Ｎｅｓｓｌｅｒ', ['nessler', 'wit']], ['Søren Łęcki', ['lecki', 'soren']], ['Jörg Weiß', ['jorg', 'weiss']], ['JÖRG WEISS', ['jorg', 'weiss']], ['Ægir Þór', ['aegir', 'thor']], ['İpek Işık', ['ipek', 'isik']],
    ['Wit (“Witty”) Nessler', ['nessler', 'wit', 'witty']], ['Wit\u00a0Nessler\u200b', ['nessler', 'wit']], ['Иван Петров', ['иван', 'петров']], ['ИВАН ПЕТРОВ', ['иван', 'петров']], ['No. 7', ['7', 'no']], ['?! – …', []], ['', []],
  ];
  test.each(words)('%j is compared by the words %j', async (name, expected) => {
    const [found] = await world.database.owner`select comity.normal_name(${name}) as words`;
    expect(found?.['words']).toEqual(expected);
  });

  const pairs: readonly (readonly [string, string, boolean])[] = [
    ['Wit Nessler', 'Wit Nessler', true], ['Nessler, Wit', 'wit NESSLER', true], ['Wit A. Nessler', 'Wit Nessler', true], ['Wit Nessler', 'Wit Amos Nessler Jr.', true], ['Núñez, José', 'Jose Nunez', true],
    ['Pat O’Dell', 'Patrick ODell', false], ['Pat O’Dell', "PAT O'DELL", true], ['Ann Smith-Jones', 'Ann Smith', true], ['Nessler', 'Nessler', true], ['Nessler', 'Wit Nessler', false], ['Wit Nessler', 'Nessler', false],
    ['Wit Nessler', 'Wit Nesslerova', false], ['Wit Nessler', 'Ann Nessler', false], ['Wit Ann Nessler', 'Wit Bob Nessler', false], ['??', '!!', false],
  ];
  test('matches another by the list', async () => {
    const { owner } = world.database;
    const built = await world.buildCase({ claimedBy: 'attorneyDallas' });
    await withDeclaration('secondDallas', {}, async () => {
      const found: (readonly [string, string, boolean])[] = [];
      for (const [party, person] of pairs) {
        await owner`update comity.conflict_declarations set party = ${party} where member_id = ${idOf('secondDallas')}`;
        await owner`update comity.persons set name = case when id = ${built.personIds[1] ?? ''} then ${person} end where case_id = ${built.id}`;
        const [answer] = await owner.begin(async (tx) => {
          await tx`select set_config('comity.office', ${world.officeIds['dallas-tx']}, true)`;
          return tx`select comity.conflicted(${built.id}, ${idOf('secondDallas')}) as conflicted, comity.conflicted(${built.id}, ${idOf('attorneyDallas')}) as another`;
        });
        found.push([party, person, answer?.['conflicted']]);
        expect(answer?.['another']).toBe(false);
      }
      expect(found).toEqual(pairs);
    });
  });
});

describe('a declaration', () => {
  test('is made for oneself by everybody of an office, and for a colleague by who keeps them', async () => {
    for (const who of ['recordsDallas', 'advocateDallas', 'attorneyCook'] as const) {
      expect((await declare(who, { note: 'By marriage.' })).data?.['declareConflict'].declaration, who).toMatchObject({ party: 'Nessler, Wit', relation: 'FAMILY', note: 'By marriage.', withdrawnAt: null });
      expect(refused(await declare(who, { memberId: idOf('attorneyDallas') }))['code'], who).toBe('FORBIDDEN');
    }
    for (const who of ['conflictsDallas', 'supervisorDallas', 'electedDallas'] as const) {
      expect((await declare(who, { memberId: idOf('investigatorDallas') })).data?.['declareConflict'].declaration, who).toMatchObject({ member: { name: 'Inez Vesti' }, declaredBy: { name: expect.not.stringMatching('Inez') } });
    }
    for (const stranger of [idOf('attorneyHennepin'), idOf('chiefDallasPolice'), newId(), 'nobody']) {
      expect(refused(await declare('supervisorDallas', { memberId: stranger }))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'memberId' });
    }
  });

  test('has a name with words in it', async () => {
    for (const party of ['', '   ', '?!', 'x'.repeat(201)]) expect(refused(await declare('attorneyDallas', { party })), party).toMatchObject({ code: 'BAD_USER_INPUT', field: 'party' });
    expect(refused(await declare('attorneyDallas', { note: ' ' }))).toMatchObject({ code: 'BAD_USER_INPUT', field: 'note' });
  });

  test('is read by its member and by who keeps them, and by no other office', async () => {
    await declared('attorneyDallas', { party: 'Known to Dallas' });
    await declared('supervisorHennepin', { party: 'Known to Hennepin' });
    for (const who of ['attorneyDallas', 'conflictsDallas', 'supervisorDallas', 'electedDallas'] as const) expect(await partiesSeen(who), who).toContain('Known to Dallas');
    for (const who of ['secondDallas', 'intakeDallas', 'attorneyHennepin', 'supervisorHennepin', 'attorneyCook'] as const) {
      expect(await partiesSeen(who), who).not.toContain('Known to Dallas');
      expect(await partiesSeen(who, { memberId: idOf('attorneyDallas') }), who).toEqual([]);
    }
    expect(await partiesSeen('supervisorHennepin')).toEqual(['Known to Hennepin']);
    expect(await partiesSeen('conflictsDallas', { memberId: idOf('attorneyDallas') })).toContain('Known to Dallas');
    expect(await partiesSeen('conflictsDallas', { memberId: 'nobody' })).toEqual([]);
  });

  test('of another office excludes its own member, on a case that both may claim', async () => {
    const built = await world.buildCase();
    await withVenue(world, built, 'hennepin-mn');
    await withDeclaration('attorneyHennepin', {}, async () => {
      expect(refused(await claim('attorneyHennepin', built))['code']).toBe('CONFLICT');
      expect((await claim('attorneyDallas', built)).errors).toBeUndefined();
    });
  });

  test('is paged newest first, and counted', async () => {
    for (const party of ['One Person', 'Two Person', 'Three Person']) await declared('disclosureDallas', { party });
    const page = async (after: string | null) => (await world.as('disclosureDallas').get(DECLARED, { first: 2, after }))['conflictDeclarations'];
    const first = await page(null);
    const second = await page(first.pageInfo.endCursor);
    expect([first.totalCount, ...[...first.nodes, ...second.nodes].map(({ party }: { party: string }) => party)]).toEqual([3, 'Three Person', 'Two Person', 'One Person']);
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
  });

  test('is withdrawn by who made it of oneself, by the conflicts officer or the elected prosecutor, once; then it refuses nothing', async () => {
    const [own, forIt] = [await declared('secondDallas'), await declared('conflictsDallas', { memberId: idOf('secondDallas') })];
    const built = await world.buildCase();
    expect((await withdraw('secondDallas', own)).data?.['withdrawDeclaration'].declaration).toMatchObject({ withdrawnBy: { name: 'Sol Secondo' }, withdrawnAt: expect.any(String) });
    expect(refused(await withdraw('secondDallas', own))['code']).toBe('CONFLICT');
    expect(refused(await withdraw('secondDallas', forIt))['code']).toBe('FORBIDDEN');
    expect(refused(await withdraw('supervisorDallas', forIt))['code']).toBe('FORBIDDEN');
    expect(refused(await claim('secondDallas', built))['code']).toBe('CONFLICT');
    const replies = await Promise.all([withdraw('conflictsDallas', forIt), withdraw('electedDallas', forIt)]);
    expect(replies.map(({ errors }) => errors?.[0]?.extensions['code'] ?? 'done').sort()).toEqual(['CONFLICT', 'done']);
    expect((await claim('secondDallas', built)).errors).toBeUndefined();
  });

  test('made of the conflicts officer by another is withdrawn by a third', async () => {
    const of = await declared('electedDallas', { memberId: idOf('conflictsDallas') });
    expect(refused(await withdraw('conflictsDallas', of))['code']).toBe('FORBIDDEN');
    expect((await withdraw('electedDallas', of)).errors).toBeUndefined();
  });

  test('that one does not see is withdrawn like one that is not there', async () => {
    const of = await declared('attorneyDallas');
    const absent = await withdraw('secondDallas', newId());
    expect(refused(absent)['code']).toBe('NOT_FOUND');
    for (const who of ['secondDallas', 'supervisorHennepin'] as const) expect(await withdraw(who, of), who).toEqual(absent);
    expect(await withdraw('secondDallas', 'nothing-like-one')).toEqual(absent);
  });
});

test('another office learns by a declared name of nobody whom it does not see', async () => {
  const built = await world.buildCase({ claimedBy: 'electedDallas' });
  await withDeclaration('secondDallas', { party: 'Wit Nessler' }, async () => {
    const { owner } = world.database;
    const answer = async (office: keyof World['officeIds']) => owner.begin(async (tx) => {
      await tx`select set_config('comity.office', ${world.officeIds[office]}, true), set_config('comity.viewers', ${`{${world.officeIds[office]}}`}, true), set_config('comity.facets', '65535', true)`;
      return (await tx`select comity.conflicted(${built.id}, ${idOf('secondDallas')}) as conflicted`)[0]?.['conflicted'];
    });
    expect([await answer('dallas-tx'), await answer('hennepin-mn')]).toEqual([true, false]);
  });
});
