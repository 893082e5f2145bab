import fc from 'fast-check';
import { getNamedType, isInputObjectType, isObjectType } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bits, FACETS, type Facet } from '../src/access/facets.ts';
import { newId } from '../src/kernel/ids.ts';
import { PERMISSIONS } from '../src/permissions.ts';
import { CASE_ACTIONS } from '../src/rulebooks/explanation.rules.ts';
import { servedSchema } from '../src/schema.ts';
import { arrange, arrangeBooks, drawnBooks, drawnCase, FIXED, PEOPLE, type Books } from './draws.world.ts';
import { bookInForce, bytes, joined, restricted, sealed, transferred, walled } from './explain.world.ts';
import { seenBy, type Drawn } from './oracle.ts';
import { incidentIn, withProbes, withVenue } from './policies.world.ts';
import { openWorld, type BuiltCase, type CastMember, type World } from './world.ts';

const SEED = Number(process.env['COMITY_SEED'] ?? 1242562184);

let world: World;
let subject: BuiltCase;
let statements: string[] = [];
let dallas: string;
let hennepin: string;
beforeAll(async () => {
  world = await openWorld({ observe: ({ kind, text }) => kind === 'statement' && statements.push(text) });
  const name = async (id: string) => String((await world.database.owner`select name from comity.jurisdictions where id = ${id}`)[0]?.['name']);
  [dallas, hennepin] = [await name(world.officeIds['dallas-tx']), await name(world.officeIds['hennepin-mn'])];
});
afterAll(() => world.close());
beforeEach(async () => {
  await bookInForce(world, 'dallas-tx', {});
  subject = await world.buildCase({ claimedBy: 'attorneyDallas' });
});

const EXPLAIN = 'query ($id: ID!, $member: ID) { explainAccess(caseId: $id, memberId: $member) { member { id name role } case { id number } facets { facet open layer rule citation } acts { action allowed reach rule } } }';
interface Explained {
  readonly facets: readonly { readonly facet: Facet; readonly open: boolean; readonly layer: string; readonly rule: string; readonly citation: string | null }[];
  readonly acts: readonly { readonly action: string; readonly allowed: boolean; readonly reach: string; readonly rule: string }[];
}

const about = (whom: CastMember | null, id = subject.id) => ({ id, member: whom && world.memberIds[whom] });
const explained = async (who: CastMember, whom: CastMember | null = null, id = subject.id): Promise<Explained> => (await world.as(who).get(EXPLAIN, about(whom, id)))['explainAccess'];
const facet = async (name: Facet, ...asked: Parameters<typeof explained>) => (await explained(...asked)).facets.find((each) => each.facet === name);
const act = async (name: string, ...asked: Parameters<typeof explained>) => (await explained(...asked)).acts.find(({ action }) => action === name);
const open = ({ facets }: Explained): string[] => facets.filter((each) => each.open).map((each) => each.facet);
const refusal = (who: CastMember, whom: CastMember | null, id = subject.id) => world.as(who).refused(EXPLAIN, about(whom, id));
const OPEN = { open: true, citation: null };

