import { ImportStop } from './stop.ts';

/** One JSON object a line, empty lines left out. Throws ImportStop where a line is none, or longer than `limit` bytes. */
export async function* jsonLines(bytes: AsyncIterable<Buffer>, limit: number): AsyncGenerator<{ line: number; text: string; object: Readonly<Record<string, unknown>> }> {
  let line = 0;
  for await (const text of textLines(bytes, limit)) {
    line += 1;
    if (text.trim() === '') continue;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw notAnObject(line);
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw notAnObject(line);
    yield { line, text: text.replace(/\r$/, ''), object: value as Readonly<Record<string, unknown>> };
  }
}

async function* textLines(bytes: AsyncIterable<Buffer>, limit: number): AsyncGenerator<string> {
  let parts: Buffer[] = [];
  let size = 0;
  let line = 1;
  const grow = (part: Buffer): void => {
    parts.push(part);
    size += part.length;
    if (size > limit) throw new ImportStop(`Line ${line}: this line is longer than ${limit / 1024 / 1024} MB.`, 'Give one JSON object a line, each with a line break after it; nothing was sent.');
  };
  for await (const chunk of bytes) {
    let from = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      grow(chunk.subarray(from, end));
      yield Buffer.concat(parts).toString('utf8');
      [parts, size, line, from] = [[], 0, line + 1, end + 1];
    }
    grow(chunk.subarray(from));
  }
  if (size > 0) yield Buffer.concat(parts).toString('utf8');
}

const notAnObject = (line: number) => new ImportStop(`Line ${line}: this is not one JSON object.`, 'Give one JSON object a line; nothing was sent.');
