import { sql } from 'drizzle-orm';
import { FACETS } from '../access/facets.ts';
import { caseShown } from '../cases/case.acts.ts';
import { caseHeld, within, type CaseSeen } from '../cases/subject.ts';
import { Shown } from '../database/lookahead.ts';
import { one } from '../database/shape.ts';
import { statement } from '../database/statement.ts';
import { badInput, conflict, notFound } from '../kernel/errors.ts';
import { idOrNull, newId } from '../kernel/ids.ts';
import { sentence } from '../kernel/wording.ts';
import { act, record, resight } from '../trail/act.ts';
import { authorisations } from './authorisation.table.ts';
import type { RecordAuthorisationInput, RevokeAuthorisationInput } from './authorisation.type.ts';
import { otherOffice } from './responsibility.store.ts';

/** Restrictions that close a facet to other offices unless they are authorised; those that close what is PROTECTED know no authorisation. */
const ASKED = `select 1 from comity.state_rules where kind = 'RESTRICTION' and state in ($1, '*') and body ? 'facet' and not body ? 'when' limit 1`;

const STANDING = 'select id from comity.authorisations where case_id = $1::uuid and jurisdiction_id = $2::uuid and revoked_at is null';

const RECORDED = `insert into comity.authorisations (case_id, id, needs, jurisdiction_id, given_for, purpose, document, recorded_by, recorded_at)
  values ($1::uuid, $2::uuid, 1, $3::uuid, nullif(current_setting('comity.office', true), '')::uuid, $4, $5, comity.member(), statement_timestamp())`;

const SEEN = 'select id, jurisdiction_id as "jurisdictionId" from comity.authorisations where case_id = $1::uuid and id = $2::uuid';

const REVOKED = `update comity.authorisations set revoked_by = comity.member(), revoked_at = statement_timestamp()
  where case_id = $1::uuid and id = $2::uuid and revoked_at is null returning id`;

/**
 * Records that an office is authorised to receive what the law of the case's state keeps from other offices. Throws NotFound
 * where the actor does not see the case, Forbidden where the actor's office does not lead it, BadInput where no law asks for
 * it, or for an office that cannot be, Conflict where the office is authorised already.
 */
export const recordAuthorisation = act('authorisation:record', async (moment, input: RecordAuthorisationInput) => {
  const subject = await caseHeld(moment, input.caseId);
  within(moment, subject, 'authorisation:record');
  const [purpose, document] = [sentence('purpose', input.purpose), sentence('document', input.document)];
  const jurisdictionId = await otherOffice(moment, subject, input.jurisdictionId);
  const [asked, standing] = await moment.flush([statement(ASKED, [subject.state]), statement(STANDING, [subject.id, jurisdictionId])]);
  if (asked?.rows.length !== 1) throw badInput('caseId', 'No law of this state asks for an authorisation.', 'Open what is to be shared by an invitation or a rule book.');
  const [before] = standing?.rows ?? [];
  if (before !== undefined) throw conflict('This office is authorised already.', { authorisationId: before['id'], remedy: 'Revoke that authorisation first, to record another.' });
  const id = newId();
  return {
    payload: shown(subject, id),
    end: [
      statement(RECORDED, [subject.id, id, jurisdictionId, purpose, document]),
      record({ caseId: subject.id, act: 'AUTHORISED', needs: FACETS.OFFICE, body: { authorisationId: id, jurisdictionId } }), resight(subject.id),
    ],
  };
});

/** Revokes an authorisation: what it opened closes. Throws NotFound, Forbidden where the actor's office does not lead the case, Conflict where it is revoked already. */
export const revokeAuthorisation = act('authorisation:record', async (moment, input: RevokeAuthorisationInput) => {
  const subject = await caseHeld(moment, input.caseId);
  within(moment, subject, 'authorisation:record');
  const [before] = (await moment.run(statement(SEEN, [subject.id, idOrNull(input.authorisationId)]))).rows;
  if (before === undefined) throw notFound();
  const id = String(before['id']);
  if ((await moment.run(statement(REVOKED, [subject.id, id]))).rows.length !== 1) throw conflict('This authorisation is revoked already.', { remedy: 'Read the authorisations of the case again.' });
  return {
    payload: shown(subject, id),
    end: [
      record({ caseId: subject.id, act: 'AUTHORISATION_REVOKED', needs: FACETS.OFFICE, body: { authorisationId: id, jurisdictionId: String(before['jurisdictionId']) } }), resight(subject.id),
    ],
  };
});

const shown = ({ id: caseId }: CaseSeen, id: string) => ({
  case: caseShown(caseId),
  authorisation: new Shown(({ given }) => one('Authorisation', authorisations, (each) => sql`${each.caseId} = ${given(0)}::uuid and ${each.id} = ${given(1)}::uuid`), [caseId, id]),
});
