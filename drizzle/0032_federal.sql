-- What a court does with what was filed, and the federal officer's way out of it: days in court, removal to the federal court, the
-- disposition of each charge; who else may take the case, what is pending beside it, and the rendition of an accused from another
-- state. New tables alone; their references lock cases, persons and charges against writes for the moment that they are added (no row of
-- them is read). Way back: drop the tables below; then, as comity_definer, the functions below.
CREATE TABLE "comity"."court_dates" (
	"case_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"needs" integer NOT NULL,
	"person_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"day" date,
	"court" text,
	"supersedes" uuid,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "court_dates_case_id_id_pk" PRIMARY KEY("case_id","id"),
	CONSTRAINT "court_dates_kind_check" CHECK ("comity"."court_dates"."kind" in ('ARRAIGNMENT', 'TRIAL')),
	CONSTRAINT "court_dates_day_check" CHECK ("comity"."court_dates"."day" is not null or ("comity"."court_dates"."kind" = 'TRIAL' and "comity"."court_dates"."supersedes" is not null)),
	CONSTRAINT "court_dates_needs_check" CHECK ("comity"."court_dates"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."court_dates" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."dispositions" (
	"case_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"needs" integer NOT NULL,
	"charge_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"disposed_on" date NOT NULL,
	"forum" text NOT NULL,
	"court" text NOT NULL,
	"sentence" text,
	"reason" text,
	"supersedes" uuid,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "dispositions_case_id_id_pk" PRIMARY KEY("case_id","id"),
	CONSTRAINT "dispositions_kind_check" CHECK ("comity"."dispositions"."kind" in ('CONVICTED', 'PLEADED', 'ACQUITTED', 'DISMISSED')),
	CONSTRAINT "dispositions_forum_check" CHECK ("comity"."dispositions"."forum" in ('STATE', 'FEDERAL')),
	CONSTRAINT "dispositions_sentence_check" CHECK ("comity"."dispositions"."sentence" is null or "comity"."dispositions"."kind" in ('CONVICTED', 'PLEADED')),
	CONSTRAINT "dispositions_reason_check" CHECK (("comity"."dispositions"."reason" is not null) = ("comity"."dispositions"."kind" = 'DISMISSED')),
	CONSTRAINT "dispositions_needs_check" CHECK ("comity"."dispositions"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."dispositions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."parallel_proceedings" (
	"case_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"needs" integer NOT NULL,
	"forum" text NOT NULL,
	"court" text NOT NULL,
	"docket_number" text NOT NULL,
	"against" text NOT NULL,
	"person_id" uuid,
	"state" text NOT NULL,
	"opened_on" date NOT NULL,
	"stayed_on" date,
	"resumed_on" date,
	"ended_on" date,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp(6) with time zone NOT NULL,
	"moved_by" uuid NOT NULL,
	"moved_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "parallel_proceedings_case_id_id_pk" PRIMARY KEY("case_id","id"),
	CONSTRAINT "parallel_proceedings_forum_check" CHECK ("comity"."parallel_proceedings"."forum" in ('FEDERAL_CRIMINAL', 'FEDERAL_CIVIL', 'STATE_CRIMINAL', 'STATE_CIVIL', 'ADMINISTRATIVE', 'OTHER')),
	CONSTRAINT "parallel_proceedings_against_check" CHECK ("comity"."parallel_proceedings"."against" in ('SUSPECT', 'VICTIM', 'WITNESS')),
	CONSTRAINT "parallel_proceedings_state_check" CHECK ("comity"."parallel_proceedings"."state" in ('OPEN', 'STAYED', 'CONCLUDED', 'DISMISSED')),
	CONSTRAINT "parallel_proceedings_days_check" CHECK (("comity"."parallel_proceedings"."ended_on" is not null) = ("comity"."parallel_proceedings"."state" in ('CONCLUDED', 'DISMISSED')) and ("comity"."parallel_proceedings"."stayed_on" is not null or "comity"."parallel_proceedings"."state" <> 'STAYED')),
	CONSTRAINT "parallel_proceedings_needs_check" CHECK ("comity"."parallel_proceedings"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."parallel_proceedings" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."removals" (
	"case_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"needs" integer NOT NULL,
	"person_id" uuid NOT NULL,
	"scope" text NOT NULL,
	"state" text NOT NULL,
	"grounds" text[] NOT NULL,
	"grounds_arose_on" date,
	"federal_court" text,
	"docket_number" text,
	"window_closed_on" date,
	"leave_sought_on" date,
	"leave_decided_on" date,
	"notice_filed_on" date,
	"hearing_on" date,
	"ruled_on" date,
	"ruling" text,
	"order" text,
	"appealed_on" date,
	"appeal_docket" text,
	"closed_on" date,
	"judgment_barred" boolean GENERATED ALWAYS AS (scope = 'WHOLE_CASE' and state not in ('WINDOW_CLOSED', 'LATE_LEAVE_SOUGHT') and ruling is distinct from 'REMANDED') STORED NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp(6) with time zone NOT NULL,
	"moved_by" uuid NOT NULL,
	"moved_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "removals_case_id_id_pk" PRIMARY KEY("case_id","id"),
	CONSTRAINT "removals_scope_check" CHECK ("comity"."removals"."scope" in ('WHOLE_CASE', 'SUBPOENA_ONLY')),
	CONSTRAINT "removals_state_check" CHECK ("comity"."removals"."state" in ('NOTICE_FILED', 'SUMMARY_REMAND', 'HEARING_SET', 'REMOVED', 'REMANDED', 'APPEAL_PENDING', 'CLOSED', 'WINDOW_CLOSED', 'LATE_LEAVE_SOUGHT')),
	CONSTRAINT "removals_grounds_check" CHECK ("comity"."removals"."grounds" <@ array['FEDERAL_OFFICER', 'TITLE_UNDER_FEDERAL_LAW', 'OFFICER_OF_FEDERAL_COURT', 'OFFICER_OF_CONGRESS', 'PROTECTION_FROM_VIOLENCE', 'IMMEDIATE_ASSISTANCE', 'PREVENTION_OF_ESCAPE', 'ARMED_FORCES', 'CIVIL_RIGHTS']::text[]),
	CONSTRAINT "removals_ruling_check" CHECK ("comity"."removals"."ruling" in ('REMOVED', 'REMANDED')),
	CONSTRAINT "removals_ruled_check" CHECK (case when "comity"."removals"."state" in ('SUMMARY_REMAND', 'REMANDED') then "comity"."removals"."ruling" = 'REMANDED' when "comity"."removals"."state" = 'REMOVED' then "comity"."removals"."ruling" = 'REMOVED'
      when "comity"."removals"."state" in ('APPEAL_PENDING', 'CLOSED') then "comity"."removals"."ruling" is not null else "comity"."removals"."ruling" is null end is true),
	CONSTRAINT "removals_notice_check" CHECK (("comity"."removals"."notice_filed_on" is null) = ("comity"."removals"."state" in ('WINDOW_CLOSED', 'LATE_LEAVE_SOUGHT'))),
	CONSTRAINT "removals_filed_check" CHECK ("comity"."removals"."notice_filed_on" is null and "comity"."removals"."leave_sought_on" is null or num_nulls("comity"."removals"."federal_court", "comity"."removals"."docket_number") = 0 and cardinality("comity"."removals"."grounds") > 0),
	CONSTRAINT "removals_needs_check" CHECK ("comity"."removals"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."removals" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."renditions" (
	"case_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"needs" integer NOT NULL,
	"person_id" uuid NOT NULL,
	"asylum_state" text NOT NULL,
	"state" text NOT NULL,
	"requested_on" date NOT NULL,
	"warrant_on" date,
	"arrested_on" date,
	"waived_on" date,
	"heard_on" date,
	"delivered_on" date,
	"ended_on" date,
	"reason" text,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp(6) with time zone NOT NULL,
	"moved_by" uuid NOT NULL,
	"moved_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "renditions_case_id_id_pk" PRIMARY KEY("case_id","id"),
	CONSTRAINT "renditions_state_check" CHECK ("comity"."renditions"."state" in ('REQUESTED', 'WARRANT_ISSUED', 'ARRESTED', 'WAIVED', 'HEARING', 'DELIVERED', 'REFUSED', 'WITHDRAWN')),
	CONSTRAINT "renditions_asylum_check" CHECK ("comity"."renditions"."asylum_state" ~ '^[A-Z]{2}$'),
	CONSTRAINT "renditions_ended_check" CHECK ((num_nulls("comity"."renditions"."ended_on", "comity"."renditions"."reason") = 0) = ("comity"."renditions"."state" in ('REFUSED', 'WITHDRAWN')) and ("comity"."renditions"."delivered_on" is not null) = ("comity"."renditions"."state" = 'DELIVERED')),
	CONSTRAINT "renditions_needs_check" CHECK ("comity"."renditions"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."renditions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."supersessions" (
	"case_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"needs" integer NOT NULL,
	"state" text NOT NULL,
	"basis" text NOT NULL,
	"petitioner" text NOT NULL,
	"filed_on" date NOT NULL,
	"judge_assigned_on" date,
	"heard_on" date,
	"decided_on" date,
	"appointee" text,
	"order" text,
	"returned_on" date,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp(6) with time zone NOT NULL,
	"moved_by" uuid NOT NULL,
	"moved_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "supersessions_case_id_id_pk" PRIMARY KEY("case_id","id"),
	CONSTRAINT "supersessions_state_check" CHECK ("comity"."supersessions"."state" in ('CONFLICT_DECLARED', 'PETITIONED', 'HEARING', 'TRANSFERRED', 'RETAINED', 'RETURNED')),
	CONSTRAINT "supersessions_basis_check" CHECK ("comity"."supersessions"."basis" in ('CONFLICT_OF_INTEREST', 'ABSENCE', 'ABUSE_OF_DISCRETION', 'REQUEST_OF_PROSECUTOR', 'REQUEST_OF_GOVERNOR', 'OTHER')),
	CONSTRAINT "supersessions_days_check" CHECK (case when "comity"."supersessions"."state" in ('HEARING', 'TRANSFERRED', 'RETAINED', 'RETURNED') then num_nulls("comity"."supersessions"."judge_assigned_on", "comity"."supersessions"."heard_on") = 0 else "comity"."supersessions"."heard_on" is null end
      and ("comity"."supersessions"."decided_on" is not null) = ("comity"."supersessions"."state" in ('TRANSFERRED', 'RETAINED', 'RETURNED'))),
	CONSTRAINT "supersessions_needs_check" CHECK ("comity"."supersessions"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."supersessions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "comity"."court_dates" ADD CONSTRAINT "court_dates_person" FOREIGN KEY ("case_id","person_id") REFERENCES "comity"."persons"("case_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."dispositions" ADD CONSTRAINT "dispositions_charge" FOREIGN KEY ("case_id","charge_id") REFERENCES "comity"."charges"("case_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."parallel_proceedings" ADD CONSTRAINT "parallel_proceedings_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "comity"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."parallel_proceedings" ADD CONSTRAINT "parallel_proceedings_person" FOREIGN KEY ("case_id","person_id") REFERENCES "comity"."persons"("case_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."removals" ADD CONSTRAINT "removals_person" FOREIGN KEY ("case_id","person_id") REFERENCES "comity"."persons"("case_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."renditions" ADD CONSTRAINT "renditions_person" FOREIGN KEY ("case_id","person_id") REFERENCES "comity"."persons"("case_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."supersessions" ADD CONSTRAINT "supersessions_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "comity"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "court_dates_of_person" ON "comity"."court_dates" USING btree ("case_id","person_id","kind","recorded_at");--> statement-breakpoint
CREATE UNIQUE INDEX "court_dates_one_first" ON "comity"."court_dates" USING btree ("case_id","person_id","kind") WHERE "comity"."court_dates"."supersedes" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "court_dates_one_next" ON "comity"."court_dates" USING btree ("case_id","supersedes") WHERE "comity"."court_dates"."supersedes" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "dispositions_one_first" ON "comity"."dispositions" USING btree ("case_id","charge_id") WHERE "comity"."dispositions"."supersedes" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "dispositions_one_next" ON "comity"."dispositions" USING btree ("case_id","supersedes") WHERE "comity"."dispositions"."supersedes" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "parallel_proceedings_one" ON "comity"."parallel_proceedings" USING btree ("case_id","forum","docket_number",coalesce("person_id", '00000000-0000-0000-0000-000000000000'::uuid));--> statement-breakpoint
CREATE INDEX "removals_of_person" ON "comity"."removals" USING btree ("case_id","person_id","recorded_at");--> statement-breakpoint
CREATE UNIQUE INDEX "removals_one_open" ON "comity"."removals" USING btree ("case_id","person_id","scope") WHERE "comity"."removals"."ruling" is distinct from 'REMANDED';--> statement-breakpoint
CREATE INDEX "renditions_of_person" ON "comity"."renditions" USING btree ("case_id","person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "renditions_one_open" ON "comity"."renditions" USING btree ("case_id","person_id") WHERE "comity"."renditions"."state" not in ('DELIVERED', 'REFUSED', 'WITHDRAWN');--> statement-breakpoint
CREATE UNIQUE INDEX "supersessions_one_open" ON "comity"."supersessions" USING btree ("case_id") WHERE "comity"."supersessions"."state" not in ('RETAINED', 'RETURNED');--> statement-breakpoint
CREATE POLICY "court_dates_seen" ON "comity"."court_dates" AS PERMISSIVE FOR ALL TO "comity_app" USING (court_dates.needs <> 0 and (court_dates.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = court_dates.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = court_dates.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((select 1 from comity.persons p where p.case_id = court_dates.case_id and p.id = court_dates.person_id) = 1 and (select 1 from comity.filings f join comity.charges h on h.case_id = f.case_id and h.id = f.charge_id
     where f.case_id = court_dates.case_id and h.person_id = court_dates.person_id limit 1) = 1)) WITH CHECK (court_dates.needs <> 0 and (court_dates.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = court_dates.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = court_dates.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((select 1 from comity.persons p where p.case_id = court_dates.case_id and p.id = court_dates.person_id) = 1 and (select 1 from comity.filings f join comity.charges h on h.case_id = f.case_id and h.id = f.charge_id
     where f.case_id = court_dates.case_id and h.person_id = court_dates.person_id limit 1) = 1));--> statement-breakpoint
CREATE POLICY "court_dates_definer" ON "comity"."court_dates" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "dispositions_seen" ON "comity"."dispositions" AS PERMISSIVE FOR ALL TO "comity_app" USING (dispositions.needs <> 0 and (dispositions.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = dispositions.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = dispositions.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((select 1 from comity.charges h where h.case_id = dispositions.case_id and h.id = dispositions.charge_id) = 1)) WITH CHECK (dispositions.needs <> 0 and (dispositions.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = dispositions.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = dispositions.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((select 1 from comity.charges h where h.case_id = dispositions.case_id and h.id = dispositions.charge_id) = 1));--> statement-breakpoint
CREATE POLICY "dispositions_definer" ON "comity"."dispositions" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "parallel_proceedings_seen" ON "comity"."parallel_proceedings" AS PERMISSIVE FOR ALL TO "comity_app" USING (parallel_proceedings.needs <> 0 and (parallel_proceedings.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = parallel_proceedings.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = parallel_proceedings.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and (parallel_proceedings.person_id is null or (select 1 from comity.persons p where p.case_id = parallel_proceedings.case_id and p.id = parallel_proceedings.person_id) = 1)) WITH CHECK (parallel_proceedings.needs <> 0 and (parallel_proceedings.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = parallel_proceedings.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = parallel_proceedings.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and (parallel_proceedings.person_id is null or (select 1 from comity.persons p where p.case_id = parallel_proceedings.case_id and p.id = parallel_proceedings.person_id) = 1));--> statement-breakpoint
CREATE POLICY "parallel_proceedings_definer" ON "comity"."parallel_proceedings" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "removals_seen" ON "comity"."removals" AS PERMISSIVE FOR ALL TO "comity_app" USING (removals.needs <> 0 and (removals.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = removals.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = removals.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((select 1 from comity.persons p where p.case_id = removals.case_id and p.id = removals.person_id) = 1 and (removals.scope = 'SUBPOENA_ONLY' or (select 1 from comity.filings f join comity.charges h on h.case_id = f.case_id and h.id = f.charge_id
     where f.case_id = removals.case_id and h.person_id = removals.person_id limit 1) = 1))) WITH CHECK (removals.needs <> 0 and (removals.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = removals.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = removals.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((select 1 from comity.persons p where p.case_id = removals.case_id and p.id = removals.person_id) = 1 and (removals.scope = 'SUBPOENA_ONLY' or (select 1 from comity.filings f join comity.charges h on h.case_id = f.case_id and h.id = f.charge_id
     where f.case_id = removals.case_id and h.person_id = removals.person_id limit 1) = 1)));--> statement-breakpoint
CREATE POLICY "removals_definer" ON "comity"."removals" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "renditions_seen" ON "comity"."renditions" AS PERMISSIVE FOR ALL TO "comity_app" USING (renditions.needs <> 0 and (renditions.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = renditions.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = renditions.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((select 1 from comity.persons p where p.case_id = renditions.case_id and p.id = renditions.person_id) = 1 and (select 1 from comity.filings f join comity.charges h on h.case_id = f.case_id and h.id = f.charge_id
     where f.case_id = renditions.case_id and h.person_id = renditions.person_id limit 1) = 1)) WITH CHECK (renditions.needs <> 0 and (renditions.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = renditions.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = renditions.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((select 1 from comity.persons p where p.case_id = renditions.case_id and p.id = renditions.person_id) = 1 and (select 1 from comity.filings f join comity.charges h on h.case_id = f.case_id and h.id = f.charge_id
     where f.case_id = renditions.case_id and h.person_id = renditions.person_id limit 1) = 1));--> statement-breakpoint
CREATE POLICY "renditions_definer" ON "comity"."renditions" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "supersessions_seen" ON "comity"."supersessions" AS PERMISSIVE FOR ALL TO "comity_app" USING (supersessions.needs <> 0 and (supersessions.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = supersessions.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = supersessions.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1) WITH CHECK (supersessions.needs <> 0 and (supersessions.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = supersessions.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = supersessions.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1);--> statement-breakpoint
CREATE POLICY "supersessions_definer" ON "comity"."supersessions" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
-- By hand:
alter table comity.court_dates force row level security;--> statement-breakpoint
alter table comity.dispositions force row level security;--> statement-breakpoint
alter table comity.removals force row level security;--> statement-breakpoint
alter table comity.supersessions force row level security;--> statement-breakpoint
alter table comity.parallel_proceedings force row level security;--> statement-breakpoint
alter table comity.renditions force row level security;--> statement-breakpoint
grant select, insert on comity.court_dates, comity.dispositions, comity.removals, comity.supersessions, comity.parallel_proceedings, comity.renditions to comity_app;--> statement-breakpoint
grant update (state, grounds, federal_court, docket_number, leave_sought_on, leave_decided_on, notice_filed_on, hearing_on, ruled_on, ruling, "order", appealed_on, appeal_docket, closed_on, moved_by, moved_at) on comity.removals to comity_app;--> statement-breakpoint
grant update (state, judge_assigned_on, heard_on, decided_on, appointee, "order", returned_on, moved_by, moved_at) on comity.supersessions to comity_app;--> statement-breakpoint
grant update (state, stayed_on, resumed_on, ended_on, moved_by, moved_at) on comity.parallel_proceedings to comity_app;--> statement-breakpoint
grant update (state, warrant_on, arrested_on, waived_on, heard_on, delivered_on, ended_on, reason, moved_by, moved_at) on comity.renditions to comity_app;--> statement-breakpoint
grant select on comity.court_dates, comity.dispositions, comity.removals, comity.filings to comity_definer;--> statement-breakpoint

set role comity_definer;--> statement-breakpoint

-- What a removal of the person makes of a judgment on a charge, for the office that leads the case: FREE, PENDING from notice to a
-- ruling, REMOVED once the federal court has the case (28 U.S.C. 1455(b)(3)).
create function comity.judgment_standing(p_case uuid, p_charge uuid) returns text
language sql stable security definer set search_path = comity, pg_catalog
return case when comity.leads(p_case) then coalesce((
  select case when r.ruling = 'REMOVED' then 'REMOVED' else 'PENDING' end from comity.charges h join comity.removals r on r.case_id = h.case_id and r.person_id = h.person_id
   where h.case_id = p_case and h.id = p_charge and r.judgment_barred order by r.recorded_at desc limit 1), 'FREE') end;--> statement-breakpoint

-- How many filed charges of a case wait for the court, for the office that leads it. What is in a compartment is left out, for a
-- stage that met it would tell of it.
create function comity.undisposed(p_case uuid) returns integer
language sql stable security definer set search_path = comity, pg_catalog
return case when comity.leads(p_case) then (
  select count(*)::integer from comity.charges h
   where h.case_id = p_case and h.state = 'FILED' and h.needs & 49152 = 0
     and not exists (select 1 from comity.dispositions d where d.case_id = h.case_id and d.charge_id = h.id)) end;--> statement-breakpoint

-- A day in court is entered by the lead, of a person against whom a charge is filed, in the place of the one that holds.
create function comity.check_court_date() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if (new.recorded_by = comity.member() and comity.leads(new.case_id)
      and exists (select 1 from comity.charges h where h.case_id = new.case_id and h.person_id = new.person_id and h.state = 'FILED')
      and new.supersedes is not distinct from (select c.id from comity.court_dates c
        where c.case_id = new.case_id and c.person_id = new.person_id and c.kind = new.kind
          and not exists (select 1 from comity.court_dates later where later.case_id = c.case_id and later.supersedes = c.id))) is not true then
    raise exception 'a day in court is not entered so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint

-- A filed charge is disposed of by the lead, in the place of the disposition that holds: no conviction by the state court from
-- notice to remand, and nothing by a federal court that does not have the case.
create function comity.check_disposition() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if (new.recorded_by = comity.member() and comity.leads(new.case_id)
      and exists (select 1 from comity.charges h where h.case_id = new.case_id and h.id = new.charge_id and h.state = 'FILED')
      and new.supersedes is not distinct from (select d.id from comity.dispositions d
        where d.case_id = new.case_id and d.charge_id = new.charge_id
          and not exists (select 1 from comity.dispositions later where later.case_id = d.case_id and later.supersedes = d.id))
      and case new.forum when 'FEDERAL' then comity.judgment_standing(new.case_id, new.charge_id) = 'REMOVED'
        else new.kind not in ('CONVICTED', 'PLEADED') or comity.judgment_standing(new.case_id, new.charge_id) = 'FREE' end) is not true then
    raise exception 'a charge is not disposed of so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint

-- A proceeding begins and goes on by the moves that its trigger lists (the states it can begin in; then FROM>TO), by the lead and in the
-- name of who records it.
create function comity.check_proceeding() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if (comity.leads(new.case_id) and new.moved_by = comity.member() and case
      when tg_op = 'INSERT' then new.recorded_by = comity.member() and new.state = any (string_to_array(tg_argv[0], ','))
      else old.state || '>' || new.state = any (string_to_array(tg_argv[1], ',')) end) is not true then
    raise exception 'this is not put on record so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint
grant execute on function comity.check_court_date(), comity.check_disposition(), comity.check_proceeding() to comity_owner;--> statement-breakpoint
grant execute on function comity.judgment_standing(uuid, uuid), comity.undisposed(uuid) to comity_app;--> statement-breakpoint

set role comity_owner;--> statement-breakpoint
create trigger court_dates_written before insert on comity.court_dates for each row when (current_user = 'comity_app') execute function comity.check_court_date();--> statement-breakpoint
create trigger dispositions_written before insert on comity.dispositions for each row when (current_user = 'comity_app') execute function comity.check_disposition();--> statement-breakpoint
create trigger removals_written before insert or update on comity.removals for each row when (current_user = 'comity_app') execute function comity.check_proceeding('LATE_LEAVE_SOUGHT,NOTICE_FILED,WINDOW_CLOSED',
  'APPEAL_PENDING>CLOSED,HEARING_SET>REMANDED,HEARING_SET>REMOVED,LATE_LEAVE_SOUGHT>NOTICE_FILED,LATE_LEAVE_SOUGHT>WINDOW_CLOSED,NOTICE_FILED>HEARING_SET,NOTICE_FILED>SUMMARY_REMAND,REMANDED>APPEAL_PENDING,REMANDED>CLOSED,REMOVED>APPEAL_PENDING,REMOVED>CLOSED,REMOVED>REMANDED,SUMMARY_REMAND>APPEAL_PENDING,SUMMARY_REMAND>CLOSED,WINDOW_CLOSED>LATE_LEAVE_SOUGHT');--> statement-breakpoint
create trigger supersessions_written before insert or update on comity.supersessions for each row when (current_user = 'comity_app') execute function comity.check_proceeding('CONFLICT_DECLARED,PETITIONED',
  'CONFLICT_DECLARED>CONFLICT_DECLARED,CONFLICT_DECLARED>HEARING,CONFLICT_DECLARED>PETITIONED,HEARING>RETAINED,HEARING>TRANSFERRED,PETITIONED>HEARING,PETITIONED>PETITIONED,TRANSFERRED>RETURNED');--> statement-breakpoint
create trigger parallel_proceedings_written before insert or update on comity.parallel_proceedings for each row when (current_user = 'comity_app') execute function comity.check_proceeding('OPEN',
  'OPEN>CONCLUDED,OPEN>DISMISSED,OPEN>STAYED,STAYED>CONCLUDED,STAYED>DISMISSED,STAYED>OPEN');--> statement-breakpoint
create trigger renditions_written before insert or update on comity.renditions for each row when (current_user = 'comity_app') execute function comity.check_proceeding('REQUESTED',
  'ARRESTED>HEARING,ARRESTED>REFUSED,ARRESTED>WAIVED,ARRESTED>WITHDRAWN,HEARING>DELIVERED,HEARING>REFUSED,HEARING>WITHDRAWN,REQUESTED>REFUSED,REQUESTED>WARRANT_ISSUED,REQUESTED>WITHDRAWN,WAIVED>DELIVERED,WAIVED>WITHDRAWN,WARRANT_ISSUED>ARRESTED,WARRANT_ISSUED>REFUSED,WARRANT_ISSUED>WITHDRAWN');--> statement-breakpoint
revoke execute on function comity.check_court_date(), comity.check_disposition(), comity.check_proceeding() from comity_owner;
