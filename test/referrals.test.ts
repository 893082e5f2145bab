import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { completeReferral, openWorld, type CastMember, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const SUBMIT = 'mutation ($input: SubmitReferralInput!) { submitReferral(input: $input) { outcome referral { id state attested packetSha256 reportNumber } problems { code severity path requirement remedy } } }';
const VALIDATE = 'mutation ($input: ValidateReferralInput!) { validateReferral(input: $input) { acceptable problems { code severity path requirement remedy } } }';
const BATCH = 'mutation ($input: SubmitReferralsInput!) { submitReferrals(input: $input) { received replayed refused items { index idempotencyKey outcome referral { id reportNumber attested } problems { code path } } } }';

let keys = 0;
const submit = async (referral: Record<string, unknown>, who: CastMember = 'chiefDallasPolice', key = `key-${(keys += 1)}`) =>
  (await world.as(who).get(SUBMIT, { input: { idempotencyKey: key, referral } }))['submitReferral'];
const validate = async (referral: Record<string, unknown>, who: CastMember = 'chiefDallasPolice') =>
  (await world.as(who).get(VALIDATE, { input: { referral } }))['validateReferral'];
const codes = (problems: { code: string; severity?: string }[]) => problems.map(({ code }) => code);
const casesIn = async () => Number((await world.database.owner`select count(*) as n from comity.cases`)[0]?.['n']);

describe('a complete referral', () => {
  test('arrives: the agency learns its state, the office finds an unclaimed case with its number and venue', async () => {
    const sent = await submit(world.referral({ reportNumber: 'ARRIVES-1' }));
    expect(sent).toMatchObject({ outcome: 'RECEIVED', problems: [], referral: { state: 'SUBMITTED', attested: false, reportNumber: 'ARRIVES-1' } });
    const { cases } = await world.as('intakeDallas').get('{ cases(first: 1) { nodes { number stage kind countyFips state incidentOn agency { ori } report { reportNumber } venues { basis jurisdiction { slug } } } } }');
    expect(cases.nodes[0]).toMatchObject({
      stage: 'UNCLAIMED', kind: 'FORCE', countyFips: '48113', state: 'TX', incidentOn: '2026-03-14', agency: { ori: 'TXDPD0000' }, report: { reportNumber: 'ARRIVES-1' },
      venues: [{ basis: 'DECLARED_COUNTY', jurisdiction: { slug: 'dallas-tx' } }],
    });
    expect(cases.nodes[0].number).toMatch(/^DAL-\d{4}-\d{6}$/);
  });

  test('keeps every fact for the team: identification, medical services, preservation, provenance, signature, recordings, persons, contacts', async () => {
    const { id } = await world.buildCase({ claimedBy: 'attorneyDallas', referral: { supervisorIdentification: { outcome: 'NAME_ONLY', name: 'Super Vizor', recordedOnCamera: true } } });
    const { case: found } = await world.as('attorneyDallas').get(`query ($id: ID) { case(id: $id) {
      report { place latitude longitude occurredAt anyoneInjured allegedOffences allegedLevel supervisorIdentification { outcome recordedOnCamera } emergencyMedical { summoned summonedAt aidRendered }
        preservation { preservedBy } provenance { decidedBy consulted } signature { signedBy badge } attestation { statement } }
      recordings { kind holder sha256 capturedFrom } persons { part name badge plate markings descriptors injured contact { phone email disclosureRefused } } } }`, { id });
    expect(found.report).toMatchObject({
      place: '100 Example Street, Dallas', occurredAt: '2026-03-15T01:15:00.000Z', supervisorIdentification: { outcome: 'NAME_ONLY', recordedOnCamera: true },
      emergencyMedical: { summoned: true, summonedAt: '2026-03-15T01:18:00.000Z', aidRendered: true }, preservation: { preservedBy: 'Sgt. Pia Dalles' },
      provenance: { consulted: ['Department counsel'] }, signature: { badge: '4711' }, attestation: null,
    });
    expect(found.recordings).toEqual([{ kind: 'BODY_CAMERA', holder: 'Dallas Police Department', sha256: 'a'.repeat(64), capturedFrom: '2026-03-15T01:10:00.000Z' }]);
    expect(found.persons).toMatchObject([
      { part: 'OFFICIAL', name: null, plate: 'INV 0001' }, { part: 'VICTIM', contact: { phone: '555-0100' } },
      { part: 'WITNESS', contact: { email: 'wit@example.invalid', disclosureRefused: true } }, { part: 'OFFICIAL', name: 'Super Vizor', descriptors: 'Supervisory officer on scene' },
    ]);
  });

  test('has a packet hash that the agency can compute from what it sent', async () => {
    const sorted = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(sorted);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, sorted(each)]));
    };
    const referral = world.referral({ signature: { signedBy: 'Sgt. Pia Dalles', signedAt: '2026-03-15T14:00:00.000Z' }, emergencyMedical: { summoned: true, aidRendered: true }, preservation: { preservedBy: 'Sgt. Pia Dalles' } });
    const plain = { ...referral, incident: { ...(referral['incident'] as object), occurredAt: '2026-03-15T01:15:00.000Z' }, recordings: [{ kind: 'BODY_CAMERA', holder: 'Dallas Police Department' }] };
    const sent = await submit(plain);
    expect(sent.referral.packetSha256).toBe(createHash('sha256').update(JSON.stringify(sorted(plain))).digest('hex'));
  });

  test('of a county that no office holds waits for the administrator, who sees its SUMMARY alone and routes it', async () => {
    const { id } = await world.buildCase({ referral: { incident: { occurredOn: '2026-03-14', occurredAt: '2026-03-14T20:15:00-05:00', countyFips: '48121', place: '1 Elsewhere' } } });
    const asked = 'query ($id: ID) { case(id: $id) { number version jurisdiction { slug } report { narrative } persons { id } } }';
    const { case: seen } = await world.as('administrator').get(asked, { id });
    expect(seen).toMatchObject({ jurisdiction: null, report: null, persons: [] });
    expect(seen.number).toMatch(/^UNR-/);
    expect((await world.as('attorneyDallas').get(asked, { id }))['case']).toBeNull();
    const route = 'mutation ($input: RouteCaseInput!) { routeCase(input: $input) { case { number } } }';
    expect(await world.as('administrator').refused(route, { input: { caseId: id, jurisdictionId: 'nowhere', reason: 'Nearest', expectedVersion: 1 } })).toBe('BAD_USER_INPUT');
    expect(await world.as('administrator').refused(route, { input: { caseId: id, jurisdictionId: world.officeIds['dallas-tx'], reason: 'Nearest', expectedVersion: 7 } })).toBe('CONFLICT');
    const { routeCase } = await world.as('administrator').get(route, { input: { caseId: id, jurisdictionId: world.officeIds['dallas-tx'], reason: 'Nearest member office', expectedVersion: 1 } });
    expect(routeCase.case).toBeNull();
    expect((await world.as('attorneyDallas').get(asked, { id }))['case']).toMatchObject({ number: seen.number, version: 2, jurisdiction: { slug: 'dallas-tx' } });
  });
});

