import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FACETS } from '../src/access/facets.ts';
import { newId } from '../src/kernel/ids.ts';
import { SEALS } from '../src/referrals/seal.ts';
import { servedSchema } from '../src/schema.ts';
import { withVenue } from './policies.world.ts';
import { loop, standing, withItem } from './returns.world.ts';
import { seated } from './seated.ts';
import { LATER, sha256, SUPPLEMENT, supplements } from './supplements.world.ts';
import { openWorld, type BuiltCase, type CastMember, type World } from './world.ts';

let world: World;
let play: ReturnType<typeof supplements>;
let returns: ReturnType<typeof loop>;
beforeAll(async () => {
  world = await openWorld();
  play = supplements(world);
  returns = loop(world);
});
afterAll(() => world.close());

const [AGENCY, OTHER_AGENCY] = ['chiefDallasPolice', 'chiefChicagoPolice'] as const;
const led = () => world.buildCase({ claimedBy: 'attorneyDallas' });
/** All that is kept of a referral and its case, row by row. */
const kept = async ({ id, referralId }: BuiltCase) => {
  const of = async (table: string, key: string, value: string) => (await world.database.owner.unsafe(`select md5(t::text) as row from comity.${table} t where ${key} = $1::text::uuid`, [value])).map(({ row }) => String(row)).sort();
  return {
    facts: [...await of('referrals', 'id', referralId), ...await of('referral_packets', 'referral_id', referralId), ...await of('case_reports', 'case_id', id)],
    parts: [...await of('persons', 'case_id', id), ...await of('person_contacts', 'case_id', id), ...await of('recordings', 'case_id', id), ...await of('referral_supplements', 'referral_id', referralId), ...await of('case_supplements', 'case_id', id)],
  };
};

