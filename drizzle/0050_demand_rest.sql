-- What is kept of a demand goes into a compartment and out of it with the demand; the trail tells of an item to those alone who see it; an order ends a demand
-- of which all has come, and what was ordered may be given up; a preservation that was answered waits for a court again. Locks trail_events for the
-- moment of a policy, and writes the preservations in court, and the entries that stayed behind, once. Way back: the policy as in 0049; as comity_definer the functions as in
-- 0041, 0045 and 0046; revoke the grant.
-- By hand:
alter policy trail_events_beside on comity.trail_events using (
  case when starts_with(trail_events.act, 'COOPERATION_') then (select 1 from comity.cooperation_events x where x.case_id = trail_events.case_id and x.id = (trail_events.body::jsonb ->> 'eventId')::uuid) = 1
    when starts_with(trail_events.act, 'DEMAND_ITEM_') then (select 1 from comity.demand_items x where x.case_id = trail_events.case_id and x.id = (trail_events.body::jsonb ->> 'itemId')::uuid) = 1
    when starts_with(trail_events.act, 'DEMAND_') or trail_events.act in ('PRODUCTION_RECEIVED', 'PRESERVATION_LIFTED') then (select 1 from comity.external_demands x where x.case_id = trail_events.case_id and x.id = (trail_events.body::jsonb ->> 'demandId')::uuid) = 1
    when trail_events.act = 'REMOVAL_RECORDED' then (select 1 from comity.removals x where x.case_id = trail_events.case_id and x.id = (trail_events.body::jsonb ->> 'removalId')::uuid) = 1
    when trail_events.act = 'PARALLEL_RECORDED' then (select 1 from comity.parallel_proceedings x where x.case_id = trail_events.case_id and x.id = (trail_events.body::jsonb ->> 'proceedingId')::uuid) = 1
    when trail_events.act = 'RENDITION_RECORDED' then (select 1 from comity.renditions x where x.case_id = trail_events.case_id and x.id = (trail_events.body::jsonb ->> 'renditionId')::uuid) = 1
    when trail_events.act in ('ARRAIGNED', 'TRIAL_SET') then (select 1 from comity.court_dates x where x.case_id = trail_events.case_id and x.id = (trail_events.body::jsonb ->> 'courtDateId')::uuid) = 1
    when trail_events.act in ('DISPOSITION_RECORDED', 'PROOF_LINKED', 'PROOF_WITHDRAWN', 'ELEMENT_ASSESSED') then (select 1 from comity.charges x where x.case_id = trail_events.case_id and x.id = (trail_events.body::jsonb ->> 'chargeId')::uuid) = 1
    when trail_events.act = 'IMMUNITY_RECORDED' then (select 1 from comity.immunity_proceedings x where x.case_id = trail_events.case_id and x.id = (trail_events.body::jsonb ->> 'proceedingId')::uuid) = 1
    when trail_events.act in ('AFFILIATION_RECORDED', 'VICTIM_NOTICE_RECORDED') or starts_with(trail_events.act, 'IMMUNITY_') then (select 1 from comity.persons x where x.case_id = trail_events.case_id and x.id = (trail_events.body::jsonb ->> 'personId')::uuid) = 1
    else true end);--> statement-breakpoint
grant update (needs) on comity.demand_entries to comity_definer;--> statement-breakpoint
set role comity_definer;--> statement-breakpoint

