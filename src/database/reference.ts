import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** What is wrong with one row of a reference file, and what to do about it. */
export interface ReferenceFault {
  file: string;
  /** Of the row in its file, from 0; undefined where the file itself is at fault. */
  index: number | undefined;
  /** The row's slug or citation, as far as it can be read. */
  name: string | undefined;
  /** Where in the row, as `limitation.months`. */
  path: string;
  problem: string;
  remedy: string;
}

/** Reference data that was refused whole: nothing of it is in the database. The message lists every fault. */
export class ReferenceRefused extends Error {
  readonly faults: readonly ReferenceFault[];

  constructor(faults: readonly ReferenceFault[]) {
    super([`Reference data refused, nothing was loaded: ${faults.length} fault(s).`, ...faults.map(told)].join('\n'));
    this.name = 'ReferenceRefused';
    this.faults = faults;
  }
}

const told = ({ file, index, name, path, problem, remedy }: ReferenceFault) =>
  `  ${file}${index === undefined ? '' : ` row ${index}`}${name ? ` (${name})` : ''}${path && `, ${path}`}: ${problem} ${remedy}`;

/** A reference file as it lies in its folder. */
export interface ReferenceFile {
  file: string;
  sha256: string;
  text: string;
}

/** Reads one file of the folder; an absent one is refused by name. */
export async function readReferenceFile(directory: string, file: string): Promise<ReferenceFile> {
  const bytes = await readFile(join(directory, file)).catch(() => {
    throw new ReferenceRefused([{ file, index: undefined, name: undefined, path: '', problem: 'cannot be read.', remedy: `Put it into ${directory}.` }]);
  });
  return { file, sha256: createHash('sha256').update(bytes).digest('hex'), text: bytes.toString('utf8') };
}

/** Collects the faults of several files, so that they are told together. */
export class Faults {
  readonly list: ReferenceFault[] = [];

  add(file: string, row: { index: number; name: string } | undefined, path: string, problem: string, remedy: string) {
    this.list.push({ file, index: row?.index, name: row?.name, path, problem, remedy });
  }

  /** The content of a file; undefined, and a fault, where it is not JSON. */
  content({ file, text }: ReferenceFile): unknown {
    try {
      return JSON.parse(text);
    } catch {
      this.add(file, undefined, '', 'is not JSON.', 'Restore the file from its last good version, or correct its syntax.');
      return undefined;
    }
  }

  /** The rows that hold under the schema, each with its place; the others become faults. */
  rows<T>(file: string, value: unknown, schema: z.ZodType<T>): Placed<T>[] {
    if (!Array.isArray(value)) {
      if (value !== undefined) this.add(file, undefined, '', 'is not a list of rows.', 'Write the rows as a JSON array.');
      return [];
    }
    return value.flatMap((row: unknown, index) => {
      const name = nameOf(row);
      const read = schema.safeParse(row);
      if (read.success) return [{ index, name, row: read.data }];
      for (const issue of read.error.issues) this.add(file, { index, name }, issue.path.join('.'), `${issue.message}.`, remedyOf(issue));
      return [];
    });
  }

  /** Each value of a key may stand once. */
  once<T>(file: string, placed: readonly Placed<T>[], path: string, keysOf: (row: T) => readonly string[]) {
    const first = new Map<string, Placed<T>>();
    for (const place of placed) {
      for (const key of keysOf(place.row)) {
        const earlier = first.get(key);
        if (earlier) this.add(file, place, path, `"${key}" stands already in row ${earlier.index} (${earlier.name}).`, 'Keep it in one place.');
        else first.set(key, place);
      }
    }
  }

  /** Throws ReferenceRefused if there is any fault. */
  settle() {
    if (this.list.length > 0) throw new ReferenceRefused(this.list);
  }
}

/** A row and where it stood. */
export interface Placed<T> {
  index: number;
  name: string;
  row: T;
}

const Named = z.object({ slug: z.string().optional(), citation: z.string().nullish(), state: z.string().optional() });

function nameOf(row: unknown): string {
  const { slug, citation, state } = Named.catch({}).parse(row);
  return slug ?? citation ?? state ?? 'unnamed';
}

const REMEDIES: Readonly<Record<string, string>> = {
  unrecognized_keys: 'Correct the spelling of the key, or remove it.',
  invalid_type: 'Give the value in the type that drizzle/reference/README.md names; leave nothing out.',
  invalid_value: 'Use a value that drizzle/reference/README.md lists.',
  custom: 'Correct the value as drizzle/reference/README.md says.',
};

const remedyOf = (issue: z.core.$ZodIssue) => REMEDIES[issue.code] ?? 'Correct the value.';

/** A word of the files, in small letters there, as our own word in capitals. */
export const fileWord = <W extends string>(words: readonly W[]) =>
  z.string().transform((text, ctx) => {
    const word = words.find((candidate) => candidate.toLowerCase() === text);
    if (word) return word;
    ctx.addIssue({ code: 'custom', message: `"${text.slice(0, 60)}" is not one of ${words.map((known) => known.toLowerCase()).join(', ')}` });
    return z.NEVER;
  });

// eslint-disable-next-line no-control-regex -- control characters are exactly what is refused
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/;

/** Text of a file: not empty, without control characters. */
export const fileText = z.string().trim().min(1).max(8000).refine((text) => !CONTROL.test(text), 'holds a control character');

/** The two letters of a state. */
export const fileState = z.string().regex(/^[A-Z]{2}$/, 'is not the two letters of a state');
