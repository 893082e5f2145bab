-- The lead of its case stands beside each charge, decision, analysis and item that is asked for, as beside a clock: what waits in the cases of one's own is
-- found by its time, without those of others. Locks these tables and sight against writes while indexes are built, and writes each of their rows of a case
-- that is led once. Way back: as comity_owner the views waiting and proof_elements as in 0041 and 0038, drop the triggers, the indexes, sight_unclaimed and the columns; make
-- clocks_led and cases_clocks_go_along as in 0040; as comity_definer drop row_led and rows_go_along.
ALTER TABLE "comity"."charges" ADD COLUMN "lead_id" uuid;--> statement-breakpoint
ALTER TABLE "comity"."decisions" ADD COLUMN "lead_id" uuid;--> statement-breakpoint
ALTER TABLE "comity"."immunity_analyses" ADD COLUMN "lead_id" uuid;--> statement-breakpoint
ALTER TABLE "comity"."return_items" ADD COLUMN "lead_id" uuid;--> statement-breakpoint
-- By hand:
grant update (lead_id) on comity.charges to comity_definer;--> statement-breakpoint
grant update (lead_id) on comity.decisions to comity_definer;--> statement-breakpoint
grant select, update (lead_id) on comity.immunity_analyses to comity_definer;--> statement-breakpoint
grant update (lead_id) on comity.return_items to comity_definer;--> statement-breakpoint
set role comity_definer;--> statement-breakpoint
update comity.charges r set lead_id = c.lead_id from comity.cases c where c.id = r.case_id and c.lead_id is not null;--> statement-breakpoint
update comity.decisions r set lead_id = c.lead_id from comity.cases c where c.id = r.case_id and c.lead_id is not null;--> statement-breakpoint
update comity.immunity_analyses r set lead_id = c.lead_id from comity.cases c where c.id = r.case_id and c.lead_id is not null;--> statement-breakpoint
update comity.return_items r set lead_id = c.lead_id from comity.cases c where c.id = r.case_id and c.lead_id is not null;--> statement-breakpoint

-- The office that leads its case, whoever writes the row.
create function comity.row_led() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  new.lead_id := (select c.lead_id from comity.cases c where c.id = new.case_id);
  return new;
end $$;--> statement-breakpoint

-- Such rows go with the lead, and away with it.
create function comity.rows_go_along() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  update comity.clocks r set lead_id = new.lead_id where r.case_id = new.id and r.lead_id is distinct from new.lead_id;
  update comity.charges r set lead_id = new.lead_id where r.case_id = new.id and r.lead_id is distinct from new.lead_id;
  update comity.decisions r set lead_id = new.lead_id where r.case_id = new.id and r.lead_id is distinct from new.lead_id;
  update comity.immunity_analyses r set lead_id = new.lead_id where r.case_id = new.id and r.lead_id is distinct from new.lead_id;
  update comity.return_items r set lead_id = new.lead_id where r.case_id = new.id and r.lead_id is distinct from new.lead_id;
  return null;
end $$;--> statement-breakpoint
-- Whether a member of the caller's office sees what needs so much of a case: no wall, seal or unit keeps it from the member.
create function comity.shown_to(p_case uuid, p_member uuid, p_needs integer) returns boolean
language sql stable security definer set search_path = comity, pg_catalog
return exists (select 1 from comity.members m join comity.role_ceilings k on k.body = 'OFFICE' and k.role = m.role
  cross join lateral (select array[m.id, m.office_id] || array(select u.unit_id from comity.unit_members u where u.member_id = m.id and u.until = 'infinity') as viewers) v
 where m.id = p_member and m.active and m.office_id = nullif(current_setting('comity.office', true), '')::uuid
   and (p_needs & ~(
     (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else k.facets end), 0)
        from comity.sight s where s.case_id = p_case and s.viewer = any (v.viewers) and statement_timestamp() < s.until)
     & ~(select coalesce(bit_or(x.facets), 0) from comity.closings x
       where x.case_id = p_case and (x.subject is null or x.subject = any (v.viewers)) and not x.unless && v.viewers and statement_timestamp() < x.until))) = 0);--> statement-breakpoint
