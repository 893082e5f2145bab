import { sql } from 'drizzle-orm';
import { Shown } from '../database/lookahead.ts';
import { one } from '../database/shape.ts';
import { conflict, forbidden, notFound } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { statutes } from '../law/statute.table.ts';
import { act } from '../trail/act.ts';
import { attested, textSeen } from './attestation.store.ts';
import type { AttestStatuteInput } from './attestation.type.ts';

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
  const statute = new Shown(({ given }) => one('Statute', statutes, (row) => sql`${row.id} = ${given(0)}::uuid`), [text.statuteId]);
  return { payload: { statute }, end: [attested(text.id, expectedRevision, newId())] };
});