-- What was kept of a demand while it lay in a compartment, or before it was placed there, lies where the demand does.
update comity.demand_entries e set needs = (e.needs & ~49152) | (d.needs & 49152) from comity.external_demands d
 where d.case_id = e.case_id and d.id = e.demand_id and (e.needs # d.needs) & 49152 <> 0;--> statement-breakpoint

-- Since when somebody is awaited, as before, and a court of a preservation, too. See isAwaited in src/demands/demand.rules.ts.
create or replace function comity.keep_waiting() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  new.waits_since := case
    when new.state in ('SERVED', 'ACKNOWLEDGED', 'GRANTED', 'PARTIAL', 'SUIT_FILED', 'ORDERED') and new.lifted_on is null
      and not (new.regime = 'PRESERVATION_LETTER' and new.answered_on is not null and new.state not in ('SUIT_FILED', 'ORDERED'))
    then coalesce(case new.state when 'GRANTED' then new.answered_on when 'SUIT_FILED' then new.suit_filed_on when 'ORDERED' then new.suit_decided_on end, new.served_on)::timestamp
      at time zone coalesce((select j.time_zone from comity.jurisdictions j where j.id = new.office_id), 'UTC') end;
  return new;
end $$;--> statement-breakpoint
update comity.external_demands set waits_since = null where regime = 'PRESERVATION_LETTER' and state in ('SUIT_FILED', 'ORDERED') and answered_on is not null;--> statement-breakpoint

-- Puts a row into a compartment, and what derives from it, as before; a demand with what was kept of it.
create or replace function comity.place_in_compartment(p_case uuid, p_compartment text, p_kind text, p_id uuid) returns void
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  bit integer := comity.compartment_entered(p_case, p_compartment, p_kind, p_id);
  held integer := comity.needs_of(p_case, p_kind, p_id);
begin
  if not exists (select 1 from comity.members m where m.id = comity.member() and m.active and m.role in ('SUPERVISOR', 'ELECTED', 'CONFLICTS'))
    and not exists (select 1 from comity.assignments a where a.case_id = p_case and a.member_id = comity.member() and a.until is null) then
    raise exception 'Only the team of this case, or a supervisor, may do this.' using errcode = 'CM403';
  elsif held & bit <> 0 then
    raise exception 'This is in the compartment already.' using errcode = 'CM409';
  elsif held & 49152 <> 0 then
    -- Nobody is on both sides of the wall: in both compartments it would be nobody's to read or to release.
    raise exception 'This is in the other compartment. It leaves that one first.' using errcode = 'CM409';
  end if;
  update comity.recordings r set needs = r.needs | bit where p_kind = 'RECORDING' and r.case_id = p_case and r.id = p_id;
  update comity.persons p set needs = p.needs | bit where p_kind = 'PERSON' and p.case_id = p_case and p.id = p_id;
  update comity.person_contacts k set needs = k.needs | bit where p_kind = 'PERSON' and k.case_id = p_case and k.person_id = p_id;
  update comity.charges h set needs = h.needs | bit
   where h.case_id = p_case and case p_kind when 'CHARGE' then h.id = p_id when 'PERSON' then h.person_id = p_id end;
  update comity.external_demands d set needs = d.needs | bit where p_kind = 'DEMAND' and d.case_id = p_case and d.id = p_id;
  update comity.demand_items i set needs = i.needs | bit where p_kind = 'DEMAND' and i.case_id = p_case and i.demand_id = p_id;
  update comity.demand_extensions x set needs = x.needs | bit where p_kind = 'DEMAND' and x.case_id = p_case and x.demand_id = p_id;
  update comity.demand_entries e set needs = e.needs | bit where p_kind = 'DEMAND' and e.case_id = p_case and e.demand_id = p_id;
  update comity.removals r set needs = r.needs | bit where p_kind = 'REMOVAL' and r.case_id = p_case and r.id = p_id;
  update comity.removal_steps s set needs = s.needs | bit where p_kind = 'REMOVAL' and s.case_id = p_case and s.removal_id = p_id;
  with placed as (
    update comity.annotations a set needs = a.needs | bit, placed_needs = a.placed_needs | bit
     where a.case_id = p_case and (p_kind = 'ANNOTATION' and a.id = p_id or a.target_kind = p_kind and a.target_id = p_id
       or p_kind = 'PERSON' and a.target_kind = 'CHARGE' and exists (select 1 from comity.charges h where h.case_id = p_case and h.id = a.target_id and h.person_id = p_id))
    returning a.id, a.needs
  )
  update comity.annotation_revisions r set needs = p.needs from placed p where r.case_id = p_case and r.annotation_id = p.id;
end $$;--> statement-breakpoint

-- Takes a row out of a compartment, and with it what came in with it, as before; a demand with what was kept of it.
create or replace function comity.release_from_compartment(p_case uuid, p_compartment text, p_kind text, p_id uuid) returns void
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  bit integer := comity.compartment_entered(p_case, p_compartment, p_kind, p_id);
  side text[] := case p_compartment when 'COMPELLED' then array['FILTER'] else array['TRIAL', 'SUPPORT'] end;
  source integer;
  placed_at timestamptz;
begin
  if not exists (select 1 from comity.assignments a where a.case_id = p_case and a.member_id = comity.member() and a.until is null and a.role = any (side)) then
    raise exception 'Only the team that reads this compartment releases from it.' using errcode = 'CM403';
  elsif p_compartment = 'COMPELLED' and not exists (select 1 from comity.members m where m.id = comity.member() and m.active and m.role in ('SUPERVISOR', 'ELECTED')) then
    raise exception 'What was compelled is released by a supervisor or the elected head, as a member of the filter team.' using errcode = 'CM403';
  elsif comity.needs_of(p_case, p_kind, p_id) & bit = 0 then
    raise exception 'This is not in the compartment.' using errcode = 'CM409';
  end if;
  source := case p_kind
    when 'REMOVAL' then (select comity.needs_of(p_case, 'PERSON', r.person_id) from comity.removals r where r.case_id = p_case and r.id = p_id)
    when 'CHARGE' then (select comity.needs_of(p_case, 'PERSON', h.person_id) from comity.charges h where h.case_id = p_case and h.id = p_id)
    when 'ANNOTATION' then (select comity.needs_of(p_case, a.target_kind, a.target_id) from comity.annotations a where a.case_id = p_case and a.id = p_id) end;
  if source & bit <> 0 then
    raise exception 'What this derives from is in the compartment. Release that first.' using errcode = 'CM409';
  end if;
  if p_kind = 'REMOVAL' and exists (select 1 from comity.removals r join comity.removals o on o.case_id = r.case_id and o.person_id = r.person_id and o.scope = r.scope and o.id <> r.id
      and o.needs & 49152 = 0 and o.ruling is distinct from 'REMANDED' where r.case_id = p_case and r.id = p_id and r.ruling is distinct from 'REMANDED') then
    raise exception 'Another removal of this person stands outside of the compartment. It ends first.' using errcode = 'CM409';
  end if;
  select e.at into placed_at from comity.trail_events e
   where e.case_id = p_case and e.chain = p_compartment and e.act = 'COMPARTMENT_PLACED' and e.body::jsonb ->> 'targetId' = p_id::text order by e.seq desc limit 1;
  update comity.recordings r set needs = r.needs & ~bit where p_kind = 'RECORDING' and r.case_id = p_case and r.id = p_id;
  update comity.persons p set needs = p.needs & ~bit where p_kind = 'PERSON' and p.case_id = p_case and p.id = p_id;
  update comity.person_contacts k set needs = k.needs & ~bit where p_kind = 'PERSON' and k.case_id = p_case and k.person_id = p_id;
  update comity.charges h set needs = h.needs & ~bit
   where h.case_id = p_case and (p_kind = 'CHARGE' and h.id = p_id
     or p_kind = 'PERSON' and h.person_id = p_id and h.proposed_at < placed_at and not comity.placed_itself(p_case, p_compartment, h.id));
  update comity.external_demands d set needs = d.needs & ~bit where p_kind = 'DEMAND' and d.case_id = p_case and d.id = p_id;
  update comity.demand_items i set needs = i.needs & ~bit where p_kind = 'DEMAND' and i.case_id = p_case and i.demand_id = p_id;
  update comity.demand_extensions x set needs = x.needs & ~bit where p_kind = 'DEMAND' and x.case_id = p_case and x.demand_id = p_id;
  update comity.demand_entries e set needs = e.needs & ~bit where p_kind = 'DEMAND' and e.case_id = p_case and e.demand_id = p_id;
  update comity.removals r set needs = r.needs & ~bit where p_kind = 'REMOVAL' and r.case_id = p_case and r.id = p_id;
  update comity.removal_steps s set needs = s.needs & ~bit where p_kind = 'REMOVAL' and s.case_id = p_case and s.removal_id = p_id;
  with released as (
    update comity.annotations a set needs = a.needs & ~bit, placed_needs = a.placed_needs & ~bit
     where a.case_id = p_case and (p_kind = 'ANNOTATION' and a.id = p_id
       or a.revised_at < placed_at and not comity.placed_itself(p_case, p_compartment, a.id)
         and (a.target_kind = p_kind and a.target_id = p_id
           or p_kind = 'PERSON' and a.target_kind = 'CHARGE'
             and exists (select 1 from comity.charges h where h.case_id = p_case and h.id = a.target_id and h.person_id = p_id and h.needs & bit = 0)))
    returning a.id, a.needs
  )
  update comity.annotation_revisions r set needs = l.needs from released l where r.case_id = p_case and r.annotation_id = l.id;
end $$;--> statement-breakpoint

-- How a demand begins and moves, as before, with an order of what has come, and with what was ordered and is given up.
create or replace function comity.check_demand() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if (comity.leads(new.case_id) and case
      when tg_op = 'INSERT' then
        new.state = 'DRAFT' and new.needs = 64 and new.drafted_by = comity.member() and new.office_id = nullif(current_setting('comity.office', true), '')::uuid
        and num_nonnulls(new.served_on, new.respond_by, new.awaited_in, new.acknowledged_on, new.answered_on, new.suit_filed_on, new.lifted_on) = 0
      when old.state <> 'DRAFT' and ((new.component, new.purpose, new.served_on, new.service_method, new.proof_of_service, new.confirmed)
        is distinct from (old.component, old.purpose, old.served_on, old.service_method, old.proof_of_service, old.confirmed)) then false
      when new.state = 'DRAFT' and num_nonnulls(new.served_on, new.respond_by, new.awaited_in, new.acknowledged_on, new.answered_on, new.suit_filed_on, new.lifted_on) > 0 then false
      when old.lifted_on is not null and new.lifted_on is distinct from old.lifted_on then false
      else old.state || '>' || new.state = any ('{DRAFT>DRAFT,DRAFT>SERVED,DRAFT>WITHDRAWN,
        SERVED>SERVED,SERVED>ACKNOWLEDGED,SERVED>GRANTED,SERVED>PARTIAL,SERVED>DENIED,SERVED>PRODUCTION_RECEIVED,SERVED>SUIT_FILED,SERVED>WITHDRAWN,
        ACKNOWLEDGED>ACKNOWLEDGED,ACKNOWLEDGED>GRANTED,ACKNOWLEDGED>PARTIAL,ACKNOWLEDGED>DENIED,ACKNOWLEDGED>PRODUCTION_RECEIVED,ACKNOWLEDGED>SUIT_FILED,ACKNOWLEDGED>WITHDRAWN,
        GRANTED>GRANTED,GRANTED>PARTIAL,GRANTED>DENIED,GRANTED>PRODUCTION_RECEIVED,GRANTED>SUIT_FILED,GRANTED>WITHDRAWN,
        PARTIAL>PARTIAL,PARTIAL>GRANTED,PARTIAL>DENIED,PARTIAL>PRODUCTION_RECEIVED,PARTIAL>SUIT_FILED,PARTIAL>WITHDRAWN,
        DENIED>DENIED,DENIED>GRANTED,DENIED>PARTIAL,DENIED>PRODUCTION_RECEIVED,DENIED>SUIT_FILED,DENIED>WITHDRAWN,
        PRODUCTION_RECEIVED>PRODUCTION_RECEIVED,PRODUCTION_RECEIVED>GRANTED,PRODUCTION_RECEIVED>PARTIAL,PRODUCTION_RECEIVED>DENIED,PRODUCTION_RECEIVED>SUIT_FILED,
        SUIT_FILED>SUIT_FILED,SUIT_FILED>ORDERED,SUIT_FILED>DISMISSED,SUIT_FILED>PRODUCTION_RECEIVED,ORDERED>ORDERED,ORDERED>PRODUCTION_RECEIVED,ORDERED>WITHDRAWN}'::text[])
    end) is not true then
    raise exception 'a demand is not drafted or moved so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint

-- What is kept of a demand, as before; a suit may be decided when all has come.
create or replace function comity.check_demand_entry() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if (comity.leads(new.case_id) and new.recorded_by = comity.member() and case when new.item_id is null
      then exists (select 1 from comity.external_demands d where d.case_id = new.case_id and d.id = new.demand_id
        and case new.kind when 'SUIT_FILED' then d.state = 'SUIT_FILED' and d.suit_filed_on = new.day else d.state in ('ORDERED', 'DISMISSED', 'PRODUCTION_RECEIVED') and d.suit_decided_on = new.day end)
      else exists (select 1 from comity.demand_items i where i.case_id = new.case_id and i.id = new.item_id and i.demand_id = new.demand_id and i.needs & ~new.needs = 0
        and case new.kind when 'ANSWERED' then i.state = new.answer and i.answered_on = new.day else i.received_on = new.day end) end) is not true then
    raise exception 'what became of a demand is not kept so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint
set role comity_owner;
