import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../src/kernel/ids.ts';
import { ADOPT, adopted, asked, BATCH, colleagueOf, DRAFT, ended, got, LIST, ofOrder, ON_DAY, PREVIEW, PROPOSE, proposed, SUBMIT, VALIDATE, WITHDRAW, type Asker, type Colleague, type Json } from './packs.world.ts';
import { seated } from './seated.ts';
import { completeReferral, openWorld, type World } from './world.ts';

let world: World;
/** A second supervisor of Dallas police, and a second administrator. */
let deputy: Colleague;
let secretary: Colleague;
beforeAll(async () => {
  world = await openWorld();
  deputy = await colleagueOf(world, 'chiefDallasPolice');
  secretary = await colleagueOf(world, 'administrator');
});
afterAll(() => world.close());

const incident = completeReferral('x').incident;
const on = (day: string) => ({ incident: { ...incident, occurredOn: day, occurredAt: `${day}T18:00:00Z` }, signature: { signedBy: 'Sgt. Pia Dalles', signedAt: `${day}T20:00:00Z` } });
const problemsOf = async (referral: Json, who: Asker = 'chiefDallasPolice') => (await got(world, who, VALIDATE, { input: { referral } }))['validateReferral'].problems as { code: string; severity: string; requirement: string; message: string }[];
const found = async (changes: Json, who: Asker = 'chiefDallasPolice') => (await problemsOf(world.referral(changes), who)).map(({ code, severity }) => `${severity} ${code}`);
const onDay = async (incidentOn: string, who: Asker = 'chiefDallasPolice', agency?: string) => (await got(world, who, ON_DAY, { incidentOn, agency }))['readinessPack'];
const agencyId = async (name: string) => String((await world.database.owner`select id from comity.agencies where name = ${name}`)[0]?.['id']);

describe('golden cases of Chicago’s pack (Executive Order 2026-01, from 2026-01-31)', () => {
  const chicago = (changes: Json) => found({ ...on('2026-02-10'), ...changes }, 'chiefChicagoPolice');
  const golden: [string, Json, string[]][] = [
    ['a complete referral lacks nothing', {}, []],
    ['no narrative: activity not documented, no report of the violation', { narrative: ' ' }, ['ERROR REPORT_MISSING', 'ERROR DOCUMENTATION_MISSING']],
    ['no body-camera footage (Executive Order 2026-01; 50 ILCS 706/10-20)', { recordings: [{ kind: 'AUDIO', holder: 'CPD', device: 'A-1', sha256: 'a'.repeat(64), capturedFrom: '2026-02-10T18:00:00Z' }] }, ['ERROR BODY_CAMERA_PRESERVED_MISSING']],
    ['a supervisor who refuses name and badge is an attempt documented', { supervisorIdentification: { outcome: 'REFUSED', recordedOnCamera: true } }, []],
    ['a supervisor who is not present likewise', { supervisorIdentification: { outcome: 'NOT_PRESENT', recordedOnCamera: true } }, []],
    ['a supervisor whom it is not safe to ask likewise', { supervisorIdentification: { outcome: 'NOT_SAFE', recordedOnCamera: true } }, []],
    ['a supervisor whom nobody tried to identify is a gap', { supervisorIdentification: { outcome: 'NOT_ATTEMPTED', recordedOnCamera: true } }, ['ERROR SUPERVISOR_IDENTIFICATION_MISSING']],
    ['a check that no camera saw is a warning', { supervisorIdentification: { outcome: 'VERIFIED' } }, ['WARN CREDENTIAL_CHECK_RECORDED_MISSING']],
    ['an injury without medical services', { anyoneInjured: true, emergencyMedical: null }, ['ERROR EMERGENCY_MEDICAL_MISSING']],
    ['an injury with services summoned and no aid', { anyoneInjured: true, emergencyMedical: { summoned: true } }, ['ERROR EMERGENCY_MEDICAL_MISSING']],
    ['no injury, no services', { anyoneInjured: false, emergencyMedical: null }, []],
    ['evidence that no supervisor preserved', { preservation: null }, ['ERROR EVIDENCE_PRESERVED_MISSING']],
    ['no word of a felony is remarked', { allegedLevel: null }, ['INFO FELONY_REFERRAL_MISSING']],
  ];
  test.each(golden)('%s', async (_name, changes, wanted) => {
    expect(await chicago(changes)).toEqual(wanted);
  });

  test('on the day before it begins the coalition’s default alone judges', async () => {
    expect(await found({ ...on('2026-01-30'), preservation: null, supervisorIdentification: null }, 'chiefChicagoPolice')).toEqual([]);
    expect(await found({ ...on('2026-01-31'), preservation: null }, 'chiefChicagoPolice')).toEqual(['ERROR EVIDENCE_PRESERVED_MISSING']);
  });
});

