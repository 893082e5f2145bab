import { sql } from 'drizzle-orm';
import { reclockedBehind } from '../clocks/reclock.ts';
import { Shown } from '../database/lookahead.ts';
import { one } from '../database/shape.ts';
import { statement } from '../database/statement.ts';
import { notFound } from '../kernel/errors.ts';
import { idOrNull, newId } from '../kernel/ids.ts';
import { act } from '../trail/act.ts';
import { addition, answersOf, known, referralShown } from './answer.acts.ts';
import { canonicalJson, sha256 } from './packet.ts';
import { attemptOf, rowsOf } from './parts.ts';
import { problem, refuses, type Problem } from './problem.ts';
import { isKey, isUnkeepable, KEY_INVALID, keyReused, NOT_KEPT } from './referral.acts.ts';
import { REFERRAL_MOVES } from './return.rules.ts';
import type { AppendedField } from './seal.ts';
import type { SupplementInput, SupplementReferralInput } from './supplement.inputs.ts';
import { referralSupplements } from './supplement.table.ts';
import { appendedProblems } from './wellformed.ts';

/**
 * Adds to a sealed referral and to its case, and changes nothing that stands. Problems of severity ERROR refuse it as data.
 * Throws NotFound for a referral that is not the agency's or an answer to an item that is not the referral's, Conflict
 * where the referral is refused or withdrawn or an item is no longer open, BadInput for answers that cannot be,
 * IDEMPOTENCY_KEY_REUSED where the key came before with other content.
 */
export const supplementReferral = act('referral:answer', async ({ opened }, { idempotencyKey: key, referralId, supplement }: SupplementReferralInput) => {
  const id = known(referralId);
  const [own] = opened[0]?.rows ?? [];
  if (own === undefined) throw notFound();
  if (!isKey(key)) return { payload: refusal(id, [KEY_INVALID]) };
  const answers = supplement.answers == null ? null : addition(answersOf(supplement.answers, 'supplement.answers'));
  const problems = problemsOf(supplement, String(own['incident_on']));
  const document = canonicalJson(supplement);
  const arrival = {
    id: newId(), key, fingerprint: `${id.toLowerCase()}:${sha256(document)}`, refused: refuses(problems), document, problems, states: Object.keys(REFERRAL_MOVES.supplement), answers,
    narrative: supplement.narrative ?? null, identification: attemptOf(supplement), signature: supplement.signature ?? null, ...rowsOf(supplement),
  };
  return {
    payload: { supplement: supplementKeyed(key), referral: referralShown(id) },
    end: [statement('select outcome, problems from comity.supplement_referral($1::uuid, $2::text::jsonb)', [id, JSON.stringify(arrival)])],
    after: reclockedBehind(id),
    amended: ([answer]) => {
      const [row] = answer?.rows ?? [];
      switch (row?.['outcome']) {
        case 'RECEIVED':
          return { outcome: 'RECEIVED', problems };
        case 'REPLAYED':
          // The first result, with what it was judged by then.
          return { outcome: 'REPLAYED', problems: JSON.parse(String(row['problems'])) as Problem[] };
        case 'REFUSED':
          return { outcome: 'REFUSED', problems, supplement: null };
        case 'KEY_REUSED':
          throw keyReused();
        default:
          throw new Error('a supplement was neither received nor refused');
      }
    },
    refused: (fault) => (isUnkeepable(fault) ? { ...refusal(id, [...problems, NOT_KEPT]), referral: null } : undefined),
  };
}, ({ referralId }) => [statement('select incident_on::text from comity.referrals where id = $1::uuid and agency_id = comity.agency_id()', [idOrNull(referralId)])]);

const refusal = (id: string, problems: readonly Problem[]) => ({ outcome: 'REFUSED', problems, supplement: null, referral: referralShown(id) });

const isFilled = (list: readonly unknown[] | null | undefined): boolean => (list?.length ?? 0) > 0;

/** Whether a supplement adds to each of the fields that it may add to; a signature alone signs nothing. */
const ADDS = {
  narrative: ({ narrative }) => narrative != null && narrative.trim() !== '',
  supervisorIdentification: ({ supervisorIdentification }) => supervisorIdentification != null,
  recordings: ({ recordings }) => isFilled(recordings),
  persons: ({ persons }) => isFilled(persons),
  signature: () => false,
} as const satisfies Record<AppendedField, (supplement: SupplementInput) => boolean>;

const problemsOf = (supplement: SupplementInput, incidentOn: string): Problem[] => [
  ...(supplement.answers != null || Object.values(ADDS).some((adds) => adds(supplement)) ? [] : [EMPTY]), ...appendedProblems(supplement, incidentOn, new Date()),
];

const EMPTY = problem('SUPPLEMENT_EMPTY', '', 'This supplement adds nothing.', 'Give a narrative, a later attempt to identify, persons, recordings or answers.');

const supplementKeyed = (key: string): Shown =>
  new Shown(({ given }) => one('ReferralSupplement', referralSupplements, (supplement) => sql`${supplement.agencyId} = (select comity.agency_id()) and ${supplement.key} = ${given(0)}`), [key]);
