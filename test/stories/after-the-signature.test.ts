import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../src/kernel/ids.ts';
import { loop } from '../returns.world.ts';
import { adopted } from '../rulebooks.world.ts';
import { sha256, supplements } from '../supplements.world.ts';
import { openWorld, type BuiltCase, type World } from '../world.ts';

let world: World;
let play: ReturnType<typeof supplements>;
let returns: ReturnType<typeof loop>;
let built: BuiltCase;
let signed: { packet: string; packetSha256: string };
beforeAll(async () => {
  world = await openWorld();
  play = supplements(world);
  returns = loop(world);
  await adopted(world, { sharing: [], agency: ['STATUS', 'ITEMS', 'OUTCOME', 'REASON'].map((show) => ({ show, basis: 'Agreed with the police departments of the county.' })) });
});
afterAll(() => world.close());

const TODAY = () => new Date().toISOString().slice(0, 10);
const MONTHS_AGO = () => new Date(Date.now() - 60 * 86_400_000).toISOString().slice(0, 10);

describe('what happens to a referral after it was signed', () => {
  test('the Central station of Dallas police signs and sends it; what was signed is sealed with a hash', async () => {
    built = await world.buildCase({ referral: { unit: 'Central' } });
    signed = await play.ofReferral('chiefDallasPolice', built);
    expect(sha256(signed.packet)).toBe(signed.packetSha256);
  });

  test('two days later a shopkeeper comes forward with a recording: the station cannot change the referral, and adds to it', async () => {
    expect(await play.ended('chiefDallasPolice', built, { narrative: 'He was held there.', anyoneInjured: false })).toBe('BAD_USER_INPUT');
    await play.send('machineDallasPolice', built, {
      narrative: 'The owner of a grocery saw it and has a camera.', persons: [{ part: 'WITNESS', name: 'Shep Keeper', contact: { phone: '555-0177' } }],
      recordings: [{ kind: 'FIXED_CAMERA', holder: 'Invented Grocery', device: 'CAM-2', capturedFrom: '2026-03-14T20:00:00-05:00' }],
    });
  });

  test('intake in Dallas sees it beside the report, dated and by whom; before a claim the witness is nobody’s to read', async () => {
    const seen = await play.ofCase('intakeDallas', built);
    expect(seen.report.narrative).toContain('pushed a bystander');
    expect(seen.supplements).toMatchObject([{ narrative: 'The owner of a grocery saw it and has a camera.', submittedBy: { name: 'Dallas records system' }, persons: [], recordings: [] }]);
  });

  test('a deputy claims, asks for the hospital’s release and the second camera; the station answers one with a paper, and disputes the other', async () => {
    await world.as('attorneyDallas').get('mutation ($input: ClaimCaseInput!) { claimCase(input: $input) { case { id } } }', { input: { caseId: built.id, expectedVersion: built.version } });
    const [release, camera] = await returns.returned('attorneyDallas', built, 'The hospital’s release.', 'The second camera.');
    expect((await play.ofReferral('chiefDallasPolice', built)).outcome).toEqual({ stage: 'AWAITING_AGENCY', reason: null, note: null, openItems: 2 });
    await play.send('chiefDallasPolice', built, {
      recordings: [{ kind: 'DOCUMENT', holder: 'Records desk', sha256: 'd'.repeat(64), note: 'The release.' }], answers: [{ itemId: release, note: 'It is at the records desk.' }],
      signature: { signedBy: 'Sgt. Pia Dalles', signedAt: '2026-03-20T09:00:00-05:00' },
    });
    await returns.tell('chiefDallasPolice', 'disputeReturnItem', { itemId: camera, reason: 'There was one camera.' });
    await returns.tell('supervisorDallas', 'resolveDispute', { caseId: built.id, itemId: camera, outcome: 'UPHELD', note: 'So the log says.' });
    expect((await play.ofReferral('chiefDallasPolice', built)).outcome).toEqual({ stage: 'CLAIMED', reason: null, note: null, openItems: 0 });
  });

  test('the team has all of it, each thing with the supplement that it came with', async () => {
    const found = await play.ofCase('attorneyDallas', built);
    expect(found.persons.find(({ name }: { name: string }) => name === 'Shep Keeper')).toMatchObject({ contact: { phone: '555-0177' }, supplement: { id: found.supplements[0].id } });
    expect(found.recordings.at(-1)).toMatchObject({ kind: 'DOCUMENT', holder: 'Records desk', supplement: { id: found.supplements[1].id } });
    expect(found.supplements[1].signature).toEqual({ signedBy: 'Sgt. Pia Dalles' });
  });

  test('station and office read the same scorecard of the station', async () => {
    const card = async (who: 'chiefDallasPolice' | 'supervisorDallas') => {
      const { me } = await world.as('chiefDallasPolice').get('{ me { agency { id } } }');
      return (await world.as(who).get('query ($id: ID!, $from: Date!, $to: Date!) { agencyScorecard(agency: $id, from: $from, to: $to, unit: "Central") { rows { unit referrals returned itemsAsked itemsAnswered itemsLate disputesUpheld } } }',
        { id: me.agency.id, from: MONTHS_AGO(), to: TODAY() }))['agencyScorecard'].rows;
    };
    const row = { unit: 'Central', referrals: 1, returned: 1, itemsAsked: 2, itemsAnswered: 1, itemsLate: 0, disputesUpheld: 1 };
    expect([await card('chiefDallasPolice'), await card('supervisorDallas')]).toEqual([[row], [row]]);
  });

  test('the office refuses it in the end, and says why; nothing is added to it any more', async () => {
    await returns.tell('supervisorDallas', 'refuseReferral', { caseId: built.id, reason: 'NO_OFFENCE', note: 'The recording shows no force.' });
    expect((await play.ofReferral('chiefDallasPolice', built)).outcome).toEqual({ stage: 'CLOSED', reason: 'NO_OFFENCE', note: 'The recording shows no force.', openItems: 0 });
    expect(await play.ended('chiefDallasPolice', built, { narrative: 'One thing more.' }, newId())).toBe('CONFLICT');
  });

  test('and years later the department proves what it signed and what it added, from its own copies', async () => {
    const { packet, packetSha256, supplements: chain } = await play.ofReferral('chiefDallasPolice', built);
    expect([packet, packetSha256]).toEqual([signed.packet, signed.packetSha256]);
    const recomputed = chain.reduce((hash: string, { document }: { document: string }) => sha256(hash + document), sha256(packet));
    expect(recomputed).toBe(chain.at(-1).sha256);
    expect((await play.ofCase('attorneyDallas', built)).supplements.at(-1).sha256).toBe(recomputed);
    expect((await world.as('auditor').get('{ verifyTrail { intact } }'))['verifyTrail'].intact).toBe(true);
  });
});
