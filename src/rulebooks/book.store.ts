import { and, eq, sql } from 'drizzle-orm';
import type { Facet } from '../access/facets.ts';
import { one, page, type Arguments, type Target } from '../database/shape.ts';
import { arrayText, statement } from '../database/statement.ts';
import { forbidden, notFound } from '../kernel/errors.ts';
import { idOrNull } from '../kernel/ids.ts';
import type { Moment } from '../trail/act.ts';
import type { DraftRuleBookInput } from './book.inputs.ts';
import { ruleBooks, type BookState } from './book.table.ts';
import type { Known } from './content.ts';

/** One rule book; null where there is none that the reader sees. */
export const ruleBookFound = ({ param }: Arguments): Target => one('RuleBook', ruleBooks, (book) => eq(book.id, sql`${param(({ id }) => idOrNull(id))}::uuid`));

/** The rule books that the reader sees and that a filter lets through, newest first. */
export const ruleBooksFound = ({ planned, param }: Arguments): Target => {
  const given = (planned['filter'] ?? {}) as Readonly<Record<string, unknown>>;
  const filter = (args: Readonly<Record<string, unknown>>) => args['filter'] as Readonly<Record<string, unknown>>;
  return page('RuleBook', ruleBooks, {
    where: (book) =>
      and(
        given['jurisdiction'] == null ? undefined : sql`${book.jurisdictionId} = ${param((args) => idOrNull(filter(args)['jurisdiction']))}::uuid`,
        given['states'] == null ? undefined : sql`${book.state} = any (${param((args) => arrayText(filter(args)['states'] as string[]))}::text[])`,
      ),
    keys: (book) => [{ column: sql`${book.draftedAt}`, kind: 'instant' }, { column: sql`${book.id}`, kind: 'uuid' }],
    descending: true,
  });
};

/** What an act must know of the book it is about. */
export interface BookSeen {
  readonly id: string;
  readonly jurisdictionId: string;
  readonly state: BookState;
  readonly revision: number;
  readonly proposedBy: string | null;
}

const SEEN = 'select id, jurisdiction_id as "jurisdictionId", state, revision, proposed_by as "proposedBy" from comity.rule_books where id = $1::uuid';

/** The book of an act. Throws NotFound where the actor does not see it, or there is none; Forbidden where it is another office's. */
export async function ownBook(moment: Moment, bookId: string): Promise<BookSeen> {
  const id = idOrNull(bookId);
  const [row] = id === null ? [] : (await moment.run(statement(SEEN, [id]))).rows;
  if (row === undefined) throw notFound();
  const book = row as unknown as BookSeen;
  if (book.jurisdictionId !== moment.actor.officeId) throw forbidden('This is the rule book of another office.');
  return book;
}

const KNOWN = `select
  (select coalesce(json_agg(j.id), '[]') from comity.jurisdictions j where j.id = any ($2::uuid[]))::text as offices,
  (select coalesce(json_agg(m.id), '[]') from comity.members m where m.id = any ($3::uuid[]))::text as members,
  (select coalesce(json_agg(json_build_object('facet', r.body ->> 'facet', 'citation', r.citation)), '[]')
     from comity.jurisdictions j join comity.state_rules r on r.state in (j.state, '*')
    where j.id = $1::uuid and r.kind = 'RESTRICTION' and r.body ? 'facet' and not r.body ? 'when')::text as closed`;

/** What the content of a draft of this office is held against. */
export async function knownTo(moment: Moment, office: string, { sharing, tests }: DraftRuleBookInput): Promise<Known> {
  const ids = (given: readonly (string | null | undefined)[] = []) => arrayText([...new Set(given.map(idOrNull))].filter((id) => id !== null));
  const { rows } = await moment.run(statement(KNOWN, [office, ids(sharing?.map((rule) => rule.jurisdictionId)), ids(tests?.map((test) => test.memberId))]));
  const read = (list: string) => JSON.parse(String(rows[0]?.[list])) as unknown;
  return {
    office, now: new Date(),
    offices: new Set(read('offices') as string[]), members: new Set(read('members') as string[]), closed: read('closed') as { facet: Facet; citation: string | null }[],
  };
}
