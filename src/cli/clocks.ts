import process from 'node:process';
import { Command } from 'commander';
import type postgres from 'postgres';
import { refreshClocks } from '../clocks/refresh.ts';
import { commandClient } from '../database/migrate.ts';
import { installationOf, migratorOf } from './installation.ts';
import { ownerConfig } from './migrate.ts';

export const clocksCommand = (): Command =>
  new Command('clocks').description('Computes anew the clocks that rest on a rule which says something else by now, in the database of DATABASE_OWNER_URL.').action(async () => {
    const installation = await installationOf(ownerConfig(), { join: true });
    const sql = commandClient(migratorOf(installation));
    try {
      await refreshed(sql);
    } finally {
      await sql.end();
      await installation.close();
    }
  });

/** The clocks after a load, and word of it. */
export async function refreshed(sql: postgres.Sql): Promise<void> {
  const show = (cases: number) => process.stderr.isTTY && process.stderr.write(`\rclocks of ${cases} cases`);
  const cases = await refreshClocks(sql, show);
  if (cases > 0 && process.stderr.isTTY) process.stderr.write('\n');
  process.stdout.write(`Clocks of ${cases} ${cases === 1 ? 'case was' : 'cases were'} computed anew.\n`);
}