describe('a supplement', () => {
  test('adds persons, recordings, a later attempt and a narrative to the case, and leaves every fact that was signed as it was', async () => {
    const built = await led();
    const before = await kept(built);
    const sent = await play.send('machineDallasPolice', built, {
      ...LATER, supervisorIdentification: { outcome: 'NAME_ONLY', name: 'Super Vizor', recordedOnCamera: false, note: 'At the station.' }, signature: { signedBy: 'Sgt. Pia Dalles', signedAt: '2026-03-20T09:00:00-05:00' },
    });
    expect(sent).toMatchObject({ outcome: 'RECEIVED', problems: [], supplement: { position: 1, submittedBy: { name: 'Dallas records system' } }, referral: { state: 'ACCEPTED' } });
    const found = await play.ofCase('attorneyDallas', built);
    expect(found.supplements).toMatchObject([{
      id: sent.supplement.id, referralId: built.referralId, agency: { name: 'Dallas Police Department' }, narrative: LATER.narrative, supervisorIdentification: { outcome: 'NAME_ONLY', note: 'At the station.' },
      signature: { signedBy: 'Sgt. Pia Dalles' }, sha256: sent.supplement.sha256, submittedBy: { name: 'Dallas records system' }, persons: [{ name: 'Shep Keeper' }, { name: 'Super Vizor' }], recordings: [{ holder: 'Invented Grocery' }],
    }]);
    expect(found.report).toMatchObject({ narrative: expect.stringContaining('pushed a bystander'), supervisorIdentification: { outcome: 'REFUSED' } });
    expect(found.persons.map(({ name }: { name: string }) => name)).toEqual([null, 'Vic Timson', 'Wit Nessler', 'Shep Keeper', 'Super Vizor']);
    expect(found.persons.map(({ supplement }: { supplement: { id: string } | null }) => supplement?.id ?? null)).toEqual([null, null, null, sent.supplement.id, sent.supplement.id]);
    expect(found.recordings).toMatchObject([{ device: 'BWC-1', supplement: null }, { device: 'CAM-2', supplement: { id: sent.supplement.id } }]);
    expect(found.version).toBe(built.version);
    const after = await kept(built);
    expect(after.facts).toEqual(before.facts);
    expect(after.parts).toEqual(expect.arrayContaining(before.parts));
    expect(after.parts).toHaveLength(before.parts.length + 6);
  });

  test('is in the trail with ids and its hash, never with what it says, and the chain is whole', async () => {
    const built = await led();
    const { supplement } = await play.send(AGENCY, built, LATER);
    const [newest] = (await play.ofCase('attorneyDallas', built)).events.nodes;
    expect(newest).toMatchObject({ act: 'SUPPLEMENTED', actor: { name: 'Sgt. Pia Dalles' } });
    expect(newest.body).toEqual({ referralId: built.referralId, supplementId: supplement.id, sha256: supplement.sha256 });
    expect((await world.as('auditor').get('{ verifyTrail { intact } }'))['verifyTrail'].intact).toBe(true);
  });

  test('is found by its words by whoever reads the report', async () => {
    const built = await world.buildCase();
    await play.send(AGENCY, built, { narrative: 'The zeppelin witness came forward.', persons: [{ part: 'WITNESS', name: 'Quentin Querulous' }] });
    const found = async (who: CastMember, text: string) => (await world.as(who).get('query ($text: String) { cases(filter: { text: $text }) { nodes { id } } }', { text }))['cases'].nodes;
    expect(await found('intakeDallas', 'zeppelin')).toEqual([{ id: built.id }]);
    expect(await found('intakeDallas', 'querulous')).toEqual([]);
    expect(await found('attorneyHennepin', 'zeppelin')).toEqual([]);
  });

  test('takes nothing that is sealed: the input has no such field', async () => {
    const built = await led();
    const input = servedSchema().getType('SupplementInput') as unknown as { getFields(): object };
    expect(Object.keys(input.getFields()).filter((field) => field !== 'answers').sort()).toEqual(Object.entries(SEALS).filter(([, rule]) => rule === 'APPENDS').map(([field]) => field).sort());
    for (const [field, value] of [['kind', 'DEATH'], ['reportNumber', 'OTHER'], ['incident', { occurredOn: '2026-03-15', countyFips: '27053', place: 'x' }], ['anyoneInjured', false]] as const) {
      expect(await play.ended(AGENCY, built, { narrative: 'x', [field]: value }), field).toBe('BAD_USER_INPUT');
    }
    expect((await play.ofCase('attorneyDallas', built)).supplements).toEqual([]);
  });

  test('has no other way to change what was signed: no seat writes the agency’s rows or the report by SQL', async () => {
    const built = await led();
    await play.send(AGENCY, built, LATER);
    for (const who of [AGENCY, 'machineDallasPolice', 'attorneyDallas', 'electedDallas', 'administrator'] as const) {
      await seated(world.database, { as: world.memberIds[who] }, async ({ refusal }) => {
        for (const write of [`update comity.referral_packets set document = '{}'`, `update comity.referral_supplements set document = '{}'`, 'delete from comity.referral_supplements', `update comity.case_supplements set narrative = 'x'`,
          `update comity.case_reports set narrative = 'x'`, `update comity.persons set name = 'x'`, `update comity.referrals set unit = 'x'`, `update comity.case_referrals set agency_id = null`]) {
          expect(await refusal(write), `${who}: ${write}`).toBe('42501');
        }
      });
    }
  });
});

