import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What the door counts of requests. */
export interface RequestMetrics {
  began(): void;
  /** `outcome` is `OK`, `ABANDONED` or an error code; `seconds` from the first header to the last byte. */
  ended(outcome: string, seconds: number): void;
}

export interface Metrics extends RequestMetrics {
  /** All metrics in the text format of Prometheus. */
  text(): Promise<string>;
  readonly contentType: string;
}

/** Numbers read when metrics are asked for, by name, each with a sentence: for instance the leases of the database. */
export type Gauges = Readonly<Record<string, { readonly help: string; value(): number }>>;

/** The metrics of this process: Node's own, the requests at the door, and the gauges given. */
export function metrics(gauges: Gauges = {}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({ name: 'comity_requests_total', help: 'Requests to the API by outcome.', labelNames: ['outcome'], registers });
  const inFlight = new Gauge({ name: 'comity_requests_in_flight', help: 'Requests to the API under way.', registers });
  const duration = new Histogram({
    name: 'comity_request_duration_seconds', help: 'Time from the headers of a request to the end of its answer, by outcome.', labelNames: ['outcome'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10], registers,
  });
  for (const [name, { help, value }] of Object.entries(gauges)) {
    const gauge: Gauge = new Gauge({ name, help, registers, collect: () => { gauge.set(value()); } });
  }
  return {
    began: () => { inFlight.inc(); },
    ended: (outcome, seconds) => {
      inFlight.dec();
      requests.inc({ outcome });
      duration.observe({ outcome }, seconds);
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
