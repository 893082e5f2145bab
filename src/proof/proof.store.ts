import type { CaseSeen } from '../cases/subject.ts';
import { chargeSeen, type ChargeSeen } from '../charges/charge.store.ts';
import { statement, type Statement } from '../database/statement.ts';
import { badInput, conflict, partNotFound } from '../kernel/errors.ts';
import { idOrNull } from '../kernel/ids.ts';
import type { Moment } from '../trail/act.ts';
import type { Polarity, ProofSource, Verdict } from './proof.table.ts';

const ELEMENTS = 'select text from comity.proof_elements where case_id = $1::uuid and charge_id = $2::uuid order by position';

/** Which element is meant: by its place, and, where it is said, by the words that were read there. */
export interface ElementMeant {
  readonly chargeId: string;
  readonly element: number;
  readonly wording?: string | null;
}

/**
 * A live charge, and its element as it reads. Throws NotFound where the actor sees no such charge, Conflict where it is withdrawn or the
 * element does not read as was said, BadInput where its statute has no such element.
 */
export async function elementOf(moment: Moment, subject: CaseSeen, { chargeId, element, wording }: ElementMeant): Promise<ChargeSeen & { readonly wording: string }> {
  const charge = await chargeSeen(moment, subject, chargeId);
  if (charge.state === 'WITHDRAWN') throw conflict('This charge is withdrawn.', { chargeId: charge.id, remedy: 'Propose it anew to work on it.' });
  const { rows } = await moment.run(statement(ELEMENTS, [subject.id, charge.id]));
  const text = rows[element - 1]?.['text'];
  if (text === undefined) throw badInput('element', `This charge has the elements 1 to ${rows.length}.`, 'Take a position from Charge.elements.');
  if (wording != null && wording !== text) {
    throw conflict('This element reads otherwise by now.', { chargeId: charge.id, element, text, remedy: 'Its text was corrected. Read Charge.elements again, and name the element that you mean.' });
  }
  return { ...charge, wording: String(text) };
}

/** The row that a link leans on, by case and id. */
const SOURCES = {
  REPORT: 'select needs from comity.case_reports where case_id = $1::uuid and $2::uuid is null',
  PERSON: 'select needs from comity.persons where case_id = $1::uuid and id = $2::uuid',
  RECORDING: 'select needs from comity.recordings where case_id = $1::uuid and id = $2::uuid',
  ANNOTATION: 'select needs from comity.annotations where case_id = $1::uuid and id = $2::uuid and not deleted',
  RETURN_ITEM: 'select needs from comity.return_items where case_id = $1::uuid and id = $2::uuid',
} as const satisfies Record<ProofSource, string>;

/** What a link leans on. Throws BadInput where an id is missing or too much, NotFound where the actor does not see it on this case. */
export async function sourceSeen(moment: Moment, { id: caseId }: CaseSeen, kind: ProofSource, given: string | null | undefined): Promise<{ readonly id: string | null; readonly needs: number }> {
  if ((kind === 'REPORT') !== (given == null)) {
    throw badInput('sourceId', kind === 'REPORT' ? 'A case has one report.' : 'It is not said which.', kind === 'REPORT' ? 'Leave sourceId away.' : 'Give the id of what the link leans on.');
  }
  const id = kind === 'REPORT' ? null : idOrNull(given);
  if (kind !== 'REPORT' && id === null) throw partNotFound('sourceId');
  const [row] = (await moment.run(statement(SOURCES[kind], [caseId, id]))).rows;
  if (row === undefined) throw partNotFound('sourceId');
  return { id, needs: Number(row['needs']) };
}

/** A link to be kept. */
export interface NewLink {
  readonly caseId: string;
  readonly id: string;
  readonly needs: number;
  readonly officeId: string;
  readonly chargeId: string;
  readonly element: number;
  readonly sourceKind: ProofSource;
  readonly sourceId: string | null;
  readonly polarity: Polarity;
  readonly reasoning: string;
}

const LINKED = `insert into comity.proof_links (case_id, id, needs, office_id, charge_id, element, source_kind, source_id, polarity, reasoning, linked_by, linked_at)
  select $1::uuid, $2::uuid, $3::integer, $4::uuid, $5::uuid, $6::integer, $7, $8::uuid, $9, $10, comity.member(), statement_timestamp()
   where comity.sees($1::uuid, $3::integer) returning id`;

