-- A notice to a victim that names no decision goes where all goes that it can be about, into a compartment and out of it, and asks for PROTECTED where all of that is of a minor; an earlier result of
-- a clock is shown to those alone who see what it counted. Locks charges and clocks for the moment of a trigger and a policy, and writes once the notices of cases in which every charge is hidden so. Way back: the
-- policy as in 0049; drop the trigger charges_notices; as comity_definer drop the three functions. What was moved stays where it is.
ALTER POLICY "clocks_seen" ON "comity"."clocks" TO comity_app USING (clocks.needs <> 0 and (clocks.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = clocks.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = clocks.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and (case clocks.kind
    when 'LIMITATION' then (select 1 from comity.charges h where h.case_id = clocks.case_id and h.id = clocks.about_id)
    when 'CAMERA_RETENTION' then (select 1 from comity.recordings r where r.case_id = clocks.case_id and r.id = clocks.about_id)
    when 'RETURN_ITEM' then (select 1 from comity.return_items i where i.case_id = clocks.case_id and i.id = clocks.about_id)
    when 'VICTIM_NOTICE' then (select 1 from comity.persons p where p.case_id = clocks.case_id and p.id = clocks.about_id and (clocks.superseded_at is null
      or (select 1 from comity.filings f where f.case_id = clocks.case_id and starts_with(clocks.aspect, 'CHARGED') and f.filed_on = coalesce(clocks.started_on, f.filed_on) limit 1) = 1
      or (select 1 from comity.dispositions d where d.case_id = clocks.case_id and starts_with(clocks.aspect, 'DISPOSITION') and d.disposed_on = coalesce(clocks.started_on, d.disposed_on) limit 1) = 1))
    when 'REMOVAL_WINDOW' then (select 1 from comity.persons p where p.case_id = clocks.case_id and p.id = clocks.about_id
      and (select 1 from comity.filings f join comity.charges h on h.case_id = f.case_id and h.id = f.charge_id where f.case_id = p.case_id and h.person_id = p.id limit 1) = 1
      and (clocks.superseded_at is null or clocks.met_on is null
      or (select 1 from comity.removals r where r.case_id = clocks.case_id and r.person_id = clocks.about_id and r.notice_filed_on = clocks.met_on limit 1) = 1))
    when 'EXTERNAL_DEMAND' then (select 1 from comity.external_demands d where d.case_id = clocks.case_id and d.id = clocks.about_id and (clocks.superseded_at is null or clocks.met_on is null or d.answered_on = clocks.met_on
      or (select 1 from comity.demand_entries e where e.case_id = clocks.case_id and e.demand_id = clocks.about_id and e.day = clocks.met_on limit 1) = 1))
    when 'RENDITION_HOLD' then (select 1 from comity.renditions r where r.case_id = clocks.case_id and r.id = clocks.about_id)
    else (select 1 from comity.supersessions s where s.case_id = clocks.case_id and s.id = clocks.about_id) end = 1)) WITH CHECK (clocks.needs <> 0 and (clocks.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = clocks.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = clocks.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and (case clocks.kind
    when 'LIMITATION' then (select 1 from comity.charges h where h.case_id = clocks.case_id and h.id = clocks.about_id)
    when 'CAMERA_RETENTION' then (select 1 from comity.recordings r where r.case_id = clocks.case_id and r.id = clocks.about_id)
    when 'RETURN_ITEM' then (select 1 from comity.return_items i where i.case_id = clocks.case_id and i.id = clocks.about_id)
    when 'VICTIM_NOTICE' then (select 1 from comity.persons p where p.case_id = clocks.case_id and p.id = clocks.about_id and (clocks.superseded_at is null
      or (select 1 from comity.filings f where f.case_id = clocks.case_id and starts_with(clocks.aspect, 'CHARGED') and f.filed_on = coalesce(clocks.started_on, f.filed_on) limit 1) = 1
      or (select 1 from comity.dispositions d where d.case_id = clocks.case_id and starts_with(clocks.aspect, 'DISPOSITION') and d.disposed_on = coalesce(clocks.started_on, d.disposed_on) limit 1) = 1))
    when 'REMOVAL_WINDOW' then (select 1 from comity.persons p where p.case_id = clocks.case_id and p.id = clocks.about_id
      and (select 1 from comity.filings f join comity.charges h on h.case_id = f.case_id and h.id = f.charge_id where f.case_id = p.case_id and h.person_id = p.id limit 1) = 1
      and (clocks.superseded_at is null or clocks.met_on is null
      or (select 1 from comity.removals r where r.case_id = clocks.case_id and r.person_id = clocks.about_id and r.notice_filed_on = clocks.met_on limit 1) = 1))
    when 'EXTERNAL_DEMAND' then (select 1 from comity.external_demands d where d.case_id = clocks.case_id and d.id = clocks.about_id and (clocks.superseded_at is null or clocks.met_on is null or d.answered_on = clocks.met_on
      or (select 1 from comity.demand_entries e where e.case_id = clocks.case_id and e.demand_id = clocks.about_id and e.day = clocks.met_on limit 1) = 1))
    when 'RENDITION_HOLD' then (select 1 from comity.renditions r where r.case_id = clocks.case_id and r.id = clocks.about_id)
    else (select 1 from comity.supersessions s where s.case_id = clocks.case_id and s.id = clocks.about_id) end = 1));--> statement-breakpoint
-- By hand:
set role comity_definer;--> statement-breakpoint
-- The compartment in which all is that a notice can be about, and whether all of that is of a minor: what is declined, was disposed of or was filed until the day of the notice, as far as one member sees it, or
-- where none is given at all. What lies partly in the one and partly in the other compartment is the trial team's. For the definer's own functions.
create function comity.notice_bits(p_case uuid, p_kind text, p_on date, p_member uuid) returns integer
language sql stable security definer set search_path = comity, pg_catalog
return (select coalesce(case when bool_and(h.needs & 49152 <> 0) then coalesce(nullif(bit_and(h.needs) & 49152, 0), 16384) else 0 end | (bit_and(h.needs) & 4096), 0)
    from comity.charges h where h.case_id = p_case and (p_member is null or comity.shown_to(p_case, p_member, h.needs)) and case p_kind
      when 'DECLINED' then exists (select 1 from comity.decisions d where d.case_id = h.case_id and d.charge_id = h.id and d.outcome = 'DECLINE' and d.state in ('PROPOSED', 'STANDING', 'SUPERSEDED'))
      when 'DISPOSITION' then exists (select 1 from comity.dispositions d where d.case_id = h.case_id and d.charge_id = h.id and d.disposed_on <= p_on)
      else exists (select 1 from comity.filings f where f.case_id = h.case_id and f.charge_id = h.id and f.filed_on <= p_on) end);--> statement-breakpoint
-- The same of what the caller may see, with or without a purpose: who knows of nothing hidden tells of nothing hidden.
create function comity.notice_apart(p_case uuid, p_kind text, p_on date) returns integer
language sql stable security definer set search_path = comity, pg_catalog
return case when comity.member() is null then 0 else comity.notice_bits(p_case, p_kind, p_on, comity.member()) end;--> statement-breakpoint
-- A charge that goes into a compartment or comes out of it takes along the notices that can be about nothing else.
create function comity.charges_notices() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  update comity.victim_notices n set needs = w.needs
    from (select o.id, (o.needs & ~53248) | (p.needs & 53248) | comity.notice_bits(o.case_id, o.kind, o.sent_on, null) as needs
        from comity.victim_notices o join comity.persons p on p.case_id = o.case_id and p.id = o.person_id
       where o.case_id = new.case_id and o.decision_id is null and o.kind not in ('RIGHTS_FORM', 'OPT_OUT', 'OPT_IN')) w
   where n.case_id = new.case_id and n.id = w.id and n.needs <> w.needs;
  return null;
end $$;--> statement-breakpoint
update comity.victim_notices n set needs = n.needs | comity.notice_bits(n.case_id, n.kind, n.sent_on, null)
 where n.decision_id is null and n.kind not in ('RIGHTS_FORM', 'OPT_OUT', 'OPT_IN') and exists (select 1 from comity.charges h where h.case_id = n.case_id and h.needs & 53248 <> 0);--> statement-breakpoint
grant execute on function comity.notice_apart(uuid, text, date) to comity_app;--> statement-breakpoint
grant execute on function comity.charges_notices() to comity_owner;--> statement-breakpoint
set role comity_owner;--> statement-breakpoint
create trigger charges_notices after update of needs on comity.charges for each row when (old.needs <> new.needs) execute function comity.charges_notices();--> statement-breakpoint
revoke execute on function comity.charges_notices() from comity_owner;
