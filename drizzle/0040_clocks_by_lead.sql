-- What is due next is found by the office that leads, and what others open by the cause: a reader of many cases no longer walks past the
-- clocks of those that they do not see. Locks clocks and sight against writes while indexes are built, and writes each clock of a case that
-- is led once. Way back: as comity_owner drop the triggers clocks_led and cases_clocks_go_along, sight_elsewhere, clocks_of_lead, the check
-- and the column, and make clocks_due as in 0031; as comity_definer drop clock_led and clocks_go_along.
DROP INDEX "comity"."clocks_due";--> statement-breakpoint
ALTER TABLE "comity"."clocks" ADD COLUMN "lead_id" uuid;--> statement-breakpoint
grant update (lead_id, needs) on comity.clocks to comity_definer;--> statement-breakpoint
set role comity_definer;--> statement-breakpoint
-- Whoever learns of a notice learns of the charge that it follows.
update comity.clocks set needs = needs | 16 where kind = 'VICTIM_NOTICE';--> statement-breakpoint
update comity.clocks k set lead_id = c.lead_id from comity.cases c where c.id = k.case_id and c.lead_id is not null;--> statement-breakpoint

-- The office that leads its case, whoever keeps the clock.
create function comity.clock_led() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  new.lead_id := (select c.lead_id from comity.cases c where c.id = new.case_id);
  return new;
end $$;--> statement-breakpoint

-- Clocks go with the lead, and away with it.
create function comity.clocks_go_along() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  update comity.clocks k set lead_id = new.lead_id where k.case_id = new.id and k.lead_id is distinct from new.lead_id;
  return null;
end $$;--> statement-breakpoint
grant execute on function comity.clock_led(), comity.clocks_go_along() to comity_owner;--> statement-breakpoint

set role comity_owner;--> statement-breakpoint
revoke update (needs) on comity.clocks from comity_definer;--> statement-breakpoint
create trigger clocks_led before insert on comity.clocks for each row execute function comity.clock_led();--> statement-breakpoint
create trigger cases_clocks_go_along after update of lead_id on comity.cases for each row
  when (new.lead_id is distinct from old.lead_id) execute function comity.clocks_go_along();--> statement-breakpoint
revoke execute on function comity.clock_led(), comity.clocks_go_along() from comity_owner;--> statement-breakpoint
CREATE INDEX "clocks_of_lead" ON "comity"."clocks" USING btree ("lead_id","due_on","kind","case_id","id") WHERE "comity"."clocks"."superseded_at" is null and "comity"."clocks"."met_on" is null and "comity"."clocks"."due_on" is not null and ("comity"."clocks"."lead_id" is not null or "comity"."clocks"."kind" in ('RETURN_ITEM'));--> statement-breakpoint
CREATE INDEX "clocks_due" ON "comity"."clocks" USING btree ("due_on","kind","case_id","id") WHERE "comity"."clocks"."superseded_at" is null and "comity"."clocks"."met_on" is null and "comity"."clocks"."due_on" is not null;--> statement-breakpoint
ALTER TABLE "comity"."clocks" ADD CONSTRAINT "clocks_needs_of_kind" CHECK (needs & case kind when 'LIMITATION' then 16 when 'REMOVAL_WINDOW' then 84 when 'CAMERA_RETENTION' then 32 when 'RETURN_ITEM' then 2 when 'EXTERNAL_DEMAND' then 64 when 'VICTIM_NOTICE' then 20 when 'SUPERSESSION_HEARING' then 64 when 'SUPERSESSION_DECISION' then 64 end = case kind when 'LIMITATION' then 16 when 'REMOVAL_WINDOW' then 84 when 'CAMERA_RETENTION' then 32 when 'RETURN_ITEM' then 2 when 'EXTERNAL_DEMAND' then 64 when 'VICTIM_NOTICE' then 20 when 'SUPERSESSION_HEARING' then 64 when 'SUPERSESSION_DECISION' then 64 end);--> statement-breakpoint
-- By hand, for drizzle has no INCLUDE: what opens a case beside the seat of its lead and its venue.
create index sight_elsewhere on comity.sight (viewer, cause, case_id) include (facets, until) where cause <> all ('{SEAT,VENUE}');
