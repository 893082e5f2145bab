import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FACETS, type Facet } from '../src/access/facets.ts';
import { newId } from '../src/kernel/ids.ts';
import { incidentIn, withProbes } from './policies.world.ts';
import { CAST, openWorld, type CastMember, type World } from './world.ts';

let world: World;
let unit: string;
beforeAll(async () => {
  world = await openWorld();
  const made = await world.as('supervisorDallas').get('mutation ($input: CreateUnitInput!) { createUnit(input: $input) { unit { id } } }', { input: { name: 'Public integrity' } });
  unit = made['createUnit'].unit.id;
  for (const who of ['secondDallas', 'recordsDallas'] as const) {
    await world.as('supervisorDallas').get('mutation ($input: AddToUnitInput!) { addToUnit(input: $input) { unit { id } } }', { input: { unitId: unit, memberId: world.memberIds[who] } });
  }
}, 60_000);
afterAll(() => world.close());

type Facets = readonly Facet[];
type Cast = readonly CastMember[];

const DALLAS = ['attorneyDallas', 'secondDallas', 'supervisorDallas', 'electedDallas', 'intakeDallas', 'investigatorDallas', 'advocateDallas', 'conflictsDallas', 'disclosureDallas', 'recordsDallas'] as const;
const HENNEPIN = ['attorneyHennepin', 'supervisorHennepin'] as const;

// What each kind of seat in the lead office sees.
const SEAT: Facets = ['SUMMARY', 'REPORT', 'PERSONS', 'CHARGES', 'EVIDENCE', 'PROCEEDINGS', 'HISTORY', 'OFFICE', 'JOINT', 'COALITION', 'PROTECTED'];
const INTAKE: Facets = ['SUMMARY', 'REPORT', 'PERSONS', 'EVIDENCE', 'HISTORY', 'OFFICE', 'JOINT', 'COALITION', 'PROTECTED'];
const ADVOCATE: Facets = ['SUMMARY', 'REPORT', 'PERSONS', 'VICTIM_CONTACT', 'CHARGES', 'PROCEEDINGS', 'OFFICE', 'JOINT', 'COALITION', 'PROTECTED'];
const RECORDS: Facets = ['SUMMARY', 'REPORT', 'HISTORY', 'OFFICE'];
const TRIAL: Facets = [...SEAT, 'VICTIM_CONTACT', 'TEAM', 'GRAND_JURY'];
const FILTER: Facets = [...SEAT, 'VICTIM_CONTACT', 'COMPELLED'];
const CO: Facets = ['SUMMARY', 'REPORT', 'PERSONS', 'CHARGES', 'EVIDENCE', 'PROCEEDINGS', 'HISTORY', 'JOINT', 'COALITION'];

type Seen = Partial<Record<CastMember, Facets>>;
const OFFICE: Seen = {
  attorneyDallas: TRIAL, secondDallas: SEAT, supervisorDallas: SEAT, electedDallas: SEAT, intakeDallas: INTAKE, investigatorDallas: SEAT, advocateDallas: ADVOCATE,
  conflictsDallas: SEAT, disclosureDallas: SEAT, recordsDallas: RECORDS,
};
const all = (who: Cast, facets: Facets): Seen => Object.fromEntries(who.map((each) => [each, facets]));
const without = (seen: Seen, ...closed: Facets): Seen => Object.fromEntries(Object.entries(seen).map(([who, facets]) => [who, facets.filter((facet) => !closed.includes(facet))]));

// Who does what on a case that the office leads, whose team is attorneyDallas.
const LEADS: Record<Attempt, Cast> = {
  tagCase: ['attorneyDallas', 'supervisorDallas', 'electedDallas', 'intakeDallas'],
  annotateCase: ['attorneyDallas', 'secondDallas', 'supervisorDallas', 'electedDallas', 'intakeDallas', 'investigatorDallas', 'advocateDallas', 'disclosureDallas'],
  assignCase: ['attorneyDallas', 'supervisorDallas', 'electedDallas'],
  proposeCharge: ['attorneyDallas', 'supervisorDallas', 'electedDallas'],
  inviteJurisdiction: ['attorneyDallas', 'supervisorDallas', 'electedDallas'],
  proposeTransfer: ['supervisorDallas', 'electedDallas', 'conflictsDallas'],
  imposeWall: ['supervisorDallas', 'electedDallas', 'conflictsDallas'],
  sealCase: ['supervisorDallas', 'electedDallas'],
  restrictToUnit: ['supervisorDallas', 'electedDallas', 'conflictsDallas'],
  breakGlass: ['attorneyDallas', 'secondDallas', 'supervisorDallas', 'electedDallas', 'intakeDallas', 'investigatorDallas', 'advocateDallas', 'disclosureDallas'],
};
const NOBODY: Record<Attempt, Cast> = { tagCase: [], annotateCase: [], assignCase: [], proposeCharge: [], inviteJurisdiction: [], proposeTransfer: [], imposeWall: [], sealCase: [], restrictToUnit: [], breakGlass: [] };
const less = (acts: Record<Attempt, Cast>, ...gone: Cast): Record<Attempt, Cast> => {
  const left = { ...acts };
  for (const act of Object.keys(left) as Attempt[]) left[act] = left[act].filter((each) => !gone.includes(each));
  return left;
};