describe('the same key', () => {
  test('with the same content answers the first result, and makes no second case', async () => {
    const referral = world.referral();
    const first = await submit(referral, 'chiefDallasPolice', 'replay');
    const before = await casesIn();
    expect(await submit(referral, 'chiefDallasPolice', 'replay')).toMatchObject({ outcome: 'REPLAYED', referral: { id: first.referral.id } });
    expect(await casesIn()).toBe(before);
  });

  test('with other content is refused, sent at once from ten sides or one after the other', async () => {
    await submit(world.referral(), 'chiefDallasPolice', 'reused');
    expect(await world.as('chiefDallasPolice').refused(SUBMIT, { input: { idempotencyKey: 'reused', referral: world.referral() } })).toBe('IDEMPOTENCY_KEY_REUSED');
    const referral = world.referral();
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => submit(referral, 'chiefDallasPolice', 'at-once')));
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['RECEIVED', ...Array.from({ length: 9 }, () => 'REPLAYED')]);
    expect(new Set(outcomes.map((each) => each.referral.id)).size).toBe(1);
  });

  test('answers the first result whatever it would be judged by today, and other content is another’s however faulty', async () => {
    const referral = world.referral({ recordings: [] });
    const first = await submit(referral, 'chiefDallasPolice', 'judged-once');
    expect(codes(first.problems)).toEqual(['MEDIA_REGISTERED_MISSING']);
    const { owner } = world.database;
    const asIfLoaded = async (severity: string) => {
      await owner`update comity.pack_requirements set severity = ${severity} where key = 'mediaRegistered'`;
      await owner`update comity.reference_loads set sha256 = reverse(sha256) where file = 'directives.json'`;
    };
    await asIfLoaded('ERROR');
    try {
      expect(await submit(referral, 'chiefDallasPolice', 'judged-once')).toMatchObject({ outcome: 'REPLAYED', referral: { id: first.referral.id }, problems: [{ code: 'MEDIA_REGISTERED_MISSING', severity: 'WARN' }] });
      expect(await submit(world.referral({ recordings: [] }))).toMatchObject({ outcome: 'REFUSED' });
    } finally {
      await asIfLoaded('WARN');
    }
    expect(await world.as('chiefDallasPolice').refused(SUBMIT, { input: { idempotencyKey: 'judged-once', referral: world.referral({ signature: null }) } })).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  test('of another agency is another key', async () => {
    await submit(world.referral(), 'chiefDallasPolice', 'shared-key');
    expect(await submit(world.referral({ agencyOri: 'ILCPD0000' }), 'chiefChicagoPolice', 'shared-key')).toMatchObject({ outcome: 'RECEIVED' });
  });
});

