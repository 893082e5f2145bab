-- What a policy asks beside the sentence of sight, where few rows ask for it, stands in functions: subqueries of a policy are made ready for every statement that names the table, with all that their own tables'
-- policies ask, be a row there or not. A page of clocks begins 5 ms sooner so, one of a case's history 3 ms. What runs in cases that nobody leads has an index of its own. Locks clocks for the moment of a policy
-- and while two indexes are built, trail_events for the moment of a policy. Way back: clocks_seen as in 0058 and trail_events_beside as in 0055, both functions dropped; drop clocks_unled, and make clocks_of_lead
-- as in 0040.
-- Whether the caller sees what a clock is about, and of an earlier result what it counted. With the caller's own rights: the policies of the tables named here judge.
create function comity.clock_about_seen(p_kind text, p_case uuid, p_about uuid, p_earlier boolean, p_aspect text, p_started_on date, p_met_on date) returns boolean
language plpgsql stable parallel safe as $$
begin
  case p_kind
    when 'LIMITATION' then return exists (select 1 from comity.charges h where h.case_id = p_case and h.id = p_about);
    when 'CAMERA_RETENTION' then return exists (select 1 from comity.recordings r where r.case_id = p_case and r.id = p_about);
    when 'RETURN_ITEM' then return exists (select 1 from comity.return_items i where i.case_id = p_case and i.id = p_about);
    when 'VICTIM_NOTICE' then
      return exists (select 1 from comity.persons p where p.case_id = p_case and p.id = p_about) and (not p_earlier
        or starts_with(p_aspect, 'CHARGED') and exists (select 1 from comity.filings f where f.case_id = p_case and f.filed_on = coalesce(p_started_on, f.filed_on))
        or starts_with(p_aspect, 'DISPOSITION') and exists (select 1 from comity.dispositions d where d.case_id = p_case and d.disposed_on = coalesce(p_started_on, d.disposed_on)));
    when 'REMOVAL_WINDOW' then
      return exists (select 1 from comity.persons p where p.case_id = p_case and p.id = p_about)
        and exists (select 1 from comity.filings f join comity.charges h on h.case_id = f.case_id and h.id = f.charge_id where f.case_id = p_case and h.person_id = p_about)
        and (not p_earlier or p_met_on is null or exists (select 1 from comity.removals r where r.case_id = p_case and r.person_id = p_about and r.notice_filed_on = p_met_on));
    when 'EXTERNAL_DEMAND' then
      return exists (select 1 from comity.external_demands d where d.case_id = p_case and d.id = p_about and (not p_earlier or p_met_on is null or d.answered_on = p_met_on
        or exists (select 1 from comity.demand_entries e where e.case_id = p_case and e.demand_id = p_about and e.day = p_met_on)));
    when 'RENDITION_HOLD' then return exists (select 1 from comity.renditions r where r.case_id = p_case and r.id = p_about);
    when 'SUPERSESSION_HEARING', 'SUPERSESSION_DECISION' then return exists (select 1 from comity.supersessions s where s.case_id = p_case and s.id = p_about);
    else return false;
  end case;
