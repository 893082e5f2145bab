/** What a fact that a clock depends on is about. */
export type FactSubject = 'PERSON' | 'CHARGE' | 'RECORDING';

/** The facts that are recorded for clocks alone, and what each is about. */
export const FACT_SUBJECTS = {
  EXCLUSION: 'PERSON',
  PUBLIC_OFFICE: 'PERSON',
  DISCOVERY: 'CHARGE',
  ASSERTION: 'CHARGE',
  RECORDING_FLAGGED: 'RECORDING',
  RECORDING_REQUESTED: 'RECORDING',
  RECORDING_SECURED: 'RECORDING',
  RECORDING_GONE: 'RECORDING',
} as const satisfies Record<string, FactSubject>;
export type ClockFactKind = keyof typeof FACT_SUBJECTS;
export const CLOCK_FACT_KINDS = Object.keys(FACT_SUBJECTS) as [ClockFactKind, ...ClockFactKind[]];

/** Kinds of which one at a time holds of a thing. */
export const SINGLE: readonly ClockFactKind[] = ['PUBLIC_OFFICE', 'DISCOVERY', 'ASSERTION', 'RECORDING_FLAGGED', 'RECORDING_REQUESTED', 'RECORDING_SECURED', 'RECORDING_GONE'];
