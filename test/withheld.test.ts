import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bits, FACETS, type Facet } from '../src/access/facets.ts';
import { newId } from '../src/kernel/ids.ts';
import { bookInForce, bytes, joined, restricted, sealed, transferred, walled } from './explain.world.ts';
import { incidentIn, withVenue } from './policies.world.ts';
import { seated } from './seated.ts';
import { openWorld, type BuiltCase, type CastMember, type World } from './world.ts';

let world: World;
let subject: BuiltCase;
let statements: string[] = [];
beforeAll(async () => {
  world = await openWorld({ observe: ({ kind, text }) => kind === 'statement' && statements.push(text) });
});
afterAll(() => world.close());
beforeEach(async () => {
  await bookInForce(world, 'dallas-tx', {});
  subject = await world.buildCase({ claimedBy: 'attorneyDallas' });
});

const WITHHELD = 'query ($id: ID) { case(id: $id) { withheld { facet layer rule citation } } }';
interface Entry { readonly facet: Facet; readonly layer: string; readonly rule: string; readonly citation: string | null }

async function withheld(who: CastMember, { id }: { readonly id: string } = subject): Promise<readonly Entry[]> {
  return (await world.as(who).get(WITHHELD, { id }))['case'].withheld;
}
const each = (facets: readonly Facet[], layer: string, rule: string, citation: string | null = null) => facets.map((facet) => ({ facet, layer, rule, citation }));
const THE_REST = ['REPORT', 'PERSONS', 'VICTIM_CONTACT', 'CHARGES', 'EVIDENCE', 'PROCEEDINGS', 'HISTORY'] as const;
const contacts = each(['VICTIM_CONTACT'], 'SEAT', 'The role ATTORNEY does not see this facet from its seat.');
const lead = async (slug: keyof World['officeIds']): Promise<string> => String((await world.database.owner`select name from comity.jurisdictions where id = ${world.officeIds[slug]}`)[0]?.['name']);