describe('an explanation names', () => {
  test('the seat: the office that leads and the role, or the role that does not reach', async () => {
    expect(await facet('CHARGES', 'secondDallas')).toEqual({ facet: 'CHARGES', ...OPEN, layer: 'SEAT', rule: `${dallas} leads the case, and the role ATTORNEY sees this facet from its seat.` });
    expect(await facet('VICTIM_CONTACT', 'secondDallas')).toEqual({ facet: 'VICTIM_CONTACT', open: false, layer: 'SEAT', rule: 'The role ATTORNEY does not see this facet from its seat.', citation: null });
    expect(await facet('TEAM', 'secondDallas')).toMatchObject({ open: false, layer: 'SEAT', rule: 'Remarks to the trial team are open to that team alone.' });
  });

  test('a place on the team before the seat', async () => {
    for (const name of ['SUMMARY', 'VICTIM_CONTACT', 'TEAM'] as const) {
      expect(await facet(name, 'attorneyDallas')).toEqual({ facet: name, ...OPEN, layer: 'CASE', rule: 'A place on the team as TRIAL opens this facet, whatever the role.' });
    }
  });

  test('venue, before and after a claim', async () => {
    const rule = 'A venue candidate sees SUMMARY and REPORT until a claim; SUMMARY afterwards.';
    const free = await world.buildCase();
    await withVenue(world, subject, 'hennepin-mn');
    expect(await facet('REPORT', 'attorneyDallas', null, free.id)).toMatchObject({ open: true, layer: 'SEAT', rule });
    expect(await facet('SUMMARY', 'attorneyHennepin')).toMatchObject({ open: true, layer: 'SEAT', rule });
    expect(await facet('REPORT', 'attorneyHennepin')).toMatchObject({ open: false, layer: 'SEAT', rule });
    expect(await facet('OFFICE', 'attorneyHennepin')).toMatchObject({ open: false, layer: 'SEAT', rule: 'Remarks and arrangements within the office that leads the case are open to that office alone.' });
  });

  test('the law, with its citation, over a rule book that opens', async () => {
    const ours = await world.buildCase({ referral: incidentIn('27053'), claimedBy: 'attorneyHennepin' });
    const version = await bookInForce(world, 'hennepin-mn', { sharing: [{ audience: world.officeIds['dallas-tx'], facets: ['SUMMARY', 'EVIDENCE'], until: '2099-01-01T00:00:00Z' }] });
    expect(await facet('EVIDENCE', 'attorneyDallas', null, ours.id)).toMatchObject({ open: false, layer: 'LAW', rule: expect.stringMatching(/^The law of MN: non-public camera footage/), citation: 'Minn. Stat. 13.825 subd. 7-8' });
    expect(await facet('SUMMARY', 'attorneyDallas', null, ours.id)).toEqual(
      { facet: 'SUMMARY', open: true, layer: 'RULE', rule: `Rule book of ${hennepin}, version ${version}, opens SUMMARY, EVIDENCE of this case to your office, until 2099-01-01T00:00:00.000Z.`, citation: 'Cases cross the county line.' });
    expect(await facet('REPORT', 'supervisorHennepin', 'attorneyDallas', ours.id)).toMatchObject(
      { open: false, layer: 'RULE', rule: `Rule book of ${hennepin}, version ${version}, opens SUMMARY, EVIDENCE of this case to ${dallas}.` });
  });

  test('a rule book that opens nothing', async () => {
    const version = await bookInForce(world, 'dallas-tx', {});
    expect(await facet('SUMMARY', 'supervisorDallas', 'attorneyHennepin')).toMatchObject({ open: false, layer: 'RULE', rule: `Rule book of ${dallas}, version ${version}, opens nothing of this case to ${hennepin}.` });
    expect((await explained('supervisorDallas', 'attorneyHennepin')).acts.filter(({ allowed, rule }) => allowed || !/^The (case is hidden from this member|role ATTORNEY does not do this)\.$/.test(rule))).toEqual([]);
  });

  test('joint handling and an invitation', async () => {
    await joined(world, subject, 'hennepin-mn', ['SUMMARY', 'CHARGES']);
    expect(await facet('CHARGES', 'attorneyHennepin')).toMatchObject({ open: true, layer: 'CASE', rule: 'Your office handles this case jointly as SUPPORT: that opens SUMMARY, CHARGES to it.' });
    expect(await facet('CHARGES', 'supervisorDallas', 'attorneyHennepin')).toMatchObject({ open: true, rule: `${hennepin} handles this case jointly as SUPPORT: that opens SUMMARY, CHARGES to it.` });
    expect(await facet('PERSONS', 'attorneyHennepin')).toMatchObject({ open: false, layer: 'RULE' });
    await joined(world, subject, 'cook-il', ['SUMMARY', 'CHARGES'], 'INVITED');
    expect(await facet('SUMMARY', 'attorneyCook')).toMatchObject({ open: true, layer: 'CASE', rule: 'An invitation of your office to handle this case jointly as SUPPORT opens SUMMARY until it is answered.' });
  });

  test('an offer of the lead, and what a former lead keeps', async () => {
    await transferred(world, subject, ['dallas-tx', 'hennepin-mn'], 'READ', 'PROPOSED');
    expect(await facet('REPORT', 'attorneyHennepin')).toMatchObject({ open: true, layer: 'CASE', rule: 'The offer of the lead to your office opens SUMMARY, REPORT until it is answered.' });
    expect(await act('transfer:answer', 'supervisorHennepin')).toMatchObject({ allowed: true, reach: 'OFFICE' });
    await transferred(world, subject, ['dallas-tx', 'cook-il'], 'READ', 'ACCEPTED');
    expect(await facet('CHARGES', 'secondDallas')).toMatchObject(
      { open: true, layer: 'CASE', rule: 'Your office led this case and keeps READ by the terms of its transfer: SUMMARY, REPORT, PERSONS, CHARGES, EVIDENCE, PROCEEDINGS, HISTORY, and what its people wrote.' });
    expect(await facet('OWN', 'secondDallas')).toMatchObject({ open: true });
    expect(await act('case:tag', 'supervisorDallas')).toMatchObject({ allowed: false, rule: 'Your office does not lead this case.' });
  });

  test('a unit, and break-glass that goes past it', async () => {
    await restricted(world, subject, 'intakeDallas');
    expect(await facet('REPORT', 'secondDallas')).toMatchObject({ open: false, layer: 'SEAT', rule: 'The case is kept to a unit of your office.' });
    expect(await facet('REPORT', 'intakeDallas')).toMatchObject({ open: true, layer: 'SEAT', rule: `The case is kept to a unit of ${dallas} to which you belong, and the role INTAKE sees this facet from its seat.` });
    expect(await act('charge:propose', 'electedDallas')).toMatchObject({ allowed: false, rule: 'This case is kept to a part of your office that you are not in.' });
    const { owner } = world.database;
    await owner`insert into comity.glass_uses (case_id, id, needs, member_id, office_id, reason, since, until, review_due_at)
      values (${subject.id}, ${newId()}, 1, ${world.memberIds.electedDallas}, ${world.officeIds['dallas-tx']}, 'Night.', now(), '2099-01-01', now())`;
    await owner`select comity.compute_sight(${subject.id})`;
    expect(await facet('VICTIM_CONTACT', 'electedDallas')).toEqual(
      { facet: 'VICTIM_CONTACT', ...OPEN, layer: 'CASE', rule: 'Break-glass opens this facet, whatever the role and whichever unit has the case, until 2099-01-01T00:00:00.000Z.' });
    expect(await act('charge:propose', 'electedDallas')).toMatchObject({ allowed: false, rule: 'This case is kept to a part of your office that you are not in.' });
    await owner`update comity.glass_uses set reviewed_by = ${world.memberIds.auditor}, reviewed_at = now() where case_id = ${subject.id}`;
  });

  test('for an act the role, the team, the office, and the limit of a rule book with its ground', async () => {
    expect(await act('seal:impose', 'attorneyDallas')).toEqual({ action: 'seal:impose', allowed: false, reach: 'NONE', rule: 'The role ATTORNEY does not do this.' });
    expect(await act('charge:propose', 'attorneyDallas')).toMatchObject({ allowed: true, reach: 'OWN' });
    expect(await act('charge:propose', 'secondDallas')).toMatchObject({ allowed: false, reach: 'OWN', rule: 'Only the team of this case, or a supervisor, may do this.' });
    const version = await bookInForce(world, 'dallas-tx', { limits: [{ action: 'charge:propose', ceiling: 'OWN' }, { action: 'case:release', ceiling: 'NONE' }] });
    expect(await act('charge:propose', 'supervisorDallas')).toEqual({
      action: 'charge:propose', allowed: false, reach: 'OWN', rule: `Only the team of this case, or a supervisor, may do this. Rule book of ${dallas}, version ${version}, lowers it from OFFICE to OWN: Heads decide.`,
    });
    expect(await act('case:release', 'supervisorDallas')).toEqual({
      action: 'case:release', allowed: false, reach: 'NONE', rule: `The role SUPERVISOR does this on what its own office has. Rule book of ${dallas}, version ${version}, lowers it from OFFICE to NONE: Heads decide.`,
    });
    expect(await act('charge:propose', 'attorneyDallas')).toMatchObject({ allowed: true, reach: 'OWN' });
  });

  test('every act that a root field does on a case, and no other', () => {
    const schema = servedSchema();
    const named = [schema.getQueryType(), schema.getMutationType()].flatMap((type) => (isObjectType(type) ? Object.values(type.getFields()) : [])).filter(({ name, args }) =>
      name === 'case' || args.some((arg) => arg.name === 'caseId' || (isInputObjectType(getNamedType(arg.type)) && 'caseId' in (getNamedType(arg.type) as unknown as { getFields(): object }).getFields())));
    const pages: Readonly<Record<string, string>> = { ...PERMISSIONS.Query, ...PERMISSIONS.Mutation };
    expect([...CASE_ACTIONS].sort()).toEqual([...new Set(named.map(({ name }) => pages[name]))].sort());
  });
});

