import { chmod, chown, mkdir, mkdtemp, readdir, readFile, realpath, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Refusal } from '../kernel/errors.ts';
import { ignoring, ownUser, takeLock, textOf } from './embedded.process.ts';

/** The system user PostgreSQL runs as when this process is root, which PostgreSQL refuses to be. */
export interface Account {
  uid: number;
  gid: number;
}

/** Where an embedded database lives, and who runs it (undefined: the user of this process). */
export interface Home {
  path: string;
  account: Account | undefined;
}

const ROOT_HOMES = '/var/lib/comity';
const NOTE = 'moved-to';

/** One sentence for the operator, with the way out that always works. */
export const cannotRun = (reason: string) =>
  new Refusal('UNAVAILABLE', `The embedded PostgreSQL cannot run here: ${reason}. Set DATABASE_URL to a PostgreSQL 15 or later instead.`);

const statOf = (path: string) => stat(path).catch(ignoring('ENOENT'));

/** True when the account may enter every folder above the path, and read and run the path itself. */
export async function reachable(path: string, account: Account): Promise<boolean> {
  const may = async (at: string, bits: number) => {
    const { uid, gid, mode } = await stat(at);
    const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0;
    return ((mode >> shift) & bits) === bits;
  };
  let at = await realpath(path);
  if (!(await may(at, (await stat(at)).isDirectory() ? 0o1 : 0o5))) return false;
  while (at !== dirname(at)) {
    at = dirname(at);
    if (!(await may(at, 0o1))) return false;
  }
  return true;
}

/** Where the database of a directory lives: the directory itself, or where its note says. Undefined when neither exists. */
export async function homeOf(directory: string): Promise<string | undefined> {
  const noted = (await textOf(join(directory, NOTE)))?.split('\n')[0];
  // The note steers what root writes to, so it may only name a folder that root alone could have made.
  if (noted !== undefined && /^\/var\/lib\/comity\/db-\w+$/.test(noted) && (await statOf(noted))) return noted;
  return (await statOf(directory)) ? realpath(directory) : undefined;
}

/**
 * Makes the directory ready and says where the database lives. As root the server runs as the owner of the data, at
 * first `nobody`. Where that user cannot reach the directory (a checkout in root's home, say), the database lives in a
 * folder of its own under /var/lib/comity and the file `moved-to` in the directory names it; deleting the directory then
 * begins a new database.
 */
export async function settle(directory: string, folder: string): Promise<Home> {
  const root = ownUser() === 0;
  await mkdir(directory, { recursive: true, mode: root ? 0o711 : 0o700 });
  const home = await homeOf(directory);
  if (home === undefined) throw new Error(`${directory} vanished while it was being used`);
  const owner = await statOf(join(home, folder));
  if (!root) {
    if (owner !== undefined && ownUser() !== undefined && owner.uid !== ownUser()) {
      throw new Refusal('UNAVAILABLE', `${home} belongs to another user (${owner.uid}). Start as that user or as root, or remove ${directory} to begin anew.`);
    }
    return { path: home, account: undefined };
  }
  if (owner?.uid === 0) {
    throw new Refusal('UNAVAILABLE', `${join(home, folder)} belongs to root, and PostgreSQL does not run as root. Give it to another user: chown -R nobody ${join(home, folder)}`);
  }
  const account = owner === undefined ? await nobody() : { uid: owner.uid, gid: owner.gid };
  const { uid, mode } = await stat(home);
  if (uid === 0) await chmod(home, mode | 0o111);
  if (await reachable(home, account)) return { path: home, account };
  if (owner !== undefined) {
    throw new Refusal('UNAVAILABLE', `The database in ${home} belongs to user ${account.uid}, who may no longer enter that folder. Let others pass through the folders above it (chmod o+x).`);
  }
  return { path: await moveOut(directory), account };
}

async function nobody(): Promise<Account> {
  const entry = /^nobody:[^:]*:(\d+):(\d+):/m.exec(await readFile('/etc/passwd', 'utf8').catch(() => ''));
  if (entry === null) throw cannotRun('this process is root, PostgreSQL must not be, and there is no user "nobody" to run it as');
  return { uid: Number(entry[1]), gid: Number(entry[2]) };
}

async function moveOut(directory: string): Promise<string> {
  await mkdir(ROOT_HOMES, { recursive: true, mode: 0o755 });
  const { uid, mode } = await stat(ROOT_HOMES);
  if (uid !== 0 || (mode & 0o022) !== 0) throw cannotRun(`${ROOT_HOMES} may be written by others than root`);
  await chmod(ROOT_HOMES, mode | 0o111);
  // Of two first starters the one must not overwrite the note of the other.
  const release = await takeLock(join(directory, 'lock'));
  try {
    const already = await homeOf(directory);
    if (already !== undefined && dirname(already) === ROOT_HOMES) return already;
    const home = await mkdtemp(join(ROOT_HOMES, 'db-'));
    await chmod(home, 0o711);
    const draft = join(directory, `${NOTE}.draft`);
    await writeFile(draft, `${home}\nThe database lives there because the user that runs it may not enter this folder.\n`);
    await rename(draft, join(directory, NOTE));
    return home;
  } finally {
    await release();
  }
}

/** Makes a private folder for the account. */
export async function privateFolder(path: string, account: Account | undefined): Promise<void> {
  await mkdir(path, { mode: 0o700 });
  if (account !== undefined) await chown(path, account.uid, account.gid);
}

/** Throws when the home holds data of another major version of PostgreSQL, which this one cannot read. */
export async function refuseOtherMajor(home: string, major: number): Promise<void> {
  for (const folder of (await readdir(home)).filter((name) => /^pg\d+$/.test(name))) {
    const found = (await textOf(join(home, folder, 'PG_VERSION')))?.trim();
    if (found !== undefined && found !== String(major)) {
      throw new Refusal(
        'UNAVAILABLE',
        `${join(home, folder)} holds data of PostgreSQL ${found}, and this version of Comity brings PostgreSQL ${major}. ` +
          'Export it with the version of Comity that made it and import it here, or move that folder away to begin anew.',
      );
    }
  }
}
