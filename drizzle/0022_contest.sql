-- Contests of venue: a candidate's claim that a case is its own and not its lead's, how the two agree or a court decides, and the
-- offer of the lead that it ends in. While one is open, the lead does not confirm the county alone. Locks cases, transfers and
-- venue_findings for the moment of a new trigger, and no row. Way back: drop the triggers cases_contests_lapse,
-- transfers_contests_follow and venue_findings_contested; drop the table venue_contests; as comity_definer, drop the functions
-- check_contest, contests_lapse, contests_follow and refuse_while_contested.
CREATE TABLE "comity"."venue_contests" (
	"case_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"needs" integer NOT NULL,
	"contestant_id" uuid NOT NULL,
	"lead_id" uuid NOT NULL,
	"grounds" text[] NOT NULL,
	"reason" text NOT NULL,
	"state" text NOT NULL,
	"contested_by" uuid NOT NULL,
	"contested_at" timestamp(6) with time zone NOT NULL,
	"answered_because" text,
	"answered_by" uuid,
	"answered_at" timestamp(6) with time zone,
	"court" text,
	"docket_number" text,
	"ordered_on" date,
	"decided_for" text,
	"document" text,
	"document_sha256" text,
	"recorded_by" uuid,
	"recorded_at" timestamp(6) with time zone,
	"transfer_id" uuid,
	"settles" text,
	"ended_at" timestamp(6) with time zone,
	CONSTRAINT "venue_contests_case_id_id_pk" PRIMARY KEY("case_id","id"),
	CONSTRAINT "venue_contests_two_offices" CHECK ("comity"."venue_contests"."contestant_id" <> "comity"."venue_contests"."lead_id"),
	CONSTRAINT "venue_contests_answered" CHECK (num_nulls("comity"."venue_contests"."answered_because", "comity"."venue_contests"."answered_by", "comity"."venue_contests"."answered_at") in (0, 3)),
	CONSTRAINT "venue_contests_decided" CHECK (num_nulls("comity"."venue_contests"."court", "comity"."venue_contests"."docket_number", "comity"."venue_contests"."ordered_on", "comity"."venue_contests"."decided_for", "comity"."venue_contests"."document", "comity"."venue_contests"."document_sha256", "comity"."venue_contests"."recorded_by", "comity"."venue_contests"."recorded_at") in (0, 8)),
	CONSTRAINT "venue_contests_court" CHECK ("comity"."venue_contests"."decided_for" is not null or "comity"."venue_contests"."state" not in ('DECISION_RECORDED', 'DECIDED_BY_COURT')),
	CONSTRAINT "venue_contests_sha256" CHECK ("comity"."venue_contests"."document_sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "venue_contests_offered" CHECK ("comity"."venue_contests"."state" <> 'OFFERED' or num_nulls("comity"."venue_contests"."transfer_id", "comity"."venue_contests"."settles") = 0),
	CONSTRAINT "venue_contests_ended" CHECK (("comity"."venue_contests"."ended_at" is null) = ("comity"."venue_contests"."state" in ('OPEN', 'DENIED', 'DECISION_RECORDED', 'OFFERED'))),
	CONSTRAINT "venue_contests_some_ground" CHECK (cardinality("comity"."venue_contests"."grounds") > 0),
	CONSTRAINT "venue_contests_grounds_check" CHECK ("comity"."venue_contests"."grounds" <@ array['OFFENCE_PLACE', 'ELEMENT', 'RESULT_DEATH', 'BODY_FOUND', 'BOUNDARY_DISTANCE']::text[]),
	CONSTRAINT "venue_contests_state_check" CHECK ("comity"."venue_contests"."state" in ('OPEN', 'DENIED', 'DECISION_RECORDED', 'OFFERED', 'AGREED_TO_CONTESTANT', 'AGREED_TO_LEAD', 'DECIDED_BY_COURT', 'WITHDRAWN', 'LAPSED')),
	CONSTRAINT "venue_contests_decided_for_check" CHECK ("comity"."venue_contests"."decided_for" in ('CONTESTANT', 'LEAD')),
	CONSTRAINT "venue_contests_settles_check" CHECK ("comity"."venue_contests"."settles" in ('AGREED_TO_CONTESTANT', 'AGREED_TO_LEAD', 'DECIDED_BY_COURT')),
	CONSTRAINT "venue_contests_needs_check" CHECK ("comity"."venue_contests"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."venue_contests" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "comity"."venue_contests" ADD CONSTRAINT "venue_contests_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "comity"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."venue_contests" ADD CONSTRAINT "venue_contests_contestant_id_jurisdictions_id_fk" FOREIGN KEY ("contestant_id") REFERENCES "comity"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."venue_contests" ADD CONSTRAINT "venue_contests_lead_id_jurisdictions_id_fk" FOREIGN KEY ("lead_id") REFERENCES "comity"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "venue_contests_open_once" ON "comity"."venue_contests" USING btree ("case_id","contestant_id") WHERE state in ('OPEN', 'DENIED', 'DECISION_RECORDED', 'OFFERED');--> statement-breakpoint
CREATE POLICY "venue_contests_seen" ON "comity"."venue_contests" AS PERMISSIVE FOR ALL TO "comity_app" USING (venue_contests.needs <> 0 and (venue_contests.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = venue_contests.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = venue_contests.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and (venue_contests.contestant_id = (select nullif(current_setting('comity.office', true), '')::uuid) or venue_contests.lead_id = (select nullif(current_setting('comity.office', true), '')::uuid))) WITH CHECK (venue_contests.needs <> 0 and (venue_contests.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = venue_contests.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = venue_contests.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and (venue_contests.contestant_id = (select nullif(current_setting('comity.office', true), '')::uuid) or venue_contests.lead_id = (select nullif(current_setting('comity.office', true), '')::uuid)));--> statement-breakpoint
CREATE POLICY "venue_contests_definer" ON "comity"."venue_contests" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
-- By hand:
alter table comity.venue_contests force row level security;--> statement-breakpoint
-- What offices say of venue is about a place, never about a person: reading it need not be logged.
alter table comity.venue_contests add constraint never_sensitive check (needs & 53256 = 0);--> statement-breakpoint
grant select, insert, update (state, settles, transfer_id, ended_at, answered_because, answered_by, answered_at, court, docket_number, ordered_on, decided_for,
  document, document_sha256, recorded_by, recorded_at) on comity.venue_contests to comity_app;--> statement-breakpoint
grant select, update (state, settles, ended_at) on comity.venue_contests to comity_definer;--> statement-breakpoint
set role comity_definer;--> statement-breakpoint

-- A contest is opened by a candidate against the office that leads, in its own name. What is open is moved by the side that is
-- asked, in its own name; a decision counts against the one who records it, or with the other's word; the case goes to the
-- contestant by an offer of the lead alone. What has ended stays.
create function comity.check_contest() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  office uuid := nullif(current_setting('comity.office', true), '')::uuid;
  side text := case office when new.contestant_id then 'CONTESTANT' when new.lead_id then 'LEAD' end;
  -- The state before, with the side for which a court is said to have decided, and whether a decision is recorded now.
  was text;
  records boolean;
begin
  if tg_op = 'INSERT' then
    if (side = 'CONTESTANT' and new.state = 'OPEN' and new.contested_by = comity.member() and new.contested_at = statement_timestamp()
        and num_nonnulls(new.answered_by, new.recorded_by, new.transfer_id, new.settles, new.ended_at) = 0
        and comity.holds_role('{SUPERVISOR,ELECTED}')
        and exists (select 1 from comity.cases c where c.id = new.case_id and c.lead_id = new.lead_id)
        and exists (select 1 from comity.venues v where v.case_id = new.case_id and v.jurisdiction_id = office)) is not true then
      raise exception 'venue is not contested so' using errcode = '42501';
    end if;
    return new;
  end if;
  was := old.state || case when old.state = 'DECISION_RECORDED' then '_FOR_' || old.decided_for else '' end;
  records := (new.court, new.docket_number, new.ordered_on, new.decided_for, new.document, new.document_sha256, new.recorded_by, new.recorded_at)
    is distinct from (old.court, old.docket_number, old.ordered_on, old.decided_for, old.document, old.document_sha256, old.recorded_by, old.recorded_at);
  if (comity.holds_role('{SUPERVISOR,ELECTED}') and (side = 'CONTESTANT' or comity.leads(new.case_id))
      and (not records or new.recorded_by = comity.member() and new.recorded_at = statement_timestamp() and old.state in ('OPEN', 'DENIED')
        and new.state in ('DECISION_RECORDED', 'DECIDED_BY_COURT', 'OFFERED'))
      and ((new.answered_because, new.answered_by, new.answered_at) is not distinct from (old.answered_because, old.answered_by, old.answered_at)
        or new.answered_by = comity.member() and new.answered_at = statement_timestamp())
      and case side
        when 'LEAD' then case new.state
          when 'DENIED' then was in ('OPEN', 'DECISION_RECORDED_FOR_CONTESTANT')
          when 'DECISION_RECORDED' then records and new.decided_for = 'LEAD'
          when 'OFFERED' then was in ('OPEN', 'DENIED', 'DECISION_RECORDED_FOR_CONTESTANT')
            and new.settles = case when records or was = 'DECISION_RECORDED_FOR_CONTESTANT' then 'DECIDED_BY_COURT' else 'AGREED_TO_CONTESTANT' end
            and (not records or new.decided_for = 'CONTESTANT')
            and exists (select 1 from comity.transfers t where t.case_id = new.case_id and t.id = new.transfer_id and t.state = 'PROPOSED'
              and t.from_id = new.lead_id and t.to_id = new.contestant_id) end
        when 'CONTESTANT' then case new.state
          when 'DENIED' then was = 'DECISION_RECORDED_FOR_LEAD'
          when 'DECISION_RECORDED' then records and new.decided_for = 'CONTESTANT'
          when 'DECIDED_BY_COURT' then was = 'DECISION_RECORDED_FOR_LEAD' or records and new.decided_for = 'LEAD'
          when 'AGREED_TO_LEAD' then was = 'DENIED'
          when 'WITHDRAWN' then old.state in ('OPEN', 'DENIED', 'DECISION_RECORDED') end
      end) is not true then
    raise exception 'a contest of venue is not moved so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint

-- A contest is against the office that leads: it ends when that office leads no longer, but where the contestant takes the lead that it is offered.
create function comity.contests_lapse() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  update comity.venue_contests k set state = 'LAPSED', settles = null, ended_at = statement_timestamp()
   where k.case_id = new.id and k.ended_at is null and not (k.state = 'OFFERED' and k.contestant_id is not distinct from new.lead_id);
  return null;
end $$;--> statement-breakpoint

-- What becomes of the offer of the lead that a contest led to: taken, it settles venue; not taken, the contest is withdrawn;
-- taken back, the lead denies it.
create function comity.contests_follow() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  update comity.venue_contests k set state = case new.state when 'ACCEPTED' then k.settles when 'REJECTED' then 'WITHDRAWN' else 'DENIED' end,
      settles = case new.state when 'ACCEPTED' then k.settles end, ended_at = case when new.state in ('ACCEPTED', 'REJECTED') then statement_timestamp() end
   where k.case_id = new.case_id and k.transfer_id = new.id and k.state = 'OFFERED';
  return null;
end $$;--> statement-breakpoint

-- To confirm the county would end the candidacy of who contests it, by the word of the lead alone.
create function comity.refuse_while_contested() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if exists (select 1 from comity.venue_contests k where k.case_id = new.case_id and k.ended_at is null) then
    raise exception 'Another office contests venue of this case. Settle that first.' using errcode = 'CM409';
  end if;
  return new;
end $$;--> statement-breakpoint
grant execute on function comity.check_contest(), comity.contests_lapse(), comity.contests_follow(), comity.refuse_while_contested() to comity_owner;--> statement-breakpoint
set role comity_owner;--> statement-breakpoint
create trigger venue_contests_written before insert or update on comity.venue_contests for each row when (current_user = 'comity_app') execute function comity.check_contest();--> statement-breakpoint
create trigger cases_contests_lapse after update of lead_id on comity.cases for each row
  when (old.lead_id is not null and new.lead_id is distinct from old.lead_id) execute function comity.contests_lapse();--> statement-breakpoint
create trigger transfers_contests_follow after update of state on comity.transfers for each row
  when (old.state = 'PROPOSED' and new.state <> 'PROPOSED') execute function comity.contests_follow();--> statement-breakpoint
create trigger venue_findings_contested before update of confirmed_county on comity.venue_findings for each row when (current_user = 'comity_definer') execute function comity.refuse_while_contested();--> statement-breakpoint
revoke execute on function comity.check_contest(), comity.contests_lapse(), comity.contests_follow(), comity.refuse_while_contested() from comity_owner;