/** Keeps a link; touches no row where the actor would not see it. */
export const linked = ({ caseId, id, needs, officeId, chargeId, element, sourceKind, sourceId, polarity, reasoning }: NewLink): Statement =>
  statement(LINKED, [caseId, id, needs, officeId, chargeId, element, sourceKind, sourceId, polarity, reasoning]);

const SAME = `select l.id from comity.proof_links l join comity.proof_elements e on e.case_id = l.case_id and e.charge_id = l.charge_id and e.text = l.wording
  where l.case_id = $1::uuid and l.charge_id = $2::uuid and e.position = $3::integer and l.source_kind = $4 and l.source_id is not distinct from $5::uuid and l.polarity = $6
    and l.office_id = $7::uuid and l.withdrawn_at is null limit 1`;

/** Throws Conflict where the office has linked the same to the element already, and that stands. */
export async function onlyOne(moment: Moment, { caseId, chargeId, element, sourceKind, sourceId, polarity, officeId }: NewLink): Promise<void> {
  const [row] = (await moment.run(statement(SAME, [caseId, chargeId, element, sourceKind, sourceId, polarity, officeId]))).rows;
  if (row !== undefined) throw conflict('This is linked to the element already.', { linkId: row['id'], remedy: 'Withdraw that link first to link it with another reasoning.' });
}

/** A link as its withdrawer sees it. */
export interface LinkSeen {
  readonly id: string;
  readonly needs: number;
  readonly chargeId: string;
  readonly isWithdrawn: boolean;
}

const SEEN = 'select id, needs, charge_id as "chargeId", withdrawn_at is not null as "isWithdrawn" from comity.proof_links where case_id = $1::uuid and id = $2::uuid';

/** A link of the case. Throws NotFound where there is none that the actor sees. */
export async function linkSeen(moment: Moment, { id: caseId }: CaseSeen, linkId: string): Promise<LinkSeen> {
  const [row] = (await moment.run(statement(SEEN, [caseId, idOrNull(linkId)]))).rows;
  if (row === undefined) throw partNotFound('linkId');
  return row as unknown as LinkSeen;
}

/** Withdraws a link; touches no row where that was done before. */
export const linkWithdrawn = ({ id: caseId }: CaseSeen, { id }: LinkSeen): Statement =>
  statement(`update comity.proof_links set withdrawn_by = comity.member(), withdrawn_at = statement_timestamp()
    where case_id = $1::uuid and id = $2::uuid and withdrawn_at is null returning id`, [caseId, id]);

/** An assessment to be kept. */
export interface NewAssessment {
  readonly caseId: string;
  readonly id: string;
  readonly needs: number;
  readonly officeId: string;
  readonly chargeId: string;
  readonly element: number;
  readonly verdict: Verdict;
  readonly reasoning: string;
}

const ASSESSED = `insert into comity.element_assessments (case_id, id, needs, office_id, charge_id, element, reviewer_id, verdict, reasoning, assessed_at)
  select $1::uuid, $2::uuid, $3::integer, $4::uuid, $5::uuid, $6::integer, comity.member(), $7, $8, clock_timestamp()
   where comity.sees($1::uuid, $3::integer) returning id`;

/** Keeps an assessment; touches no row where the actor would not see it. */
export const assessed = ({ caseId, id, needs, officeId, chargeId, element, verdict, reasoning }: NewAssessment): Statement =>
  statement(ASSESSED, [caseId, id, needs, officeId, chargeId, element, verdict, reasoning]);

const ASKED = `select i.id from comity.proof_links l join comity.return_items i on i.case_id = l.case_id and i.id = l.source_id
 where l.case_id = $1::uuid and l.charge_id = $2::uuid and l.wording = $3 and l.source_kind = 'RETURN_ITEM' and l.withdrawn_at is null
   and i.state in ('REQUESTED', 'DISPUTED', 'OVERRULED') and i.category = $4 and lower(i.description) = lower($5) limit 1`;

/** The item by which the same was asked for an element and is not answered yet; undefined where there is none that the actor sees. */
export const askedBefore = async (moment: Moment, { id }: CaseSeen, charge: { readonly id: string; readonly wording: string }, { category, description }: { readonly category: string; readonly description: string }): Promise<string | undefined> =>
  (await moment.run(statement(ASKED, [id, charge.id, charge.wording, category, description.trim()]))).rows[0]?.['id'] as string | undefined;
