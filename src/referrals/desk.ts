import { statement } from '../database/statement.ts';
import { forbidden } from '../kernel/errors.ts';
import type { Moment } from '../trail/act.ts';
import { PACKS } from './pack.store.ts';
import type { Pack } from './readiness.ts';

/** What a submission is judged by: the sending agency, and the packs that may hold for it. */
export interface Desk {
  readonly agency: { readonly ori: string | null };
  readonly packs: readonly Pack[];
}

/**
 * The opening statement of an act that judges a referral: the agency, and which packs are in force for it, in which edition of the
 * directives. What a pack in force asks changes with the edition alone, so a pack that is adopted shows by its id.
 */
export const ASK_DESK = [statement(`select a.id, a.ori, concat_ws(' ', l.sha256, (
    select string_agg(p.id::text, ' ' order by p.id) from comity.readiness_packs p where p.state = 'IN_FORCE' and (p.agency_id = a.id or p.agency_id is null))) as edition
  from comity.agencies a left join comity.reference_loads l on l.file = 'directives.json' where a.id = comity.agency_id()`)];

/** Agencies whose packs are kept. */
const MOST = 1_000;

/** The packs of an edition, by agency: reading them anew costs as much as all else that a submission asks. */
const known = new Map<string, { readonly edition: string; readonly packs: readonly Pack[] }>();

/** The desk of the acting agency; the act must have opened with `ASK_DESK`. Throws FORBIDDEN where the actor has no agency. */
export async function deskOf({ opened, run }: Moment): Promise<Desk> {
  const [row] = opened[0]?.rows ?? [];
  if (!row) throw forbidden();
  const agency = { ori: row['ori'] === null ? null : String(row['ori']) };
  const [id, edition] = [String(row['id']), String(row['edition'])];
  const kept = known.get(id);
  if (kept?.edition === edition) return { agency, packs: kept.packs };
  const [found] = (await run(statement(PACKS, [id]))).rows;
  const packs = JSON.parse(String(found?.['packs'])) as Pack[];
  if (known.size >= MOST) known.clear();
  // Without a load and without packs there is nothing to know an edition again by.
  if (edition !== '') known.set(id, { edition, packs });
  return { agency, packs };
}