/** Attempts that fail at the last: who may do the act is told that its input is wrong, who may not is told that before. */
const ATTEMPTS = {
  tagCase: () => ({ add: [], remove: [] }),
  annotateCase: () => ({ target: { kind: 'CASE' }, kind: 'NOTE', body: ' ' }),
  assignCase: () => ({ memberId: newId(), role: 'SUPPORT' }),
  proposeCharge: () => ({ personId: newId(), statuteId: newId(), counts: 0 }),
  inviteJurisdiction: () => ({ jurisdictionId: newId(), role: 'CO', reason: 'To try.' }),
  proposeTransfer: () => ({ jurisdictionId: newId(), reason: 'To try.', expectedVersion: 0 }),
  imposeWall: () => ({ subject: { kind: 'MEMBER', id: newId() }, ground: 'OTHER', note: 'To try.' }),
  sealCase: () => ({ audience: {}, order: 'To try.' }),
  restrictToUnit: () => ({ unitId: newId(), reason: 'To try.' }),
  breakGlass: () => ({ reason: ' ' }),
} as const;
type Attempt = keyof typeof ATTEMPTS;

const ask = (who: CastMember, field: string, input: object, selection = 'case { id version }') =>
  world.as(who).get(`mutation ($input: ${field[0]?.toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { ${selection} } }`, { input }).then((data) => data[field]);

const claimed = async (by: CastMember = 'attorneyDallas', county: '48113' | '27053' = '48113') => {
  const built = await world.buildCase({ referral: incidentIn(county) });
  await ask(by, 'claimCase', { caseId: built.id, expectedVersion: built.version });
  return built.id;
};
const invited = async (office: 'hennepin-mn' | 'cook-il' | 'dallas-tx', role: string, lead: CastMember = 'supervisorDallas', id?: string) => {
  const caseId = id ?? (await claimed());
  await ask(lead, 'inviteJurisdiction', { caseId, jurisdictionId: world.officeIds[office], role, reason: 'One incident in two counties.' });
  return caseId;
};
const accepted = async (by: CastMember, caseId: string) => {
  const { case: { responsibilities } } = await world.as(by).get('query ($id: ID) { case(id: $id) { responsibilities { id state } } }', { id: caseId });
  await ask(by, 'acceptInvitation', { caseId, invitationId: responsibilities[0].id });
  return caseId;
};
const offered = async (residual: string) => {
  const caseId = await claimed();
  const { case: { version } } = await world.as('supervisorDallas').get('query ($id: ID) { case(id: $id) { version } }', { id: caseId });
  await ask('supervisorDallas', 'proposeTransfer', { caseId, jurisdictionId: world.officeIds['hennepin-mn'], residual, reason: 'The office prosecutes the same people.', expectedVersion: version });
  return caseId;
};
const transferred = async (residual: string) => {
  const caseId = await offered(residual);
  const { case: { version, transfers } } = await world.as('supervisorHennepin').get('query ($id: ID) { case(id: $id) { version transfers { id } } }', { id: caseId });
  await ask('supervisorHennepin', 'acceptTransfer', { caseId, transferId: transfers[0].id, expectedVersion: version });
  return caseId;
};

interface Situation {
  readonly name: string;
  readonly arrange: () => Promise<string>;
  /** Who sees which facets; who is not named sees nothing. */
  readonly seen: Seen;
  /** Who may do what; who is not named may not. */
  readonly acts: Record<Attempt, Cast>;
}

const LEAD_HENNEPIN: Record<Attempt, Cast> = {
  tagCase: ['supervisorHennepin'], annotateCase: ['attorneyHennepin', 'supervisorHennepin'], assignCase: ['supervisorHennepin'], proposeCharge: ['supervisorHennepin'],
  inviteJurisdiction: ['supervisorHennepin'], proposeTransfer: ['supervisorHennepin'], imposeWall: ['supervisorHennepin'], sealCase: ['supervisorHennepin'],
  restrictToUnit: ['supervisorHennepin'], breakGlass: ['attorneyHennepin', 'supervisorHennepin'],
};