describe('a referral is refused, naming field and remedy and keeping nothing', () => {
  const incident = completeReferral('x').incident;
  const bad: [string, Record<string, unknown>, string, string][] = [
    ['without a signature', { signature: null }, 'SUPERVISOR_SIGNATURE_MISSING', 'signature'],
    ['of an incident in the future', { incident: { ...incident, occurredOn: '2999-01-01', occurredAt: '2999-01-01T12:00:00Z' } }, 'INCIDENT_IN_FUTURE', 'incident.occurredOn'],
    ['of a year that is a slip of the pen', { incident: { ...incident, occurredOn: '0001-01-01', occurredAt: '0001-01-01T12:00:00Z' } }, 'INCIDENT_TOO_LONG_AGO', 'incident.occurredOn'],
    ['of an unknown county', { incident: { ...incident, countyFips: '48999' } }, 'COUNTY_UNKNOWN', 'incident.countyFips'],
    ['of another agency', { agencyOri: 'ILCPD0000' }, 'AGENCY_NOT_YOURS', 'agencyOri'],
    ['of an unknown agency', { agencyOri: 'TXZZZ9999' }, 'AGENCY_NOT_YOURS', 'agencyOri'],
    ['without a report number', { reportNumber: ' ' }, 'REPORT_NUMBER_INVALID', 'reportNumber'],
    ['signed before it happened', { signature: { signedBy: 'Sgt. Pia Dalles', signedAt: '2020-01-01T00:00:00Z' } }, 'SIGNATURE_INVALID', 'signature'],
    ['without a time', { incident: { ...incident, occurredAt: null } }, 'INCIDENT_PLACE_AND_TIME_MISSING', 'incident.occurredAt'],
    ['whose date and time are of different days', { incident: { ...incident, occurredAt: '2026-03-20T12:00:00Z' } }, 'TIME_OFF_DATE', 'incident.occurredAt'],
    ['without provenance', { provenance: null }, 'PROVENANCE_MISSING', 'provenance'],
    ['with a person of whom nothing is known', { persons: [{ part: 'WITNESS' }] }, 'PERSON_UNKNOWN', 'persons[0]'],
    ['with a hash that is none', { recordings: [{ kind: 'AUDIO', holder: 'Dallas Police Department', sha256: 'abc' }] }, 'HASH_INVALID', 'recordings[0].sha256'],
    ['with coordinates off the globe', { incident: { ...incident, latitude: 95, longitude: -96 } }, 'COORDINATES_INVALID', 'incident.latitude'],
    ['with a narrative that is a book', { narrative: 'x'.repeat(100_001) }, 'TOO_LONG', 'narrative'],
  ];
  test.each(bad)('%s', async (_name, changes, code, path) => {
    const before = await casesIn();
    const referral = world.referral(changes);
    const sent = await submit(referral);
    expect(sent).toMatchObject({ outcome: 'REFUSED', referral: null });
    expect(sent.problems).toContainEqual(expect.objectContaining({ code, path, severity: 'ERROR', remedy: expect.stringMatching(/\w{3}/) }));
    expect(await casesIn()).toBe(before);
    // The dry run says the same, word for word.
    expect((await validate(referral)).problems).toEqual(sent.problems);
  });

  test('with a report number that came before', async () => {
    await submit(world.referral({ reportNumber: 'TWICE' }));
    expect(await submit(world.referral({ reportNumber: 'TWICE' }))).toMatchObject({ outcome: 'REFUSED', problems: [{ code: 'REPORT_NUMBER_TAKEN', path: 'reportNumber' }] });
    expect((await validate(world.referral({ reportNumber: 'TWICE' }))).problems).toMatchObject([{ code: 'REPORT_NUMBER_TAKEN' }]);
    // Another agency's numbers are its own, and tell nothing of this one's.
    expect(await submit(world.referral({ reportNumber: 'TWICE' }), 'chiefChicagoPolice')).toMatchObject({ outcome: 'RECEIVED' });
  });

  test.each([['NUL', 'a\u0000b'], ['an escape character', 'a\u001bb'], ['a lone surrogate', 'a\ud800b']])('with %s in its text', async (_name, narrative) => {
    const { errors } = await world.as('chiefDallasPolice').ask(SUBMIT, { input: { idempotencyKey: 'text', referral: world.referral({ narrative }) } });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.referral.narrative', remedy: expect.any(String) });
  });

  test('by an officer, who may check it but not submit it, and by an office', async () => {
    expect((await validate(world.referral(), 'officerDallasPolice')).acceptable).toBe(true);
    for (const who of ['officerDallasPolice', 'attorneyDallas', 'analyst', 'administrator'] as const) {
      expect(await world.as(who).refused(SUBMIT, { input: { idempotencyKey: 'seat', referral: world.referral() } })).toBe('FORBIDDEN');
    }
  });
});

