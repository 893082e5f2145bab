import { isUtf8 } from 'node:buffer';
import type { Hash } from 'node:crypto';
import { ImportStop } from './stop.ts';

const LINE_FEED = 10;

/**
 * The bytes of a file as they come, known to be UTF-8, without a byte order mark; `hash` sees them all. Throws
 * ImportStop that names the line where they are not.
 */
export async function* utf8Bytes(chunks: AsyncIterable<Buffer>, hash: Hash): AsyncGenerator<Buffer> {
  let carried: Buffer = Buffer.alloc(0);
  let line = 1;
  let begun = false;
  for await (const chunk of chunks) {
    hash.update(chunk);
    let bytes = carried.length > 0 ? Buffer.concat([carried, chunk]) : chunk;
    if (!begun && bytes.length < 3) {
      carried = bytes;
      continue;
    }
    if (!begun) bytes = withoutMark(bytes);
    begun = true;
    const whole = bytes.subarray(0, endOfCharacters(bytes));
    carried = bytes.subarray(whole.length);
    if (!isUtf8(whole)) throw notUtf8(lineOfFault(whole, line));
    line += lineFeeds(whole);
    yield whole;
  }
  const rest = begun ? carried : withoutMark(carried);
  if (!isUtf8(rest)) throw notUtf8(line);
  if (rest.length > 0) yield rest;
}

function withoutMark(bytes: Buffer): Buffer {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw new ImportStop('Line 1: the file is in UTF-16.', 'Save it as UTF-8 (in a spreadsheet: "CSV UTF-8") and run again; nothing was sent.');
  }
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

/** Where the last whole character ends: up to three bytes may belong to one that the next chunk completes. */
function endOfCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

function lineFeeds(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1)) count += 1;
  return count;
}

function lineOfFault(bytes: Buffer, first: number): number {
  let line = first;
  for (let from = 0; ; line += 1) {
    const end = bytes.indexOf(LINE_FEED, from);
    if (end === -1 || !isUtf8(bytes.subarray(from, end))) return line;
    from = end + 1;
  }
}

const notUtf8 = (line: number) =>
  new ImportStop(`Line ${line}: these bytes are not UTF-8.`, 'Export the file as UTF-8 (Windows-1252 and Latin-1 are common causes) and run again; nothing was sent.');
