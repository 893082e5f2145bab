import { randomUUID } from 'node:crypto';
import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A secret that stands in a directory (made with mode 0700, the file with 0600); made where there is none. */
export async function secretIn(directory: string, name: string, make: () => Promise<string>): Promise<string> {
  const file = join(directory, name);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomUUID()}`;
  if (!(await exists(file))) {
    await writeFile(draft, await make(), { mode: 0o600, flag: 'wx' });
    // Two processes may start on one directory: a link is made whole or not at all, and the first one wins.
    await link(draft, file).catch((error: NodeJS.ErrnoException) => { if (error.code !== 'EEXIST') throw error; });
    await rm(draft);
  }
  await chmod(file, 0o600);
  return readFile(file, 'utf8');
}

const exists = (file: string): Promise<boolean> =>
  readFile(file).then(() => true, (error: NodeJS.ErrnoException) => { if (error.code === 'ENOENT') return false; throw error; });
