-- What a court and others entered of a person goes into a compartment with the last filed charge that the whole office sees, and an immunity that is raised there stands beside
-- one that is expected outside. Locks immunity_proceedings against writes while two indexes are built, and writes what stands of persons all of whose filed charges lie there.
-- Way back: the index as in 0049; as comity_definer place_in_compartment as in 0050.
DROP INDEX "comity"."immunity_proceedings_one_open";--> statement-breakpoint
CREATE UNIQUE INDEX "immunity_proceedings_one_expected" ON "comity"."immunity_proceedings" USING btree ("case_id","person_id") WHERE "comity"."immunity_proceedings"."needs" & 49152 = 0 and "comity"."immunity_proceedings"."state" = 'ANTICIPATED';--> statement-breakpoint
CREATE UNIQUE INDEX "immunity_proceedings_one_open" ON "comity"."immunity_proceedings" USING btree ("case_id","person_id") WHERE "comity"."immunity_proceedings"."needs" & 49152 = 0 and "comity"."immunity_proceedings"."state" not in ('FINAL', 'ANTICIPATED');--> statement-breakpoint
-- By hand:
set role comity_definer;--> statement-breakpoint

-- Puts a row into a compartment, and what derives from it, as before; with the last filed charge of a person that the whole office sees, what a court and others
-- entered of that person: hidden already, it takes the place of nothing that is entered outside since.
create or replace function comity.place_in_compartment(p_case uuid, p_compartment text, p_kind text, p_id uuid) returns void
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  bit integer := comity.compartment_entered(p_case, p_compartment, p_kind, p_id);
  held integer := comity.needs_of(p_case, p_kind, p_id);
  accused uuid;
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
  accused := case p_kind when 'PERSON' then p_id when 'CHARGE' then (select h.person_id from comity.charges h where h.case_id = p_case and h.id = p_id) end;
  if exists (select 1 from comity.charges h where h.case_id = p_case and h.person_id = accused and h.state = 'FILED')
    and not exists (select 1 from comity.charges h where h.case_id = p_case and h.person_id = accused and h.state = 'FILED' and h.needs & 49152 = 0) then
    update comity.court_dates d set needs = d.needs | bit where d.case_id = p_case and d.person_id = accused and d.needs & 49152 = 0;
    update comity.renditions r set needs = r.needs | bit where r.case_id = p_case and r.person_id = accused and r.needs & 49152 = 0;
    update comity.immunity_proceedings i set needs = i.needs | bit where i.case_id = p_case and i.person_id = accused and i.needs & 49152 = 0 and i.state <> 'ANTICIPATED';
    update comity.proceeding_steps s set needs = s.needs | bit where s.case_id = p_case and s.needs & 49152 = 0 and case s.kind
        when 'RENDITION' then (select r.needs from comity.renditions r where r.case_id = p_case and r.id = s.about_id and r.person_id = accused)
        when 'IMMUNITY' then (select i.needs from comity.immunity_proceedings i where i.case_id = p_case and i.id = s.about_id and i.person_id = accused) end & bit <> 0;
  end if;
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

create function comity.filed_apart(p_case uuid, p_person uuid) returns integer
language sql stable security definer set search_path = comity, pg_catalog
return (select bit_and(h.needs) & 49152 from comity.charges h where h.case_id = p_case and h.person_id = p_person and h.state = 'FILED');--> statement-breakpoint
update comity.court_dates d set needs = d.needs | comity.filed_apart(d.case_id, d.person_id) where d.needs & 49152 = 0 and comity.filed_apart(d.case_id, d.person_id) > 0;--> statement-breakpoint
update comity.renditions r set needs = r.needs | comity.filed_apart(r.case_id, r.person_id) where r.needs & 49152 = 0 and comity.filed_apart(r.case_id, r.person_id) > 0;--> statement-breakpoint
update comity.immunity_proceedings i set needs = i.needs | comity.filed_apart(i.case_id, i.person_id)
 where i.needs & 49152 = 0 and i.state <> 'ANTICIPATED' and comity.filed_apart(i.case_id, i.person_id) > 0;--> statement-breakpoint
update comity.proceeding_steps s set needs = s.needs | r.needs & 49152 from comity.renditions r where s.kind = 'RENDITION' and r.case_id = s.case_id and r.id = s.about_id and s.needs & 49152 <> r.needs & 49152;--> statement-breakpoint
update comity.proceeding_steps s set needs = s.needs | i.needs & 49152 from comity.immunity_proceedings i
 where s.kind = 'IMMUNITY' and i.case_id = s.case_id and i.id = s.about_id and s.needs & 49152 <> i.needs & 49152;--> statement-breakpoint
drop function comity.filed_apart(uuid, uuid);--> statement-breakpoint
set role comity_owner;