describe('what a supplement opens', () => {
  const minors = { persons: [
    { part: 'VICTIM', name: 'Young Late', minorAtIncident: true, contact: { phone: '555-0181' } }, { part: 'WITNESS', name: 'Re Fuser', contact: { phone: '555-0182', disclosureRefused: true } }, { part: 'WITNESS', name: 'Op Ener', contact: { phone: '555-0183' } },
  ] };

  test('is what the referral’s own rows would: minors and refused contacts are protected, contacts are a facet of their own', async () => {
    const built = await led();
    await play.send(AGENCY, built, minors);
    const needs = await world.database.owner`select p.name, p.needs, k.needs as contact from comity.persons p join comity.person_contacts k on k.case_id = p.case_id and k.person_id = p.id where p.case_id = ${built.id} and p.supplement_id is not null order by p.position`;
    expect([...needs]).toEqual([
      { name: 'Young Late', needs: FACETS.PERSONS | FACETS.PROTECTED, contact: FACETS.VICTIM_CONTACT | FACETS.PROTECTED },
      { name: 'Re Fuser', needs: FACETS.PERSONS, contact: FACETS.VICTIM_CONTACT | FACETS.PROTECTED }, { name: 'Op Ener', needs: FACETS.PERSONS, contact: FACETS.VICTIM_CONTACT },
    ]);
  });

  test('shows a venue candidate of an unclaimed case its words, and neither persons nor recordings; after a claim nothing', async () => {
    const built = await world.buildCase();
    await withVenue(world, built, 'hennepin-mn');
    await play.send(AGENCY, built, { ...LATER, ...minors });
    const seen = await play.ofCase('attorneyHennepin', built);
    expect(seen.supplements).toMatchObject([{ narrative: LATER.narrative, persons: [], recordings: [] }]);
    expect([seen.persons, seen.recordings]).toEqual([[], []]);
    await world.as('attorneyDallas').get('mutation ($input: ClaimCaseInput!) { claimCase(input: $input) { case { id } } }', { input: { caseId: built.id, expectedVersion: built.version } });
    expect((await play.ofCase('attorneyHennepin', built)).supplements).toEqual([]);
    expect((await play.ofCase('recordsDallas', built)).persons).toEqual([]);
  });

  test('is closed by a wall as all of the case is', async () => {
    const built = await led();
    await world.as('secondDallas').get('mutation ($input: RecuseInput!) { recuse(input: $input) { case { id } } }', { input: { caseId: built.id, note: 'Kin.' } });
    await play.send(AGENCY, built, LATER);
    expect(await play.ofCase('secondDallas', built)).toBeNull();
    expect((await play.ofCase('supervisorDallas', built)).supplements).toHaveLength(1);
    await seated(world.database, { as: world.memberIds.secondDallas }, async ({ rows }) => expect(await rows('select 1 from comity.case_supplements where case_id = $1::uuid', [built.id])).toEqual([]));
  });
});

describe('the hashes', () => {
  const ordered = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(ordered);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, ordered(each)]));
  };

  test('of packet and supplements are what the agency computes for itself, from what it sent and from what it is given back', async () => {
    const built = await world.buildCase({ referral: { unit: 'Central – Bureau 2' } });
    const first = { ...LATER, recordings: [{ ...LATER.recordings[0], capturedFrom: '2026-03-15T01:00:00.000Z' }] };
    const parts = [first, { narrative: 'And “quoted” \\ words, naïve ones: 木.' }, { persons: [{ name: 'Third', part: 'WITNESS' }] }];
    for (const part of parts) await play.send(AGENCY, built, part);
    const { packet, packetSha256, supplements: chain, unit } = await play.ofReferral(AGENCY, built);
    expect(unit).toBe('Central – Bureau 2');
    expect(JSON.parse(packet)).toMatchObject({ unit: 'Central – Bureau 2', kind: 'FORCE' });
    expect(sha256(packet)).toBe(packetSha256);
    let before = packetSha256;
    for (const [at, part] of parts.entries()) {
      const computed = sha256(before + JSON.stringify(ordered(part)));
      expect(chain[at]).toMatchObject({ position: at + 1, previousSha256: before, sha256: computed, document: JSON.stringify(ordered(part)) });
      before = computed;
    }
    expect((await play.ofCase('supervisorDallas', built)).supplements.map((each: { sha256: string }) => each.sha256)).toEqual(chain.map((each: { sha256: string }) => each.sha256));
  });

  test('of a referral that names no unit is what it was before units were', async () => {
    const [none, nulled] = [world.referral(), { ...world.referral(), unit: null }];
    for (const referral of [none, nulled]) {
      const { submitReferral } = await world.as(AGENCY).get('mutation ($input: SubmitReferralInput!) { submitReferral(input: $input) { referral { packet unit } } }', { input: { idempotencyKey: newId(), referral } });
      expect(submitReferral.referral.unit).toBeNull();
      expect(submitReferral.referral.packet).not.toContain('unit');
    }
  });
});

