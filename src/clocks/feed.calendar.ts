import { createHash } from 'node:crypto';
import ical, { ICalEventTransparency } from 'ical-generator';
import type { Day } from './calendar.ts';
import type { ClockKind, ClockRule } from './clock.ts';

/** What a calendar shows of a clock: no name and no word of what happened. */
export interface Deadline {
  readonly kind: ClockKind;
  readonly caseId: string;
  readonly aboutId: string;
  readonly aspect: string;
  readonly number: string;
  readonly dueOn: Day;
  readonly safeOn: Day | null;
  readonly rule: Pick<ClockRule, 'name' | 'citation'>;
  readonly isUnattested: boolean;
  /** An instant, as text. */
  readonly computedAt: string;
}

/** What a calendar calls each kind. */
const NAMES = {
  LIMITATION: 'Limitation',
  REMOVAL_WINDOW: 'Removal window',
  CAMERA_RETENTION: 'Camera recording kept until',
  RETURN_ITEM: 'Item owed by an agency',
  EXTERNAL_DEMAND: 'Answer to a demand',
  VICTIM_NOTICE: 'Notice to a victim',
  SUPERSESSION_HEARING: 'Supersession hearing',
  SUPERSESSION_DECISION: 'Supersession decision',
  RENDITION_HOLD: 'Hold in another state',
} as const satisfies Record<ClockKind, string>;

/** How often a program should come back, in seconds. */
const EVERY = 60 * 60;

/** The calendar (RFC 5545): for each clock a whole day, the one to plan on, with the due day in its text. The same clocks make the same bytes. */
export function calendarOf(deadlines: readonly Deadline[]): string {
  const calendar = ical({ name: 'Comity: what is due', prodId: { company: 'Comity', product: 'Clocks', language: 'EN' }, ttl: EVERY });
  const frame = calendar.toString();
  const events = deadlines.map((deadline) => calendar.createEvent({
    id: uidOf(deadline),
    start: new Date(`${deadline.safeOn ?? deadline.dueOn}T00:00:00Z`),
    allDay: true,
    summary: `${NAMES[deadline.kind]}: ${deadline.number}`,
    description: textOf(deadline),
    stamp: new Date(deadline.computedAt),
    lastModified: new Date(deadline.computedAt),
    transparency: ICalEventTransparency.TRANSPARENT,
  }).toString());
  // The library folds a calendar by an encoder for each character, which holds the process for half a second at a thousand events.
  return frame.replace('END:VCALENDAR', () => `${events.join('').split('\r\n').map(folded).join('\r\n')}END:VCALENDAR`);
}

/** A line in pieces of at most 75 bytes, none of them cut within a character. */
function folded(line: string): string {
  if (Buffer.byteLength(line) <= 75) return line;
  let [text, width] = ['', 0];
  for (const character of line) {
    const bytes = Buffer.byteLength(character);
    if (width + bytes > 75) [text, width] = [`${text}\r\n `, 1];
    [text, width] = [text + character, width + bytes];
  }
  return text;
}

/** Another result of the same clock is the same event. */
const uidOf = ({ kind, caseId, aboutId, aspect }: Deadline): string =>
  `${kind.toLowerCase().replaceAll('_', '-')}-${createHash('sha256').update([caseId, aboutId, aspect].join(' ')).digest('hex').slice(0, 32)}@comity`;

const textOf = ({ dueOn, safeOn, rule, isUnattested }: Deadline): string => [
  safeOn === null || safeOn === dueOn ? `Due on ${dueOn}.` : `Due on ${dueOn}. This is the day to plan on.`,
  `Rule: ${rule.name}.`,
  ...(rule.citation === null ? [] : [`Source: ${rule.citation}.`]),
  ...(isUnattested ? ['No attorney has confirmed the text of law that it rests on.'] : []),
].join('\n');
