import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../src/kernel/ids.ts';
import { caseOfAnotherTime, upgradedSince, type Upgraded } from './upgrade.world.ts';

const member = newId();
const noticed = { notice_filed_on: '2026-06-10', federal_court: 'N.D. Tex.', docket_number: '1' };
const ruled = (ruling: string) => ({ ...noticed, ruled_on: '2026-06-25', ruling, order: 'So ordered.' });

/** A removal as it stood, by its state and what had become of it. */
const REMOVALS = {
  'the window closed': { state: 'WINDOW_CLOSED', window_closed_on: '2026-07-01' },
  'leave was sought': { state: 'LATE_LEAVE_SOUGHT', window_closed_on: '2026-07-01', leave_sought_on: '2026-07-05', federal_court: 'N.D. Tex.', docket_number: '1' },
  'notice was filed': { state: 'NOTICE_FILED', ...noticed }, 'leave was given': { state: 'NOTICE_FILED', window_closed_on: '2026-06-01', leave_sought_on: '2026-06-05', leave_decided_on: '2026-06-10', ...noticed },
  'a hearing was set': { state: 'HEARING_SET', ...noticed, hearing_on: '2026-06-20' }, 'it was remanded at once': { state: 'SUMMARY_REMAND', ...ruled('REMANDED') },
  'it was removed': { state: 'REMOVED', ...ruled('REMOVED'), hearing_on: '2026-06-20' }, 'the removal was appealed': { state: 'APPEAL_PENDING', ...ruled('REMOVED'), hearing_on: '2026-06-20', appealed_on: '2026-07-01', appeal_docket: '26-1' },
  'the removal was affirmed': { state: 'CLOSED', ...ruled('REMOVED'), hearing_on: '2026-06-20', appealed_on: '2026-07-01', appeal_docket: '26-1', closed_on: '2026-08-01' },
} as const;

let upgraded: Upgraded;
let caseId: string;
const demands = new Map<string, string>();
beforeAll(async () => {
  upgraded = await upgradedSince('removal_steps', async (owner) => {
    const made = await caseOfAnotherTime(owner, Object.keys(REMOVALS));
    caseId = made.caseId;
    const at = new Date().toISOString();
    const recorded = { recorded_by: member, recorded_at: at, moved_by: member, moved_at: at };
    for (const [name, row] of Object.entries(REMOVALS)) {
      const grounds = 'federal_court' in row ? ['FEDERAL_OFFICER'] : [];
      await owner`insert into comity.removals ${owner({ case_id: caseId, id: newId(), needs: 84, person_id: made.personOf(name), scope: 'WHOLE_CASE', grounds, ...row, ...recorded } as never)}`;
    }
    await owner`insert into comity.supersessions ${owner({ case_id: caseId, id: newId(), needs: 64, state: 'TRANSFERRED', basis: 'OTHER', petitioner: 'The judge', filed_on: '2026-05-20', judge_assigned_on: '2026-06-01', heard_on: '2026-06-25', decided_on: '2026-07-01', order: 'Order 7.', ...recorded } as never)}`;
    await owner`insert into comity.parallel_proceedings ${owner({ case_id: caseId, id: newId(), needs: 64, forum: 'FEDERAL_CIVIL', court: 'N.D. Tex.', docket_number: '2', against: 'SUSPECT', state: 'DISMISSED', opened_on: '2026-05-20', stayed_on: '2026-06-01', resumed_on: '2026-06-05', ended_on: '2026-07-01', ...recorded } as never)}`;
    const office = newId();
    await owner`insert into comity.jurisdictions (id, slug, name, prefix, state, standing, office_title, office_kind, time_zone, trial_court, federal_district, federal_district_id, charging_instruments, handles_levels, source, confidence)
      values (${office}, 'invented-tx', 'Invented County', 'INV', 'TX', 'MEMBER', 'District Attorney', 'DISTRICT_ATTORNEY', 'America/Chicago', 'District Court', 'N.D. Tex.', 'txnd', '{}', '{}', 'x', 'LOW')`;
    for (const [name, items] of [['all of it came', [['PRODUCED', true]]], ['a part is to come', [['PRODUCED', true], ['PRODUCED', false]]], ['a part is not answered', [['PRODUCED', true], ['ASKED', false]]], ['the rest is withheld', [['PRODUCED', true], ['WITHHELD', false]]]] as const) {
      const id = newId();
      demands.set(name, id);
      await owner`insert into comity.external_demands (case_id, id, needs, office_id, regime, component, purpose, state, drafted_by, drafted_at, served_on, service_method, proof_of_service, confirmed, respond_by, answered_on)
        values (${caseId}, ${id}, 64, ${office}, 'DHS_TOUHY', 'An agency', 'To know.', 'PRODUCTION_RECEIVED', ${member}, now(), '2026-03-20', 'MAIL', 'Receipt 1', '{}', '2026-04-20', '2026-04-01')`;
      for (const [position, [state, isReceived]] of items.entries()) {
        await owner`insert into comity.demand_items (case_id, id, needs, demand_id, position, category, description, relevance, state, answered_on, ground, ground_reference, received_on, production_reference)
          values (${caseId}, ${newId()}, 64, ${id}, ${position + 1}, 'RECORDING', 'The camera.', 'It shows it.', ${state}, ${state === 'ASKED' ? null : '2026-04-01'}, ${state === 'WITHHELD' ? 'CLASSIFIED' : null}, ${state === 'WITHHELD' ? 'Letter 1' : null}, ${isReceived ? '2026-04-05' : null}, ${isReceived ? 'A-1' : null})`;
      }
    }
  });
}, 120_000);
afterAll(() => upgraded.close());

