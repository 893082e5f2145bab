import fc from 'fast-check';
import { COALITION_VIEWER } from '../src/access/seats.ts';
import { FACETS, type Facet } from '../src/access/facets.ts';
import { newId } from '../src/kernel/ids.ts';
import { withProbes } from './policies.world.ts';
import { EVERY_FACET, type Drawn, type Office, type Person, type Rule } from './oracle.ts';
import { CAST, type CastMember, type World } from './world.ts';

const OFFICES = ['dallas', 'hennepin', 'cook'] as const;
export const SLUGS = { dallas: 'dallas-tx', hennepin: 'hennepin-mn', cook: 'cook-il' } as const satisfies Record<Office, string>;
const STATES = { dallas: 'TX', hennepin: 'MN', cook: 'IL' } as const satisfies Record<Office, string>;
const SHARED = ['REPORT', 'PERSONS', 'VICTIM_CONTACT', 'CHARGES', 'EVIDENCE', 'PROCEEDINGS', 'HISTORY'] as const;
const STAGES = ['CLAIMED', 'UNDER_REVIEW', 'IN_COURT'] as const;
const LEVELS = ['FELONY', 'MISDEMEANOR'] as const;
const TAGS = ['FATALITY', 'PRESS', 'DETENTION'] as const;

export type Books = Record<Office, readonly Rule[]>;

/** Who may see: those of the cast who hold a seat in an office, and the coalition's own. */
export const PEOPLE: readonly (Person & { readonly who: CastMember })[] = (Object.keys(CAST) as CastMember[]).filter((who) => !('agency' in CAST[who])).map((who) => {
  const seat = CAST[who];
  const office = 'office' in seat ? (seat.office.split('-')[0] as Office) : null;
  return { who, id: who, office, role: seat.role, unit: ['attorneyDallas', 'intakeDallas', 'recordsDallas', 'attorneyHennepin'].includes(who) ? office : null };
});
const OFFICERS = PEOPLE.filter(({ office }) => office !== null);

const some = <T>(values: readonly T[], most = values.length) => fc.subarray([...values], { maxLength: Math.min(most, values.length) });
const rule: fc.Arbitrary<Rule> = fc.record({
  audience: fc.constantFrom('COALITION' as const, ...OFFICES), facets: some(SHARED).map((facets) => ['SUMMARY', ...facets]),
  stages: some(STAGES, 2), levels: some(LEVELS, 1), tags: some(TAGS, 2),
});
const always = (audience: Office): Rule => ({ audience, facets: ['SUMMARY'], stages: [], levels: [], tags: [] });
const own = (office: Office, rules: readonly Rule[]) => rules.filter(({ audience }) => audience !== office);
export const drawnBooks: fc.Arbitrary<Books> = fc.record({ dallas: fc.array(rule, { maxLength: 4 }), hennepin: fc.array(rule, { maxLength: 4 }), cook: fc.array(rule, { maxLength: 2 }) })
  // One rule each that always holds, so that no draw is without any.
  .map(({ dallas, hennepin, cook }) => ({ dallas: own('dallas', [...dallas, always('hennepin')]), hennepin: own('hennepin', [...hennepin, always('cook')]), cook: own('cook', [...cook, always('dallas')]) }));

