-- Calendar feeds: what is due, read by calendar programs by a signed address that is kept nowhere, with the eyes of the member who made
-- it. Locks nothing that stands. Way back: as comity_definer drop the function feed_reader, as comity_owner the table.
CREATE TABLE "comity"."calendar_feeds" (
	"id" uuid PRIMARY KEY NOT NULL,
	"office_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"kinds" text[],
	"only_mine" boolean NOT NULL,
	"created_at" timestamp(6) with time zone NOT NULL,
	"until" timestamp(6) with time zone NOT NULL,
	"revoked_by" uuid,
	"revoked_at" timestamp(6) with time zone,
	"last_read_at" timestamp(6) with time zone,
	CONSTRAINT "calendar_feeds_kinds_check" CHECK ("comity"."calendar_feeds"."kinds" <@ array['LIMITATION', 'REMOVAL_WINDOW', 'CAMERA_RETENTION', 'RETURN_ITEM', 'EXTERNAL_DEMAND', 'VICTIM_NOTICE', 'SUPERSESSION_HEARING', 'SUPERSESSION_DECISION']::text[]),
	CONSTRAINT "calendar_feeds_lifetime" CHECK ("comity"."calendar_feeds"."until" > "comity"."calendar_feeds"."created_at" and "comity"."calendar_feeds"."until" <= "comity"."calendar_feeds"."created_at" + interval '8784 hours'),
	CONSTRAINT "calendar_feeds_revoked" CHECK (num_nulls("comity"."calendar_feeds"."revoked_by", "comity"."calendar_feeds"."revoked_at") in (0, 2))
);
--> statement-breakpoint
ALTER TABLE "comity"."calendar_feeds" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "comity"."calendar_feeds" ADD CONSTRAINT "calendar_feeds_office_id_jurisdictions_id_fk" FOREIGN KEY ("office_id") REFERENCES "comity"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."calendar_feeds" ADD CONSTRAINT "calendar_feeds_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "comity"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "calendar_feeds_of_office" ON "comity"."calendar_feeds" USING btree ("office_id","created_at","id");--> statement-breakpoint
CREATE INDEX "calendar_feeds_of_member" ON "comity"."calendar_feeds" USING btree ("member_id") WHERE "comity"."calendar_feeds"."revoked_at" is null;--> statement-breakpoint
CREATE POLICY "calendar_feeds_seen" ON "comity"."calendar_feeds" AS PERMISSIVE FOR SELECT TO "comity_app" USING (calendar_feeds.office_id = (select nullif(current_setting('comity.office', true), '')::uuid)
  and (calendar_feeds.member_id = (select comity.member()) or exists (select 1 from comity.members m where m.id = (select comity.member()) and m.role in ('SUPERVISOR', 'ELECTED'))));--> statement-breakpoint
CREATE POLICY "calendar_feeds_made" ON "comity"."calendar_feeds" AS PERMISSIVE FOR INSERT TO "comity_app" WITH CHECK (calendar_feeds.office_id = (select nullif(current_setting('comity.office', true), '')::uuid)
  and (calendar_feeds.member_id = (select comity.member()) or exists (select 1 from comity.members m where m.id = (select comity.member()) and m.role in ('SUPERVISOR', 'ELECTED'))) and calendar_feeds.member_id = (select comity.member())
  and calendar_feeds.created_at <= statement_timestamp() and calendar_feeds.revoked_at is null and calendar_feeds.last_read_at is null);--> statement-breakpoint
CREATE POLICY "calendar_feeds_ended" ON "comity"."calendar_feeds" AS PERMISSIVE FOR UPDATE TO "comity_app" USING (calendar_feeds.office_id = (select nullif(current_setting('comity.office', true), '')::uuid)
  and (calendar_feeds.member_id = (select comity.member()) or exists (select 1 from comity.members m where m.id = (select comity.member()) and m.role in ('SUPERVISOR', 'ELECTED'))) and calendar_feeds.revoked_at is null) WITH CHECK (calendar_feeds.office_id = (select nullif(current_setting('comity.office', true), '')::uuid)
  and (calendar_feeds.member_id = (select comity.member()) or exists (select 1 from comity.members m where m.id = (select comity.member()) and m.role in ('SUPERVISOR', 'ELECTED'))) and (calendar_feeds.revoked_by is null or calendar_feeds.revoked_by = (select comity.member())));--> statement-breakpoint
CREATE POLICY "calendar_feeds_definer" ON "comity"."calendar_feeds" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
-- By hand:
alter table comity.calendar_feeds force row level security;--> statement-breakpoint
grant select, insert on comity.calendar_feeds to comity_app;--> statement-breakpoint
grant update (revoked_by, revoked_at, last_read_at) on comity.calendar_feeds to comity_app;--> statement-breakpoint
grant select on comity.calendar_feeds to comity_definer;--> statement-breakpoint

set role comity_definer;--> statement-breakpoint
-- With whose eyes a feed is read, and what it shows: of one that stands, and whose member still holds a seat in the office that it was
-- made in. Whoever asks has no context yet; what is told opens nothing.
create function comity.feed_reader(p_feed uuid) returns table (member_id uuid, kinds text[], only_mine boolean)
language sql stable security definer set search_path = comity, pg_catalog
begin atomic
  select f.member_id, f.kinds, f.only_mine from comity.calendar_feeds f join comity.members m on m.id = f.member_id and m.active and m.office_id = f.office_id
   where f.id = p_feed and f.revoked_at is null and statement_timestamp() < f.until;
end;--> statement-breakpoint
grant execute on function comity.feed_reader(uuid) to comity_app;--> statement-breakpoint
set role comity_owner;
