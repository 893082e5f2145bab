import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { batched } from './batches.ts';
import { utf8Bytes } from './bytes.ts';
import { checkpointAt, clearCheckpoint, saveCheckpoint, type Checkpoint, type Tally } from './checkpoint.ts';
import { grouped, type Group } from './grouping.ts';
import { columnsOf, readMapping, type Mapping } from './mapping.ts';
import { referralMaker, type Prepared } from './referral-of.ts';
import { Rejects, type Rejected } from './rejects.ts';
import { csvRows, ndjsonRows } from './rows.ts';
import { sender, type Outcome } from './sender.ts';
import { Spill } from './spill.ts';
import { ImportStop } from './stop.ts';
import type { WireParts } from './wire.ts';

export interface ImportOrder {
  /** Path of the file, and the name that an attestation gives it. */
  readonly file: string;
  readonly fileName: string;
  /** The text of the mapping file. */
  readonly mapping: string;
  /** The server's address: a checkpoint of another server is none. */
  readonly url: string;
  /** Paths of the rejects file and of the checkpoint. */
  readonly rejects: string;
  readonly checkpoint: string;
  readonly attestation?: { readonly attestedBy: string; readonly statement: string };
  /** Judge only; nothing is kept, neither there nor here. */
  readonly dryRun: boolean;
  /** Ignore a checkpoint. */
  readonly restart: boolean;
  /** Reports a request, 1 to 100. */
  readonly batch: number;
}

export interface ImportParts extends WireParts {
  /** Milliseconds of a clock that only goes forward. */
  readonly clock: () => number;
  /** Called off: the import stops between two requests. */
  readonly calledOff?: () => boolean;
  readonly report?: Reporter;
}

/** Told how the import comes along. */
export interface Reporter {
  read?(rows: number): void;
  begun?(rows: number, resumed: Tally | undefined): void;
  sent?(tally: Tally): void;
}

export interface ImportSummary extends Tally {
  readonly agency: string;
  readonly sha256: string;
  /** What an earlier run had done of it. */
  readonly resumed: Tally | undefined;
  /** Reports that got their outcome in this run, and the seconds that it took. */
  readonly settled: number;
  readonly seconds: number;
  readonly readSeconds: number;
  /** The rejects file, where there is one. */
  readonly rejects: string | undefined;
}

type Place = Checkpoint['after'];

const NOTHING: Tally = { rows: 0, groups: 0, received: 0, replayed: 0, refused: 0 };

/**
 * Imports a file: reads it through once, sorted by report, before anything is sent; then sends report after report. It
 * may be stopped or killed at any moment and run again. Throws ImportStop where it cannot go on.
 */
export async function runImport(order: ImportOrder, parts: ImportParts): Promise<ImportSummary> {
  const mapping = readMapping(order.mapping);
  const api = sender(parts);
  const agency = await api.agency();
  const started = parts.clock();
  const columns = columnsOf(mapping);
  const spill = await Spill.open();
  try {
    const { rows, sha256 } = await gathered(order.file, mapping, columns, spill, parts.report);
    const reading = parts.clock();
    const of = digest(JSON.stringify([sha256, digest(order.mapping), order.url, agency.id, order.attestation ?? null]));
    const resumed = order.restart || order.dryRun ? undefined : await checkpointAt(order.checkpoint, of);
    const rejects = await Rejects.open(order.rejects, resumed?.rejects ?? 0);
    try {
      parts.report?.begun?.(rows, resumed?.tally);
      const attestation = order.attestation && { ...order.attestation, source: order.fileName, sha256 };
      const tally = { ...(resumed?.tally ?? NOTHING) };
      const reports = prepared(grouped(spill.sorted()), referralMaker(mapping, columns), resumed?.after);
      for await (const { all, ready } of batched(reports, order.batch)) {
        if (parts.calledOff?.() === true) throw calledOff();
        const outcomes = await (order.dryRun ? api.validate(ready, attestation) : api.submit(ready, attestation));
        await rejects.add(settled(all, new Map(ready.map((report, index) => [report.key, outcomes[index] as Outcome])), tally));
        // Only now is the batch behind us: killed before this line, it is sent again and answered as replayed.
        if (!order.dryRun) await saveCheckpoint(order.checkpoint, { of, after: placeOf(all.at(-1)), tally, rejects: rejects.size });
        parts.report?.sent?.(tally);
      }
      if (!order.dryRun) await clearCheckpoint(order.checkpoint);
      return {
        ...tally, agency: agency.name, sha256, resumed: resumed?.tally, settled: tally.groups - (resumed?.tally.groups ?? 0),
        seconds: (parts.clock() - reading) / 1000, readSeconds: (reading - started) / 1000, rejects: rejects.size > 0 ? order.rejects : undefined,
      };
    } finally {
      await rejects.close();
    }
  } finally {
    await spill.close();
  }
}

const digest = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

const calledOff = () => new ImportStop('Stopped.', 'Run the same command again: it goes on where it stopped.');

/** Reads the whole file into the spill; the keys stand first among the columns. */
async function gathered(path: string, mapping: Mapping, columns: readonly string[], spill: Spill, report: Reporter | undefined): Promise<{ rows: number; sha256: string }> {
  const hash = createHash('sha256');
  const bytes = utf8Bytes(createReadStream(path) as AsyncIterable<Buffer>, hash);
  const nulls = new Set(mapping.nulls);
  let rows = 0;
  for await (const row of mapping.format === 'csv' ? csvRows(bytes, columns, mapping.delimiter) : ndjsonRows(bytes, columns)) {
    const key = (row.cells[0] ?? '').trim();
    await spill.add({ ...row, key: nulls.has(key) ? '' : key });
    rows += 1;
    if (rows % 1000 === 0) report?.read?.(rows);
  }
  return { rows, sha256: hash.digest('hex') };
}

/** The reports that have no outcome yet. */
async function* prepared(groups: AsyncIterable<Group>, make: (group: Group) => Prepared, after: Place | undefined): AsyncGenerator<Prepared> {
  for await (const group of groups) {
    const line = group.rows[0]?.line ?? 0;
    if (after === undefined || group.key > after.key || (group.key === after.key && line > after.line)) yield make(group);
  }
}

const placeOf = (report: Prepared | undefined): Place => ({ key: report?.key ?? '', line: report?.lines[0] ?? 0 });

/** Counts the outcomes of a batch, and says what of it is for the rejects file. */
function settled(all: readonly Prepared[], outcomes: ReadonlyMap<string, Outcome>, tally: Tally): Rejected[] {
  return all.flatMap((report) => {
    const { outcome, faults } = outcomes.get(report.key) ?? { outcome: 'REFUSED', faults: report.faults };
    tally.rows += report.rows;
    tally.groups += 1;
    tally[({ RECEIVED: 'received', REPLAYED: 'replayed', REFUSED: 'refused' } as const)[outcome]] += 1;
    return outcome === 'REFUSED' ? [{ key: report.key, lines: report.lines, faults }] : [];
  });
}
