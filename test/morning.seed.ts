import type { World } from './world.ts';

/**
 * On each seeded case a charge, of which every other is assessed; and of what can wait something that is over on all of them, and
 * something that is open on a tenth of the dense and on all of the sparse ones.
 */
export async function withMornings({ database: { owner }, memberIds, officeIds, buildCase }: World): Promise<void> {
  const { referralId } = await buildCase();
  const ours = owner`(c.number like 'DENSE-%' or c.number like 'SPARSE-%')`;
  const isOpen = owner`(hashtext(c.id::text) % 10 = 0 or c.number like 'SPARSE-%')`;
  await owner`insert into comity.charges (case_id, id, needs, person_id, statute_id, statute_version_id, counts, offence_on, state, warnings, proposed_by, proposed_at)
    select c.id, gen_random_uuid(), 1, p.id, v.statute_id, v.id, 1, c.incident_on, 'PROPOSED', '{}', ${memberIds.attorneyDallas}, c.received_at + interval '1 day'
      from comity.cases c cross join lateral (select p.id from comity.persons p where p.case_id = c.id limit 1) p
      cross join (select v.id, v.statute_id from comity.statute_versions v where jsonb_array_length(v.elements) > 1 limit 1) v where ${ours}`;
  await owner`insert into comity.element_assessments (case_id, id, needs, office_id, charge_id, element, reviewer_id, verdict, reasoning, assessed_at)
    select h.case_id, gen_random_uuid(), 1, ${officeIds['dallas-tx']}, h.id, 1, ${memberIds.attorneyDallas}, 'MET', 'So it is.', now()
      from comity.charges h join comity.cases c on c.id = h.case_id where ${ours} and hashtext(c.id::text) % 2 = 0`;
  await owner`insert into comity.return_items (case_id, id, needs, referral_id, agency_id, office_id, category, description, due_on, state, state_since, asked_at, asked_in)
    select c.id, gen_random_uuid(), 1, r.id, r.agency_id, ${officeIds['dallas-tx']}, 'OTHER', 'Something.', '2026-06-01', s.state, c.received_at, c.received_at, 'CLAIMED'
      from comity.cases c cross join (values ('RECEIVED'), ('REQUESTED')) s (state) join comity.referrals r on r.id = ${referralId} where ${ours} and (s.state = 'RECEIVED' or ${isOpen})`;
  await owner`insert into comity.decisions (case_id, id, needs, charge_id, outcome, reason_codes, state, proposed_by, proposed_at, answered_by, answered_at)
    select h.case_id, gen_random_uuid(), 1, h.id, 'HOLD', '{OTHER}', s.state, h.proposed_by, h.proposed_at, case s.state when 'REJECTED' then h.proposed_by end, case s.state when 'REJECTED' then h.proposed_at end
      from comity.charges h join comity.cases c on c.id = h.case_id cross join (values ('REJECTED'), ('PROPOSED')) s (state) where ${ours} and (s.state = 'REJECTED' or ${isOpen})`;
  await owner`insert into comity.external_demands (case_id, id, needs, office_id, regime, component, purpose, state, drafted_by, drafted_at, served_on, service_method, proof_of_service, confirmed, respond_by)
    select c.id, gen_random_uuid(), 1, c.lead_id, 'SUBPOENA', 'A hospital', 'The record.', s.state, ${memberIds.attorneyDallas}, c.received_at, c.received_at::date, 'MAIL', 'A receipt', '{}', c.received_at::date + 20
      from comity.cases c cross join (values ('DISMISSED'), ('SERVED')) s (state) where ${ours} and (s.state = 'DISMISSED' or ${isOpen})`;
}
