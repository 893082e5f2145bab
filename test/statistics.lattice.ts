import type { Line } from './statistics.attack.ts';
import { AGENCIES, type Counted, GUEST, OFFICES, STATUTES, UNROUTED } from './statistics.world.ts';

const DIMENSIONS = ['STAGE', 'MONTH', 'STATUTE'] as const;
const PLACES = [[], ['STATE'], ['STATE', 'JURISDICTION'], ['STATE', 'JURISDICTION', 'AGENCY']] as const;
/** Every table that may be asked for. */
export const GROUPINGS = PLACES.flatMap((place, level) =>
  Array.from({ length: 8 }, (_, bits) => [...place, ...DIMENSIONS.filter((__, at) => (bits >> at) % 2 === 1)]).filter((groups) => groups.length - place.length + Math.min(level, 1) <= 3));

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
const randomOf = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
};

export const USED_STAGES = ['UNCLAIMED', 'CLAIMED', 'CLOSED', 'DECIDED'];
export const USED_MONTHS = ['2025-01', '2025-02', '2025-03', '2025-04'];

export function drawn(seed: number, times: number): Counted[] {
  const random = randomOf(seed);
  const pick = <T>(values: readonly T[], skew: number): T => values[Math.floor(values.length * random() ** skew)] as T;
  const skews = Array.from({ length: 4 }, () => 1 + 2 * random()) as [number, number, number, number];
  return Array.from({ length: times }, (): Counted => {
    const jurisdiction = random() < 0.01 ? UNROUTED : pick(Object.keys(OFFICES), skews[0]);
    const agency = pick(AGENCIES.filter((slug) => jurisdiction === UNROUTED || slug.startsWith(`${jurisdiction}-`)), skews[1]);
    const stage = jurisdiction === UNROUTED ? 'UNCLAIMED' : pick(USED_STAGES, skews[2]);
    const law = Object.keys(STATUTES).filter((citation) => STATUTES[citation] === OFFICES[jurisdiction]);
    const statutes = stage === 'UNCLAIMED' || law.length === 0 ? [] : [...new Set(Array.from({ length: Math.floor(random() * 3) }, () => pick(law, 2)))];
    return { jurisdiction, agency, stage, month: pick(USED_MONTHS, skews[3]), statutes };
  });
}

/** A cell's name: place, stage, month; empty where not grouped by. */
export const nameOf = (place: string, stage: string, month: string) => [place, stage, month].join('|');

/**
 * What an intruder knows to start with, of all cases or of those under one statute: which agencies, stages and months
 * there are, that unrouted cases are unclaimed and that a statute is charged in its own state. The unknowns are the
 * finest cells, those of an agency, a stage and a month.
 */
export function lattice(statute: string) {
  const places = [...AGENCIES.map((agency) => agency.replace(/-(pd|sheriff)$/, '')).map((office, at) => [OFFICES[office], office, AGENCIES[at]] as const),
    ...AGENCIES.map((agency) => [UNROUTED, UNROUTED, agency] as const)]
    .filter(([state, office]) => office !== GUEST && (statute === '' || state === STATUTES[statute]));
  const cells = new Map<string, number[]>();
  const lines = new Map<string, Set<string>>();
  let unknowns = 0;
  for (const [state, office, agency] of places) {
    const path = ['', `${state}`, `${state}/${office}`, `${state}/${office}/${agency}`];
    for (const stage of state === UNROUTED ? ['UNCLAIMED'] : USED_STAGES) for (const month of USED_MONTHS) {
      for (const [level, place] of path.entries()) for (const s of ['', stage]) for (const m of ['', month]) {
        const dimensions = (cell: readonly [number, string, string]) => Math.min(cell[0], 1) + (cell[1] === '' ? 0 : 1) + (cell[2] === '' ? 0 : 1) + (statute === '' ? 0 : 1);
        if (dimensions([level, s, m]) > 3) continue;
        const name = nameOf(place, s, m);
        cells.set(name, [...(cells.get(name) ?? []), unknowns]);
        const totals = [level > 0 && ['place', nameOf(path[level - 1] ?? '', s, m)], s !== '' && ['stage', nameOf(place, '', m)], m !== '' && ['month', nameOf(place, s, '')]];
        for (const total of totals) {
          if (total === false) continue;
          const line = total.join('>');
          lines.set(line, (lines.get(line) ?? new Set()).add(name));
        }
      }
      unknowns += 1;
    }
  }
  const sums: Line[] = [...lines].map(([line, parts]) => ({ total: line.slice(line.indexOf('>') + 1), parts: [...parts] }));
  return { cells, lines: sums, unknowns };
}

/** What the cells truly hold. */
export function truth(cases: readonly Counted[], statute: string): Map<string, number> {
  const held = new Map<string, number>();
  for (const { jurisdiction, agency, stage, month, statutes } of cases) {
    if (jurisdiction === GUEST || (statute !== '' && !statutes.includes(statute))) continue;
    const state = jurisdiction === UNROUTED ? UNROUTED : OFFICES[jurisdiction];
    for (const place of ['', `${state}`, `${state}/${jurisdiction}`, `${state}/${jurisdiction}/${agency}`])
      for (const s of ['', stage]) for (const m of ['', month]) held.set(nameOf(place, s, m), (held.get(nameOf(place, s, m)) ?? 0) + 1);
  }
  return held;
}