describe('the same key', () => {
  test('with the same content answers the first result, also when the referral is over by then, and adds nothing', async () => {
    const [built, key] = [await led(), newId()];
    const first = await play.send(AGENCY, built, LATER, key);
    await standing(world, built, 'REFUSED');
    expect(await play.send('machineDallasPolice', built, LATER, key)).toMatchObject({ outcome: 'REPLAYED', supplement: { id: first.supplement.id, sha256: first.supplement.sha256 } });
    expect((await play.ofCase('attorneyDallas', built)).supplements).toHaveLength(1);
  });

  test('with other content, for another referral, or of a submission, is refused', async () => {
    const [built, another, key] = [await led(), await led(), newId()];
    await play.send(AGENCY, built, LATER, key);
    expect(await play.ended(AGENCY, built, { narrative: 'Other words.' }, key)).toBe('IDEMPOTENCY_KEY_REUSED');
    expect(await play.ended(AGENCY, another, LATER, key)).toBe('IDEMPOTENCY_KEY_REUSED');
    const submit = { idempotencyKey: key, referral: world.referral() };
    expect(await world.as(AGENCY).refused('mutation ($input: SubmitReferralInput!) { submitReferral(input: $input) { outcome } }', { input: submit })).toBe('IDEMPOTENCY_KEY_REUSED');
    const sent = { idempotencyKey: newId(), referral: world.referral() };
    await world.as(AGENCY).get('mutation ($input: SubmitReferralInput!) { submitReferral(input: $input) { outcome } }', { input: sent });
    expect(await play.ended(AGENCY, built, LATER, sent.idempotencyKey)).toBe('IDEMPOTENCY_KEY_REUSED');
    expect((await play.ofCase('attorneyDallas', another)).supplements).toEqual([]);
  });

  test('sent ten times at once adds once; ten keys at once make one unbroken chain', async () => {
    const [built, key] = [await led(), newId()];
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => play.ended(AGENCY, built, LATER, key)));
    expect(outcomes.sort()).toEqual(['RECEIVED', ...Array.from({ length: 9 }, () => 'REPLAYED')].sort());
    await Promise.all(Array.from({ length: 10 }, (_, at) => play.send(at % 2 ? AGENCY : 'machineDallasPolice', built, { narrative: `Words ${at}.`, persons: [{ part: 'WITNESS', name: `Wit ${at}` }] })));
    const { packetSha256, supplements: chain } = await play.ofReferral(AGENCY, built);
    expect(chain.map(({ position }: { position: number }) => position)).toEqual(Array.from({ length: 11 }, (_, at) => at + 1));
    expect(chain.map((each: { previousSha256: string }) => each.previousSha256)).toEqual([packetSha256, ...chain.slice(0, -1).map((each: { sha256: string }) => each.sha256)]);
    const [places] = await world.database.owner`select count(*)::int as n, count(distinct position)::int as places from comity.persons where case_id = ${built.id}`;
    expect(places).toEqual({ n: 14, places: 14 });
  });
});

