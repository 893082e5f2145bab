import { statement, type Statement } from '../database/statement.ts';
import { partNotFound } from '../kernel/errors.ts';
import { idOrNull } from '../kernel/ids.ts';
import type { Confidence } from '../kernel/confidence.ts';
import type { Moment } from '../trail/act.ts';
import type { IdentificationState } from './identification.table.ts';
import type { CaseSeen } from './subject.ts';

/** A person as who would identify it sees it. */
export interface PersonToIdentify {
  readonly id: string;
  readonly needs: number;
  readonly isNamed: boolean;
  /** The identification that holds; null where there is none that the actor sees. */
  readonly identificationId: string | null;
}

const PERSON = `select p.id, p.needs, p.name is not null as "isNamed",
  (select i.id from comity.person_identifications i where i.case_id = p.case_id and i.person_id = p.id and i.state = 'STANDING') as "identificationId"
  from comity.persons p where p.case_id = $1::uuid and p.id = $2::uuid`;

/** A person of the case. Throws NotFound where there is none that the actor sees. */
export async function personToIdentify(moment: Moment, { id: caseId }: CaseSeen, personId: string): Promise<PersonToIdentify> {
  const [row] = (await moment.run(statement(PERSON, [caseId, idOrNull(personId)]))).rows;
  if (row === undefined) throw partNotFound('personId');
  return row as unknown as PersonToIdentify;
}

/** What is found out about a person. */
export interface NewIdentification {
  readonly id: string;
  readonly name: string;
  readonly badge: string | null;
  readonly agency: string | null;
  readonly source: string;
  readonly confidence: Confidence;
}

/** Identifies a person; answers, as `conflicted`, the members of the actor's office on the team who declared a relation to somebody of the case, as PostgreSQL's array text. */
export const identified = (caseId: string, personId: string, { id, name, badge, agency, source, confidence }: NewIdentification): Statement =>
  statement('select comity.identify_person($1::uuid, $2::uuid, $3::uuid, $4, $5, $6, $7, $8)::text as conflicted', [caseId, personId, id, name, badge, agency, source, confidence]);

/** An identification as who would withdraw it sees it. */
export interface IdentificationSeen {
  readonly id: string;
  readonly needs: number;
  readonly personId: string;
  readonly state: IdentificationState;
}

const SEEN = 'select id, needs, person_id as "personId", state from comity.person_identifications where case_id = $1::uuid and id = $2::uuid';

/** An identification of the case. Throws NotFound where there is none that the actor sees. */
export async function identificationSeen(moment: Moment, { id: caseId }: CaseSeen, identificationId: string): Promise<IdentificationSeen> {
  const [row] = (await moment.run(statement(SEEN, [caseId, idOrNull(identificationId)]))).rows;
  if (row === undefined) throw partNotFound('identificationId');
  return row as unknown as IdentificationSeen;
}

/** Withdraws an identification: the person is as it was before. */
export const identificationWithdrawn = (caseId: string, id: string, because: string): Statement =>
  statement('select comity.withdraw_identification($1::uuid, $2::uuid, $3)', [caseId, id, because]);
