import process from 'node:process';
import { Command } from 'commander';
import type postgres from 'postgres';
import { commandClient } from '../database/migrate.ts';
import { applyCounsel, told } from '../law/counsel.ts';
import { applyRules, toldRules } from '../law/counsel.rules.ts';
import { type CounselFile, counselFile } from '../law/counsel.file.ts';
import { refreshed } from './clocks.ts';
import { installationOf, migratorOf } from './installation.ts';
import { ownerConfig } from './migrate.ts';

export const lawCommand = (): Command =>
  new Command('law')
    .description("Counsel's own statutes, from a CSV or JSON file, or rules of the states, from a JSON file with sections of state-rules.json. No release replaces what they take over.")
    .addCommand(commandOf('load', 'Loads the statutes or rules of a file into the database of DATABASE_OWNER_URL, all or none, and says what that changed, and how many charges and clocks, and how much proof, rest on it.', true))
    .addCommand(commandOf('diff', 'Says what a load of the file would change, and changes nothing.', false));

const commandOf = (name: string, description: string, keep: boolean): Command =>
  new Command(name).description(description).argument('<file>', 'statutes as CSV or JSON, or rules as JSON').action(async (path: string) => {
    const file = await counselFile(path);
    const installation = await installationOf(ownerConfig(), { join: true });
    const sql = commandClient(migratorOf(installation));
    try {
      process.stdout.write(`${await applied(sql, file, keep)}\n${keep ? 'Loaded.' : 'Nothing was changed.'}\n`);
      if (keep) await refreshed(sql);
    } finally {
      await sql.end();
      await installation.close();
    }
  });

const applied = async (sql: postgres.Sql, file: CounselFile, keep: boolean): Promise<string> =>
  file.of === 'RULES' ? toldRules(await applyRules(sql, file.rules, { keep })) : told(await applyCounsel(sql, file, { keep }));
