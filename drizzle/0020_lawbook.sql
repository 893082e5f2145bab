-- Statutes get counsel's word and their successors: who confirmed which wording of a text, where the law went on when a text ended, and
-- whose entry it is; and the rule on supersession becomes a kind of rule of law. Locks statutes and statute_versions while they get their
-- columns (no row is rewritten), and state_rules while its check is replaced. Way back: drop the function attest_statute, the trigger
-- statute_versions_reworded with its function, the table statute_attestations and the three columns, remove the rules of the new kind and
-- make the check of 0001 again.
CREATE TABLE "comity"."statute_attestations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"member_id" uuid NOT NULL,
	"attested_by" text NOT NULL,
	"at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "statute_attestations_wording" UNIQUE("version_id","revision")
);
--> statement-breakpoint
ALTER TABLE "comity"."state_rules" DROP CONSTRAINT "state_rules_kind";--> statement-breakpoint
ALTER TABLE "comity"."statute_versions" ADD COLUMN "superseded_by" uuid;--> statement-breakpoint
ALTER TABLE "comity"."statute_versions" ADD COLUMN "revision" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "comity"."statutes" ADD COLUMN "origin" text DEFAULT 'SHIPPED' NOT NULL;--> statement-breakpoint
ALTER TABLE "comity"."statute_attestations" ADD CONSTRAINT "statute_attestations_version_id_statute_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "comity"."statute_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."statute_attestations" ADD CONSTRAINT "statute_attestations_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "comity"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."statute_versions" ADD CONSTRAINT "statute_versions_superseded_by_statutes_id_fk" FOREIGN KEY ("superseded_by") REFERENCES "comity"."statutes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "statute_versions_superseded_by" ON "comity"."statute_versions" USING btree ("superseded_by");--> statement-breakpoint
ALTER TABLE "comity"."state_rules" ADD CONSTRAINT "state_rules_kind" CHECK ("comity"."state_rules"."kind" in ('LIMITATION', 'VENUE_BOUNDARY', 'BODY_CAMERA_RETENTION', 'CHARGING_INSTRUMENT', 'VICTIM_NOTICE', 'FEDERAL_REMOVAL', 'EXTERNAL_DEMAND_REGIME', 'SUPERSESSION', 'RESTRICTION'));--> statement-breakpoint
ALTER TABLE "comity"."statute_versions" ADD CONSTRAINT "statute_versions_superseded" CHECK ("comity"."statute_versions"."superseded_by" is null or "comity"."statute_versions"."valid_to" is not null and "comity"."statute_versions"."superseded_by" <> "comity"."statute_versions"."statute_id");--> statement-breakpoint
ALTER TABLE "comity"."statutes" ADD CONSTRAINT "statutes_origin" CHECK ("comity"."statutes"."origin" in ('SHIPPED', 'COUNSEL'));--> statement-breakpoint
-- By hand:
grant select on comity.statute_attestations to comity_app, comity_definer;--> statement-breakpoint
grant insert on comity.statute_attestations to comity_definer;--> statement-breakpoint
grant update (attested_by) on comity.statute_versions to comity_definer;--> statement-breakpoint
create trigger statute_attestations_append_only before update or delete or truncate on comity.statute_attestations for each statement execute function comity.refuse_change();--> statement-breakpoint

-- A text that says something else is nobody's word any more, whoever changed it. Its end, and where the law went on, are not what it says.
create function comity.reword_statute() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - '{attested_by,revision,valid_to,superseded_by}'::text[] is distinct from to_jsonb(old) - '{attested_by,revision,valid_to,superseded_by}'::text[] then
    new.revision := old.revision + 1;
    new.attested_by := null;
  end if;
  return new;
end $$;--> statement-breakpoint
create trigger statute_versions_reworded before update on comity.statute_versions for each row execute function comity.reword_statute();--> statement-breakpoint

set role comity_definer;--> statement-breakpoint
-- Puts the caller's name under a text of the law of their own state, in the wording that they read.
create function comity.attest_statute(p_version uuid, p_revision integer, p_id uuid) returns void
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  the_name text;
begin
  select m.name || ', ' || j.name into the_name
    from comity.members m join comity.jurisdictions j on j.id = m.office_id
    join comity.statute_versions v on v.id = p_version join comity.statutes s on s.id = v.statute_id
   where m.id = comity.member() and m.active and m.kind = 'PERSON' and m.role in ('ATTORNEY', 'SUPERVISOR', 'ELECTED') and j.state = s.state;
  if the_name is null then
    raise exception 'A text of law is confirmed by an attorney of its state.' using errcode = 'CM403';
  end if;
  update comity.statute_versions v set attested_by = the_name where v.id = p_version and v.revision = p_revision and v.attested_by is null;
  if not found then
    raise exception 'This text was confirmed or changed meanwhile: read it again.' using errcode = 'CM409';
  end if;
  insert into comity.statute_attestations (id, version_id, revision, member_id, attested_by, at)
    values (p_id, p_version, p_revision, comity.member(), the_name, statement_timestamp());
end $$;--> statement-breakpoint
revoke all on function comity.attest_statute(uuid, integer, uuid) from public;--> statement-breakpoint
grant execute on function comity.attest_statute(uuid, integer, uuid) to comity_app;--> statement-breakpoint
set role comity_owner;
