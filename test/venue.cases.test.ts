import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../src/kernel/ids.ts';
import { openWorld, type BuiltCase, type CastMember, type Reply, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const VENUE = 'venue { answer geometry computedAt candidates { countyFips countyName grounds citations distanceM jurisdiction { slug } } confirmedCounty confirmedBy { name } confirmedAt confirmedBecause }';
const CASE = `{ id number stage version countyFips jurisdiction { slug } lead { slug } venues { jurisdiction { slug } basis grounds citations geometry countyFips reason } ${VENUE} events(first: 50) { nodes { act body } } }`;
const FIND = `query ($id: ID) { case(id: $id) ${CASE} }`;
const CONFIRM = `mutation ($input: ConfirmVenueInput!) { confirmVenue(input: $input) { case ${CASE} } }`;
const SUBMIT = 'mutation ($input: SubmitReferralInput!) { submitReferral(input: $input) { outcome problems { code severity path message remedy } referral { id packetSha256 } } }';
const VALIDATE = 'mutation ($input: ValidateReferralInput!) { validateReferral(input: $input) { acceptable problems { code severity path message remedy } } }';

const IN_HENNEPIN = { latitude: 44.9778, longitude: -93.265 };
const IN_FALLS_CHURCH = { latitude: 38.8823, longitude: -77.1711 };

const incident = (countyFips: string, more: object = {}) => ({
  incident: { occurredOn: '2026-03-14', occurredAt: '2026-03-14T20:15:00-05:00', countyFips, place: '1 Invented Street', ...more },
});
const seen = async (who: CastMember, id: string) => (await world.as(who).get(FIND, { id }))['case'];
const confirm = (who: CastMember, { id, version }: BuiltCase, countyFips: string, more: object = {}) =>
  world.as(who).ask(CONFIRM, { input: { caseId: id, countyFips, reason: 'The street lies there.', expectedVersion: version, ...more } });
const code = ({ errors }: Reply) => errors?.[0]?.extensions['code'];
const slugs = (found: { venues: { jurisdiction: { slug: string } }[] } | null) => found?.venues.map(({ jurisdiction }) => jurisdiction.slug).sort();

/** A case that Dallas police declare in Dallas, with coordinates in Minneapolis. */
const mismatched = (more: { readonly furtherPlaces?: readonly object[]; readonly claimedBy?: CastMember } = {}) =>
  world.buildCase({ referral: incident('48113', { ...IN_HENNEPIN, ...(more.furtherPlaces && { furtherPlaces: more.furtherPlaces }) }), ...(more.claimedBy && { claimedBy: more.claimedBy }) });

/** Somebody of an office that the cast does not have. */
async function someoneOf(slug: string, role: string): Promise<(document: string, variables: object) => Promise<Reply>> {
  const subject = newId();
  await world.database.owner`insert into comity.members (id, subject, name, kind, role, office_id) select ${newId()}, ${subject}, 'Some One', 'PERSON', ${role}, id from comity.jurisdictions where slug = ${slug}`;
  const token = await world.issuer.mint({ subject });
  return async (query, variables) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'x-purpose': 'CASE_PREPARATION' };
    return (await (await fetch(`${world.server.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) })).json()) as Reply;
  };
}

describe('a referral', () => {
  test('whose coordinates lie well within the declared county arrives CERTAIN, with distance, rule and the edition of the outlines', async () => {
    const built = await world.buildCase();
    expect(await seen('intakeDallas', built.id)).toMatchObject({
      venues: [{ jurisdiction: { slug: 'dallas-tx' }, basis: 'DECLARED_COUNTY', grounds: ['OFFENCE_PLACE'], citations: ['Tex. Code Crim. Proc. art. 13A.001'] }],
      venue: {
        answer: 'CERTAIN', geometry: expect.stringMatching(/^us-atlas\/counties-10m\.json [0-9a-f]{16}$/), confirmedCounty: null, confirmedBy: null,
        candidates: [{ countyFips: '48113', countyName: 'Dallas', grounds: ['OFFENCE_PLACE'], distanceM: 21957, jurisdiction: { slug: 'dallas-tx' } }],
      },
    });
  });

  test('without coordinates rests on the declared county alone, and on no outline', async () => {
    const built = await world.buildCase({ referral: incident('48113') });
    expect((await seen('intakeDallas', built.id)).venue).toMatchObject({ answer: 'CERTAIN', geometry: null, candidates: [{ countyFips: '48113', distanceM: null }] });
  });

  test('from 38.8823,-77.1711 is AMBIGUOUS: Fairfax, and Arlington with Falls Church, each see it once', async () => {
    const built = await world.buildCase({ referral: incident('51610', IN_FALLS_CHURCH) });
    for (const office of ['fairfax-va', 'arlington-falls-church-va']) {
      const { data } = await (await someoneOf(office, 'INTAKE'))(FIND, { id: built.id });
      expect(slugs(data?.['case'])).toEqual(['arlington-falls-church-va', 'fairfax-va']);
      expect(data?.['case'].venues.find(({ basis }: { basis: string }) => basis === 'DECLARED_COUNTY')).toMatchObject({ countyFips: '51610', grounds: ['OFFENCE_PLACE'], citations: ['Va. Code 19.2-244'] });
      expect(data?.['case'].venue).toMatchObject({
        answer: 'AMBIGUOUS',
        candidates: [
          { countyFips: '51610', countyName: 'City of Falls Church', distanceM: 780, jurisdiction: { slug: 'arlington-falls-church-va' } },
          { countyFips: '51013', distanceM: 780 }, { countyFips: '51059', distanceM: 780, jurisdiction: { slug: 'fairfax-va' } },
        ],
      });
    }
    expect(await seen('attorneyDallas', built.id)).toBeNull();
  });

  test('of Chicago police at 41.97,-87.935 is DuPage’s: unrouted, no case of Cook, its distances closed to the administrator', async () => {
    const built = await world.buildCase({ by: 'chiefChicagoPolice', referral: incident('17043', { latitude: 41.97, longitude: -87.935 }) });
    expect(built.number).toMatch(/^UNR-/);
    expect(await seen('attorneyCook', built.id)).toBeNull();
    expect(await seen('administrator', built.id)).toMatchObject({ jurisdiction: null, venues: [], venue: { answer: 'UNROUTED', candidates: [] } });
  });

  test('that contradicts itself gets one and the same warning from validate and submit, arrives as a MISMATCH, and both offices see it', async () => {
    const referral = world.referral(incident('48113', IN_HENNEPIN));
    const { validateReferral } = await world.as('officerDallasPolice').get(VALIDATE, { input: { referral } });
    const { submitReferral } = await world.as('machineDallasPolice').get(SUBMIT, { input: { idempotencyKey: newId(), referral } });
    expect(validateReferral.acceptable).toBe(true);
    expect(submitReferral.outcome).toBe('RECEIVED');
    expect(submitReferral.problems).toEqual(validateReferral.problems);
    expect(submitReferral.problems).toEqual([expect.objectContaining({
      code: 'VENUE_MISMATCH', severity: 'WARN', path: 'incident.countyFips', message: 'The coordinates do not lie in Dallas (48113), but in Hennepin (27053).',
    })]);
    const built = await mismatched();
    for (const who of ['intakeDallas', 'attorneyHennepin'] as const) {
      const found = await seen(who, built.id);
      expect(slugs(found)).toEqual(['dallas-tx', 'hennepin-mn']);
      expect(found.venue).toMatchObject({ answer: 'MISMATCH', candidates: [{ countyFips: '48113', distanceM: expect.any(Number) }, { countyFips: '27053', distanceM: 4670 }] });
    }
    expect((await seen('intakeDallas', built.id)).number).toMatch(/^DAL-/);
  });

  test('with a death in another county is that office’s too, by the rule that is verified; the place is part of what was signed', async () => {
    const further = { role: 'RESULT', place: 'A hospital', countyFips: '17031' };
    const built = await world.buildCase({ referral: incident('48113', { furtherPlaces: [further] }) });
    const found = await seen('attorneyCook', built.id);
    expect(found.venues.find(({ jurisdiction }: { jurisdiction: { slug: string } }) => jurisdiction.slug === 'cook-il')).toMatchObject({
      basis: 'COMPUTED', grounds: ['RESULT_DEATH'], citations: ['720 ILCS 5/1-6 (P.A. 104-323)'], reason: 'The incident touches Cook (17031): its result came about there.',
    });
    expect(found.venue.answer).toBe('CERTAIN');
    const [packet] = await world.database.owner`select p.document, r.packet_sha256 as hash from comity.referral_packets p join comity.referrals r on r.id = p.referral_id where r.id = ${built.referralId}`;
    expect(JSON.parse(packet?.['document']).incident.furtherPlaces).toEqual([further]);
    expect(createHash('sha256').update(packet?.['document']).digest('hex')).toBe(packet?.['hash']);
  });

  test.each([
    [{ role: 'CONDUCT', place: '', countyFips: '48113' }, 'PLACE_INVALID', 'place'],
    [{ role: 'CONDUCT', place: 'There', countyFips: '99999' }, 'COUNTY_UNKNOWN', 'countyFips'],
    [{ role: 'RESULT', place: 'There', latitude: 91, longitude: 0 }, 'COORDINATES_INVALID', 'latitude'],
    [{ role: 'RESULT', place: 'There', latitude: 45 }, 'COORDINATES_INVALID', 'latitude'],
    [{ role: 'BODY_FOUND', place: 'There' }, 'PLACE_UNKNOWN', 'countyFips'],
  ])('with the further place %j is refused by validate and submit alike', async (further, problem, field) => {
    const referral = world.referral(incident('48113', { furtherPlaces: [further] }));
    const { validateReferral } = await world.as('chiefDallasPolice').get(VALIDATE, { input: { referral } });
    const { submitReferral } = await world.as('chiefDallasPolice').get(SUBMIT, { input: { idempotencyKey: newId(), referral } });
    expect(submitReferral).toMatchObject({ outcome: 'REFUSED', problems: validateReferral.problems });
    expect(validateReferral.problems).toEqual([expect.objectContaining({ code: problem, severity: 'ERROR', path: `incident.furtherPlaces[0].${field}` })]);
  });

  test('with more than twenty further places is refused', async () => {
    const furtherPlaces = Array.from({ length: 21 }, () => ({ role: 'CONDUCT', place: 'There', countyFips: '48113' }));
    const { validateReferral } = await world.as('chiefDallasPolice').get(VALIDATE, { input: { referral: world.referral(incident('48113', { furtherPlaces })) } });
    expect(validateReferral.problems).toEqual([expect.objectContaining({ code: 'TOO_MANY', path: 'incident.furtherPlaces' })]);
  });
});

describe('the level of what is alleged', () => {
  const LEVELS = 'query ($id: ID) { case(id: $id) { level venues { jurisdiction { slug } level { answer level rule citation confidence } } } }';
  const levels = async (ask: (document: string, variables: { readonly id: string }) => Promise<Reply>, id: string): Promise<Record<string, any>> => {
    const { data } = await ask(LEVELS, { id });
    return Object.fromEntries(data?.['case'].venues.map(({ jurisdiction, level }: Record<string, any>) => [jurisdiction['slug'], level]));
  };
  const alleged = (county: string, allegedLevel: string | null, more: object = {}) => world.buildCase({ referral: { ...incident(county, more), allegedLevel } });

  test.each([
    ['FELONY', 'WITHIN', 'WITHIN'], ['MISDEMEANOR', 'WITHIN', 'OUTSIDE'], ['GROSS_MISDEMEANOR', 'WITHIN', 'DEPENDS'], ['EITHER', 'WITHIN', 'DEPENDS'], [null, 'UNKNOWN', 'UNKNOWN'],
  ])('%s: Dallas, with one office for all, %s; Hennepin, beside city attorneys, %s; both stay candidates', async (level, dallas, hennepin) => {
    const built = await alleged('48113', level, IN_HENNEPIN);
    expect(await levels(world.as('intakeDallas').ask, built.id)).toEqual({
      'dallas-tx': { answer: dallas, level, rule: expect.stringContaining('in Dallas one office both'), citation: null, confidence: 'MEDIUM' },
      'hennepin-mn': { answer: hennepin, level, rule: 'county attorneys prosecute felonies, city attorneys most lesser offences', citation: null, confidence: 'MEDIUM' },
    });
  });

  test.each([
    ['travis-tx', '48453', 'FELONY', 'WITHIN'], ['travis-tx', '48453', 'MISDEMEANOR', 'DEPENDS'], ['pima-az', '04019', 'MISDEMEANOR', 'DEPENDS'], ['philadelphia-pa', '42101', 'MISDEMEANOR', 'WITHIN'],
    ['fairfax-va', '51059', 'MISDEMEANOR', 'DISCRETIONARY'], ['fairfax-va', '51059', 'FELONY', 'WITHIN'],
  ])('in %s, county %s: a %s is %s', async (office, county, level, answer) => {
    const built = await alleged(county, level);
    expect((await levels(await someoneOf(office, 'INTAKE'), built.id))[office]).toMatchObject({ answer, level, ...(office === 'fairfax-va' && { citation: 'Va. Code 15.2-1627', confidence: 'HIGH' }) });
  });

  test('is not told to a candidate who no longer sees the report', async () => {
    const built = await world.buildCase({ referral: { ...incident('48113', IN_HENNEPIN), allegedLevel: 'FELONY' }, claimedBy: 'attorneyDallas' });
    expect(await levels(world.as('attorneyHennepin').ask, built.id)).toMatchObject({ 'dallas-tx': { answer: 'UNKNOWN', level: null }, 'hennepin-mn': { answer: 'UNKNOWN', level: null } });
    expect(await levels(world.as('attorneyDallas').ask, built.id)).toMatchObject({ 'hennepin-mn': { answer: 'WITHIN', level: 'FELONY' } });
  });
});

describe('a person who confirms the county', () => {
  test('sends the case to that county’s office; it keeps its number, and goes out of the sight of the office that was wrong', async () => {
    const built = await mismatched();
    const { data, errors } = await confirm('intakeDallas', built, '27053');
    expect(errors).toBeUndefined();
    expect(data?.['confirmVenue'].case).toBeNull();
    expect(await seen('intakeDallas', built.id)).toBeNull();
    expect(await seen('attorneyHennepin', built.id)).toMatchObject({
      number: built.number, version: built.version + 1, countyFips: '48113', jurisdiction: { slug: 'hennepin-mn' },
      venues: [{ jurisdiction: { slug: 'hennepin-mn' }, basis: 'CONFIRMED', grounds: ['OFFENCE_PLACE'], reason: 'The street lies there.' }],
      venue: { answer: 'MISMATCH', confirmedCounty: '27053', confirmedBy: { name: 'Ina Takeda' }, confirmedAt: expect.any(String), confirmedBecause: 'The street lies there.' },
    });
    expect(code(await confirm('intakeDallas', built, '48113'))).toBe('NOT_FOUND');
    expect(code(await confirm('attorneyHennepin', built, '27053'))).toBe('CONFLICT');
    const [event] = await world.database.owner`select body from comity.trail_events where case_id = ${built.id} and act = 'VENUE_CONFIRMED'`;
    expect(JSON.parse(event?.['body'])).toEqual({ countyFips: '27053', answer: 'MISMATCH' });
  });

  test('ends what rested on the doubt alone: an office with a ground of its own stays', async () => {
    const built = await mismatched({ furtherPlaces: [{ role: 'RESULT', place: 'A hospital', countyFips: '17031' }] });
    expect(slugs(await seen('attorneyCook', built.id))).toEqual(['cook-il', 'dallas-tx', 'hennepin-mn']);
    expect(code(await confirm('supervisorDallas', built, '48113'))).toBeUndefined();
    expect(slugs(await seen('attorneyCook', built.id))).toEqual(['cook-il', 'dallas-tx']);
    expect(await seen('attorneyHennepin', built.id)).toBeNull();
  });

  test('may correct it at the version that stands then', async () => {
    const built = await mismatched();
    await confirm('intakeDallas', built, '48113');
    const { data } = await confirm('intakeDallas', { ...built, version: built.version + 1 }, '27053');
    expect(data).toMatchObject({ confirmVenue: { case: null } });
    expect((await seen('attorneyHennepin', built.id)).venue.confirmedCounty).toBe('27053');
  });

  test('in a county of the state that no office serves leaves the case unrouted: the administrator sees it and sends it on', async () => {
    const built = await mismatched();
    expect((await confirm('electedDallas', built, '48085')).data).toMatchObject({ confirmVenue: { case: null } });
    for (const who of ['intakeDallas', 'attorneyHennepin'] as const) expect(await seen(who, built.id)).toBeNull();
    expect(await seen('administrator', built.id)).toMatchObject({ jurisdiction: null, venues: [], venue: { confirmedCounty: '48085', candidates: [] } });
    await world.as('administrator').get('mutation ($input: RouteCaseInput!) { routeCase(input: $input) { case { id } } }', {
      input: { caseId: built.id, jurisdictionId: world.officeIds['dallas-tx'], reason: 'The nearest office.', expectedVersion: built.version + 1 },
    });
    expect(await seen('intakeDallas', built.id)).toMatchObject({ jurisdiction: { slug: 'dallas-tx' }, venues: [{ basis: 'ROUTED' }] });
  });

  test('of a case that was unrouted and sent on says where it happened all the same', async () => {
    const built = await world.buildCase({ referral: incident('48001') });
    await world.as('administrator').get('mutation ($input: RouteCaseInput!) { routeCase(input: $input) { case { id } } }', {
      input: { caseId: built.id, jurisdictionId: world.officeIds['dallas-tx'], reason: 'The nearest office.', expectedVersion: built.version },
    });
    expect((await seen('intakeDallas', built.id)).venue).toMatchObject({ answer: 'UNROUTED', confirmedCounty: null });
    const { data } = await confirm('intakeDallas', { ...built, version: built.version + 1 }, '48113');
    expect(data?.['confirmVenue'].case).toMatchObject({ jurisdiction: { slug: 'dallas-tx' }, venue: { confirmedCounty: '48113' } });
  });

  test('of a lead keeps the lead wherever it happened; its other candidate is told the answer, and no distance', async () => {
    const built = await mismatched({ claimedBy: 'attorneyDallas' });
    expect((await seen('attorneyHennepin', built.id)).venue).toMatchObject({ answer: 'MISMATCH', candidates: [] });
    expect(code(await confirm('supervisorHennepin', built, '27053'))).toBe('FORBIDDEN');
    const { data } = await confirm('attorneyDallas', built, '27053');
    expect(data?.['confirmVenue'].case).toMatchObject({
      stage: 'CLAIMED', lead: { slug: 'dallas-tx' }, jurisdiction: { slug: 'hennepin-mn' },
      venue: { confirmedCounty: '27053', candidates: [{ countyFips: '48113' }, { countyFips: '27053' }] },
    });
    expect(slugs(data?.['confirmVenue'].case)).toEqual(['dallas-tx', 'hennepin-mn']);
    expect(data?.['confirmVenue'].case.events.nodes[0]).toEqual({ act: 'VENUE_CONFIRMED', body: { countyFips: '27053', answer: 'MISMATCH' } });
  });

  test('on the way to a claim is overtaken or overtakes: of a claim and two offices’ words exactly one stands', async () => {
    const built = await mismatched();
    const claim = world.as('secondDallas').ask('mutation ($input: ClaimCaseInput!) { claimCase(input: $input) { case { version } } }', { input: { caseId: built.id, expectedVersion: built.version } });
    const replies = await Promise.all([confirm('intakeDallas', built, '48113'), confirm('attorneyHennepin', built, '27053'), claim, confirm('supervisorDallas', built, '27053')]);
    expect(replies.filter(({ errors }) => errors === undefined)).toHaveLength(1);
    for (const reply of replies.filter(({ errors }) => errors !== undefined)) expect(['CONFLICT', 'NOT_FOUND', 'FORBIDDEN']).toContain(code(reply));
    const [{ version }] = await world.database.owner<[{ version: number }]>`select version from comity.cases where id = ${built.id}`;
    expect(version).toBe(built.version + 1);
  });

  test('finds a conflict where nothing is in doubt, and bad input in a county that cannot be or a reason that says nothing', async () => {
    const certain = await world.buildCase();
    expect(code(await confirm('intakeDallas', certain, '48113'))).toBe('CONFLICT');
    const built = await mismatched();
    for (const county of ['99999', '', '17031', 'Dallas']) expect(code(await confirm('intakeDallas', built, county)), county).toBe('BAD_USER_INPUT');
    expect(code(await confirm('intakeDallas', built, '48113', { reason: '  ' }))).toBe('BAD_USER_INPUT');
    expect(code(await confirm('intakeDallas', built, '48113', { expectedVersion: built.version + 1 }))).toBe('CONFLICT');
    expect((await seen('intakeDallas', built.id)).version).toBe(built.version);
  });

  test('is none of an office that is no candidate, nor of a role that does not screen', async () => {
    const built = await mismatched();
    expect(code(await confirm('attorneyCook', built, '48113'))).toBe('NOT_FOUND');
    for (const who of ['advocateDallas', 'recordsDallas', 'investigatorDallas', 'administrator', 'analyst', 'chiefDallasPolice'] as const) expect(code(await confirm(who, built, '48113')), who).toBe('FORBIDDEN');
    expect((await seen('intakeDallas', built.id)).venue.confirmedCounty).toBeNull();
  });
});
