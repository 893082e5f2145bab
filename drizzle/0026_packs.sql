-- Readiness packs in versions that agencies and administrators draft, propose and adopt, in the place of the table requirements; and
-- what an office does with referrals in which an elected official had a part. Locks case_reports while it gets a column
-- (no row is rewritten) and requirements while it goes: until the reference data are loaded again there is no pack, and
-- no server starts. Way back: drop admission_rules, pack_requirements, readiness_packs, the functions adopt_readiness_pack and
-- check_pack and the column flagged_for, create requirements as in 0001, and load the reference data of that release.
CREATE TABLE "comity"."pack_requirements" (
	"pack_id" uuid NOT NULL,
	"key" text NOT NULL,
	"position" integer NOT NULL,
	"looks_for" text NOT NULL,
	"asks" text NOT NULL,
	"remedy" text NOT NULL,
	"severity" text NOT NULL,
	"kinds" text[] DEFAULT '{}'::text[] NOT NULL,
	"levels" text[] DEFAULT '{}'::text[] NOT NULL,
	"anyone_injured" boolean,
	"minor_involved" boolean,
	"basis" text NOT NULL,
	CONSTRAINT "pack_requirements_pack_id_key_pk" PRIMARY KEY("pack_id","key"),
	CONSTRAINT "pack_requirements_looks_for" CHECK ("comity"."pack_requirements"."looks_for" in ('NARRATIVE', 'PLACE_AND_TIME', 'SIGNATURE', 'PROVENANCE', 'ELECTED_OFFICIAL', 'BODY_CAMERA', 'RECORDINGS_REGISTERED', 'SUPERVISOR_IDENTIFICATION', 'CREDENTIAL_CHECK', 'EMERGENCY_MEDICAL', 'EVIDENCE_PRESERVED', 'OFFENCE_LEVEL', 'OFFENCE_CITED', 'VICTIM_CONTACT', 'WITNESS', 'BY_HAND')),
	CONSTRAINT "pack_requirements_severity" CHECK ("comity"."pack_requirements"."severity" in ('ERROR', 'WARN', 'INFO')),
	CONSTRAINT "pack_requirements_kinds" CHECK ("comity"."pack_requirements"."kinds" <@ array['FORCE', 'SHOOTING', 'DEATH', 'DETENTION', 'ENTRY', 'PROPERTY', 'FALSE_STATEMENT', 'OTHER']::text[]),
	CONSTRAINT "pack_requirements_levels" CHECK ("comity"."pack_requirements"."levels" <@ array['FELONY', 'GROSS_MISDEMEANOR', 'MISDEMEANOR', 'EITHER']::text[]),
	CONSTRAINT "pack_requirements_by_hand" CHECK ("comity"."pack_requirements"."looks_for" <> 'BY_HAND' or "comity"."pack_requirements"."severity" <> 'ERROR')
);
--> statement-breakpoint
ALTER TABLE "comity"."pack_requirements" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."readiness_packs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agency_id" uuid,
	"slug" text NOT NULL,
	"version" integer NOT NULL,
	"state" text NOT NULL,
	"title" text NOT NULL,
	"issued_by" text NOT NULL,
	"basis" text NOT NULL,
	"valid_from" date NOT NULL,
	"drafted_by" uuid,
	"drafted_at" timestamp(6) with time zone NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"proposed_by" uuid,
	"proposed_at" timestamp(6) with time zone,
	"adopted_by" uuid,
	"adopted_at" timestamp(6) with time zone,
	"ended_at" timestamp(6) with time zone,
	CONSTRAINT "readiness_packs_version" UNIQUE NULLS NOT DISTINCT("agency_id","slug","version"),
	CONSTRAINT "readiness_packs_state_check" CHECK ("comity"."readiness_packs"."state" in ('DRAFT', 'PROPOSED', 'IN_FORCE', 'SUPERSEDED', 'WITHDRAWN')),
	CONSTRAINT "readiness_packs_slug" CHECK ("comity"."readiness_packs"."slug" ~ '^[a-z][a-z0-9-]{1,60}$'),
	CONSTRAINT "readiness_packs_two_people" CHECK ("comity"."readiness_packs"."adopted_by" <> "comity"."readiness_packs"."proposed_by")
);
--> statement-breakpoint
ALTER TABLE "comity"."readiness_packs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."admission_rules" (
	"book_id" uuid NOT NULL,
	"part" text NOT NULL,
	"answer" text NOT NULL,
	"basis" text NOT NULL,
	CONSTRAINT "admission_rules_book_id_part_pk" PRIMARY KEY("book_id","part"),
	CONSTRAINT "admission_rules_part" CHECK ("comity"."admission_rules"."part" in ('CONSULTED', 'DIRECTED')),
	CONSTRAINT "admission_rules_answer" CHECK ("comity"."admission_rules"."answer" in ('ACCEPT', 'FLAG', 'REFUSE'))
);
--> statement-breakpoint
ALTER TABLE "comity"."admission_rules" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "comity"."requirements" DISABLE ROW LEVEL SECURITY;--> statement-breakpoint
DROP TABLE "comity"."requirements" CASCADE;--> statement-breakpoint
ALTER TABLE "comity"."case_reports" ADD COLUMN "flagged_for" text;--> statement-breakpoint
ALTER TABLE "comity"."pack_requirements" ADD CONSTRAINT "pack_requirements_pack_id_readiness_packs_id_fk" FOREIGN KEY ("pack_id") REFERENCES "comity"."readiness_packs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."readiness_packs" ADD CONSTRAINT "readiness_packs_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "comity"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."admission_rules" ADD CONSTRAINT "admission_rules_book_id_rule_books_id_fk" FOREIGN KEY ("book_id") REFERENCES "comity"."rule_books"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "readiness_packs_in_force" ON "comity"."readiness_packs" USING btree ("agency_id") WHERE state = 'IN_FORCE';--> statement-breakpoint
CREATE INDEX "readiness_packs_by_draft" ON "comity"."readiness_packs" USING btree ("drafted_at","id");--> statement-breakpoint
CREATE INDEX "case_reports_flagged" ON "comity"."case_reports" USING btree ("case_id") WHERE flagged_for is not null;--> statement-breakpoint
ALTER TABLE "comity"."case_reports" ADD CONSTRAINT "case_reports_flagged_for" CHECK ("comity"."case_reports"."flagged_for" in ('NONE', 'CONSULTED', 'DIRECTED'));--> statement-breakpoint
CREATE POLICY "pack_requirements_read" ON "comity"."pack_requirements" AS PERMISSIVE FOR SELECT TO "comity_app" USING (exists (select 1 from comity.readiness_packs p where p.id = pack_requirements.pack_id));--> statement-breakpoint
CREATE POLICY "pack_requirements_added" ON "comity"."pack_requirements" AS PERMISSIVE FOR INSERT TO "comity_app" WITH CHECK (exists (select 1 from comity.readiness_packs p where p.id = pack_requirements.pack_id and p.state = 'DRAFT'));--> statement-breakpoint
CREATE POLICY "pack_requirements_removed" ON "comity"."pack_requirements" AS PERMISSIVE FOR DELETE TO "comity_app" USING (exists (select 1 from comity.readiness_packs p where p.id = pack_requirements.pack_id and p.state = 'DRAFT'));--> statement-breakpoint
CREATE POLICY "pack_requirements_definer" ON "comity"."pack_requirements" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "readiness_packs_read" ON "comity"."readiness_packs" AS PERMISSIVE FOR SELECT TO "comity_app" USING ((readiness_packs.agency_id = (select comity.agency_id()) or (readiness_packs.agency_id is null and '00000000-0000-8000-8000-00000000ad31'::uuid = any ((select comity.viewers())::uuid[]))) or ((readiness_packs.agency_id is null or (select comity.agency_id()) is null) and readiness_packs.state in ('IN_FORCE', 'SUPERSEDED'))
  or (readiness_packs.agency_id is null and readiness_packs.state = 'PROPOSED' and (select comity.agency_id()) is not null));--> statement-breakpoint
