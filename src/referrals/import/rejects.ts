import { open, rm, type FileHandle } from 'node:fs/promises';
import { ImportStop, type Fault } from './stop.ts';

const HEADER = '"lines","report","field","code","reason","remedy"\r\n';
/** Lines of a report that are listed one by one. */
const LISTED = 20;

/** A faulty or refused report. */
export interface Rejected {
  readonly key: string;
  readonly lines: readonly number[];
  readonly faults: readonly Fault[];
}

/** A cell that a spreadsheet shows and never runs. */
const cell = (text: string): string => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

const linesText = (lines: readonly number[]): string =>
  lines.length > LISTED ? `${lines.slice(0, LISTED).join(' ')} and ${lines.length - LISTED} more` : lines.join(' ');

/** The file of what was not taken, as CSV for a spreadsheet; readable by its owner alone. Kept only if it holds anything. */
export class Rejects {
  readonly path: string;
  readonly #file: FileHandle;
  #size: number;

  private constructor(path: string, file: FileHandle, size: number) {
    [this.path, this.#file, this.#size] = [path, file, size];
  }

  /**
   * Opens the file and cuts it to the length that was acknowledged last, so that nothing stands in it twice. Throws
   * ImportStop where a file of this name is something else, or is shorter than that.
   */
  static async open(path: string, acknowledged: number): Promise<Rejects> {
    const file = await open(path, 'a+', 0o600);
    const { size } = await file.stat();
    const start = await file.read(Buffer.alloc(HEADER.length), 0, HEADER.length, 0);
    if (size > 0 && start.buffer.toString('utf8', 0, start.bytesRead) !== HEADER) {
      await file.close();
      throw new ImportStop(`${path} is there already and is no rejects file.`, 'Name another with --rejects; nothing was sent.');
    }
    if (acknowledged > size) {
      await file.close();
      if (size === 0) await rm(path);
      throw new ImportStop(`${path} is shorter than it was when the import stopped.`, 'Start over with --restart: what has arrived counts as replayed.');
    }
    await file.truncate(acknowledged);
    return new Rejects(path, file, acknowledged);
  }

  /** Bytes written so far. */
  get size(): number {
    return this.#size;
  }

  /** Adds these, and returns only when they are on the disk. */
  async add(rejected: readonly Rejected[]): Promise<void> {
    if (rejected.length === 0) return;
    const rows = rejected.flatMap(({ key, lines, faults }) =>
      faults.map(({ line, field, code, reason, remedy }) => [line === null ? linesText(lines) : String(line), key, field, code, reason, remedy].map(cell).join(',')));
    const bytes = Buffer.from(`${this.#size === 0 ? HEADER : ''}${rows.join('\r\n')}\r\n`, 'utf8');
    await this.#file.appendFile(bytes);
    await this.#file.sync();
    this.#size += bytes.length;
  }

  async close(): Promise<void> {
    await this.#file.close();
    if (this.#size === 0) await rm(this.path, { force: true });
  }
}