grant execute on function comity.shown_to(uuid, uuid, integer) to comity_app;--> statement-breakpoint
grant execute on function comity.row_led(), comity.rows_go_along() to comity_owner;--> statement-breakpoint

set role comity_owner;--> statement-breakpoint
create trigger charges_led before insert on comity.charges for each row execute function comity.row_led();--> statement-breakpoint
create trigger decisions_led before insert on comity.decisions for each row execute function comity.row_led();--> statement-breakpoint
create trigger immunity_analyses_led before insert on comity.immunity_analyses for each row execute function comity.row_led();--> statement-breakpoint
create trigger return_items_led before insert on comity.return_items for each row execute function comity.row_led();--> statement-breakpoint
create or replace trigger clocks_led before insert on comity.clocks for each row execute function comity.row_led();--> statement-breakpoint
drop trigger cases_clocks_go_along on comity.cases;--> statement-breakpoint
create trigger cases_rows_go_along after update of lead_id on comity.cases for each row
  when (new.lead_id is distinct from old.lead_id) execute function comity.rows_go_along();--> statement-breakpoint
revoke execute on function comity.row_led(), comity.rows_go_along() from comity_owner;--> statement-breakpoint
set role comity_definer;--> statement-breakpoint
drop function comity.clock_led();--> statement-breakpoint
drop function comity.clocks_go_along();--> statement-breakpoint
set role comity_owner;--> statement-breakpoint
CREATE INDEX "charges_of_lead" ON "comity"."charges" USING btree ("lead_id","proposed_at","case_id","id");--> statement-breakpoint
CREATE INDEX "decisions_waiting_of_lead" ON "comity"."decisions" USING btree ("lead_id","proposed_at","case_id","id") WHERE state = 'PROPOSED';--> statement-breakpoint
CREATE INDEX "immunity_analyses_waiting_of_lead" ON "comity"."immunity_analyses" USING btree ("lead_id","drafted_at","case_id","id") WHERE state = 'DRAFTED';--> statement-breakpoint
CREATE INDEX "external_demands_waiting_of_office" ON "comity"."external_demands" USING btree ("office_id","waits_since","case_id","id") WHERE "comity"."external_demands"."waits_since" is not null;--> statement-breakpoint
CREATE INDEX "return_items_waiting_of_lead" ON "comity"."return_items" USING btree ("lead_id","state_since","case_id","id") WHERE state in ('REQUESTED', 'DISPUTED', 'OVERRULED');--> statement-breakpoint
-- For drizzle has no INCLUDE: the cases that nobody leads yet, by their venue candidates.
create index sight_unclaimed on comity.sight (viewer, case_id) include (cause, facets, until) where cause = 'VENUE' and facets & 2 <> 0;--> statement-breakpoint

