/** A prime below 2^25: a product of two residues stays exact in a double. */
const PRIME = 33_554_393;

const inverse = (value: number): number => {
  let [result, base] = [1, value];
  for (let power = PRIME - 2; power > 0; power = Math.floor(power / 2)) {
    if (power % 2 === 1) result = (result * base) % PRIME;
    base = (base * base) % PRIME;
  }
  return result;
};

/** Whether sums of unknowns can be told from other such sums, by elimination over a large prime field. */
export class Knowledge {
  readonly #size: number;
  readonly #rows = new Map<number, Float64Array>();

  constructor(size: number) {
    this.#size = size;
  }

  /** Learns the sum of these unknowns. */
  learn(unknowns: readonly number[]): void {
    const rest = this.#rest(unknowns);
    const lead = rest.findIndex((value) => value !== 0);
    if (lead < 0) return;
    const scale = inverse(rest[lead] ?? 0);
    this.#rows.set(lead, rest.map((value) => (value * scale) % PRIME));
  }

  /** Whether the sum of these unknowns follows from what was learned. */
  determines(unknowns: readonly number[]): boolean {
    return this.#rest(unknowns).every((value) => value === 0);
  }

  #rest(unknowns: readonly number[]): Float64Array {
    const rest = new Float64Array(this.#size);
    for (const unknown of unknowns) rest[unknown] = (rest[unknown] ?? 0) + 1;
    for (let at = 0; at < this.#size; at += 1) {
      const factor = rest[at] ?? 0;
      const row = factor === 0 ? undefined : this.#rows.get(at);
      if (row === undefined) continue;
      for (let i = at; i < this.#size; i += 1) rest[i] = ((rest[i] ?? 0) + (PRIME - factor) * (row[i] ?? 0)) % PRIME;
    }
    return rest;
  }
}

/** A total and the parts that add up to it. */
export interface Line {
  readonly total: string;
  readonly parts: readonly string[];
}

/** What can be said of each cell, by bounding every part by its line's total and the other parts until nothing tightens. */
export function bounds(cells: Iterable<string>, known: ReadonlyMap<string, number>, lines: readonly Line[]): Map<string, [low: number, high: number]> {
  const found = new Map<string, [number, number]>([...cells].map((cell) => [cell, [known.get(cell) ?? 0, known.get(cell) ?? Infinity]]));
  const of = (cell: string): [number, number] => {
    const bound = found.get(cell);
    if (bound === undefined) throw new Error(`no such cell: ${cell}`);
    return bound;
  };
  const narrow = (cell: string, low: number, high: number): boolean => {
    const [from, to] = of(cell);
    found.set(cell, [Math.max(from, low), Math.min(to, high)]);
    return low > from || high < to;
  };
  for (let moved = true; moved;) {
    moved = false;
    for (const { total, parts } of lines) {
      const low = parts.reduce((sum, part) => sum + of(part)[0], 0);
      const high = parts.reduce((sum, part) => sum + of(part)[1], 0);
      moved = narrow(total, low, high) || moved;
      const [least, most] = of(total);
      for (const part of parts) {
        const [from, to] = of(part);
        const others = high === Infinity ? parts.reduce((sum, each) => sum + (each === part ? 0 : of(each)[1]), 0) : high - to;
        moved = narrow(part, least - others, most - (low - from)) || moved;
      }
    }
  }
  return found;
}
