import { z } from 'zod';
import { type Faults, fileText, fileWord, type Placed, type ReferenceFile } from '../database/reference.ts';
import { CONFIDENCES } from '../kernel/confidence.ts';
import { namedId } from '../kernel/ids.ts';
import { directives } from './directive.table.ts';

/** The directives with their readiness packs. */
export const DIRECTIVES = 'directives.json';

const DirectiveInFile = z.strictObject({
  slug: z.string().regex(/^[a-z][a-z0-9-]{1,60}$/, 'is not a slug of small letters, digits and hyphens'),
  title: fileText,
  issuedBy: fileText,
  appliesToAgencies: z.array(z.string().regex(/^([A-Z]{2}[A-Z0-9]{7}|\*)$/, 'is neither an ORI nor *')).min(1),
  effectiveFrom: z.iso.date(),
  guidanceDueDays: z.int().min(1).nullable(),
  source: fileText,
  confidence: fileWord(CONFIDENCES),
  /** Read by whoever judges referrals by them. */
  requirements: z.array(z.unknown()).min(1),
  publishes: fileText.optional(),
});

/** A directive as its file has it. */
export type DirectiveInFile = z.infer<typeof DirectiveInFile>;

/** The rows of the directives, ready to be written, and what the file holds of each. */
export interface DirectiveReference {
  readonly directives: (typeof directives.$inferInsert)[];
  readonly placed: readonly Placed<DirectiveInFile>[];
}

/** Validates the directives. */
export function directiveReference(file: ReferenceFile, faults: Faults): DirectiveReference {
  const placed = faults.rows(DIRECTIVES, faults.content(file), DirectiveInFile);
  faults.once(DIRECTIVES, placed, 'slug', ({ slug }) => [slug]);
  return {
    placed,
    directives: placed.map(({ row: { requirements: _pack, publishes = null, ...directive } }) => ({ id: namedId('directive', directive.slug), ...directive, publishes })),
  };
}
