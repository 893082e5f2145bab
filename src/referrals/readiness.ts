import type { IncidentKind } from '../cases/lifecycle.ts';
import type { Severity } from '../law/directive.table.ts';
import type { OffenceLevel } from '../law/statute.table.ts';
import type { ReadinessCheck } from './pack.table.ts';
import type { Problem } from './problem.ts';
import { CHECKS, type Judged } from './readiness.checks.ts';
import { dayOf } from './wellformed.ts';

/** A requirement of a pack. */
export interface Requirement {
  readonly key: string;
  readonly looksFor: ReadinessCheck;
  readonly asks: string;
  readonly remedy: string;
  readonly severity: Severity;
  /** Asked of these kinds and levels; empty: of any. */
  readonly kinds: readonly IncidentKind[];
  readonly levels: readonly OffenceLevel[];
  /** Asked where this is so; null: either way. */
  readonly anyoneInjured: boolean | null;
  readonly minorInvolved: boolean | null;
  readonly basis: string;
}

/** A version of a directive's readiness pack that has been adopted and not replaced. */
export interface Pack {
  readonly id: string;
  readonly slug: string;
  readonly version: number;
  /** The first incident date it judges. */
  readonly validFrom: string;
  /** True for the coalition's own, which holds for every agency. */
  readonly everyAgency: boolean;
  readonly requirements: readonly Requirement[];
}

/** A pack that judges incidents of some day; early: one before the first pack of all, which softens what it asks. */
export interface PackOnDay {
  readonly pack: Pack;
  readonly isEarly: boolean;
}

/** What holds even for an incident before the first pack. */
const ALWAYS: ReadonlySet<ReadinessCheck> = new Set(['PLACE_AND_TIME', 'SIGNATURE']);

/**
 * The packs that judge an incident of a day: of each directive the version that begins last and no later. Before the coalition's
 * first pack began, that one.
 */
export function packsOn(day: string, packs: readonly Pack[]): PackOnDay[] {
  const found = new Map<string, Pack>();
  for (const pack of packs) {
    const series = `${pack.everyAgency} ${pack.slug}`;
    const known = found.get(series);
    if (pack.validFrom <= day && (known === undefined || isLater(pack, known))) found.set(series, pack);
  }
  const first = packs.filter(({ everyAgency }) => everyAgency).reduce<string | undefined>((least, { validFrom }) => (least === undefined || validFrom < least ? validFrom : least), undefined);
  const early = first !== undefined && day < first ? packs.filter(({ everyAgency, validFrom }) => everyAgency && validFrom === first) : [];
  return [...early.map((pack) => ({ pack, isEarly: true })), ...[...found.values()].map((pack) => ({ pack, isEarly: false }))];
}

const isLater = (pack: Pack, than: Pack): boolean => pack.validFrom === than.validFrom ? pack.version > than.version : pack.validFrom > than.validFrom;

/** What a gap in a requirement weighs: before the first pack errors are warnings, but for place, time and signature. */
export const severityOn = ({ severity, looksFor }: Pick<Requirement, 'severity' | 'looksFor'>, isEarly: boolean): Severity =>
  isEarly && severity === 'ERROR' && !ALWAYS.has(looksFor) ? 'WARN' : severity;

/** Judges a referral by the packs that are in force for its agency on the day of the incident. */
export function readinessGaps(judged: Judged, packs: readonly Pack[]): Problem[] {
  const strict = new Map<string, Problem>();
  for (const { pack, isEarly } of packsOn(dayOf(judged.referral.incident.occurredOn), packs)) {
    for (const requirement of pack.requirements) {
      const { path, isMet } = CHECKS[requirement.looksFor];
      if (!applies(requirement, judged) || isMet(judged)) continue;
      const severity = severityOn(requirement, isEarly);
      const found: Problem = {
        code: `${snake(requirement.key)}_MISSING`, severity, path, requirement: `${pack.slug}/${requirement.key}`, message: ended(requirement.asks), remedy: requirement.remedy,
      };
      // Where two packs ask the same, the stricter speaks.
      const known = strict.get(requirement.key);
      if (known === undefined || RANK[known.severity] < RANK[severity]) strict.set(requirement.key, found);
    }
  }
  return [...strict.values(), ...(judged.attested ? [ATTESTED] : [])];
}

/** Whether a requirement is asked of this referral: all of its conditions must hold. */
const applies = ({ kinds, levels, anyoneInjured, minorInvolved }: Requirement, { referral }: Judged): boolean =>
  (kinds.length === 0 || kinds.includes(referral.kind))
  && (levels.length === 0 || (referral.allegedLevel != null && levels.includes(referral.allegedLevel)))
  && (anyoneInjured === null || anyoneInjured === referral.anyoneInjured)
  && (minorInvolved === null || minorInvolved === (referral.persons?.some((person) => person.minorAtIncident === true) ?? false));

const ATTESTED: Problem = {
  code: 'ATTESTED_NOT_SIGNED', severity: 'INFO', path: 'signature', requirement: null,
  message: 'This record was imported under an attestation; no officer signed it.', remedy: 'Supply a signed supplement where the office asks for one.',
};

const RANK = { INFO: 0, WARN: 1, ERROR: 2 } as const satisfies Record<Severity, number>;

const snake = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
const ended = (sentence: string): string => (/[.!?]$/.test(sentence) ? sentence : `${sentence}.`);
