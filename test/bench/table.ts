import { cpus, release, totalmem, type } from 'node:os';
import type { Sum } from './measure.ts';
import { TARGETS, type Target } from './workloads.ts';

/** One line of the result: a workload at a number of connections, all targets beside each other. */
export interface Line {
  readonly workload: string;
  readonly viewer: string;
  readonly connections: number;
  readonly sums: Readonly<Record<Target, Sum>>;
}

/** CPU milliseconds a request of server and PostgreSQL together. */
const totalOf = ({ serverMs, postgresMs = 0, requests }: Sum): number => (serverMs + postgresMs) / requests;

const percentile = (sorted: readonly number[], part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
const fixed = (value: number, digits = 2): string => (Number.isFinite(value) ? value.toFixed(digits) : '–');

/** The ratios, as Markdown for the README. */
export function summary(lines: readonly Line[]): string {
  const rows = lines.map(({ workload, viewer, connections, sums }) => {
    const latencies = [...sums.API.latencies].sort((a, b) => a - b);
    return [
      workload, viewer, String(connections), fixed(sums.API.serverMs / sums.API.requests), fixed((sums.API.postgresMs ?? Number.NaN) / sums.API.requests), fixed(totalOf(sums.API)),
      fixed(totalOf(sums.API) / totalOf(sums.bare)), fixed(totalOf(sums.API) / totalOf(sums['bare with RLS'])), fixed(percentile(latencies, 0.5)), fixed(percentile(latencies, 0.99)),
      fixed(sums.API.requests / sums.API.seconds, 0),
    ];
  });
  return markdown(['workload', 'viewer', 'connections', 'API CPU ms', 'PostgreSQL CPU ms', 'total', '÷ bare', '÷ bare with RLS', 'p50 ms', 'p99 ms', 'requests/s'], rows);
}

/** All targets one by one. */
export function details(lines: readonly Line[]): string {
  const rows = lines.flatMap(({ workload, viewer, connections, sums }) =>
    TARGETS.map((target) => {
      const sum = sums[target];
      const latencies = [...sum.latencies].sort((a, b) => a - b);
      return [
        workload, viewer, String(connections), target, String(sum.requests), fixed(sum.serverMs / sum.requests, 3), fixed((sum.postgresMs ?? Number.NaN) / sum.requests, 3), fixed(totalOf(sum), 3),
        fixed(percentile(latencies, 0.5)), fixed(percentile(latencies, 0.99)), fixed(sum.requests / sum.seconds, 0), fixed(sum.rssMb, 0),
      ];
    }),
  );
  return markdown(['workload', 'viewer', 'connections', 'server', 'requests', 'its CPU ms', 'PostgreSQL CPU ms', 'total', 'p50 ms', 'p99 ms', 'requests/s', 'RSS MB'], rows);
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, index) => Math.max(title.length, ...rows.map((row) => row[index]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** When and where. */
export function machine(postgresVersion: string, cases: number): string {
  const [first] = cpus();
  return `${new Date().toISOString().slice(0, 10)}; ${first?.model.trim() ?? 'unknown processor'} × ${cpus().length}, ${Math.round(totalmem() / 2 ** 30)} GB; ${type()} ${release()}; `
    + `Node ${process.versions.node}, PostgreSQL ${postgresVersion}; ${cases.toLocaleString('en')} cases.`;
}
