import type postgres from 'postgres';
import { z } from 'zod';
import { INCIDENT_KINDS } from '../cases/lifecycle.ts';
import { type Faults, fileText, fileWord } from '../database/reference.ts';
import { prune, type Tally, upsert, WITHIN_UNIT } from '../database/upsert.ts';
import { only } from '../kernel/errors.ts';
import { namedId } from '../kernel/ids.ts';
import { DIRECTIVES, type DirectiveReference } from '../law/directive.file.ts';
import { SEVERITIES } from '../law/directive.table.ts';
import { OFFENCE_LEVELS } from '../law/statute.table.ts';
import { packRequirements, READINESS_CHECKS } from './pack.table.ts';

const RequirementInFile = z.strictObject({
  key: z.string().regex(/^[a-z][A-Za-z]{1,60}$/, 'is not a key in camel case'),
  looksFor: fileWord(READINESS_CHECKS),
  asks: fileText,
  remedy: fileText,
  severity: z.enum(SEVERITIES),
  when: z.strictObject({
    kinds: z.array(fileWord(INCIDENT_KINDS)).min(1).optional(),
    levels: z.array(fileWord(OFFENCE_LEVELS)).min(1).optional(),
    anyoneInjured: z.boolean().optional(),
    minorInvolved: z.boolean().optional(),
  }).optional(),
  basis: fileText,
}).refine(({ looksFor, severity }) => looksFor !== 'BY_HAND' || severity !== 'ERROR', { path: ['severity'], message: 'is ERROR for what nothing in a referral can show' });

const PackInFile = z.object({
  requirements: z.array(RequirementInFile).min(1).refine((rows) => new Set(rows.map(({ key }) => key)).size === rows.length, 'hold one key twice'),
});

/** The packs of the directives, one for each agency that a directive names or one for all, ready to be written. */
export interface PackReference {
  readonly packs: readonly { id: string; ori: string | null; slug: string; title: string; issued_by: string; basis: string; valid_from: string }[];
  readonly requirements: (typeof packRequirements.$inferInsert)[];
}

/** Validates the packs of the directives; whatever does not hold is added to `faults`. */
export function packReference({ placed }: DirectiveReference, faults: Faults): PackReference {
  const read = placed.flatMap(({ index, name, row }) => {
    const { success, data, error } = PackInFile.safeParse(row);
    if (success) return [{ row, requirements: data.requirements }];
    for (const { path, message } of error.issues) faults.add(DIRECTIVES, { index, name }, path.join('.'), `${message}.`, 'Correct the value as the README beside the file says.');
    return [];
  });
  const packs = read.flatMap(({ row, requirements }) =>
    (row.appliesToAgencies.includes('*') ? [null] : row.appliesToAgencies).map((ori) => ({
      pack: {
        id: namedId('readiness-pack', `${row.slug} ${ori ?? '*'}`), ori, slug: row.slug, title: row.title, issued_by: row.issuedBy, basis: row.source, valid_from: row.effectiveFrom,
      },
      requirements,
    })));
  return {
    packs: packs.map(({ pack }) => pack),
    requirements: packs.flatMap(({ pack, requirements }) =>
      requirements.map(({ when = {}, ...requirement }, position) => ({
        packId: pack.id, ...requirement, position, kinds: when.kinds ?? [], levels: when.levels ?? [], anyoneInjured: when.anyoneInjured ?? null, minorInvolved: when.minorInvolved ?? null,
      }))),
  };
}

const GIVE = `with given as (
    select p.*, a.id as agency_id from jsonb_to_recordset($1::text::jsonb) as p (id uuid, ori text, slug text, title text, issued_by text, basis text, valid_from date)
      left join comity.agencies a on a.ori = p.ori where p.ori is null or a.id is not null)
  insert into comity.readiness_packs as stored (id, agency_id, slug, version, state, title, issued_by, basis, valid_from, drafted_at, adopted_at)
  select id, agency_id, slug, 0, 'IN_FORCE', title, issued_by, basis, valid_from, statement_timestamp(), statement_timestamp() from given where ${WITHIN_UNIT}
      on conflict (id) do update set title = excluded.title, issued_by = excluded.issued_by, basis = excluded.basis, valid_from = excluded.valid_from
   where (stored.title, stored.issued_by, stored.basis, stored.valid_from) is distinct from (excluded.title, excluded.issued_by, excluded.basis, excluded.valid_from)
  returning xmax = 0 as fresh`;

/**
 * Writes version 0 of each pack within the caller's transaction, in force at once; what was adopted since stays as it is. A directive
 * for an agency that is not on file waits for it. Packs are written by the definer alone, so this takes its role and gives it back.
 */
export async function loadPacks(sql: postgres.Sql, { packs, requirements }: PackReference): Promise<Record<'packs' | 'requirements', Tally>> {
  const { before } = only(await sql<{ before: string }[]>`select current_setting('role') as before`);
  await sql`select set_config('role', 'comity_definer', true)`;
  const written = await sql.unsafe<{ fresh: boolean }[]>(GIVE, [JSON.stringify(packs)]);
  const ids = new Set((await sql<{ id: string }[]>`select id from comity.readiness_packs where version = 0`).map(({ id }) => id));
  const rows = requirements.filter(({ packId }) => ids.has(packId));
  const asked = await upsert(sql, packRequirements, ['packId', 'key'], rows);
  const removed = await prune(sql, packRequirements, 'packId', 'key', rows);
  await sql`select set_config('role', ${before}, true)`;
  const inserted = written.filter(({ fresh }) => fresh).length;
  return {
    packs: { inserted, changed: written.length - inserted, unchanged: packs.filter(({ id }) => ids.has(id)).length - written.length, removed: 0 },
    requirements: { ...asked, removed },
  };
}
