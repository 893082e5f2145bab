import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { isInputObjectType, lexicographicSortSchema, printSchema } from 'graphql';
import { permissionPage } from '../access/page.ts';
import { PERMISSIONS } from '../permissions.ts';
import { jsonSchemaOf } from '../referrals/json-schema.ts';
import { openSchema } from '../schema.ts';

/** The files that are printed from the code, by name: the published schema, the permission pages in one, and the referral as JSON Schema. */
export function generated(): Readonly<Record<string, string>> {
  const schema = openSchema();
  const referral = schema.getType('ReferralInput');
  if (!isInputObjectType(referral)) throw new Error('the schema has no ReferralInput');
  return {
    'schema.graphql': `${printSchema(lexicographicSortSchema(schema))}\n`,
    'permissions.md': permissionPage(PERMISSIONS),
    'referral.schema.json': `${JSON.stringify(jsonSchemaOf(referral), null, 2)}\n`,
  };
}

/** Writes the printed files into a directory, and answers their names. */
export async function generate(directory: string): Promise<string[]> {
  await mkdir(directory, { recursive: true });
  const files = Object.entries(generated());
  await Promise.all(files.map(([name, text]) => writeFile(join(directory, name), text)));
  return files.map(([name]) => name);
}

const SCHEMA = fileURLToPath(new URL('../../schema', import.meta.url));

export const generateCommand = (): Command =>
  new Command('generate').description('Writes schema/schema.graphql, schema/permissions.md and schema/referral.schema.json anew.').action(async () => { await generate(SCHEMA); });
