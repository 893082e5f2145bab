import { sql } from 'drizzle-orm';
import { check, integer, pgPolicy, primaryKey, text } from 'drizzle-orm/pg-core';
import { comity, definerRole, instant } from '../database/columns.ts';

/** No cell under so many cases is published, and none that would reveal one, whatever rule books say; they may ask for more. */
export const THRESHOLD = 10;

/**
 * The published counts, as last released: one row for each cell of each grouping, and no row for a cell that is
 * withheld. Read and written by `comity.case_counts` and `comity.refresh_statistics` alone.
 */
export const statisticsCells = comity.table(
  'statistics_cells',
  {
    /** How deep the place goes: 0 the whole coalition, 1 a state, 2 a jurisdiction, 3 an agency within a jurisdiction. */
    level: integer('level').notNull(),
    /** Here and below, empty: not grouped by. */
    state: text('state').notNull(),
    /** The slug; `-` for unrouted cases. */
    jurisdiction: text('jurisdiction').notNull(),
    /** The slug. */
    agency: text('agency').notNull(),
    stage: text('stage').notNull(),
    /** `YYYY-MM`, in UTC. */
    month: text('month').notNull(),
    /** The canonical citation. */
    statute: text('statute').notNull(),
    count: integer('count').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.level, t.state, t.jurisdiction, t.agency, t.stage, t.month, t.statute] }),
    check('statistics_cells_count', sql`${t.count} >= ${sql.raw(String(THRESHOLD))}`),
    pgPolicy('statistics_cells_definer', { for: 'all', to: definerRole, using: sql`true`, withCheck: sql`true` }),
  ],
);

/** The one release that `statistics_cells` holds. */
export const statisticsReleases = comity.table(
  'statistics_releases',
  {
    id: integer('id').primaryKey(),
    asOf: instant('as_of').notNull(),
    /** What the counted tables showed of their writes when the release was made; another text: something was written. */
    sign: text('sign').notNull(),
  },
  (t) => [
    check('statistics_releases_one', sql`${t.id} = 1`),
    pgPolicy('statistics_releases_definer', { for: 'all', to: definerRole, using: sql`true`, withCheck: sql`true` }),
  ],
);
