import type { DemandRegime } from './demand.rules.ts';

/** Where the departments' rules name the grounds on which they withhold: 28 CFR 16.26 (Justice), 6 CFR 5.48 (Homeland Security). */
const [DOJ, DHS] = ['28 CFR 16.26', '6 CFR 5.48'] as const;

interface Ground {
  readonly text: string;
  /** Where the rules of the department name it; a department that is not here does not. */
  readonly of: { readonly DOJ_TOUHY?: string; readonly DHS_TOUHY?: string };
}

/** The grounds on which something that was demanded may be withheld, and the rules that name them. */
export const GROUNDS = {
  NOT_APPROPRIATE: { text: 'Disclosure is not appropriate under the rules of procedure, or under the law of privilege.', of: { DOJ_TOUHY: `${DOJ}(a)`, DHS_TOUHY: `${DHS}(a)` } },
  STATUTE: { text: 'Disclosure would violate a statute or a rule of procedure.', of: { DOJ_TOUHY: `${DOJ}(b)`, DHS_TOUHY: `${DHS}(b)` } },
  REGULATION: { text: 'Disclosure would violate a specific regulation.', of: { DOJ_TOUHY: `${DOJ}(b)`, DHS_TOUHY: `${DHS}(b)` } },
  EXECUTIVE_ORDER: { text: 'Disclosure would violate an executive order.', of: { DHS_TOUHY: `${DHS}(b)` } },
  CLASSIFIED: { text: 'Disclosure would reveal classified information.', of: { DOJ_TOUHY: `${DOJ}(b)`, DHS_TOUHY: `${DHS}(b)` } },
  INFORMANT: { text: 'Disclosure would reveal a confidential source or informant.', of: { DOJ_TOUHY: `${DOJ}(b)`, DHS_TOUHY: `${DHS}(b)` } },
  OPEN_INVESTIGATION: { text: 'Disclosure would reveal investigatory records, and interfere with enforcement or reveal its techniques.', of: { DOJ_TOUHY: `${DOJ}(b)`, DHS_TOUHY: `${DHS}(b)` } },
  TRADE_SECRET: { text: 'Disclosure would reveal trade secrets without their owner’s consent.', of: { DOJ_TOUHY: `${DOJ}(b)`, DHS_TOUHY: `${DHS}(b)` } },
  OTHER: { text: 'Another ground, or none: what was said stands beside it.', of: {} },
} as const satisfies Record<string, Ground>;

export type WithheldGround = keyof typeof GROUNDS;
export const WITHHELD_GROUNDS = Object.keys(GROUNDS) as WithheldGround[];

const RULES: Readonly<Partial<Record<DemandRegime, string>>> = { DOJ_TOUHY: DOJ, DHS_TOUHY: DHS };

/**
 * Whether something demanded under a regime may be withheld on a ground: the citation that names it, null where no rule of the
 * regime lists grounds, or REFUSED with the rule that does not name it.
 */
export function groundUnder(regime: DemandRegime, ground: WithheldGround): { readonly citation: string | null } | { readonly refusedBy: string } {
  const rule = RULES[regime];
  if (rule === undefined || ground === 'OTHER') return { citation: null };
  const citation = (GROUNDS[ground] as Ground).of[regime as 'DOJ_TOUHY' | 'DHS_TOUHY'];
  return citation === undefined ? { refusedBy: rule } : { citation };
}