describe('golden cases of the coalition’s default pack, from 2026-01-28', () => {
  const bare = { provenance: null, narrative: ' ', recordings: [], emergencyMedical: null };
  test('on its first day its errors refuse', async () => {
    expect(await found({ ...on('2026-01-28'), ...bare })).toEqual(['ERROR REPORT_MISSING', 'ERROR PROVENANCE_MISSING', 'WARN MEDIA_REGISTERED_MISSING', 'WARN EMERGENCY_MEDICAL_MISSING']);
  });

  test('on the day before they are warnings, but for the agency’s identity, place, time and signature', async () => {
    expect(await found({ ...on('2026-01-27'), ...bare })).toEqual(['WARN REPORT_MISSING', 'WARN PROVENANCE_MISSING', 'WARN MEDIA_REGISTERED_MISSING', 'WARN EMERGENCY_MEDICAL_MISSING']);
    expect(await found({ ...on('2026-01-27'), agencyOri: 'ILCPD0000' })).toEqual(['ERROR AGENCY_NOT_YOURS']);
    expect(await found({ ...on('2026-01-27'), signature: null })).toEqual(['ERROR SUPERVISOR_SIGNATURE_MISSING']);
    expect(await found({ ...on('2026-01-27'), incident: { ...incident, occurredOn: '2026-01-27', occurredAt: null } })).toEqual(['ERROR INCIDENT_PLACE_AND_TIME_MISSING']);
    expect((await found({ ...on('2026-01-27'), incident: { ...incident, occurredOn: '2026-01-27', occurredAt: '2026-01-27T18:00:00Z', place: ' ' } })).filter((each) => each.startsWith('ERROR')).length).toBeGreaterThan(0);
  });
});

describe('what is in force on a day', () => {
  test('tells an officer the sentence, its weight and its ground, pack by pack', async () => {
    const { requirements, beforeFirstPack } = await onDay('2026-02-10', 'chiefChicagoPolice');
    expect(beforeFirstPack).toBe(false);
    expect(requirements.filter(({ pack }: { pack: { slug: string } }) => pack.slug === 'chicago-eo-2026-01')).toHaveLength(8);
    expect(requirements).toContainEqual({
      severity: 'ERROR', pack: { slug: 'chicago-eo-2026-01', version: 0 },
      requirement: {
        key: 'emergencyMedical', looksFor: 'EMERGENCY_MEDICAL', asks: 'Emergency medical services were summoned at once where anyone was injured, and aid was rendered',
        remedy: 'Record that services were summoned and aid was rendered.', severity: 'ERROR', anyoneInjured: true, basis: 'Executive Order 2026-01',
      },
    });
    expect((await onDay('2026-02-10')).requirements.map(({ pack }: { pack: { slug: string } }) => pack.slug)).toEqual(Array.from({ length: 6 }, () => 'coalition-default'));
  });

  test('before the first pack softens what is asked, and says so', async () => {
    const { requirements, beforeFirstPack } = await onDay('2019-06-01', 'officerDallasPolice');
    expect(beforeFirstPack).toBe(true);
    expect(requirements.filter(({ severity }: { severity: string }) => severity === 'ERROR').map(({ requirement }: { requirement: { looksFor: string } }) => requirement.looksFor)).toEqual(['PLACE_AND_TIME', 'SIGNATURE']);
  });

  test('an office asks for any agency, and names it; an agency for its own alone', async () => {
    const [chicago, dallas] = [await agencyId('Chicago Police Department'), await agencyId('Dallas Police Department')];
    expect((await onDay('2026-02-10', 'intakeDallas', chicago)).requirements).toHaveLength(14);
    expect((await onDay('2026-02-10', 'auditor', dallas)).requirements).toHaveLength(6);
    expect(await ended(world, 'intakeDallas', ON_DAY, { incidentOn: '2026-02-10' })).toBe('BAD_USER_INPUT');
    expect(await onDay('2026-02-10', 'intakeDallas', newId())).toBeNull();
    expect(await onDay('2026-02-10', 'chiefDallasPolice', chicago)).toBeNull();
    expect(await onDay('2026-02-10', 'chiefDallasPolice', dallas)).toMatchObject({ incidentOn: '2026-02-10' });
    expect(await ended(world, 'analyst', ON_DAY, { incidentOn: '2026-02-10' })).toBe('FORBIDDEN');
  });
});

