import { asc, eq, sql } from 'drizzle-orm';
import { members } from '../coalition/member.table.ts';
import { many, one, shape, value, type Shapes } from '../database/shape.ts';
import { statuteAttestations, statuteVersions } from '../law/statute.table.ts';

/** How the word of counsel hangs on a text of law. */
export const lawbookShapes: Shapes = {
  StatuteVersion: shape(statuteVersions, {
    attestations: (version) =>
      many('StatuteAttestation', statuteAttestations, (attestation) => eq(attestation.versionId, version.id), (attestation) => [asc(attestation.revision)]),
  }),
  StatuteAttestation: shape(statuteAttestations, {
    member: (attestation) => one('Member', members, (member) => eq(member.id, attestation.memberId)),
    current: (attestation) => value(sql`(${attestation.revision} = (select v.revision from comity.statute_versions v where v.id = ${attestation.versionId}))`),
  }),
};
