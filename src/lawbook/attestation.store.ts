import { statement, type Statement } from '../database/statement.ts';
import { idOrNull } from '../kernel/ids.ts';
import type { Moment } from '../trail/act.ts';

/** A text of law as far as its confirmation depends on it, and the state of the actor's office. */
export interface TextSeen {
  readonly id: string;
  readonly statuteId: string;
  readonly citation: string;
  readonly state: string;
  readonly revision: number;
  readonly attestedBy: string | null;
  /** The member who confirms it as it stands. */
  readonly attesterId: string | null;
  readonly ownState: string | null;
}

const TEXT = `select v.id, v.statute_id as "statuteId", s.citation, s.state, v.revision, v.attested_by as "attestedBy",
    (select a.member_id from comity.statute_attestations a where a.version_id = v.id and a.revision = v.revision and a.withdrawn_at is null) as "attesterId",
    (select j.state from comity.jurisdictions j where j.id = nullif(current_setting('comity.office', true), '')::uuid) as "ownState"
  from comity.statute_versions v join comity.statutes s on s.id = v.statute_id where v.id = $1::uuid`;

/** A text by its id, or nothing where there is none. Law carries no case: every seat sees the same. */
export const textSeen = async (moment: Moment, versionId: string): Promise<TextSeen | undefined> =>
  (await moment.run(statement(TEXT, [idOrNull(versionId)]))).rows[0] as unknown as TextSeen | undefined;

/** Puts the actor's name under a text in the wording of a revision; refuses where it was confirmed or changed meanwhile. */
export const attested = (versionId: string, revision: number, id: string): Statement => statement('select comity.attest_statute($1::uuid, $2::integer, $3::uuid)', [versionId, revision, id]);

/** Takes the name from under a text, with the reason; refuses where it was taken back or the text changed meanwhile. */
export const withdrawn = (versionId: string, reason: string): Statement => statement('select comity.withdraw_attestation($1::uuid, $2)', [versionId, reason]);
