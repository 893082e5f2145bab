import { isReasoned, type DispositionKind } from '../src/federal/disposition.rules.ts';
import { newId } from '../src/kernel/ids.ts';
import type { BuiltCase, CastMember, World } from './world.ts';

type Json = Readonly<Record<string, unknown>>;

const DATES = 'arraignedOn trialStartsOn courtDates { id kind day court supersedes recordedBy { name } }';
const REMOVAL = `id scope state judgmentBarred grounds groundsAroseOn federalCourt docketNumber windowClosedOn leaveSoughtOn leaveDecidedOn noticeFiledOn hearingOn ruledOn ruling order appealed appealedOn appealDocket closedOn
  person { id } recordedBy { name } movedBy { name } dispositionsDespite { id kind forum disposedOn } steps { act day state ruling grounds federalCourt docketNumber hearingOn order appealDocket recordedBy { name } }`;
const DISPOSITION = 'id kind disposedOn forum court sentence reason supersedes recordedBy { name }';
const STEPS = 'steps { act day state recordedBy { name } }';
const SUPERSESSION = `id state basis petitioner filedOn judgeAssignedOn heardOn decidedOn appointee order returnedOn withdrawnOn movedBy { name } ${STEPS}`;
const PARALLEL = `id forum court docketNumber against person { id } state openedOn stayedOn resumedOn endedOn movedBy { name } ${STEPS}`;
const TOLD = 'steps { act day state reference recordedBy { name } }';
const RENDITION = `id person { id } state citation confidence verified warrantActiveOn extraditionLimitation asylumState arrestOn holdExpiresOn extensionUntil extendedOn extensionOrder waivedOn governorRequestOn agentOfState governorWarrantOn refusedOn
  habeasOn habeasDecidedOn returnedOn releasedOn withdrawnOn reason movedBy { name } ${TOLD}`;
const IMMUNITY = `id person { id } state citation confidence verified forum circuit court analysis { id } anticipatedOn raisedOn hearingOn ruledOn ruling authorised necessary decision charges { id } appealedOn appealDocket appealDecidedOn appealDecision
  finalOn movedBy { name } ${TOLD}`;
export const CASE = `{ id stage version lead { slug } persons { id ${DATES} } charges { id state disposition { ${DISPOSITION} } dispositions { ${DISPOSITION} } } removals { ${REMOVAL} } supersessions { ${SUPERSESSION} }
  parallelProceedings { ${PARALLEL} } renditions { id state holdExpiresOn steps { act reference } } immunityProceedings { id state ruling steps { act } } events(first: 100) { nodes { act body } } }`;

const SELECTIONS = {
  recordArraignment: `person { id ${DATES} } case ${CASE}`, setTrial: `person { id ${DATES} } case ${CASE}`,
  recordRemoval: `removal { ${REMOVAL} } case ${CASE}`, recordDisposition: `charge { id disposition { ${DISPOSITION} } dispositions { ${DISPOSITION} } } case ${CASE}`,
  recordSupersession: `supersession { ${SUPERSESSION} } case ${CASE}`, recordParallelProceeding: `proceeding { ${PARALLEL} } case ${CASE}`, recordRendition: `rendition { ${RENDITION} } case ${CASE}`,
  recordImmunityProceeding: `proceeding { ${IMMUNITY} } case ${CASE}`,
} as const;
export type FederalField = keyof typeof SELECTIONS;

const document = (field: FederalField) => `mutation ($input: ${field.charAt(0).toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { ${SELECTIONS[field]} } }`;

/** What each act of a removal is recorded with. */
const NOTICE = { grounds: ['FEDERAL_OFFICER'], federalCourt: 'N.D. Tex.', docketNumber: '3:26-cr-00001' };
export const REMOVAL_DETAILS: Readonly<Record<string, Json>> = {
  FILE_NOTICE: NOTICE, SEEK_LATE_LEAVE: NOTICE, SET_HEARING: { hearingOn: '2026-08-20' }, REMAND_SUMMARILY: { order: 'Remanded on its face.' }, REMOVE: { order: 'Granted.' }, REMAND: { order: 'Denied.' }, APPEAL: { appealDocket: '26-10001' }, ENTER_IN_ERROR: { reason: 'It was another person.' },
};

