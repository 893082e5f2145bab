import { statement, type Row, type Statement } from '../database/statement.ts';
import type { Purpose } from './purposes.ts';
import { ADMINISTRATORS_VIEWER, COALITION_VIEWER, type Actor, type Role } from './seats.ts';

/**
 * Sets a transaction's context from the member's seat as the database holds it at that moment. No row means that
 * there is no such active member, and then nothing is visible.
 */
const ENTER = `select m.id, m.name, m.kind, m.role, m.office_id, m.agency_id,
  (select json_object_agg(l.action, l.ceiling) from comity.rule_books b join comity.act_limits l on l.book_id = b.id
    where b.jurisdiction_id = m.office_id and b.state = 'IN_FORCE')::text as limits,
  set_config('comity.member', m.id::text, true), set_config('comity.unit', $2, true),
  set_config('comity.agency', coalesce(m.agency_id::text, ''), true), set_config('comity.office', coalesce(m.office_id::text, ''), true),
  set_config('comity.viewers', array_remove(array[m.id, m.office_id,
    case when j.standing = 'MEMBER' then '${COALITION_VIEWER}'::uuid end,
    case when m.role = 'ADMINISTRATOR' then '${ADMINISTRATORS_VIEWER}'::uuid end]
    || array(select u.unit_id from comity.unit_members u where u.member_id = m.id and u.until = 'infinity'), null)::text, true),
  set_config('comity.facets', c.facets::text, true), set_config('comity.purpose', coalesce($3::text, ''), true), comity.meet_glass(m.id, $4::boolean)
  from comity.members m
  left join comity.jurisdictions j on j.id = m.office_id
  join comity.role_ceilings c on c.role = m.role
   and c.body = case when m.office_id is not null then 'OFFICE' when m.agency_id is not null then 'AGENCY' else 'COALITION' end
 where m.id = $1::uuid and m.active`;

/** What a unit of work is for. Without a purpose no compartment is open in it. */
export interface Entered {
  readonly purpose: Purpose | null;
  /** It logs whatever it shows of a case that break-glass has open. */
  readonly underGlass: boolean;
}

/** The SQLSTATE of entering where break-glass has a case open to the member and the unit of work is not one that logs it. */
export const GLASS_IS_OPEN = 'CM460';

/** Enters a member's context; `mark` names the unit of work. */
export const enter = (memberId: string, mark: string, { purpose, underGlass }: Entered = { purpose: null, underGlass: false }): Statement =>
  statement(ENTER, [memberId, mark, purpose, underGlass]);

/** The seat of the row that `enter` answered. */
export function actorOf(row: Row): Actor {
  const officeId = textOrNull(row['office_id']);
  const agencyId = textOrNull(row['agency_id']);
  return {
    memberId: String(row['id']),
    name: String(row['name']),
    kind: row['kind'] === 'MACHINE' ? 'MACHINE' : 'PERSON',
    role: row['role'] as Role,
    body: officeId !== null ? 'OFFICE' : agencyId !== null ? 'AGENCY' : 'COALITION',
    officeId,
    agencyId,
    limits: typeof row['limits'] === 'string' ? (JSON.parse(row['limits']) as Actor['limits']) : {},
  };
}

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);