describe('a pack of an agency', () => {
  test('is drafted, changed, proposed and adopted by another person; from then on, at once, it judges beside the coalition’s', async () => {
    const before = world.referral({ ...on('2026-03-10'), persons: [{ part: 'OFFICIAL', descriptors: 'Tall' }] });
    const sent = (await got(world, 'chiefDallasPolice', SUBMIT, { input: { idempotencyKey: 'before-the-order', referral: before } }))['submitReferral'];
    expect(sent).toMatchObject({ outcome: 'RECEIVED', problems: [] });

    const { pack } = (await got(world, 'chiefDallasPolice', DRAFT, { input: ofOrder([asked('witness', 'WITNESS')]) }))['draftReadinessPack'];
    expect(pack).toMatchObject({ slug: 'general-order-7', version: 1, state: 'DRAFT', revision: 1, agency: { name: 'Dallas Police Department' }, draftedBy: { name: 'Sgt. Pia Dalles' }, validFrom: '2026-03-01', requirements: [{ key: 'witness', kinds: [], anyoneInjured: null }] });
    const changed = (await got(world, deputy, DRAFT, { input: ofOrder([asked('witness', 'WITNESS', { kinds: ['FORCE', 'DEATH'] }), asked('contact', 'VICTIM_CONTACT', { severity: 'WARN' })], { packId: pack.id, expectedRevision: 1, title: 'GO 7' }) }))['draftReadinessPack'].pack;
    expect(changed).toMatchObject({ id: pack.id, revision: 2, title: 'GO 7', requirements: [{ key: 'witness', kinds: ['FORCE', 'DEATH'] }, { key: 'contact' }] });
    expect(await ended(world, 'chiefDallasPolice', DRAFT, { input: ofOrder([], { packId: pack.id, expectedRevision: 1 }) })).toBe('CONFLICT');
    expect(await found({ ...on('2026-03-10'), persons: [{ part: 'OFFICIAL', descriptors: 'Tall' }] })).toEqual([]);
    expect((await got(world, 'chiefDallasPolice', PROPOSE, { input: { packId: pack.id, expectedRevision: 2 } }))['proposeReadinessPack'].pack).toMatchObject({ state: 'PROPOSED', proposedBy: { name: 'Sgt. Pia Dalles' } });
    expect(await ended(world, 'chiefDallasPolice', ADOPT, { input: { packId: pack.id } })).toBe('FORBIDDEN');
    expect(await ended(world, deputy, DRAFT, { input: ofOrder([], { packId: pack.id, expectedRevision: 2 }) })).toBe('CONFLICT');
    expect((await got(world, deputy, ADOPT, { input: { packId: pack.id } }))['adoptReadinessPack'].pack).toMatchObject({ state: 'IN_FORCE', adoptedBy: { name: 'Col League' }, validUntil: null });
    expect(await ended(world, deputy, ADOPT, { input: { packId: pack.id } })).toBe('CONFLICT');

    expect(await found({ ...on('2026-03-10'), persons: [{ part: 'OFFICIAL', descriptors: 'Tall' }] })).toEqual(['ERROR WITNESS_MISSING', 'WARN CONTACT_MISSING']);
    expect((await problemsOf(world.referral({ ...on('2026-03-10'), persons: [] })))[0]).toMatchObject({ requirement: 'general-order-7/witness', message: 'There is witness.' });
    // Not of an incident before its first day, not of another kind, not of another agency.
    expect(await found({ ...on('2026-02-28'), persons: [] })).toEqual([]);
    expect(await found({ ...on('2026-03-10'), persons: [], kind: 'ENTRY' })).toEqual(['WARN CONTACT_MISSING']);
    expect(await found({ ...on('2026-03-10'), persons: [] }, 'chiefChicagoPolice')).toEqual([]);
    // What was received stays as it was judged, and sent again it is answered so.
    expect((await got(world, 'chiefDallasPolice', SUBMIT, { input: { idempotencyKey: 'before-the-order', referral: before } }))['submitReferral']).toMatchObject({ outcome: 'REPLAYED', problems: [], referral: { id: sent.referral.id, problems: [] } });
  });

  test('is followed by versions: each judges from its first day until the next one’s, and one that begins no later replaces another wholly', async () => {
    const versions = async () => (await got(world, 'officerDallasPolice', LIST, { filter: { slug: 'general-order-8' } }))['readinessPacks'].nodes.map(
      ({ version, state, validFrom, validUntil }: Json) => [version, state, validFrom, validUntil ?? '-'].join(' ')).reverse();
    const order = (key: string, validFrom: string) => adopted(world, ofOrder([asked(key, 'BY_HAND', { severity: 'INFO' })], { slug: 'general-order-8', validFrom }), 'chiefDallasPolice', deputy);
    const remarks = async (day: string) => (await found({ ...on(day) })).filter((each) => each.startsWith('INFO'));
    await order('first', '2026-02-05');
    await order('second', '2026-02-25');
    expect(await versions()).toEqual(['1 IN_FORCE 2026-02-05 2026-02-24', '2 IN_FORCE 2026-02-25 -']);
    expect([await remarks('2026-02-04'), await remarks('2026-02-24'), await remarks('2026-02-25')]).toEqual([[], ['INFO FIRST_MISSING'], ['INFO SECOND_MISSING']]);
    await order('third', '2026-02-15');
    expect(await versions()).toEqual(['1 IN_FORCE 2026-02-05 2026-02-14', '2 SUPERSEDED 2026-02-25 -', '3 IN_FORCE 2026-02-15 -']);
    expect([await remarks('2026-02-14'), await remarks('2026-02-25')]).toEqual([['INFO FIRST_MISSING'], ['INFO THIRD_MISSING']]);
    // An order that asks nothing any more.
    await adopted(world, ofOrder([], { slug: 'general-order-8', validFrom: '2026-02-05' }), 'chiefDallasPolice', deputy);
    expect(await remarks('2026-02-25')).toEqual([]);
  });

  test('is withdrawn before it is adopted, by one of its agency, and not after', async () => {
    const id = await proposed(world, ofOrder([asked('witness', 'WITNESS')], { slug: 'general-order-9' }));
    expect((await got(world, deputy, WITHDRAW, { input: { packId: id } }))['withdrawReadinessPack'].pack).toMatchObject({ state: 'WITHDRAWN' });
    expect(await ended(world, deputy, ADOPT, { input: { packId: id } })).toBe('CONFLICT');
    expect(await ended(world, deputy, WITHDRAW, { input: { packId: id } })).toBe('CONFLICT');
  });

  test('never asks less than the coalition does: where both ask under one name, the stricter speaks', async () => {
    await adopted(world, ofOrder([asked('provenance', 'PROVENANCE', { severity: 'INFO' }), asked('mediaRegistered', 'RECORDINGS_REGISTERED')], { slug: 'general-order-10', validFrom: '2026-03-01' }), 'chiefDallasPolice', deputy);
    expect((await found({ ...on('2026-03-02'), provenance: null, recordings: [] })).filter((each) => /PROVENANCE|MEDIA/.test(each)).sort()).toEqual(['ERROR MEDIA_REGISTERED_MISSING', 'ERROR PROVENANCE_MISSING']);
  });

  test.each<[string, Json, string]>([
    ['no slug', { slug: 'General Order' }, 'slug'],
    ['a slug of the coalition’s', { slug: 'coalition-default' }, 'slug'],
    ['no title', { title: ' ' }, 'title'],
    ['no ground', { basis: '' }, 'basis'],
    ['a day that is a slip of the pen', { validFrom: '0026-03-01' }, 'validFrom'],
    ['a day out of reach', { validFrom: '9999-01-01' }, 'validFrom'],
    ['a key that is none', { requirements: [asked('Not a key', 'WITNESS')] }, 'requirements.0.key'],
    ['one key twice', { requirements: [asked('one', 'WITNESS'), asked('one', 'NARRATIVE')] }, 'requirements.1.key'],
    ['a sentence that is empty', { requirements: [asked('one', 'WITNESS', { asks: '' })] }, 'requirements.0.asks'],
    ['an error that no referral could meet', { requirements: [asked('one', 'BY_HAND')] }, 'requirements.0.severity'],
    ['too much', { requirements: Array.from({ length: 51 }, (_, n) => asked(`k${'abcdefghijklmnopqrstuvwxyz'[n % 26]}${n > 25 ? 'x' : 'y'}`, 'WITNESS')) }, 'requirements'],
    ['a pack to copy that is not there', { basedOn: newId() }, 'basedOn'],
    ['a revision without a draft', { expectedRevision: 1 }, 'expectedRevision'],
  ])('with %s is BAD_USER_INPUT with field and remedy, and nothing is kept', async (_name, changes, field) => {
    const count = async () => (await world.database.owner`select count(*)::int as n from comity.readiness_packs`)[0]?.['n'];
    const before = await count();
    const { errors } = await world.as('chiefDallasPolice').ask(DRAFT, { input: ofOrder([], changes) });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field, remedy: expect.stringMatching(/\w{3}/) });
    expect(await count()).toBe(before);
  });

  test('takes a condition that is no word of the list not at all', async () => {
    expect(await ended(world, 'chiefDallasPolice', DRAFT, { input: ofOrder([asked('one', 'EVAL')]) })).toBe('BAD_USER_INPUT');
    expect(await ended(world, 'chiefDallasPolice', DRAFT, { input: ofOrder([asked('one', 'WITNESS', { kinds: ['1 = 1'] })]) })).toBe('BAD_USER_INPUT');
  });

  test('copies what another asks, the coalition’s too', async () => {
    const [base] = (await got(world, 'chiefDallasPolice', LIST, { filter: { coalition: true, states: ['IN_FORCE'] } }))['readinessPacks'].nodes;
    const { requirements: _none, ...heading } = ofOrder([]);
    const { pack } = (await got(world, 'chiefDallasPolice', DRAFT, { input: { ...heading, slug: 'copied', basedOn: base.id } }))['draftReadinessPack'];
    expect(pack.requirements).toEqual(base.requirements);
  });

  test('two who draft at once get two versions; of two who adopt at once one is told of the conflict', async () => {
    const drafts = await Promise.all(Array.from({ length: 6 }, () => got(world, 'chiefDallasPolice', DRAFT, { input: ofOrder([], { slug: 'at-once' }) })));
    expect(drafts.map((each) => each['draftReadinessPack'].pack.version).sort()).toEqual([1, 2, 3, 4, 5, 6]);
    const id = await proposed(world, ofOrder([], { slug: 'at-once' }));
    const third = await colleagueOf(world, 'chiefDallasPolice');
    expect((await Promise.all([ended(world, deputy, ADOPT, { input: { packId: id } }), ended(world, third, ADOPT, { input: { packId: id } })])).sort()).toEqual(['CONFLICT', 'OK']);
  });
});