describe('what is withheld', () => {
  test('by a role names the role, and on the team nothing is', async () => {
    expect(await withheld('recordsDallas')).toEqual(each(['PERSONS', 'VICTIM_CONTACT', 'CHARGES', 'EVIDENCE', 'PROCEEDINGS'], 'SEAT', 'The role RECORDS does not see this facet from its seat.'));
    expect(await withheld('secondDallas')).toEqual(contacts);
    expect(await withheld('attorneyDallas')).toEqual([]);
  });

  test('from a venue candidate grows with a claim', async () => {
    const rule = 'A venue candidate sees SUMMARY and REPORT until a claim; SUMMARY afterwards.';
    const free = await world.buildCase();
    await withVenue(world, free, 'hennepin-mn');
    await withVenue(world, subject, 'hennepin-mn');
    const but = (facets: readonly Facet[]) => facets.map((facet) => (facet === 'VICTIM_CONTACT' ? contacts[0] : { facet, layer: 'SEAT', rule, citation: null }));
    expect(await withheld('attorneyHennepin', free)).toEqual(but(THE_REST.slice(1)));
    expect(await withheld('attorneyHennepin')).toEqual(but(THE_REST));
  });

  test('from the administrators is all but the SUMMARY of an unrouted case', async () => {
    expect(await withheld('administrator', await world.buildCase({ referral: incidentIn('48001') }))).toEqual(each(THE_REST, 'SEAT', 'The role ADMINISTRATOR does not see this facet from its seat.'));
  });

  test('by a unit says that the case is kept to one, and not to which', async () => {
    await restricted(world, subject, 'intakeDallas');
    const found = await withheld('secondDallas');
    expect(found.filter(({ facet }) => facet !== 'VICTIM_CONTACT')).toEqual(each(THE_REST.filter((facet) => facet !== 'VICTIM_CONTACT'), 'SEAT', 'The case is kept to a unit of your office.'));
    expect(await withheld('intakeDallas')).toEqual(each(['VICTIM_CONTACT', 'CHARGES', 'PROCEEDINGS'], 'SEAT', 'The role INTAKE does not see this facet from its seat.'));
  });

  test('by a rule book names its office, its version and what it opens', async () => {
    const version = await bookInForce(world, 'dallas-tx', { sharing: [{ audience: world.officeIds['hennepin-mn'], facets: ['SUMMARY', 'REPORT', 'VICTIM_CONTACT'] }] });
    const rule = `Rule book of ${await lead('dallas-tx')}, version ${version}, opens SUMMARY, REPORT, VICTIM_CONTACT of this case to your office.`;
    expect(await withheld('attorneyHennepin')).toEqual([...contacts, ...each(['PERSONS', 'CHARGES', 'EVIDENCE', 'PROCEEDINGS', 'HISTORY'], 'RULE', rule)].sort((a, b) => FACETS[a.facet] - FACETS[b.facet]));
  });

  test('by the terms of joint handling, of an offer and of a transfer names them', async () => {
    await joined(world, subject, 'hennepin-mn', ['SUMMARY', 'CHARGES']);
    expect((await withheld('attorneyHennepin')).find(({ facet }) => facet === 'PERSONS')).toEqual({ facet: 'PERSONS', layer: 'RULE', rule: 'Your office handles this case jointly as SUPPORT: that opens SUMMARY, CHARGES to it.', citation: null });
    const offered = await world.buildCase({ claimedBy: 'attorneyDallas' });
    await transferred(world, offered, ['dallas-tx', 'hennepin-mn'], 'NONE', 'PROPOSED');
    expect((await withheld('attorneyHennepin', offered)).find(({ facet }) => facet === 'PERSONS')).toMatchObject({ layer: 'RULE', rule: 'The offer of the lead to your office opens SUMMARY, REPORT until it is answered.' });
    await transferred(world, subject, ['dallas-tx', 'cook-il'], 'AUTHOR_OWN', 'ACCEPTED');
    expect((await withheld('secondDallas')).find(({ facet }) => facet === 'PERSONS')).toMatchObject({ layer: 'RULE', rule: 'Your office led this case and keeps AUTHOR_OWN by the terms of its transfer: SUMMARY, and what its people wrote.' });
  });

  test('by the law of Minnesota cites it, whatever the rule book opens, until it is authorised', async () => {
    const ours = await world.buildCase({ referral: incidentIn('27053'), claimedBy: 'attorneyHennepin' });
    await bookInForce(world, 'hennepin-mn', { sharing: [{ audience: world.officeIds['dallas-tx'], facets: ['SUMMARY', ...THE_REST] }] });
    expect(await withheld('attorneyDallas', ours)).toEqual([...contacts, ...each(['EVIDENCE'], 'LAW',
      'The law of MN: non-public camera footage goes to another agency only for a stated law-enforcement purpose with written authorisation, and the receiver follows Minnesota\'s rules.', 'Minn. Stat. 13.825 subd. 7-8')]);
    await world.database.owner`insert into comity.authorisations (case_id, id, needs, jurisdiction_id, given_for, purpose, document, recorded_by, recorded_at)
      values (${ours.id}, ${newId()}, 1, ${world.officeIds['dallas-tx']}, ${world.officeIds['hennepin-mn']}, 'Review.', 'File 1', ${world.memberIds.supervisorHennepin}, now())`;
    await world.database.owner`select comity.compute_sight(${ours.id})`;
    expect(await withheld('attorneyDallas', ours)).toEqual(contacts);
  });

  test('by a rule of law that nobody has verified says so', async () => {
    const { owner } = world.database;
    await bookInForce(world, 'dallas-tx', { sharing: [{ audience: world.officeIds['hennepin-mn'], facets: ['SUMMARY', 'CHARGES'] }] });
    await owner`insert into comity.state_rules (id, kind, state, position, body, confidence) values (${newId()}, 'RESTRICTION', 'TX', 90, '{"facet": "CHARGES", "text": "charges are kept until they are filed"}', 'LOW')`;
    await owner`select comity.compute_sight(${subject.id})`;
    expect((await withheld('attorneyHennepin')).find(({ facet }) => facet === 'CHARGES')).toEqual(
      { facet: 'CHARGES', layer: 'LAW', rule: 'The law of TX: charges are kept until they are filed. This is unverified: the confidence in it is LOW.', citation: null });
    await owner`delete from comity.state_rules where position = 90`;
    await owner`select comity.compute_sight(${subject.id})`;
  });
});

