import { statement } from '../database/statement.ts';
import { forbidden } from '../kernel/errors.ts';
import type { Moment } from '../trail/act.ts';
import type { Pack } from './readiness.ts';

/** What a submission is judged by: the sending agency, and the packs that may hold for it. */
export interface Desk {
  readonly agency: { readonly ori: string | null };
  readonly packs: readonly Pack[];
}

/** The opening statement of an act that judges a referral: the agency, and which edition of the directives the database holds. */
export const ASK_DESK = [statement(`select a.ori, l.sha256 as edition from comity.agencies a
  left join comity.reference_loads l on l.file = 'directives.json' where a.id = comity.agency_id()`)];

const PACKS = `select coalesce(json_agg(json_build_object('slug', d.slug, 'effectiveFrom', d.effective_from, 'everyAgency', '*' = any (d.applies_to_agencies), 'requirements', (
    select json_agg(json_build_object('key', r.key, 'asks', r.asks, 'severity', r.severity, 'appliesWhen', r.applies_when, 'completeWhen', r.complete_when) order by r.position)
      from comity.requirements r where r.directive_id = d.id)) order by d.effective_from), '[]')::text as packs
  from comity.directives d where d.applies_to_agencies && array['*', $1]`;

/** Agencies whose packs are kept. */
const MOST = 1_000;

/** The packs of an edition, by agency: reading them anew costs as much as all else that a submission asks. They change only when reference data is loaded. */
const known = new Map<string | null, { readonly edition: string; readonly packs: readonly Pack[] }>();

/** The desk of the acting agency; the act must have opened with `ASK_DESK`. Throws FORBIDDEN where the actor has no agency. */
export async function deskOf({ opened, run }: Moment): Promise<Desk> {
  const [row] = opened[0]?.rows ?? [];
  if (!row) throw forbidden();
  const ori = row['ori'] === null ? null : String(row['ori']);
  const edition = String(row['edition']);
  const kept = known.get(ori);
  if (kept?.edition === edition) return { agency: { ori }, packs: kept.packs };
  const [found] = (await run(statement(PACKS, [ori]))).rows;
  const packs = JSON.parse(String(found?.['packs'])) as Pack[];
  if (known.size >= MOST) known.clear();
  if (row['edition'] !== null) known.set(ori, { edition, packs });
  return { agency: { ori }, packs };
}
