import { FACETS } from '../src/access/facets.ts';
import { newId } from '../src/kernel/ids.ts';
import type { BuiltCase, CastMember, Reply, World } from './world.ts';

type Json = Readonly<Record<string, unknown>>;

/** Who asks: one of the cast, or somebody of an office that the cast does not have. */
export type Asker = CastMember | ((document: string, variables: Json) => Promise<Reply>);

const DECISION = `id outcome reasonCodes shareableReason state supersedes grounds { evidential publicInterest overrideReason answer immunityAnalysis { id } } warnings { code message }
  proposedBy { name } answeredBy { name } overriddenBy { name } answeredAt`;
export const CASE = `{ id stage version outcome charges { id state filing { instrument court docketNumber filedOn waiver warnings correctedBecause recordedBy { name } } filingEntries { instrument docketNumber filedOn warnings correctedBecause withdrawnBecause withdrawnBy { name } recordedBy { name } } decision { ${DECISION} } decisions { ${DECISION} } }
  persons { id part name affiliations { affiliation basis } immunityAnalyses { id state authorised necessary remark } }
  victimNotices { id kind method sentOn language ground decisionId withdrawnBecause withdrawnBy { name } person { id } } referrals { thread { kind note } } events(first: 100) { nodes { act body } } }`;
const CHARGE = 'charge { id state decision { id outcome } }';

const SELECTIONS = {
  proposeCharge: `charge { id } case ${CASE}`, withdrawCharge: `charge { id state } case ${CASE}`,
  decideCharge: `decision { ${DECISION} } ${CHARGE} case ${CASE}`, approveDecision: `decision { ${DECISION} } ${CHARGE} case ${CASE}`,
  rejectDecision: `decision { ${DECISION} } case ${CASE}`, withdrawDecision: `decision { ${DECISION} } case ${CASE}`,
  recordAffiliation: `person { id affiliations { affiliation basis } } case ${CASE}`,
  recordImmunityAnalysis: 'analysis { id state authorised necessary draftedBy { name } } person { id }', reviewImmunityAnalysis: 'analysis { id state remark reviewedBy { name } } person { id }', withdrawImmunityAnalysis: 'analysis { id state remark reviewedBy { name } } person { id }',
  recordVictimNotice: `notice { id kind method sentOn language ground recordedBy { name } } case ${CASE}`, fileCharges: `case ${CASE}`, correctFiling: `case ${CASE}`, withdrawFiling: `case ${CASE}`,
  withdrawVictimNotice: `notice { id kind withdrawnBecause withdrawnBy { name } } case ${CASE}`,
  disputeDeclination: 'referral { id state thread { kind note } }', answerDeclinationDispute: `case ${CASE}`,
} as const;
export type DecisionField = keyof typeof SELECTIONS;

export const document = (field: DecisionField, selection: string = SELECTIONS[field]) =>
  `mutation ($input: ${field.charAt(0).toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { ${selection} } }`;

const FITTING = { CHARGE: 'EVIDENCE_SUFFICIENT', HOLD: 'AWAITING_EVIDENCE', DECLINE: 'EVIDENCE_INSUFFICIENT', REFER_OUT: 'NO_VENUE', DIVERT: 'DIVERSION_PROGRAM' } as const;
export type Decided = keyof typeof FITTING;

/** The two questions of immunity, answered against it. */
export const ANSWERED = { authorised: { finding: 'NOT_MET', facts: 'No order covered it.' }, necessary: { finding: 'NOT_MET', subjective: 'He said he was in a hurry.', objective: 'Nobody else would have.' } };

