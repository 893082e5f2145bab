import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../src/kernel/ids.ts';
import { BATCH, got, SUBMIT, VALIDATE, type Json } from './packs.world.ts';
import { incidentIn } from './policies.world.ts';
import { ADOPT, adopted, DRAFT, opens, proposed, READ } from './rulebooks.world.ts';
import { openWorld, type CastMember, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const directed = (electedOfficial: string | null, changes: Json = {}) => world.referral({ provenance: { decidedBy: 'The mayor of a town', consulted: ['Department counsel'], electedOfficial }, ...changes });
const submit = async (referral: Json, who: CastMember = 'chiefDallasPolice') => (await got(world, who, SUBMIT, { input: { idempotencyKey: newId(), referral } }))['submitReferral'];
const REPORT = 'query ($id: ID) { case(id: $id) { report { flaggedFor provenance { decidedBy consulted electedOfficial } signature { signedBy } } } }';
const LIST = 'query ($filter: CaseFilter) { cases(filter: $filter, first: 100) { totalCount nodes { id } } }';
const caseOf = async ({ referral: { id } }: { referral: { id: string } }) => String((await world.database.owner`select case_id from comity.case_referrals where referral_id = ${id}`)[0]?.['case_id']);
const report = async (sent: { referral: { id: string } }, who: CastMember = 'intakeDallas') => (await world.as(who).get(REPORT, { id: await caseOf(sent) }))['case'].report;
const flagged = async (who: CastMember, value = true) => (await world.as(who).get(LIST, { filter: { flagged: value } }))['cases'];

const rules = (answer: string, part = 'DIRECTED') => ({ admission: [{ part, answer, basis: 'Office policy 3: the police decide what to refer.' }] });

describe('where the office of the county has no rule', () => {
  test('what an elected official directed is received and flagged, what one was consulted on is received; the office reads who decided, who was consulted and who signed', async () => {
    const [one, other, none] = [await submit(directed('DIRECTED')), await submit(directed('CONSULTED')), await submit(directed('NONE'))];
    for (const sent of [one, other, none]) expect(sent).toMatchObject({ outcome: 'RECEIVED', problems: [] });
    expect(await report(one)).toEqual({
      flaggedFor: 'DIRECTED', provenance: { decidedBy: 'The mayor of a town', consulted: ['Department counsel'], electedOfficial: 'DIRECTED' }, signature: { signedBy: 'Sgt. Pia Dalles' },
    });
    expect(await report(other)).toMatchObject({ flaggedFor: null, provenance: { electedOfficial: 'CONSULTED' } });
    expect(await report(none)).toMatchObject({ flaggedFor: null, provenance: { electedOfficial: 'NONE' } });
    expect(await report(await submit(world.referral()))).toMatchObject({ flaggedFor: null, provenance: { electedOfficial: null } });
    expect(await flagged('intakeDallas')).toEqual({ totalCount: 1, nodes: [{ id: await caseOf(one) }] });
    expect((await flagged('intakeDallas', false)).totalCount).toBe(3);
  });
});

describe('by the rule book of the county’s office', () => {
  test('it is refused from the adoption on: with the ground and what to do, the same in the dry run, the submission and the batch, and nothing is kept', async () => {
    const id = await proposed(world, rules('REFUSE'));
    expect(await submit(directed('DIRECTED'))).toMatchObject({ outcome: 'RECEIVED' });
    const key = { idempotencyKey: newId(), referral: directed('DIRECTED') };
    expect((await got(world, 'chiefDallasPolice', SUBMIT, { input: key }))['submitReferral'].outcome).toBe('RECEIVED');
    expect(await world.as('supervisorDallas').refused(ADOPT, { input: { ruleBookId: id } })).toBe('FORBIDDEN');
    await world.as('electedDallas').get(ADOPT, { input: { ruleBookId: id } });

    const cases = async () => (await world.database.owner`select count(*)::int as n from comity.cases`)[0]?.['n'];
    const before = await cases();
    const referral = directed('DIRECTED');
    const sent = await submit(referral);
    expect(sent).toMatchObject({ outcome: 'REFUSED', referral: null });
    expect(sent.problems).toEqual([{
      code: 'REFUSED_IMPROPER_DIRECTION', severity: 'ERROR', path: 'provenance.electedOfficial', requirement: null,
      message: 'The office of this county takes no referral that an elected official directed. Office policy 3: the police decide what to refer.', remedy: expect.stringMatching(/sworn supervisor/),
    }]);
    expect((await got(world, 'chiefDallasPolice', VALIDATE, { input: { referral } }))['validateReferral']).toEqual({ acceptable: false, problems: sent.problems });
    const batch = (await got(world, 'machineDallasPolice', BATCH, { input: { referrals: [{ idempotencyKey: newId(), referral }, { idempotencyKey: newId(), referral: directed('CONSULTED') }] } }))['submitReferrals'];
    expect(batch.items).toEqual([{ outcome: 'REFUSED', problems: sent.problems }, { outcome: 'RECEIVED', problems: [] }]);
    expect(await cases()).toBe(before + 1);
    // What came before is answered as it was then.
    expect((await got(world, 'chiefDallasPolice', SUBMIT, { input: key }))['submitReferral']).toMatchObject({ outcome: 'REPLAYED', problems: [] });
  });

  test('only for incidents in its own counties, whichever agency sends it', async () => {
    const { incident } = incidentIn('27053');
    expect(await submit(directed('DIRECTED', { incident }))).toMatchObject({ outcome: 'RECEIVED' });
    expect(await submit(directed('DIRECTED', { incident: incidentIn('48001').incident }))).toMatchObject({ outcome: 'RECEIVED' });
    expect(await submit(directed('DIRECTED'), 'chiefChicagoPolice')).toMatchObject({ outcome: 'REFUSED' });
    const sent = await submit(directed('DIRECTED', { incident }));
    expect(await report(sent, 'attorneyHennepin')).toMatchObject({ flaggedFor: 'DIRECTED' });
  });

  test('it is flagged or accepted where the book says so; what was flagged stays flagged', async () => {
    await adopted(world, { admission: [{ part: 'CONSULTED', answer: 'FLAG', basis: 'Policy 4.' }, { part: 'DIRECTED', answer: 'ACCEPT', basis: 'Policy 4.' }] });
    const consulted = await submit(directed('CONSULTED'));
    expect(await report(consulted)).toMatchObject({ flaggedFor: 'CONSULTED' });
    expect(await report(await submit(directed('DIRECTED')))).toMatchObject({ flaggedFor: null, provenance: { electedOfficial: 'DIRECTED' } });
    await adopted(world, rules('REFUSE', 'CONSULTED'));
    expect((await submit(directed('CONSULTED'))).problems[0].message).toContain('on which an elected official was consulted');
    expect(await report(consulted)).toMatchObject({ flaggedFor: 'CONSULTED' });
  });

  test('the rule is read with the book, copied with it, and taken only where it says something', async () => {
    const id = await adopted(world, rules('REFUSE'));
    const ask = READ.replace('statistics {', 'admission { part answer basis } statistics {');
    const [rule] = rules('REFUSE').admission;
    for (const who of ['attorneyHennepin', 'auditor'] as const) expect((await world.as(who).get(ask, { id }))['ruleBook'].admission).toEqual([rule]);
    const { draftRuleBook } = await world.as('supervisorDallas').get(DRAFT, { input: { title: 'Next', basedOn: id } });
    expect((await world.as('supervisorDallas').get(ask, { id: draftRuleBook.ruleBook.id }))['ruleBook'].admission).toEqual([rule]);
    for (const [admission, field] of [[[{ ...rule, part: 'NONE' }], 'admission.0.part'], [[rule, rule], 'admission.1'], [[{ ...rule, basis: ' ' }], 'admission.0.basis']] as const) {
      const { errors } = await world.as('supervisorDallas').ask(DRAFT, { input: { title: 'Bad', admission } });
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field });
    }
    await adopted(world, {});
  });
});

