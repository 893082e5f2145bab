import type { FreshDatabase } from './harness.ts';

/** Law and the coalition's own directory: no row of them says anything about a case, and every seat may read them. */
export const REFERENCE = [
  'agencies', 'directives', 'jurisdiction_counties', 'jurisdictions', 'members', 'reference_loads', 'role_ceilings', 'state_rules', 'statute_attestations', 'statute_versions', 'statutes',
] as const;

/** What the policies themselves read: a policy on them would be a hole (a walled member could not see the wall). */
export const DECIDING = ['closings', 'sight'] as const;

/** An agency's own, by its own policy; never read through `sight`. */
export const AGENCY_OWNED = ['attestations', 'idempotency_keys', 'referral_originals', 'referral_packets', 'referral_supplements', 'referrals'] as const;

/** An agency's own, or the coalition's for every agency: what a referral must show. It says nothing of any referral. */
export const PACKS = ['pack_requirements', 'readiness_packs'] as const;

/** An office's own, by its own policy: it says nothing of any case. */
export const OFFICE_OWNED = [
  'act_limits', 'admission_rules', 'agency_rules', 'calendar_feeds', 'conflict_declarations', 'rule_book_tests', 'rule_books', 'sharing_rules', 'statistics_rules', 'unit_members', 'units',
] as const;

/** What the deciding tables must hold; read by definer functions alone, without any grant. */
export const VIEWS = ['shares', 'wanted_closings', 'wanted_sight'] as const;

/** Read and written by definer functions alone: the application has no policy and no grant. */
export const BEHIND_FUNCTIONS = ['access_log', 'case_numbers', 'search_docs', 'statistics_cells', 'statistics_places', 'statistics_releases', 'statistics_terms', 'statistics_work', 'trail_heads'] as const;

/** A table that belongs to a case, and its column with the case's id. */
export interface Table {
  readonly name: string;
  readonly key: 'id' | 'case_id';
}

/** Every table that the lists above do not name: it belongs to a case. */
export async function tablesOf({ owner }: FreshDatabase): Promise<readonly Table[]> {
  const named: readonly string[] = [...REFERENCE, ...DECIDING, ...AGENCY_OWNED, ...PACKS, ...OFFICE_OWNED, ...BEHIND_FUNCTIONS];
  const found = await owner<{ name: string }[]>`select relname as name from pg_class where relnamespace = 'comity'::regnamespace and relkind in ('r', 'p') and not relispartition order by relname`;
  return found.filter(({ name }) => !named.includes(name)).map(({ name }) => ({ name, key: name === 'cases' ? 'id' : 'case_id' }));
}