describe('readiness', () => {
  test('takes a documented attempt without success as complete under Chicago’s order, and no attempt as a gap', async () => {
    for (const [outcome, missing] of [['REFUSED', false], ['NOT_PRESENT', false], ['NOT_SAFE', false], ['NOT_ATTEMPTED', true]] as const) {
      const { problems } = await validate(world.referral({ supervisorIdentification: { outcome, recordedOnCamera: true } }), 'chiefChicagoPolice');
      expect(codes(problems).includes('SUPERVISOR_IDENTIFICATION_MISSING'), outcome).toBe(missing);
    }
  });

  test('asks Chicago for preserved cameras and evidence, and Dallas only for what the coalition asks', async () => {
    const bare = world.referral({ recordings: [], preservation: null, supervisorIdentification: null });
    expect(codes((await validate(bare, 'chiefChicagoPolice')).problems)).toEqual(expect.arrayContaining(['BODY_CAMERA_PRESERVED_MISSING', 'EVIDENCE_PRESERVED_MISSING', 'SUPERVISOR_IDENTIFICATION_MISSING']));
    expect((await validate(bare)).problems.filter((each: { severity: string }) => each.severity === 'ERROR')).toEqual([]);
  });

  test('before the first pack is judged by the default pack, its errors as warnings but for place, time and signature', async () => {
    const early = { incident: { occurredOn: '2019-06-01', occurredAt: '2019-06-01T12:00:00-05:00', countyFips: '48113', place: 'Somewhere' }, provenance: null, narrative: '' };
    const { acceptable, problems } = await validate(world.referral(early));
    expect(acceptable).toBe(true);
    expect(problems).toEqual(expect.arrayContaining([expect.objectContaining({ code: 'PROVENANCE_MISSING', severity: 'WARN' }), expect.objectContaining({ code: 'REPORT_MISSING', severity: 'WARN' })]));
    expect((await validate(world.referral({ ...early, signature: null }))).acceptable).toBe(false);
  });

  test('asks for medical services only where someone was injured', async () => {
    const without = { emergencyMedical: null };
    expect(codes((await validate(world.referral({ ...without, anyoneInjured: false }), 'chiefChicagoPolice')).problems)).not.toContain('EMERGENCY_MEDICAL_MISSING');
    expect(codes((await validate(world.referral({ ...without, anyoneInjured: true }), 'chiefChicagoPolice')).problems)).toContain('EMERGENCY_MEDICAL_MISSING');
  });
});

