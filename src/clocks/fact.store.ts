import { FACETS } from '../access/facets.ts';
import type { CaseSeen } from '../cases/subject.ts';
import { arrayText, statement, type Statement } from '../database/statement.ts';
import { partNotFound } from '../kernel/errors.ts';
import { idOrNull } from '../kernel/ids.ts';
import type { Moment } from '../trail/act.ts';
import type { Day } from './calendar.ts';
import { FACT_SUBJECTS, type ClockFactKind, type FactSubject } from './fact.rules.ts';

/** What a fact is about, as the actor sees it. */
export interface SubjectSeen {
  readonly id: string;
  readonly needs: number;
  /** The part of a person, the state of a charge, the kind of a recording. */
  readonly word: string;
}

const SUBJECT: Readonly<Record<FactSubject, string>> = {
  PERSON: `select id, needs | ${FACETS.CHARGES} as needs, part as word from comity.persons where case_id = $1::uuid and id = $2::uuid`,
  CHARGE: 'select id, needs, state as word from comity.charges where case_id = $1::uuid and id = $2::uuid',
  RECORDING: 'select id, needs, kind as word from comity.recordings where case_id = $1::uuid and id = $2::uuid',
};

/** The person, charge or recording that a kind of fact is about. Throws NotFound where the actor sees none. */
export async function aboutSeen(moment: Moment, { id: caseId }: CaseSeen, kind: ClockFactKind, aboutId: string, field = 'aboutId'): Promise<SubjectSeen> {
  const [row] = (await moment.run(statement(SUBJECT[FACT_SUBJECTS[kind]], [caseId, idOrNull(aboutId)]))).rows;
  if (row === undefined) throw partNotFound(field);
  return row as unknown as SubjectSeen;
}

/** A fact as an act on it sees it. */
export interface FactSeen {
  readonly id: string;
  readonly needs: number;
  readonly kind: ClockFactKind;
  readonly fromOn: Day | null;
  readonly toOn: Day | null;
  readonly attestedBy: string | null;
  readonly withdrawnBy: string | null;
}

const FACT = `select id, needs, kind, from_on::text as "fromOn", to_on::text as "toOn", attested_by as "attestedBy", withdrawn_by as "withdrawnBy"
  from comity.clock_facts where case_id = $1::uuid and id = $2::uuid`;

/** A fact of the case. Throws NotFound where the actor sees none. */
export async function factSeen(moment: Moment, { id: caseId }: CaseSeen, factId: string): Promise<FactSeen> {
  const [row] = (await moment.run(statement(FACT, [caseId, idOrNull(factId)]))).rows;
  if (row === undefined) throw partNotFound('factId');
  return row as unknown as FactSeen;
}

/** The fact of a kind that holds of a thing, if there is one. */
export async function factHolding(moment: Moment, { id: caseId }: CaseSeen, kind: ClockFactKind, aboutId: string): Promise<string | undefined> {
  const { rows } = await moment.run(statement('select id from comity.clock_facts where case_id = $1::uuid and kind = $2 and about_id = $3::uuid and withdrawn_at is null', [caseId, kind, aboutId]));
  return rows[0] && String(rows[0]['id']);
}

/** Something new that a clock depends on. */
export interface NewFact {
  readonly caseId: string;
  readonly id: string;
  readonly needs: number;
  readonly kind: ClockFactKind;
  readonly aboutId: string;
  readonly fromOn: Day | null;
  readonly toOn: Day | null;
  readonly grounds: readonly string[];
  readonly source: string;
}

const RECORDED = `insert into comity.clock_facts (case_id, id, needs, kind, about_id, from_on, to_on, grounds, source, recorded_by, recorded_at)
  values ($1::uuid, $2::uuid, $3::integer, $4, $5::uuid, $6::text::date, $7::text::date, $8::text::text[], $9, comity.member(), clock_timestamp())`;

/** Records a fact. */
export const factRecorded = (fact: NewFact): Statement =>
  statement(RECORDED, [fact.caseId, fact.id, fact.needs, fact.kind, fact.aboutId, fact.fromOn, fact.toOn, arrayText(fact.grounds), fact.source]);

const HERE = 'where case_id = $1::uuid and id = $2::uuid and withdrawn_at is null';

/** The last day of an exclusion. */
export const exclusionEnded = (caseId: string, id: string, toOn: Day): Statement =>
  statement(`update comity.clock_facts set to_on = $3::text::date ${HERE} and to_on is null returning id`, [caseId, id, toOn]);

/** An attorney answers for a discovery. */
export const discoveryAttested = (caseId: string, id: string): Statement =>
  statement(`update comity.clock_facts set attested_by = comity.member(), attested_at = statement_timestamp() ${HERE} and attested_by is null returning id`, [caseId, id]);

/** It does not hold, or no longer. */
export const factWithdrawn = (caseId: string, id: string, because: string): Statement =>
  statement(`update comity.clock_facts set withdrawn_by = comity.member(), withdrawn_at = statement_timestamp(), withdrawn_because = $3 ${HERE} returning id`, [caseId, id, because]);
