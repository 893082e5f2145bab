import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { permissionPage } from '../access/page.ts';
import { PERMISSIONS } from '../permissions.ts';
import { openSchema } from '../schema.ts';

/** The files that are printed from the code, by name: the published schema, and the permission pages in one. */
export const generated = (): Readonly<Record<string, string>> => ({
  'schema.graphql': `${printSchema(lexicographicSortSchema(openSchema()))}\n`,
  'permissions.md': permissionPage(PERMISSIONS),
});

/** Writes the printed files into a directory, and answers their names. */
export async function generate(directory: string): Promise<string[]> {
  await mkdir(directory, { recursive: true });
  const files = Object.entries(generated());
  await Promise.all(files.map(([name, text]) => writeFile(join(directory, name), text)));
  return files.map(([name]) => name);
}

const SCHEMA = fileURLToPath(new URL('../../schema', import.meta.url));

export const generateCommand = (): Command =>
  new Command('generate').description('Writes schema/schema.graphql and schema/permissions.md anew.').action(async () => { await generate(SCHEMA); });