test('a flag is the report’s: who may not read the report neither sees it nor filters by it', async () => {
  const built = await world.buildCase({ claimedBy: 'attorneyDallas', referral: { provenance: { decidedBy: 'The mayor of a town', consulted: [], electedOfficial: 'DIRECTED' } } });
  const ids = async (who: CastMember, value?: boolean) => (await flagged(who, value)).nodes.map(({ id }: { id: string }) => id);
  await adopted(world, { sharing: [opens('COALITION', [])] });
  expect((await world.as('attorneyHennepin').get(REPORT, { id: built.id }))['case']).toEqual({ report: null });
  for (const value of [true, false]) expect(await ids('attorneyHennepin', value)).not.toContain(built.id);
  await adopted(world, { sharing: [opens('COALITION', ['REPORT'])] });
  expect([(await ids('attorneyHennepin', true)).includes(built.id), (await ids('attorneyHennepin', false)).includes(built.id)]).toEqual([true, false]);
  await adopted(world, {});
  for (const who of ['chiefDallasPolice', 'analyst'] as const) expect(await world.as(who).refused(LIST, { filter: { flagged: true } })).toBe('FORBIDDEN');
});

describe('Cook County, which is a guest', () => {
  test('receives what Chicago police refer, flagged as anywhere, and no member, administrator or other agency meets it: not by id or number, in no list, count, search or offer', async () => {
    const { incident } = incidentIn('17031');
    const narrative = 'A word that stands nowhere else: chrysoberyl.';
    const built = await world.buildCase({ by: 'chiefChicagoPolice', referral: { incident, narrative, provenance: { decidedBy: 'A mayor', consulted: [], electedOfficial: 'DIRECTED' } } });
    const meets = async (who: CastMember) => {
      const { data } = await world.as(who).ask(`query ($id: ID, $number: String, $text: String) { one: case(id: $id) { id } two: case(number: $number) { id }
        cases(filter: { county: "17031" }) { totalCount nodes { id } } words: cases(filter: { text: $text }) { totalCount nodes { id } } flagged: cases(filter: { flagged: true, county: "17031" }) { totalCount } offers { totalCount } }`,
      { id: built.id, number: built.number, text: 'chrysoberyl' });
      return [data?.['one'], data?.['two'], data?.['cases'].totalCount, data?.['words'].totalCount, data?.['flagged'].totalCount, data?.['offers'].totalCount];
    };
    const nothing = [null, null, 0, 0, 0, 0];
    const others = ['attorneyDallas', 'supervisorDallas', 'electedDallas', 'attorneyHennepin', 'supervisorHennepin', 'administrator'] as const;
    for (const who of others) expect(await meets(who), who).toEqual(nothing);
    expect(await meets('attorneyCook')).toEqual([{ id: built.id }, { id: built.id }, 1, 1, 1, 0]);
    await world.as('attorneyCook').get('mutation ($input: ClaimCaseInput!) { claimCase(input: $input) { case { number } } }', { input: { caseId: built.id, expectedVersion: built.version } });
    for (const who of others) expect(await meets(who), who).toEqual(nothing);
    expect((await world.as('chiefDallasPolice').get('query ($id: ID!) { referral(id: $id) { id } }', { id: built.referralId }))['referral']).toBeNull();
    expect((await world.as('chiefChicagoPolice').get('query ($id: ID!) { referral(id: $id) { state } }', { id: built.referralId }))['referral']).toEqual({ state: 'ACCEPTED' });
  });
});