describe('who may ask', () => {
  test('everybody who sees the case about themselves, a stranger as if it were absent', async () => {
    expect(await explained('attorneyDallas')).toEqual(await explained('attorneyDallas', 'attorneyDallas'));
    for (const who of ['attorneyHennepin', 'supervisorHennepin', 'attorneyCook'] as const) {
      for (const whom of [null, who, 'attorneyDallas'] as const) {
        const absent = newId();
        expect((await bytes(world, who, EXPLAIN, about(whom))).replaceAll(subject.id, '<id>')).toBe((await bytes(world, who, EXPLAIN, about(whom, absent))).replaceAll(absent, '<id>'));
        expect(await refusal(who, whom)).toBe('NOT_FOUND');
      }
    }
    expect(await refusal('attorneyDallas', null, 'nothing-like-an-id')).toBe('NOT_FOUND');
  });

  test('heads and conflicts officers of the lead about anybody, heads elsewhere about their own, others about nobody else', async () => {
    await withVenue(world, subject, 'hennepin-mn');
    for (const who of ['supervisorDallas', 'electedDallas', 'conflictsDallas'] as const) {
      for (const whom of ['recordsDallas', 'attorneyHennepin', 'attorneyCook', 'administrator', 'auditor'] as const) expect((await world.as(who).get(EXPLAIN, about(whom)))['explainAccess'].member.id).toBe(world.memberIds[whom]);
    }
    expect((await explained('supervisorHennepin', 'attorneyHennepin')).facets.find(({ facet: name }) => name === 'SUMMARY')?.rule).toMatch(/venue candidate/);
    expect(await refusal('supervisorHennepin', 'attorneyDallas')).toBe('FORBIDDEN');
    expect(await refusal('supervisorHennepin', 'attorneyCook')).toBe('FORBIDDEN');
    for (const who of ['attorneyDallas', 'secondDallas', 'recordsDallas', 'attorneyHennepin'] as const) {
      for (const whom of ['supervisorDallas', 'attorneyCook', 'chiefDallasPolice'] as const) expect(await refusal(who, whom)).toBe('FORBIDDEN');
    }
  });

  test('a member of a police agency is as unknown as one who is nobody', async () => {
    const police = world.memberIds.chiefDallasPolice;
    const [known, unknown] = [await bytes(world, 'supervisorDallas', EXPLAIN, { id: subject.id, member: police }), await bytes(world, 'supervisorDallas', EXPLAIN, { id: subject.id, member: newId() })];
    expect(known).toBe(unknown);
    expect(known).toContain('NOT_FOUND');
    expect(await bytes(world, 'supervisorDallas', EXPLAIN, { id: subject.id, member: 'nobody' })).toBe(unknown);
  });

  test('in one statement', async () => {
    await explained('attorneyDallas');
    statements = [];
    await explained('attorneyDallas');
    expect(statements.filter((text) => text.includes('comity.explain_access'))).toHaveLength(1);
    expect(statements.filter((text) => !/explain_access|set_config|^begin|^commit/.test(text))).toEqual([]);
  });
});