/** Recording as one world's cast does it. */
export function docket(world: World) {
  const { owner } = world.database;
  const answer = (who: CastMember, field: FederalField, input: Json) => world.as(who).ask(document(field), { input });
  async function tell(who: CastMember, field: FederalField, input: Json) {
    const { data, errors } = await answer(who, field, input);
    if (errors || !data) throw new Error(`${field} was refused: ${JSON.stringify(errors)}`);
    return data[field];
  }
  const versionOf = async ({ id }: { readonly id: string }) => Number((await owner`select version from comity.cases where id = ${id}`)[0]?.['version']);
  /** A charge of a case, filed as `fileCharges` would. */
  async function filedCharge({ id, personIds }: BuiltCase, choice: { person?: number; needs?: number; filedOn?: string } = {}): Promise<string> {
    const [chargeId, needs] = [newId(), choice.needs ?? 16];
    await owner`insert into comity.charges (case_id, id, needs, person_id, statute_id, statute_version_id, counts, offence_on, state, warnings, proposed_by, proposed_at)
      select ${id}, ${chargeId}, ${needs}, ${personIds[choice.person ?? 0] ?? null}, v.statute_id, v.id, 1, '2026-03-14', 'FILED', '{}', ${world.memberIds.attorneyDallas}, clock_timestamp()
        from comity.statute_versions v join comity.statutes s on s.id = v.statute_id where s.state = 'TX' and v.valid_to is null
         and not exists (select 1 from comity.charges h where h.case_id = ${id} and h.statute_id = s.id) order by s.citation limit 1`;
    await owner`insert into comity.filings (case_id, charge_id, needs, instrument, court, docket_number, filed_on, warnings, recorded_by, recorded_at)
      values (${id}, ${chargeId}, ${needs}, 'INDICTMENT', 'Criminal District Court No. 7', 'F26-00123', ${choice.filedOn ?? '2026-05-04'}, '{}', ${world.memberIds.attorneyDallas}, now())`;
    return chargeId;
  }
  return {
    tell, versionOf, filedCharge,
    seen: async (who: CastMember, { id }: { readonly id: string }) => (await world.as(who).ask(`query ($id: ID) { case(id: $id) ${CASE} }`, { id })).data?.['case'],
    /** The refusal: its code, message and what else it says. */
    async refusal(who: CastMember, field: FederalField, input: Json): Promise<Record<string, any>> {
      const { errors } = await answer(who, field, input);
      return { ...errors?.[0]?.extensions, message: errors?.[0]?.message };
    },
    /** How it ended: OK, or the code of its refusal. */
    ended: async (who: CastMember, field: FederalField, input: Json): Promise<string> => String((await answer(who, field, input)).errors?.[0]?.extensions['code'] ?? 'OK'),
    /** A case of Dallas in court, with so many filed charges against the official. */
    async inCourt(count = 1): Promise<{ subject: BuiltCase; chargeIds: string[]; personId: string }> {
      const subject = await world.buildCase({ claimedBy: 'attorneyDallas' });
      const chargeIds: string[] = [];
      for (let at = 0; at < count; at += 1) chargeIds.push(await filedCharge(subject));
      await owner`update comity.cases set stage = 'IN_COURT' where id = ${subject.id}`;
      await owner`select comity.compute_sight(${subject.id})`;
      return { subject, chargeIds, personId: String(subject.personIds[0]) };
    },
    arraign: ({ id: caseId, personIds }: BuiltCase, arraignedOn = '2026-06-01', more: Json = {}) => tell('attorneyDallas', 'recordArraignment', { caseId, personId: personIds[0], arraignedOn, ...more }),
    /** What happens to a removal of the official: with an id, to that one. */
    remove: async ({ id: caseId, personIds }: BuiltCase, act: string, on: string, more: Json = {}) =>
      tell('attorneyDallas', 'recordRemoval', { caseId, ...('removalId' in more ? {} : { personId: personIds[0] }), act, on, ...REMOVAL_DETAILS[act], ...more }),
    dispose: async (subject: BuiltCase, chargeId: string, kind: string, more: Json = {}): Promise<Json> => ({
      caseId: subject.id, chargeId, kind, disposedOn: '2026-09-01', court: 'Criminal District Court No. 7', ...(isReasoned(kind as DispositionKind) && { reason: 'The witness moved.' }), expectedVersion: await versionOf(subject), ...more,
    }),
  };
}

const BY_STATE: Readonly<Record<string, Json>> = {
  WINDOW_CLOSED: { window_closed_on: '2026-07-01' },
  LATE_LEAVE_SOUGHT: { window_closed_on: '2026-07-01', leave_sought_on: '2026-08-01' },
  NOTICE_FILED: {}, HEARING_SET: { hearing_on: '2026-08-05' },
  SUMMARY_REMAND: { ruled_on: '2026-08-05', ruling: 'REMANDED', order: 'On its face.' }, REMANDED: { ruled_on: '2026-08-05', ruling: 'REMANDED', order: 'Denied.' }, REMOVED: { ruled_on: '2026-08-05', ruling: 'REMOVED', order: 'Granted.' },
  APPEAL_PENDING: { ruled_on: '2026-08-05', ruling: 'REMOVED', order: 'Granted.', appealed: 'REMOVED', appealed_on: '2026-08-06', appeal_docket: '26-10001' },
  CLOSED: { ruled_on: '2026-08-05', ruling: 'REMOVED', order: 'Granted.', closed_on: '2026-08-09' },
  ENTERED_IN_ERROR: {},
};

