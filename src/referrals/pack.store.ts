import { and, sql } from 'drizzle-orm';
import { page, type Arguments, type Target } from '../database/shape.ts';
import { arrayText, statement } from '../database/statement.ts';
import { badInput, forbidden, notFound } from '../kernel/errors.ts';
import { idOrNull } from '../kernel/ids.ts';
import type { Moment } from '../trail/act.ts';
import type { Session } from '../trail/session.ts';
import { readinessPacks, type PackState } from './pack.table.ts';
import { packsOn, severityOn, type Pack } from './readiness.ts';
import type { Readiness } from './readiness.type.ts';

/** A pack `p` as one JSON value, the shape of `Pack`. */
export const PACK = `json_build_object('id', p.id, 'slug', p.slug, 'version', p.version, 'validFrom', p.valid_from, 'everyAgency', p.agency_id is null, 'requirements', (
    select coalesce(json_agg(json_build_object('key', r.key, 'looksFor', r.looks_for, 'asks', r.asks, 'remedy', r.remedy, 'severity', r.severity, 'kinds', r.kinds, 'levels', r.levels,
        'anyoneInjured', r.anyone_injured, 'minorInvolved', r.minor_involved, 'basis', r.basis) order by r.position), '[]')
      from comity.pack_requirements r where r.pack_id = p.id))`;

/** The adopted packs of an agency and of the coalition as one JSON list. */
export const PACKS = `select coalesce(json_agg(${PACK} order by p.valid_from, p.version, p.id), '[]')::text as packs
  from comity.readiness_packs p where p.state = 'IN_FORCE' and (p.agency_id = $1::uuid or p.agency_id is null)`;

/**
 * What a referral of an agency must show on a day; null for an agency that is not there, or is another than the reader's own. Throws
 * BadInput where a reader of no agency names none.
 */
export async function readinessOf(session: Session, agency: string | null, day: string): Promise<Readiness | null> {
  const own = session.actor.agencyId;
  if (agency == null && own === null) throw badInput('agency', 'You are of no agency.', 'Name one: the query agencies lists them.');
  const id = agency == null ? own : (idOrNull(agency)?.toLowerCase() ?? null);
  if (id === null || (own !== null && id !== own)) return null;
  const { rows } = await session.ask(statement(`select exists (select 1 from comity.agencies a where a.id = $1::uuid) as known, (${PACKS}) as packs`, [id]));
  if (rows[0]?.['known'] !== true) return null;
  const found = packsOn(day, JSON.parse(String(rows[0]['packs'])) as Pack[]);
  return {
    incidentOn: day, beforeFirstPack: found.some(({ isEarly }) => isEarly),
    requirements: found.flatMap(({ pack, isEarly }) =>
      pack.requirements.map((each) => ({ packId: pack.id, severity: severityOn(each, isEarly), requirement: { ...each, kinds: [...each.kinds], levels: [...each.levels] } }))),
  };
}

/** The packs that the reader sees and that a filter lets through, newest first. */
export const readinessPacksFound = ({ planned, param }: Arguments): Target => {
  const given = (planned['filter'] ?? {}) as Readonly<Record<string, unknown>>;
  const filter = (args: Readonly<Record<string, unknown>>) => args['filter'] as Readonly<Record<string, unknown>>;
  const coalition = given['coalition'];
  return page('ReadinessPack', readinessPacks, {
    where: (pack) =>
      and(
        given['id'] == null ? undefined : sql`${pack.id} = ${param((args) => idOrNull(filter(args)['id']))}::uuid`,
        given['agency'] == null ? undefined : sql`${pack.agencyId} = ${param((args) => idOrNull(filter(args)['agency']))}::uuid`,
        coalition == null ? undefined : coalition === true ? sql`${pack.agencyId} is null` : sql`${pack.agencyId} is not null`,
        given['slug'] == null ? undefined : sql`${pack.slug} = ${param((args) => String(filter(args)['slug']))}`,
        given['states'] == null ? undefined : sql`${pack.state} = any (${param((args) => arrayText(filter(args)['states'] as string[]))}::text[])`,
      ),
    keys: (pack) => [{ column: sql`${pack.draftedAt}`, kind: 'instant' }, { column: sql`${pack.id}`, kind: 'uuid' }],
    descending: true,
  });
};

/** What an act must know of the pack it is about. */
export interface PackSeen {
  readonly id: string;
  readonly agencyId: string | null;
  readonly slug: string;
  readonly state: PackState;
  readonly revision: number;
  readonly proposedBy: string | null;
}

const SEEN = 'select id, agency_id as "agencyId", slug, state, revision, proposed_by as "proposedBy" from comity.readiness_packs where id = $1::uuid';

/** The pack of an act. Throws NotFound where the actor does not see it, or there is none; Forbidden where it is not the actor's agency's, or the coalition's. */
export async function ownPack(moment: Moment, packId: string): Promise<PackSeen> {
  const id = idOrNull(packId);
  const [row] = id === null ? [] : (await moment.run(statement(SEEN, [id]))).rows;
  if (row === undefined) throw notFound();
  const pack = row as unknown as PackSeen;
  if (pack.agencyId !== moment.actor.agencyId) throw forbidden('This readiness pack belongs to others.');
  return pack;
}
