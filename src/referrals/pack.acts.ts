import { eq, sql } from 'drizzle-orm';
import { Shown } from '../database/lookahead.ts';
import { one } from '../database/shape.ts';
import { statement, type Statement } from '../database/statement.ts';
import { badInput, conflict, forbidden } from '../kernel/errors.ts';
import { idOrNull, newId } from '../kernel/ids.ts';
import { act, type Moment } from '../trail/act.ts';
import { adopted, copied, drafted, emptied, filled, LOCK_VERSIONS, proposed, redrafted, withdrawn } from './pack.changes.ts';
import { headingOf, requirementRows } from './pack.content.ts';
import type { AdoptReadinessPackInput, DraftReadinessPackInput, ProposeReadinessPackInput, WithdrawReadinessPackInput } from './pack.inputs.ts';
import { ownPack, type PackSeen } from './pack.store.ts';
import { readinessPacks } from './pack.table.ts';

/**
 * Drafts a readiness pack of the actor's agency, or of the coalition, or changes a draft of it. Throws BadInput with the path of what
 * cannot be taken, NotFound and Forbidden for a draft of others, Conflict where it has changed or is no draft any more.
 */
export const draftReadinessPack = act('pack:draft', async (moment, input: DraftReadinessPackInput) => {
  const before = input.packId == null ? undefined : await ownPack(moment, input.packId);
  if ((before === undefined) !== (input.expectedRevision == null)) {
    throw badInput('expectedRevision', 'A draft is changed at the revision that was read.', 'Give packId and expectedRevision together, or neither.');
  }
  const heading = headingOf(input, new Date());
  if (before !== undefined && before.slug !== heading.slug) throw badInput('slug', 'A draft keeps its slug.', `Give ${before.slug}, or draft a new pack.`);
  const rows = input.requirements == null ? undefined : requirementRows(input.requirements);
  const basis = input.basedOn == null ? undefined : await packToCopy(moment, input.basedOn);
  const id = before?.id ?? newId();
  if (before === undefined) {
    await ownSlug(moment, heading.slug);
    await moment.flush([LOCK_VERSIONS, drafted(id, heading)]);
  } else await changeOne(moment, before, redrafted(id, input.expectedRevision ?? 0, heading));
  const filling = rows ? [filled(id, rows)] : basis !== undefined && basis !== id ? [copied(id, basis)] : [];
  if (filling.length > 0) await moment.flush(before === undefined ? filling : [emptied(id), ...filling]);
  return { payload: { pack: packShown(id) } };
});

/** Proposes a draft: from now on it is fixed. Throws NotFound, Forbidden, and Conflict where it has changed or is no draft any more. */
export const proposeReadinessPack = act('pack:draft', async (moment, { packId, expectedRevision }: ProposeReadinessPackInput) => {
  const pack = await ownPack(moment, packId);
  await changeOne(moment, pack, proposed(pack.id, expectedRevision));
  return { payload: { pack: packShown(pack.id) } };
});

/**
 * Puts a proposed pack into force: from its commit on it judges what is submitted of incidents since its first day. Throws NotFound,
 * Forbidden for the proposer, Conflict where it is not proposed.
 */
export const adoptReadinessPack = act('pack:adopt', async (moment, { packId }: AdoptReadinessPackInput) => {
  const pack = await ownPack(moment, packId);
  if (pack.state !== 'PROPOSED') throw changed(pack);
  if (pack.proposedBy === moment.actor.memberId) throw forbidden('A readiness pack is adopted by another person than the one who proposed it.');
  return { payload: { pack: packShown(pack.id) }, end: [adopted(pack.id)] };
});

/** Gives up a draft or a proposal. Throws NotFound, Forbidden, and Conflict where it is neither. */
export const withdrawReadinessPack = act('pack:draft', async (moment, { packId }: WithdrawReadinessPackInput) => {
  const pack = await ownPack(moment, packId);
  await changeOne(moment, pack, withdrawn(pack.id));
  return { payload: { pack: packShown(pack.id) } };
});

const packShown = (id: string): Shown => new Shown(({ given }) => one('ReadinessPack', readinessPacks, (pack) => eq(pack.id, sql`${given(0)}::uuid`)), [id]);

/** A pack that the actor sees, to take requirements from; any other answers as if there were none. */
async function packToCopy(moment: Moment, packId: string): Promise<string> {
  const id = idOrNull(packId);
  const found = id === null ? [] : (await moment.run(statement('select id from comity.readiness_packs where id = $1::uuid', [id]))).rows;
  if (found.length === 0) throw badInput('basedOn', 'There is no such readiness pack that you see.', 'Take an id from the query readinessPacks.');
  return String(found[0]?.['id']);
}

/** A problem names its requirement by slug and key: an agency's slugs are other than the coalition's. */
async function ownSlug(moment: Moment, slug: string): Promise<void> {
  if (moment.actor.agencyId === null) return;
  const taken = await moment.run(statement(`select 1 from comity.readiness_packs where agency_id is null and slug = $1 and state <> 'PROPOSED' limit 1`, [slug]));
  if (taken.rows.length > 0) throw badInput('slug', 'This is a pack of the coalition, which holds for every agency.', 'Give your own pack a slug of its own: it is asked beside the coalition’s.');
}

async function changeOne(moment: Moment, pack: PackSeen, change: Statement): Promise<void> {
  if ((await moment.run(change)).rows.length !== 1) throw changed(await ownPack(moment, pack.id));
}

const REMEDIES = {
  DRAFT: 'Read it again and pass its revision as expectedRevision.',
  PROPOSED: 'A proposed pack is fixed: adopt it, or withdraw it and draft another based on it.',
  IN_FORCE: 'A pack in force is followed by another version: draft one based on it, propose it, and have it adopted.',
  SUPERSEDED: 'Draft another based on it.',
  WITHDRAWN: 'Draft another based on it.',
} as const satisfies Record<PackSeen['state'], string>;

const changed = ({ state, revision }: PackSeen) => conflict('The readiness pack does not stand where this act needs it.', { state, revision, remedy: REMEDIES[state] });
