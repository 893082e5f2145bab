import { readFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSchema, isEnumType, isInputObjectType, isObjectType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { ACTS, type Action } from '../src/access/acts.ts';
import { generate, generated } from '../src/cli/generate.ts';
import { PERMISSIONS } from '../src/permissions.ts';
import { openSchema, servedSchema } from '../src/schema.ts';

const committed = (name: string): Promise<string> => readFile(fileURLToPath(new URL(`../schema/${name}`, import.meta.url)), 'utf8');

describe('what is printed', () => {
  test.each(Object.entries(generated()))('into schema/%s is what the code says today (else: npm run generate)', async (name, text) => {
    expect(await committed(name)).toBe(text);
  });

  test('is written where it is wanted', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'comity-pages-'));
    expect((await generate(directory)).sort()).toEqual((await readdir(directory)).sort());
    await rm(directory, { recursive: true });
  });

  test('is a schema that can be read back, with a description on every type, field, argument and input', () => {
    const read = buildSchema(generated()['schema.graphql'] ?? '');
    const bare: string[] = [];
    for (const type of Object.values(read.getTypeMap())) {
      if (type.name.startsWith('__') || ['ID', 'Int', 'Float', 'String', 'Boolean'].includes(type.name)) continue;
      const root = type === read.getQueryType() || type === read.getMutationType();
      if (!root && !type.description) bare.push(type.name);
      if (isEnumType(type)) continue;
      if (!isObjectType(type) && !isInputObjectType(type)) continue;
      for (const field of Object.values(type.getFields())) {
        if (!field.description) bare.push(`${type.name}.${field.name}`);
        if ('args' in field) for (const arg of field.args) if (!arg.description && arg.name !== 'input') bare.push(`${type.name}.${field.name}(${arg.name})`);
      }
    }
    expect(bare).toEqual([]);
  });
});

describe('the page of permissions', () => {
  test('has a row for every action, and for every root field', () => {
    const page = generated()['permissions.md'] ?? '';
    for (const action of Object.keys(ACTS)) expect(page).toContain(`| \`${action}\` |`);
    for (const field of [...Object.keys(PERMISSIONS.Query), ...Object.keys(PERMISSIONS.Mutation)]) expect(page).toContain(`| \`${field}\` |`);
  });

  test('says of claiming what the two pages say', () => {
    const page = generated()['permissions.md'] ?? '';
    expect(page).toContain('| `case:claim` | · | OFFICE | OFFICE | OFFICE | · | · | · | · | · |');
    expect(page).toContain('| `case:release` | · | OWN | OFFICE | OFFICE | · | · | · | · | · |');
    expect(page).toContain('| `claimCase` | `case:claim` | office: ATTORNEY, SUPERVISOR, ELECTED |');
    expect(page).toContain('| `me` | `seat:read` | office: every role; agency: every role; coalition: every role |');
  });

  test('names the root fields of the schema, each and no other', () => {
    for (const [type, fields] of [['Query', PERMISSIONS.Query], ['Mutation', PERMISSIONS.Mutation]] as const) {
      const root = openSchema().getType(type);
      expect(isObjectType(root) ? Object.keys(root.getFields()).sort() : []).toEqual(Object.keys(fields).sort());
    }
  });

  test('leaves no action without a field that asks for it', () => {
    const asked = new Set<Action>([...Object.values(PERMISSIONS.Query), ...Object.values(PERMISSIONS.Mutation)]);
    expect(Object.keys(ACTS).filter((action) => !asked.has(action as Action))).toEqual([]);
  });
});

test('the shield stands at the door and nowhere else: fields below the roots are not wrapped by it', () => {
  const [open, served] = [openSchema(), servedSchema()];
  for (const [name, type] of Object.entries(served.getTypeMap())) {
    const same = open.getType(name);
    if (!isObjectType(type) || !isObjectType(same) || name === 'Query' || name === 'Mutation' || name.startsWith('__')) continue;
    for (const [field, { resolve }] of Object.entries(type.getFields())) {
      if (same.getFields()[field]?.resolve === undefined) expect(resolve, `${name}.${field}`).toBeUndefined();
    }
  }
});
