import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../src/kernel/ids.ts';
import { transferred } from './explain.world.ts';
import { OF_REFERRAL } from './returns.world.ts';
import { seated } from './seated.ts';
import { openWorld, type BuiltCase, type CastMember, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const LINK = 'id sourceKind sourceId polarity reasoning linkedBy { name } withdrawnAt';
const ELEMENTS = `elements { position text isDisputed links { ${LINK} } assessments { verdict reasoning reviewer { name } } }`;
const MATRIX = `query ($id: ID!) { proofMatrix(caseId: $id) { id charges { id ${ELEMENTS} } gaps { charge { id } position text reviewer { name } verdict isAsked } } }`;
const SELECTIONS = {
  linkProof: `link { ${LINK} } charge { ${ELEMENTS} }`, withdrawProofLink: `link { ${LINK} } charge { ${ELEMENTS} }`, assessElement: `assessment { verdict reviewer { name } } charge { ${ELEMENTS} }`,
  askForElement: `item { id description state } link { ${LINK} } case { stage }`,
} as const;
type Field = keyof typeof SELECTIONS;

const document = (field: Field) => `mutation ($input: ${field.charAt(0).toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { ${SELECTIONS[field]} } }`;
const tell = async (who: CastMember, field: Field, input: object) => (await world.as(who).get(document(field), { input }))[field];
const refusal = async (who: CastMember, field: Field, input: object) => {
  const { errors } = await world.as(who).ask(document(field), { input });
  return { ...errors?.[0]?.extensions, message: errors?.[0]?.message };
};
const matrix = async (who: CastMember, { id }: { id: string }) => (await world.as(who).get(MATRIX, { id }))['proofMatrix'];

/** A claimed case with a charge of aggravated assault in Texas. */
async function charged(): Promise<{ built: BuiltCase; chargeId: string; of: (element?: number) => object }> {
  const built = await world.buildCase({ claimedBy: 'attorneyDallas' });
  const [statute] = await world.database.owner`select id from comity.statutes where citation = 'Tex. Penal Code 22.02'`;
  const { proposeCharge } = await world.as('attorneyDallas').get('mutation ($input: ProposeChargeInput!) { proposeCharge(input: $input) { charge { id } } }', {
    input: { caseId: built.id, personId: built.personIds[0], statuteId: statute?.['id'], counts: 1 },
  });
  const chargeId = proposeCharge.charge.id;
  return { built, chargeId, of: (element = 1) => ({ caseId: built.id, chargeId, element }) };
}
const says = { sourceKind: 'REPORT', polarity: 'SUPPORTS', reasoning: 'The report tells of the push.' };
const held = (verdict: string) => ({ verdict, reasoning: 'As I read it.' });

describe('the elements of a charge', () => {
  test('are those of the text that it pins, in its order', async () => {
    const { built, chargeId } = await charged();
    const [version] = await world.database.owner`select v.elements from comity.charges c join comity.statute_versions v on v.id = c.statute_version_id where c.id = ${chargeId}`;
    const { id, charges, gaps } = await matrix('attorneyDallas', built);
    expect(id).toBe(built.id);
    // While nobody has reviewed the charge all of it is missing.
    expect(gaps.map(({ position, text, verdict, reviewer }: any) => [position, text, verdict, reviewer])).toEqual(version?.['elements'].map((text: string, at: number) => [at + 1, text, null, null]));
    expect(version?.['elements'].length).toBeGreaterThan(1);
    expect(charges[0].elements).toEqual(version?.['elements'].map((text: string, at: number) => ({ position: at + 1, text, isDisputed: false, links: [], assessments: [] })));
  });

  test('of a charge that is withdrawn are in no matrix any more, and take no proof', async () => {
    const { built, chargeId, of } = await charged();
    await world.as('attorneyDallas').get('mutation ($input: WithdrawChargeInput!) { withdrawCharge(input: $input) { charge { id } } }', { input: { caseId: built.id, chargeId } });
    expect((await matrix('attorneyDallas', built)).charges).toEqual([]);
    expect(await refusal('attorneyDallas', 'linkProof', { ...of(), ...says })).toMatchObject({ code: 'CONFLICT', chargeId });
  });

  test.each([0, -1, 99])('are counted from 1: there is none at %i', async (element) => {
    const { of } = await charged();
    for (const [field, more] of [['linkProof', says], ['assessElement', held('MET')]] as const) {
      expect(await refusal('attorneyDallas', field, { ...of(element), ...more })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'element', remedy: expect.stringContaining('Charge.elements') });
    }
  });
});