const rarely = fc.integer({ min: 0, max: 9 }).map((n) => n === 0);
const subjects = [...OFFICERS.map(({ id }) => id), ...OFFICES, ...OFFICES.map((office) => `unit of ${office}`)];
/** A case in any situation; what cannot stand together in the tables is put right by `consistent`. */
export const drawnCase: fc.Arbitrary<Drawn> = fc.record({
  routed: rarely.map((no) => !no), lead: fc.constantFrom<(Office | null)[]>(...OFFICES, ...OFFICES, null), state: fc.constantFrom('TX' as const, 'MN' as const, 'IL' as const), stage: fc.constantFrom(...STAGES), level: fc.constantFrom(...LEVELS), tags: some(TAGS, 2),
  minor: fc.boolean(), venues: some(OFFICES, 2), unit: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
  team: fc.uniqueArray(fc.record({ member: fc.constantFrom(...OFFICERS.map(({ id }) => id)), role: fc.constantFrom('TRIAL' as const, 'FILTER' as const, 'SUPPORT' as const), open: fc.integer({ min: 0, max: 3 }).map((n) => n > 0) }), { maxLength: 4, selector: ({ member }) => member }),
  joint: fc.uniqueArray(fc.record({ office: fc.constantFrom(...OFFICES), state: fc.constantFrom('INVITED' as const, 'ACCEPTED' as const, 'ACCEPTED' as const, 'DECLINED' as const), facets: some(SHARED).map((facets) => ['SUMMARY', ...facets]), over: rarely }), { maxLength: 2, selector: ({ office }) => office }),
  offer: fc.option(fc.constantFrom(...OFFICES), { freq: 2 }), former: fc.option(fc.record({ office: fc.constantFrom(...OFFICES), residual: fc.constantFrom('NONE' as const, 'AUTHOR_OWN' as const, 'READ' as const) }), { freq: 2 }),
  walls: fc.uniqueArray(fc.record({ subject: fc.constantFrom(...subjects), lifted: fc.integer({ min: 0, max: 2 }).map((n) => n === 0) }), { maxLength: 2, selector: ({ subject }) => subject }),
  seals: fc.array(fc.record({ facets: fc.oneof(fc.constant(EVERY_FACET), some(EVERY_FACET, 3).filter(({ length }) => length > 0)), audience: some(subjects, 5), over: rarely }), { maxLength: 1 }),
  glass: fc.option(fc.record({ member: fc.constantFrom(...OFFICERS.map(({ id }) => id)), over: rarely }), { freq: 2 }), authorised: some(OFFICES, 2),
}).map(consistent);

function consistent(drawn: Drawn): Drawn {
  const { lead } = drawn;
  if (!drawn.routed) return { ...drawn, lead: null, venues: [], offer: null, joint: [], team: [], unit: false, glass: null, former: null };
  return { ...drawn, state: lead ? STATES[lead] : drawn.state, offer: lead === null || drawn.offer === lead ? null : drawn.offer, joint: drawn.joint.filter(({ office }) => office !== lead), unit: drawn.unit && lead !== null };
}

/** A case of Dallas of which there is nothing to say. */
const PLAIN: Drawn = {
  routed: true, lead: 'dallas', state: 'TX', stage: 'CLAIMED', level: 'FELONY', tags: [], minor: false, venues: [], unit: false, team: [], joint: [], offer: null, former: null,
  walls: [], seals: [], glass: null, authorised: [],
};
const part = (office: Office) => ({ office, state: 'ACCEPTED' as const, facets: ['SUMMARY', 'EVIDENCE'], over: false });
/** Beside what is drawn, in each run one case that each rule alone decides. */
export const FIXED: readonly Drawn[] = [
  PLAIN,
  { ...PLAIN, lead: 'hennepin', state: 'MN' },
  { ...PLAIN, lead: 'cook', state: 'IL' },
  { ...PLAIN, lead: 'hennepin', state: 'MN', joint: [part('dallas')] },
  { ...PLAIN, joint: [part('hennepin')] },
  { ...PLAIN, walls: [{ subject: 'secondDallas', lifted: false }] },
  { ...PLAIN, seals: [{ facets: ['REPORT', 'CHARGES'], audience: ['supervisorDallas'], over: false }] },
  { ...PLAIN, team: [{ member: 'attorneyDallas', role: 'TRIAL', open: true }] },
  { ...PLAIN, unit: true },
];

