import { sql } from 'drizzle-orm';
import { shape, value, type Shapes } from '../database/shape.ts';
import { referrals } from '../referrals/referral.table.ts';

/** What an agency is told of a declination. */
export const disputeShapes: Shapes = {
  Referral: shape(referrals, {
    declinationReasons: (referral) => value(sql`to_json(comity.declination_reasons(${referral.id}))`),
  }),
};
