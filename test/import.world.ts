import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { GraphQLInputObjectType } from 'graphql';
import { runImport, type ImportOrder, type ImportSummary } from '../src/referrals/import/import.ts';
import { ImportStop } from '../src/referrals/import/stop.ts';
import type { Post } from '../src/referrals/import/wire.ts';
import { openSchema } from '../src/schema.ts';
import type { CastMember, World } from './world.ts';

const REFERRAL = openSchema().getType('ReferralInput') as GraphQLInputObjectType;

/** Posts as one of the cast. */
export const posting = (world: World, who: CastMember): Post => async (body) => {
  const response = await fetch(`${world.server.url}/graphql`, { method: 'POST', body, headers: { 'content-type': 'application/json', authorization: `Bearer ${await world.as(who).token()}` } });
  return { status: response.status, retryAfter: response.headers.get('retry-after'), text: await response.text() };
};

/** Imports into a world, files of one directory. */
export function importing(world: World, home: string) {
  let files = 0;
  return {
    /** A file of a name of its own, and the order to import it. */
    async ordered(content: string | Buffer, changes: Partial<ImportOrder> = {}): Promise<ImportOrder> {
      const file = join(home, `file-${(files += 1)}`);
      await writeFile(file, content);
      return {
        file, fileName: 'invented.csv', url: world.server.url, rejects: `${file}.rejects.csv`, checkpoint: `${file}.checkpoint`,
        attestation: { attestedBy: 'chiefDallasPolice', statement: 'As exported.' }, dryRun: false, restart: false, batch: 100, parallel: 1, originals: true, ...changes,
      };
    },
    run: (order: ImportOrder, post: Post = posting(world, 'machineDallasPolice'), waits: number[] = []): Promise<ImportSummary> =>
      runImport(order, { referral: REFERRAL, post, clock: () => performance.now(), pause: async (milliseconds) => void waits.push(milliseconds) }),
    /** Why it could not go on. */
    async stopped(order: ImportOrder): Promise<string> {
      const error = await this.run(order).then(() => undefined, (fault: unknown) => fault);
      if (!(error instanceof ImportStop)) throw new Error(`it was not stopped: ${String(error)}`);
      return `${error.message} ${error.remedy}`;
    },
    rejectsOf: (order: ImportOrder): Promise<string> => readFile(order.rejects, 'utf8'),
  };
}

/** The mapping of XML that ships. */
export const NIEM = await readFile(fileURLToPath(new URL('../drizzle/reference/imports/niem-referral.json', import.meta.url)), 'utf8');