describe('who', () => {
  test('another agency neither sees a draft nor touches it, and sees no pack in force of others', async () => {
    const id = await proposed(world, ofOrder([asked('witness', 'WITNESS')], { slug: 'unseen' }));
    const theirs = async (who: Asker) => (await got(world, who, LIST, { filter: { id } }))['readinessPacks'].totalCount;
    expect([await theirs('officerDallasPolice'), await theirs('chiefChicagoPolice'), await theirs('intakeDallas'), await theirs('administrator'), await theirs('auditor')]).toEqual([1, 0, 0, 0, 0]);
    for (const who of ['chiefChicagoPolice', 'administrator'] as const) {
      for (const [document, input] of [[ADOPT, { packId: id }], [WITHDRAW, { packId: id }], [PROPOSE, { packId: id, expectedRevision: 1 }], [DRAFT, ofOrder([], { packId: id, expectedRevision: 1, slug: 'unseen' })]] as const) {
        expect(await ended(world, who, document, { input }), who).toBe('NOT_FOUND');
      }
    }
    await got(world, deputy, ADOPT, { input: { packId: id } });
    expect([await theirs('chiefChicagoPolice'), await theirs('intakeDallas'), await theirs('administrator')]).toEqual([0, 1, 1]);
    expect(await ended(world, 'administrator', WITHDRAW, { input: { packId: id } })).toBe('FORBIDDEN');
    expect(await ended(world, 'chiefChicagoPolice', PREVIEW, { id })).toBe('NOT_FOUND');
  });

  test('an officer, a machine and an office draft none', async () => {
    for (const who of ['officerDallasPolice', 'machineDallasPolice', 'supervisorDallas', 'electedDallas', 'analyst', 'auditor'] as const) expect(await ended(world, who, DRAFT, { input: ofOrder([]) }), who).toBe('FORBIDDEN');
  });

  test('administrators draft and adopt the coalition’s; what they propose every agency sees and tries on its own referrals, and judges every agency once adopted', async () => {
    const draft = { slug: 'coalition-recordings', title: 'Recordings', issuedBy: 'Coalition', basis: 'Agreed by the offices.', validFrom: '2026-03-12', requirements: [asked('wordOnCounsel', 'ELECTED_OFFICIAL')] };
    const { pack } = (await got(world, 'administrator', DRAFT, { input: draft }))['draftReadinessPack'];
    expect(pack).toMatchObject({ agency: null, version: 1 });
    const seen = async (who: Asker) => (await got(world, who, LIST, { filter: { id: pack.id } }))['readinessPacks'].totalCount;
    expect([await seen('chiefDallasPolice'), await seen('intakeDallas'), await seen(secretary)]).toEqual([0, 0, 1]);
    await got(world, 'administrator', PROPOSE, { input: { packId: pack.id, expectedRevision: 1 } });
    expect([await seen('chiefDallasPolice'), await seen('intakeDallas')]).toEqual([1, 0]);
    expect(await ended(world, 'chiefDallasPolice', PREVIEW, { id: pack.id })).toBe('OK');
    expect(await ended(world, 'administrator', PREVIEW, { id: pack.id })).toBe('FORBIDDEN');
    expect(await ended(world, 'chiefDallasPolice', ADOPT, { input: { packId: pack.id } })).toBe('FORBIDDEN');
    expect(await ended(world, 'administrator', ADOPT, { input: { packId: pack.id } })).toBe('FORBIDDEN');
    await got(world, secretary, ADOPT, { input: { packId: pack.id } });
    for (const who of ['chiefDallasPolice', 'chiefChicagoPolice'] as const) expect(await found({ ...on('2026-03-13') }, who)).toContain('ERROR WORD_ON_COUNSEL_MISSING');
    expect(await found({ ...on('2026-03-13'), provenance: { decidedBy: 'Sgt. Pia Dalles', consulted: [], electedOfficial: 'NONE' } })).not.toContain('ERROR WORD_ON_COUNSEL_MISSING');
    // It began later than the default: a day between is judged by the default alone, and one before both softly by that.
    expect(await found({ ...on('2026-02-10') })).toEqual([]);
    expect((await onDay('2019-06-01')).requirements).toHaveLength(6);
  });
});

