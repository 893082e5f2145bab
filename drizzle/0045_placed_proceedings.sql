-- A demand and a removal can be placed in a compartment, with what hangs on them; and the trail tells of them, and of what else is told of beside the
-- charges, to those alone who see it. Locks trail_events and the tables of demands for the moment of a new policy, and
-- removals and court_dates against writes while an index of each is made anew. Way back: make those as in 0043; drop the policies
-- trail_events_beside, external_demands_purpose, demand_items_purpose and demand_extensions_purpose; as comity_definer the functions as in 0009.
DROP INDEX "comity"."court_dates_one_first";--> statement-breakpoint
DROP INDEX "comity"."removals_one_open";--> statement-breakpoint
CREATE UNIQUE INDEX "court_dates_one_first" ON "comity"."court_dates" USING btree ("case_id","person_id","kind") WHERE "comity"."court_dates"."needs" & 49152 = 0 and "comity"."court_dates"."supersedes" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "removals_one_open" ON "comity"."removals" USING btree ("case_id","person_id","scope") WHERE "comity"."removals"."needs" & 49152 = 0 and "comity"."removals"."ruling" is distinct from 'REMANDED';--> statement-breakpoint
-- By hand:
create policy trail_events_beside on comity.trail_events as restrictive for select to comity_app using (
  case when starts_with(trail_events.act, 'COOPERATION_') then (select 1 from comity.cooperation_events x where x.case_id = trail_events.case_id and x.id = (trail_events.body::jsonb ->> 'eventId')::uuid) = 1
    when starts_with(trail_events.act, 'DEMAND_') or trail_events.act in ('PRODUCTION_RECEIVED', 'PRESERVATION_LIFTED') then (select 1 from comity.external_demands x where x.case_id = trail_events.case_id and x.id = (trail_events.body::jsonb ->> 'demandId')::uuid) = 1
    when trail_events.act = 'REMOVAL_RECORDED' then (select 1 from comity.removals x where x.case_id = trail_events.case_id and x.id = (trail_events.body::jsonb ->> 'removalId')::uuid) = 1
    when trail_events.act = 'PARALLEL_RECORDED' then (select 1 from comity.parallel_proceedings x where x.case_id = trail_events.case_id and x.id = (trail_events.body::jsonb ->> 'proceedingId')::uuid) = 1
    when trail_events.act = 'RENDITION_RECORDED' then (select 1 from comity.renditions x where x.case_id = trail_events.case_id and x.id = (trail_events.body::jsonb ->> 'renditionId')::uuid) = 1
    when trail_events.act in ('ARRAIGNED', 'TRIAL_SET') then (select 1 from comity.court_dates x where x.case_id = trail_events.case_id and x.id = (trail_events.body::jsonb ->> 'courtDateId')::uuid) = 1
    when trail_events.act in ('DISPOSITION_RECORDED', 'PROOF_LINKED', 'PROOF_WITHDRAWN', 'ELEMENT_ASSESSED') then (select 1 from comity.charges x where x.case_id = trail_events.case_id and x.id = (trail_events.body::jsonb ->> 'chargeId')::uuid) = 1
    when trail_events.act in ('AFFILIATION_RECORDED', 'VICTIM_NOTICE_RECORDED') or starts_with(trail_events.act, 'IMMUNITY_') then (select 1 from comity.persons x where x.case_id = trail_events.case_id and x.id = (trail_events.body::jsonb ->> 'personId')::uuid) = 1
    else true end);--> statement-breakpoint
create policy external_demands_purpose on comity.external_demands as restrictive for select to comity_app using (
  (external_demands.needs & 49152) = 0 or (select comity.purpose()) is not null);--> statement-breakpoint
create policy demand_items_purpose on comity.demand_items as restrictive for select to comity_app using (
  (demand_items.needs & 49152) = 0 or (select comity.purpose()) is not null);--> statement-breakpoint
create policy demand_extensions_purpose on comity.demand_extensions as restrictive for select to comity_app using (
  (demand_extensions.needs & 49152) = 0 or (select comity.purpose()) is not null);--> statement-breakpoint
grant select on comity.demand_items, comity.demand_extensions to comity_definer;--> statement-breakpoint
grant update (needs) on comity.external_demands, comity.demand_items, comity.demand_extensions, comity.removals, comity.removal_steps to comity_definer;--> statement-breakpoint
set role comity_definer;--> statement-breakpoint

-- What a row of a case needs of its reader, whoever asks; null where there is none. For the definer's own functions.
create or replace function comity.needs_of(p_case uuid, p_kind text, p_id uuid) returns integer
language sql stable security definer set search_path = comity, pg_catalog
return case p_kind
  when 'RECORDING' then (select r.needs from comity.recordings r where r.case_id = p_case and r.id = p_id)
  when 'PERSON' then (select p.needs from comity.persons p where p.case_id = p_case and p.id = p_id)
  when 'CHARGE' then (select h.needs from comity.charges h where h.case_id = p_case and h.id = p_id)
  when 'DEMAND' then (select d.needs from comity.external_demands d where d.case_id = p_case and d.id = p_id)
  when 'REMOVAL' then (select r.needs from comity.removals r where r.case_id = p_case and r.id = p_id)
  when 'ANNOTATION' then (select a.needs from comity.annotations a where a.case_id = p_case and a.id = p_id
    and (a.author_only is null or a.author_only = comity.member())) end;--> statement-breakpoint

-- Puts a row into a compartment, and what derives from it: of a person how to reach them and the charges against them, of a demand what it asks for, of a
-- removal what happened to it, of anything the remarks about it.
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

-- Takes a row out of a compartment, and with it what came in with it, as before; a demand and a removal with all that hangs on them.
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
set role comity_owner;