/** Deciding as one world's cast does it. */
export function bench(world: World) {
  const ask = (who: Asker, query: string, variables: Json): Promise<Reply> => (typeof who === 'string' ? world.as(who).ask(query, variables) : who(query, variables));
  const answer = (who: Asker, field: DecisionField, input: Json) => ask(who, document(field), { input });
  async function tell(who: Asker, field: DecisionField, input: Json) {
    const { data, errors } = await answer(who, field, input);
    if (errors || !data) throw new Error(`${field} was refused: ${JSON.stringify(errors)}`);
    return data[field];
  }
  const seen = async (who: Asker, { id }: { readonly id: string }) => (await ask(who, `query ($id: ID) { case(id: $id) ${CASE} }`, { id })).data?.['case'];
  const versionOf = async ({ id }: { readonly id: string }) => Number((await world.database.owner`select version from comity.cases where id = ${id}`)[0]?.['version']);
  const decision = async (subject: BuiltCase, chargeId: string, outcome: Decided, more: Json = {}): Promise<Json> => ({
    caseId: subject.id, chargeId, outcome, evidential: 'Two recordings and a witness.', publicInterest: 'A public officer.', reasonCodes: [FITTING[outcome]], expectedVersion: await versionOf(subject), ...more,
  });
  const decide = async (who: Asker, subject: BuiltCase, chargeId: string, outcome: Decided, more: Json = {}): Promise<string> =>
    (await tell(who, 'decideCharge', await decision(subject, chargeId, outcome, more))).decision.id;
  const approve = async (who: Asker, subject: BuiltCase, decisionId: string) => tell(who, 'approveDecision', { caseId: subject.id, decisionId, expectedVersion: await versionOf(subject) });
  return {
    ask, tell, seen, versionOf, decision, decide, approve,
    /** The refusal: its code, message and what else it says. */
    async refusal(who: Asker, field: DecisionField, input: Json): Promise<Record<string, any>> {
      const { errors } = await answer(who, field, input);
      return { ...errors?.[0]?.extensions, message: errors?.[0]?.message };
    },
    /** How it ended: OK, or the code of its refusal. */
    ended: async (who: Asker, field: DecisionField, input: Json): Promise<string> => String((await answer(who, field, input)).errors?.[0]?.extensions['code'] ?? 'OK'),
    /** Proposes a charge against the official, under one statute of the state after the other. */
    async charged(who: Asker, subject: BuiltCase, level?: string): Promise<string> {
      const [statute] = await world.database.owner`select s.id from comity.cases c join comity.statutes s on s.state = c.state join comity.statute_versions v on v.statute_id = s.id
        where c.id = ${subject.id} and (v.valid_from is null or v.valid_from <= c.incident_on) and v.valid_to is null and (${level ?? null}::text is null or v.level = ${level ?? null})
          and not exists (select 1 from comity.charges h where h.case_id = c.id and h.statute_id = s.id and h.state <> 'WITHDRAWN') order by s.citation limit 1`;
      return (await tell(who, 'proposeCharge', { caseId: subject.id, personId: subject.personIds[0], statuteId: statute?.['id'], counts: 1 })).charge.id;
    },
    /** Records that the official is no federal officer. */
    cleared: (who: Asker, subject: BuiltCase, affiliation = 'LOCAL') => tell(who, 'recordAffiliation', { caseId: subject.id, personId: subject.personIds[0], affiliation, basis: 'The roster of the department.' }),
    /** Decides by two people of Dallas. */
    async settled(subject: BuiltCase, chargeId: string, outcome: Decided, more: Json = {}) {
      return (await approve('supervisorDallas', subject, await decide('attorneyDallas', subject, chargeId, outcome, more))).case;
    },
  };
}

/** Somebody of an office, and how to ask as them. */
export async function someoneOf(world: World, slug: string, role: string): Promise<(document: string, variables: Json) => Promise<Reply>> {
  const subject = newId();
  await world.database.owner`insert into comity.members (id, subject, name, kind, role, office_id) select ${newId()}, ${subject}, 'Some One', 'PERSON', ${role}, id from comity.jurisdictions where slug = ${slug}`;
  const token = await world.issuer.mint({ subject });
  return async (query, variables) => {
    const response = await fetch(`${world.server.url}/graphql`, {
      method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'x-purpose': 'CASE_PREPARATION' }, body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Reply;
  };
}

/** A decision on a charge, as it may stand, with its grounds. */
export async function withDecision({ database: { owner }, memberIds }: World, { id }: { readonly id: string }, chargeId: string, choice: { state?: string; outcome?: Decided; by?: string } = {}): Promise<string> {
  const [decisionId, outcome, by] = [newId(), choice.outcome ?? 'DECLINE', choice.by ?? memberIds.electedDallas];
  await owner`insert into comity.decisions (case_id, id, needs, charge_id, outcome, reason_codes, shareable_reason, supersedes, state, proposed_by, proposed_at)
    select case_id, ${decisionId}, needs & 4112, id, ${outcome}, ${[FITTING[outcome]]}, 'The recordings show too little.', null, ${choice.state ?? 'PROPOSED'}, ${by}, clock_timestamp() from comity.charges where case_id = ${id} and id = ${chargeId}`;
  await owner`insert into comity.decision_grounds (case_id, decision_id, needs, charge_id, evidential, public_interest)
    select case_id, ${decisionId}, needs | 1024, id, 'Two recordings.', 'A public officer.' from comity.charges where case_id = ${id} and id = ${chargeId}`;
  return decisionId;
}

/** That the official of a case is no federal officer, as it would be recorded. */
export async function withAffiliation({ database: { owner }, memberIds }: World, { id, personIds }: BuiltCase, affiliation = 'LOCAL'): Promise<void> {
  await owner`insert into comity.affiliations (case_id, id, needs, person_id, affiliation, basis, recorded_by, recorded_at)
    select case_id, ${newId()}, needs, id, ${affiliation}, 'The roster of the department.', ${memberIds.attorneyDallas}, clock_timestamp() from comity.persons where case_id = ${id} and id = ${personIds[0] ?? null}`;
}

/** A notice of the filing to the victim of a case. */
export async function withNotice({ database: { owner }, memberIds }: World, { id, personIds }: BuiltCase, more: Json = {}): Promise<string> {
  const noticeId = newId();
  await owner`insert into comity.victim_notices ${owner({
    case_id: id, id: noticeId, needs: FACETS.PERSONS | FACETS.JOINT | FACETS.CHARGES, person_id: personIds[1], kind: 'CHARGED', method: 'MAIL', sent_on: '2026-05-05', recorded_by: memberIds.advocateDallas, recorded_at: new Date().toISOString(), ...more,
  } as never)}`;
  return noticeId;
}
