-- What is demanded of federal agencies and other holders: demands, their items, the days they were given, and where federal agencies
-- refused to cooperate. Locks sight against writes while it gets an index (of the few rows that open proceedings to others than the lead's
-- own staff), and cases for the moment of a new trigger. Way back: drop the trigger cases_demands_go_along, the four tables and the index
-- sight_proceedings_elsewhere; as comity_definer, drop the functions check_demand, check_demand_item, check_demand_extension,
-- check_cooperation_event and demands_go_along.
CREATE TABLE "comity"."cooperation_events" (
	"case_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"needs" integer NOT NULL,
	"kind" text NOT NULL,
	"happened_at" timestamp(6) with time zone NOT NULL,
	"by_agency" text NOT NULL,
	"witness_id" uuid,
	"recording_id" uuid,
	"second" integer,
	"note" text NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp(6) with time zone NOT NULL,
	"withdrawn_by" uuid,
	"withdrawn_at" timestamp(6) with time zone,
	"withdrawn_because" text,
	CONSTRAINT "cooperation_events_case_id_id_pk" PRIMARY KEY("case_id","id"),
	CONSTRAINT "cooperation_events_kind_check" CHECK ("comity"."cooperation_events"."kind" in ('SCENE_ACCESS_DENIED', 'JOINT_INVESTIGATION_ENDED', 'EVIDENCE_WITHHELD', 'IDENTITY_WITHHELD', 'CREDENTIALS_REFUSED', 'WARRANT_IGNORED')),
	CONSTRAINT "cooperation_events_second_check" CHECK ("comity"."cooperation_events"."second" is null or "comity"."cooperation_events"."second" >= 0 and "comity"."cooperation_events"."recording_id" is not null),
	CONSTRAINT "cooperation_events_withdrawn_check" CHECK (num_nulls("comity"."cooperation_events"."withdrawn_by", "comity"."cooperation_events"."withdrawn_at", "comity"."cooperation_events"."withdrawn_because") in (0, 3)),
	CONSTRAINT "cooperation_events_needs_check" CHECK ("comity"."cooperation_events"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."cooperation_events" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."demand_extensions" (
	"case_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"needs" integer NOT NULL,
	"demand_id" uuid NOT NULL,
	"due_before" date,
	"respond_by" date NOT NULL,
	"reason" text NOT NULL,
	"extended_by" uuid NOT NULL,
	"extended_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "demand_extensions_case_id_id_pk" PRIMARY KEY("case_id","id"),
	CONSTRAINT "demand_extensions_needs_check" CHECK ("comity"."demand_extensions"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."demand_extensions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."demand_items" (
	"case_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"needs" integer NOT NULL,
	"demand_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"category" text NOT NULL,
	"description" text NOT NULL,
	"relevance" text NOT NULL,
	"charge_id" uuid,
	"element" integer,
	"state" text NOT NULL,
	"answered_on" date,
	"ground" text,
	"ground_citation" text,
	"ground_reference" text,
	"received_on" date,
	"production_reference" text,
	CONSTRAINT "demand_items_case_id_id_pk" PRIMARY KEY("case_id","id"),
	CONSTRAINT "demand_items_category_check" CHECK ("comity"."demand_items"."category" in ('RECORDING', 'FIREARM', 'VEHICLE', 'CLOTHING', 'DEVICE', 'MEDICAL_RECORD', 'REPORT', 'STATEMENT', 'TESTIMONY', 'IDENTITY', 'POLICY', 'COMMUNICATION', 'CUSTODY_RECORD', 'OTHER')),
	CONSTRAINT "demand_items_state_check" CHECK ("comity"."demand_items"."state" in ('ASKED', 'PRODUCED', 'PARTIAL', 'WITHHELD')),
	CONSTRAINT "demand_items_ground_check" CHECK ("comity"."demand_items"."ground" in ('NOT_APPROPRIATE', 'STATUTE', 'REGULATION', 'EXECUTIVE_ORDER', 'CLASSIFIED', 'INFORMANT', 'OPEN_INVESTIGATION', 'TRADE_SECRET', 'OTHER')),
	CONSTRAINT "demand_items_element_check" CHECK (num_nulls("comity"."demand_items"."charge_id", "comity"."demand_items"."element") in (0, 2)),
	CONSTRAINT "demand_items_answer_check" CHECK (("comity"."demand_items"."state" = 'ASKED') = ("comity"."demand_items"."answered_on" is null) and ("comity"."demand_items"."state" in ('PARTIAL', 'WITHHELD')) = ("comity"."demand_items"."ground" is not null)
      and num_nulls("comity"."demand_items"."received_on", "comity"."demand_items"."production_reference") in (0, 2)),
	CONSTRAINT "demand_items_needs_check" CHECK ("comity"."demand_items"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."demand_items" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."external_demands" (
	"case_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"needs" integer NOT NULL,
	"office_id" uuid NOT NULL,
	"regime" text NOT NULL,
	"component" text NOT NULL,
	"purpose" text NOT NULL,
	"state" text NOT NULL,
	"drafted_by" uuid NOT NULL,
	"drafted_at" timestamp(6) with time zone NOT NULL,
	"served_on" date,
	"service_method" text,
	"proof_of_service" text,
	"confirmed" text[],
	"respond_by" date,
	"awaited_in" text,
	"acknowledged_on" date,
	"acknowledged_by" text,
	"answered_on" date,
	"suit_court" text,
	"suit_docket" text,
	"suit_filed_on" date,
	"suit_decided_on" date,
	"suit_order" text,
	"court_order" text,
	"lifted_on" date,
	"lifted_because" text,
	"withdrawn_because" text,
	CONSTRAINT "external_demands_case_id_id_pk" PRIMARY KEY("case_id","id"),
	CONSTRAINT "external_demands_regime_check" CHECK ("comity"."external_demands"."regime" in ('DOJ_TOUHY', 'DHS_TOUHY', 'SUBPOENA', 'PRESERVATION_LETTER')),
	CONSTRAINT "external_demands_state_check" CHECK ("comity"."external_demands"."state" in ('DRAFT', 'SERVED', 'ACKNOWLEDGED', 'GRANTED', 'PARTIAL', 'DENIED', 'PRODUCTION_RECEIVED', 'SUIT_FILED', 'ORDERED', 'DISMISSED', 'WITHDRAWN')),
	CONSTRAINT "external_demands_service_method_check" CHECK ("comity"."external_demands"."service_method" in ('PERSONAL', 'CERTIFIED_MAIL', 'MAIL', 'COURIER', 'EMAIL', 'PORTAL', 'MARSHAL', 'OTHER')),
	CONSTRAINT "external_demands_awaited_in_check" CHECK ("comity"."external_demands"."awaited_in" in ('CLAIMED', 'UNDER_REVIEW', 'REOPENED')),
	CONSTRAINT "external_demands_served_check" CHECK ("comity"."external_demands"."state" in ('DRAFT', 'WITHDRAWN') or num_nulls("comity"."external_demands"."served_on", "comity"."external_demands"."service_method", "comity"."external_demands"."proof_of_service", "comity"."external_demands"."confirmed") = 0),
	CONSTRAINT "external_demands_return_check" CHECK ("comity"."external_demands"."regime" <> 'SUBPOENA' or "comity"."external_demands"."served_on" is null or "comity"."external_demands"."respond_by" is not null),
	CONSTRAINT "external_demands_days_check" CHECK (least("comity"."external_demands"."respond_by", "comity"."external_demands"."acknowledged_on", "comity"."external_demands"."answered_on", "comity"."external_demands"."suit_filed_on", "comity"."external_demands"."lifted_on") >= "comity"."external_demands"."served_on" and "comity"."external_demands"."suit_decided_on" >= "comity"."external_demands"."suit_filed_on"),
	CONSTRAINT "external_demands_suit_check" CHECK (num_nulls("comity"."external_demands"."suit_court", "comity"."external_demands"."suit_docket", "comity"."external_demands"."suit_filed_on") in (0, 3) and num_nulls("comity"."external_demands"."suit_decided_on", "comity"."external_demands"."suit_order") in (0, 2)),
	CONSTRAINT "external_demands_lifted_check" CHECK (num_nulls("comity"."external_demands"."lifted_on", "comity"."external_demands"."lifted_because") in (0, 2) and ("comity"."external_demands"."regime" = 'PRESERVATION_LETTER' or num_nonnulls("comity"."external_demands"."lifted_on", "comity"."external_demands"."court_order") = 0)),
	CONSTRAINT "external_demands_needs_check" CHECK ("comity"."external_demands"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."external_demands" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "comity"."cooperation_events" ADD CONSTRAINT "cooperation_events_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "comity"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."cooperation_events" ADD CONSTRAINT "cooperation_events_witness" FOREIGN KEY ("case_id","witness_id") REFERENCES "comity"."persons"("case_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."cooperation_events" ADD CONSTRAINT "cooperation_events_recording" FOREIGN KEY ("case_id","recording_id") REFERENCES "comity"."recordings"("case_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."demand_extensions" ADD CONSTRAINT "demand_extensions_demand" FOREIGN KEY ("case_id","demand_id") REFERENCES "comity"."external_demands"("case_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."demand_items" ADD CONSTRAINT "demand_items_demand" FOREIGN KEY ("case_id","demand_id") REFERENCES "comity"."external_demands"("case_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."demand_items" ADD CONSTRAINT "demand_items_charge" FOREIGN KEY ("case_id","charge_id") REFERENCES "comity"."charges"("case_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."external_demands" ADD CONSTRAINT "external_demands_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "comity"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."external_demands" ADD CONSTRAINT "external_demands_office_id_jurisdictions_id_fk" FOREIGN KEY ("office_id") REFERENCES "comity"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "cooperation_events_by_time" ON "comity"."cooperation_events" USING btree ("case_id","happened_at","id");--> statement-breakpoint
CREATE INDEX "demand_extensions_of_demand" ON "comity"."demand_extensions" USING btree ("case_id","demand_id","extended_at");--> statement-breakpoint
CREATE INDEX "demand_items_of_demand" ON "comity"."demand_items" USING btree ("case_id","demand_id","position");--> statement-breakpoint
CREATE INDEX "demand_items_of_element" ON "comity"."demand_items" USING btree ("case_id","charge_id","element");--> statement-breakpoint
CREATE INDEX "external_demands_of_office" ON "comity"."external_demands" USING btree ("office_id",coalesce("respond_by", date '9999-12-31'),"id");--> statement-breakpoint
CREATE INDEX "external_demands_unanswered" ON "comity"."external_demands" USING btree ("office_id",coalesce("respond_by", date '9999-12-31'),"id") WHERE "comity"."external_demands"."state" in ('SERVED', 'ACKNOWLEDGED');--> statement-breakpoint
CREATE INDEX "sight_proceedings_elsewhere" ON "comity"."sight" USING btree ("viewer","case_id") WHERE "comity"."sight"."cause" <> 'SEAT' and "comity"."sight"."facets" & 64 <> 0;--> statement-breakpoint
CREATE POLICY "cooperation_events_seen" ON "comity"."cooperation_events" AS PERMISSIVE FOR ALL TO "comity_app" USING (cooperation_events.needs <> 0 and (cooperation_events.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = cooperation_events.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = cooperation_events.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((cooperation_events.witness_id is null or (select 1 from comity.persons p where p.case_id = cooperation_events.case_id and p.id = cooperation_events.witness_id) = 1)
  and (cooperation_events.recording_id is null or (select 1 from comity.recordings r where r.case_id = cooperation_events.case_id and r.id = cooperation_events.recording_id) = 1))) WITH CHECK (cooperation_events.needs <> 0 and (cooperation_events.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = cooperation_events.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = cooperation_events.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((cooperation_events.witness_id is null or (select 1 from comity.persons p where p.case_id = cooperation_events.case_id and p.id = cooperation_events.witness_id) = 1)
  and (cooperation_events.recording_id is null or (select 1 from comity.recordings r where r.case_id = cooperation_events.case_id and r.id = cooperation_events.recording_id) = 1)));--> statement-breakpoint
CREATE POLICY "cooperation_events_definer" ON "comity"."cooperation_events" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "demand_extensions_seen" ON "comity"."demand_extensions" AS PERMISSIVE FOR ALL TO "comity_app" USING (demand_extensions.needs <> 0 and (demand_extensions.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = demand_extensions.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = demand_extensions.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((select 1 from comity.external_demands x where x.case_id = demand_extensions.case_id and x.id = demand_extensions.demand_id) = 1)) WITH CHECK (demand_extensions.needs <> 0 and (demand_extensions.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = demand_extensions.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = demand_extensions.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((select 1 from comity.external_demands x where x.case_id = demand_extensions.case_id and x.id = demand_extensions.demand_id) = 1));--> statement-breakpoint
CREATE POLICY "demand_extensions_definer" ON "comity"."demand_extensions" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "demand_items_seen" ON "comity"."demand_items" AS PERMISSIVE FOR ALL TO "comity_app" USING (demand_items.needs <> 0 and (demand_items.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = demand_items.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = demand_items.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((select 1 from comity.external_demands x where x.case_id = demand_items.case_id and x.id = demand_items.demand_id) = 1 and (demand_items.charge_id is null or (select 1 from comity.charges h where h.case_id = demand_items.case_id and h.id = demand_items.charge_id) = 1))) WITH CHECK (demand_items.needs <> 0 and (demand_items.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = demand_items.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = demand_items.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((select 1 from comity.external_demands x where x.case_id = demand_items.case_id and x.id = demand_items.demand_id) = 1 and (demand_items.charge_id is null or (select 1 from comity.charges h where h.case_id = demand_items.case_id and h.id = demand_items.charge_id) = 1)));--> statement-breakpoint
CREATE POLICY "demand_items_definer" ON "comity"."demand_items" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "external_demands_seen" ON "comity"."external_demands" AS PERMISSIVE FOR ALL TO "comity_app" USING (external_demands.needs <> 0 and (external_demands.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = external_demands.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = external_demands.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1) WITH CHECK (external_demands.needs <> 0 and (external_demands.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = external_demands.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = external_demands.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1);--> statement-breakpoint
CREATE POLICY "external_demands_definer" ON "comity"."external_demands" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
-- By hand:
alter table comity.external_demands force row level security;--> statement-breakpoint
alter table comity.demand_items force row level security;--> statement-breakpoint
alter table comity.demand_extensions force row level security;--> statement-breakpoint
alter table comity.cooperation_events force row level security;--> statement-breakpoint
grant select, insert on comity.external_demands, comity.demand_items, comity.demand_extensions, comity.cooperation_events to comity_app;--> statement-breakpoint
grant update (component, purpose, state, served_on, service_method, proof_of_service, confirmed, respond_by, awaited_in, acknowledged_on, acknowledged_by, answered_on,
  suit_court, suit_docket, suit_filed_on, suit_decided_on, suit_order, court_order, lifted_on, lifted_because, withdrawn_because) on comity.external_demands to comity_app;--> statement-breakpoint
grant delete on comity.demand_items to comity_app;--> statement-breakpoint
grant update (state, answered_on, ground, ground_citation, ground_reference, received_on, production_reference) on comity.demand_items to comity_app;--> statement-breakpoint
grant update (withdrawn_by, withdrawn_at, withdrawn_because) on comity.cooperation_events to comity_app;--> statement-breakpoint
grant select on comity.external_demands to comity_definer;--> statement-breakpoint
grant update (office_id) on comity.external_demands to comity_definer;--> statement-breakpoint

set role comity_definer;--> statement-breakpoint

-- A demand begins as a draft of the lead, in the name of who writes it, and moves as src/demands/demand.rules.ts has it; once served, it
-- says what it said.
create function comity.check_demand() returns trigger
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
        SERVED>SERVED,SERVED>ACKNOWLEDGED,SERVED>GRANTED,SERVED>PARTIAL,SERVED>DENIED,SERVED>SUIT_FILED,SERVED>WITHDRAWN,
        ACKNOWLEDGED>ACKNOWLEDGED,ACKNOWLEDGED>GRANTED,ACKNOWLEDGED>PARTIAL,ACKNOWLEDGED>DENIED,ACKNOWLEDGED>SUIT_FILED,ACKNOWLEDGED>WITHDRAWN,
        GRANTED>GRANTED,GRANTED>PRODUCTION_RECEIVED,GRANTED>SUIT_FILED,GRANTED>WITHDRAWN,
        PARTIAL>PARTIAL,PARTIAL>GRANTED,PARTIAL>DENIED,PARTIAL>PRODUCTION_RECEIVED,PARTIAL>SUIT_FILED,PARTIAL>WITHDRAWN,
        DENIED>DENIED,DENIED>GRANTED,DENIED>PARTIAL,DENIED>SUIT_FILED,DENIED>WITHDRAWN,
        PRODUCTION_RECEIVED>PRODUCTION_RECEIVED,PRODUCTION_RECEIVED>SUIT_FILED,
        SUIT_FILED>SUIT_FILED,SUIT_FILED>ORDERED,SUIT_FILED>DISMISSED,ORDERED>ORDERED,ORDERED>PRODUCTION_RECEIVED}'::text[])
    end) is not true then
    raise exception 'a demand is not drafted or moved so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint

-- What is demanded is put into a draft, and taken out of it, by the lead; it is answered once the demand is served.
create function comity.check_demand_item() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  item comity.demand_items := case tg_op when 'DELETE' then old else new end;
begin
  if (comity.leads(item.case_id) and exists (select 1 from comity.external_demands d where d.case_id = item.case_id and d.id = item.demand_id and case
      when tg_op = 'UPDATE' then d.state not in ('DRAFT', 'DISMISSED', 'WITHDRAWN')
      when tg_op = 'INSERT' then d.state = 'DRAFT' and new.state = 'ASKED' and new.needs & 64 = 64 and new.received_on is null
      else d.state = 'DRAFT' end)) is not true then
    raise exception 'a demand is not filled or answered so' using errcode = '42501';
  end if;
  return item;
end $$;--> statement-breakpoint

-- That a demand was given another day is said by who gives it: the day is the one that it names now.
create function comity.check_demand_extension() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if (comity.leads(new.case_id) and new.extended_by = comity.member() and exists (select 1 from comity.external_demands d
      where d.case_id = new.case_id and d.id = new.demand_id and d.state in ('SERVED', 'ACKNOWLEDGED') and d.respond_by = new.respond_by)) is not true then
    raise exception 'a demand is not given another day so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint

-- That cooperation was refused is recorded by the lead in the name of who does it, and withdrawn once, by it too.
create function comity.check_cooperation_event() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if (comity.leads(new.case_id) and case
      when tg_op = 'INSERT' then new.recorded_by = comity.member() and new.needs & 64 = 64 and new.withdrawn_at is null
      else old.withdrawn_at is null and new.withdrawn_by = comity.member() end) is not true then
    raise exception 'a refusal is not recorded or withdrawn so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint

-- Demands go with the lead: they are listed where the case is led.
create function comity.demands_go_along() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  update comity.external_demands d set office_id = new.lead_id where d.case_id = new.id and d.office_id <> new.lead_id;
  return null;
end $$;--> statement-breakpoint
grant execute on function comity.check_demand(), comity.check_demand_item(), comity.check_demand_extension(), comity.check_cooperation_event(), comity.demands_go_along() to comity_owner;--> statement-breakpoint

set role comity_owner;--> statement-breakpoint
create trigger external_demands_written before insert or update on comity.external_demands for each row when (current_user = 'comity_app') execute function comity.check_demand();--> statement-breakpoint
create trigger demand_items_written before insert or update or delete on comity.demand_items for each row when (current_user = 'comity_app') execute function comity.check_demand_item();--> statement-breakpoint
create trigger demand_extensions_written before insert on comity.demand_extensions for each row when (current_user = 'comity_app') execute function comity.check_demand_extension();--> statement-breakpoint
create trigger cooperation_events_written before insert or update on comity.cooperation_events for each row when (current_user = 'comity_app') execute function comity.check_cooperation_event();--> statement-breakpoint
create trigger cases_demands_go_along after update of lead_id on comity.cases for each row
  when (new.lead_id is not null and new.lead_id is distinct from old.lead_id) execute function comity.demands_go_along();--> statement-breakpoint
revoke execute on function comity.check_demand(), comity.check_demand_item(), comity.check_demand_extension(), comity.check_cooperation_event(), comity.demands_go_along() from comity_owner;
