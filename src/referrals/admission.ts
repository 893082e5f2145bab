import { statement } from '../database/statement.ts';
import type { ElectedPart } from '../cases/report.table.ts';
import type { Admission } from '../rulebooks/rule.table.ts';
import type { Moment } from '../trail/act.ts';
import { problem, type Problem } from './problem.ts';
import type { ReferralInput } from './referral.inputs.ts';

/** What the office of the declared county does with a referral, by the part of an elected official in it. */
export interface AdmissionFound {
  readonly problems: readonly Problem[];
  /** The part for which its report is to be flagged. */
  readonly flaggedFor: ElectedPart | null;
}

const FREELY: AdmissionFound = { problems: [], flaggedFor: null };

/** Where the office has no rule of its own, or nobody serves the county. */
const UNLESS_TOLD = { CONSULTED: 'ACCEPT', DIRECTED: 'FLAG' } as const satisfies Partial<Record<ElectedPart, Admission>>;

const RULE = `select a.answer, a.basis from comity.jurisdiction_counties k
  join comity.rule_books b on b.jurisdiction_id = k.jurisdiction_id and b.state = 'IN_FORCE' join comity.admission_rules a on a.book_id = b.id
 where k.fips = $1 and a.part = $2`;

/** Asks the rule of the declared county's office. It is asked only where an elected official had a part: most referrals cost nothing here. */
export async function admissionOf({ run }: Pick<Moment, 'run'>, { incident, provenance }: ReferralInput): Promise<AdmissionFound> {
  const part = provenance?.electedOfficial ?? 'NONE';
  if (part === 'NONE') return FREELY;
  const [rule] = (await run(statement(RULE, [incident.countyFips, part]))).rows;
  switch ((rule?.['answer'] as Admission | undefined) ?? UNLESS_TOLD[part]) {
    case 'ACCEPT':
      return FREELY;
    case 'FLAG':
      return { problems: [], flaggedFor: part };
    case 'REFUSE':
      return { problems: [refusalOf(part, String(rule?.['basis']))], flaggedFor: null };
  }
}

const refusalOf = (part: 'CONSULTED' | 'DIRECTED', basis: string): Problem =>
  problem(
    'REFUSED_IMPROPER_DIRECTION', 'provenance.electedOfficial',
    `The office of this county takes no referral ${part === 'DIRECTED' ? 'that an elected official directed' : 'on which an elected official was consulted'}. ${basis}`,
    'Let a sworn supervisor of the agency decide on the facts alone, and say in the provenance how that came about; or ask the office.',
  );
