import { sql, type SQL } from 'drizzle-orm';
import { cases } from '../cases/case.table.ts';
import { named, page, type Target } from '../database/shape.ts';

const OFFICE = sql.raw(`nullif(current_setting('comity.office', true), '')::uuid`);

/** The cases on which an invitation or a transfer waits for the answer of the reader's office, newest first. */
export const offersOpen = (): Target => offered(sql`r.jurisdiction_id = ${OFFICE}`, sql`p.to_id = ${OFFICE}`);

/** The cases on which an invitation or a transfer of the reader's office waits for the answer of another, newest first. */
export const offersSent = (): Target => offered(sql`r.invited_for = ${OFFICE}`, sql`p.from_id = ${OFFICE}`);

/** It begins at the offers, which are few. */
const offered = (invitation: SQL, transfer: SQL): Target =>
  page('Case', cases, {
    keys: (subject) => [{ column: sql`${subject.receivedAt}`, kind: 'instant' }, { column: sql`${subject.id}`, kind: 'uuid' }],
    descending: true,
    rows: ({ limit, after }) => {
      const t = named(cases, 'c');
      return sql`
        select c.* from (
            select r.case_id from comity.responsibilities r
             where ${invitation} and r.state = 'INVITED' and statement_timestamp() < r.until
            union
            select p.case_id from comity.transfers p where ${transfer} and p.state = 'PROPOSED') o
          join ${cases} c on c.id = o.case_id
         where ${after ? sql`(${t.receivedAt}, ${t.id}) < (${after[0]}, ${after[1]})` : sql`true`}
         order by ${t.receivedAt} desc, ${t.id} desc limit ${limit}`;
    },
  });
