import { asc, eq, sql } from 'drizzle-orm';
import { members } from '../coalition/member.table.ts';
import { many, one, shape, value, type Shapes } from '../database/shape.ts';
import { statuteAttestations, statuteVersions } from '../law/statute.table.ts';

/** How the word of counsel hangs on a text of law. */
export const lawbookShapes: Shapes = {
  StatuteVersion: shape(statuteVersions, {
    attestations: (version) =>
      many('StatuteAttestation', statuteAttestations, (attestation) => eq(attestation.versionId, version.id), (attestation) => [asc(attestation.revision), asc(attestation.at)]),
  }),
  StatuteAttestation: shape(statuteAttestations, {
    member: (attestation) => one('Member', members, (member) => eq(member.id, attestation.memberId)),
    withdrawnBy: (attestation) => one('Member', members, (member) => eq(member.id, attestation.withdrawnBy)),
    current: (attestation) => value(sql`(${attestation.withdrawnAt} is null and ${attestation.revision} = (select v.revision from comity.statute_versions v where v.id = ${attestation.versionId}))`),
  }),
};