describe('what a supplement lacks', () => {
  test.each([
    ['nothing at all', {}, ['SUPPLEMENT_EMPTY', '']], ['a signature under nothing', { signature: { signedBy: 'Sgt.', signedAt: '2026-03-20T00:00:00Z' } }, ['SUPPLEMENT_EMPTY', '']], ['blank words', { narrative: '  ' }, ['SUPPLEMENT_EMPTY', '']],
    ['a person whom nothing describes', { persons: [{ part: 'WITNESS' }] }, ['PERSON_UNKNOWN', 'persons[0]']], ['a recording without a holder', { recordings: [{ kind: 'DOCUMENT', holder: ' ' }] }, ['HOLDER_INVALID', 'recordings[0].holder']],
    ['a hash that is none', { recordings: [{ kind: 'AUDIO', holder: 'x', sha256: 'abc' }] }, ['HASH_INVALID', 'recordings[0].sha256']], ['a signature before the incident', { narrative: 'x', signature: { signedBy: 'Sgt.', signedAt: '2020-01-01T00:00:00Z' } }, ['SIGNATURE_INVALID', 'signature']],
    ['too many persons', { persons: Array.from({ length: 101 }, () => ({ part: 'WITNESS', name: 'x' })) }, ['TOO_MANY', 'persons']], ['a name without end', { persons: [{ part: 'WITNESS', name: 'x'.repeat(5_001) }] }, ['TOO_LONG', 'persons[0].name']],
  ])('%s: is told as a problem, and nothing is kept', async (_, supplement, [code, path]) => {
    const [built, key] = [await led(), newId()];
    const before = await kept(built);
    const sent = await play.send(AGENCY, built, supplement, key);
    expect(sent).toMatchObject({ outcome: 'REFUSED', supplement: null, problems: [{ code, path, severity: 'ERROR', remedy: expect.any(String) }] });
    expect(await kept(built)).toEqual(before);
    // The key is free for what is sent in its place.
    expect(await play.ended(AGENCY, built, LATER, key)).toBe('RECEIVED');
  });

  test('a key that is none is told likewise', async () => {
    const built = await led();
    for (const key of ['', ' ', 'k'.repeat(201)]) expect(await play.send(AGENCY, built, LATER, key)).toMatchObject({ outcome: 'REFUSED', problems: [{ code: 'KEY_INVALID', path: 'idempotencyKey' }] });
  });
});

describe('a supplement that answers', () => {
  test('closes the items that it names, in one act with what it brings, and brings the case back from its agency', async () => {
    const built = await led();
    const [clip, other] = await returns.returned('attorneyDallas', built, 'The clip.', 'The manual.');
    const key = newId();
    const supplement = { ...LATER, answers: [{ itemId: clip, note: 'It is the second recording.' }] };
    expect((await play.send(AGENCY, built, supplement, key)).referral.state).toBe('ACCEPTED');
    expect(await returns.ofReferral(AGENCY, built)).toMatchObject({ items: expect.arrayContaining([expect.objectContaining({ id: clip, state: 'RECEIVED' }), expect.objectContaining({ id: other, state: 'REQUESTED' })]) });
    expect((await play.ofCase('attorneyDallas', built)).stage).toBe('AWAITING_AGENCY');
    expect(await play.ended(AGENCY, built, supplement, key)).toBe('REPLAYED');
    await play.send(AGENCY, built, { answers: [{ itemId: other, note: 'It is at the records desk.' }] });
    const found = await play.ofCase('attorneyDallas', built);
    expect(found.stage).toBe('CLAIMED');
    expect(found.events.nodes.slice(0, 4).map(({ act }: { act: string }) => act)).toEqual(['ANSWERED', 'SUPPLEMENTED', 'ANSWERED', 'SUPPLEMENTED']);
  });

  test('an item that is no longer open is a CONFLICT, one of another referral NOT_FOUND, one named twice bad input; nothing of the supplement is kept', async () => {
    const [built, another] = [await led(), await led()];
    const [itemId, gone, elsewhere] = [await withItem(world, built), await withItem(world, built, { state: 'WAIVED' }), await withItem(world, another)];
    const before = await kept(built);
    const ended = (...ids: string[]) => play.ended(AGENCY, built, { ...LATER, answers: ids.map((each) => ({ itemId: each, note: 'Here.' })) });
    expect(await ended(itemId, gone)).toBe('CONFLICT');
    expect(await ended(itemId, elsewhere)).toBe('NOT_FOUND');
    expect(await ended(itemId, newId())).toBe('NOT_FOUND');
    expect(await ended(itemId, itemId)).toBe('BAD_USER_INPUT');
    expect(await ended()).toBe('BAD_USER_INPUT');
    expect(await kept(built)).toEqual(before);
    expect((await returns.ofReferral(AGENCY, built)).items.find(({ id }: { id: string }) => id === itemId).state).toBe('REQUESTED');
  });
});

