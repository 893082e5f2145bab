import type { Prepared } from './referral-of.ts';
import type { Ready } from './sender.ts';

/** Bytes of JSON that the reports of one request may come to; the API takes 1 MB. */
export const BATCH_BYTES = 900_000;
/** Faulty reports that are noted at a time. */
const FAULTY = 500;

/** Reports that get their outcome together, in order: those that are ready go in one request. */
export interface Batch {
  readonly all: readonly Prepared[];
  readonly ready: readonly Ready[];
}

/** Cuts a stream of reports into batches of at most `most` that are ready. One that is too large by itself becomes faulty. */
export async function* batched(reports: AsyncIterable<Prepared>, most: number): AsyncGenerator<Batch> {
  let all: Prepared[] = [];
  let ready: Ready[] = [];
  let bytes = 0;
  for await (const report of reports) {
    const size = report.referral === undefined ? 0 : Buffer.byteLength(JSON.stringify(report.referral), 'utf8') + 300;
    const fits = size <= BATCH_BYTES;
    if (all.length > 0 && ((report.referral && fits && (ready.length >= most || bytes + size > BATCH_BYTES)) || all.length >= most + FAULTY)) {
      yield { all, ready };
      [all, ready, bytes] = [[], [], 0];
    }
    const { referral, ...rest } = report;
    if (referral !== undefined && fits) {
      const one = { ...rest, referral };
      all.push(one);
      ready.push(one);
      bytes += size;
    } else all.push(fits ? report : { ...rest, faults: [TOO_LARGE] });
  }
  if (all.length > 0) yield { all, ready };
}

const TOO_LARGE = {
  line: null, field: '', code: 'TOO_LARGE', reason: 'The report is larger than one request may be.', remedy: 'Shorten its texts; media and attachments stay with their holder.',
};
