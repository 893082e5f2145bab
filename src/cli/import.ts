import { readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import cliProgress from 'cli-progress';
import { Command, InvalidArgumentError } from 'commander';
import { isInputObjectType, type GraphQLInputObjectType } from 'graphql';
import { MIGRATIONS } from '../database/migrate.ts';
import { runImport, type ImportSummary, type Reporter } from '../referrals/import/import.ts';
import { ImportStop } from '../referrals/import/stop.ts';
import type { Post } from '../referrals/import/wire.ts';
import { openSchema } from '../schema.ts';
import { mintToken } from './token.ts';

interface Options {
  readonly mapping?: string;
  readonly url: string;
  readonly token?: string;
  readonly as?: string;
  readonly attestedBy?: string;
  readonly statement?: string;
  readonly dryRun?: boolean;
  readonly rejects?: string;
  readonly restart?: boolean;
  readonly batch: number;
  readonly parallel: number;
  readonly originals: boolean;
  readonly quiet?: boolean;
}

const STATEMENT = 'These records were exported from the agency’s system as they stand there; no officer signed them one by one.';

export const importCommand = (): Command =>
  new Command('import')
    .description('Sends the reports of a CSV, NDJSON or XML file as referrals of your agency; what the public tells is none. Stopped at any moment, the same command goes on where it stopped; repeated, it makes no twins. Ends with 0, with 2 where some were refused, with 1 where it could not go on.')
    .argument('<file>', 'the file, in UTF-8')
    .option('--mapping <file>', 'which column or element goes where; without one, .ndjson holds referrals as schema/referral.schema.json has them, and .xml those of drizzle/reference/imports/niem-referral.json')
    .option('--url <url>', 'the server', 'http://localhost:4000')
    .option('--token <token>', 'an access token; better in COMITY_TOKEN, where no list of processes shows it')
    .option('--as <member>', 'with the embedded database alone: as this member of the demonstration')
    .option('--attested-by <member>', 'a supervisor of your agency who answers for records that no officer signed: id or subject')
    .option('--statement <text>', 'what is attested', STATEMENT)
    .option('--dry-run', 'only judge: nothing is kept')
    .option('--rejects <file>', 'where what is not taken is written, with its reason (default: <file>.rejects.csv)')
    .option('--restart', 'begin at the beginning, whatever an earlier run had done')
    .option('--batch <n>', 'reports a request, 1 to 100', batchSize, 100)
    .option('--parallel <n>', 'requests under way at a time, 1 to 8', parallel, 3)
    .option('--no-originals', 'send only what the mapping reads, not the records as they stand in the file')
    .option('--quiet', 'no progress, the summary alone')
    .action(async (file: string, options: Options) => {
      try {
        const summary = await importing(file, options);
        process.stdout.write(screen(file, summary, options.dryRun === true));
        process.exitCode = summary.refused > 0 ? 2 : 0;
      } catch (error) {
        if (!(error instanceof ImportStop)) throw error;
        process.stderr.write(`${error.message}\n${error.remedy}\n`);
        process.exitCode = 1;
      }
    });

async function importing(file: string, options: Options): Promise<ImportSummary> {
  const rejects = options.rejects ?? `${file}${options.dryRun ? '.dry-run' : ''}.rejects.csv`;
  const { post, renew } = await poster(options);
  const off = new AbortController();
  const stop = () => off.abort();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const progress = reporter(options.quiet === true);
  try {
    const mapping = await mappingOf(file, options.mapping);
    return await runImport(
      {
        file, fileName: basename(file), ...(mapping !== undefined && { mapping }), url: options.url, rejects, checkpoint: `${rejects}.checkpoint`,
        ...(options.attestedBy !== undefined && { attestation: { attestedBy: options.attestedBy, statement: options.statement ?? STATEMENT } }),
        dryRun: options.dryRun === true, restart: options.restart === true, batch: options.batch, parallel: options.parallel, originals: options.originals,
      },
      {
        referral: referralInput(), post, ...(renew && { renew }), clock: () => performance.now(), calledOff: () => off.signal.aborted, report: progress,
        pause: (milliseconds) => pause(milliseconds, undefined, { signal: off.signal }).catch(() => { throw new ImportStop('Stopped.', 'Run the same command again: it goes on where it stopped.'); }),
        ...(options.quiet !== true && { waiting: (why: string, milliseconds: number) => void (milliseconds > 2000 && process.stderr.write(`\nwaiting ${Math.ceil(milliseconds / 1000)} s: ${why}\n`)) }),
      },
    );
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EACCES' || error.code === 'EISDIR')) throw new ImportStop(error.message, 'Name files that can be read, and a place for the rejects file that can be written.');
    throw error;
  } finally {
    progress.ended();
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

/** The mapping that is named, or the one that goes with the file's name; undefined for referrals in JSON, which need none. */
async function mappingOf(file: string, named: string | undefined): Promise<string | undefined> {
  if (named !== undefined) return readFile(named, 'utf8');
  const extension = extname(file).toLowerCase();
  if (extension === '.xml') return readFile(join(MIGRATIONS, 'reference', 'imports', 'niem-referral.json'), 'utf8');
  if (extension === '.ndjson' || extension === '.jsonl') return undefined;
  throw new ImportStop('Nothing says what the columns of the file are.', 'Give --mapping; a file of referrals in JSON lines is named .ndjson, one in XML .xml.');
}

function referralInput(): GraphQLInputObjectType {
  const type = openSchema().getType('ReferralInput');
  if (!isInputObjectType(type)) throw new Error('the schema has no ReferralInput');
  return type;
}

const within = (most: number) => (text: string): number => {
  const size = Number(text);
  if (!Number.isInteger(size) || size < 1 || size > most) throw new InvalidArgumentError(`It takes 1 to ${most}.`);
  return size;
};
const batchSize = within(100);
const parallel = within(8);

/** Posts to the API with a token that never leaves for elsewhere: no redirects, and no open line but to this machine. */
async function poster({ url, token: given, as }: Options): Promise<{ post: Post; renew?: () => Promise<void> }> {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (address === undefined || !/^https?:$/.test(address.protocol)) throw new ImportStop(`${url} is no address of a server.`, 'Give --url as https://comity.example.org.');
  if (address.protocol === 'http:' && !['localhost', '127.0.0.1', '[::1]'].includes(address.hostname)) throw new ImportStop('The token would go over an open line.', 'Give --url with https.');
  const endpoint = `${address.href.replace(/\/+$/, '')}/graphql`;
  const mint = as === undefined ? undefined : () => mintToken(as);
  let token = mint ? await mint() : (given ?? process.env['COMITY_TOKEN']);
  if (!token) throw new ImportStop('There is no access token.', 'Set COMITY_TOKEN, or give --token, or --as with the embedded database.');
  const post: Post = async (body) => {
    const response = await fetch(endpoint, {
      method: 'POST', body, redirect: 'error', signal: AbortSignal.timeout(120_000),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    });
    return { status: response.status, retryAfter: response.headers.get('retry-after'), text: await response.text() };
  };
  return { post, ...(mint && { renew: async () => { token = await mint(); } }) };
}

/** A bar on a terminal, a line every five seconds elsewhere. */
function reporter(quiet: boolean): Reporter & { ended(): void } {
  if (quiet) return { ended: () => undefined };
  const words = ({ groups, received, replayed, refused }: { groups: number; received: number; replayed: number; refused: number }) => ({ words: `${groups} reports: ${received} received, ${replayed} replayed, ${refused} refused` });
  if (!process.stderr.isTTY) {
    let said = performance.now();
    let all = 0;
    const say = (line: string) => {
      if (performance.now() - said < 5000) return;
      said = performance.now();
      process.stderr.write(`${line}\n`);
    };
    return {
      read: (rows) => say(`${rows} rows read`),
      begun: (rows) => { all = rows; },
      sent: (tally) => say(`${tally.rows} of ${all} rows, ${words(tally).words}`),
      ended: () => undefined,
    };
  }
  const bar = new cliProgress.SingleBar({ format: '{bar} {percentage} % | {words}', hideCursor: true, clearOnComplete: true, stopOnComplete: false }, cliProgress.Presets.shades_classic);
  let shown = false;
  return {
    begun: (rows, resumed) => {
      bar.start(rows, resumed?.rows ?? 0, words(resumed ?? { groups: 0, received: 0, replayed: 0, refused: 0 }));
      shown = true;
    },
    sent: (tally) => bar.update(tally.rows, words(tally)),
    ended: () => { if (shown) bar.stop(); },
  };
}

function screen(file: string, { agency, sha256, rows, groups, received, replayed, refused, resumed, settled, seconds, readSeconds, rejects }: ImportSummary, dryRun: boolean): string {
  const number = (value: number) => value.toLocaleString('en');
  const lines: [string, string][] = [
    ['file', `${basename(file)} (SHA-256 ${sha256.slice(0, 16)}…)`],
    ['agency', agency],
    ['read', `${number(rows)} rows, ${number(groups)} reports, in ${readSeconds.toFixed(1)} s`],
    ...(resumed ? [['gone on from', `${number(resumed.groups)} reports of an earlier run`] as [string, string]] : []),
    [dryRun ? 'would arrive' : 'received', number(received)],
    [dryRun ? 'there already' : 'replayed', number(replayed)],
    [dryRun ? 'would be refused' : 'refused', number(refused)],
    ['rate', `${number(Math.round(settled / Math.max(seconds, 0.001)))} reports a second (${seconds.toFixed(1)} s)`],
    ['peak memory', `${number(Math.round(process.resourceUsage().maxRSS / 1024))} MB`],
    ...(rejects === undefined ? [] : [['rejects', rejects] as [string, string]]),
  ];
  return `${lines.map(([name, value]) => `${name.padEnd(18)}${value}`).join('\n')}\n`;
}
