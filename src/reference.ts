import type postgres from 'postgres';
import { COALITION_FILES, coalitionReference, loadCoalition } from './coalition/reference.ts';
import { referenceLoads } from './database/reference.table.ts';
import { Faults, readReferenceFile, type ReferenceFile } from './database/reference.ts';
import { type Tally, upsert } from './database/upsert.ts';
import { only } from './kernel/errors.ts';
import { newId } from './kernel/ids.ts';
import { LAW_FILES, lawReference, loadLaw } from './law/reference.ts';
import { loadPacks, packReference } from './referrals/pack.reference.ts';
import { loadRuleBooks, RULE_BOOK_FILES, ruleBookReference } from './rulebooks/reference.ts';

const FILES = [...COALITION_FILES, ...LAW_FILES, ...RULE_BOOK_FILES] as const;
type FileName = (typeof FILES)[number];
type Kind = keyof Awaited<ReturnType<typeof loadCoalition>> | keyof Awaited<ReturnType<typeof loadLaw>> | keyof Awaited<ReturnType<typeof loadRuleBooks>> | keyof Awaited<ReturnType<typeof loadPacks>>;

/** What a load found and did. */
export interface ReferenceReport {
  files: { file: string; sha256: string; rows: number }[];
  kinds: Record<Kind, Tally>;
}

/**
 * Loads the reference files of a folder: all of them, or, where a single row does not hold, nothing (ReferenceRefused
 * names every fault). Loading again changes only what differs. `sql` is a client of one connection (`max: 1`) whose
 * role owns the tables, and is in no transaction.
 */
export async function loadReference(sql: postgres.Sql, directory: string): Promise<ReferenceReport> {
  if (sql.options.max !== 1) throw new Error('reference data is loaded over a client of exactly one connection');
  const files = await readFiles(directory);
  const faults = new Faults();
  const coalition = coalitionReference(files, faults);
  const law = lawReference(files, faults);
  const books = ruleBookReference(files, faults);
  const packs = packReference(law.directives, faults);
  faults.settle();
  const rows: Record<FileName, number> = { ...coalition.rows, ...law.rows, ...books.rows };
  const loads = FILES.map((file) => ({ file, sha256: files[file].sha256, rows: rows[file] }));
  const kinds = await inOneTransaction(sql, async () => {
    const tallies = { ...(await loadCoalition(sql, coalition)), ...(await loadLaw(sql, law)), ...(await loadRuleBooks(sql, books)), ...(await loadPacks(sql, packs)) };
    // What the law closes to other offices is kept by case: a rule that came, changed or went is applied to all of them.
    if (tallies.rules.inserted + tallies.rules.changed + tallies.rules.removed > 0) await sql`select comity.resight_law()`;
    await upsert(sql, referenceLoads, ['file'], loads);
    return tallies;
  });
  return { files: loads, kinds };
}

/** True when the database holds exactly the content of the folder's files. */
export async function referenceIsCurrent(sql: postgres.Sql, directory: string): Promise<boolean> {
  const files = await readFiles(directory);
  const stored = await sql<{ file: string; sha256: string }[]>`select file, sha256 from comity.reference_loads`;
  const loaded = new Map(stored.map(({ file, sha256 }) => [file, sha256]));
  return FILES.every((file) => loaded.get(file) === files[file].sha256);
}

async function readFiles(directory: string): Promise<Record<FileName, ReferenceFile>> {
  const read = await Promise.all(FILES.map(async (file) => [file, await readReferenceFile(directory, file)] as const));
  return Object.fromEntries(read) as Record<FileName, ReferenceFile>;
}

/** Two loads wait for each other. */
const LOCK = 'comity reference data';

async function inOneTransaction<T>(sql: postgres.Sql, work: () => Promise<T>): Promise<T> {
  try {
    await sql`begin`;
    const { xid } = only(await sql<{ xid: string }[]>`
      select pg_current_xact_id()::text as xid, set_config('comity.unit', ${newId()}, true), pg_advisory_xact_lock(hashtextextended(${LOCK}, 0))`);
    const result = await work();
    await sql`commit`;
    // After a failure, or on a connection that replaced a lost one, `commit` answers without having committed this.
    const { fate } = only(await sql<{ fate: string }[]>`select pg_xact_status(${xid}::text::xid8) as fate`);
    if (fate !== 'committed') throw new Error('the connection was lost and no reference data was loaded; load again');
    return result;
  } catch (error) {
    await sql`rollback`.catch(() => undefined);
    throw error;
  }
}
