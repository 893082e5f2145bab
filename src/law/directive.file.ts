import { z } from 'zod';
import { type Faults, fileText, fileWord, type ReferenceFile } from '../database/reference.ts';
import { CONFIDENCES } from '../kernel/confidence.ts';
import { namedId } from '../kernel/ids.ts';
import { directives, requirements, SEVERITIES } from './directive.table.ts';

/** The directives with their readiness packs. */
export const DIRECTIVES = 'directives.json';

const answers = z.array(z.string().regex(/^[A-Z_]{2,40}$/)).min(1);

const RequirementInFile = z.strictObject({
  key: z.string().regex(/^[a-z][A-Za-z]{1,60}$/, 'is not a key in camel case'),
  asks: fileText,
  severity: z.enum(SEVERITIES),
  appliesWhen: fileText.optional(),
  completeWhen: answers.optional(),
  incompleteWhen: answers.optional(),
});

const DirectiveInFile = z.strictObject({
  slug: z.string().regex(/^[a-z][a-z0-9-]{1,60}$/, 'is not a slug of small letters, digits and hyphens'),
  title: fileText,
  issuedBy: fileText,
  appliesToAgencies: z.array(z.string().regex(/^([A-Z]{2}[A-Z0-9]{7}|\*)$/, 'is neither an ORI nor *')).min(1),
  effectiveFrom: z.iso.date(),
  guidanceDueDays: z.int().min(1).nullable(),
  source: fileText,
  confidence: fileWord(CONFIDENCES),
  requirements: z.array(RequirementInFile).min(1).refine((rows) => new Set(rows.map(({ key }) => key)).size === rows.length, 'hold one key twice'),
  publishes: fileText.optional(),
});

/** The rows of the directives, ready to be written. */
export interface DirectiveReference {
  directives: (typeof directives.$inferInsert)[];
  requirements: (typeof requirements.$inferInsert)[];
}

/** Validates the directives and their packs. */
export function directiveReference(file: ReferenceFile, faults: Faults): DirectiveReference {
  const placed = faults.rows(DIRECTIVES, faults.content(file), DirectiveInFile);
  faults.once(DIRECTIVES, placed, 'slug', ({ slug }) => [slug]);
  return {
    directives: placed.map(({ row: { requirements: _pack, publishes = null, ...directive } }) => ({ id: namedId('directive', directive.slug), ...directive, publishes })),
    requirements: placed.flatMap(({ row }) =>
      row.requirements.map(({ key, asks, severity, appliesWhen = null, completeWhen = null, incompleteWhen = null }, position) => ({
        directiveId: namedId('directive', row.slug), key, asks, severity, appliesWhen, completeWhen, incompleteWhen, position,
      }))),
  };
}
