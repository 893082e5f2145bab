import { createHash } from 'node:crypto';
import { newId } from '../src/kernel/ids.ts';
import type { BuiltCase, CastMember, Reply, World } from './world.ts';

export const SUPPLEMENT = `mutation ($input: SupplementReferralInput!) { supplementReferral(input: $input) {
  outcome supplement { id position document previousSha256 sha256 submittedBy { name } } referral { id state } problems { code severity path remedy } } }`;
const OF_REFERRAL = 'query ($id: ID!) { referral(id: $id) { id state unit packet packetSha256 supplements { id position document previousSha256 sha256 problems { code } submittedAt submittedBy { name } } outcome { stage reason note openItems } } }';
export const OF_CASE = `query ($id: ID) { case(id: $id) { stage version report { narrative supervisorIdentification { outcome } signature { signedBy } }
  supplements { id referralId agency { name } narrative supervisorIdentification { outcome note } signature { signedBy } sha256 submittedAt submittedBy { name } persons { name } recordings { holder } }
  persons { name part descriptors supplement { id } contact { phone email disclosureRefused } } recordings { kind holder device supplement { id } }
  referrals { agency { name } unit receivedAt state } events(first: 50) { nodes { act body actor { name } } } } }`;

/** A witness and a paper, told of later. */
export const LATER = {
  narrative: 'A shopkeeper came forward: the stairs were closed that night.',
  persons: [{ part: 'WITNESS', name: 'Shep Keeper', contact: { phone: '555-0177' } }],
  recordings: [{ kind: 'FIXED_CAMERA', holder: 'Invented Grocery', device: 'CAM-2', sha256: 'c'.repeat(64), capturedFrom: '2026-03-14T20:00:00-05:00' }],
} as const;

export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** Supplements as one world's cast sends them. */
export function supplements(world: World) {
  const ask = (who: CastMember, { referralId }: Pick<BuiltCase, 'referralId'>, supplement: object, key: string = newId()): Promise<Reply> =>
    world.as(who).ask(SUPPLEMENT, { input: { idempotencyKey: key, referralId, supplement } });
  return {
    ask,
    async send(who: CastMember, built: Pick<BuiltCase, 'referralId'>, supplement: object, key?: string) {
      const { data, errors } = await ask(who, built, supplement, key);
      if (errors || !data) throw new Error(`${who} was refused: ${JSON.stringify(errors)}`);
      return data['supplementReferral'];
    },
    /** How it ended: the outcome, or the code of its refusal. */
    async ended(who: CastMember, built: Pick<BuiltCase, 'referralId'>, supplement: object, key?: string): Promise<string> {
      const { data, errors } = await ask(who, built, supplement, key);
      return String(errors?.[0]?.extensions['code'] ?? data?.['supplementReferral'].outcome);
    },
    ofReferral: async (who: CastMember, { referralId }: BuiltCase) => (await world.as(who).get(OF_REFERRAL, { id: referralId }))['referral'],
    ofCase: async (who: CastMember, { id }: BuiltCase) => (await world.as(who).get(OF_CASE, { id }))['case'],
  };
}