/** What happened to a removal until it stood so. */
const STEPS_TO: Readonly<Record<string, readonly (readonly [act: string, day: string, state: string])[]>> = {
  WINDOW_CLOSED: [['CLOSE_WINDOW', '2026-07-02', 'WINDOW_CLOSED']],
  LATE_LEAVE_SOUGHT: [['CLOSE_WINDOW', '2026-07-02', 'WINDOW_CLOSED'], ['SEEK_LATE_LEAVE', '2026-08-01', 'LATE_LEAVE_SOUGHT']],
  NOTICE_FILED: [], HEARING_SET: [['SET_HEARING', '2026-06-12', 'HEARING_SET']], SUMMARY_REMAND: [['REMAND_SUMMARILY', '2026-08-05', 'SUMMARY_REMAND']],
  REMANDED: [['REMAND', '2026-08-05', 'REMANDED']], REMOVED: [['REMOVE', '2026-08-05', 'REMOVED']], APPEAL_PENDING: [['REMOVE', '2026-08-05', 'REMOVED'], ['APPEAL', '2026-08-06', 'APPEAL_PENDING']],
  CLOSED: [['REMOVE', '2026-08-05', 'REMOVED'], ['CLOSE', '2026-08-09', 'CLOSED']],
  ENTERED_IN_ERROR: [['ENTER_IN_ERROR', '2026-08-09', 'ENTERED_IN_ERROR']],
};

/** A removal as it may stand, in the place of any that is on record; `more` is of its row, and a ruling of what was ruled before an appeal. */
export async function withRemoval({ database: { owner }, memberIds }: World, { id: caseId, personIds }: BuiltCase, state: string, more: Json = {}): Promise<string> {
  const id = newId();
  await owner`delete from comity.removal_steps where case_id = ${caseId}`;
  await owner`delete from comity.removals where case_id = ${caseId}`;
  const noticed = state !== 'WINDOW_CLOSED' && state !== 'LATE_LEAVE_SOUGHT';
  const noticeStands = noticed && state !== 'ENTERED_IN_ERROR';
  await owner`insert into comity.removals ${owner({
    case_id: caseId, id, needs: 84, person_id: personIds[0], scope: 'WHOLE_CASE', state, grounds: ['FEDERAL_OFFICER'], federal_court: 'N.D. Tex.', docket_number: '3:26-cr-00001', notice_filed_on: noticeStands ? '2026-06-10' : null,
    recorded_by: memberIds.attorneyDallas, recorded_at: new Date().toISOString(), moved_by: memberIds.attorneyDallas, moved_at: new Date().toISOString(), ...BY_STATE[state], ...more,
  } as never)}`;
  const ruled = more['ruling'] as string | undefined;
  const steps = [...(noticed ? [['FILE_NOTICE', '2026-06-10', 'NOTICE_FILED'] as const] : []), ...(STEPS_TO[state] ?? [])].map(([act, day, to]) => (ruled === 'REMANDED' && act === 'REMOVE' ? ['REMAND', day, 'REMANDED'] as const : [act, day, to] as const));
  for (const [at, [act, day, to]] of steps.entries()) {
    const ruling = steps.slice(0, at + 1).map(([, , reached]) => reached).findLast((reached) => reached === 'REMOVED' || reached.endsWith('REMAND') || reached === 'REMANDED');
    await owner`insert into comity.removal_steps (case_id, removal_id, position, needs, act, day, state, ruling, grounds, reason, recorded_by, recorded_at)
      values (${caseId}, ${id}, ${at + 1}, 84, ${act}, ${day}, ${to}, ${ruling === undefined ? null : ruling === 'REMOVED' ? 'REMOVED' : 'REMANDED'}, '{}', ${act === 'ENTER_IN_ERROR' ? 'Another person.' : null}, ${memberIds.attorneyDallas}, clock_timestamp())`;
  }
  return id;
}

/** The states that a row can begin in, and its moves as FROM>TO, as one value says. */
export function movesOf(machine: Readonly<Record<string, Readonly<Record<string, string>>>>, none: string): readonly [string[], string[]] {
  const moves = Object.values(machine).flatMap((each) => Object.entries(each));
  return [[...new Set(moves.filter(([from]) => from === none).map(([, to]) => to))].sort(), [...new Set(moves.filter(([from]) => from !== none).map(([from, to]) => `${from}>${to}`))].sort()];
}

/** The same, as the trigger of a table has it. */
export async function movesKept({ database: { owner } }: World, table: string): Promise<readonly (readonly string[])[]> {
  const [trigger] = await owner`select encode(tgargs, 'escape') as args from pg_trigger where tgname = ${`${table}_written`}`;
  return String(trigger?.['args']).split('\\000').filter(Boolean).map((list) => list.split(','));
}