describe('proof', () => {
  test('for and against an element stands side by side, with who says so', async () => {
    const { built, of } = await charged();
    const { link } = await tell('attorneyDallas', 'linkProof', { ...of(), ...says });
    expect(link).toMatchObject({ sourceKind: 'REPORT', sourceId: null, polarity: 'SUPPORTS', linkedBy: { name: 'Ada Attwell' }, withdrawnAt: null });
    const recording = built.recordingIds[0];
    await tell('supervisorDallas', 'linkProof', { ...of(), sourceKind: 'RECORDING', sourceId: recording, polarity: 'UNDERMINES', reasoning: 'He stumbles by himself.' });
    const { charges } = await matrix('attorneyDallas', built);
    expect(charges[0].elements[0].links.map(({ polarity }: { polarity: string }) => polarity)).toEqual(['SUPPORTS', 'UNDERMINES']);
    expect(charges[0].elements[1].links).toEqual([]);
    const [event] = await world.database.owner`select body from comity.trail_events where case_id = ${built.id} and act = 'PROOF_LINKED' order by seq limit 1`;
    expect(JSON.stringify(event?.['body'])).not.toContain('push');
  });

  test('that is withdrawn stays in view where it is asked for, and is withdrawn once', async () => {
    const { built, of } = await charged();
    const { link } = await tell('attorneyDallas', 'linkProof', { ...of(), ...says });
    const { link: gone, charge } = await tell('attorneyDallas', 'withdrawProofLink', { caseId: built.id, linkId: link.id });
    expect(gone.withdrawnAt).not.toBeNull();
    expect(charge.elements[0].links).toEqual([]);
    const all = await world.as('attorneyDallas').get('query ($id: ID!) { proofMatrix(caseId: $id) { charges { elements { links(includeWithdrawn: true) { id } } } } }', { id: built.id });
    expect(all['proofMatrix'].charges[0].elements[0].links).toEqual([{ id: link.id }]);
    expect(await refusal('attorneyDallas', 'withdrawProofLink', { caseId: built.id, linkId: link.id })).toMatchObject({ code: 'CONFLICT' });
  });

  test('that leans on what is not of the case, or is not named, is none', async () => {
    const [one, other] = [await charged(), await charged()];
    for (const sourceId of [newId(), other.built.recordingIds[0], 'x']) {
      expect((await refusal('attorneyDallas', 'linkProof', { ...one.of(), ...says, sourceKind: 'RECORDING', sourceId }))).toMatchObject({ code: 'NOT_FOUND' });
    }
    expect(await refusal('attorneyDallas', 'linkProof', { ...one.of(), ...says, sourceKind: 'RECORDING' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'sourceId' });
    expect(await refusal('attorneyDallas', 'linkProof', { ...one.of(), ...says, sourceId: newId() })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'sourceId' });
    expect(await refusal('attorneyDallas', 'linkProof', { ...one.of(), ...says, reasoning: '  ' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'reasoning' });
  });

  test('that leans on a remark to the team is the team’s', async () => {
    const { built, of } = await charged();
    const { annotateCase } = await world.as('attorneyDallas').get('mutation ($input: AnnotateCaseInput!) { annotateCase(input: $input) { annotation { id } } }', {
      input: { caseId: built.id, target: { kind: 'CASE' }, kind: 'NOTE', audience: 'TEAM', body: 'She will not speak.' },
    });
    await tell('attorneyDallas', 'linkProof', { ...of(), sourceKind: 'ANNOTATION', sourceId: annotateCase.annotation.id, polarity: 'UNDERMINES', reasoning: 'No witness.' });
    expect((await matrix('attorneyDallas', built)).charges[0].elements[0].links).toHaveLength(1);
    expect((await matrix('supervisorDallas', built)).charges[0].elements[0].links).toEqual([]);
  });

  test('goes behind a compartment with what it leans on', async () => {
    const { built, of } = await charged();
    const { annotateCase } = await world.as('attorneyDallas').get('mutation ($input: AnnotateCaseInput!) { annotateCase(input: $input) { annotation { id } } }', {
      input: { caseId: built.id, target: { kind: 'CASE' }, kind: 'NOTE', audience: 'OFFICE', body: 'Heard in the room.' },
    });
    await tell('attorneyDallas', 'linkProof', { ...of(), sourceKind: 'ANNOTATION', sourceId: annotateCase.annotation.id, polarity: 'SUPPORTS', reasoning: 'Sworn.' });
    expect((await matrix('supervisorDallas', built)).charges[0].elements[0].links).toHaveLength(1);
    await world.as('attorneyDallas').get('mutation ($input: PlaceInCompartmentInput!) { placeInCompartment(input: $input) { case { id } } }', {
      input: { caseId: built.id, compartment: 'GRAND_JURY', target: { kind: 'ANNOTATION', id: annotateCase.annotation.id }, basis: 'GRAND_JURY_TESTIMONY' },
    });
    expect((await matrix('supervisorDallas', built)).charges[0].elements[0].links).toEqual([]);
    expect((await matrix('attorneyDallas', built)).charges[0].elements[0].links).toHaveLength(1);
  });
});

describe('reviewers', () => {
  test('who differ both stay, each with the latest word; what was held before is kept', async () => {
    const { built, of } = await charged();
    await tell('attorneyDallas', 'assessElement', { ...of(), ...held('NOT_MET') });
    await tell('attorneyDallas', 'assessElement', { ...of(), ...held('MET') });
    const { charge } = await tell('supervisorDallas', 'assessElement', { ...of(), ...held('DOUBTFUL') });
    expect(charge.elements[0]).toMatchObject({ isDisputed: true, assessments: [{ verdict: 'MET', reviewer: { name: 'Ada Attwell' } }, { verdict: 'DOUBTFUL' }] });
    const earlier = await world.as('attorneyDallas').get('query ($id: ID!) { proofMatrix(caseId: $id) { charges { elements { assessments(includeEarlier: true) { verdict } } } } }', { id: built.id });
    expect(earlier['proofMatrix'].charges[0].elements[0].assessments).toEqual([{ verdict: 'NOT_MET' }, { verdict: 'MET' }, { verdict: 'DOUBTFUL' }]);
  });

  test('each have gaps of their own: what they doubt, and what they have not assessed', async () => {
    const { built, chargeId, of } = await charged();
    const { charges: [{ elements }] } = await matrix('attorneyDallas', built);
    for (const { position } of elements) await tell('attorneyDallas', 'assessElement', { ...of(position), ...held('MET') });
    await tell('supervisorDallas', 'assessElement', { ...of(1), ...held('DOUBTFUL') });
    const { gaps } = await matrix('attorneyDallas', built);
    expect(gaps.map(({ position, verdict, reviewer: { name }, charge: { id } }: any) => [position, verdict, name, id])).toEqual(
      elements.map(({ position }: { position: number }) => [position, position === 1 ? 'DOUBTFUL' : null, 'Sue Visser', chargeId]));
  });

  test('ask the agency for what an element lacks in one act; the agency is told of neither charge nor element', async () => {
    const { built, of } = await charged();
    await tell('attorneyDallas', 'assessElement', { ...of(), ...held('NOT_MET') });
    const { item, link, case: subject } = await tell('attorneyDallas', 'askForElement', { ...of(), category: 'RECORDING', description: 'The clip before the push.', dueOn: '2999-06-01' });
    expect([item.state, subject.stage, link.sourceKind, link.sourceId]).toEqual(['REQUESTED', 'AWAITING_AGENCY', 'RETURN_ITEM', item.id]);
    expect((await matrix('attorneyDallas', built)).gaps[0]).toMatchObject({ position: 1, isAsked: true });
    // The same is asked once while it waits: with another word it is something else.
    expect(await refusal('attorneyDallas', 'askForElement', { ...of(), category: 'RECORDING', description: 'the CLIP before the push. ', dueOn: '2999-06-02' })).toMatchObject({ code: 'CONFLICT', itemId: expect.any(String), remedy: expect.any(String) });
    const told = await world.as('chiefDallasPolice').get(`query ($id: ID!) { referral(id: $id) ${OF_REFERRAL} }`, { id: built.referralId });
    expect(told['referral'].items.map(({ description }: { description: string }) => description)).toEqual(['The clip before the push.']);
    await world.as('chiefDallasPolice').get('mutation ($input: AnswerReturnInput!) { answerReturn(input: $input) { referral { id } } }', { input: { referralId: built.referralId, answers: [{ itemId: item.id, note: 'Here.' }] } });
    expect((await matrix('attorneyDallas', built)).gaps[0]).toMatchObject({ isAsked: false });
  });

  test('who ask in the past ask for nothing, and nothing is linked', async () => {
    const { built, of } = await charged();
    expect(await refusal('attorneyDallas', 'askForElement', { ...of(), category: 'RECORDING', description: 'The clip.', dueOn: '2020-01-01' })).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(await refusal('attorneyDallas', 'askForElement', { ...of(77), category: 'RECORDING', description: 'The clip.', dueOn: '2999-01-01' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'element' });
    expect([...await world.database.owner`select 1 from comity.return_items where case_id = ${built.id}`]).toEqual([]);
  });
});

describe('work on proof', () => {
  test('is the office’s that did it: it does not go with the case, and is there again when the case comes back', async () => {
    const { built, of } = await charged();
    await tell('attorneyDallas', 'linkProof', { ...of(), ...says });
    await tell('attorneyDallas', 'assessElement', { ...of(), ...held('DOUBTFUL') });
    const [owner, lead] = [world.database.owner, (slug: 'dallas-tx' | 'hennepin-mn') => world.officeIds[slug]];
    const to = async (slug: 'dallas-tx' | 'hennepin-mn') => {
      await owner`update comity.cases set lead_id = ${lead(slug)} where id = ${built.id}`;
      await owner`select comity.compute_sight(${built.id})`;
    };
    await transferred(world, built, ['dallas-tx', 'hennepin-mn'], 'READ', 'ACCEPTED');
    await to('hennepin-mn');
    const theirs = await matrix('supervisorHennepin', built);
    expect(theirs.charges).toHaveLength(1);
    expect([theirs.charges[0].elements[0].links, theirs.charges[0].elements[0].assessments]).toEqual([[], []]);
    expect(theirs.gaps.map(({ verdict, reviewer }: any) => [verdict, reviewer])).toEqual(theirs.charges[0].elements.map(() => [null, null]));
    await to('dallas-tx');
    const ours = await matrix('supervisorDallas', built);
    expect([ours.charges[0].elements[0].links.length, ours.charges[0].elements[0].assessments.length]).toEqual([1, 1]);
  });

  test('is not for who is not on the team, nor for another office, nor at the wrong moment', async () => {
    const { built, of } = await charged();
    expect(await refusal('secondDallas', 'linkProof', { ...of(), ...says })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await refusal('secondDallas', 'assessElement', { ...of(), ...held('MET') })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await refusal('investigatorDallas', 'assessElement', { ...of(), ...held('MET') })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await refusal('attorneyHennepin', 'linkProof', { ...of(), ...says })).toMatchObject({ code: 'NOT_FOUND' });
    await world.database.owner`update comity.cases set stage = 'MERGED' where id = ${built.id}`;
    expect(await refusal('attorneyDallas', 'linkProof', { ...of(), ...says })).toMatchObject({ code: 'CONFLICT', stage: 'MERGED' });
  });

  test('is said in one’s own name, of elements that there are, by the tables too', async () => {
    const { built, chargeId } = await charged();
    const [office, me, other] = [world.officeIds['dallas-tx'], world.memberIds.attorneyDallas, world.memberIds.supervisorDallas];
    const link = (by: string, element: number, needs: number) => [`insert into comity.proof_links (case_id, id, needs, office_id, charge_id, element, source_kind, polarity, reasoning, linked_by, linked_at)
      values ($1::uuid, $2::uuid, $3::integer, $4::uuid, $5::uuid, $6::integer, 'REPORT', 'SUPPORTS', 'x', $7::uuid, now())`, [built.id, newId(), needs, office, chargeId, element, by]] as const;
    const assessment = (by: string, when: string) => [`insert into comity.element_assessments (case_id, id, needs, office_id, charge_id, element, reviewer_id, verdict, reasoning, assessed_at)
      values ($1::uuid, $2::uuid, 528, $3::uuid, $4::uuid, 1, $5::uuid, 'MET', 'x', ${when})`, [built.id, newId(), office, chargeId, by]] as const;
    const tried: readonly [readonly [string, readonly (string | number)[]], string][] = [
      [link(other, 1, 530), '42501'], [link(me, 99, 530), '42501'], [link(me, 1, 2), '42501'], [link(me, 1, 530), 'passed'],
      [assessment(other, 'now()'), '42501'], [assessment(me, `now() - interval '1 day'`), '42501'], [assessment(me, 'clock_timestamp()'), 'passed'],
    ];
    for (const [[text, values], outcome] of tried) {
      expect(await seated(world.database, { as: me }, ({ refusal: ended }) => ended(text, [...values])), text).toBe(outcome);
    }
    await seated(world.database, { as: me }, async ({ refusal: ended }) => {
      for (const text of ['update comity.element_assessments set verdict = \'MET\'', 'delete from comity.element_assessments', 'update comity.proof_links set reasoning = \'x\'', 'delete from comity.proof_links']) {
        expect(await ended(text), text).toBe('42501');
      }
    });
  });
});
