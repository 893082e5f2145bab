import { eq, sql } from 'drizzle-orm';
import { officeOf } from '../cases/subject.ts';
import { Shown } from '../database/lookahead.ts';
import { one } from '../database/shape.ts';
import type { Statement } from '../database/statement.ts';
import { badInput, conflict, forbidden, Refusal } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { sentence } from '../kernel/wording.ts';
import { act, type Moment } from '../trail/act.ts';
import { adopted, copied, drafted, emptied, filled, LOCK_VERSIONS, LONGER, proposed, redrafted, withdrawn } from './book.changes.ts';
import type { AdoptRuleBookInput, DraftRuleBookInput, ProposeRuleBookInput, WithdrawRuleBookInput } from './book.inputs.ts';
import { knownTo, ownBook, type BookSeen } from './book.store.ts';
import { ruleBooks } from './book.table.ts';
import { contentOf, LISTS, type Content } from './content.ts';

/** What a draft tells agencies unless it says otherwise. */
const TOLD_BY_DEFAULT = ['STATUS', 'ITEMS'].map((show) => ({ show, stages: [], basis: "The coalition's default." }));

/**
 * Drafts a rule book of the actor's office, or changes a draft of it. Throws BadInput with the path of what cannot be taken,
 * NotFound and Forbidden for a draft that is not the office's, Conflict where it has changed or is no draft any more.
 */
export const draftRuleBook = act('rulebook:draft', async (moment, input: DraftRuleBookInput) => {
  const office = officeOf(moment);
  const before = input.ruleBookId == null ? undefined : await ownBook(moment, input.ruleBookId);
  if ((before === undefined) !== (input.expectedRevision == null)) {
    throw badInput('expectedRevision', 'A draft is changed at the revision that was read.', 'Give ruleBookId and expectedRevision together, or neither.');
  }
  const title = sentence('title', input.title, 200);
  const content = contentOf(input, await knownTo(moment, office, input));
  const basis = input.basedOn == null ? undefined : await bookToCopy(moment, input.basedOn);
  const id = before?.id ?? newId();
  if (before === undefined) await moment.flush([LOCK_VERSIONS, drafted(id, title)]);
  else await changeOne(moment, before, redrafted(id, input.expectedRevision ?? 0, title));
  await moment.flush(listsOf(id, content, { isNew: before === undefined, basis }));
  return { payload: { ruleBook: ruleBookShown(id) } };
});

/** Proposes a draft: from now on it is fixed. Throws NotFound, Forbidden, and Conflict where it has changed or is no draft any more. */
export const proposeRuleBook = act('rulebook:draft', async (moment, { ruleBookId, expectedRevision }: ProposeRuleBookInput) => {
  const book = await ownBook(moment, ruleBookId);
  await changeOne(moment, book, proposed(book.id, expectedRevision));
  return { payload: { ruleBook: ruleBookShown(book.id) } };
});

/**
 * Puts a proposed book into force in the place of the one that is; what it opens and closes counts from the commit. Throws
 * NotFound, Forbidden for the proposer, Conflict where it is not proposed or one of its tests fails.
 */
export const adoptRuleBook = act('rulebook:adopt', async (moment, { ruleBookId }: AdoptRuleBookInput) => {
  const book = await ownBook(moment, ruleBookId);
  if (book.state !== 'PROPOSED') throw changed(book);
  if (book.proposedBy === moment.actor.memberId) throw forbidden('A rule book is adopted by another person than the one who proposed it.');
  return { payload: { ruleBook: ruleBookShown(book.id) }, end: [adopted(book.id)] };
}, () => [LONGER]);

/** Gives up a draft or a proposal. Throws NotFound, Forbidden, and Conflict where it is neither. */
export const withdrawRuleBook = act('rulebook:draft', async (moment, { ruleBookId }: WithdrawRuleBookInput) => {
  const book = await ownBook(moment, ruleBookId);
  await changeOne(moment, book, withdrawn(book.id));
  return { payload: { ruleBook: ruleBookShown(book.id) } };
});

const ruleBookShown = (id: string): Shown => new Shown(({ given }) => one('RuleBook', ruleBooks, (book) => eq(book.id, sql`${given(0)}::uuid`)), [id]);

/** A book of the office to take content from; any other answers as if there were none. */
async function bookToCopy(moment: Moment, bookId: string): Promise<string> {
  try {
    return (await ownBook(moment, bookId)).id;
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    throw badInput('basedOn', 'There is no such rule book of your office.', 'Take an id from the query ruleBooks, filtered by your office.');
  }
}

/** What fills a draft: each list as it is given, else from the book it is based on, else as it is. */
function listsOf(id: string, content: Content, { isNew, basis }: { readonly isNew: boolean; readonly basis: string | undefined }): Statement[] {
  const given: Content = isNew && basis === undefined ? { agency: TOLD_BY_DEFAULT, ...content } : content;
  return LISTS.flatMap((list) => {
    const rows = given[list];
    const filling = rows ? [filled(list, id, rows)] : basis !== undefined && basis !== id ? [copied(list, id, basis)] : [];
    return isNew || filling.length === 0 ? filling : [emptied(list, id), ...filling];
  });
}

async function changeOne(moment: Moment, book: BookSeen, change: Statement): Promise<void> {
  if ((await moment.run(change)).rows.length !== 1) throw changed(await ownBook(moment, book.id));
}

const REMEDIES = {
  DRAFT: 'Read it again and pass its revision as expectedRevision.',
  PROPOSED: 'A proposed book is fixed: adopt it, or withdraw it and draft another based on it.',
  IN_FORCE: 'A book in force is replaced: draft another based on it, propose it, and have it adopted.',
  SUPERSEDED: 'Draft another based on it.',
  WITHDRAWN: 'Draft another based on it.',
} as const satisfies Record<BookSeen['state'], string>;

const changed = ({ state, revision }: BookSeen) => conflict('The rule book does not stand where this act needs it.', { state, revision, remedy: REMEDIES[state] });
