import { badInput } from '../kernel/errors.ts';
import { dayText } from '../kernel/scalars.ts';
import { sentence } from '../kernel/wording.ts';
import type { DraftReadinessPackInput, ReadinessRequirementInput } from './pack.inputs.ts';

const MOST = 50;
const SLUG = /^[a-z][a-z0-9-]{1,60}$/;
const KEY = /^[a-z][A-Za-z]{1,60}$/;
const EARLIEST = '1900-01-01';

/** What a draft says of itself. */
export interface Heading {
  readonly slug: string;
  readonly title: string;
  readonly issuedBy: string;
  readonly basis: string;
  readonly validFrom: string;
}

/** The heading of a draft as it is stored. Throws BadInput. */
export function headingOf({ slug, title, issuedBy, basis, validFrom }: DraftReadinessPackInput, now: Date): Heading {
  if (!SLUG.test(slug)) throw badInput('slug', 'This is no slug.', 'Give 2 to 61 small letters, digits and hyphens, beginning with a letter.');
  const day = dayText(validFrom);
  if (day < EARLIEST || day.slice(0, 4) > String(now.getUTCFullYear() + 5)) throw badInput('validFrom', 'This day lies too far away to be right.', 'Give the first incident date that the pack is to judge.');
  return { slug, title: sentence('title', title, 200), issuedBy: sentence('issuedBy', issuedBy, 200), basis: sentence('basis', basis), validFrom: day };
}

/** The requirements of a draft as rows by the names of their columns. Throws BadInput with the path of the first that cannot be taken. */
export function requirementRows(given: readonly ReadinessRequirementInput[]): readonly Readonly<Record<string, unknown>>[] {
  if (given.length > MOST) throw badInput('requirements', `A pack asks at most ${MOST} things.`, 'Join what belongs together.');
  return given.map((each, position) => {
    const path = (field: string) => `requirements.${position}.${field}`;
    if (!KEY.test(each.key)) throw badInput(path('key'), 'This is no name in camel case.', 'Give 2 to 61 letters, the first of them small.');
    if (given.findIndex(({ key }) => key === each.key) < position) throw badInput(path('key'), 'This name stands already in the pack.', 'Give each requirement a name of its own.');
    if (each.looksFor === 'BY_HAND' && each.severity === 'ERROR') {
      throw badInput(path('severity'), 'No referral could ever meet this.', 'Make it WARN or INFO, or look for something that a referral shows.');
    }
    return {
      key: each.key, position, looks_for: each.looksFor, asks: sentence(path('asks'), each.asks, 500), remedy: sentence(path('remedy'), each.remedy, 500), severity: each.severity,
      kinds: [...new Set(each.kinds)], levels: [...new Set(each.levels)], anyone_injured: each.anyoneInjured ?? null, minor_involved: each.minorInvolved ?? null,
      basis: sentence(path('basis'), each.basis, 500),
    };
  });
}
