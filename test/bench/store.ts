import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { startEmbedded, type Connection, type EmbeddedServer } from '../../src/database/embedded.ts';
import { migrate, MIGRATIONS, rolesSql } from '../../src/database/migrate.ts';
import { loadReference } from '../../src/reference.ts';

/** Unclaimed cases of the dense office that the claims are taken from. */
export const QUEUE = 5_000;

const DATABASE = 'bench';
const SAMPLE = 40;

export interface Store {
  readonly server: EmbeddedServer;
  /** A superuser's client. */
  readonly owner: postgres.Sql;
  as(user: 'comity_app' | 'postgres'): Connection;
  close(): Promise<void>;
}

/**
 * A database of its own with so many cases, the same at the beginning of every run: it is cloned from one that is seeded once
 * for each size, schema and seed and kept in the system's temporary directory.
 */
export async function openStore(cases: number, say: (line: string) => void): Promise<Store> {
  const server = await startEmbedded({ directory: join(tmpdir(), `comity-bench-${cases}`), durable: true });
  const root = postgres({ ...server.superuser, max: 1, onnotice: () => undefined });
  try {
    const seeded = `seeded_${await fingerprint()}`;
    await root.unsafe(`drop database if exists ${DATABASE} with (force)`);
    const [known] = await root`select datname from pg_database where datname = ${seeded}`;
    if (!known) {
      for (const { datname } of await root`select datname from pg_database where datname like 'seeded%'`) await root.unsafe(`drop database ${String(datname)} with (force)`);
      const began = performance.now();
      await root.unsafe('create database seeding_under_way').catch(() => undefined);
      await seed(server, 'seeding_under_way', cases, say);
      await root.unsafe(`alter database seeding_under_way rename to ${seeded}`);
      say(`seeded in ${Math.round((performance.now() - began) / 1000)} s`);
    }
    await root.unsafe(`create database ${DATABASE} template ${seeded} strategy file_copy`);
    await root.unsafe('checkpoint');
  } catch (fault) {
    await root.unsafe('drop database if exists seeding_under_way with (force)');
    await server.stop();
    throw fault;
  } finally {
    await root.end();
  }
  const as: Store['as'] = (user) => server.as(user, DATABASE, server.superuser.password);
  const owner = postgres({ ...as('postgres'), max: 1, onnotice: () => undefined });
  return {
    server, owner, as,
    async close() {
      await owner.end();
      const last = postgres({ ...server.superuser, max: 1, onnotice: () => undefined });
      await last.unsafe(`drop database ${DATABASE} with (force)`);
      await last.end();
      await server.stop();
    },
  };
}

const seedSql = (): Promise<string> => readFile(fileURLToPath(new URL('seed.sql', import.meta.url)), 'utf8');

/** Of everything that the seeded rows follow from. */
async function fingerprint(): Promise<string> {
  const journal = JSON.parse(await readFile(join(MIGRATIONS, 'meta/_journal.json'), 'utf8')) as { entries: { tag: string }[] };
  const migrations = await Promise.all(journal.entries.map(({ tag }) => readFile(join(MIGRATIONS, `${tag}.sql`), 'utf8')));
  return createHash('sha256').update([await seedSql(), ...migrations, QUEUE].join('\n')).digest('hex').slice(0, 16);
}

async function seed(server: EmbeddedServer, database: string, cases: number, say: (line: string) => void): Promise<void> {
  const client = (user: string) => postgres({ ...server.as(user, database, server.superuser.password), max: 1, onnotice: () => undefined });
  const owner = client('postgres');
  try {
    await owner.unsafe(await rolesSql());
    await migrate(server.as('comity_migrator', database, server.superuser.password));
    const migrator = client('comity_migrator');
    await loadReference(migrator, join(MIGRATIONS, 'reference'));
    await migrator.end();
    say(`seeding ${cases.toLocaleString('en')} cases and a queue of ${QUEUE.toLocaleString('en')}`);
    await owner`select set_config('bench.cases', ${String(cases)}, false), set_config('bench.queue', ${String(QUEUE)}, false)`;
    await owner.unsafe(await seedSql());
    await owner.unsafe('vacuum (analyze)');
    await compareWithProduct(owner);
  } finally {
    await owner.end();
  }
}

/** Throws where the product would have made other rows of sight or of search, or another trail, for a sample of the cases. */
async function compareWithProduct(owner: postgres.Sql): Promise<void> {
  await owner.begin(async (tx) => {
    await tx`create temp table sample on commit drop as select id from comity.cases order by md5(id::text) limit ${SAMPLE}`;
    const made = () => tx`
      select s.case_id::text, s.viewer::text as a, s.cause as b, s.ref::text as c, s.facets::text as d, s.received_at::text as e from comity.sight s where s.case_id in (select id from sample)
      union all select d.case_id::text, d.source, d.stamp, d.lead::text, d.needs::text, d.received_at::text || strip(d.tsv)::text from comity.search_docs d where d.case_id in (select id from sample)
      order by 1, 2, 3, 4, 5`;
    const seeded = await made();
    await tx`delete from comity.sight where case_id in (select id from sample)`;
    await tx`delete from comity.search_docs where case_id in (select id from sample)`;
    await tx`select comity.compute_sight(id) from sample`;
    const computed = await made();
    for (const [index, row] of computed.entries()) {
      if (JSON.stringify(row) !== JSON.stringify(seeded[index])) throw new Error(`the seed and the product differ: ${JSON.stringify(seeded[index])} is not ${JSON.stringify(row)}`);
    }
    if (computed.length !== seeded.length) throw new Error(`the seed made ${seeded.length} rows, the product ${computed.length}`);
    const [link] = await tx`
      select count(*) as broken from comity.trail_events e where e.case_id in (select id from sample)
         and e.hash <> comity.trail_link(e.prev_hash, e.case_id, e.chain, e.seq, e.id, e.at, e.actor_id, e.acting_for, e.act, e.outcome, e.needs, e.body)`;
    if (Number(link?.['broken']) > 0) throw new Error('the seed made a trail that does not verify');
  });
}
