import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import pino from 'pino';
import { demonstrate, PERSONAS } from '../src/cli/demonstration.ts';
import { MORNING } from '../src/cli/explorer.morning.ts';
import { TABS } from '../src/cli/explorer.tabs.ts';
import { developmentIssuer, type DevelopmentIssuer } from '../src/door/issuer.ts';
import { keysHeld } from '../src/door/keys.ts';
import { DEVELOPMENT_TOKEN_LIFETIME, tokenVerifier } from '../src/door/tokens.ts';
import { startServer, type RunningServer } from '../src/server.ts';
import { parse, validate } from 'graphql';
import { openSchema } from '../src/schema.ts';
import { freshDatabase, type FreshDatabase } from './harness.ts';

interface Step {
  readonly as: string;
  readonly purpose: string | undefined;
  readonly document: string;
  readonly variables: string;
  readonly answer: string;
}

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');

/** The walk: each request with its variables, and the answer that follows. */
const steps: Step[] = [...readme.matchAll(/```graphql as=(\S+)(?: purpose=(\S+))?\n([\s\S]*?)```([\s\S]*?)```json answer\n([\s\S]*?)```/g)].map(([, as = '', purpose, document = '', between = '', answer = '']) => ({
  as, purpose, document, answer, variables: /```json variables\n([\s\S]*?)```/.exec(between)?.[1] ?? '{}',
}));

let database: FreshDatabase;
let issuer: DevelopmentIssuer;
let server: RunningServer;
beforeAll(async () => {
  database = await freshDatabase();
  await demonstrate({ app: database.as('comity_app'), migrator: database.as('comity_migrator') });
  issuer = await developmentIssuer();
  server = await startServer({
    database: { database: database.as('comity_app') }, log: pino({ level: 'silent' }), introspection: true, port: 0,
    verify: tokenVerifier({ issuer: issuer.issuer, audience: issuer.audience, algorithms: issuer.algorithms, keys: keysHeld(issuer.jwks), lifetime: DEVELOPMENT_TOKEN_LIFETIME }),
  });
});
afterAll(async () => {
  await server.stop();
  await database.close();
});

const values = new Map<string, unknown>();
const filled = (text: string): string => text.replace(/«(\w+)»/g, (_, name: string) => String(values.get(name) ?? `«${name}»`));

/** Compares as the reader does: a «name» stands for any value the first time, and for the same one afterwards; "…" for the rest of a list. */
function compare(expected: unknown, actual: unknown, path = ''): void {
  const name = typeof expected === 'string' ? /^«(\w+)»$/.exec(expected)?.[1] : undefined;
  if (name !== undefined) {
    expect(actual, `${path} has a value`).toBeTruthy();
    if (values.has(name)) expect(actual, path).toEqual(values.get(name));
    else values.set(name, actual);
  } else if (Array.isArray(expected)) {
    const isCut = expected.at(-1) === '…';
    const shown = isCut ? expected.slice(0, -1) : expected;
    if (isCut) expect((actual as unknown[]).length, path).toBeGreaterThan(shown.length);
    else expect(actual, path).toHaveLength(shown.length);
    shown.forEach((each, index) => compare(each, (actual as unknown[])[index], `${path}[${index}]`));
  } else if (typeof expected === 'object' && expected !== null) {
    expect(Object.keys(actual as object).sort(), path).toEqual(Object.keys(expected).sort());
    for (const [key, each] of Object.entries(expected)) compare(each, (actual as Record<string, unknown>)[key], `${path}.${key}`);
  } else {
    expect(actual, path).toEqual(expected);
  }
}

test.each(MORNING.map((tab) => [tab.name, tab] as const))('on a first start, %s, has something to show', async (_name, { persona, query, variables }) => {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${await issuer.mint({ subject: persona ?? '' })}` }, body: JSON.stringify({ query, variables: JSON.parse(variables ?? '{}') }),
  });
  const { data } = (await response.json()) as { data: Record<string, { nodes: unknown[] }> };
  expect(Object.values(data).map(({ nodes }) => nodes.length > 0)).toEqual([true]);
});

describe('the first walk of the README', () => {
  test('has the jobs of all three users', () => {
    expect(new Set(steps.map((step) => step.as))).toEqual(new Set(['dallas.police', 'dallas.attorney', 'dallas.supervisor', 'dallas.elected', 'dallas.deputy', 'hennepin.attorney', 'analyst', 'auditor']));
    expect(steps.length).toBeGreaterThan(8);
  });

  test.each(steps.map((step, index) => [`${index + 1}. ${step.as}: ${/(?:query|mutation) (\w+)/.exec(step.document)?.[1]}`, step] as const))('%s', async (_name, step) => {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await issuer.mint({ subject: step.as })}`, ...(step.purpose !== undefined && { 'x-purpose': step.purpose }) },
      body: JSON.stringify({ query: step.document, variables: JSON.parse(filled(step.variables)) }),
    });
    const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown };
    expect(errors).toBeUndefined();
    compare(JSON.parse(step.answer), data);
  });
});

test('every tab of the explorer is a valid document of a persona', () => {
  const schema = openSchema();
  for (const { name, query, persona } of TABS) {
    expect(validate(schema, parse(query)), name).toEqual([]);
    expect(PERSONAS.map(({ subject }) => subject), name).toContain(persona);
  }
});

test('the README has no place left to be filled in', () => {
  expect(readme.replace(/`[^`]*`/g, '')).not.toMatch(/\b[A-Z]+_SECTION\b|\bTBD\b/);
});

test('the two commands of the README are those of package.json', async () => {
  const { scripts } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8')) as { scripts: Record<string, string> };
  expect(readme).toContain('npm ci && npm start');
  expect(readme).toContain('npm ci && npm test');
  expect(scripts).toMatchObject({ start: expect.any(String), test: expect.any(String) });
});