describe('a list of what is withheld', () => {
  test('is what the probes do not show, by every reader who sees the case', async () => {
    await bookInForce(world, 'dallas-tx', { sharing: [{ audience: world.officeIds['hennepin-mn'], facets: ['SUMMARY', 'REPORT', 'CHARGES'] }] });
    for (const facet of THE_REST) await world.database.owner`insert into comity.recordings (case_id, id, needs, kind, position, holder) values (${subject.id}, ${newId()}, ${FACETS[facet]}, 'OTHER', 99, ${facet})`;
    for (const who of ['attorneyDallas', 'secondDallas', 'intakeDallas', 'advocateDallas', 'recordsDallas', 'attorneyHennepin'] as const) {
      const { case: seen } = await world.as(who).get('query ($id: ID) { case(id: $id) { recordings { holder } withheld { facet } } }', { id: subject.id });
      const shown: string[] = seen.recordings.map(({ holder }: { holder: string }) => holder);
      expect(seen.withheld.map(({ facet }: { facet: string }) => facet), who).toEqual(THE_REST.filter((facet) => !shown.includes(facet)));
    }
  });

  test('is the same, byte for byte, when a facet is sealed, another is walled off, or something lies in a compartment', async () => {
    const readers = ['secondDallas', 'recordsDallas', 'attorneyDallas', 'attorneyHennepin'] as const;
    await withVenue(world, subject, 'hennepin-mn');
    const before = await Promise.all(readers.map((who) => bytes(world, who, WITHHELD, { id: subject.id })));
    await sealed(world, subject, bits('REPORT', 'EVIDENCE', 'HISTORY'), ['electedDallas', 'supervisorDallas']);
    await walled(world, subject, 'investigatorDallas');
    await world.database.owner`update comity.recordings set needs = needs | 32768 where case_id = ${subject.id}`;
    expect((await world.as('secondDallas').get('query ($id: ID) { case(id: $id) { report { narrative } } }', { id: subject.id }))['case']).toEqual({ report: null });
    expect(await Promise.all(readers.map((who) => bytes(world, who, WITHHELD, { id: subject.id })))).toEqual(before);
    expect(before.join()).not.toMatch(/GRAND_JURY|COMPELLED|TEAM|OFFICE|PROTECTED/);
  });

  test('of a case that is hidden or absent is empty for who asks the database itself', async () => {
    await seated(world.database, { as: world.memberIds.attorneyCook }, async ({ rows }) => {
      for (const id of [subject.id, newId()]) expect(await rows('select comity.withheld($1::uuid)::text as found', [id])).toEqual([{ found: '[]' }]);
    });
  });

  test('costs one statement for a page of fifty, and aliases and fragments read it', async () => {
    for (let made = 0; made < 5; made += 1) await world.buildCase();
    const list = '{ cases(first: 50) { nodes { number closed: withheld { f: facet ... on Withheld { why: rule } } } } }';
    await world.as('secondDallas').get(list);
    statements = [];
    const { cases } = await world.as('secondDallas').get(list);
    expect(cases.nodes.length).toBeGreaterThan(5);
    expect(cases.nodes[0].closed[0]).toEqual({ f: expect.any(String), why: expect.any(String) });
    expect(statements.filter((text) => text.includes('comity.withheld'))).toHaveLength(1);
    expect(statements.filter((text) => text.includes('"comity"') || text.includes('comity.withheld'))).toHaveLength(1);
  });
});
