import type { Prepared, Ready, Sent } from './prepared.ts';

/** Bytes of JSON that the reports of one request may come to; the API takes 1 MB. */
export const BATCH_BYTES = 900_000;
/** Faulty reports that are noted at a time. */
const FAULTY = 500;

/** Reports that get their outcome together, in order: those that are ready go in one request. */
export interface Batch {
  readonly all: readonly Prepared[];
  readonly ready: readonly Ready[];
}

/** Bytes that the original of one report may have; of more the server keeps the JSON of the referral. */
const ORIGINAL_BYTES = 256 * 1024;

/**
 * Cuts a stream of reports into batches of at most `most` that are ready, with what they were made from where its type is
 * told. One that is too large by itself becomes faulty.
 */
export async function* batched(reports: AsyncIterable<Prepared>, most: number, mediaType: string | undefined): AsyncGenerator<Batch> {
  let all: Prepared[] = [];
  let ready: Ready[] = [];
  let bytes = 0;
  for await (const report of reports) {
    const json = report.referral === undefined ? 0 : Buffer.byteLength(JSON.stringify(report.referral), 'utf8') + 300;
    const sent = mediaType === undefined ? undefined : originalOf(report, mediaType, BATCH_BYTES - json);
    const size = json + (sent?.base64.length ?? 0);
    const fits = size <= BATCH_BYTES;
    if (all.length > 0 && ((report.referral && fits && (ready.length >= most || bytes + size > BATCH_BYTES)) || all.length >= most + FAULTY)) {
      yield { all, ready };
      [all, ready, bytes] = [[], [], 0];
    }
    const { referral, original: _, ...rest } = report;
    if (referral !== undefined && fits) {
      const one = { ...rest, referral, sent };
      all.push(one);
      ready.push(one);
      bytes += size;
    } else all.push(fits ? report : { ...rest, faults: [TOO_LARGE] });
  }
  if (all.length > 0) yield { all, ready };
}

function originalOf({ original }: Prepared, mediaType: string, room: number): Sent | undefined {
  if (original === undefined || original === '' || original.length > ORIGINAL_BYTES) return undefined;
  const bytes = Buffer.from(original, 'utf8');
  const base64 = bytes.length > ORIGINAL_BYTES ? '' : bytes.toString('base64');
  return base64 === '' || base64.length > room ? undefined : { mediaType, base64 };
}

const TOO_LARGE = {
  line: null, field: '', code: 'TOO_LARGE', reason: 'The report is larger than one request may be.', remedy: 'Shorten its texts; media and attachments stay with their holder.',
};
