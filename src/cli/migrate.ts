import process from 'node:process';
import { Command } from 'commander';
import { configFrom } from '../config.ts';
import { migrate, rolesSql } from '../database/migrate.ts';
import { installationOf, migratorOf } from './installation.ts';

export const migrateCommand = (): Command =>
  new Command('migrate')
    .description('Brings the database of DATABASE_OWNER_URL up to date. Safe to run from several places at once.')
    .option('--print-roles', 'prints the SQL that a superuser runs once in a new database, and does nothing else')
    .action(async ({ printRoles }: { printRoles?: boolean }) => {
      if (printRoles) {
        process.stdout.write(await rolesSql());
        return;
      }
      const installation = await installationOf(ownerConfig(), { join: true });
      try {
        await migrate(migratorOf(installation));
        process.stdout.write('The migrations are applied.\n');
      } finally {
        await installation.close();
      }
    });

/** The configuration of a command that needs the owner's side alone. */
export function ownerConfig() {
  const { DATABASE_URL, DATABASE_OWNER_URL } = process.env;
  return configFrom({ ...process.env, DATABASE_URL: DATABASE_URL ?? DATABASE_OWNER_URL });
}
