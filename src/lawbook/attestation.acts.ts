import { sql } from 'drizzle-orm';
import { Shown } from '../database/lookahead.ts';
import { one } from '../database/shape.ts';
import { conflict, forbidden, notFound } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { statutes } from '../law/statute.table.ts';
import { sentence } from '../kernel/wording.ts';
import { act } from '../trail/act.ts';
import { attested, textSeen, withdrawn, type TextSeen } from './attestation.store.ts';
import type { AttestStatuteInput, WithdrawAttestationInput } from './attestation.type.ts';

/**
 * Confirms a text of law by name, as an attorney of its state, in the wording that was read. Throws NotFound where there is no
 * such text, Forbidden for an attorney of another state, Conflict where it is confirmed already or says something else by now.
 */
export const attestStatute = act('law:attest', async (moment, { versionId, expectedRevision }: AttestStatuteInput) => {
  const text = await textSeen(moment, versionId);
  if (text === undefined) throw notFound();
  if (moment.actor.kind !== 'PERSON' || text.ownState !== text.state) throw forbidden(`A text of the law of ${text.state} is confirmed by an attorney of that state.`);
  if (text.revision !== expectedRevision) {
    throw conflict(`${text.citation} says something else than at the revision that you read.`, { revision: text.revision, remedy: 'Read the text again, then confirm it at its revision.' });
  }
  if (text.attestedBy !== null) throw conflict(`${text.citation} is confirmed already.`, { attestedBy: text.attestedBy, remedy: 'Nothing is left to do until the text changes.' });
  return { payload: { statute: statuteShown(text) }, end: [attested(text.id, expectedRevision, newId())] };
});

/**
 * Takes back the confirmation of a text of law; it stays in view with the reason. Throws NotFound where there is no such text, Forbidden
 * for another state's, and for who neither gave it nor heads an office there, Conflict where nobody confirms the text.
 */
export const withdrawAttestation = act('law:attest', async (moment, { versionId, reason }: WithdrawAttestationInput) => {
  const text = await textSeen(moment, versionId);
  if (text === undefined) throw notFound();
  if (moment.actor.kind !== 'PERSON' || text.ownState !== text.state) throw forbidden(`What confirms a text of the law of ${text.state} is taken back in that state.`);
  const because = sentence('reason', reason);
  if (text.attestedBy === null) throw conflict(`Nobody confirms ${text.citation} as it stands.`, { remedy: 'Nothing is left to do.' });
  if (text.attesterId !== moment.actor.memberId && !HEADS.some((role) => role === moment.actor.role)) {
    throw forbidden(`${text.attestedBy} confirmed this text: they take it back, or a supervisor or the elected head of an office of ${text.state}.`);
  }
  return { payload: { statute: statuteShown(text) }, end: [withdrawn(text.id, because)] };
});

const HEADS = ['SUPERVISOR', 'ELECTED'] as const;

const statuteShown = ({ statuteId }: TextSeen) => new Shown(({ given }) => one('Statute', statutes, (row) => sql`${row.id} = ${given(0)}::uuid`), [statuteId]);
