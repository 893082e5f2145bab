import process from 'node:process';
import { Command } from 'commander';
import { commandClient } from '../database/migrate.ts';
import { applyCounsel, told } from '../law/counsel.ts';
import { counselFile } from '../law/counsel.file.ts';
import { refreshed } from './clocks.ts';
import { installationOf, migratorOf } from './installation.ts';
import { ownerConfig } from './migrate.ts';

export const lawCommand = (): Command =>
  new Command('law')
    .description("Counsel's own statutes, from a CSV or JSON file. No release replaces what they take over.")
    .addCommand(commandOf('load', 'Loads the statutes of a file into the database of DATABASE_OWNER_URL, all or none, and says what that changed.', true))
    .addCommand(commandOf('diff', 'Says what a load of the file would change, and changes nothing.', false));

const commandOf = (name: string, description: string, keep: boolean): Command =>
  new Command(name).description(description).argument('<file>', 'statutes as CSV or JSON').action(async (path: string) => {
    const file = await counselFile(path);
    const installation = await installationOf(ownerConfig(), { join: true });
    const sql = commandClient(migratorOf(installation));
    try {
      process.stdout.write(`${told(await applyCounsel(sql, file, { keep }))}\n${keep ? 'Loaded.' : 'Nothing was changed.'}\n`);
      if (keep) await refreshed(sql);
    } finally {
      await sql.end();
      await installation.close();
    }
  });