describe('a batch', () => {
  const send = async (referrals: object[], attestation?: object) => (await world.as('machineDallasPolice').get(BATCH, { input: { referrals, ...(attestation && { attestation }) } }))['submitReferrals'];

  test('has an outcome for each item, and what one lacks does not hold up the others', async () => {
    const good = world.referral();
    const answer = await send([
      { idempotencyKey: 'b1', referral: good }, { idempotencyKey: 'b2', referral: world.referral({ signature: null }) }, { idempotencyKey: 'b1', referral: good },
      { idempotencyKey: 'b1', referral: world.referral() }, { idempotencyKey: '', referral: world.referral() }, { idempotencyKey: 'b3', referral: world.referral() },
      { idempotencyKey: 'b4', referral: world.referral({ reportNumber: good['reportNumber'] }) },
    ]);
    expect(answer.items.map((item: { outcome: string }) => item.outcome)).toEqual(['RECEIVED', 'REFUSED', 'REPLAYED', 'REFUSED', 'REFUSED', 'RECEIVED', 'REFUSED']);
    expect(answer).toMatchObject({ received: 2, replayed: 1, refused: 4 });
    expect(answer.items[0].referral.id).toBe(answer.items[2].referral.id);
    expect(codes(answer.items[3].problems)).toContain('IDEMPOTENCY_KEY_REUSED');
    expect(codes(answer.items[4].problems)).toEqual(['KEY_INVALID']);
    expect(codes(answer.items[6].problems)).toEqual(['REPORT_NUMBER_TAKEN']);
  });

  test('holds 1 to 100', async () => {
    expect(await world.as('machineDallasPolice').refused(BATCH, { input: { referrals: [] } })).toBe('BAD_USER_INPUT');
    const many = Array.from({ length: 101 }, (_, index) => ({ idempotencyKey: `m${index}`, referral: { ...world.referral(), narrative: 'short', persons: [], recordings: [] } }));
    expect(await world.as('machineDallasPolice').refused(BATCH, { input: { referrals: many } })).toBe('BAD_USER_INPUT');
  });

  test('of records that nobody signed is received under one attestation, shown as such and never as a signature', async () => {
    const attestation = { attestedBy: 'chiefDallasPolice', statement: 'Exported from the records system as they stand.', source: 'export.csv', sha256: 'b'.repeat(64) };
    const answer = await send([{ idempotencyKey: 'a1', referral: world.referral({ signature: null }) }], attestation);
    expect(answer.items[0]).toMatchObject({ outcome: 'RECEIVED', referral: { attested: true } });
    expect(codes(answer.items[0].problems)).toEqual(['ATTESTED_NOT_SIGNED']);
    const { cases } = await world.as('attorneyDallas').get('{ cases(first: 1) { nodes { report { signature { signedBy } attestation { attestedBy statement source attestedAt } } } } }');
    expect(cases.nodes[0].report).toMatchObject({ signature: null, attestation: { attestedBy: 'Sgt. Pia Dalles', source: 'export.csv' } });
    for (const attestedBy of ['officerDallasPolice', 'chiefChicagoPolice', 'nobody', 'machineDallasPolice']) {
      expect(await world.as('machineDallasPolice').refused(BATCH, { input: { referrals: [{ idempotencyKey: 'a2', referral: world.referral() }], attestation: { ...attestation, attestedBy } } }), attestedBy).toBe('BAD_USER_INPUT');
    }
  });
});