test.each([
  ['the window closed', ['CLOSE_WINDOW 2026-07-01 FREE']], ['leave was sought', ['CLOSE_WINDOW 2026-07-01 FREE', 'SEEK_LATE_LEAVE 2026-07-05 FREE']], ['notice was filed', ['FILE_NOTICE 2026-06-10 PENDING']],
  ['leave was given', ['CLOSE_WINDOW 2026-06-01 FREE', 'SEEK_LATE_LEAVE 2026-06-05 FREE', 'GRANT_LEAVE 2026-06-10 PENDING']], ['a hearing was set', ['FILE_NOTICE 2026-06-10 PENDING', 'SET_HEARING 2026-06-10 PENDING']],
  ['it was remanded at once', ['FILE_NOTICE 2026-06-10 PENDING', 'REMAND_SUMMARILY 2026-06-25 FREE']], ['it was removed', ['FILE_NOTICE 2026-06-10 PENDING', 'SET_HEARING 2026-06-20 PENDING', 'REMOVE 2026-06-25 REMOVED']],
  ['the removal was appealed', ['FILE_NOTICE 2026-06-10 PENDING', 'SET_HEARING 2026-06-20 PENDING', 'REMOVE 2026-06-25 REMOVED', 'APPEAL 2026-07-01 REMOVED']],
  ['the removal was affirmed', ['FILE_NOTICE 2026-06-10 PENDING', 'SET_HEARING 2026-06-20 PENDING', 'REMOVE 2026-06-25 REMOVED', 'APPEAL 2026-07-01 REMOVED', 'AFFIRM 2026-08-01 REMOVED']],
] as const)('a removal that was recorded before its steps were kept has them: %s', async (name, steps) => {
  const kept = await upgraded.owner`select s.act || ' ' || s.day || ' ' || s.standing as step, s.state, s.recorded_by as by, r.state as stands, r.appealed from comity.removal_steps s join comity.removals r on r.case_id = s.case_id and r.id = s.removal_id
    join comity.persons p on p.case_id = r.case_id and p.id = r.person_id where p.name = ${name} order by s.position`;
  expect(kept.map(({ step }) => String(step))).toEqual(steps);
  expect(kept.at(-1)).toMatchObject({ by: member, state: kept.at(-1)?.['stands'], appealed: name === 'the removal was appealed' ? 'REMOVED' : null });
});

test.each([
  ['SUPERSESSION', ['PETITION 2026-05-20', 'ASSIGN_JUDGE 2026-06-01', 'HEAR 2026-06-25', 'TRANSFER 2026-07-01']], ['PARALLEL_PROCEEDING', ['OPEN 2026-05-20', 'STAY 2026-06-01', 'LIFT_STAY 2026-06-05', 'DISMISS 2026-07-01']],
] as const)('a %s has its steps, too', async (kind, steps) => {
  const kept = await upgraded.owner`select act || ' ' || day as step from comity.proceeding_steps where case_id = ${caseId} and kind = ${kind} order by position`;
  expect(kept.map(({ step }) => String(step))).toEqual(steps);
});

test.each([
  ['all of it came', 'PRODUCTION_RECEIVED', ['ANSWERED PRODUCED', 'RECEIVED A-1']], ['a part is to come', 'GRANTED', ['ANSWERED PRODUCED', 'ANSWERED PRODUCED', 'RECEIVED A-1']],
  ['a part is not answered', 'PARTIAL', ['ANSWERED PRODUCED', 'RECEIVED A-1']], ['the rest is withheld', 'PRODUCTION_RECEIVED', ['ANSWERED PRODUCED', 'ANSWERED WITHHELD', 'RECEIVED A-1']],
] as const)('a demand of which something had arrived stands where its items have it: %s', async (name, state, entries) => {
  const id = demands.get(name) ?? '';
  const [row] = await upgraded.owner`select state, waits_since is not null as waits from comity.external_demands where id = ${id}`;
  expect(row).toEqual({ state, waits: state !== 'PRODUCTION_RECEIVED' });
  const kept = await upgraded.owner`select kind || ' ' || coalesce(answer, reference) as entry from comity.demand_entries where demand_id = ${id} order by kind, answer`;
  expect(kept.map(({ entry }) => String(entry))).toEqual(entries);
});
