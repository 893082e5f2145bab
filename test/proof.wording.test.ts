import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { applyCounsel, told } from '../src/law/counsel.ts';
import { counselFile } from '../src/law/counsel.file.ts';
import { loadReference } from '../src/reference.ts';
import { newId } from '../src/kernel/ids.ts';
import { demanding, item, served } from './demands.world.ts';
import { seated } from './seated.ts';
import { upgradedSince, caseOfAnotherTime } from './upgrade.world.ts';
import { openWorld, type BuiltCase, type CastMember, type World } from './world.ts';

const SHIPPED = fileURLToPath(new URL('../drizzle/reference', import.meta.url));
const CITATION = 'Tex. Penal Code 22.02';
const [ASSAULT, WEAPON, INTENT] = ['commits an assault', 'uses or exhibits a deadly weapon', 'acts intentionally, knowingly or recklessly'] as const;

let world: World;
let sql: postgres.Sql;
let folder: string;
beforeAll(async () => {
  world = await openWorld();
  sql = postgres({ ...world.database.as('comity_migrator'), max: 1, onnotice: () => undefined });
  folder = await mkdtemp(join(tmpdir(), 'comity-wording-'));
});
beforeEach(async () => void await reads([ASSAULT, WEAPON]));
afterAll(async () => {
  await sql.end();
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

/** Counsel loads the text of aggravated assault, of the same day, with these elements; or tries what that would change. */
async function reads(elements: readonly string[], { keep = true }: { keep?: boolean } = {}): Promise<string> {
  const shipped: { citation: string }[] = JSON.parse(await readFile(join(SHIPPED, 'statutes.json'), 'utf8'));
  const path = join(folder, 'counsel.json');
  await writeFile(path, JSON.stringify([{ ...shipped.find(({ citation }) => citation === CITATION), elements }]));
  const file = await counselFile(path);
  return file.of === 'STATUTES' ? told(await applyCounsel(sql, file, { keep })) : expect.fail('these are no statutes');
}

const tell = async (who: CastMember, field: string, input: object, selection: string) =>
  (await world.as(who).get(`mutation ($input: ${field.charAt(0).toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { ${selection} } }`, { input }))[field];
const refusal = async (field: string, input: object) =>
  (await world.as('attorneyDallas').ask(`mutation ($input: ${field.charAt(0).toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { charge { id } } }`, { input })).errors?.[0]?.extensions;

const OF = 'position text links { wording sourceKind sourceGone } assessments { wording verdict reasoning } demandItems { wording description }';
const MATRIX = `query ($id: ID!) { proofMatrix(caseId: $id) { charges { elements { isDisputed ${OF} } earlierElements { ${OF} } } gaps { position text verdict isAsked isDemanded } } }`;
const matrix = async ({ id }: BuiltCase) => {
  const { charges: [charge], gaps } = (await world.as('attorneyDallas').get(MATRIX, { id }))['proofMatrix'];
  return { elements: charge.elements, earlier: charge.earlierElements, gaps };
};
const brief = ({ position, text, links, assessments }: any) => [position, text, links.length, assessments.map(({ verdict, reasoning }: any) => `${verdict} ${reasoning}`)];

const says = { sourceKind: 'REPORT', polarity: 'SUPPORTS', reasoning: 'The report tells of the push.' };

/** A claimed case with a charge of aggravated assault: both elements held, each with its own words, and the report linked to the second. */
async function proven(): Promise<{ built: BuiltCase; chargeId: string; of: (element?: number) => object }> {
  const built = await world.buildCase({ claimedBy: 'attorneyDallas' });
  const [statute] = await world.database.owner`select id from comity.statutes where citation = ${CITATION}`;
  const { charge } = await tell('attorneyDallas', 'proposeCharge', { caseId: built.id, personId: built.personIds[0], statuteId: statute?.['id'], counts: 1 }, 'charge { id }');
  const of = (element = 1) => ({ caseId: built.id, chargeId: charge.id, element });
  await tell('attorneyDallas', 'assessElement', { ...of(1), verdict: 'MET', reasoning: 'about the assault' }, 'charge { id }');
  await tell('attorneyDallas', 'assessElement', { ...of(2), verdict: 'MET', reasoning: 'about the weapon' }, 'charge { id }');
  await tell('attorneyDallas', 'linkProof', { ...of(2), ...says }, 'charge { id }');
  return { built, chargeId: charge.id, of };
}

describe('when the text of a charge is corrected', () => {
  test('what was held of an element goes with its wording to where that stands now, and what is new is a gap', async () => {
    const { built } = await proven();
    await reads([INTENT, ASSAULT, WEAPON]);
    const { elements, earlier, gaps } = await matrix(built);
    expect(elements.map(brief)).toEqual([[1, INTENT, 0, []], [2, ASSAULT, 0, ['MET about the assault']], [3, WEAPON, 1, ['MET about the weapon']]]);
    expect(earlier).toEqual([]);
    expect(gaps).toEqual([{ position: 1, text: INTENT, verdict: null, isAsked: false, isDemanded: false }]);
  });

  test('what was held of a wording that is gone counts for no element, and is listed with that wording', async () => {
    const { built } = await proven();
    await reads([ASSAULT, 'uses a firearm']);
    const { elements, earlier, gaps } = await matrix(built);
    expect(elements.map(brief)).toEqual([[1, ASSAULT, 0, ['MET about the assault']], [2, 'uses a firearm', 0, []]]);
    expect(earlier.map(brief)).toEqual([[2, WEAPON, 1, ['MET about the weapon']]]);
    expect([earlier[0].links[0].wording, earlier[0].assessments[0].wording]).toEqual([WEAPON, WEAPON]);
    expect(gaps).toMatchObject([{ position: 2, text: 'uses a firearm', verdict: null }]);
  });

  test('to fewer elements, nothing that was said vanishes', async () => {
    const { built } = await proven();
    await reads(['commits an assault with a deadly weapon']);
    const { elements, earlier, gaps } = await matrix(built);
    expect(elements.map(brief)).toEqual([[1, 'commits an assault with a deadly weapon', 0, []]]);
    expect(earlier.map(brief)).toEqual([[1, ASSAULT, 0, ['MET about the assault']], [2, WEAPON, 1, ['MET about the weapon']]]);
    expect(gaps).toMatchObject([{ position: 1, verdict: null }]);
  });

  test('and then put back, everything stands where it stood; what was said in between is listed', async () => {
    const { built, of } = await proven();
    const before = await matrix(built);
    await reads([INTENT]);
    await tell('attorneyDallas', 'assessElement', { ...of(1), verdict: 'DOUBTFUL', reasoning: 'about the intent' }, 'charge { id }');
    await reads([ASSAULT, WEAPON]);
    const { earlier, ...after } = await matrix(built);
    expect(after).toEqual({ elements: before.elements, gaps: before.gaps });
    expect(earlier.map(brief)).toEqual([[1, INTENT, 0, ['DOUBTFUL about the intent']]]);
  });

  test('reviewers differ on a wording, not on a place', async () => {
    const { built, of } = await proven();
    await tell('supervisorDallas', 'assessElement', { ...of(1), verdict: 'DOUBTFUL', reasoning: 'about the assault' }, 'charge { id }');
    await reads([WEAPON, ASSAULT]);
    expect((await matrix(built)).elements.map(({ text, isDisputed }: any) => [text, isDisputed])).toEqual([[WEAPON, false], [ASSAULT, true]]);
    await tell('attorneyDallas', 'assessElement', { ...of(2), verdict: 'DOUBTFUL', reasoning: 'after all' }, 'charge { id }');
    expect((await matrix(built)).elements[1]).toMatchObject({ isDisputed: false, assessments: [{ verdict: 'DOUBTFUL' }, { verdict: 'DOUBTFUL', reasoning: 'after all' }] });
  });

  test('whoever read it before is not taken to speak of what stands at its place now', async () => {
    const { built, chargeId, of } = await proven();
    await reads([INTENT, ASSAULT, WEAPON]);
    const meant = { ...of(2), wording: WEAPON };
    const refused = { code: 'CONFLICT', element: 2, text: ASSAULT, remedy: expect.stringContaining('Charge.elements') };
    expect(await refusal('assessElement', { ...meant, verdict: 'NOT_MET', reasoning: 'x' })).toMatchObject(refused);
    expect(await refusal('linkProof', { ...meant, ...says, polarity: 'UNDERMINES' })).toMatchObject(refused);
    const asked = { ...meant, category: 'RECORDING', description: 'The clip.', dueOn: '2999-06-01' };
    expect((await world.as('attorneyDallas').ask('mutation ($input: AskForElementInput!) { askForElement(input: $input) { item { id } } }', { input: asked })).errors?.[0]?.extensions).toMatchObject(refused);
    const items = [item('Another camera.', { chargeId, element: 2, wording: WEAPON })];
    expect(await demanding(world).refusal('attorneyDallas', 'draftDemand', { caseId: built.id, regime: 'DHS_TOUHY', component: 'A federal agency', purpose: 'x', items })).toMatchObject(refused);
    expect((await matrix(built)).gaps).toMatchObject([{ position: 1, verdict: null }]);
    expect(await refusal('assessElement', { ...meant, element: 3, verdict: 'NOT_MET', reasoning: 'x' })).toBeUndefined();
    const told = await world.database.owner`select body::jsonb ->> 'wording' as wording from comity.trail_events where case_id = ${built.id} and act = 'ELEMENT_ASSESSED' order by seq`;
    expect(told.map(({ wording }) => wording)).toEqual([ASSAULT, WEAPON, WEAPON]);
  });

  test('an element that reads anew waits to be assessed, and one that only moved does not', async () => {
    const { chargeId } = await proven();
    const waiting = async () => (await world.as('attorneyDallas').get('{ unassessedElements(first: 100) { nodes { text charge { id } } } }'))['unassessedElements'].nodes
      .filter(({ charge: { id } }: any) => id === chargeId).map(({ text }: any) => text);
    expect(await waiting()).toEqual([]);
    await reads([INTENT, WEAPON, ASSAULT]);
    expect(await waiting()).toEqual([INTENT]);
  });

  test('what was asked and demanded for an element goes with its wording, too', async () => {
    const { built, chargeId, of } = await proven();
    await tell('attorneyDallas', 'assessElement', { ...of(2), verdict: 'NOT_MET', reasoning: 'no weapon' }, 'charge { id }');
    const play = demanding(world);
    const { id: demandId } = await play.drafted('attorneyDallas', built, { items: [item('Another camera.', { chargeId, element: 2 })] });
    await play.tell('attorneyDallas', 'serveDemand', { caseId: built.id, demandId, ...served() });
    await tell('attorneyDallas', 'askForElement', { ...of(2), category: 'RECORDING', description: 'The clip.', dueOn: '2999-06-01' }, 'item { id }');
    await reads([INTENT, ASSAULT, WEAPON]);
    const moved = await matrix(built);
    expect(moved.gaps).toEqual([{ position: 1, text: INTENT, verdict: null, isAsked: false, isDemanded: false }, { position: 3, text: WEAPON, verdict: 'NOT_MET', isAsked: true, isDemanded: true }]);
    expect(moved.elements.map(({ demandItems }: any) => demandItems.length)).toEqual([0, 0, 1]);
    await reads([ASSAULT, 'uses a firearm']);
    const gone = await matrix(built);
    expect(gone.gaps).toEqual([{ position: 2, text: 'uses a firearm', verdict: null, isAsked: false, isDemanded: false }]);
    expect(gone.earlier).toMatchObject([{ text: WEAPON, demandItems: [{ wording: WEAPON, description: 'Another camera.' }] }]);
    expect(gone.earlier[0].links).toHaveLength(2);
  });

  test('by a release, it is the same', async () => {
    const { built } = await proven();
    await world.database.owner`update comity.statutes set origin = 'SHIPPED' where citation = ${CITATION}`;
    await loadReference(sql, SHIPPED);
    const { elements, earlier } = await matrix(built);
    expect(elements.every(({ assessments, links }: any) => assessments.length + links.length === 0)).toBe(true);
    expect(earlier.map(brief)).toEqual([[1, ASSAULT, 0, ['MET about the assault']], [2, WEAPON, 1, ['MET about the weapon']]]);
  });

  test('who loads it is told what proof rests on it, and how much of that its words no longer bear', async () => {
    await world.database.owner`update comity.charges set state = 'WITHDRAWN'`;
    const { built, of } = await proven();
    await tell('attorneyDallas', 'assessElement', { ...of(1), verdict: 'DOUBTFUL', reasoning: 'On reflection.' }, 'charge { id }');
    expect(await reads([INTENT, ASSAULT, WEAPON], { keep: false })).toMatch(/1 link of proof and 2 assessments rest on it$/m);
    expect(await reads([ASSAULT], { keep: false })).toContain('1 link of proof and 2 assessments rest on it; 2 of them on an element that it does not have in these words');
    expect((await matrix(built)).elements).toHaveLength(2);
  });

  test('the office whose proof it was is told of the earlier wording, and no other', async () => {
    const { built } = await proven();
    await reads([INTENT]);
    const theirs = await world.as('secondDallas').get(MATRIX, { id: built.id });
    expect(theirs['proofMatrix']?.charges[0].earlierElements ?? []).toHaveLength(2);
    expect((await world.as('attorneyHennepin').get(MATRIX, { id: built.id }))['proofMatrix']).toBeNull();
  });
});

describe('a link', () => {
  const remark = async ({ id: caseId }: BuiltCase) =>
    (await tell('attorneyDallas', 'annotateCase', { caseId, target: { kind: 'CASE' }, kind: 'NOTE', audience: 'OFFICE', body: 'He fell by himself.' }, 'annotation { id }')).annotation.id as string;

  test('to a remark that is deleted says that it is gone, and takes no other', async () => {
    const { built, of } = await proven();
    const sourceId = await remark(built);
    const link = { ...of(1), sourceKind: 'ANNOTATION', sourceId, polarity: 'SUPPORTS', reasoning: 'x' };
    await tell('attorneyDallas', 'linkProof', link, 'charge { id }');
    expect((await matrix(built)).elements[0].links).toMatchObject([{ sourceKind: 'ANNOTATION', sourceGone: false }]);
    await tell('attorneyDallas', 'reviseAnnotation', { caseId: built.id, annotationId: sourceId, expectedRevision: 1, delete: true }, 'annotation { id }');
    expect((await matrix(built)).elements[0].links).toMatchObject([{ sourceKind: 'ANNOTATION', sourceGone: true }]);
    expect(await refusal('linkProof', { ...link, polarity: 'UNDERMINES' })).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('that says the same as one that stands is a conflict that names it; against, or of what was withdrawn, it is not', async () => {
    const { built, of } = await proven();
    const [{ id: linkId }] = await world.database.owner`select id from comity.proof_links where case_id = ${built.id}` as unknown as [{ id: string }];
    expect(await refusal('linkProof', { ...of(2), ...says, reasoning: 'Once more.' })).toMatchObject({ code: 'CONFLICT', linkId, remedy: expect.stringContaining('Withdraw') });
    for (const other of [{ ...of(1), ...says }, { ...of(2), ...says, polarity: 'UNDERMINES' }]) expect(await refusal('linkProof', other)).toBeUndefined();
    await tell('attorneyDallas', 'withdrawProofLink', { caseId: built.id, linkId }, 'charge { id }');
    expect(await refusal('linkProof', { ...of(2), ...says })).toBeUndefined();
    expect((await matrix(built)).elements[1].links).toHaveLength(2);
  });

  test('says the same once, and is of the wording that stands, by the table too, whatever is claimed', async () => {
    const { built, chargeId } = await proven();
    const [office, me] = [world.officeIds['dallas-tx'], world.memberIds.attorneyDallas];
    const text = `insert into comity.proof_links (case_id, id, needs, office_id, charge_id, element, wording, source_kind, polarity, reasoning, linked_by, linked_at)
      values ($1::uuid, $2::uuid, 530, $3::uuid, $4::uuid, $5::integer, 'what is claimed', 'REPORT', 'SUPPORTS', 'x', $6::uuid, now()) returning wording`;
    await seated(world.database, { as: me }, async ({ refusal: ended }) => {
      expect(await ended(text, [built.id, newId(), office, chargeId, 2, me])).toBe('42501');
      expect(await ended(text, [built.id, newId(), office, chargeId, 1, me])).toBe('passed');
    });
    const [kept] = await world.database.owner.unsafe(text, [built.id, newId(), office ?? '', chargeId, 1, me ?? '']);
    expect(kept).toEqual({ wording: ASSAULT });
  });
});

test('what stood before wordings were kept has the wording that stands at its place, or says that its place is gone', async () => {
  const upgraded = await upgradedSince('proof_wording', async (owner) => {
    const { caseId, statute, version, personOf } = await caseOfAnotherTime(owner, ['Ed Earlier']);
    const [office, charge] = [newId(), newId()];
    await owner`update comity.statute_versions set elements = ${owner.json([ASSAULT, WEAPON])} where id = ${version}`;
    await owner.unsafe(`insert into comity.jurisdictions (id, slug, name, prefix, state, standing, office_title, office_kind, time_zone, trial_court, federal_district, federal_district_id, charging_instruments, handles_levels, source, confidence)
      values ('${office}', 'invented', 'Invented office', 'INV', 'TX', 'MEMBER', 'District Attorney', 'DISTRICT_ATTORNEY', 'America/Chicago', 'District Court', 'Northern District of Texas', 'txnd', '{}', '{}', 'invented', 'LOW')`);
    await owner`insert into comity.charges (case_id, id, needs, person_id, statute_id, statute_version_id, counts, offence_on, state, warnings, proposed_by, proposed_at)
      values (${caseId}, ${charge}, 16, ${personOf('Ed Earlier')}, ${statute}, ${version}, 1, '2026-03-14', 'PROPOSED', '{}', ${newId()}, now())`;
    for (const element of [2, 3]) {
      await owner`insert into comity.proof_links (case_id, id, needs, office_id, charge_id, element, source_kind, polarity, reasoning, linked_by, linked_at)
        values (${caseId}, ${newId()}, 528, ${office}, ${charge}, ${element}, 'REPORT', 'SUPPORTS', 'x', ${newId()}, now())`;
      await owner`insert into comity.element_assessments (case_id, id, needs, office_id, charge_id, element, reviewer_id, verdict, reasoning, assessed_at)
        values (${caseId}, ${newId()}, 528, ${office}, ${charge}, ${element}, ${newId()}, 'MET', 'x', now())`;
    }
    const demand = newId();
    await owner`insert into comity.external_demands (case_id, id, needs, office_id, regime, component, purpose, state, drafted_by, drafted_at) values (${caseId}, ${demand}, 64, ${office}, 'DHS_TOUHY', 'x', 'x', 'DRAFT', ${newId()}, now())`;
    for (const [at, element] of [1, 3, null].entries()) {
      await owner`insert into comity.demand_items (case_id, id, needs, demand_id, position, category, description, relevance, charge_id, element, state)
        values (${caseId}, ${newId()}, 64, ${demand}, ${at + 1}, 'OTHER', 'x', 'x', ${element === null ? null : charge}, ${element}, 'ASKED')`;
    }
  });
  try {
    const lost = 'Element 3 of an earlier text that was not kept';
    for (const [table, wordings] of [['proof_links', [WEAPON, lost]], ['element_assessments', [WEAPON, lost]], ['demand_items', [ASSAULT, lost, null]]] as const) {
      expect((await upgraded.owner.unsafe(`select wording from comity.${table} order by element nulls last`)).map(({ wording }) => wording), table).toEqual(wordings);
    }
  } finally {
    await upgraded.close();
  }
}, 120_000);
