import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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
