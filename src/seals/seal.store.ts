import { reachOf } from '../access/acts.ts';
import { OFFICE_ROLES } from '../access/seats.ts';
import type { CaseSeen } from '../cases/subject.ts';
import { arrayText, statement, type Statement } from '../database/statement.ts';
import { notFound } from '../kernel/errors.ts';
import { idOrNull } from '../kernel/ids.ts';
import type { Moment } from '../trail/act.ts';
import type { UnsealInput } from './seal.inputs.ts';

export const AUDIENCE_KINDS = ['members', 'units', 'offices'] as const;
export type AudienceKind = (typeof AUDIENCE_KINDS)[number];

/** One that is named as part of an audience. */
export interface Named {
  readonly kind: AudienceKind;
  readonly id: string;
  readonly active: boolean;
  /** Its office leads the case, or has accepted a part in it; not so where there is no such member, unit or office. */
  readonly takesPart: boolean;
}

const NAMED = `select w.kind, w.id, coalesce(m.active, true) as active,
    coalesce(o.office = $5::uuid, false) or exists (select 1 from comity.responsibilities r where r.case_id = $1::uuid and r.jurisdiction_id = o.office
      and r.state = 'ACCEPTED' and statement_timestamp() < r.until) as "takesPart"
  from (select 'members' as kind, x.id, x.place from unnest($2::text::uuid[]) with ordinality x (id, place)
    union all select 'units', x.id, x.place from unnest($3::text::uuid[]) with ordinality x (id, place)
    union all select 'offices', x.id, x.place from unnest($4::text::uuid[]) with ordinality x (id, place)) w
  left join comity.members m on w.kind = 'members' and m.id = w.id
  left join comity.units u on w.kind = 'units' and u.id = w.id
  left join comity.jurisdictions j on w.kind = 'offices' and j.id = w.id
  cross join lateral (select coalesce(m.office_id, u.jurisdiction_id, j.id) as office) o
  order by array_position(array['members', 'units', 'offices'], w.kind), w.place`;

/** What is on file of those who are named, in the order they were named. */
export const namedFor = async (moment: Moment, { id, leadId }: CaseSeen, ids: Readonly<Record<AudienceKind, readonly string[]>>): Promise<readonly Named[]> =>
  (await moment.run(statement(NAMED, [id, arrayText(ids.members), arrayText(ids.units), arrayText(ids.offices), leadId]))).rows as unknown as Named[];

/** The roles of an office that lift a seal. */
const LIFTERS = OFFICE_ROLES.filter((role) => reachOf({ body: 'OFFICE', role }, 'seal:lift') !== 'NONE');

/** How many people of the lead, within the audience, read what needs so much and may lift a seal on it. */
export async function liftersWithin(moment: Moment, { id }: CaseSeen, needs: number, audience: readonly string[]): Promise<number> {
  const asked = 'select comity.seal_lifters($1::uuid, $2::integer, $3::text::uuid[], $4::text::text[]) as n';
  const { rows } = await moment.run(statement(asked, [id, needs, arrayText(audience), arrayText(LIFTERS)]));
  return Number(rows[0]?.['n']);
}

/** Whether the actor reads what needs so much on the case. */
export async function reads(moment: Moment, { id }: CaseSeen, needs: number): Promise<boolean> {
  const { rows } = await moment.run(statement('select comity.sees($1::uuid, $2::integer) as sees', [id, needs]));
  return rows[0]?.['sees'] === true;
}

/** A seal to be kept. */
export interface NewSeal {
  readonly caseId: string;
  readonly id: string;
  readonly needs: number;
  readonly facets: number;
  readonly audience: readonly string[];
  readonly order: string;
  readonly until: string | null;
}

const IMPOSED = `insert into comity.seals (case_id, id, needs, facets, audience, "order", until, sealed_by, sealed_at)
  values ($1::uuid, $2::uuid, $3::integer, $4::integer, $5::text::uuid[], $6, coalesce($7::text::timestamptz, 'infinity'), comity.member(), statement_timestamp())`;

/** Keeps a seal. Nothing is returned of it: its maker need not be in its audience. */
export const imposed = ({ caseId, id, needs, facets, audience, order, until }: NewSeal): Statement =>
  statement(IMPOSED, [caseId, id, needs, facets, arrayText(audience), order, until]);

/** A seal as an act finds it. */
export interface SealSeen {
  readonly id: string;
  readonly needs: number;
  readonly facets: number;
  readonly standing: boolean;
  readonly lifted: boolean;
  readonly proposedBy: string | null;
}

const SEEN = `select id, needs, facets, unsealed_at is null and statement_timestamp() < until as standing, unsealed_at is not null as lifted,
  unsealing_proposed_by as "proposedBy" from comity.seals where case_id = $1::uuid and id = $2::uuid`;

/** A seal on a case. Throws NotFound where the actor does not see it, or there is none. */
export async function sealSeen(moment: Moment, { id: caseId }: CaseSeen, sealId: string): Promise<SealSeen> {
  const id = idOrNull(sealId);
  const [row] = id === null ? [] : (await moment.run(statement(SEEN, [caseId, id]))).rows;
  if (row === undefined) throw notFound();
  return row as unknown as SealSeen;
}

/** Whether the actor, outside the audience of a standing seal, may lift it in the place of those who have gone. */
export async function standsIn(moment: Moment, { caseId, sealId }: UnsealInput): Promise<boolean> {
  const asked = 'select comity.stands_in(s) as "standsIn" from comity.seals s where s.case_id = $1::uuid and s.id = $2::uuid';
  const { rows } = await moment.run(statement(asked, [idOrNull(caseId), idOrNull(sealId)]));
  return rows[0]?.['standsIn'] === true;
}

/** A step of lifting a seal by one who stands in, with its event; refuses where they do not any more, or the seal is not at that step. */
export const stoodIn = ({ caseId, sealId }: UnsealInput, name: string, because: string | null): Statement =>
  statement('select comity.stand_in($1::uuid, $2::uuid, $3, $4::text)', [caseId, sealId, name, because]);

const STANDING = `where case_id = $1::uuid and id = $2::uuid and unsealed_at is null and statement_timestamp() < until`;

/** Proposes to lift a standing seal; touches no row where that is proposed already. */
export const proposed = (caseId: string, id: string, reason: string): Statement =>
  statement(`update comity.seals set unsealing_proposed_by = comity.member(), unsealing_proposed_at = statement_timestamp(), unsealed_because = $3
    ${STANDING} and unsealing_proposed_by is null returning id`, [caseId, id, reason]);

/** Takes a proposal back; touches no row where there is none. */
export const cancelled = (caseId: string, id: string): Statement =>
  statement(`update comity.seals set unsealing_proposed_by = null, unsealing_proposed_at = null, unsealed_because = null
    ${STANDING} and unsealing_proposed_by is not null returning id`, [caseId, id]);

/** Lifts a seal as another proposed; touches no row where nobody else did. */
export const lifted = (caseId: string, id: string): Statement =>
  statement(`update comity.seals set unsealed_by = comity.member(), unsealed_at = statement_timestamp() ${STANDING} and unsealing_proposed_by <> comity.member() returning id`, [caseId, id]);
