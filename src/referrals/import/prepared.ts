import type { Fault } from './stop.ts';

/** Where a report stands among all of its file: they are taken in this order, which a resumed import goes on in. */
export interface Place {
  readonly key: string;
  readonly line: number;
}

/** A report made ready: what is sent of it, or why nothing is. */
export interface Prepared {
  readonly place: Place;
  /** Its report number, as far as it is known. */
  readonly key: string;
  readonly lines: readonly number[];
  readonly rows: number;
  readonly idempotencyKey: string;
  /** A ReferralInput as JSON; undefined where there are faults. */
  readonly referral?: Readonly<Record<string, unknown>>;
  /** The text of the file that it was made from. */
  readonly original?: string;
  readonly faults: readonly Fault[];
}

/** A report that is ready to go. */
export type Ready = Prepared & { readonly referral: Readonly<Record<string, unknown>>; readonly sent?: Sent | undefined };

/** The original as the API takes it. */
export interface Sent {
  readonly mediaType: string;
  readonly base64: string;
}

/** A file of reports, read once as a whole before any of it is sent. */
export interface Source {
  readonly mediaType: string;
  /** Reads it through; counts rows. Throws ImportStop where it cannot be read as what it should be. */
  gather(read: (rows: number) => void): Promise<{ readonly rows: number; readonly sha256: string }>;
  /** The reports behind a place, in their order; all where there is none. */
  reports(after: Place | undefined): AsyncGenerator<Prepared>;
  close(): Promise<void>;
}