describe('what may not be known', () => {
  const READERS = ['secondDallas', 'attorneyDallas', 'recordsDallas', 'attorneyHennepin'] as const;

  test('a seal changes no byte of what anybody outside it is told of themselves, and its audience is told', async () => {
    await withVenue(world, subject, 'hennepin-mn');
    const before = await Promise.all(READERS.map((who) => bytes(world, who, EXPLAIN, about(null))));
    const outside = await bytes(world, 'conflictsDallas', EXPLAIN, about('secondDallas'));
    await sealed(world, subject, bits('REPORT', 'CHARGES', 'GRAND_JURY'), ['supervisorDallas', 'electedDallas']);
    expect(await Promise.all(READERS.map((who) => bytes(world, who, EXPLAIN, about(null))))).toEqual(before);
    expect(await bytes(world, 'conflictsDallas', EXPLAIN, about('secondDallas'))).toBe(outside);
    expect(await facet('CHARGES', 'supervisorDallas', 'secondDallas')).toEqual({ facet: 'CHARGES', open: false, layer: 'CASE', rule: 'A seal closes this facet to all but its audience.', citation: 'District Court, No. 7, 2 March 2026' });
    expect(await facet('CHARGES', 'supervisorDallas')).toMatchObject({ open: true });
    expect(await facet('PERSONS', 'supervisorDallas', 'secondDallas')).toMatchObject({ open: true });
  });

  test('a wall is named to those who read the walls, closes every facet and act, and is nowhere else', async () => {
    const before = await bytes(world, 'recordsDallas', EXPLAIN, about(null));
    await walled(world, subject, 'attorneyDallas');
    expect(await refusal('attorneyDallas', null)).toBe('NOT_FOUND');
    const told = await explained('supervisorDallas', 'attorneyDallas');
    expect(new Set(told.facets.map(({ open: isOpen, layer, rule }) => `${isOpen} ${layer} ${rule}`))).toEqual(new Set(['false CASE A wall of FAMILY excludes this member.']));
    expect(told.acts.some(({ allowed }) => allowed)).toBe(false);
    expect(await bytes(world, 'recordsDallas', EXPLAIN, about(null))).toBe(before);

    // Kept to a unit that the elected head is not in, the walls and the team are closed to the head, and so is what follows from them.
    await walled(world, subject, 'secondDallas');
    await restricted(world, subject, 'secondDallas', 'intakeDallas', 'supervisorDallas');
    expect(await facet('REPORT', 'electedDallas', 'secondDallas')).toMatchObject({ open: true, layer: 'SEAT' });
    expect(await facet('REPORT', 'supervisorDallas', 'secondDallas')).toMatchObject({ open: false, layer: 'CASE' });
  });

  test('a place on the team is not told to a head who does not read the team', async () => {
    await restricted(world, subject, 'intakeDallas');
    expect(await facet('REPORT', 'electedDallas', 'attorneyDallas')).toMatchObject({ open: false, rule: `The case is kept to a unit of ${dallas}.` });
    expect((await act('charge:propose', 'electedDallas', 'attorneyDallas'))?.allowed).toBe(false);
    expect(await facet('REPORT', 'attorneyDallas')).toMatchObject({ open: true, layer: 'CASE' });
  });

  test('a compartment is spoken of to those whose place opens it, and of others by its law', async () => {
    const names = async (...asked: Parameters<typeof explained>) => (await explained(...asked)).facets.map((each) => each.facet).slice(14);
    expect((await explained('supervisorDallas')).facets).toHaveLength(14);
    expect(await names('supervisorDallas', 'attorneyDallas')).toEqual([]);
    expect(await names('attorneyDallas')).toEqual(['GRAND_JURY']);
    await world.database.owner`insert into comity.assignments (case_id, id, needs, member_id, role, since, assigned_by) values (${subject.id}, ${newId()}, 512, ${world.memberIds.supervisorDallas}, 'FILTER', now(), ${world.memberIds.electedDallas})`;
    await world.database.owner`select comity.compute_sight(${subject.id})`;
    expect(await names('supervisorDallas')).toEqual(['COMPELLED']);
    expect(await facet('COMPELLED', 'supervisorDallas', 'attorneyDallas')).toMatchObject({ open: false, layer: 'LAW', citation: 'Garrity v. New Jersey (1967); Kastigar v. United States (1972)' });
    expect(await names('attorneyDallas')).toEqual(['GRAND_JURY']);
  });
});