CREATE POLICY "readiness_packs_drafted" ON "comity"."readiness_packs" AS PERMISSIVE FOR INSERT TO "comity_app" WITH CHECK ((readiness_packs.agency_id = (select comity.agency_id()) or (readiness_packs.agency_id is null and '00000000-0000-8000-8000-00000000ad31'::uuid = any ((select comity.viewers())::uuid[]))) and readiness_packs.state = 'DRAFT' and readiness_packs.version > 0 and readiness_packs.drafted_by = (select comity.member()));--> statement-breakpoint
CREATE POLICY "readiness_packs_changed" ON "comity"."readiness_packs" AS PERMISSIVE FOR UPDATE TO "comity_app" USING ((readiness_packs.agency_id = (select comity.agency_id()) or (readiness_packs.agency_id is null and '00000000-0000-8000-8000-00000000ad31'::uuid = any ((select comity.viewers())::uuid[]))) and readiness_packs.state in ('DRAFT', 'PROPOSED')) WITH CHECK ((readiness_packs.agency_id = (select comity.agency_id()) or (readiness_packs.agency_id is null and '00000000-0000-8000-8000-00000000ad31'::uuid = any ((select comity.viewers())::uuid[]))) and readiness_packs.state in ('DRAFT', 'PROPOSED', 'WITHDRAWN'));--> statement-breakpoint
CREATE POLICY "readiness_packs_definer" ON "comity"."readiness_packs" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "admission_rules_read" ON "comity"."admission_rules" AS PERMISSIVE FOR SELECT TO "comity_app" USING (exists (select 1 from comity.rule_books b where b.id = admission_rules.book_id));--> statement-breakpoint
CREATE POLICY "admission_rules_added" ON "comity"."admission_rules" AS PERMISSIVE FOR INSERT TO "comity_app" WITH CHECK (exists (select 1 from comity.rule_books b where b.id = admission_rules.book_id and b.state = 'DRAFT'
    and b.jurisdiction_id = (select nullif(current_setting('comity.office', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "admission_rules_removed" ON "comity"."admission_rules" AS PERMISSIVE FOR DELETE TO "comity_app" USING (exists (select 1 from comity.rule_books b where b.id = admission_rules.book_id and b.state = 'DRAFT'
    and b.jurisdiction_id = (select nullif(current_setting('comity.office', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "admission_rules_definer" ON "comity"."admission_rules" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
-- By hand:
alter table comity.readiness_packs force row level security;--> statement-breakpoint
alter table comity.pack_requirements force row level security;--> statement-breakpoint
alter table comity.admission_rules force row level security;--> statement-breakpoint
grant select on comity.readiness_packs, comity.pack_requirements, comity.admission_rules to comity_app, comity_definer;--> statement-breakpoint
grant insert, update (state, title, issued_by, basis, valid_from, revision, proposed_by, proposed_at, ended_at) on comity.readiness_packs to comity_app;--> statement-breakpoint
grant insert, delete on comity.pack_requirements, comity.admission_rules to comity_app;--> statement-breakpoint
grant insert, update on comity.readiness_packs to comity_definer;--> statement-breakpoint
grant insert, update, delete on comity.pack_requirements to comity_definer;--> statement-breakpoint
set role comity_definer;--> statement-breakpoint

-- A pack is drafted by a supervisor of its agency, or an administrator; it is proposed in one's own name, and fixed from then on.
create function comity.check_pack() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if (comity.holds_role('{SUPERVISOR,ADMINISTRATOR}') and new.adopted_by is null and case
      when tg_op = 'INSERT' then new.proposed_by is null
      when old.state = 'PROPOSED' then new.state = 'WITHDRAWN' and (new.title, new.issued_by, new.basis, new.valid_from, new.proposed_by) = (old.title, old.issued_by, old.basis, old.valid_from, old.proposed_by)
      when new.state = 'PROPOSED' then new.proposed_by = comity.member()
      else new.proposed_by is null
    end) is not true then
    raise exception 'a readiness pack is not written so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint

-- Puts a proposed pack into force. The versions of its directive that begin on its first day or later are replaced for all of
-- their days; those that begin earlier judge the days before.
create function comity.adopt_readiness_pack(p_pack uuid) returns void
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  me comity.members;
  pack comity.readiness_packs;
  now_is timestamptz;
begin
  select * into me from comity.members m where m.id = comity.member() and m.active;
  select * into pack from comity.readiness_packs p where p.id = p_pack;
  if pack.id is null or me.id is null or (pack.agency_id is not null and pack.agency_id is distinct from me.agency_id)
    or (pack.agency_id is null and pack.state in ('DRAFT', 'WITHDRAWN') and me.role <> 'ADMINISTRATOR') then
    raise exception 'There is no such thing here.' using errcode = 'CM404';
  elsif me.kind <> 'PERSON' or me.agency_id is distinct from pack.agency_id or me.role <> (case when pack.agency_id is null then 'ADMINISTRATOR' else 'SUPERVISOR' end) then
    raise exception 'Your seat does not permit this act.' using errcode = 'CM403';
  end if;
  perform pg_advisory_xact_lock(hashtextextended(coalesce(pack.agency_id::text, 'coalition'), 7205));
  select * into strict pack from comity.readiness_packs p where p.id = p_pack for update;
  if pack.state <> 'PROPOSED' then
    raise exception 'Only a proposed readiness pack is adopted. Read it again.' using errcode = 'CM409';
  elsif pack.proposed_by = me.id then
    raise exception 'A readiness pack is adopted by another person than the one who proposed it.' using errcode = 'CM403';
  end if;
  -- Not the statement's: it may have begun before another version was adopted, and waited.
  now_is := clock_timestamp();
  update comity.readiness_packs p set state = 'SUPERSEDED', ended_at = now_is
   where p.agency_id is not distinct from pack.agency_id and p.slug = pack.slug and p.state = 'IN_FORCE' and p.valid_from >= pack.valid_from;
  update comity.readiness_packs p set state = 'IN_FORCE', adopted_by = me.id, adopted_at = now_is where p.id = p_pack;
end $$;--> statement-breakpoint
grant execute on function comity.adopt_readiness_pack(uuid) to comity_app;--> statement-breakpoint
grant execute on function comity.check_pack() to comity_owner;--> statement-breakpoint
set role comity_owner;--> statement-breakpoint
create trigger readiness_packs_written before insert or update on comity.readiness_packs for each row when (current_user = 'comity_app') execute function comity.check_pack();--> statement-breakpoint
revoke execute on function comity.check_pack() from comity_owner;