/** Puts what was drawn into the tables and has sight computed; answers the case's id. */
export async function arrange(world: World, drawn: Drawn): Promise<string> {
  const { database: { owner }, memberIds } = world;
  const id = newId();
  const office = (name: Office) => world.officeIds[SLUGS[name]];
  const named = (name: string): string => (name.startsWith('unit of ') ? unitId(world, name.slice(8) as Office) : name in SLUGS ? office(name as Office) : memberIds[name as CastMember]);
  const by = memberIds.supervisorDallas;
  const bitsOf = (facets: readonly string[]) => facets.reduce((sum, facet) => sum | FACETS[facet as Facet], 0);
  const lead = drawn.lead && office(drawn.lead);
  await owner.begin(async (tx) => {
    await tx`insert into comity.cases (id, number, agency_id, jurisdiction_id, state, county_fips, incident_on, kind, stage, lead_id, version, received_at, needs)
      select ${id}, ${`DRAW-${id}`}, a.id, ${drawn.routed ? (lead ?? office('dallas')) : null}, ${drawn.state}, '48113', '2026-03-14', 'FORCE', ${lead ? drawn.stage : 'UNCLAIMED'}, ${lead}, 1, now(), 1 from comity.agencies a order by a.slug limit 1`;
    await tx`insert into comity.case_reports (case_id, needs, report_number, narrative, place, anyone_injured, alleged_level) values (${id}, 2, 'R-1', ${`report${id.replaceAll('-', '')}`}, 'A street', false, ${drawn.level})`;
    await tx`insert into comity.persons (case_id, id, needs, part, position, name, minor_at_incident, injured) values (${id}, ${newId()}, ${4 | (drawn.minor ? 4096 : 0)}, 'VICTIM', 0, ${`person${id.replaceAll('-', '')}`}, ${drawn.minor}, false)`;
    for (const tag of drawn.tags) await tx`insert into comity.case_tags (case_id, tag, needs, tagged_by, tagged_at) values (${id}, ${tag}, 2, ${by}, now())`;
    for (const each of drawn.venues) await tx`insert into comity.venues (case_id, jurisdiction_id, needs, basis, county_fips, reason, since) values (${id}, ${office(each)}, 1, 'ROUTED', '48113', 'Drawn.', now())`;
    for (const { member, role, open } of drawn.team) {
      await tx`insert into comity.assignments (case_id, id, needs, member_id, role, since, until, assigned_by) values (${id}, ${newId()}, 512, ${named(member)}, ${role}, now(), ${open ? null : tx`now()`}, ${by})`;
    }
    for (const { office: other, state, facets, over } of drawn.joint) {
      await tx`insert into comity.responsibilities (case_id, id, needs, jurisdiction_id, invited_for, role, facets, until, state, reason, invited_by, invited_at)
        values (${id}, ${newId()}, 1, ${office(other)}, ${lead ?? office('dallas')}, 'CO', ${bitsOf(facets)}, ${over ? tx`now() - interval '1 minute'` : tx`'infinity'`}, ${state}, 'Drawn.', ${by}, now())`;
    }
    const transfer = (from: string, to: string, residual: string, state: string) => tx`insert into comity.transfers (case_id, id, needs, from_id, to_id, residual, reason, state, proposed_by, proposed_at, answered_at)
      values (${id}, ${newId()}, 1, ${from}, ${to}, ${residual}, 'Drawn.', ${state}, ${by}, now(), now())`;
    if (drawn.offer && lead) await transfer(lead, office(drawn.offer), 'NONE', 'PROPOSED');
    if (drawn.former) await transfer(office(drawn.former.office), office(drawn.former.office === 'dallas' ? 'cook' : 'dallas'), drawn.former.residual, 'ACCEPTED');
    for (const { subject, lifted } of drawn.walls) {
      const kind = subject.startsWith('unit of ') ? 'UNIT' : subject in SLUGS ? 'OFFICE' : 'MEMBER';
      await tx`insert into comity.walls (case_id, id, needs, subject_kind, subject_id, ground, note, may_lift, imposed_by, imposed_at, lifted_at) values (${id}, ${newId()}, 512, ${kind}, ${named(subject)}, 'OTHER', 'Drawn.', '{CONFLICTS}', ${by}, now(), ${lifted ? tx`now()` : null})`;
    }
    for (const { facets, audience, over } of drawn.seals) {
      await tx`insert into comity.seals (case_id, id, needs, facets, audience, "order", until, sealed_by, sealed_at) values (${id}, ${newId()}, 512, ${bitsOf(facets)}, ${audience.map(named)}::uuid[], 'Drawn.', ${over ? tx`now() - interval '1 minute'` : tx`'infinity'`}, ${by}, now())`;
    }
    if (drawn.unit && drawn.lead) await tx`insert into comity.unit_restrictions (case_id, id, needs, unit_id, reason, restricted_by, restricted_at) values (${id}, ${newId()}, 512, ${unitId(world, drawn.lead)}, 'Drawn.', ${by}, now())`;
    if (drawn.glass && lead) {
      const seat = PEOPLE.find((person) => person.id === drawn.glass?.member)?.office;
      await tx`insert into comity.glass_uses (case_id, id, needs, member_id, office_id, reason, since, until, review_due_at, reviewed_by, reviewed_at)
        values (${id}, ${newId()}, 1, ${named(drawn.glass.member)}, ${office(seat ?? 'dallas')}, 'Drawn.', now(), now() + ${drawn.glass.over ? '-1 minute' : '1 hour'}::interval, now(), ${memberIds.auditor}, now())`;
    }
    for (const each of drawn.authorised) await tx`insert into comity.authorisations (case_id, id, needs, jurisdiction_id, given_for, purpose, document, recorded_by, recorded_at) values (${id}, ${newId()}, 1, ${office(each)}, ${lead ?? office('dallas')}, 'Drawn.', 'File', ${by}, now())`;
  });
  await withProbes(world, { id });
  await owner`select comity.compute_sight(${id})`;
  return id;
}