-- As before, and who leads each case; the day of a demand stands while something of it is not answered.
create or replace view comity.waiting with (security_invoker = true) as
  (select case i.state when 'DISPUTED' then 'RETURN_DISPUTE' else 'RETURN_ITEM' end as kind, i.id, i.case_id, i.state_since as since, i.due_on,
      case i.state when 'DISPUTED' then 'OFFICE' else 'AGENCY' end as awaits, case i.state when 'DISPUTED' then i.office_id end as office_id, i.agency_id, null::uuid as author_id, null::text as holder, i.lead_id as lead_id
    from comity.return_items i where i.state in ('REQUESTED', 'DISPUTED', 'OVERRULED') order by i.state_since, i.case_id, i.id)
  union all
  (select 'WITHDRAWAL_REQUEST'::text, l.referral_id, l.case_id, l.withdrawal_asked_at, null::date,
      'OFFICE'::text, (select c.lead_id from comity.cases c where c.id = l.case_id), l.agency_id, null::uuid, null::text, (select c.lead_id from comity.cases c where c.id = l.case_id)
    from comity.case_referrals l where l.withdrawal_asked_at is not null order by l.withdrawal_asked_at, l.case_id, l.referral_id)
  union all
  (select 'DECLINATION_DISPUTE'::text, l.referral_id, l.case_id, l.declination_disputed_at, null::date,
      'OFFICE'::text, (select c.lead_id from comity.cases c where c.id = l.case_id), l.agency_id, null::uuid, null::text, (select c.lead_id from comity.cases c where c.id = l.case_id)
    from comity.case_referrals l where l.declination_disputed_at is not null order by l.declination_disputed_at, l.case_id, l.referral_id)
  union all
  (select 'DECISION'::text, d.id, d.case_id, d.proposed_at, null::date,
      'OFFICE'::text, d.lead_id, null::uuid, d.proposed_by, null::text, d.lead_id
    from comity.decisions d where d.state = 'PROPOSED' order by d.proposed_at, d.case_id, d.id)
  union all
  (select 'IMMUNITY_ANALYSIS'::text, a.id, a.case_id, a.drafted_at, null::date,
      'OFFICE'::text, a.lead_id, null::uuid, a.drafted_by, null::text, a.lead_id
    from comity.immunity_analyses a where a.state = 'DRAFTED' order by a.drafted_at, a.case_id, a.id)
  union all
  (select 'INVITATION'::text, r.id, r.case_id, r.invited_at, null::date, 'OFFICE'::text, r.jurisdiction_id, null::uuid, r.invited_by, null::text, (select c.lead_id from comity.cases c where c.id = r.case_id)
    from comity.responsibilities r where r.state = 'INVITED' and statement_timestamp() < r.until order by r.invited_at, r.case_id, r.id)
  union all
  (select 'TRANSFER'::text, t.id, t.case_id, t.proposed_at, null::date, 'OFFICE'::text, t.to_id, null::uuid, t.proposed_by, null::text, (select c.lead_id from comity.cases c where c.id = t.case_id)
    from comity.transfers t where t.state = 'PROPOSED' order by t.proposed_at, t.case_id, t.id)
  union all
  (select 'VENUE_CONTEST'::text, v.id, v.case_id, v.contested_at, null::date, case v.state when 'DENIED' then 'COURT' else 'OFFICE' end,
      case v.state when 'OPEN' then v.lead_id when 'DECISION_RECORDED' then case v.decided_for when 'CONTESTANT' then v.lead_id else v.contestant_id end end, null::uuid, null::uuid, null::text, (select c.lead_id from comity.cases c where c.id = v.case_id)
    from comity.venue_contests v where v.state in ('OPEN', 'DENIED', 'DECISION_RECORDED') order by v.contested_at, v.case_id, v.id)
  union all
  (select 'BREAK_GLASS'::text, u.id, u.case_id, u.since, (u.review_due_at at time zone (select j.time_zone from comity.jurisdictions j where j.id = u.office_id))::date,
      'OFFICE'::text, u.office_id, null::uuid, u.member_id, null::text, (select c.lead_id from comity.cases c where c.id = u.case_id)
    from comity.glass_uses u where u.reviewed_at is null order by u.since, u.case_id, u.id)
  union all
  (select 'DEMAND'::text, d.id, d.case_id, d.waits_since, case when d.state in ('SERVED', 'ACKNOWLEDGED', 'PARTIAL') and case d.regime when 'PRESERVATION_LETTER' then d.answered_on is null
        else exists (select 1 from comity.demand_items i where i.case_id = d.case_id and i.demand_id = d.id and i.state = 'ASKED') end then d.respond_by end,
      case d.state when 'SUIT_FILED' then 'COURT' else 'HOLDER' end, null::uuid, null::uuid, null::uuid, d.component, d.office_id
    from comity.external_demands d where d.waits_since is not null order by d.waits_since, d.case_id, d.id);--> statement-breakpoint

-- As before, and who leads each case.
create or replace view comity.proof_elements with (security_invoker = true) as
  select ch.case_id, ch.id as charge_id, e.position::integer as position, e.text, ch.proposed_at, ch.statute_id, ch.lead_id
    from comity.charges ch join comity.statute_versions v on v.id = ch.statute_version_id
    cross join lateral jsonb_array_elements_text(v.elements) with ordinality as e (text, position)
   where ch.state <> 'WITHDRAWN';
