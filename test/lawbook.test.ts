import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../src/kernel/ids.ts';
import { statuteOf } from './policies.world.ts';
import { openWorld, type CastMember, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const ATTEST = 'mutation ($input: AttestStatuteInput!) { attestStatute(input: $input) { statute { citation versions { id attestedBy revision } } } }';

interface Text {
  readonly id: string;
  readonly revision: number;
}

/** A text of the law as every seat reads it. */
const textOf = async (citation: string): Promise<Text & { attestedBy: string | null }> => {
  const { statutes } = await world.as('analyst').get('query ($citation: String) { statutes(filter: {citation: $citation}) { nodes { citation versions { id revision attestedBy } } } }', { citation });
  return statutes.nodes.find((node: { citation: string }) => node.citation === citation).versions.at(-1);
};
const attest = (who: CastMember, { id, revision }: Text) => world.as(who).ask(ATTEST, { input: { versionId: id, expectedRevision: revision } });
const refused = async (who: CastMember, text: Text) => {
  const { errors } = await attest(who, text);
  return { message: errors?.[0]?.message, ...errors?.[0]?.extensions } as Record<string, unknown>;
};

describe('counsel’s word under a text of law', () => {
  test('names the attorney and the office, and everybody reads it', async () => {
    const text = await textOf('Tex. Penal Code 22.02');
    expect(text.attestedBy).toBeNull();
    const { data, errors } = await attest('attorneyDallas', text);
    expect(errors).toBeUndefined();
    expect(data?.['attestStatute'].statute).toEqual({ citation: 'Tex. Penal Code 22.02', versions: [{ id: text.id, revision: 1, attestedBy: expect.stringMatching(/^Ada Attwell, .*Dallas/) }] });
    expect((await textOf('Tex. Penal Code 22.02')).attestedBy).toMatch(/^Ada Attwell, /);
    expect(await world.database.owner`select member_id, revision from comity.statute_attestations where version_id = ${text.id}`).toEqual([{ member_id: world.memberIds.attorneyDallas, revision: 1 }]);
  });

  test('is given once: the second attorney is told by whom', async () => {
    const text = await textOf('Tex. Penal Code 22.05');
    await attest('supervisorDallas', text);
    expect(await refused('attorneyDallas', text)).toMatchObject({ code: 'CONFLICT', attestedBy: expect.stringMatching(/, .*Dallas/), remedy: expect.any(String) });
  });

  test('of two attorneys at once is kept once', async () => {
    const text = await textOf('Tex. Penal Code 30.05');
    const replies = await Promise.all((['attorneyDallas', 'secondDallas', 'supervisorDallas', 'electedDallas'] as const).map((who) => attest(who, text)));
    expect(replies.filter(({ errors }) => !errors)).toHaveLength(1);
    for (const { errors } of replies) if (errors) expect(errors[0]?.extensions).toMatchObject({ code: 'CONFLICT' });
    expect(await world.database.owner`select 1 from comity.statute_attestations where version_id = ${text.id}`).toHaveLength(1);
  });

  test('is that of an attorney of the state, and of no other', async () => {
    const text = await textOf('Tex. Penal Code 37.03');
    expect(await refused('attorneyHennepin', text)).toMatchObject({ code: 'FORBIDDEN', message: expect.stringContaining('attorney of that state') });
    expect(await refused('intakeDallas', text)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await refused('attorneyDallas', { id: newId(), revision: 1 })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refused('attorneyDallas', { id: 'no id', revision: 1 })).toMatchObject({ code: 'NOT_FOUND' });
    expect((await textOf('Tex. Penal Code 37.03')).attestedBy).toBeNull();
  });

  test('falls when the text says something else, and a reader of the former wording is told so', async () => {
    const text = await textOf('Tex. Penal Code 37.08');
    await attest('attorneyDallas', text);
    await world.database.owner`update comity.statute_versions set max_penalty = 'Another penalty' where id = ${text.id}`;
    expect(await textOf('Tex. Penal Code 37.08')).toMatchObject({ attestedBy: null, revision: 2 });
    expect(await refused('attorneyDallas', text)).toMatchObject({ code: 'CONFLICT', revision: 2, remedy: expect.any(String) });
    expect((await attest('attorneyDallas', { id: text.id, revision: 2 })).errors).toBeUndefined();
  });

  test('stays when the text only ends', async () => {
    const text = await textOf('Tex. Penal Code 37.10');
    await attest('attorneyDallas', text);
    await world.database.owner`update comity.statute_versions set valid_to = '2030-12-31' where id = ${text.id}`;
    expect(await textOf('Tex. Penal Code 37.10')).toMatchObject({ attestedBy: expect.any(String), revision: 1 });
  });

  test('is listed with all that was confirmed before, and says which still holds', async () => {
    const text = await textOf('Tex. Penal Code 37.03');
    await attest('attorneyDallas', text);
    await world.database.owner`update comity.statute_versions set max_penalty = 'Yet another' where id = ${text.id}`;
    const listed = async (who: CastMember) => {
      const { statutes } = await world.as(who).get('{ statutes(filter: {citation: "Tex. Penal Code 37.03"}) { nodes { versions { attestedBy attestations { attestedBy at revision current member { name office { slug } } } } } } }');
      return statutes.nodes[0].versions[0];
    };
    const first = { attestedBy: expect.stringMatching(/^Ada Attwell, .*Dallas/), at: expect.stringMatching(/Z$/), revision: 1, current: false, member: { name: 'Ada Attwell', office: { slug: 'dallas-tx' } } };
    expect(await listed('analyst')).toEqual({ attestedBy: null, attestations: [first] });
    await attest('electedDallas', { id: text.id, revision: 2 });
    const { attestedBy, attestations } = await listed('chiefDallasPolice');
    expect(attestations).toEqual([first, { ...first, attestedBy, revision: 2, current: true, member: { name: 'Ella Ectedson', office: { slug: 'dallas-tx' } } }]);
  });

  test('is kept for good: not even the owner changes who gave it', async () => {
    await expect(world.database.owner`update comity.statute_attestations set attested_by = 'Somebody'`).rejects.toMatchObject({ code: '42501' });
  });
});

test('a charge says as long as it stands on a text that nobody has confirmed, and again when that word falls', async () => {
  const built = await world.buildCase({ claimedBy: 'attorneyDallas' });
  await world.as('attorneyDallas').get('mutation ($input: ProposeChargeInput!) { proposeCharge(input: $input) { charge { id } } }', { input: { caseId: built.id, personId: built.personIds[0], statuteId: await statuteOf(world, built), counts: 1 } });
  const shown = async () => {
    const { case: { charges: [charge] } } = await world.as('attorneyDallas').get('query ($id: ID!) { case(id: $id) { charges { statute { citation } version { id revision } warnings { code } } } }', { id: built.id });
    return { text: charge.version as Text, codes: charge.warnings.map(({ code }: { code: string }) => code) as string[] };
  };
  const { text, codes } = await shown();
  expect(codes).toContain('UNATTESTED');
  await attest('attorneyDallas', text);
  expect((await shown()).codes).toEqual(codes.filter((code) => code !== 'UNATTESTED'));
  await world.database.owner`update comity.statute_versions set class = class || ' ' where id = ${text.id}`;
  expect((await shown()).codes).toEqual(codes);
});

describe('the law as of a day', () => {
  const AS_OF = `query ($filter: StatuteFilter, $asOf: Date) { statutes(filter: $filter, asOf: $asOf) {
    nodes { citation versions(asOf: $asOf) { validFrom validTo supersededBy { citation } } supersedes { citation } } } }`;
  const asOf = async (filter: object, day: string | null) => (await world.as('attorneyDallas').get(AS_OF, { filter, asOf: day }))['statutes'].nodes;

  async function invented(citation: string, from: string | null, to: string | null, successor: string | null = null): Promise<string> {
    const id = newId();
    await world.database.owner`insert into comity.statutes (id, state, code, citation, title, tags, keywords) values (${id}, 'TX', 'TEX_CCP', ${citation}, 'Invented venue', '{recodified}', 'recodified')`;
    await world.database.owner`insert into comity.statute_versions (id, statute_id, valid_from, valid_to, superseded_by, class, level, elements, limitation, max_penalty, nibrs, applies_to_federal_officer, source, confidence)
      values (gen_random_uuid(), ${id}, ${from}, ${to}, ${successor}, 'Class', 'FELONY', '[]', '{"kind": "NONE", "startsAt": null, "months": null, "citation": "", "note": ""}', '', '', 'YES', '', 'HIGH')`;
    return id;
  }

  test('of a provision that Texas recodified on 1 January 2025 is the text of that day, and the old citation leads to the new one', async () => {
    const later = await invented('Tex. Code Crim. Proc. art. 13A.999', '2025-01-01', null);
    await invented('Tex. Code Crim. Proc. art. 13.999', null, '2024-12-31', later);
    const citations = async (filter: object, day: string | null) => (await asOf(filter, day)).map((node: { citation: string }) => node.citation);
    const [old, now] = ['Tex. Code Crim. Proc. art. 13.999', 'Tex. Code Crim. Proc. art. 13A.999'];
    expect(await citations({ citation: 'C.C.P. art. 13.999' }, null)).toEqual([old, now]);
    expect(await citations({ citation: 'C.C.P. art. 13.999' }, '2024-12-31')).toEqual([old]);
    expect(await citations({ citation: 'C.C.P. art. 13.999' }, '2025-01-01')).toEqual([now]);
    expect(await citations({ text: 'is it art. under Code of Criminal Procedure art. 13.999' }, '2025-01-01')).toEqual([now]);
    expect(await citations({ tag: 'recodified' }, '2025-01-01')).toEqual([now]);
    expect(await asOf({ citation: old }, null)).toEqual([
      { citation: old, versions: [{ validFrom: null, validTo: '2024-12-31', supersededBy: { citation: now } }], supersedes: [] },
      { citation: now, versions: [{ validFrom: '2025-01-01', validTo: null, supersededBy: null }], supersedes: [{ citation: old }] },
    ]);
  });

  test('shows of several texts the one in force, first and last day included', async () => {
    const { owner } = world.database;
    const id = await invented('Tex. Code Crim. Proc. art. 99.001', '2000-01-01', '2009-12-31');
    await owner`insert into comity.statute_versions select (json_populate_record(v, json_build_object('id', gen_random_uuid(), 'valid_from', '2010-01-01', 'valid_to', null))).* from comity.statute_versions v where v.statute_id = ${id}`;
    const from = async (day: string) => (await asOf({ id }, day)).flatMap((node: { versions: { validFrom: string }[] }) => node.versions.map(({ validFrom }) => validFrom));
    expect(await Promise.all(['1999-12-31', '2000-01-01', '2009-12-31', '2010-01-01'].map(from))).toEqual([[], ['2000-01-01'], ['2000-01-01'], ['2010-01-01']]);
  });

  test('is found by words and tags too, and with a day in the filter both hold', async () => {
    expect((await asOf({ text: 'official oppression', state: 'TX' }, '2026-01-01'))[0]).toMatchObject({ citation: 'Tex. Penal Code 39.03' });
    expect(await asOf({ citation: 'Tex. Penal Code 20.03', inForceOn: '1994-08-31' }, '2026-01-01')).toEqual([]);
    expect(await asOf({ citation: 'Tex. Penal Code 20.03' }, '1994-08-31')).toEqual([]);
  });
});
