import process from 'node:process';
import { Command } from 'commander';
import { commandClient } from '../database/migrate.ts';
import { loadReference } from '../reference.ts';
import { refreshed } from './clocks.ts';
import { installationOf, migratorOf, REFERENCE } from './installation.ts';
import { ownerConfig } from './migrate.ts';

export const referenceCommand = (): Command =>
  new Command('reference')
    .description('The reference data: offices, agencies, statutes, rules of the states, directives.')
    .addCommand(
      new Command('load')
        .description('Loads the reference data into the database of DATABASE_OWNER_URL; what is there already stays as it is.')
        .argument('[folder]', 'another folder of files in the same shape', REFERENCE)
        .action(async (folder: string) => {
          const installation = await installationOf(ownerConfig(), { join: true });
          const sql = commandClient(migratorOf(installation));
          try {
            const { kinds } = await loadReference(sql, folder);
            process.stdout.write(`${Object.entries(kinds).map(([kind, tally]) => `${kind.padEnd(22)} ${Object.entries(tally).map(([word, count]) => `${count} ${word}`).join(', ')}`).join('\n')}\n`);
            await refreshed(sql);
          } finally {
            await sql.end();
            await installation.close();
          }
        }),
    );
