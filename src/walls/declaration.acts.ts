import { eq, sql } from 'drizzle-orm';
import type { Role } from '../access/seats.ts';
import { officeOf } from '../cases/subject.ts';
import { Shown } from '../database/lookahead.ts';
import { one } from '../database/shape.ts';
import { statement, type Row, type Statement } from '../database/statement.ts';
import { badInput, conflict, forbidden, notFound } from '../kernel/errors.ts';
import { idOrNull, newId } from '../kernel/ids.ts';
import { sentence } from '../kernel/wording.ts';
import { act, type Moment } from '../trail/act.ts';
import { conflictDeclarations } from './declaration.table.ts';
import type { DeclareConflictInput, WithdrawDeclarationInput } from './declaration.type.ts';

/** Who declares for a colleague, and who withdraws what was declared of one. */
const DECLARERS: ReadonlySet<Role> = new Set(['CONFLICTS', 'SUPERVISOR', 'ELECTED']);
const WITHDRAWERS: ReadonlySet<Role> = new Set(['CONFLICTS', 'ELECTED']);

const COLLEAGUE = 'select id from comity.members where id = $1::uuid and office_id = $2::uuid';
const ADD = `insert into comity.conflict_declarations (id, office_id, member_id, party, relation, note, declared_by, declared_at)
  values ($1::uuid, $2::uuid, $3::uuid, $4, $5, $6, comity.member(), statement_timestamp())`;
const FIND = `select member_id = comity.member() as "isOwn", declared_by = comity.member() as "isByActor" from comity.conflict_declarations where id = $1::uuid and office_id = $2::uuid`;
const WITHDRAW = `update comity.conflict_declarations set withdrawn_by = comity.member(), withdrawn_at = statement_timestamp()
  where id = $1::uuid and withdrawn_at is null returning id`;

/**
 * Declares that a member of the actor's office stands in a relation to somebody. Throws Forbidden for a colleague's where
 * the actor's role keeps no declarations, BadInput for a stranger to the office or a name without words.
 */
export const declareConflict = act('conflict:declare', async (moment, input: DeclareConflictInput) => {
  const office = officeOf(moment);
  const memberId = input.memberId ?? moment.actor.memberId;
  if (memberId !== moment.actor.memberId) {
    if (!DECLARERS.has(moment.actor.role)) throw forbidden('Everybody declares for themselves; for others the conflicts officer does, or a supervisor.');
    if (!(await first(moment, statement(COLLEAGUE, [idOrNull(memberId), office])))) throw badInput('memberId', 'This is no member of your office.', 'Take an id from the query members.');
  }
  const party = sentence('party', input.party, 200);
  if (!/[\p{L}\p{N}]/u.test(party)) throw badInput('party', 'A name has words.', 'Give the whole name of the other.');
  const [id, note] = [newId(), input.note == null ? null : sentence('note', input.note)];
  return { payload: { declaration: declarationShown(id) }, end: [statement(ADD, [id, office, memberId, party, input.relation, note])] };
});

/**
 * Withdraws a declaration: of a colleague, for who keeps them; of oneself, what one declared oneself. Throws NotFound where
 * the actor does not see it, Forbidden, Conflict where it is withdrawn already.
 */
export const withdrawDeclaration = act('conflict:declare', async (moment, { declarationId }: WithdrawDeclarationInput) => {
  const office = officeOf(moment);
  const id = idOrNull(declarationId);
  const found = id === null ? undefined : await first(moment, statement(FIND, [id, office]));
  if (id === null || !found) throw notFound();
  if (found['isOwn'] === true && found['isByActor'] !== true) throw forbidden('What another declared of you, another withdraws.');
  if (found['isOwn'] !== true && !WITHDRAWERS.has(moment.actor.role)) throw forbidden('The conflicts officer or the elected prosecutor withdraws this.');
  if (!(await first(moment, statement(WITHDRAW, [id])))) throw conflict('This declaration is withdrawn already.', { remedy: 'Read the declarations again.' });
  return { payload: { declaration: declarationShown(id) } };
});

const declarationShown = (id: string): Shown => new Shown(({ given }) => one('ConflictDeclaration', conflictDeclarations, (declaration) => eq(declaration.id, sql`${given(0)}::uuid`)), [id]);

const first = async (moment: Moment, asked: Statement): Promise<Row | undefined> => (await moment.run(asked)).rows[0];
