-- What is answered to a demand, what arrives and what a court is asked and says is kept entry by entry; a demand of which something is to come stays where
-- its items have it. Locks external_demands against writes while an index is made anew, and writes the demands once that are to be elsewhere. Way back:
-- drop demand_entries, make the index as in 0034; as comity_definer check_demand and check_demand_extension as in 0034.
CREATE TABLE "comity"."demand_entries" (
	"case_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"needs" integer NOT NULL,
	"demand_id" uuid NOT NULL,
	"item_id" uuid,
	"kind" text NOT NULL,
	"day" date NOT NULL,
	"answer" text,
	"ground" text,
	"ground_citation" text,
	"reference" text,
	"court" text,
	"order" text,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "demand_entries_case_id_id_pk" PRIMARY KEY("case_id","id"),
	CONSTRAINT "demand_entries_kind_check" CHECK ("comity"."demand_entries"."kind" in ('ANSWERED', 'RECEIVED', 'SUIT_FILED', 'SUIT_DECIDED')),
	CONSTRAINT "demand_entries_answer_check" CHECK ("comity"."demand_entries"."answer" in ('PRODUCED', 'PARTIAL', 'WITHHELD')),
	CONSTRAINT "demand_entries_ground_check" CHECK ("comity"."demand_entries"."ground" in ('NOT_APPROPRIATE', 'STATUTE', 'REGULATION', 'EXECUTIVE_ORDER', 'CLASSIFIED', 'INFORMANT', 'OPEN_INVESTIGATION', 'TRADE_SECRET', 'OTHER')),
	CONSTRAINT "demand_entries_item_check" CHECK (("comity"."demand_entries"."item_id" is not null) = ("comity"."demand_entries"."kind" in ('ANSWERED', 'RECEIVED')) and ("comity"."demand_entries"."answer" is not null) = ("comity"."demand_entries"."kind" = 'ANSWERED')),
	CONSTRAINT "demand_entries_needs_check" CHECK ("comity"."demand_entries"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."demand_entries" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
DROP INDEX "comity"."external_demands_unanswered";--> statement-breakpoint
ALTER TABLE "comity"."demand_entries" ADD CONSTRAINT "demand_entries_demand" FOREIGN KEY ("case_id","demand_id") REFERENCES "comity"."external_demands"("case_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."demand_entries" ADD CONSTRAINT "demand_entries_item" FOREIGN KEY ("case_id","item_id") REFERENCES "comity"."demand_items"("case_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "demand_entries_of_demand" ON "comity"."demand_entries" USING btree ("case_id","demand_id","recorded_at");--> statement-breakpoint
CREATE INDEX "external_demands_unanswered" ON "comity"."external_demands" USING btree ("office_id",coalesce("respond_by", date '9999-12-31'),"id") WHERE "comity"."external_demands"."state" in ('SERVED', 'ACKNOWLEDGED', 'PARTIAL', 'SUIT_FILED', 'ORDERED');--> statement-breakpoint
CREATE POLICY "demand_entries_seen" ON "comity"."demand_entries" AS PERMISSIVE FOR ALL TO "comity_app" USING (demand_entries.needs <> 0 and (demand_entries.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = demand_entries.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = demand_entries.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((select 1 from comity.external_demands x where x.case_id = demand_entries.case_id and x.id = demand_entries.demand_id) = 1 and (demand_entries.item_id is null or (select 1 from comity.demand_items i where i.case_id = demand_entries.case_id and i.id = demand_entries.item_id) = 1))) WITH CHECK (demand_entries.needs <> 0 and (demand_entries.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = demand_entries.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = demand_entries.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((select 1 from comity.external_demands x where x.case_id = demand_entries.case_id and x.id = demand_entries.demand_id) = 1 and (demand_entries.item_id is null or (select 1 from comity.demand_items i where i.case_id = demand_entries.case_id and i.id = demand_entries.item_id) = 1)));--> statement-breakpoint
CREATE POLICY "demand_entries_definer" ON "comity"."demand_entries" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
-- By hand:
alter table comity.demand_entries force row level security;--> statement-breakpoint
create policy demand_entries_purpose on comity.demand_entries as restrictive for select to comity_app using (
  (demand_entries.needs & 49152) = 0 or (select comity.purpose()) is not null);--> statement-breakpoint
grant select, insert on comity.demand_entries to comity_app;--> statement-breakpoint
grant select, insert on comity.demand_entries to comity_definer;--> statement-breakpoint
grant update (state) on comity.external_demands to comity_definer;--> statement-breakpoint

set role comity_definer;--> statement-breakpoint

-- What is on record until now: the last answer and the last production of each item, and the suit, as the trail tells who recorded them.
insert into comity.demand_entries (case_id, id, needs, demand_id, item_id, kind, day, answer, ground, ground_citation, reference, court, "order", recorded_by, recorded_at)
select d.case_id, gen_random_uuid(), coalesce(x.needs, d.needs), d.id, x.item_id, x.kind, x.day, x.answer, x.ground, x.ground_citation, x.reference, x.court, x."order", coalesce(e.actor_id, d.drafted_by), coalesce(e.at, d.drafted_at)
  from comity.external_demands d
  cross join lateral (
    select i.id as item_id, i.needs, 'ANSWERED' as kind, i.answered_on as day, i.state as answer, i.ground, i.ground_citation, i.ground_reference as reference, null as court, null as "order", 'DEMAND_ITEM_ANSWERED' as told
      from comity.demand_items i where i.case_id = d.case_id and i.demand_id = d.id and i.answered_on is not null
    union all
    select i.id, i.needs, 'RECEIVED', i.received_on, null, null, null, i.production_reference, null, null, 'DEMAND_ITEM_RECEIVED'
      from comity.demand_items i where i.case_id = d.case_id and i.demand_id = d.id and i.received_on is not null
    union all
    select null, null, 'SUIT_FILED', d.suit_filed_on, null, null, null, d.suit_docket, d.suit_court, null, 'DEMAND_SUIT_FILED' where d.suit_filed_on is not null
    union all
    select null, null, 'SUIT_DECIDED', d.suit_decided_on, null, null, null, null, null, d.suit_order, 'DEMAND_SUIT_DECIDED' where d.suit_decided_on is not null) x
  left join lateral (select t.actor_id, t.at from comity.trail_events t where t.case_id = d.case_id and t.act = x.told and t.body::jsonb ->> 'demandId' = d.id::text
      and (x.item_id is null or t.body::jsonb ->> 'itemId' = x.item_id::text) order by t.seq desc limit 1) e on true;--> statement-breakpoint

-- Where something is still to come, that is where a demand stands. See standsAs in src/demands/demand.rules.ts.
update comity.external_demands d set state = case when d.suit_decided_on is not null then 'ORDERED'
    when not exists (select 1 from comity.demand_items i where i.case_id = d.case_id and i.demand_id = d.id and i.state <> 'PRODUCED') then 'GRANTED' else 'PARTIAL' end
 where d.state = 'PRODUCTION_RECEIVED' and exists (select 1 from comity.demand_items i left join comity.charges h on h.case_id = i.case_id and h.id = i.charge_id
   where i.case_id = d.case_id and i.demand_id = d.id and coalesce(h.needs, 0) & 49152 = 0 and i.received_on is null and i.state <> 'WITHHELD');--> statement-breakpoint

-- A demand begins as a draft of the lead, in the name of who writes it, and moves as src/demands/demand.rules.ts has it; once served, it
-- says what it said.
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
        SUIT_FILED>SUIT_FILED,SUIT_FILED>ORDERED,SUIT_FILED>DISMISSED,ORDERED>ORDERED,ORDERED>PRODUCTION_RECEIVED}'::text[])
    end) is not true then
    raise exception 'a demand is not drafted or moved so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint

-- That a demand was given another day is said by who gives it: the day is the one that it names now.
create or replace function comity.check_demand_extension() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if (comity.leads(new.case_id) and new.extended_by = comity.member() and exists (select 1 from comity.external_demands d
      where d.case_id = new.case_id and d.id = new.demand_id and d.state in ('SERVED', 'ACKNOWLEDGED', 'GRANTED', 'PARTIAL') and d.respond_by = new.respond_by)) is not true then
    raise exception 'a demand is not given another day so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint

-- What is kept of a demand is what it says now, in the name of who says it.
create function comity.check_demand_entry() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if (comity.leads(new.case_id) and new.recorded_by = comity.member() and case when new.item_id is null
      then exists (select 1 from comity.external_demands d where d.case_id = new.case_id and d.id = new.demand_id
        and case new.kind when 'SUIT_FILED' then d.state = 'SUIT_FILED' and d.suit_filed_on = new.day else d.state in ('ORDERED', 'DISMISSED') and d.suit_decided_on = new.day end)
      else exists (select 1 from comity.demand_items i where i.case_id = new.case_id and i.id = new.item_id and i.demand_id = new.demand_id and i.needs & ~new.needs = 0
        and case new.kind when 'ANSWERED' then i.state = new.answer and i.answered_on = new.day else i.received_on = new.day end) end) is not true then
    raise exception 'what became of a demand is not kept so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint
grant execute on function comity.check_demand_entry(), comity.refuse_superseded() to comity_owner;--> statement-breakpoint

set role comity_owner;--> statement-breakpoint
create trigger demand_entries_written before insert on comity.demand_entries for each row when (current_user = 'comity_app') execute function comity.check_demand_entry();--> statement-breakpoint
create trigger demand_entries_superseded before insert or update on comity.demand_entries for each row when (current_user = 'comity_app') execute function comity.refuse_superseded();--> statement-breakpoint
revoke execute on function comity.check_demand_entry(), comity.refuse_superseded() from comity_owner;--> statement-breakpoint
revoke insert on comity.demand_entries from comity_definer;--> statement-breakpoint
revoke update (state) on comity.external_demands from comity_definer;
