import { z } from 'zod';
import { FACETS, type Facet } from '../access/facets.ts';
import { statement, type Answer, type Statement } from '../database/statement.ts';
import { only } from '../kernel/errors.ts';
import type { RuleBookPreview } from './preview.type.ts';

/** All cases of an office are judged anew: that may take longer than a request otherwise may. */
export const PATIENTLY: readonly Statement[] = [statement(`select set_config('statement_timeout', '60s', true)`)];

/** Asks what a book would change. The database refuses who may not know it. */
export const previewed = (bookId: string): Statement => statement('select comity.preview_rule_book($1::uuid)::text as preview', [bookId]);

const facet = z.enum(Object.keys(FACETS) as [Facet, ...Facet[]]);
const Preview = z.object({
  cases: z.int(),
  changes: z.array(z.object({
    officeId: z.string(), facet, becomesVisible: z.int(), becomesHidden: z.int(), visibleIds: z.array(z.string()), hiddenIds: z.array(z.string()),
  })),
  tests: z.array(z.object({ position: z.int(), memberId: z.string(), facet, expected: z.boolean(), passes: z.boolean(), because: z.string() })),
});

/** What `previewed` answered. */
export const previewOf = ({ rows }: Answer): RuleBookPreview => Preview.parse(JSON.parse(String(only(rows)['preview'])));
