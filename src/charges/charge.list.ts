import { and, sql, type SQL } from 'drizzle-orm';
import { acrossCases, filtered, openToRole } from '../cases/across.ts';
import { named, page, type Arguments, type Target } from '../database/shape.ts';
import { arrayText } from '../database/statement.ts';
import { charges } from './charge.table.ts';

type Charges = typeof charges;

const restsOnUnattested = (h: Charges): SQL => sql`(select v.attested_by from comity.statute_versions v where v.id = ${h.statuteVersionId}) is null`;

/** True of a charge that was withdrawn, or of which a court acquitted or which it dismissed: what it rests on is of no concern any more. */
const isOver = (h: Charges): SQL => sql`(${h.state} = 'WITHDRAWN' or (select 1 from comity.dispositions d where d.case_id = ${h.caseId} and d.charge_id = ${h.id} and d.kind in ('ACQUITTED', 'DISMISSED')
  and not exists (select 1 from comity.dispositions later where later.case_id = d.case_id and later.supersedes = d.id)) is not null)`;

const isDecided = (h: Charges): SQL => sql`(select 1 from comity.decisions d where d.case_id = ${h.caseId} and d.charge_id = ${h.id} and d.state = 'STANDING') is not null`;

/** The charges of all cases that the reader sees, by the time they were proposed, newest first. */
export const chargesSeen = (args: Arguments): Target => {
  const { given, bound, id } = filtered(args);
  const states = bound('states', 'text[]', (value) => arrayText(value as string[]));
  const [statute, lead] = [id('statute'), id('lead')];
  const asked = (name: string, holds: SQL): SQL | undefined => (given[name] == null ? undefined : given[name] === true ? sql`(${holds})` : sql`not (${holds})`);
  return page('Charge', charges, {
    keys: (charge) => [{ column: sql`${charge.proposedAt}`, kind: 'instant' }, { column: sql`${charge.caseId}`, kind: 'uuid' }, { column: sql`${charge.id}`, kind: 'uuid' }],
    descending: true,
    rows: ({ limit, after }) => {
      const h = named(charges, 'h');
      const behind = after && sql`(${h.proposedAt}, ${h.caseId}, ${h.id}) < (${after[0]}, ${after[1]}, ${after[2]})`;
      const where = and(
        states && sql`${h.state} = any (${states})`, statute && sql`${h.statuteId} = ${statute}`,
        asked('unattested', restsOnUnattested(h)), given['unattested'] === true && given['states'] == null ? sql`not ${isOver(h)}` : undefined, asked('decided', isDecided(h)), behind,
      );
      return acrossCases({ table: charges, name: 'h', where, keys: sql`h.proposed_at, h.case_id, h.id`, order: sql`h.proposed_at desc, h.case_id desc, h.id desc`, limit, ofRole: openToRole('CHARGES'), lead, assignee: undefined });
    },
  });
};
