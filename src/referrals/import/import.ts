import { createHash } from 'node:crypto';
import type { GraphQLInputObjectType } from 'graphql';
import { batched, type Batch } from './batches.ts';
import { checkpointAt, clearCheckpoint, saveCheckpoint, type Tally } from './checkpoint.ts';
import { readMapping } from './mapping.ts';
import type { Place, Prepared, Source } from './prepared.ts';
import { jsonFormat, recordSource, xmlFormat } from './records.ts';
import { Rejects, type Rejected } from './rejects.ts';
import { sender, type Outcome } from './sender.ts';
import { ImportStop } from './stop.ts';
import { tableSource } from './table.ts';
import type { WireParts } from './wire.ts';

export interface ImportOrder {
  /** Path of the file, and the name that an attestation gives it. */
  readonly file: string;
  readonly fileName: string;
  /** The text of the mapping file; without one, each line of the file is a referral in JSON. */
  readonly mapping?: string;
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
  /** Reports a request, 1 to 100, and requests that are under way at a time. */
  readonly batch: number;
  readonly parallel: number;
  /** Whether the records go along as they stand in the file, with all that the mapping does not read. */
  readonly originals: boolean;
}

export interface ImportParts extends WireParts {
  /** A referral as the API takes it. */
  readonly referral: GraphQLInputObjectType;
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

const NOTHING: Tally = { rows: 0, groups: 0, received: 0, replayed: 0, refused: 0 };

/**
 * Imports a file: reads it through once before anything is sent; then sends report after report. It may be stopped or killed
 * at any moment and run again. Throws ImportStop where it cannot go on.
 */
export async function runImport(order: ImportOrder, parts: ImportParts): Promise<ImportSummary> {
  const source = await sourceOf(order, parts.referral);
  try {
    const api = sender(parts);
    const agency = await api.agency();
    const started = parts.clock();
    const { rows, sha256 } = await source.gather((count) => parts.report?.read?.(count));
    const reading = parts.clock();
    const of = digest(JSON.stringify([sha256, digest(order.mapping ?? ''), order.url, agency.id, order.attestation ?? null]));
    const resumed = order.restart || order.dryRun ? undefined : await checkpointAt(order.checkpoint, of);
    const rejects = await Rejects.open(order.rejects, resumed?.rejects ?? 0);
    const flying: { readonly all: readonly Prepared[]; readonly outcomes: Promise<ReadonlyMap<Prepared, Outcome>> }[] = [];
    try {
      parts.report?.begun?.(rows, resumed?.tally);
      const attestation = order.attestation && { ...order.attestation, source: order.fileName, sha256 };
      const tally = { ...(resumed?.tally ?? NOTHING) };
      const send = async ({ ready }: Batch) => {
        const outcomes = await (order.dryRun ? api.validate(ready, attestation) : api.submit(ready, attestation));
        return new Map(ready.map((report, index) => [report as Prepared, outcomes[index] as Outcome]));
      };
      const land = async () => {
        const { all, outcomes } = flying[0] ?? { all: [], outcomes: new Map<Prepared, Outcome>() };
        await rejects.add(settled(all, await outcomes, tally));
        flying.shift();
        // Only now is the batch behind us: killed before this line, it is sent again and answered as replayed.
        if (!order.dryRun) await saveCheckpoint(order.checkpoint, { of, after: placeOf(all.at(-1)), tally, rejects: rejects.size });
        parts.report?.sent?.(tally);
      };
      for await (const batch of batched(source.reports(resumed?.after), order.batch, order.originals && !order.dryRun ? source.mediaType : undefined)) {
        if (parts.calledOff?.() === true) throw calledOff();
        const outcomes = send(batch);
        // Whoever waits for it is told; while it waits its turn, a failure is nobody's surprise.
        outcomes.catch(() => undefined);
        flying.push({ all: batch.all, outcomes });
        if (flying.length >= order.parallel) await land();
      }
      while (flying.length > 0) await land();
      if (!order.dryRun) await clearCheckpoint(order.checkpoint);
      return {
        ...tally, agency: agency.name, sha256, resumed: resumed?.tally, settled: tally.groups - (resumed?.tally.groups ?? 0),
        seconds: (parts.clock() - reading) / 1000, readSeconds: (reading - started) / 1000, rejects: rejects.size > 0 ? order.rejects : undefined,
      };
    } finally {
      await rejects.close();
    }
  } finally {
    await source.close();
  }
}

async function sourceOf({ file, mapping }: ImportOrder, referral: GraphQLInputObjectType): Promise<Source> {
  if (mapping === undefined) return recordSource(file, jsonFormat, referral);
  const read = readMapping(mapping);
  return read.format === 'xml' ? recordSource(file, xmlFormat(read, referral), referral) : tableSource(file, read);
}

const digest = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

const calledOff = () => new ImportStop('Stopped.', 'Run the same command again: it goes on where it stopped.');

const placeOf = (report: Prepared | undefined): Place => report?.place ?? { key: '', line: 0 };

/** Counts the outcomes of a batch, and says what of it is for the rejects file. */
function settled(all: readonly Prepared[], outcomes: ReadonlyMap<Prepared, Outcome>, tally: Tally): Rejected[] {
  return all.flatMap((report) => {
    const { outcome, faults } = outcomes.get(report) ?? { outcome: 'REFUSED', faults: report.faults };
    tally.rows += report.rows;
    tally.groups += 1;
    tally[({ RECEIVED: 'received', REPLAYED: 'replayed', REFUSED: 'refused' } as const)[outcome]] += 1;
    return outcome === 'REFUSED' ? [{ key: report.key, lines: report.lines, faults }] : [];
  });
}
