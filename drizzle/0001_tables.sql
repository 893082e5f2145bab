-- Makes the tables of every concept with their row policies. Locks nothing that exists. Way back: drop schema comity cascade.
CREATE TABLE "comity"."role_ceilings" (
	"body" text NOT NULL,
	"role" text NOT NULL,
	"facets" integer NOT NULL,
	CONSTRAINT "role_ceilings_body_role_pk" PRIMARY KEY("body","role")
);
--> statement-breakpoint
CREATE TABLE "comity"."search_docs" (
	"case_id" uuid NOT NULL,
	"source" text NOT NULL,
	"stamp" text NOT NULL,
	"lead" uuid,
	"received_at" timestamp(6) with time zone NOT NULL,
	"needs" integer NOT NULL,
	"tsv" "tsvector" NOT NULL,
	CONSTRAINT "search_docs_case_id_source_pk" PRIMARY KEY("case_id","source")
);
--> statement-breakpoint
CREATE TABLE "comity"."closings" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"case_id" uuid NOT NULL,
	"subject" uuid,
	"facets" integer NOT NULL,
	"unless" uuid[] DEFAULT '{}'::uuid[] NOT NULL,
	"since" timestamp(6) with time zone DEFAULT statement_timestamp() NOT NULL,
	"until" timestamp(6) with time zone DEFAULT 'infinity' NOT NULL,
	"cause" text NOT NULL,
	"ref" uuid NOT NULL,
	CONSTRAINT "closings_once" UNIQUE NULLS NOT DISTINCT("case_id","cause","ref","subject"),
	CONSTRAINT "closings_cause_check" CHECK ("comity"."closings"."cause" in ('WALL', 'SEAL', 'LAW'))
);
--> statement-breakpoint
CREATE TABLE "comity"."sight" (
	"case_id" uuid NOT NULL,
	"viewer" uuid NOT NULL,
	"cause" text NOT NULL,
	"ref" uuid NOT NULL,
	"facets" integer NOT NULL,
	"since" timestamp(6) with time zone DEFAULT statement_timestamp() NOT NULL,
	"until" timestamp(6) with time zone DEFAULT 'infinity' NOT NULL,
	"received_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "sight_cause_check" CHECK ("comity"."sight"."cause" in ('SEAT', 'VENUE', 'OFFER', 'JOINT', 'TEAM', 'RULE', 'RESIDUAL', 'BREAK_GLASS'))
);
--> statement-breakpoint
CREATE TABLE "comity"."annotation_revisions" (
	"case_id" uuid NOT NULL,
	"annotation_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"needs" integer NOT NULL,
	"author_only" uuid,
	"body" text NOT NULL,
	"revised_by" uuid NOT NULL,
	"revised_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "annotation_revisions_case_id_annotation_id_revision_pk" PRIMARY KEY("case_id","annotation_id","revision"),
	CONSTRAINT "annotation_revisions_needs_check" CHECK ("comity"."annotation_revisions"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."annotation_revisions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."annotations" (
	"case_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"needs" integer NOT NULL,
	"author_only" uuid,
	"author_id" uuid NOT NULL,
	"office_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"audience" text NOT NULL,
	"privilege" text NOT NULL,
	"target_kind" text NOT NULL,
	"target_id" uuid,
	"selector" jsonb,
	"favourable_to_defence" boolean NOT NULL,
	"revision" integer NOT NULL,
	"created_at" timestamp(6) with time zone NOT NULL,
	"revised_at" timestamp(6) with time zone NOT NULL,
	"deleted" boolean DEFAULT false NOT NULL,
	CONSTRAINT "annotations_case_id_id_pk" PRIMARY KEY("case_id","id"),
	CONSTRAINT "annotations_kind_check" CHECK ("comity"."annotations"."kind" in ('NOTE', 'QUESTION', 'ISSUE', 'HIGHLIGHT')),
	CONSTRAINT "annotations_audience_check" CHECK ("comity"."annotations"."audience" in ('TEAM', 'OFFICE')),
	CONSTRAINT "annotations_privilege_check" CHECK ("comity"."annotations"."privilege" in ('NONE', 'WORK_PRODUCT', 'ATTORNEY_CLIENT')),
	CONSTRAINT "annotations_target_check" CHECK ("comity"."annotations"."target_kind" in ('CASE', 'REPORT', 'PERSON', 'RECORDING', 'CHARGE')),
	CONSTRAINT "annotations_needs_check" CHECK ("comity"."annotations"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."annotations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."assignments" (
	"case_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"needs" integer NOT NULL,
	"member_id" uuid NOT NULL,
	"role" text NOT NULL,
	"since" timestamp(6) with time zone NOT NULL,
	"until" timestamp(6) with time zone,
	"assigned_by" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "assignments_case_id_id_pk" PRIMARY KEY("case_id","id"),
	CONSTRAINT "assignments_role_check" CHECK ("comity"."assignments"."role" in ('TRIAL', 'FILTER', 'SUPPORT')),
	CONSTRAINT "assignments_needs_check" CHECK ("comity"."assignments"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."assignments" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."case_numbers" (
	"prefix" text NOT NULL,
	"year" integer NOT NULL,
	"last" integer NOT NULL,
	CONSTRAINT "case_numbers_prefix_year_pk" PRIMARY KEY("prefix","year")
);
--> statement-breakpoint
ALTER TABLE "comity"."case_numbers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."cases" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" text NOT NULL,
	"agency_id" uuid NOT NULL,
	"jurisdiction_id" uuid,
	"state" text NOT NULL,
	"county_fips" text NOT NULL,
	"incident_on" date NOT NULL,
	"kind" text NOT NULL,
	"stage" text NOT NULL,
	"lead_id" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"received_at" timestamp(6) with time zone NOT NULL,
	"needs" integer NOT NULL,
	CONSTRAINT "cases_number_unique" UNIQUE("number"),
	CONSTRAINT "cases_kind_check" CHECK ("comity"."cases"."kind" in ('FORCE', 'SHOOTING', 'DEATH', 'DETENTION', 'ENTRY', 'PROPERTY', 'FALSE_STATEMENT', 'OTHER')),
	CONSTRAINT "cases_stage_check" CHECK ("comity"."cases"."stage" in ('UNCLAIMED', 'CLAIMED', 'UNDER_REVIEW', 'AWAITING_AGENCY', 'AWAITING_EXTERNAL', 'DECIDED', 'IN_COURT', 'CLOSED', 'DECLINED', 'REFERRED_OUT', 'MERGED', 'REOPENED')),
	CONSTRAINT "cases_needs_check" CHECK ("comity"."cases"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."cases" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."person_contacts" (
	"case_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"needs" integer NOT NULL,
	"phone" text,
	"email" text,
	"address" text,
	"disclosure_refused" boolean NOT NULL,
	CONSTRAINT "person_contacts_case_id_person_id_pk" PRIMARY KEY("case_id","person_id"),
	CONSTRAINT "person_contacts_needs_check" CHECK ("comity"."person_contacts"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."person_contacts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."persons" (
	"case_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"needs" integer NOT NULL,
	"part" text NOT NULL,
	"position" integer NOT NULL,
	"name" text,
	"descriptors" text,
	"badge" text,
	"plate" text,
	"markings" text,
	"minor_at_incident" boolean NOT NULL,
	"injured" boolean NOT NULL,
	"injury" text,
	CONSTRAINT "persons_case_id_id_pk" PRIMARY KEY("case_id","id"),
	CONSTRAINT "persons_part_check" CHECK ("comity"."persons"."part" in ('SUBJECT', 'VICTIM', 'WITNESS', 'OFFICIAL')),
	CONSTRAINT "persons_needs_check" CHECK ("comity"."persons"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."persons" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."recordings" (
	"case_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"needs" integer NOT NULL,
	"kind" text NOT NULL,
	"position" integer NOT NULL,
	"holder" text NOT NULL,
	"device" text,
	"uri" text,
	"sha256" text,
	"captured_from" timestamp(6) with time zone,
	"captured_to" timestamp(6) with time zone,
	"note" text,
	CONSTRAINT "recordings_case_id_id_pk" PRIMARY KEY("case_id","id"),
	CONSTRAINT "recordings_kind_check" CHECK ("comity"."recordings"."kind" in ('BODY_CAMERA', 'VEHICLE_CAMERA', 'FIXED_CAMERA', 'BYSTANDER', 'AUDIO', 'OTHER')),
	CONSTRAINT "recordings_needs_check" CHECK ("comity"."recordings"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."recordings" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."case_referrals" (
	"case_id" uuid NOT NULL,
	"referral_id" uuid NOT NULL,
	"needs" integer NOT NULL,
	CONSTRAINT "case_referrals_case_id_referral_id_pk" PRIMARY KEY("case_id","referral_id"),
	CONSTRAINT "case_referrals_needs_check" CHECK ("comity"."case_referrals"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."case_referrals" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."case_reports" (
	"case_id" uuid PRIMARY KEY NOT NULL,
	"needs" integer NOT NULL,
	"report_number" text NOT NULL,
	"narrative" text NOT NULL,
	"place" text NOT NULL,
	"latitude" double precision,
	"longitude" double precision,
	"occurred_at" timestamp(6) with time zone,
	"anyone_injured" boolean NOT NULL,
	"alleged_offences" text[] DEFAULT '{}'::text[] NOT NULL,
	"alleged_level" text,
	"supervisor_identification" jsonb,
	"emergency_medical" jsonb,
	"preservation" jsonb,
	"provenance" jsonb,
	"signature" jsonb,
	"attestation" jsonb,
	CONSTRAINT "case_reports_needs_check" CHECK ("comity"."case_reports"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."case_reports" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."venues" (
	"case_id" uuid NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"needs" integer NOT NULL,
	"basis" text NOT NULL,
	"county_fips" text NOT NULL,
	"reason" text NOT NULL,
	"since" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "venues_case_id_jurisdiction_id_pk" PRIMARY KEY("case_id","jurisdiction_id"),
	CONSTRAINT "venues_basis_check" CHECK ("comity"."venues"."basis" in ('DECLARED_COUNTY', 'ROUTED')),
	CONSTRAINT "venues_needs_check" CHECK ("comity"."venues"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."venues" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."charges" (
	"case_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"needs" integer NOT NULL,
	"person_id" uuid NOT NULL,
	"statute_id" uuid NOT NULL,
	"statute_version_id" uuid NOT NULL,
	"counts" integer NOT NULL,
	"offence_on" date NOT NULL,
	"state" text NOT NULL,
	"warnings" text[] NOT NULL,
	"proposed_by" uuid NOT NULL,
	"proposed_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "charges_case_id_id_pk" PRIMARY KEY("case_id","id"),
	CONSTRAINT "charges_state_check" CHECK ("comity"."charges"."state" in ('PROPOSED', 'WITHDRAWN')),
	CONSTRAINT "charges_needs_check" CHECK ("comity"."charges"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."charges" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."agencies" (
	"id" uuid PRIMARY KEY NOT NULL,
	"ori" text,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"state" char(2) NOT NULL,
	"jurisdiction_id" uuid,
	"notes" text,
	CONSTRAINT "agencies_ori_unique" UNIQUE("ori"),
	CONSTRAINT "agencies_slug_unique" UNIQUE("slug"),
	CONSTRAINT "agencies_ori" CHECK ("comity"."agencies"."ori" ~ '^[A-Z]{2}[A-Z0-9]{7}$'),
	CONSTRAINT "agencies_state" CHECK ("comity"."agencies"."state" ~ '^[A-Z]{2}$'),
	CONSTRAINT "agencies_kind" CHECK ("comity"."agencies"."kind" in ('MUNICIPAL_POLICE', 'COUNTY_POLICE', 'SHERIFF', 'STATE_POLICE', 'UNIVERSITY_POLICE', 'SCHOOL_DISTRICT_POLICE', 'TRANSIT_POLICE', 'AIRPORT_POLICE', 'PARK_POLICE', 'OTHER'))
);
--> statement-breakpoint
CREATE TABLE "comity"."jurisdiction_counties" (
	"fips" text PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	CONSTRAINT "jurisdiction_counties_fips" CHECK ("comity"."jurisdiction_counties"."fips" ~ '^[0-9]{5}$')
);
--> statement-breakpoint
CREATE TABLE "comity"."jurisdictions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"prefix" text NOT NULL,
	"state" char(2) NOT NULL,
	"standing" text NOT NULL,
	"office_title" text NOT NULL,
	"office_kind" text NOT NULL,
	"office_ori" text,
	"time_zone" text NOT NULL,
	"trial_court" text NOT NULL,
	"limited_court" text,
	"federal_district" text NOT NULL,
	"federal_district_id" text NOT NULL,
	"charging_instruments" text[] NOT NULL,
	"handles_levels" text[] NOT NULL,
	"notes" text,
	"source" text NOT NULL,
	"confidence" text NOT NULL,
	CONSTRAINT "jurisdictions_slug_unique" UNIQUE("slug"),
	CONSTRAINT "jurisdictions_prefix_unique" UNIQUE("prefix"),
	CONSTRAINT "jurisdictions_prefix" CHECK ("comity"."jurisdictions"."prefix" ~ '^[A-Z]{3}$' and "comity"."jurisdictions"."prefix" <> 'UNR'),
	CONSTRAINT "jurisdictions_state" CHECK ("comity"."jurisdictions"."state" ~ '^[A-Z]{2}$'),
	CONSTRAINT "jurisdictions_standing" CHECK ("comity"."jurisdictions"."standing" in ('MEMBER', 'GUEST')),
	CONSTRAINT "jurisdictions_office_kind" CHECK ("comity"."jurisdictions"."office_kind" in ('STATES_ATTORNEY', 'COUNTY_ATTORNEY', 'DISTRICT_ATTORNEY', 'CRIMINAL_DISTRICT_ATTORNEY', 'COMMONWEALTHS_ATTORNEY')),
	CONSTRAINT "jurisdictions_charging_instruments" CHECK ("comity"."jurisdictions"."charging_instruments" <@ array['INDICTMENT', 'PRESENTMENT', 'COMPLAINT', 'INFORMATION_AFTER_PRELIMINARY_HEARING', 'INFORMATION_ON_WAIVER', 'INFORMATION_MISDEMEANOR', 'INDICTING_GRAND_JURY_LIMITED']::text[]),
	CONSTRAINT "jurisdictions_handles_levels" CHECK ("comity"."jurisdictions"."handles_levels" <@ array['FELONY', 'MISDEMEANOR', 'MISDEMEANOR_DISCRETIONARY', 'MISDEMEANOR_UNINCORPORATED', 'OFFICIAL_MISCONDUCT_MISDEMEANOR']::text[]),
	CONSTRAINT "jurisdictions_confidence" CHECK ("comity"."jurisdictions"."confidence" in ('HIGH', 'MEDIUM', 'LOW'))
);
--> statement-breakpoint
CREATE TABLE "comity"."members" (
	"id" uuid PRIMARY KEY NOT NULL,
	"subject" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"role" text NOT NULL,
	"office_id" uuid,
	"agency_id" uuid,
	"active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp(6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "members_subject_unique" UNIQUE("subject"),
	CONSTRAINT "members_kind" CHECK ("comity"."members"."kind" in ('PERSON', 'MACHINE')),
	CONSTRAINT "members_seat" CHECK (case when "comity"."members"."role" in ('INTAKE', 'ATTORNEY', 'ELECTED', 'INVESTIGATOR', 'ADVOCATE', 'CONFLICTS', 'DISCLOSURE', 'RECORDS') then "comity"."members"."office_id" is not null and "comity"."members"."agency_id" is null
        when "comity"."members"."role" in ('OFFICER', 'CLIENT') then "comity"."members"."agency_id" is not null and "comity"."members"."office_id" is null
        when "comity"."members"."role" = 'SUPERVISOR' then num_nonnulls("comity"."members"."office_id", "comity"."members"."agency_id") = 1
        when "comity"."members"."role" in ('ADMINISTRATOR', 'ANALYST', 'AUDITOR') then num_nonnulls("comity"."members"."office_id", "comity"."members"."agency_id") = 0
        else false end)
);
--> statement-breakpoint
CREATE TABLE "comity"."reference_loads" (
	"file" text PRIMARY KEY NOT NULL,
	"sha256" text NOT NULL,
	"rows" integer NOT NULL,
	"loaded_at" timestamp(6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "comity"."directives" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"title" text NOT NULL,
	"issued_by" text NOT NULL,
	"effective_from" date NOT NULL,
	"applies_to_agencies" text[] NOT NULL,
	"guidance_due_days" integer,
	"publishes" text,
	"source" text NOT NULL,
	"confidence" text NOT NULL,
	CONSTRAINT "directives_slug_unique" UNIQUE("slug"),
	CONSTRAINT "directives_applies_to_agencies" CHECK (cardinality("comity"."directives"."applies_to_agencies") > 0),
	CONSTRAINT "directives_confidence" CHECK ("comity"."directives"."confidence" in ('HIGH', 'MEDIUM', 'LOW'))
);
--> statement-breakpoint
CREATE TABLE "comity"."requirements" (
	"directive_id" uuid NOT NULL,
	"key" text NOT NULL,
	"asks" text NOT NULL,
	"severity" text NOT NULL,
	"applies_when" text,
	"complete_when" text[],
	"incomplete_when" text[],
	"position" integer NOT NULL,
	CONSTRAINT "requirements_directive_id_key_pk" PRIMARY KEY("directive_id","key"),
	CONSTRAINT "requirements_severity" CHECK ("comity"."requirements"."severity" in ('ERROR', 'WARN', 'INFO'))
);
--> statement-breakpoint
CREATE TABLE "comity"."state_rules" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"position" integer NOT NULL,
	"body" jsonb NOT NULL,
	"citation" text,
	"source" text,
	"confidence" text NOT NULL,
	CONSTRAINT "state_rules_position" UNIQUE("kind","state","position"),
	CONSTRAINT "state_rules_kind" CHECK ("comity"."state_rules"."kind" in ('LIMITATION', 'VENUE_BOUNDARY', 'BODY_CAMERA_RETENTION', 'CHARGING_INSTRUMENT', 'VICTIM_NOTICE', 'FEDERAL_REMOVAL', 'EXTERNAL_DEMAND_REGIME', 'RESTRICTION')),
	CONSTRAINT "state_rules_state" CHECK ("comity"."state_rules"."state" ~ '^([A-Z]{2}|\*)$'),
	CONSTRAINT "state_rules_confidence" CHECK ("comity"."state_rules"."confidence" in ('HIGH', 'MEDIUM', 'LOW'))
);
--> statement-breakpoint
CREATE TABLE "comity"."statute_versions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"statute_id" uuid NOT NULL,
	"valid_from" date,
	"valid_to" date,
	"class" text NOT NULL,
	"level" text NOT NULL,
	"elements" jsonb NOT NULL,
	"limitation" jsonb NOT NULL,
	"max_penalty" text NOT NULL,
	"nibrs" text NOT NULL,
	"applies_to_federal_officer" text NOT NULL,
	"officer_clause" text,
	"source" text NOT NULL,
	"confidence" text NOT NULL,
	"attested_by" text,
	CONSTRAINT "statute_versions_start" UNIQUE NULLS NOT DISTINCT("statute_id","valid_from"),
	CONSTRAINT "statute_versions_period" CHECK ("comity"."statute_versions"."valid_to" >= "comity"."statute_versions"."valid_from"),
	CONSTRAINT "statute_versions_level" CHECK ("comity"."statute_versions"."level" in ('FELONY', 'GROSS_MISDEMEANOR', 'MISDEMEANOR', 'EITHER')),
	CONSTRAINT "statute_versions_applies_to_federal_officer" CHECK ("comity"."statute_versions"."applies_to_federal_officer" in ('YES', 'NO', 'DISPUTED', 'UNLIKELY')),
	CONSTRAINT "statute_versions_confidence" CHECK ("comity"."statute_versions"."confidence" in ('HIGH', 'MEDIUM', 'LOW'))
);
--> statement-breakpoint
CREATE TABLE "comity"."statutes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"state" char(2) NOT NULL,
	"code" text NOT NULL,
	"citation" text NOT NULL,
	"title" text NOT NULL,
	"tags" text[] NOT NULL,
	"keywords" text NOT NULL,
	"tsv" "tsvector" GENERATED ALWAYS AS (setweight(to_tsvector('english'::regconfig, title), 'A') || setweight(to_tsvector('english'::regconfig, citation || ' ' || keywords), 'B')) STORED,
	CONSTRAINT "statutes_citation_unique" UNIQUE("citation"),
	CONSTRAINT "statutes_state" CHECK ("comity"."statutes"."state" ~ '^[A-Z]{2}$')
);
--> statement-breakpoint
CREATE TABLE "comity"."attestations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agency_id" uuid NOT NULL,
	"attested_by" uuid NOT NULL,
	"attested_at" timestamp(6) with time zone NOT NULL,
	"statement" text NOT NULL,
	"source" text NOT NULL,
	"sha256" text NOT NULL,
	CONSTRAINT "attestations_once" UNIQUE("agency_id","attested_by","sha256")
);
--> statement-breakpoint
ALTER TABLE "comity"."attestations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."idempotency_keys" (
	"agency_id" uuid NOT NULL,
	"key" text NOT NULL,
	"fingerprint" text NOT NULL,
	"referral_id" uuid NOT NULL,
	"at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_agency_id_key_pk" PRIMARY KEY("agency_id","key")
);
--> statement-breakpoint
ALTER TABLE "comity"."idempotency_keys" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."referral_packets" (
	"referral_id" uuid PRIMARY KEY NOT NULL,
	"agency_id" uuid NOT NULL,
	"document" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "comity"."referral_packets" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."referrals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agency_id" uuid NOT NULL,
	"report_number" text NOT NULL,
	"state" text NOT NULL,
	"state_since" timestamp(6) with time zone NOT NULL,
	"kind" text NOT NULL,
	"incident_on" date NOT NULL,
	"county_fips" text NOT NULL,
	"submitted_at" timestamp(6) with time zone NOT NULL,
	"submitted_by" uuid NOT NULL,
	"attestation_id" uuid,
	"problems" jsonb NOT NULL,
	"packet_sha256" text NOT NULL,
	CONSTRAINT "referrals_report_number" UNIQUE("agency_id","report_number"),
	CONSTRAINT "referrals_state_check" CHECK ("comity"."referrals"."state" in ('SUBMITTED', 'RETURNED', 'RESUBMITTED', 'ACCEPTED', 'REFUSED', 'WITHDRAWN'))
);
--> statement-breakpoint
ALTER TABLE "comity"."referrals" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."statistics_cells" (
	"level" integer NOT NULL,
	"state" text NOT NULL,
	"jurisdiction" text NOT NULL,
	"agency" text NOT NULL,
	"stage" text NOT NULL,
	"month" text NOT NULL,
	"statute" text NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "statistics_cells_level_state_jurisdiction_agency_stage_month_statute_pk" PRIMARY KEY("level","state","jurisdiction","agency","stage","month","statute"),
	CONSTRAINT "statistics_cells_count" CHECK ("comity"."statistics_cells"."count" >= 10)
);
--> statement-breakpoint
ALTER TABLE "comity"."statistics_cells" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."statistics_releases" (
	"id" integer PRIMARY KEY NOT NULL,
	"as_of" timestamp(6) with time zone NOT NULL,
	"sign" text NOT NULL,
	CONSTRAINT "statistics_releases_one" CHECK ("comity"."statistics_releases"."id" = 1)
);
--> statement-breakpoint
ALTER TABLE "comity"."statistics_releases" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."trail_events" (
	"case_id" uuid NOT NULL,
	"chain" text NOT NULL,
	"seq" integer NOT NULL,
	"id" uuid NOT NULL,
	"at" timestamp(6) with time zone NOT NULL,
	"actor_id" uuid NOT NULL,
	"acting_for" uuid,
	"act" text NOT NULL,
	"outcome" text NOT NULL,
	"needs" integer NOT NULL,
	"body" text NOT NULL,
	"prev_hash" "bytea" NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "trail_events_case_id_chain_seq_pk" PRIMARY KEY("case_id","chain","seq"),
	CONSTRAINT "trail_events_needs_check" CHECK ("comity"."trail_events"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."trail_events" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."trail_heads" (
	"case_id" uuid NOT NULL,
	"chain" text NOT NULL,
	"seq" integer NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "trail_heads_case_id_chain_pk" PRIMARY KEY("case_id","chain")
);
--> statement-breakpoint
ALTER TABLE "comity"."trail_heads" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "comity"."annotation_revisions" ADD CONSTRAINT "annotation_revisions_annotation" FOREIGN KEY ("case_id","annotation_id") REFERENCES "comity"."annotations"("case_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."annotations" ADD CONSTRAINT "annotations_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "comity"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."assignments" ADD CONSTRAINT "assignments_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "comity"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."assignments" ADD CONSTRAINT "assignments_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "comity"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."cases" ADD CONSTRAINT "cases_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "comity"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."cases" ADD CONSTRAINT "cases_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "comity"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."cases" ADD CONSTRAINT "cases_lead_id_jurisdictions_id_fk" FOREIGN KEY ("lead_id") REFERENCES "comity"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."person_contacts" ADD CONSTRAINT "person_contacts_person" FOREIGN KEY ("case_id","person_id") REFERENCES "comity"."persons"("case_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."persons" ADD CONSTRAINT "persons_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "comity"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."recordings" ADD CONSTRAINT "recordings_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "comity"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."case_referrals" ADD CONSTRAINT "case_referrals_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "comity"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."case_reports" ADD CONSTRAINT "case_reports_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "comity"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."venues" ADD CONSTRAINT "venues_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "comity"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."venues" ADD CONSTRAINT "venues_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "comity"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."charges" ADD CONSTRAINT "charges_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "comity"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."charges" ADD CONSTRAINT "charges_statute_id_statutes_id_fk" FOREIGN KEY ("statute_id") REFERENCES "comity"."statutes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."charges" ADD CONSTRAINT "charges_statute_version_id_statute_versions_id_fk" FOREIGN KEY ("statute_version_id") REFERENCES "comity"."statute_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."charges" ADD CONSTRAINT "charges_person" FOREIGN KEY ("case_id","person_id") REFERENCES "comity"."persons"("case_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."agencies" ADD CONSTRAINT "agencies_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "comity"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."jurisdiction_counties" ADD CONSTRAINT "jurisdiction_counties_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "comity"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."members" ADD CONSTRAINT "members_office_id_jurisdictions_id_fk" FOREIGN KEY ("office_id") REFERENCES "comity"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."members" ADD CONSTRAINT "members_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "comity"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."requirements" ADD CONSTRAINT "requirements_directive_id_directives_id_fk" FOREIGN KEY ("directive_id") REFERENCES "comity"."directives"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."statute_versions" ADD CONSTRAINT "statute_versions_statute_id_statutes_id_fk" FOREIGN KEY ("statute_id") REFERENCES "comity"."statutes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."attestations" ADD CONSTRAINT "attestations_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "comity"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."attestations" ADD CONSTRAINT "attestations_attested_by_members_id_fk" FOREIGN KEY ("attested_by") REFERENCES "comity"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."referral_packets" ADD CONSTRAINT "referral_packets_referral_id_referrals_id_fk" FOREIGN KEY ("referral_id") REFERENCES "comity"."referrals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."referrals" ADD CONSTRAINT "referrals_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "comity"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."referrals" ADD CONSTRAINT "referrals_submitted_by_members_id_fk" FOREIGN KEY ("submitted_by") REFERENCES "comity"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."referrals" ADD CONSTRAINT "referrals_attestation_id_attestations_id_fk" FOREIGN KEY ("attestation_id") REFERENCES "comity"."attestations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "sight_viewer_received" ON "comity"."sight" USING btree ("viewer","received_at","case_id");--> statement-breakpoint
CREATE INDEX "annotations_by_time" ON "comity"."annotations" USING btree ("case_id","created_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "assignments_open_once" ON "comity"."assignments" USING btree ("case_id","member_id") WHERE until is null;--> statement-breakpoint
CREATE INDEX "assignments_of_member" ON "comity"."assignments" USING btree ("member_id") WHERE until is null;--> statement-breakpoint
CREATE INDEX "cases_of_lead" ON "comity"."cases" USING btree ("lead_id","received_at","id");--> statement-breakpoint
CREATE INDEX "cases_of_lead_by_stage" ON "comity"."cases" USING btree ("lead_id","stage","received_at","id");--> statement-breakpoint
CREATE INDEX "case_referrals_by_referral" ON "comity"."case_referrals" USING btree ("referral_id");--> statement-breakpoint
CREATE INDEX "charges_of_statute" ON "comity"."charges" USING btree ("statute_id","case_id");--> statement-breakpoint
CREATE INDEX "agencies_jurisdiction" ON "comity"."agencies" USING btree ("jurisdiction_id");--> statement-breakpoint
CREATE INDEX "jurisdiction_counties_jurisdiction" ON "comity"."jurisdiction_counties" USING btree ("jurisdiction_id");--> statement-breakpoint
CREATE INDEX "members_office" ON "comity"."members" USING btree ("office_id");--> statement-breakpoint
CREATE INDEX "members_agency" ON "comity"."members" USING btree ("agency_id");--> statement-breakpoint
CREATE INDEX "statutes_tsv" ON "comity"."statutes" USING gin ("tsv");--> statement-breakpoint
CREATE INDEX "statutes_state_code" ON "comity"."statutes" USING btree ("state","code");--> statement-breakpoint
CREATE INDEX "referrals_of_agency" ON "comity"."referrals" USING btree ("agency_id","submitted_at","id");--> statement-breakpoint
CREATE INDEX "trail_events_by_time" ON "comity"."trail_events" USING btree ("case_id","at","id");--> statement-breakpoint
CREATE POLICY "annotation_revisions_seen" ON "comity"."annotation_revisions" AS PERMISSIVE FOR ALL TO "comity_app" USING (annotation_revisions.needs <> 0 and (annotation_revisions.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = annotation_revisions.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = annotation_revisions.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and (annotation_revisions.author_only is null or annotation_revisions.author_only = (select comity.member()))) WITH CHECK (annotation_revisions.needs <> 0 and (annotation_revisions.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = annotation_revisions.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = annotation_revisions.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and (annotation_revisions.author_only is null or annotation_revisions.author_only = (select comity.member())));--> statement-breakpoint
CREATE POLICY "annotation_revisions_definer" ON "comity"."annotation_revisions" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "annotations_seen" ON "comity"."annotations" AS PERMISSIVE FOR ALL TO "comity_app" USING (annotations.needs <> 0 and (annotations.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = annotations.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = annotations.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and (annotations.author_only is null or annotations.author_only = (select comity.member()))) WITH CHECK (annotations.needs <> 0 and (annotations.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = annotations.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = annotations.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and (annotations.author_only is null or annotations.author_only = (select comity.member())));--> statement-breakpoint
CREATE POLICY "annotations_definer" ON "comity"."annotations" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "assignments_seen" ON "comity"."assignments" AS PERMISSIVE FOR SELECT TO "comity_app" USING (assignments.needs <> 0 and (assignments.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = assignments.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = assignments.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1);--> statement-breakpoint
CREATE POLICY "assignments_changed" ON "comity"."assignments" AS PERMISSIVE FOR UPDATE TO "comity_app" USING (assignments.needs <> 0 and (assignments.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = assignments.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = assignments.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1) WITH CHECK (exists (select 1 from comity.cases c where c.id = assignments.case_id and c.lead_id = any ((select comity.viewers())::uuid[])));--> statement-breakpoint
CREATE POLICY "assignments_added" ON "comity"."assignments" AS PERMISSIVE FOR INSERT TO "comity_app" WITH CHECK (exists (select 1 from comity.cases c where c.id = assignments.case_id and c.lead_id = any ((select comity.viewers())::uuid[])));--> statement-breakpoint
CREATE POLICY "assignments_definer" ON "comity"."assignments" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "case_numbers_definer" ON "comity"."case_numbers" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "cases_seen" ON "comity"."cases" AS PERMISSIVE FOR ALL TO "comity_app" USING (cases.needs <> 0 and (cases.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = cases.id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = cases.id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1) WITH CHECK (cases.needs <> 0 and (cases.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = cases.id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = cases.id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1);--> statement-breakpoint
CREATE POLICY "cases_definer" ON "comity"."cases" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "person_contacts_seen" ON "comity"."person_contacts" AS PERMISSIVE FOR ALL TO "comity_app" USING (person_contacts.needs <> 0 and (person_contacts.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = person_contacts.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = person_contacts.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1) WITH CHECK (person_contacts.needs <> 0 and (person_contacts.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = person_contacts.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = person_contacts.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1);--> statement-breakpoint
CREATE POLICY "person_contacts_definer" ON "comity"."person_contacts" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "persons_seen" ON "comity"."persons" AS PERMISSIVE FOR ALL TO "comity_app" USING (persons.needs <> 0 and (persons.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = persons.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = persons.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1) WITH CHECK (persons.needs <> 0 and (persons.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = persons.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = persons.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1);--> statement-breakpoint
CREATE POLICY "persons_definer" ON "comity"."persons" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "recordings_seen" ON "comity"."recordings" AS PERMISSIVE FOR ALL TO "comity_app" USING (recordings.needs <> 0 and (recordings.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = recordings.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = recordings.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1) WITH CHECK (recordings.needs <> 0 and (recordings.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = recordings.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = recordings.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1);--> statement-breakpoint
CREATE POLICY "recordings_definer" ON "comity"."recordings" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "case_referrals_seen" ON "comity"."case_referrals" AS PERMISSIVE FOR ALL TO "comity_app" USING (case_referrals.needs <> 0 and (case_referrals.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = case_referrals.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = case_referrals.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1) WITH CHECK (case_referrals.needs <> 0 and (case_referrals.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = case_referrals.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = case_referrals.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1);--> statement-breakpoint
CREATE POLICY "case_referrals_definer" ON "comity"."case_referrals" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "case_reports_seen" ON "comity"."case_reports" AS PERMISSIVE FOR ALL TO "comity_app" USING (case_reports.needs <> 0 and (case_reports.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = case_reports.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = case_reports.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1) WITH CHECK (case_reports.needs <> 0 and (case_reports.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = case_reports.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = case_reports.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1);--> statement-breakpoint
CREATE POLICY "case_reports_definer" ON "comity"."case_reports" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "venues_seen" ON "comity"."venues" AS PERMISSIVE FOR ALL TO "comity_app" USING (venues.needs <> 0 and (venues.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = venues.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = venues.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1) WITH CHECK (venues.needs <> 0 and (venues.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = venues.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = venues.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1);--> statement-breakpoint
CREATE POLICY "venues_definer" ON "comity"."venues" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "charges_seen" ON "comity"."charges" AS PERMISSIVE FOR ALL TO "comity_app" USING (charges.needs <> 0 and (charges.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = charges.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = charges.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1) WITH CHECK (charges.needs <> 0 and (charges.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = charges.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = charges.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1);--> statement-breakpoint
CREATE POLICY "charges_definer" ON "comity"."charges" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "attestations_own" ON "comity"."attestations" AS PERMISSIVE FOR ALL TO "comity_app" USING (attestations.agency_id = (select comity.agency_id())) WITH CHECK (attestations.agency_id = (select comity.agency_id()));--> statement-breakpoint
CREATE POLICY "attestations_definer" ON "comity"."attestations" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "idempotency_keys_own" ON "comity"."idempotency_keys" AS PERMISSIVE FOR ALL TO "comity_app" USING (idempotency_keys.agency_id = (select comity.agency_id())) WITH CHECK (idempotency_keys.agency_id = (select comity.agency_id()));--> statement-breakpoint
CREATE POLICY "idempotency_keys_definer" ON "comity"."idempotency_keys" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "referral_packets_own" ON "comity"."referral_packets" AS PERMISSIVE FOR ALL TO "comity_app" USING (referral_packets.agency_id = (select comity.agency_id())) WITH CHECK (referral_packets.agency_id = (select comity.agency_id()));--> statement-breakpoint
CREATE POLICY "referral_packets_definer" ON "comity"."referral_packets" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "referrals_own" ON "comity"."referrals" AS PERMISSIVE FOR ALL TO "comity_app" USING (referrals.agency_id = (select comity.agency_id())) WITH CHECK (referrals.agency_id = (select comity.agency_id()));--> statement-breakpoint
CREATE POLICY "referrals_definer" ON "comity"."referrals" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "statistics_cells_definer" ON "comity"."statistics_cells" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "statistics_releases_definer" ON "comity"."statistics_releases" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "trail_events_seen" ON "comity"."trail_events" AS PERMISSIVE FOR ALL TO "comity_app" USING (trail_events.needs <> 0 and (trail_events.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = trail_events.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = trail_events.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((trail_events.needs & 768) = 0 or trail_events.acting_for = (select nullif(current_setting('comity.office', true), '')::uuid))) WITH CHECK (trail_events.needs <> 0 and (trail_events.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = trail_events.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = trail_events.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((trail_events.needs & 768) = 0 or trail_events.acting_for = (select nullif(current_setting('comity.office', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "trail_events_definer" ON "comity"."trail_events" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "trail_heads_definer" ON "comity"."trail_heads" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);