const SITUATIONS: readonly Situation[] = [
  { name: 'nobody has claimed yet', arrange: async () => (await world.buildCase()).id, seen: all(DALLAS, ['SUMMARY', 'REPORT']), acts: NOBODY },
  { name: 'an office leads', arrange: () => claimed(), seen: OFFICE, acts: LEADS },
  {
    name: 'a filter team works on', seen: { ...OFFICE, investigatorDallas: FILTER }, acts: LEADS,
    arrange: async () => {
      const caseId = await claimed();
      await ask('supervisorDallas', 'assignCase', { caseId, memberId: world.memberIds.investigatorDallas, role: 'FILTER' });
      return caseId;
    },
  },
  {
    name: 'is kept to a unit', seen: { ...all(DALLAS, ['SUMMARY']), attorneyDallas: TRIAL, secondDallas: SEAT, recordsDallas: RECORDS },
    acts: {
      ...NOBODY, tagCase: ['attorneyDallas'], annotateCase: ['attorneyDallas', 'secondDallas'], assignCase: ['attorneyDallas'], proposeCharge: ['attorneyDallas'], inviteJurisdiction: ['attorneyDallas'],
      restrictToUnit: ['electedDallas', 'conflictsDallas'], breakGlass: LEADS.breakGlass,
    },
    arrange: async () => {
      const caseId = await claimed();
      await ask('supervisorDallas', 'restrictToUnit', { caseId, unitId: unit, reason: 'The officer testifies in other cases.' });
      return caseId;
    },
  },
  { name: 'another office is invited to', arrange: () => invited('hennepin-mn', 'CO'), seen: { ...OFFICE, ...all(HENNEPIN, ['SUMMARY']) }, acts: LEADS },
  {
    name: 'two offices handle jointly', arrange: async () => accepted('supervisorHennepin', await invited('hennepin-mn', 'CO')), seen: { ...OFFICE, ...all(HENNEPIN, CO) },
    acts: { ...LEADS, annotateCase: [...LEADS.annotateCase, ...HENNEPIN], assignCase: [...LEADS.assignCase, 'supervisorHennepin'] },
  },
  {
    name: 'an office of another state handles jointly with one of Minnesota, without an authorisation for its footage', arrange: async () => accepted('supervisorDallas', await invited('dallas-tx', 'CO', 'supervisorHennepin', await claimed('attorneyHennepin', '27053'))),
    seen: {
      attorneyHennepin: TRIAL, supervisorHennepin: SEAT,
      ...without({ ...all(DALLAS, CO), recordsDallas: ['SUMMARY', 'REPORT', 'HISTORY'], advocateDallas: CO.filter((facet) => facet !== 'HISTORY'), intakeDallas: CO.filter((facet) => facet !== 'CHARGES' && facet !== 'PROCEEDINGS') }, 'EVIDENCE'),
    },
    acts: {
      ...LEAD_HENNEPIN, tagCase: ['attorneyHennepin', 'supervisorHennepin'], proposeCharge: [...HENNEPIN], inviteJurisdiction: [...HENNEPIN], assignCase: [...HENNEPIN, 'supervisorDallas', 'electedDallas'],
      annotateCase: [...HENNEPIN, 'attorneyDallas', 'secondDallas', 'supervisorDallas', 'electedDallas', 'intakeDallas', 'investigatorDallas', 'advocateDallas'],
    },
  },
  { name: 'is offered to another office', arrange: () => offered('NONE'), seen: { ...OFFICE, ...all(HENNEPIN, ['SUMMARY', 'REPORT']) }, acts: LEADS },
  {
    name: 'was given to another office that lets the former lead read on', arrange: () => transferred('READ'), acts: LEAD_HENNEPIN,
    seen: {
      supervisorHennepin: TRIAL, attorneyHennepin: SEAT, ...all(DALLAS, ['SUMMARY', 'REPORT', 'PERSONS', 'CHARGES', 'EVIDENCE', 'PROCEEDINGS', 'HISTORY', 'OWN']),
      intakeDallas: ['SUMMARY', 'REPORT', 'PERSONS', 'EVIDENCE', 'HISTORY', 'OWN'], advocateDallas: ['SUMMARY', 'REPORT', 'PERSONS', 'CHARGES', 'PROCEEDINGS', 'OWN'], recordsDallas: ['SUMMARY', 'REPORT', 'HISTORY', 'OWN'],
    },
  },
  { name: 'was given away whole', arrange: () => transferred('NONE'), acts: LEAD_HENNEPIN, seen: { supervisorHennepin: TRIAL, attorneyHennepin: SEAT, ...all(DALLAS, ['SUMMARY']) } },
  {
    name: 'one of the office is walled off', seen: { ...OFFICE, secondDallas: [] }, acts: less(LEADS, 'secondDallas'),
    arrange: async () => {
      const caseId = await claimed();
      await ask('conflictsDallas', 'imposeWall', { caseId, subject: { kind: 'MEMBER', id: world.memberIds.secondDallas }, ground: 'FAMILY', note: 'A relative is a witness.' });
      return caseId;
    },
  },
  {
    name: 'the one who led it recused herself from', seen: { ...OFFICE, attorneyDallas: [] }, acts: less(LEADS, 'attorneyDallas'),
    arrange: async () => {
      const caseId = await claimed();
      await ask('attorneyDallas', 'recuse', { caseId, note: 'I know the witness.' });
      return caseId;
    },
  },
  {
    name: 'is sealed', seen: { supervisorDallas: SEAT, electedDallas: SEAT }, acts: less(LEADS, ...DALLAS.filter((who) => who !== 'supervisorDallas' && who !== 'electedDallas')),
    arrange: async () => {
      const caseId = await claimed();
      await ask('supervisorDallas', 'sealCase', { caseId, order: 'District court, 26-1, 1 March 2026', audience: { members: [world.memberIds.supervisorDallas, world.memberIds.electedDallas] } });
      return caseId;
    },
  },
  {
    name: 'the report of which is sealed', seen: { ...without(OFFICE, 'REPORT'), supervisorDallas: SEAT, electedDallas: SEAT }, acts: LEADS,
    arrange: async () => {
      const caseId = await claimed();
      await ask('supervisorDallas', 'sealCase', { caseId, facets: ['REPORT'], order: 'District court, 26-2, 1 March 2026', audience: { members: [world.memberIds.supervisorDallas, world.memberIds.electedDallas] } });
      return caseId;
    },
  },
  {
    name: 'somebody broke the glass of', seen: { ...OFFICE, advocateDallas: [...ADVOCATE, 'EVIDENCE', 'HISTORY'] }, acts: LEADS,
    arrange: async () => {
      const caseId = await claimed();
      await ask('advocateDallas', 'breakGlass', { caseId, reason: 'The victim is in danger tonight.' });
      return caseId;
    },
  },
];