describe('an agency', () => {
  test('lists its own referrals, by report number, state and dates, and never another’s', async () => {
    await submit(world.referral({ reportNumber: 'LISTED', incident: { occurredOn: '2026-02-10', occurredAt: '2026-02-10T12:00:00-06:00', countyFips: '48113', place: 'Somewhere' } }));
    const list = async (filter: object, who: CastMember = 'officerDallasPolice') =>
      (await world.as(who).get('query ($filter: ReferralFilter) { referrals(filter: $filter, first: 100) { totalCount nodes { reportNumber state incidentOn agency { ori } submittedBy { name } } } }', { filter }))['referrals'];
    expect((await list({ reportNumber: 'LISTED' })).nodes).toEqual([{ reportNumber: 'LISTED', state: 'SUBMITTED', incidentOn: '2026-02-10', agency: { ori: 'TXDPD0000' }, submittedBy: { name: 'Sgt. Pia Dalles' } }]);
    expect((await list({ incidentFrom: '2026-02-09', incidentUntil: '2026-02-11' })).nodes.map((each: { reportNumber: string }) => each.reportNumber)).toEqual(['LISTED']);
    expect((await list({ states: ['ACCEPTED'], reportNumber: 'LISTED' })).totalCount).toBe(0);
    expect((await list({ submittedFrom: '2999-01-01T00:00:00Z' })).totalCount).toBe(0);
    expect((await list({ reportNumber: 'LISTED' }, 'chiefChicagoPolice')).totalCount).toBe(0);
  });

  test('learns that a claimed referral is accepted, and never the case behind it', async () => {
    const { referralId, id } = await world.buildCase({ claimedBy: 'attorneyDallas' });
    const asked = 'query ($id: ID!) { referral(id: $id) { state stateSince } }';
    expect((await world.as('chiefDallasPolice').get(asked, { id: referralId }))['referral']).toMatchObject({ state: 'ACCEPTED' });
    expect((await world.as('chiefChicagoPolice').get(asked, { id: referralId }))['referral']).toBeNull();
    expect(await world.as('chiefDallasPolice').refused('query ($id: ID) { case(id: $id) { number } }', { id })).toBe('FORBIDDEN');
    expect((await world.as('chiefDallasPolice').ask('query ($id: ID!) { referral(id: $id) { case { number } } }', { id: referralId })).errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
  });

  test('without an ORI on file submits like any other', async () => {
    const { owner } = world.database;
    const [agency] = await owner`insert into comity.agencies (id, slug, name, kind, state) values (gen_random_uuid(), 'park-rangers', 'Invented Park Rangers', 'PARK_POLICE', 'TX') returning id`;
    await owner`update comity.members set agency_id = ${agency?.['id']} where subject = 'chiefChicagoPolice'`;
    try {
      expect(await submit(world.referral(), 'chiefChicagoPolice')).toMatchObject({ outcome: 'RECEIVED' });
      expect(codes((await submit(world.referral({ agencyOri: 'TXDPD0000' }), 'chiefChicagoPolice')).problems)).toContain('AGENCY_NOT_YOURS');
    } finally {
      await owner`update comity.members set agency_id = (select id from comity.agencies where ori = 'ILCPD0000') where subject = 'chiefChicagoPolice'`;
    }
  });
});