const units = new Map<Office, string>();
const unitId = (_world: World, office: Office): string => {
  const known = units.get(office) ?? newId();
  units.set(office, known);
  return known;
};

/** The units, and a book in force for each office. */
export async function arrangeBooks(world: World, books: Books): Promise<void> {
  const { owner } = world.database;
  for (const office of OFFICES) {
    const id = world.officeIds[SLUGS[office]];
    await owner`insert into comity.units (id, jurisdiction_id, name, created_by, created_at) values (${unitId(world, office)}, ${id}, 'The unit', ${id}, now()) on conflict do nothing`;
    await owner`update comity.rule_books set state = 'SUPERSEDED' where jurisdiction_id = ${id} and state = 'IN_FORCE'`;
    const [book] = await owner`insert into comity.rule_books (id, jurisdiction_id, version, state, title, drafted_at)
      values (${newId()}, ${id}, (select coalesce(max(version), 0) + 1 from comity.rule_books where jurisdiction_id = ${id}), 'IN_FORCE', 'Drawn', now()) returning id`;
    for (const [position, { audience, facets, stages, levels, tags }] of books[office].entries()) {
      await owner`insert into comity.sharing_rules (book_id, position, audience_id, facets, stages, levels, tags, basis) values (${book?.['id']}, ${position}, ${audience === 'COALITION' ? COALITION_VIEWER : world.officeIds[SLUGS[audience]]},
        ${facets.reduce((sum, facet) => sum | FACETS[facet as Facet], 0)}, ${[...stages]}::text[], ${[...levels]}::text[], ${[...tags]}::text[], 'Drawn.')`;
    }
  }
  for (const { who, unit } of PEOPLE) {
    if (unit) await owner`insert into comity.unit_members (unit_id, member_id, since, added_by) values (${unitId(world, unit)}, ${world.memberIds[who]}, '2026-01-01', ${world.memberIds[who]}) on conflict do nothing`;
  }
}
