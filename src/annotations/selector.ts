import { badInput } from '../kernel/errors.ts';
import type { AnnotationSelectorInput, MediaFragmentInput, TextPositionInput, TextQuoteInput } from './annotation.inputs.ts';
import type { TargetKind } from './annotation.table.ts';

/** A selector in the words of the W3C Web Annotation model, as it is kept. */
export type Selector =
  | { readonly type: 'TextQuoteSelector'; readonly exact: string; readonly prefix?: string; readonly suffix?: string }
  | { readonly type: 'TextPositionSelector'; readonly start: number; readonly end: number }
  | { readonly type: 'FragmentSelector'; readonly value: string; readonly conformsTo: typeof MEDIA_FRAGMENTS };

const MEDIA_FRAGMENTS = 'http://www.w3.org/TR/media-frags/';
const LONGEST = { quote: 5_000, context: 1_000, seconds: 1_000_000 } as const;

/**
 * The selector that an input stands for. Throws BadInput where it is not exactly one, does not suit the target, or
 * points outside it; `narrative` is the report's, for passages.
 */
export function selectorOf(input: AnnotationSelectorInput, kind: TargetKind, narrative: string): Selector {
  const { quote, position, fragment } = input;
  if ([quote, position, fragment].filter((each) => each != null).length !== 1) {
    throw badInput('selector', 'A selector is a quote, a position or a fragment.', 'Give exactly one of quote, position and fragment.');
  }
  if (fragment) {
    if (kind !== 'RECORDING') throw unsuited('selector.fragment', 'A part in time belongs to a recording.', 'RECORDING');
    return inTime(fragment);
  }
  if (kind !== 'REPORT') throw unsuited(quote ? 'selector.quote' : 'selector.position', 'A passage belongs to the report.', 'REPORT');
  return quote ? byWords(quote, narrative) : byPlace(position as TextPositionInput, narrative);
}

function byWords({ exact, prefix, suffix }: TextQuoteInput, narrative: string): Selector {
  const context = Math.max(prefix?.length ?? 0, suffix?.length ?? 0);
  if (exact === '' || exact.length > LONGEST.quote || context > LONGEST.context) {
    throw badInput('selector.quote', 'The quotation is missing or too long.', 'Quote 1 to 5,000 characters, with at most 1,000 before and behind.');
  }
  if (!narrative.includes(`${prefix ?? ''}${exact}${suffix ?? ''}`)) {
    throw badInput('selector.quote', 'These words do not stand in the narrative.', 'Quote the narrative letter by letter, prefix and suffix too.');
  }
  return { type: 'TextQuoteSelector', exact, ...(prefix ? { prefix } : {}), ...(suffix ? { suffix } : {}) };
}

function byPlace({ start, end }: TextPositionInput, narrative: string): Selector {
  const length = [...narrative].length;
  if (start < 0 || end <= start || end > length) {
    throw badInput('selector.position', `This place does not lie within the narrative of ${length} characters.`, 'Give start from 0 and an end behind it, counted in Unicode code points.');
  }
  return { type: 'TextPositionSelector', start, end };
}

function inTime(fragment: MediaFragmentInput): Selector {
  const [from, to] = [toMilliseconds(fragment.from), toMilliseconds(fragment.to)];
  if (from < 0 || to <= from || to > LONGEST.seconds) {
    throw badInput('selector.fragment', 'The fragment ends before it begins, or lies outside any recording.', 'Give seconds from the beginning of the recording, from before to.');
  }
  return { type: 'FragmentSelector', value: `t=${from},${to}`, conformsTo: MEDIA_FRAGMENTS };
}

const toMilliseconds = (seconds: number): number => Math.round(seconds * 1000) / 1000;

const unsuited = (field: string, message: string, kind: TargetKind) => badInput(field, message, `Leave the selector away, or take ${kind} as the target's kind.`);