describe('the list', () => {
  test('pages through all that one sees, newest first, and filters by agency, coalition, slug and state', async () => {
    const all: Json[] = [];
    for (let after: string | null = null; ;) {
      const { readinessPacks }: Record<string, any> = await got(world, 'chiefDallasPolice', LIST, { first: 3, after });
      all.push(...readinessPacks.nodes);
      if (!readinessPacks.pageInfo.hasNextPage) break;
      after = readinessPacks.pageInfo.endCursor;
    }
    const { nodes, totalCount } = (await got(world, 'chiefDallasPolice', LIST, { first: 100 }))['readinessPacks'];
    expect(all).toEqual(nodes);
    expect(totalCount).toBe(all.length);
    const count = async (filter: Json) => (await got(world, 'chiefDallasPolice', LIST, { filter, first: 100 }))['readinessPacks'].totalCount;
    expect(await count({ agency: await agencyId('Dallas Police Department') })).toBe(await count({ coalition: false }));
    expect((await count({ coalition: true })) + (await count({ coalition: false }))).toBe(totalCount);
    expect(await count({ agency: await agencyId('Chicago Police Department') })).toBe(0);
    expect(await count({ slug: 'general-order-8', states: ['SUPERSEDED'] })).toBeGreaterThan(0);
    expect(await count({ slug: 'nowhere' })).toBe(0);
  });
});

