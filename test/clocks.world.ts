import { readFileSync } from 'node:fs';
import type { Clock } from '../src/clocks/clock.ts';
import { limitation, type LimitationFacts } from '../src/clocks/limitation.ts';
import type { LimitationLaw } from '../src/clocks/limitation.law.ts';
import { Faults } from '../src/database/reference.ts';
import { type LawRule, ruleReference, STATE_RULES } from '../src/law/rule.file.ts';
import type { RuleKind } from '../src/law/rule.table.ts';
import { statuteReference, STATUTES } from '../src/law/statute.file.ts';

const shipped = (file: string) => ({ file, sha256: '', text: readFileSync(new URL(`../drizzle/reference/${file}`, import.meta.url), 'utf8') });

const faults = new Faults();
const rules = ruleReference(shipped(STATE_RULES), faults);
const offences = statuteReference(shipped(STATUTES), faults);
faults.settle();

/** Every offence that ships, by citation. */
export const citations: readonly string[] = offences.statutes.map(({ citation }) => citation);

/** A rule that ships: of a kind and a state, and where there are several the one that fits. */
export function ruleOf<K extends RuleKind>(kind: K, state: string, fits: (rule: LawRule<K>) => boolean = () => true): LawRule<K> {
  const found = (rules as unknown as LawRule<K>[]).find((rule) => rule.kind === kind && rule.state === state && fits(rule));
  if (found === undefined) throw new Error(`no rule of ${kind} in ${state}`);
  return found;
}

/** The law of limitation of an offence that ships, as the loader would keep it; nobody has attested it. */
export function lawOf(citation: string, changes: Partial<LimitationLaw['version']> = {}): LimitationLaw {
  const statute = offences.statutes.find((each) => each.citation === citation);
  const version = offences.versions.find(({ statuteId }) => statuteId === statute?.id);
  if (statute === undefined || version === undefined) throw new Error(`no offence ${citation}`);
  const { validFrom = null, validTo = null, level, limitation, appliesToFederalOfficer, confidence } = version;
  return {
    statute, rule: ruleOf('LIMITATION', statute.state),
    version: { validFrom, validTo, level, limitation, appliesToFederalOfficer, confidence, attestedBy: null, ...changes },
  };
}

/** The limitation of an offence that ships, as on a day long before it runs out unless told. */
export const limitationOf = (citation: string, facts: Omit<LimitationFacts, 'state'> & { state?: string }, asOf = '2026-04-01'): Clock => {
  const law = lawOf(citation);
  return limitation(law, { state: law.statute.state, ...facts }, asOf);
};

/** What a pure function refused its facts with. */
export function refusalOf(work: () => unknown): { code: string; message: string; details: Readonly<Record<string, unknown>> } {
  try {
    work();
  } catch (error) {
    return error as ReturnType<typeof refusalOf>;
  }
  throw new Error('was not refused');
}
