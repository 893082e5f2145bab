import { statement } from '../database/statement.ts';
import { badInput } from '../kernel/errors.ts';
import { idOrNull, newId } from '../kernel/ids.ts';
import type { Moment } from '../trail/act.ts';
import type { AttestationRecord } from './packet.ts';
import type { AttestationInput } from './submission.inputs.ts';

/** The supervisor who answers for an import. Throws BadInput where this is none of the agency's. */
export async function attestor(moment: Moment, given: string, field: string): Promise<{ readonly id: string; readonly name: string }> {
  const found = await moment.run(statement(
    `select id, name from comity.members where (id = $1::uuid or subject = $2) and agency_id = comity.agency_id() and role = 'SUPERVISOR' and kind = 'PERSON' and active`,
    [idOrNull(given), given],
  ));
  const [member] = found.rows;
  if (!member) throw badInput(field, 'This is no active supervisor of your agency.', 'Name a supervisor of your agency by id or subject.');
  return { id: String(member['id']), name: String(member['name']) };
}

/** Notes once, for a file, that a member answers for it. Throws BadInput. */
export async function attest(moment: Moment, input: AttestationInput): Promise<AttestationRecord> {
  const member = await attestor(moment, input.attestedBy, 'attestation.attestedBy');
  if (!/^[0-9a-f]{64}$/i.test(input.sha256)) throw badInput('attestation.sha256', 'This is no SHA-256.', 'Give the 64 hexadecimal digits of the file’s hash.');
  if (input.statement.trim() === '' || input.statement.length > 2000) throw badInput('attestation.statement', 'The statement is missing or too long.', 'Give 1 to 2,000 characters.');
  const rows = await moment.flush([
    statement(
      `insert into comity.attestations (id, agency_id, attested_by, attested_at, statement, source, sha256)
       values ($1::uuid, comity.agency_id(), $2::uuid, statement_timestamp(), $3, $4, $5) on conflict (agency_id, attested_by, sha256) do nothing`,
      [newId(), member.id, input.statement, input.source.slice(0, 500), input.sha256.toLowerCase()],
    ),
    statement(`select id, to_json(attested_at)#>>'{}' as at, statement, source from comity.attestations where agency_id = comity.agency_id() and attested_by = $1::uuid and sha256 = $2`, [
      member.id, input.sha256.toLowerCase(),
    ]),
  ]);
  const [kept] = rows[1]?.rows ?? [];
  if (!kept) throw new Error('the attestation was not kept');
  return { id: String(kept['id']), attestedBy: member.name, attestedAt: String(kept['at']), statement: String(kept['statement']), source: String(kept['source']) };
}
