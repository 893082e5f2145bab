import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import type { GraphQLInputObjectType } from 'graphql';
import { utf8Bytes } from './bytes.ts';
import { jsonLines } from './lines.ts';
import type { Prepared, Source } from './prepared.ts';
import { misfits, unfitTexts } from './shape.ts';
import { ImportStop, type Fault } from './stop.ts';
import { Unfit } from './unfit.ts';
import type { XmlMapping } from './xml-mapping.ts';
import { elementOf } from './xml-record.ts';
import { xmlReader } from './xml-referral.ts';
import { XmlScanner, type XmlRecord } from './xml-scanner.ts';

/** Bytes that one record may have. */
const RECORD_BYTES = 256 * 1024;
const LINE_LIMIT = 4 * 1024 * 1024;

/** One record of a file in which each is a referral by itself. */
interface Found {
  readonly line: number;
  readonly text: string;
  /** Reads it. Throws Unfit. */
  readonly read: () => { readonly referral: Readonly<Record<string, unknown>>; readonly faults: readonly Fault[] };
}

interface Format {
  /** The first part of its idempotency keys. */
  readonly id: string;
  readonly mediaType: string;
  records(bytes: AsyncIterable<Buffer>): AsyncGenerator<Found>;
}

/** Lines of JSON, each a referral as the API takes it. */
export const jsonFormat: Format = {
  id: 'ndjson',
  mediaType: 'application/json',
  async *records(bytes) {
    for await (const { line, text, object } of jsonLines(bytes, LINE_LIMIT)) yield { line, text, read: () => ({ referral: object, faults: unfitTexts(object, line) }) };
  },
};

/** Elements of an XML file, each a referral by its mapping. */
export function xmlFormat(mapping: XmlMapping, type: GraphQLInputObjectType): Format {
  const read = xmlReader(mapping, type);
  return {
    id: mapping.id,
    mediaType: 'application/xml',
    async *records(bytes) {
      const scanner = new XmlScanner(mapping.record);
      for await (const chunk of bytes) {
        for (const record of scanner.take(chunk.toString('utf8'))) yield { line: record.line, text: record.text, read: () => read(elementOf(whole(record)), record.line) };
      }
      scanner.end();
    },
  };
}

function whole(record: XmlRecord): XmlRecord {
  if (record.fault === 'TOO_LARGE') throw TOO_LARGE();
  if (record.fault === 'TOO_DEEP') throw new Unfit('TOO_DEEP', 'Elements stand in each other more than 40 deep.', 'Export the record flatter.');
  return record;
}

const TOO_LARGE = () => new Unfit('TOO_LARGE', `The record is larger than ${RECORD_BYTES / 1024} kB.`, 'Shorten its texts; media and attachments stay with their holder.');

/** A file of records: read twice, first as a whole to know it, then record by record, in a memory that does not grow. */
export async function recordSource(file: string, format: Format, type: GraphQLInputObjectType): Promise<Source> {
  const handle = await open(file);
  let known = '';
  const stamp = async () => { const { size, mtimeMs } = await handle.stat(); return `${size} ${mtimeMs}`; };
  return {
    mediaType: format.mediaType,

    async gather(read) {
      known = await stamp();
      const hash = createHash('sha256');
      let rows = 0;
      for await (const _ of format.records(utf8Bytes(bytesOf(handle), hash))) {
        rows += 1;
        if (rows % 1000 === 0) read(rows);
      }
      return { rows, sha256: hash.digest('hex') };
    },

    async *reports(after) {
      let place = 0;
      for await (const found of format.records(utf8Bytes(bytesOf(handle), createHash('sha256')))) {
        place += 1;
        if (place % 100 === 1 && (await stamp()) !== known) throw new ImportStop('The file changes while it is imported.', 'Run the same command again when it is written; what has arrived counts as replayed.');
        if (after === undefined || place > after.line) yield prepared(found, place, format.id, type);
      }
    },

    close: () => handle.close(),
  };
}

const bytesOf = (handle: FileHandle): AsyncIterable<Buffer> => handle.createReadStream({ start: 0, autoClose: false }) as AsyncIterable<Buffer>;

function prepared({ line, text, read }: Found, place: number, id: string, type: GraphQLInputObjectType): Prepared {
  const report = { place: { key: '', line: place }, lines: [line], rows: 1 };
  try {
    if (Buffer.byteLength(text, 'utf8') > RECORD_BYTES) throw TOO_LARGE();
    const { referral, faults } = read();
    const all = faults.length > 0 ? faults : misfits(referral, type, line);
    const key = typeof referral['reportNumber'] === 'string' ? referral['reportNumber'] : '';
    if (all.length > 0) return { ...report, key, idempotencyKey: '', faults: all };
    return { ...report, key, idempotencyKey: `${id}/${key}`, referral, original: text, faults: [] };
  } catch (error) {
    if (!(error instanceof Unfit)) throw error;
    return { ...report, key: '', idempotencyKey: '', faults: [{ line, field: '', code: error.code, reason: error.message, remedy: error.remedy }] };
  }
}