const EVERYBODY = Object.keys(CAST) as CastMember[];
const PROBES = 'query ($id: ID) { case(id: $id) { recordings { holder } } }';

describe.each(SITUATIONS)('of a case that $name', ({ arrange, seen, acts }) => {
  let id: string;
  beforeAll(async () => {
    id = await arrange();
    await withProbes(world, { id });
  });

  test('each of the cast sees what is listed, and nothing else', async () => {
    const found: Record<string, string[]> = {};
    const listed: Record<string, string[]> = {};
    for (const who of EVERYBODY) {
      const { data } = await world.as(who).ask(PROBES, { id });
      const holders: string[] = (data?.['case']?.recordings ?? []).map(({ holder }: { holder: string }) => holder);
      found[who] = Object.keys(FACETS).filter((facet) => holders.includes(facet));
      listed[who] = Object.keys(FACETS).filter((facet) => seen[who]?.includes(facet as Facet));
    }
    expect(found).toEqual(listed);
  });

  test('each of the cast does what is listed; to all others it is FORBIDDEN, or the case is NOT_FOUND', async () => {
    for (const [field, input] of Object.entries(ATTEMPTS) as [Attempt, () => object][]) {
      const document = `mutation ($input: ${field[0]?.toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { __typename } }`;
      const allowed: CastMember[] = [];
      for (const who of EVERYBODY) {
        const code = await world.as(who).refused(document, { input: { caseId: id, ...input() } });
        if (code === 'BAD_USER_INPUT' || code === 'CONFLICT') allowed.push(who);
        else if (code === 'NOT_FOUND') expect(seen[who] ?? [], `${who} sees the case, so ${field} is not NOT_FOUND`).toEqual([]);
        else expect(code, `${who}: ${field}`).toBe('FORBIDDEN');
      }
      expect(allowed, field).toEqual(EVERYBODY.filter((who) => acts[field].includes(who)));
    }
  }, 30_000);
});