end $$;--> statement-breakpoint
grant execute on function comity.clock_about_seen(text, uuid, uuid, boolean, text, date, date) to comity_app;--> statement-breakpoint
DROP INDEX "comity"."clocks_of_lead";--> statement-breakpoint
CREATE INDEX "clocks_unled" ON "comity"."clocks" USING btree ("due_on","kind","case_id","id") WHERE "comity"."clocks"."superseded_at" is null and "comity"."clocks"."met_on" is null and "comity"."clocks"."due_on" is not null and "comity"."clocks"."lead_id" is null and "comity"."clocks"."kind" in ('RETURN_ITEM');--> statement-breakpoint
CREATE INDEX "clocks_of_lead" ON "comity"."clocks" USING btree ("lead_id","due_on","kind","case_id","id") WHERE "comity"."clocks"."superseded_at" is null and "comity"."clocks"."met_on" is null and "comity"."clocks"."due_on" is not null and "comity"."clocks"."lead_id" is not null;--> statement-breakpoint
ALTER POLICY "clocks_seen" ON "comity"."clocks" TO comity_app USING (clocks.needs <> 0 and (clocks.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = clocks.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = clocks.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and (case clocks.kind
    when 'LIMITATION' then (select 1 from comity.charges h where h.case_id = clocks.case_id and h.id = clocks.about_id) = 1
    when 'CAMERA_RETENTION' then (select 1 from comity.recordings r where r.case_id = clocks.case_id and r.id = clocks.about_id) = 1
    when 'RETURN_ITEM' then (select 1 from comity.return_items i where i.case_id = clocks.case_id and i.id = clocks.about_id) = 1
    else comity.clock_about_seen(clocks.kind, clocks.case_id, clocks.about_id, clocks.superseded_at is not null, clocks.aspect, clocks.started_on, clocks.met_on) end)) WITH CHECK (clocks.needs <> 0 and (clocks.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = clocks.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = clocks.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and (case clocks.kind
    when 'LIMITATION' then (select 1 from comity.charges h where h.case_id = clocks.case_id and h.id = clocks.about_id) = 1
    when 'CAMERA_RETENTION' then (select 1 from comity.recordings r where r.case_id = clocks.case_id and r.id = clocks.about_id) = 1
    when 'RETURN_ITEM' then (select 1 from comity.return_items i where i.case_id = clocks.case_id and i.id = clocks.about_id) = 1
    else comity.clock_about_seen(clocks.kind, clocks.case_id, clocks.about_id, clocks.superseded_at is not null, clocks.aspect, clocks.started_on, clocks.met_on) end));--> statement-breakpoint
-- By hand:
-- Whether the caller sees the row that an event tells of, where it tells of one that can lie apart from its case. With the caller's own rights.
create function comity.event_beside_seen(p_act text, p_case uuid, p_body text) returns boolean
language plpgsql stable parallel safe as $$
begin
  if starts_with(p_act, 'COOPERATION_') then return exists (select 1 from comity.cooperation_events x where x.case_id = p_case and x.id = (p_body::jsonb ->> 'eventId')::uuid);
  elsif starts_with(p_act, 'DEMAND_ITEM_') then return exists (select 1 from comity.demand_items x where x.case_id = p_case and x.id = (p_body::jsonb ->> 'itemId')::uuid);
  elsif starts_with(p_act, 'DEMAND_') or p_act in ('PRODUCTION_RECEIVED', 'PRESERVATION_LIFTED') then
    return exists (select 1 from comity.external_demands x where x.case_id = p_case and x.id = (p_body::jsonb ->> 'demandId')::uuid);
  elsif p_act = 'REMOVAL_RECORDED' then return exists (select 1 from comity.removals x where x.case_id = p_case and x.id = (p_body::jsonb ->> 'removalId')::uuid);
  elsif p_act = 'PARALLEL_RECORDED' then return exists (select 1 from comity.parallel_proceedings x where x.case_id = p_case and x.id = (p_body::jsonb ->> 'proceedingId')::uuid);
  elsif p_act = 'RENDITION_RECORDED' then return exists (select 1 from comity.renditions x where x.case_id = p_case and x.id = (p_body::jsonb ->> 'renditionId')::uuid);
  elsif p_act in ('ARRAIGNED', 'TRIAL_SET') then return exists (select 1 from comity.court_dates x where x.case_id = p_case and x.id = (p_body::jsonb ->> 'courtDateId')::uuid);
  elsif p_act in ('PROOF_LINKED', 'PROOF_WITHDRAWN') then return exists (select 1 from comity.proof_links x where x.case_id = p_case and x.id = (p_body::jsonb ->> 'linkId')::uuid);
  elsif p_act in ('CLOCK_FACT_RECORDED', 'CLOCK_FACT_WITHDRAWN', 'EXCLUSION_ENDED', 'DISCOVERY_ATTESTED', 'LIMITATION_ASSERTED') then
    return exists (select 1 from comity.clock_facts x where x.case_id = p_case and x.id = (p_body::jsonb ->> 'factId')::uuid);
  elsif starts_with(p_act, 'VICTIM_NOTICE_') then return exists (select 1 from comity.victim_notices x where x.case_id = p_case and x.id = (p_body::jsonb ->> 'noticeId')::uuid);
  elsif p_act in ('DISPOSITION_RECORDED', 'ELEMENT_ASSESSED', 'FILING_CORRECTED', 'FILING_WITHDRAWN') then return exists (select 1 from comity.charges x where x.case_id = p_case and x.id = (p_body::jsonb ->> 'chargeId')::uuid);
  elsif p_act = 'IMMUNITY_RECORDED' then return exists (select 1 from comity.immunity_proceedings x where x.case_id = p_case and x.id = (p_body::jsonb ->> 'proceedingId')::uuid);
  elsif p_act = 'AFFILIATION_RECORDED' or starts_with(p_act, 'IMMUNITY_') then return exists (select 1 from comity.persons x where x.case_id = p_case and x.id = (p_body::jsonb ->> 'personId')::uuid);
  end if;
  return true;
end $$;--> statement-breakpoint
grant execute on function comity.event_beside_seen(text, uuid, text) to comity_app;--> statement-breakpoint
alter policy trail_events_beside on comity.trail_events using (comity.event_beside_seen(trail_events.act, trail_events.case_id, trail_events.body));
