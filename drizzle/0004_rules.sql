-- Makes the tables of rule books, joint handling, walls, seals and units with their row policies. Locks annotations and sight
-- for the moment of a change of columns and checks (both checks are read from rows that hold already).
-- Way back: drop the new tables, the column annotations.placed_needs and the two checks of sight.
CREATE TABLE "comity"."case_tags" (
	"case_id" uuid NOT NULL,
	"tag" text NOT NULL,
	"needs" integer NOT NULL,
	"tagged_by" uuid NOT NULL,
	"tagged_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "case_tags_case_id_tag_pk" PRIMARY KEY("case_id","tag"),
	CONSTRAINT "case_tags_tag_check" CHECK ("comity"."case_tags"."tag" in ('FEDERAL_OFFICER', 'STATE_OFFICER', 'LOCAL_OFFICER', 'FATALITY', 'SERIOUS_INJURY', 'FIREARM', 'CHILD_INVOLVED', 'DETENTION', 'ENTRY', 'PUBLIC_GATHERING', 'PRESS', 'SEVERAL_STATES')),
	CONSTRAINT "case_tags_needs_check" CHECK ("comity"."case_tags"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."case_tags" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."unit_members" (
	"unit_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"since" timestamp(6) with time zone NOT NULL,
	"added_by" uuid NOT NULL,
	"until" timestamp(6) with time zone DEFAULT 'infinity' NOT NULL,
	"removed_by" uuid,
	CONSTRAINT "unit_members_unit_id_member_id_since_pk" PRIMARY KEY("unit_id","member_id","since")
);
--> statement-breakpoint
ALTER TABLE "comity"."unit_members" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."units" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"name" text NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "units_name" UNIQUE("jurisdiction_id","name")
);
--> statement-breakpoint
ALTER TABLE "comity"."units" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."authorisations" (
	"case_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"needs" integer NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"given_for" uuid NOT NULL,
	"purpose" text NOT NULL,
	"document" text NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp(6) with time zone NOT NULL,
	"revoked_by" uuid,
	"revoked_at" timestamp(6) with time zone,
	CONSTRAINT "authorisations_case_id_id_pk" PRIMARY KEY("case_id","id"),
	CONSTRAINT "authorisations_needs_check" CHECK ("comity"."authorisations"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."authorisations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."responsibilities" (
	"case_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"needs" integer NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"invited_for" uuid NOT NULL,
	"role" text NOT NULL,
	"facets" integer NOT NULL,
	"until" timestamp(6) with time zone DEFAULT 'infinity' NOT NULL,
	"state" text NOT NULL,
	"reason" text NOT NULL,
	"invited_by" uuid NOT NULL,
	"invited_at" timestamp(6) with time zone NOT NULL,
	"answered_by" uuid,
	"answered_at" timestamp(6) with time zone,
	CONSTRAINT "responsibilities_case_id_id_pk" PRIMARY KEY("case_id","id"),
	CONSTRAINT "responsibilities_role_check" CHECK ("comity"."responsibilities"."role" in ('CO', 'SUPPORT', 'OBSERVER')),
	CONSTRAINT "responsibilities_state_check" CHECK ("comity"."responsibilities"."state" in ('INVITED', 'ACCEPTED', 'DECLINED', 'WITHDRAWN', 'LEFT')),
	CONSTRAINT "responsibilities_needs_check" CHECK ("comity"."responsibilities"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."responsibilities" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."transfers" (
	"case_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"needs" integer NOT NULL,
	"from_id" uuid NOT NULL,
	"to_id" uuid NOT NULL,
	"residual" text NOT NULL,
	"wall_ground" text,
	"reason" text NOT NULL,
	"state" text NOT NULL,
	"proposed_by" uuid NOT NULL,
	"proposed_at" timestamp(6) with time zone NOT NULL,
	"answered_by" uuid,
	"answered_at" timestamp(6) with time zone,
	CONSTRAINT "transfers_case_id_id_pk" PRIMARY KEY("case_id","id"),
	CONSTRAINT "transfers_two_offices" CHECK ("comity"."transfers"."from_id" <> "comity"."transfers"."to_id"),
	CONSTRAINT "transfers_wall" CHECK ("comity"."transfers"."wall_ground" is null or "comity"."transfers"."residual" = 'NONE'),
	CONSTRAINT "transfers_residual_check" CHECK ("comity"."transfers"."residual" in ('NONE', 'AUTHOR_OWN', 'READ')),
	CONSTRAINT "transfers_state_check" CHECK ("comity"."transfers"."state" in ('PROPOSED', 'ACCEPTED', 'REJECTED', 'REVOKED')),
	CONSTRAINT "transfers_needs_check" CHECK ("comity"."transfers"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."transfers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."rule_books" (
	"id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"state" text NOT NULL,
	"title" text NOT NULL,
	"drafted_by" uuid,
	"drafted_at" timestamp(6) with time zone NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"proposed_by" uuid,
	"proposed_at" timestamp(6) with time zone,
	"adopted_by" uuid,
	"adopted_at" timestamp(6) with time zone,
	"ended_at" timestamp(6) with time zone,
	CONSTRAINT "rule_books_version" UNIQUE("jurisdiction_id","version"),
	CONSTRAINT "rule_books_state_check" CHECK ("comity"."rule_books"."state" in ('DRAFT', 'PROPOSED', 'IN_FORCE', 'SUPERSEDED', 'WITHDRAWN')),
	CONSTRAINT "rule_books_two_people" CHECK ("comity"."rule_books"."adopted_by" <> "comity"."rule_books"."proposed_by")
);
--> statement-breakpoint
ALTER TABLE "comity"."rule_books" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."act_limits" (
	"book_id" uuid NOT NULL,
	"action" text NOT NULL,
	"ceiling" text NOT NULL,
	"basis" text NOT NULL,
	CONSTRAINT "act_limits_book_id_action_pk" PRIMARY KEY("book_id","action"),
	CONSTRAINT "act_limits_ceiling" CHECK ("comity"."act_limits"."ceiling" in ('NONE', 'OWN', 'OFFICE', 'JOINT'))
);
--> statement-breakpoint
ALTER TABLE "comity"."act_limits" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."agency_rules" (
	"book_id" uuid NOT NULL,
	"show" text NOT NULL,
	"stages" text[] DEFAULT '{}'::text[] NOT NULL,
	"basis" text NOT NULL,
	CONSTRAINT "agency_rules_book_id_show_pk" PRIMARY KEY("book_id","show"),
	CONSTRAINT "agency_rules_show" CHECK ("comity"."agency_rules"."show" in ('STATUS', 'ITEMS', 'OUTCOME', 'REASON')),
	CONSTRAINT "agency_rules_stages" CHECK ("comity"."agency_rules"."stages" <@ array['UNCLAIMED', 'CLAIMED', 'UNDER_REVIEW', 'AWAITING_AGENCY', 'AWAITING_EXTERNAL', 'DECIDED', 'IN_COURT', 'CLOSED', 'DECLINED', 'REFERRED_OUT', 'MERGED', 'REOPENED']::text[])
);
--> statement-breakpoint
ALTER TABLE "comity"."agency_rules" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."rule_book_tests" (
	"book_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"member_id" uuid NOT NULL,
	"facet" integer NOT NULL,
	"stage" text NOT NULL,
	"level" text NOT NULL,
	"tags" text[] DEFAULT '{}'::text[] NOT NULL,
	"sees" boolean NOT NULL,
	CONSTRAINT "rule_book_tests_book_id_position_pk" PRIMARY KEY("book_id","position"),
	CONSTRAINT "rule_book_tests_stage" CHECK ("comity"."rule_book_tests"."stage" in ('UNCLAIMED', 'CLAIMED', 'UNDER_REVIEW', 'AWAITING_AGENCY', 'AWAITING_EXTERNAL', 'DECIDED', 'IN_COURT', 'CLOSED', 'DECLINED', 'REFERRED_OUT', 'MERGED', 'REOPENED')),
	CONSTRAINT "rule_book_tests_level" CHECK ("comity"."rule_book_tests"."level" in ('FELONY', 'GROSS_MISDEMEANOR', 'MISDEMEANOR', 'EITHER')),
	CONSTRAINT "rule_book_tests_tags" CHECK ("comity"."rule_book_tests"."tags" <@ array['FEDERAL_OFFICER', 'STATE_OFFICER', 'LOCAL_OFFICER', 'FATALITY', 'SERIOUS_INJURY', 'FIREARM', 'CHILD_INVOLVED', 'DETENTION', 'ENTRY', 'PUBLIC_GATHERING', 'PRESS', 'SEVERAL_STATES']::text[])
);
--> statement-breakpoint
ALTER TABLE "comity"."rule_book_tests" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."sharing_rules" (
	"book_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"audience_id" uuid NOT NULL,
	"facets" integer NOT NULL,
	"stages" text[] DEFAULT '{}'::text[] NOT NULL,
	"levels" text[] DEFAULT '{}'::text[] NOT NULL,
	"tags" text[] DEFAULT '{}'::text[] NOT NULL,
	"until" timestamp(6) with time zone DEFAULT 'infinity' NOT NULL,
	"basis" text NOT NULL,
	CONSTRAINT "sharing_rules_book_id_position_pk" PRIMARY KEY("book_id","position"),
	CONSTRAINT "sharing_rules_facets" CHECK ("comity"."sharing_rules"."facets" & 1 = 1 and "comity"."sharing_rules"."facets" & ~255 = 0),
	CONSTRAINT "sharing_rules_stages" CHECK ("comity"."sharing_rules"."stages" <@ array['UNCLAIMED', 'CLAIMED', 'UNDER_REVIEW', 'AWAITING_AGENCY', 'AWAITING_EXTERNAL', 'DECIDED', 'IN_COURT', 'CLOSED', 'DECLINED', 'REFERRED_OUT', 'MERGED', 'REOPENED']::text[]),
	CONSTRAINT "sharing_rules_levels" CHECK ("comity"."sharing_rules"."levels" <@ array['FELONY', 'GROSS_MISDEMEANOR', 'MISDEMEANOR', 'EITHER']::text[]),
	CONSTRAINT "sharing_rules_tags" CHECK ("comity"."sharing_rules"."tags" <@ array['FEDERAL_OFFICER', 'STATE_OFFICER', 'LOCAL_OFFICER', 'FATALITY', 'SERIOUS_INJURY', 'FIREARM', 'CHILD_INVOLVED', 'DETENTION', 'ENTRY', 'PUBLIC_GATHERING', 'PRESS', 'SEVERAL_STATES']::text[])
);
--> statement-breakpoint
ALTER TABLE "comity"."sharing_rules" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."statistics_rules" (
	"book_id" uuid NOT NULL,
	"measure" text NOT NULL,
	"counted" boolean NOT NULL,
	"threshold" integer NOT NULL,
	"basis" text NOT NULL,
	CONSTRAINT "statistics_rules_book_id_measure_pk" PRIMARY KEY("book_id","measure"),
	CONSTRAINT "statistics_rules_measure" CHECK ("comity"."statistics_rules"."measure" in ('CASES')),
	CONSTRAINT "statistics_rules_threshold" CHECK ("comity"."statistics_rules"."threshold" between 10 and 100)
);
--> statement-breakpoint
ALTER TABLE "comity"."statistics_rules" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."seals" (
	"case_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"needs" integer NOT NULL,
	"facets" integer NOT NULL,
	"audience" uuid[] NOT NULL,
	"order" text NOT NULL,
	"until" timestamp(6) with time zone DEFAULT 'infinity' NOT NULL,
	"sealed_by" uuid NOT NULL,
	"sealed_at" timestamp(6) with time zone NOT NULL,
	"unsealing_proposed_by" uuid,
	"unsealing_proposed_at" timestamp(6) with time zone,
	"unsealed_by" uuid,
	"unsealed_at" timestamp(6) with time zone,
	"unsealed_because" text,
	CONSTRAINT "seals_case_id_id_pk" PRIMARY KEY("case_id","id"),
	CONSTRAINT "seals_needs_check" CHECK ("comity"."seals"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."seals" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."glass_uses" (
	"case_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"needs" integer NOT NULL,
	"member_id" uuid NOT NULL,
	"office_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"since" timestamp(6) with time zone NOT NULL,
	"until" timestamp(6) with time zone NOT NULL,
	"review_due_at" timestamp(6) with time zone NOT NULL,
	"reviewed_by" uuid,
	"reviewed_at" timestamp(6) with time zone,
	"finding" text,
	"remark" text,
	CONSTRAINT "glass_uses_case_id_id_pk" PRIMARY KEY("case_id","id"),
	CONSTRAINT "glass_uses_two_people" CHECK ("comity"."glass_uses"."reviewed_by" <> "comity"."glass_uses"."member_id"),
	CONSTRAINT "glass_uses_finding" CHECK ("comity"."glass_uses"."finding" in ('JUSTIFIED', 'NOT_JUSTIFIED')),
	CONSTRAINT "glass_uses_needs_check" CHECK ("comity"."glass_uses"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."glass_uses" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."unit_restrictions" (
	"case_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"needs" integer NOT NULL,
	"unit_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"restricted_by" uuid NOT NULL,
	"restricted_at" timestamp(6) with time zone NOT NULL,
	"lifted_by" uuid,
	"lifted_at" timestamp(6) with time zone,
	CONSTRAINT "unit_restrictions_case_id_id_pk" PRIMARY KEY("case_id","id"),
	CONSTRAINT "unit_restrictions_needs_check" CHECK ("comity"."unit_restrictions"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."unit_restrictions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."conflict_declarations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"office_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"party" text NOT NULL,
	"relation" text NOT NULL,
	"note" text,
	"declared_by" uuid NOT NULL,
	"declared_at" timestamp(6) with time zone NOT NULL,
	"withdrawn_by" uuid,
	"withdrawn_at" timestamp(6) with time zone,
	CONSTRAINT "conflict_declarations_relation_check" CHECK ("comity"."conflict_declarations"."relation" in ('FAMILY', 'FORMER_CLIENT', 'FORMER_EMPLOYER', 'FRIEND', 'ADVERSARY', 'FINANCIAL', 'WITNESS', 'OTHER'))
);
--> statement-breakpoint
ALTER TABLE "comity"."conflict_declarations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."walls" (
	"case_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"needs" integer NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"ground" text NOT NULL,
	"note" text NOT NULL,
	"may_lift" text[] NOT NULL,
	"imposed_by" uuid NOT NULL,
	"imposed_at" timestamp(6) with time zone NOT NULL,
	"lifted_by" uuid,
	"lifted_at" timestamp(6) with time zone,
	"lifted_because" text,
	CONSTRAINT "walls_case_id_id_pk" PRIMARY KEY("case_id","id"),
	CONSTRAINT "walls_subject_kind_check" CHECK ("comity"."walls"."subject_kind" in ('MEMBER', 'UNIT', 'OFFICE')),
	CONSTRAINT "walls_ground_check" CHECK ("comity"."walls"."ground" in ('RECUSAL', 'PERSONAL_INTEREST', 'FORMER_CLIENT', 'FAMILY', 'WITNESS', 'TAINT', 'COURT_ORDER', 'OTHER')),
	CONSTRAINT "walls_may_lift_check" CHECK ("comity"."walls"."may_lift" <@ array['INTAKE', 'ATTORNEY', 'SUPERVISOR', 'ELECTED', 'INVESTIGATOR', 'ADVOCATE', 'CONFLICTS', 'DISCLOSURE', 'RECORDS']::text[]),
	CONSTRAINT "walls_needs_check" CHECK ("comity"."walls"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."walls" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "comity"."annotations" DROP CONSTRAINT "annotations_audience_check";--> statement-breakpoint
ALTER TABLE "comity"."annotations" ADD COLUMN "placed_needs" integer NOT NULL DEFAULT 0;--> statement-breakpoint
ALTER TABLE "comity"."annotations" ALTER COLUMN "placed_needs" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "comity"."case_tags" ADD CONSTRAINT "case_tags_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "comity"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."unit_members" ADD CONSTRAINT "unit_members_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "comity"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."unit_members" ADD CONSTRAINT "unit_members_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "comity"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."units" ADD CONSTRAINT "units_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "comity"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."authorisations" ADD CONSTRAINT "authorisations_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "comity"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."authorisations" ADD CONSTRAINT "authorisations_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "comity"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."authorisations" ADD CONSTRAINT "authorisations_given_for_jurisdictions_id_fk" FOREIGN KEY ("given_for") REFERENCES "comity"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."responsibilities" ADD CONSTRAINT "responsibilities_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "comity"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."responsibilities" ADD CONSTRAINT "responsibilities_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "comity"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."responsibilities" ADD CONSTRAINT "responsibilities_invited_for_jurisdictions_id_fk" FOREIGN KEY ("invited_for") REFERENCES "comity"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."transfers" ADD CONSTRAINT "transfers_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "comity"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."transfers" ADD CONSTRAINT "transfers_from_id_jurisdictions_id_fk" FOREIGN KEY ("from_id") REFERENCES "comity"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."transfers" ADD CONSTRAINT "transfers_to_id_jurisdictions_id_fk" FOREIGN KEY ("to_id") REFERENCES "comity"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."rule_books" ADD CONSTRAINT "rule_books_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "comity"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."act_limits" ADD CONSTRAINT "act_limits_book_id_rule_books_id_fk" FOREIGN KEY ("book_id") REFERENCES "comity"."rule_books"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."agency_rules" ADD CONSTRAINT "agency_rules_book_id_rule_books_id_fk" FOREIGN KEY ("book_id") REFERENCES "comity"."rule_books"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."rule_book_tests" ADD CONSTRAINT "rule_book_tests_book_id_rule_books_id_fk" FOREIGN KEY ("book_id") REFERENCES "comity"."rule_books"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."sharing_rules" ADD CONSTRAINT "sharing_rules_book_id_rule_books_id_fk" FOREIGN KEY ("book_id") REFERENCES "comity"."rule_books"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."statistics_rules" ADD CONSTRAINT "statistics_rules_book_id_rule_books_id_fk" FOREIGN KEY ("book_id") REFERENCES "comity"."rule_books"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."seals" ADD CONSTRAINT "seals_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "comity"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."glass_uses" ADD CONSTRAINT "glass_uses_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "comity"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."glass_uses" ADD CONSTRAINT "glass_uses_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "comity"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."glass_uses" ADD CONSTRAINT "glass_uses_office_id_jurisdictions_id_fk" FOREIGN KEY ("office_id") REFERENCES "comity"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."glass_uses" ADD CONSTRAINT "glass_uses_reviewed_by_members_id_fk" FOREIGN KEY ("reviewed_by") REFERENCES "comity"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."unit_restrictions" ADD CONSTRAINT "unit_restrictions_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "comity"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."unit_restrictions" ADD CONSTRAINT "unit_restrictions_unit_id_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "comity"."units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."conflict_declarations" ADD CONSTRAINT "conflict_declarations_office_id_jurisdictions_id_fk" FOREIGN KEY ("office_id") REFERENCES "comity"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."conflict_declarations" ADD CONSTRAINT "conflict_declarations_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "comity"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."walls" ADD CONSTRAINT "walls_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "comity"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "case_tags_by_tag" ON "comity"."case_tags" USING btree ("tag","case_id");--> statement-breakpoint
CREATE INDEX "unit_members_open" ON "comity"."unit_members" USING btree ("member_id","unit_id") WHERE until = 'infinity';--> statement-breakpoint
CREATE UNIQUE INDEX "responsibilities_open_once" ON "comity"."responsibilities" USING btree ("case_id","jurisdiction_id") WHERE state in ('INVITED', 'ACCEPTED');--> statement-breakpoint
CREATE INDEX "responsibilities_of_office" ON "comity"."responsibilities" USING btree ("jurisdiction_id","state");--> statement-breakpoint
CREATE UNIQUE INDEX "transfers_open_once" ON "comity"."transfers" USING btree ("case_id") WHERE state = 'PROPOSED';--> statement-breakpoint
CREATE INDEX "transfers_to" ON "comity"."transfers" USING btree ("to_id","state");--> statement-breakpoint
CREATE UNIQUE INDEX "rule_books_in_force" ON "comity"."rule_books" USING btree ("jurisdiction_id") WHERE state = 'IN_FORCE';--> statement-breakpoint
CREATE INDEX "rule_books_by_state" ON "comity"."rule_books" USING btree ("state","drafted_at","id");--> statement-breakpoint
CREATE INDEX "sharing_rules_of_book" ON "comity"."sharing_rules" USING btree ("book_id");--> statement-breakpoint
CREATE UNIQUE INDEX "glass_uses_unreviewed" ON "comity"."glass_uses" USING btree ("member_id") WHERE reviewed_at is null;--> statement-breakpoint
CREATE INDEX "glass_uses_of_office" ON "comity"."glass_uses" USING btree ("office_id","since","id");--> statement-breakpoint
CREATE UNIQUE INDEX "unit_restrictions_open_once" ON "comity"."unit_restrictions" USING btree ("case_id") WHERE lifted_at is null;--> statement-breakpoint
CREATE INDEX "conflict_declarations_of_member" ON "comity"."conflict_declarations" USING btree ("member_id") WHERE withdrawn_at is null;--> statement-breakpoint
CREATE INDEX "conflict_declarations_of_office" ON "comity"."conflict_declarations" USING btree ("office_id","declared_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "walls_standing_once" ON "comity"."walls" USING btree ("case_id","subject_id") WHERE lifted_at is null;--> statement-breakpoint
CREATE INDEX "walls_of_subject" ON "comity"."walls" USING btree ("subject_id") WHERE lifted_at is null;--> statement-breakpoint
ALTER TABLE "comity"."sight" ADD CONSTRAINT "sight_protected" CHECK ("comity"."sight"."cause" in ('SEAT', 'TEAM') or "comity"."sight"."facets" & 4096 = 0);--> statement-breakpoint
ALTER TABLE "comity"."sight" ADD CONSTRAINT "sight_compartments" CHECK ("comity"."sight"."cause" = 'TEAM' or "comity"."sight"."facets" & 49152 = 0);--> statement-breakpoint
ALTER TABLE "comity"."annotations" ADD CONSTRAINT "annotations_audience_check" CHECK ("comity"."annotations"."audience" in ('TEAM', 'OFFICE', 'JOINT', 'COALITION'));--> statement-breakpoint
CREATE POLICY "case_tags_seen" ON "comity"."case_tags" AS PERMISSIVE FOR ALL TO "comity_app" USING (case_tags.needs <> 0 and (case_tags.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = case_tags.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = case_tags.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1) WITH CHECK (case_tags.needs <> 0 and (case_tags.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = case_tags.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = case_tags.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1);--> statement-breakpoint
CREATE POLICY "case_tags_definer" ON "comity"."case_tags" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "unit_members_read" ON "comity"."unit_members" AS PERMISSIVE FOR SELECT TO "comity_app" USING (true);--> statement-breakpoint
CREATE POLICY "unit_members_added" ON "comity"."unit_members" AS PERMISSIVE FOR INSERT TO "comity_app" WITH CHECK (exists (select 1 from comity.units u join comity.members m on m.office_id = u.jurisdiction_id
      where u.id = unit_members.unit_id and m.id = unit_members.member_id and u.jurisdiction_id = (select nullif(current_setting('comity.office', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "unit_members_changed" ON "comity"."unit_members" AS PERMISSIVE FOR UPDATE TO "comity_app" USING (exists (select 1 from comity.units u join comity.members m on m.office_id = u.jurisdiction_id
      where u.id = unit_members.unit_id and m.id = unit_members.member_id and u.jurisdiction_id = (select nullif(current_setting('comity.office', true), '')::uuid))) WITH CHECK (exists (select 1 from comity.units u join comity.members m on m.office_id = u.jurisdiction_id
      where u.id = unit_members.unit_id and m.id = unit_members.member_id and u.jurisdiction_id = (select nullif(current_setting('comity.office', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "unit_members_definer" ON "comity"."unit_members" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "units_read" ON "comity"."units" AS PERMISSIVE FOR SELECT TO "comity_app" USING (true);--> statement-breakpoint
CREATE POLICY "units_added" ON "comity"."units" AS PERMISSIVE FOR INSERT TO "comity_app" WITH CHECK (units.jurisdiction_id = (select nullif(current_setting('comity.office', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "units_changed" ON "comity"."units" AS PERMISSIVE FOR UPDATE TO "comity_app" USING (units.jurisdiction_id = (select nullif(current_setting('comity.office', true), '')::uuid)) WITH CHECK (units.jurisdiction_id = (select nullif(current_setting('comity.office', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "units_definer" ON "comity"."units" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "authorisations_seen" ON "comity"."authorisations" AS PERMISSIVE FOR ALL TO "comity_app" USING (authorisations.needs <> 0 and (authorisations.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = authorisations.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = authorisations.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and (authorisations.jurisdiction_id = (select nullif(current_setting('comity.office', true), '')::uuid) or authorisations.given_for = (select nullif(current_setting('comity.office', true), '')::uuid))) WITH CHECK (authorisations.needs <> 0 and (authorisations.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = authorisations.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = authorisations.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and (authorisations.jurisdiction_id = (select nullif(current_setting('comity.office', true), '')::uuid) or authorisations.given_for = (select nullif(current_setting('comity.office', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "authorisations_definer" ON "comity"."authorisations" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "responsibilities_seen" ON "comity"."responsibilities" AS PERMISSIVE FOR ALL TO "comity_app" USING (responsibilities.needs <> 0 and (responsibilities.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = responsibilities.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = responsibilities.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and (responsibilities.jurisdiction_id = (select nullif(current_setting('comity.office', true), '')::uuid) or exists (select 1 from comity.cases c where c.id = responsibilities.case_id and c.lead_id = (select nullif(current_setting('comity.office', true), '')::uuid)))) WITH CHECK (responsibilities.needs <> 0 and (responsibilities.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = responsibilities.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = responsibilities.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and (responsibilities.jurisdiction_id = (select nullif(current_setting('comity.office', true), '')::uuid) or exists (select 1 from comity.cases c where c.id = responsibilities.case_id and c.lead_id = (select nullif(current_setting('comity.office', true), '')::uuid))));--> statement-breakpoint
CREATE POLICY "responsibilities_definer" ON "comity"."responsibilities" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "transfers_seen" ON "comity"."transfers" AS PERMISSIVE FOR ALL TO "comity_app" USING (transfers.needs <> 0 and (transfers.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = transfers.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = transfers.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and (transfers.from_id = (select nullif(current_setting('comity.office', true), '')::uuid) or transfers.to_id = (select nullif(current_setting('comity.office', true), '')::uuid))) WITH CHECK (transfers.needs <> 0 and (transfers.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = transfers.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = transfers.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and (transfers.from_id = (select nullif(current_setting('comity.office', true), '')::uuid) or transfers.to_id = (select nullif(current_setting('comity.office', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "transfers_definer" ON "comity"."transfers" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "rule_books_read" ON "comity"."rule_books" AS PERMISSIVE FOR SELECT TO "comity_app" USING (rule_books.state in ('IN_FORCE', 'SUPERSEDED') or rule_books.jurisdiction_id = (select nullif(current_setting('comity.office', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "rule_books_drafted" ON "comity"."rule_books" AS PERMISSIVE FOR INSERT TO "comity_app" WITH CHECK (rule_books.jurisdiction_id = (select nullif(current_setting('comity.office', true), '')::uuid) and rule_books.state = 'DRAFT' and rule_books.drafted_by = (select comity.member()));--> statement-breakpoint
CREATE POLICY "rule_books_changed" ON "comity"."rule_books" AS PERMISSIVE FOR UPDATE TO "comity_app" USING (rule_books.jurisdiction_id = (select nullif(current_setting('comity.office', true), '')::uuid) and rule_books.state in ('DRAFT', 'PROPOSED')) WITH CHECK (rule_books.jurisdiction_id = (select nullif(current_setting('comity.office', true), '')::uuid) and rule_books.state in ('DRAFT', 'PROPOSED', 'WITHDRAWN'));--> statement-breakpoint
CREATE POLICY "rule_books_definer" ON "comity"."rule_books" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "act_limits_read" ON "comity"."act_limits" AS PERMISSIVE FOR SELECT TO "comity_app" USING (exists (select 1 from comity.rule_books b where b.id = act_limits.book_id));--> statement-breakpoint
CREATE POLICY "act_limits_added" ON "comity"."act_limits" AS PERMISSIVE FOR INSERT TO "comity_app" WITH CHECK (exists (select 1 from comity.rule_books b where b.id = act_limits.book_id and b.state = 'DRAFT'
    and b.jurisdiction_id = (select nullif(current_setting('comity.office', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "act_limits_removed" ON "comity"."act_limits" AS PERMISSIVE FOR DELETE TO "comity_app" USING (exists (select 1 from comity.rule_books b where b.id = act_limits.book_id and b.state = 'DRAFT'
    and b.jurisdiction_id = (select nullif(current_setting('comity.office', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "act_limits_definer" ON "comity"."act_limits" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "agency_rules_read" ON "comity"."agency_rules" AS PERMISSIVE FOR SELECT TO "comity_app" USING (exists (select 1 from comity.rule_books b where b.id = agency_rules.book_id));--> statement-breakpoint
CREATE POLICY "agency_rules_added" ON "comity"."agency_rules" AS PERMISSIVE FOR INSERT TO "comity_app" WITH CHECK (exists (select 1 from comity.rule_books b where b.id = agency_rules.book_id and b.state = 'DRAFT'
    and b.jurisdiction_id = (select nullif(current_setting('comity.office', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "agency_rules_removed" ON "comity"."agency_rules" AS PERMISSIVE FOR DELETE TO "comity_app" USING (exists (select 1 from comity.rule_books b where b.id = agency_rules.book_id and b.state = 'DRAFT'
    and b.jurisdiction_id = (select nullif(current_setting('comity.office', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "agency_rules_definer" ON "comity"."agency_rules" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "rule_book_tests_read" ON "comity"."rule_book_tests" AS PERMISSIVE FOR SELECT TO "comity_app" USING (exists (select 1 from comity.rule_books b where b.id = rule_book_tests.book_id));--> statement-breakpoint
CREATE POLICY "rule_book_tests_added" ON "comity"."rule_book_tests" AS PERMISSIVE FOR INSERT TO "comity_app" WITH CHECK (exists (select 1 from comity.rule_books b where b.id = rule_book_tests.book_id and b.state = 'DRAFT'
    and b.jurisdiction_id = (select nullif(current_setting('comity.office', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "rule_book_tests_removed" ON "comity"."rule_book_tests" AS PERMISSIVE FOR DELETE TO "comity_app" USING (exists (select 1 from comity.rule_books b where b.id = rule_book_tests.book_id and b.state = 'DRAFT'
    and b.jurisdiction_id = (select nullif(current_setting('comity.office', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "rule_book_tests_definer" ON "comity"."rule_book_tests" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "sharing_rules_read" ON "comity"."sharing_rules" AS PERMISSIVE FOR SELECT TO "comity_app" USING (exists (select 1 from comity.rule_books b where b.id = sharing_rules.book_id));--> statement-breakpoint
CREATE POLICY "sharing_rules_added" ON "comity"."sharing_rules" AS PERMISSIVE FOR INSERT TO "comity_app" WITH CHECK (exists (select 1 from comity.rule_books b where b.id = sharing_rules.book_id and b.state = 'DRAFT'
    and b.jurisdiction_id = (select nullif(current_setting('comity.office', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "sharing_rules_removed" ON "comity"."sharing_rules" AS PERMISSIVE FOR DELETE TO "comity_app" USING (exists (select 1 from comity.rule_books b where b.id = sharing_rules.book_id and b.state = 'DRAFT'
    and b.jurisdiction_id = (select nullif(current_setting('comity.office', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "sharing_rules_definer" ON "comity"."sharing_rules" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "statistics_rules_read" ON "comity"."statistics_rules" AS PERMISSIVE FOR SELECT TO "comity_app" USING (exists (select 1 from comity.rule_books b where b.id = statistics_rules.book_id));--> statement-breakpoint
CREATE POLICY "statistics_rules_added" ON "comity"."statistics_rules" AS PERMISSIVE FOR INSERT TO "comity_app" WITH CHECK (exists (select 1 from comity.rule_books b where b.id = statistics_rules.book_id and b.state = 'DRAFT'
    and b.jurisdiction_id = (select nullif(current_setting('comity.office', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "statistics_rules_removed" ON "comity"."statistics_rules" AS PERMISSIVE FOR DELETE TO "comity_app" USING (exists (select 1 from comity.rule_books b where b.id = statistics_rules.book_id and b.state = 'DRAFT'
    and b.jurisdiction_id = (select nullif(current_setting('comity.office', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "statistics_rules_definer" ON "comity"."statistics_rules" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "seals_seen" ON "comity"."seals" AS PERMISSIVE FOR ALL TO "comity_app" USING (seals.needs <> 0 and (seals.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = seals.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = seals.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1) WITH CHECK (seals.needs <> 0 and (seals.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = seals.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = seals.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1);--> statement-breakpoint
CREATE POLICY "seals_definer" ON "comity"."seals" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "glass_uses_seen" ON "comity"."glass_uses" AS PERMISSIVE FOR ALL TO "comity_app" USING (glass_uses.needs <> 0 and (glass_uses.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = glass_uses.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = glass_uses.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and (glass_uses.office_id = (select nullif(current_setting('comity.office', true), '')::uuid))) WITH CHECK (glass_uses.needs <> 0 and (glass_uses.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = glass_uses.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = glass_uses.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and (glass_uses.office_id = (select nullif(current_setting('comity.office', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "glass_uses_definer" ON "comity"."glass_uses" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "unit_restrictions_seen" ON "comity"."unit_restrictions" AS PERMISSIVE FOR ALL TO "comity_app" USING (unit_restrictions.needs <> 0 and (unit_restrictions.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = unit_restrictions.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = unit_restrictions.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1) WITH CHECK (unit_restrictions.needs <> 0 and (unit_restrictions.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = unit_restrictions.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = unit_restrictions.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1);--> statement-breakpoint
CREATE POLICY "unit_restrictions_definer" ON "comity"."unit_restrictions" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "conflict_declarations_own" ON "comity"."conflict_declarations" AS PERMISSIVE FOR ALL TO "comity_app" USING (conflict_declarations.office_id = (select nullif(current_setting('comity.office', true), '')::uuid)
  and (conflict_declarations.member_id = (select comity.member()) or exists (select 1 from comity.members m where m.id = (select comity.member()) and m.role in ('CONFLICTS', 'SUPERVISOR', 'ELECTED')))) WITH CHECK (conflict_declarations.office_id = (select nullif(current_setting('comity.office', true), '')::uuid)
  and (conflict_declarations.member_id = (select comity.member()) or exists (select 1 from comity.members m where m.id = (select comity.member()) and m.role in ('CONFLICTS', 'SUPERVISOR', 'ELECTED'))));--> statement-breakpoint
CREATE POLICY "conflict_declarations_definer" ON "comity"."conflict_declarations" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "walls_seen" ON "comity"."walls" AS PERMISSIVE FOR SELECT TO "comity_app" USING (walls.needs <> 0 and (walls.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = walls.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = walls.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1);--> statement-breakpoint
CREATE POLICY "walls_changed" ON "comity"."walls" AS PERMISSIVE FOR UPDATE TO "comity_app" USING (walls.needs <> 0 and (walls.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = walls.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = walls.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1) WITH CHECK (walls.imposed_by = (select comity.member()) and exists (select 1 from comity.cases c where c.id = walls.case_id
        and (walls.subject_id = (select comity.member()) or c.lead_id = (select nullif(current_setting('comity.office', true), '')::uuid))));--> statement-breakpoint
CREATE POLICY "walls_added" ON "comity"."walls" AS PERMISSIVE FOR INSERT TO "comity_app" WITH CHECK (walls.imposed_by = (select comity.member()) and exists (select 1 from comity.cases c where c.id = walls.case_id
        and (walls.subject_id = (select comity.member()) or c.lead_id = (select nullif(current_setting('comity.office', true), '')::uuid))));--> statement-breakpoint
CREATE POLICY "walls_definer" ON "comity"."walls" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
ALTER POLICY "assignments_changed" ON "comity"."assignments" TO comity_app USING (assignments.needs <> 0 and (assignments.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = assignments.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = assignments.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1) WITH CHECK (exists (select 1 from comity.cases c where c.id = assignments.case_id and c.lead_id = any ((select comity.viewers())::uuid[]))
        or exists (select 1 from comity.responsibilities r where r.case_id = assignments.case_id and r.state = 'ACCEPTED' and r.jurisdiction_id = any ((select comity.viewers())::uuid[])));--> statement-breakpoint
ALTER POLICY "assignments_added" ON "comity"."assignments" TO comity_app WITH CHECK (exists (select 1 from comity.cases c where c.id = assignments.case_id and c.lead_id = any ((select comity.viewers())::uuid[]))
        or exists (select 1 from comity.responsibilities r where r.case_id = assignments.case_id and r.state = 'ACCEPTED' and r.jurisdiction_id = any ((select comity.viewers())::uuid[])));