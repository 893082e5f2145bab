-- What waits in cases of others though nothing but their venue opens them: one's own contest of a claim, and the review of a use of break-glass whose case has
-- left the office. Locks venue_contests and glass_uses against writes while an index is built, and writes no row. Way back: as comity_owner drop the two
-- indexes; as comity_definer make left_behind as in 0017, then drop left_behind_to.
CREATE INDEX "venue_contests_of_contestant" ON "comity"."venue_contests" USING btree ("contestant_id","case_id") WHERE state in ('OPEN', 'DENIED', 'DECISION_RECORDED', 'OFFERED');--> statement-breakpoint
CREATE INDEX "glass_uses_waiting_of_office" ON "comity"."glass_uses" USING btree ("office_id","case_id") WHERE reviewed_at is null;--> statement-breakpoint
-- By hand:
set role comity_definer;--> statement-breakpoint
-- Whether a use of break-glass is a member's of the caller's office to know though its case has left the office, by losing the lead or behind
-- a wall against the whole of it: to who made it, and to the heads of the office but for one whom a wall excludes by name or unit.
create function comity.left_behind_to(p_use comity.glass_uses, p_member uuid) returns boolean
language sql stable security definer set search_path = comity, pg_catalog
return exists (
  select 1 from comity.members m join comity.cases c on c.id = p_use.case_id
   where m.id = p_member and m.active and m.office_id = p_use.office_id and m.office_id = nullif(current_setting('comity.office', true), '')::uuid
     and (c.lead_id is distinct from p_use.office_id
       or exists (select 1 from comity.walls w where w.case_id = c.id and w.lifted_at is null and w.subject_id = p_use.office_id))
     and (m.id = p_use.member_id or m.role in ('SUPERVISOR', 'ELECTED') and not exists (
       select 1 from comity.walls w where w.case_id = c.id and w.lifted_at is null and w.subject_kind <> 'OFFICE' and comity.excludes(w, m.id))));--> statement-breakpoint
create or replace function comity.left_behind(p_use comity.glass_uses) returns boolean
language sql stable security definer set search_path = comity, pg_catalog
return comity.left_behind_to(p_use, comity.member());--> statement-breakpoint
grant execute on function comity.left_behind_to(comity.glass_uses, uuid) to comity_app;--> statement-breakpoint
set role comity_owner;