describe('in the tables themselves', () => {
  test('nobody writes a pack into force, forges a proposer, or changes what is proposed', async () => {
    const id = await proposed(world, ofOrder([asked('witness', 'WITNESS')], { slug: 'by-hand' }));
    const { pack } = (await got(world, 'chiefDallasPolice', DRAFT, { input: ofOrder([asked('witness', 'WITNESS')], { slug: 'by-hand-too' }) }))['draftReadinessPack'];
    await seated(world.database, { as: world.memberIds.chiefDallasPolice }, async ({ refusal, touched }) => {
      expect(await refusal(`update comity.readiness_packs set state = 'IN_FORCE' where id = $1::uuid`, [id])).toBe('42501');
      expect(await refusal(`update comity.readiness_packs set state = 'DRAFT' where id = $1::uuid`, [id])).toBe('42501');
      expect(await refusal(`update comity.readiness_packs set valid_from = '2020-01-01' where id = $1::uuid`, [id])).toBe('42501');
      expect(await refusal(`update comity.readiness_packs set state = 'PROPOSED', proposed_by = $2::uuid where id = $1::uuid`, [pack.id, deputy.id])).toBe('42501');
      expect(await refusal('select comity.adopt_readiness_pack($1::uuid)', [id])).toBe('CM403');
      expect(await touched('delete from comity.pack_requirements where pack_id = $1::uuid', [id])).toBe(0);
    });
    for (const who of ['chiefChicagoPolice', 'officerDallasPolice', 'attorneyDallas', 'administrator'] as const) {
      await seated(world.database, { as: world.memberIds[who] }, async ({ refusal }) => {
        expect(await refusal('select comity.adopt_readiness_pack($1::uuid)', [id]), who).toBe(who === 'officerDallasPolice' ? 'CM403' : 'CM404');
        expect(await refusal(`insert into comity.readiness_packs (id, agency_id, slug, version, state, title, issued_by, basis, valid_from, drafted_by, drafted_at)
          select gen_random_uuid(), m.agency_id, 'forged', 1, 'DRAFT', 'x', 'x', 'x', '2026-01-01', $1::uuid, now() from comity.members m where m.id = $2::uuid`, [world.memberIds[who], world.memberIds.chiefDallasPolice]), who).toBe('42501');
      });
    }
  });
});