describe(`an explanation agrees, with the seed ${SEED},`, () => {
  const DETAIL = 'query ($id: ID) { case(id: $id) { recordings { holder } } }';
  const cases = new Map<string, Drawn>();
  let books: Books;
  beforeAll(async () => {
    books = fc.sample(drawnBooks, { seed: SEED, numRuns: 1 })[0] as Books;
    await arrangeBooks(world, books);
    for (const drawn of [...FIXED, ...fc.sample(drawnCase, { seed: SEED, numRuns: 60 })]) cases.set(await arrange(world, drawn), drawn);
  }, 60_000);
  // Each of the other tests puts a book of its own into force.
  beforeEach(async () => {
    await arrangeBooks(world, books);
    for (const id of cases.keys()) await world.database.owner`select comity.compute_sight(${id})`;
  });

  const probes = async (who: CastMember, id: string): Promise<readonly string[] | null> => {
    const { case: seen } = await world.as(who).get(DETAIL, { id });
    return seen && Object.keys(FACETS).filter((name) => seen.recordings.some(({ holder }: { holder: string }) => holder === name));
  };

  test('with what each member of an office is shown of their own sight, but for what is sealed', async () => {
    const tally = { open: 0, closed: 0, hidden: 0 };
    for (const { who, office } of PEOPLE) {
      if (office === null) continue;
      for (const [id, drawn] of cases) {
        const shown = await probes(who, id);
        if (shown === null) {
          tally.hidden += 1;
          expect(await refusal(who, null, id)).toBe('NOT_FOUND');
          continue;
        }
        const closedBySeal = drawn.seals.filter(({ over }) => !over).flatMap(({ facets }) => facets);
        const told = await explained(who, null, id);
        for (const { facet: name, open: isOpen, rule } of told.facets) {
          tally[isOpen ? 'open' : 'closed'] += 1;
          const may = closedBySeal.includes(name);
          if (!may || !isOpen) expect([name, isOpen], `${who}: ${rule} ${JSON.stringify(drawn)} ${JSON.stringify(books)}`).toEqual([name, shown.includes(name)]);
        }
        expect(shown.filter((name) => !told.facets.some((each) => each.facet === name)), who).toEqual([]);
      }
    }
    expect(Math.min(tally.open, tally.closed, tally.hidden)).toBeGreaterThan(100);
  }, 120_000);

  test('with what anybody is shown, when a head of the lead asks who reads the arrangements of the case', async () => {
    let judged = 0;
    for (const [id, drawn] of cases) {
      const head = PEOPLE.find(({ who }) => who === (drawn.lead === 'dallas' ? 'electedDallas' : 'supervisorHennepin'));
      if (head === undefined || drawn.lead !== head.office || drawn.seals.length > 0 || !seenBy(head, drawn, books).has('OFFICE')) continue;
      for (const person of PEOPLE) {
        const shown = (await probes(person.who, id).catch(() => null)) ?? [];
        const told = await explained(head.who, person.who, id);
        expect(open(told), `${person.who} ${JSON.stringify(drawn)} ${JSON.stringify(books)}`).toEqual(shown.filter((name) => told.facets.some((each) => each.facet === name)));
        judged += 1;
      }
    }
    expect(judged).toBeGreaterThan(10);
  }, 60_000);

  test('with what the acts refuse', async () => {
    const annotate = 'mutation ($input: AnnotateCaseInput!) { annotateCase(input: $input) { annotation { id } } }';
    const release = 'mutation ($input: ReleaseCaseInput!) { releaseCase(input: $input) { case { id } } }';
    const tally = { allowed: 0, refused: 0 };
    for (const { who, office } of PEOPLE) {
      if (office === null) continue;
      for (const [id, drawn] of [...cases].filter(([, each]) => each.lead !== null && each.seals.length === 0).slice(0, FIXED.length + 12)) {
        if ((await probes(who, id)) === null) continue;
        // Neither comes to its end: the body is empty, the version another.
        const tried = {
          'annotation:write': await world.as(who).refused(annotate, { input: { caseId: id, target: { kind: 'CASE' }, kind: 'NOTE', body: ' ' } }),
          'case:release': await world.as(who).refused(release, { input: { caseId: id, expectedVersion: 99 } }),
        };
        for (const [action, code] of Object.entries(tried)) {
          const told = await act(action, who, null, id);
          tally[told?.allowed ? 'allowed' : 'refused'] += 1;
          expect(told?.allowed, `${who} ${action} ${code}: ${told?.rule} ${JSON.stringify(drawn)}`).toBe(code !== 'FORBIDDEN');
        }
      }
    }
    expect(Math.min(tally.allowed, tally.refused)).toBeGreaterThan(5);
  }, 60_000);

  test('on a furnished case with every facet, for the whole cast', async () => {
    await withProbes(world, subject);
    for (const who of ['attorneyDallas', 'secondDallas', 'supervisorDallas', 'intakeDallas', 'investigatorDallas', 'advocateDallas', 'conflictsDallas', 'disclosureDallas', 'recordsDallas'] as const) {
      expect(open(await explained(who)), who).toEqual(await probes(who, subject.id));
    }
  });
});
