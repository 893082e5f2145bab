import { createHash } from 'node:crypto';
import type { Confidence } from '../kernel/confidence.ts';
import type { LawRule } from '../law/rule.file.ts';
import type { RuleKind } from '../law/rule.table.ts';
import type { ClockRule, ClockWarning } from './clock.ts';

/** Equal for equal content, in whichever order its keys stand: a database keeps them in its own. */
export const digest = (content: unknown): string => createHash('sha256').update(JSON.stringify(ordered(content))).digest('hex').slice(0, 16);

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, ordered(each)]));
}

/** A rule of the states' rules as a clock names it. Nobody attests those one by one. */
export const clockRule = <K extends RuleKind>(name: string, rule: LawRule<K>): ClockRule => ({
  name, version: digest({ body: rule.body, citation: rule.citation, confidence: rule.confidence }), citation: rule.citation, confidence: rule.confidence, attestedBy: null,
});

const OF_CONFIDENCE = { HIGH: [], MEDIUM: ['MEDIUM_CONFIDENCE'], LOW: ['LOW_CONFIDENCE'] } as const satisfies Record<Confidence, readonly ClockWarning[]>;

/** What a rule rests on, as warnings. */
export const restsOn = ({ attestedBy, confidence }: ClockRule): ClockWarning[] => [
  ...(attestedBy === null ? (['UNATTESTED'] as const) : []), ...OF_CONFIDENCE[confidence],
];