describe('who and when', () => {
  test.each(['SUBMITTED', 'RETURNED', 'RESUBMITTED', 'ACCEPTED', 'REFUSED', 'WITHDRAWN'])('in state %s', async (state) => {
    const built = await led();
    await standing(world, built, state);
    expect(await play.ended(AGENCY, built, LATER)).toBe(state === 'REFUSED' || state === 'WITHDRAWN' ? 'CONFLICT' : 'RECEIVED');
    expect((await play.ofReferral(AGENCY, built)).state).toBe(state);
  });

  test('two hundred are the most: what comes then is a CONFLICT that says what to do', async () => {
    const built = await led();
    await play.send(AGENCY, built, LATER);
    await world.database.owner`update comity.referral_supplements set position = 200 where referral_id = ${built.referralId}`;
    const { errors } = await play.ask(AGENCY, built, { narrative: 'One more.' });
    expect(errors?.[0]).toMatchObject({ message: expect.stringContaining('Send what is new as a referral of its own'), extensions: { code: 'CONFLICT' } });
  });

  test('another agency finds no such referral, in the same bytes as where there is none', async () => {
    const built = await led();
    const [hidden, absent] = [await play.ask(OTHER_AGENCY, built, LATER, 'a-key'), await play.ask(OTHER_AGENCY, { referralId: newId() }, LATER, 'a-key')];
    expect(JSON.stringify(hidden)).toBe(JSON.stringify(absent));
    expect(hidden.errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
    expect(await play.ofReferral(OTHER_AGENCY, built)).toBeNull();
  });

  test('an officer, an office, an administrator may not, at the door and in the database', async () => {
    const built = await led();
    for (const who of ['officerDallasPolice', 'attorneyDallas', 'supervisorDallas', 'administrator', 'auditor', 'analyst'] as const) {
      expect(await world.as(who).refused(SUPPLEMENT, { input: { idempotencyKey: newId(), referralId: built.referralId, supplement: LATER } }), who).toBe('FORBIDDEN');
      await seated(world.database, { as: world.memberIds[who] }, async ({ refusal }) => expect(await refusal(`select comity.supplement_referral($1::uuid, '{}')`, [built.referralId]), who).toBe('CM403'));
    }
    const call = `select comity.supplement_referral($1::uuid, '{"refused": false}')`;
    await seated(world.database, { as: world.memberIds.chiefChicagoPolice }, async ({ refusal, rows }) => {
      expect(await refusal(call, [built.referralId])).toBe('CM404');
      await rows(`select set_config('comity.agency', (select agency_id::text from comity.members where id = $1::uuid), true)`, [world.memberIds.chiefDallasPolice]);
      expect(await refusal(call, [built.referralId])).toBe('CM403');
    });
  });

  test('sent by SQL it plants no contact on somebody else’s person, and opens no row wider than it holds', async () => {
    const built = await led();
    const packet = (more: object) => JSON.stringify({ id: newId(), key: newId(), fingerprint: 'x', refused: false, document: '{}', problems: [], states: ['ACCEPTED'], answers: null, narrative: 'x', identification: null, signature: null, persons: [], contacts: [], recordings: [], ...more });
    const call = 'select outcome from comity.supplement_referral($1::uuid, $2::text::jsonb)';
    await seated(world.database, { as: world.memberIds[AGENCY] }, async ({ refusal }) => {
      expect(await refusal(call, [built.referralId, packet({ contacts: [{ person_id: built.personIds[0], needs: 1, phone: '555-0100', disclosure_refused: false }] })])).toBe('CM400');
    });
    await play.send(AGENCY, built, LATER);
    for (const table of ['case_supplements', 'persons', 'recordings']) {
      const [least] = await world.database.owner.unsafe(`select min(needs) as needs from comity.${table} where case_id = $1::text::uuid`, [built.id]);
      expect(Number(least?.['needs']), table).toBeGreaterThan(1);
    }
  });
});
