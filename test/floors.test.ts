import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';

/** The floors of the house, lowest first. A file imports its own folder or a lower floor. */
const FLOORS = [
  'kernel', 'database', 'access', 'coalition', 'law', 'trail', 'lawbook', 'cases', 'clocks', 'rulebooks', 'joint', 'walls', 'seals', 'units', 'referrals', 'duplicates', 'annotations', 'charges', 'compartments', 'proof', 'decisions', 'federal', 'demands', 'waiting', 'statistics', 'door',
  'permissions.ts', 'reference.ts', 'schema.ts', 'config.ts', 'server.ts', 'cli', 'main.ts',
];

const SRC = fileURLToPath(new URL('../src', import.meta.url));
const LONGEST = 200;

interface Source {
  readonly path: string;
  readonly text: string;
  /** What it imports of ours, as paths below src; `only` is true where types alone. */
  readonly imports: readonly { readonly path: string; readonly only: boolean }[];
  /** The packages it imports values of. */
  readonly packages: readonly string[];
}

const IMPORT = /^(?:import|export)\s+(type\s)?(?:[^;'"]*?\sfrom\s+)?'([^']+)'|\bimport\('([^']+)'\)/gm;

function sourceOf(path: string, text: string): Source {
  const found = [...text.matchAll(IMPORT)].map(([, only, named, dynamic]) => ({ from: named ?? dynamic ?? '', only: only !== undefined }));
  return {
    path, text,
    imports: found.filter(({ from }) => from.startsWith('.')).map(({ from, only }) => ({ path: posix.join(posix.dirname(path), from), only })),
    packages: found.filter(({ from, only }) => !from.startsWith('.') && !only).map(({ from }) => from),
  };
}

let sources: readonly Source[];
beforeAll(async () => {
  const files = (await readdir(SRC, { recursive: true })).map((path) => path.replaceAll('\\', '/')).filter((path) => path.endsWith('.ts'));
  sources = await Promise.all(files.sort().map(async (path) => sourceOf(path, await readFile(join(SRC, path), 'utf8'))));
  expect(sources.length).toBeGreaterThan(80);
  expect(sources.flatMap(({ imports }) => imports).length).toBeGreaterThan(300);
});

const floorOf = (path: string): number => FLOORS.indexOf(path.split('/')[0] ?? '');
const offenders = (wrong: (source: Source) => boolean): string[] => sources.filter(wrong).map(({ path }) => path);

describe('every file', () => {
  test('stands on a floor', () => {
    expect(offenders(({ path }) => floorOf(path) < 0)).toEqual([]);
  });

  test('imports its own folder or a lower floor', () => {
    const climbs = sources.flatMap(({ path, imports }) => imports.filter((each) => floorOf(each.path) > floorOf(path)).map((each) => `${path} imports ${each.path}`));
    expect(climbs).toEqual([]);
  });

  test('imports files that are there, by their whole name', () => {
    const known = new Set(sources.map(({ path }) => path));
    expect(sources.flatMap(({ path, imports }) => imports.filter((each) => !known.has(each.path)).map((each) => `${path} imports ${each.path}`))).toEqual([]);
  });

  test('is told what the process knows: config.ts is read by the composition and the commands alone', () => {
    expect(offenders(({ path, imports }) => imports.some((each) => each.path === 'config.ts') && !/^(server\.ts|main\.ts|cli\/)/.test(path))).toEqual([]);
  });

  test('leaves the process to main.ts, the commands and the keeper of the embedded server', () => {
    const touches = ({ text, packages }: Source) => packages.some((name) => /^(node:)?process$/.test(name)) || /(?<![.\w])process\.[a-z]/.test(withoutComments(text));
    expect(offenders((source) => touches(source) && !/^(main\.ts|cli\/|database\/embedded\.process\.ts)/.test(source.path))).toEqual([]);
  });

  test(`is no longer than ${LONGEST} lines`, () => {
    expect(sources.filter(({ text }) => text.split('\n').length - 1 > LONGEST).map(({ path, text }) => `${path}: ${text.split('\n').length - 1}`)).toEqual([]);
  });

  test('is named for what it is about', () => {
    expect(offenders(({ path }) => /(^|[/.-])(utils?|helpers?|common|misc|services?)([/.-]|$)/i.test(path))).toEqual([]);
  });

  test('has names for what it gives: no default export, and no other file’s things passed on', () => {
    expect(offenders(({ text }) => /^export default\b/m.test(text))).toEqual([]);
    expect(offenders(({ text }) => /^export\s+(type\s+)?(\*|\{[^}]*\})\s*from\b/m.test(text))).toEqual([]);
  });
});

test('no file leads back to itself by what it imports', () => {
  const next = new Map(sources.map(({ path, imports }) => [path, imports.map((each) => each.path)]));
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(' > '));
    else if (!done.has(path)) {
      for (const each of next.get(path) ?? []) visit(each, [...trail, path]);
      done.add(path);
    }
  };
  for (const path of next.keys()) visit(path, []);
  expect(cycles).toEqual([]);
});

describe('what decides who sees is in few hands:', () => {
  test('sight and closings are named by the policies’ sentence and the planners of lists alone', () => {
    const named = offenders(({ text }) => /\bcomity\s*\.\s*"?(sight|closings)\b|\b(from|join|into|update)\s+"?(sight|closings)\b/i.test(withoutComments(text)));
    expect(named).toEqual(['access/policy.ts', 'cases/across.ts', 'cases/case.store.ts', 'demands/demand.list.ts']);
    expect(offenders(({ imports }) => imports.some((each) => each.path === 'access/sight.table.ts'))).toEqual([]);
    expect(sources.find(({ path }) => path === 'cases/case.store.ts')?.text).not.toMatch(/closings/);
  });

  test('the driver is reached through database/ alone', () => {
    expect(offenders(({ path, packages }) => packages.includes('postgres') && dirname(path) !== 'database')).toEqual([]);
  });

  test('no context but that of access/context.ts is set, and row-level security is turned off nowhere', () => {
    expect(offenders(({ path, text }) => /set_config\('comity\.(member|viewers|office|agency|facets)/.test(text) && path !== 'access/context.ts')).toEqual([]);
    expect(offenders(({ text }) => /row_security\s*(=|to)|disable row level|session_replication_role/i.test(withoutComments(text)))).toEqual([]);
  });
});

/** Comments may speak of what code may not touch. */
const withoutComments = (text: string): string => text.replace(/\/\*[^]*?\*\//g, '').replace(/(^|\s)\/\/ [^\n]*/g, '$1');
