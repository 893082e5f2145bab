import { sql } from 'drizzle-orm';
import { cases } from '../cases/case.table.ts';
import { named, page, type Target } from '../database/shape.ts';

/** The cases on which an invitation or a transfer waits for the answer of the reader's office, newest first: it begins at the offers, which are few. */
export const offersOpen = (): Target =>
  page('Case', cases, {
    keys: (subject) => [{ column: sql`${subject.receivedAt}`, kind: 'instant' }, { column: sql`${subject.id}`, kind: 'uuid' }],
    descending: true,
    rows: ({ limit, after }) => {
      const t = named(cases, 'c');
      return sql`
        select c.* from (
            select r.case_id from comity.responsibilities r
             where r.jurisdiction_id = nullif(current_setting('comity.office', true), '')::uuid and r.state = 'INVITED' and statement_timestamp() < r.until
            union
            select p.case_id from comity.transfers p where p.to_id = nullif(current_setting('comity.office', true), '')::uuid and p.state = 'PROPOSED') o
          join ${cases} c on c.id = o.case_id
         where ${after ? sql`(${t.receivedAt}, ${t.id}) < (${after[0]}, ${after[1]})` : sql`true`}
         order by ${t.receivedAt} desc, ${t.id} desc limit ${limit}`;
    },
  });
