import { badInput } from '../kernel/errors.ts';

/** What an act is recorded with, among all that can be said with any. */
export interface RecordedWith<D extends string> {
  readonly all: readonly D[];
  readonly needed: readonly D[];
  /** What may be told with it, and need not. */
  readonly may?: readonly D[];
}

const isGiven = (value: unknown): boolean => value != null && (!Array.isArray(value) || value.length > 0);

/** Throws BadInput where an act lacks what it is recorded with, or is given what belongs to another. */
export function refuseIncomplete<D extends string>(act: string, citation: string | null, said: Readonly<Partial<Record<D, unknown>>>, { all, needed, may = [] }: RecordedWith<D>): void {
  for (const detail of all) {
    const given = isGiven(said[detail]);
    if (given && !needed.includes(detail) && !may.includes(detail)) throw badInput(detail, `This does not go with ${act}.`, 'Leave it away.');
    if (!given && needed.includes(detail)) throw badInput(detail, `${act} is not recorded without it${citation === null ? '' : ` (${citation})`}.`, 'Name it.');
  }
}