describe('the preview', () => {
  test('says how the agency’s own referrals of the last 90 days would have fared, by requirement, with samples, and reads no others', async () => {
    const own = await openWorld();
    try {
      const second = await colleagueOf(own, 'chiefDallasPolice');
      const send = async (by: 'chiefDallasPolice' | 'chiefChicagoPolice', changes: Json) => (await own.buildCase({ by, referral: changes })).referralId;
      const old = await send('chiefDallasPolice', { ...on('2026-03-10'), persons: [], reportNumber: 'OLD' });
      await own.database.owner`update comity.referrals set submitted_at = now() - interval '91 days' where id = ${old}`;
      await send('chiefDallasPolice', { ...on('2026-03-10'), reportNumber: 'GOOD' });
      await send('chiefDallasPolice', { ...on('2026-03-10'), persons: [], reportNumber: 'NO-WITNESS' });
      await send('chiefDallasPolice', { ...on('2026-03-10'), allegedOffences: [' '], reportNumber: 'NO-OFFENCE' });
      await send('chiefDallasPolice', { ...on('2026-02-10'), persons: [], reportNumber: 'EARLIER' });
      await send('chiefChicagoPolice', { ...on('2026-03-10'), persons: [], reportNumber: 'THEIRS' });
      const draft = ofOrder([asked('witness', 'WITNESS'), asked('offence', 'OFFENCE_CITED', { severity: 'WARN' })]);
      const { pack } = (await got(own, 'chiefDallasPolice', DRAFT, { input: draft }))['draftReadinessPack'];
      const preview = async (who: Asker, id: string = pack.id) => (await got(own, who, PREVIEW, { id }))['previewReadinessPack'];
      expect(await preview('chiefDallasPolice')).toEqual({
        since: expect.any(String), judged: 4, judgedCapped: false, refusedBefore: 0, refusedAfter: 1,
        requirements: [
          { requirement: 'general-order-7/offence', refusedBefore: 0, refusedAfter: 0, warnedBefore: 0, warnedAfter: 1 },
          { requirement: 'general-order-7/witness', refusedBefore: 0, refusedAfter: 1, warnedBefore: 0, warnedAfter: 0 },
        ],
        newlyRefused: [{ reportNumber: 'NO-WITNESS' }], newlyWarned: [{ reportNumber: 'NO-OFFENCE' }], noLongerRefused: [],
      });
      await got(own, 'chiefDallasPolice', PROPOSE, { input: { packId: pack.id, expectedRevision: 1 } });
      await got(own, second, ADOPT, { input: { packId: pack.id } });
      // In force it changes nothing; a version that asks nothing lets them through again.
      expect(await preview(second)).toMatchObject({ refusedBefore: 1, refusedAfter: 1, newlyRefused: [], noLongerRefused: [] });
      const next = (await got(own, second, DRAFT, { input: ofOrder([]) }))['draftReadinessPack'].pack;
      expect(await preview(second, next.id)).toMatchObject({ refusedBefore: 1, refusedAfter: 0, noLongerRefused: [{ reportNumber: 'NO-WITNESS' }] });
      await got(own, second, WITHDRAW, { input: { packId: next.id } });
      expect(await ended(own, second, PREVIEW, { id: next.id })).toBe('CONFLICT');
      for (const who of ['officerDallasPolice', 'machineDallasPolice', 'supervisorDallas', 'auditor'] as const) expect(await ended(own, who, PREVIEW, { id: pack.id }), who).toBe('FORBIDDEN');
      for (const id of [newId(), 'nothing']) expect(await ended(own, second, PREVIEW, { id })).toBe('NOT_FOUND');
    } finally {
      await own.close();
    }
  });

  test('judges the newest thousand, and says that there were more', async () => {
    const own = await openWorld();
    try {
      const { referralId } = await own.buildCase({ referral: on('2026-03-10') });
      const { owner } = own.database;
      await owner`insert into comity.referrals select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'report_number', 'N' || n))).* from comity.referrals r, generate_series(1, 1000) n where r.id = ${referralId}`;
      await owner`insert into comity.referral_packets select r.id, r.agency_id, p.document from comity.referrals r, comity.referral_packets p where p.referral_id = ${referralId} and r.id <> p.referral_id`;
      const { pack } = (await got(own, 'chiefDallasPolice', DRAFT, { input: ofOrder([asked('stairs', 'BY_HAND', { severity: 'WARN' })]) }))['draftReadinessPack'];
      expect((await got(own, 'chiefDallasPolice', PREVIEW, { id: pack.id }))['previewReadinessPack']).toMatchObject({ judged: 1000, judgedCapped: true, requirements: [{ requirement: 'general-order-7/stairs', warnedAfter: 1000 }] });
      await owner`delete from comity.referral_packets p using comity.referrals r where r.id = p.referral_id and r.report_number = 'N1'`;
      await owner`delete from comity.referrals where report_number = 'N1'`;
      expect((await got(own, 'chiefDallasPolice', PREVIEW, { id: pack.id }))['previewReadinessPack']).toMatchObject({ judged: 1000, judgedCapped: false });
    } finally {
      await own.close();
    }
  });

  test('batches are judged by the same packs', async () => {
    const referral = world.referral({ ...on('2026-03-10'), persons: [] });
    const { items } = (await got(world, 'machineDallasPolice', BATCH, { input: { referrals: [{ idempotencyKey: newId(), referral }] } }))['submitReferrals'];
    expect(items[0]).toMatchObject({ outcome: 'REFUSED' });
    expect(items[0].problems).toEqual(await problemsOf(referral));
  });
});
