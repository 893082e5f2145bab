import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Row } from './rows.ts';

/** A row with the key of its report. */
export interface KeyedRow extends Row {
  readonly key: string;
}

/** A sorted stretch of the temporary file, in bytes. */
interface Run {
  readonly from: number;
  readonly to: number;
}

/** Characters of rows that are sorted in memory at a time. */
const IN_MEMORY = 1024 * 1024;
/** Runs that are merged at a time, and the bytes that each reads ahead. */
const FAN_IN = 64;
const READ_AHEAD = 32 * 1024;

const byKeyAndLine = (a: KeyedRow, b: KeyedRow): number => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.line - b.line);

/**
 * Rows sorted by key and line, in a memory that does not grow with their number: runs are sorted in memory and merged
 * from a temporary file. The file has lost its name as soon as it is open, so nothing of it outlives the process.
 */
export class Spill {
  readonly #file: FileHandle;
  #runs: Run[] = [];
  #end = 0;
  #rows: KeyedRow[] = [];
  #size = 0;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  static async open(): Promise<Spill> {
    const directory = await mkdtemp(join(tmpdir(), 'comity-import-'));
    try {
      return new Spill(await open(join(directory, 'rows'), 'wx+', 0o600));
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  }

  async add(row: KeyedRow): Promise<void> {
    this.#rows.push(row);
    this.#size += row.cells.reduce((sum, cell) => sum + cell.length + 16, 100 + row.raw.length);
    if (this.#size > IN_MEMORY) await this.#store();
  }

  /** All rows in order. Nothing can be added after it. */
  async *sorted(): AsyncGenerator<KeyedRow> {
    await this.#store();
    while (this.#runs.length > FAN_IN) this.#runs.push(await this.#write(this.#merged(this.#runs.splice(0, FAN_IN))));
    yield* this.#merged(this.#runs);
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  async #store(): Promise<void> {
    const rows = this.#rows.sort(byKeyAndLine);
    [this.#rows, this.#size] = [[], 0];
    if (rows.length > 0) this.#runs.push(await this.#write(rows));
  }

  async #write(rows: Iterable<KeyedRow> | AsyncIterable<KeyedRow>): Promise<Run> {
    const from = this.#end;
    let texts: string[] = [];
    let size = 0;
    const flush = async (): Promise<void> => {
      const bytes = Buffer.from(texts.join(''), 'utf8');
      for (let at = 0; at < bytes.length;) at += (await this.#file.write(bytes, at, bytes.length - at, this.#end + at)).bytesWritten;
      this.#end += bytes.length;
      [texts, size] = [[], 0];
    };
    for await (const row of rows) {
      const text = `${JSON.stringify(row)}\n`;
      texts.push(text);
      size += text.length;
      if (size > READ_AHEAD) await flush();
    }
    await flush();
    return { from, to: this.#end };
  }

  async *#merged(runs: readonly Run[]): AsyncGenerator<KeyedRow> {
    const heads: { row: KeyedRow; rest: AsyncGenerator<KeyedRow> }[] = [];
    const enter = async (rest: AsyncGenerator<KeyedRow>): Promise<void> => {
      const { value, done } = await rest.next();
      if (done) return;
      let [low, high] = [0, heads.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (byKeyAndLine((heads[middle] as { row: KeyedRow }).row, value) > 0) low = middle + 1;
        else high = middle;
      }
      // Sorted with the least at the end, where it is taken from.
      heads.splice(low, 0, { row: value, rest });
    };
    for (const run of runs) await enter(this.#read(run));
    for (let head = heads.pop(); head !== undefined; head = heads.pop()) {
      yield head.row;
      await enter(head.rest);
    }
  }

  async *#read({ from, to }: Run): AsyncGenerator<KeyedRow> {
    let carried = Buffer.alloc(0);
    for (let at = from; at < to;) {
      const { buffer, bytesRead } = await this.#file.read(Buffer.allocUnsafe(Math.min(READ_AHEAD, to - at)), 0, Math.min(READ_AHEAD, to - at), at);
      if (bytesRead === 0) throw new Error('the temporary file ended early');
      at += bytesRead;
      const bytes = Buffer.concat([carried, buffer.subarray(0, bytesRead)]);
      let begun = 0;
      for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, begun)) {
        yield JSON.parse(bytes.toString('utf8', begun, end)) as KeyedRow;
        begun = end + 1;
      }
      carried = bytes.subarray(begun);
    }
  }
}
