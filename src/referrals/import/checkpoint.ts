import { open, readFile, rename, rm } from 'node:fs/promises';
import { z } from 'zod';

const Tally = z.strictObject({ rows: z.number(), groups: z.number(), received: z.number(), replayed: z.number(), refused: z.number() });

/** How far an import has come: all reports up to `after`, in the order of key and first line, have an outcome. */
const CheckpointFile = z.strictObject({
  /** What the checkpoint holds for: file, mapping, server, agency and attestation; anything else starts over. */
  of: z.string(),
  after: z.strictObject({ key: z.string(), line: z.number() }),
  tally: Tally,
  /** Length of the rejects file, in bytes. */
  rejects: z.number().int().nonnegative(),
});

export type Checkpoint = z.infer<typeof CheckpointFile>;
export type Tally = z.infer<typeof Tally>;

/** The checkpoint of this very import, or undefined: one that is damaged or of another import is none. */
export async function checkpointAt(path: string, of: string): Promise<Checkpoint | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const found = CheckpointFile.safeParse(JSON.parse(text));
    return found.success && found.data.of === of ? found.data : undefined;
  } catch {
    return undefined;
  }
}

/** Replaces the checkpoint as a whole: a reader finds the old one or the new one, whenever the process dies. */
export async function saveCheckpoint(path: string, checkpoint: Checkpoint): Promise<void> {
  const beside = `${path}.new`;
  const file = await open(beside, 'w', 0o600);
  try {
    await file.writeFile(JSON.stringify(checkpoint));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(beside, path);
}

/** The import has come to its end: the next run begins at the beginning. */
export const clearCheckpoint = (path: string): Promise<void> => rm(path, { force: true });
