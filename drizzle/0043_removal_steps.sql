-- What happens to a removal is kept act by act, so that a judgment is judged by the day that it was entered on; a disposition can be set aside; and a
-- row in a compartment takes nobody's place outside of it. Locks removals, dispositions and court_dates against writes while their checks and
-- indexes are made anew (each row is read once). Way back: drop removal_steps and the column appealed, make the checks and indexes as in 0032; as
-- comity_definer the functions below as in 0032 and 0024.
CREATE TABLE "comity"."removal_steps" (
	"case_id" uuid NOT NULL,
	"removal_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"needs" integer NOT NULL,
	"act" text NOT NULL,
	"day" date NOT NULL,
	"state" text NOT NULL,
	"ruling" text,
	"standing" text GENERATED ALWAYS AS (case when state in ('WINDOW_CLOSED', 'LATE_LEAVE_SOUGHT') or ruling is not distinct from 'REMANDED' then 'FREE' when ruling = 'REMOVED' then 'REMOVED' else 'PENDING' end) STORED NOT NULL,
	"grounds" text[] NOT NULL,
	"federal_court" text,
	"docket_number" text,
	"hearing_on" date,
	"order" text,
	"appeal_docket" text,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "removal_steps_case_id_removal_id_position_pk" PRIMARY KEY("case_id","removal_id","position"),
	CONSTRAINT "removal_steps_act_check" CHECK ("comity"."removal_steps"."act" in ('FILE_NOTICE', 'CLOSE_WINDOW', 'SEEK_LATE_LEAVE', 'GRANT_LEAVE', 'REFUSE_LEAVE', 'REMAND_SUMMARILY', 'SET_HEARING', 'REMOVE', 'REMAND', 'APPEAL', 'AFFIRM', 'REVERSE', 'CLOSE')),
	CONSTRAINT "removal_steps_state_check" CHECK ("comity"."removal_steps"."state" in ('NOTICE_FILED', 'SUMMARY_REMAND', 'HEARING_SET', 'REMOVED', 'REMANDED', 'APPEAL_PENDING', 'CLOSED', 'WINDOW_CLOSED', 'LATE_LEAVE_SOUGHT')),
	CONSTRAINT "removal_steps_ruling_check" CHECK ("comity"."removal_steps"."ruling" in ('REMOVED', 'REMANDED')),
	CONSTRAINT "removal_steps_grounds_check" CHECK ("comity"."removal_steps"."grounds" <@ array['FEDERAL_OFFICER', 'TITLE_UNDER_FEDERAL_LAW', 'OFFICER_OF_FEDERAL_COURT', 'OFFICER_OF_CONGRESS', 'PROTECTION_FROM_VIOLENCE', 'IMMEDIATE_ASSISTANCE', 'PREVENTION_OF_ESCAPE', 'ARMED_FORCES', 'CIVIL_RIGHTS']::text[]),
	CONSTRAINT "removal_steps_position_check" CHECK ("comity"."removal_steps"."position" > 0),
	CONSTRAINT "removal_steps_needs_check" CHECK ("comity"."removal_steps"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."removal_steps" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "comity"."dispositions" DROP CONSTRAINT "dispositions_kind_check";--> statement-breakpoint
ALTER TABLE "comity"."dispositions" DROP CONSTRAINT "dispositions_reason_check";--> statement-breakpoint
DROP INDEX "comity"."court_dates_one_first";--> statement-breakpoint
DROP INDEX "comity"."removals_one_open";--> statement-breakpoint
ALTER TABLE "comity"."removals" ADD COLUMN "appealed" text;--> statement-breakpoint
ALTER TABLE "comity"."removal_steps" ADD CONSTRAINT "removal_steps_removal" FOREIGN KEY ("case_id","removal_id") REFERENCES "comity"."removals"("case_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "removal_steps_by_day" ON "comity"."removal_steps" USING btree ("case_id","removal_id","day","position");--> statement-breakpoint
CREATE UNIQUE INDEX "court_dates_one_first" ON "comity"."court_dates" USING btree ("case_id","person_id","kind",(needs & 49152)) WHERE "comity"."court_dates"."supersedes" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "removals_one_open" ON "comity"."removals" USING btree ("case_id","person_id","scope",(needs & 49152)) WHERE "comity"."removals"."ruling" is distinct from 'REMANDED';--> statement-breakpoint
ALTER TABLE "comity"."dispositions" ADD CONSTRAINT "dispositions_reopening_check" CHECK ("comity"."dispositions"."supersedes" is not null or "comity"."dispositions"."kind" not in ('VACATED', 'ENTERED_IN_ERROR'));--> statement-breakpoint
ALTER TABLE "comity"."dispositions" ADD CONSTRAINT "dispositions_kind_check" CHECK ("comity"."dispositions"."kind" in ('CONVICTED', 'PLEADED', 'ACQUITTED', 'DISMISSED', 'VACATED', 'ENTERED_IN_ERROR'));--> statement-breakpoint
ALTER TABLE "comity"."dispositions" ADD CONSTRAINT "dispositions_reason_check" CHECK (("comity"."dispositions"."reason" is not null) = ("comity"."dispositions"."kind" in ('DISMISSED', 'VACATED', 'ENTERED_IN_ERROR')));--> statement-breakpoint
ALTER TABLE "comity"."removals" ADD CONSTRAINT "removals_appealed_check" CHECK ("comity"."removals"."appealed" in ('SUMMARY_REMAND', 'REMOVED', 'REMANDED'));--> statement-breakpoint
grant update (appealed) on comity.removals to comity_definer;--> statement-breakpoint
set role comity_definer;--> statement-breakpoint
update comity.removals r set appealed = case when r.ruling = 'REMOVED' then 'REMOVED' when exists (select 1 from comity.trail_events e where e.case_id = r.case_id
    and e.act = 'REMOVAL_RECORDED' and e.body::jsonb ->> 'removalId' = r.id::text and e.body::jsonb ->> 'act' = 'REMAND_SUMMARILY') then 'SUMMARY_REMAND' else 'REMANDED' end where r.state = 'APPEAL_PENDING';--> statement-breakpoint
set role comity_owner;--> statement-breakpoint
revoke update (appealed) on comity.removals from comity_definer;--> statement-breakpoint
ALTER TABLE "comity"."removals" ADD CONSTRAINT "removals_appeal_check" CHECK (("comity"."removals"."appealed" is not null) = ("comity"."removals"."state" = 'APPEAL_PENDING'));--> statement-breakpoint
CREATE POLICY "removal_steps_seen" ON "comity"."removal_steps" AS PERMISSIVE FOR ALL TO "comity_app" USING (removal_steps.needs <> 0 and (removal_steps.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = removal_steps.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = removal_steps.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((select 1 from comity.removals r where r.case_id = removal_steps.case_id and r.id = removal_steps.removal_id) = 1)) WITH CHECK (removal_steps.needs <> 0 and (removal_steps.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = removal_steps.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = removal_steps.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((select 1 from comity.removals r where r.case_id = removal_steps.case_id and r.id = removal_steps.removal_id) = 1));--> statement-breakpoint
CREATE POLICY "removal_steps_definer" ON "comity"."removal_steps" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
-- By hand:
alter table comity.removal_steps force row level security;--> statement-breakpoint
create policy removal_steps_purpose on comity.removal_steps as restrictive for select to comity_app using (
  (removal_steps.needs & 49152) = 0 or (select comity.purpose()) is not null);--> statement-breakpoint
create policy removals_purpose on comity.removals as restrictive for select to comity_app using (
  (removals.needs & 49152) = 0 or (select comity.purpose()) is not null);--> statement-breakpoint
create policy court_dates_purpose on comity.court_dates as restrictive for select to comity_app using (
  (court_dates.needs & 49152) = 0 or (select comity.purpose()) is not null);--> statement-breakpoint
grant select, insert on comity.removal_steps to comity_app;--> statement-breakpoint
grant update (appealed, window_closed_on) on comity.removals to comity_app;--> statement-breakpoint
grant select, insert on comity.removal_steps to comity_definer;--> statement-breakpoint

set role comity_definer;--> statement-breakpoint

-- What is on record of removals until now, as far as their rows tell it: where a removal was granted and the case remanded later, both on the last day.
insert into comity.removal_steps (case_id, removal_id, position, needs, act, day, state, ruling, grounds, federal_court, docket_number, hearing_on, "order", appeal_docket, recorded_by, recorded_at)
select r.case_id, r.id, row_number() over (partition by r.case_id, r.id order by x.position), r.needs, x.act, x.day, x.state, x.ruling, case when x.position in (2, 4) then r.grounds else '{}' end,
  case when x.position in (2, 4) then r.federal_court end, case when x.position in (2, 4) then r.docket_number end, case x.act when 'SET_HEARING' then r.hearing_on end,
  case when x.position in (6, 7) then r."order" end, case x.act when 'APPEAL' then r.appeal_docket end, r.moved_by, r.moved_at
  from comity.removals r
  cross join lateral (select coalesce(r.appealed, case when r.state <> 'CLOSED' then r.state when r.ruling = 'REMOVED' then 'REMOVED' when r.hearing_on is null then 'SUMMARY_REMAND' else 'REMANDED' end) as ruled,
      exists (select 1 from comity.trail_events e where e.case_id = r.case_id and e.act = 'REMOVAL_RECORDED' and e.body::jsonb ->> 'removalId' = r.id::text and e.body::jsonb ->> 'act' = 'REVERSE') as reversed) k
  cross join lateral (values
    (1, 'CLOSE_WINDOW', r.window_closed_on, 'WINDOW_CLOSED', null),
    (2, 'SEEK_LATE_LEAVE', r.leave_sought_on, 'LATE_LEAVE_SOUGHT', null),
    (3, 'REFUSE_LEAVE', case when r.notice_filed_on is null then r.leave_decided_on end, 'WINDOW_CLOSED', null),
    (4, case when r.leave_decided_on is null then 'FILE_NOTICE' else 'GRANT_LEAVE' end, r.notice_filed_on, 'NOTICE_FILED', null),
    (5, 'SET_HEARING', case when r.hearing_on is null then null when r.ruled_on is null then r.notice_filed_on else least(r.hearing_on, r.ruled_on) end, 'HEARING_SET', null),
    (6, case k.ruled when 'SUMMARY_REMAND' then 'REMAND_SUMMARILY' when 'REMOVED' then 'REMOVE' else 'REMAND' end, r.ruled_on, k.ruled, case k.ruled when 'REMOVED' then 'REMOVED' else 'REMANDED' end),
    (7, 'APPEAL', r.appealed_on, 'APPEAL_PENDING', case k.ruled when 'REMOVED' then 'REMOVED' else 'REMANDED' end),
    (8, case when r.appealed_on is null then 'CLOSE' when k.reversed then 'REVERSE' else 'AFFIRM' end, r.closed_on, 'CLOSED', r.ruling)) x (position, act, day, state, ruling)
 where x.day is not null;--> statement-breakpoint

drop function comity.undisposed(uuid);--> statement-breakpoint

-- What removals of a person make of a judgment on a charge, at the end of a day, for the office that leads the case: FREE, PENDING from notice
-- to a ruling, REMOVED while the federal court has the case (28 U.S.C. 1455(b)(3), (5)). One in a compartment in which the charge is not tells
-- nothing: who sees the charge alone would learn of it.
create function comity.judgment_standing(p_case uuid, p_charge uuid, p_on date) returns text
language sql stable security definer set search_path = comity, pg_catalog
return case when comity.leads(p_case) then coalesce((
  select max(x.standing) from comity.charges h join comity.removals r on r.case_id = h.case_id and r.person_id = h.person_id and r.scope = 'WHOLE_CASE' and r.needs & ~h.needs & 49152 = 0
    cross join lateral (select s.standing from comity.removal_steps s where s.case_id = r.case_id and s.removal_id = r.id and s.act <> 'CLOSE_WINDOW' and s.day <= p_on
      order by s.day desc, s.position desc limit 1) x
   where h.case_id = p_case and h.id = p_charge), 'FREE') end;--> statement-breakpoint

-- How far the court is with what is filed of a case, for the office that leads it: NONE is filed, PENDING where a charge waits, DISPOSED where none
-- waits and another charge is open, OVER otherwise. What is in a compartment is left out, for a stage that met it would tell of it.
create function comity.court_standing(p_case uuid) returns text
language sql stable security definer set search_path = comity, pg_catalog
return case when comity.leads(p_case) then (
  select case when count(*) filter (where h.state = 'FILED') = 0 then 'NONE'
      when bool_or(h.state = 'FILED' and d.id is null) then 'PENDING'
      when bool_or(h.state = 'PROPOSED' and coalesce(x.outcome, 'NONE') in ('NONE', 'HOLD', 'CHARGE')) then 'DISPOSED' else 'OVER' end
    from comity.charges h
    left join comity.dispositions d on d.case_id = h.case_id and d.charge_id = h.id and d.kind not in ('VACATED', 'ENTERED_IN_ERROR')
      and not exists (select 1 from comity.dispositions later where later.case_id = d.case_id and later.supersedes = d.id)
    left join comity.decisions x on x.case_id = h.case_id and x.charge_id = h.id and x.state = 'STANDING'
   where h.case_id = p_case and h.state <> 'WITHDRAWN' and h.needs & 49152 = 0) end;--> statement-breakpoint

-- A day in court is entered by the lead, of a person against whom a charge is filed, in the place of one that holds; or as the first of those
-- that whoever sees it sees.
create or replace function comity.check_court_date() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if (new.recorded_by = comity.member() and comity.leads(new.case_id)
      and exists (select 1 from comity.charges h where h.case_id = new.case_id and h.person_id = new.person_id and h.state = 'FILED')
      and case when new.supersedes is null
        then not exists (select 1 from comity.court_dates c where c.case_id = new.case_id and c.person_id = new.person_id and c.kind = new.kind and c.needs & ~new.needs & 49152 = 0)
        else exists (select 1 from comity.court_dates c where c.case_id = new.case_id and c.person_id = new.person_id and c.kind = new.kind and c.id = new.supersedes
          and not exists (select 1 from comity.court_dates later where later.case_id = c.case_id and later.supersedes = c.id)) end) is not true then
    raise exception 'a day in court is not entered so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint

-- A filed charge is disposed of by the lead, in the place of the entry that holds: no conviction by the state court from notice to remand, nothing
-- by it while the federal court has the case, and nothing by a federal court that has not; an acquittal is not vacated.
create or replace function comity.check_disposition() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  standing text := comity.judgment_standing(new.case_id, new.charge_id, new.disposed_on);
  held record;
begin
  select d.id, d.kind into held from comity.dispositions d where d.case_id = new.case_id and d.charge_id = new.charge_id
    and not exists (select 1 from comity.dispositions later where later.case_id = d.case_id and later.supersedes = d.id);
  if (new.recorded_by = comity.member() and comity.leads(new.case_id)
      and exists (select 1 from comity.charges h where h.case_id = new.case_id and h.id = new.charge_id and h.state = 'FILED')
      and new.supersedes is not distinct from held.id
      and case when new.kind = 'VACATED' then held.kind in ('CONVICTED', 'PLEADED', 'DISMISSED')
        when new.kind = 'ENTERED_IN_ERROR' then held.kind <> 'ENTERED_IN_ERROR'
        when new.forum = 'FEDERAL' then standing = 'REMOVED'
        else standing = 'FREE' or standing = 'PENDING' and new.kind not in ('CONVICTED', 'PLEADED') end) is not true then
    raise exception 'a charge is not disposed of so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint
drop function comity.judgment_standing(uuid, uuid);--> statement-breakpoint

-- What happened to a removal is recorded by the lead in its own name, after the removal has come to where that leads, in order.
create function comity.check_removal_step() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if (comity.leads(new.case_id) and new.recorded_by = comity.member()
      and new.position = 1 + (select count(*) from comity.removal_steps s where s.case_id = new.case_id and s.removal_id = new.removal_id)
      and exists (select 1 from comity.removals r where r.case_id = new.case_id and r.id = new.removal_id and r.needs = new.needs and r.state = new.state and r.ruling is not distinct from new.ruling and r.moved_by = comity.member())
      and (new.act = 'FILE_NOTICE' or not exists (select 1 from comity.removal_steps s where s.case_id = new.case_id and s.removal_id = new.removal_id and s.day > new.day))) is not true then
    raise exception 'this is not put on record so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint

-- By the end of a transaction a removal stands where the last that happened to it led: nothing moves it that is not on record.
create function comity.check_removal_stepped() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if not exists (select 1 from comity.removals r join comity.removal_steps s on s.case_id = r.case_id and s.removal_id = r.id and s.state = r.state
      and s.position = (select max(l.position) from comity.removal_steps l where l.case_id = r.case_id and l.removal_id = r.id)
     where r.case_id = new.case_id and r.id = new.id) then
    raise exception 'a removal is moved by what happened to it' using errcode = '42501';
  end if;
  return null;
end $$;--> statement-breakpoint
grant execute on function comity.check_removal_step(), comity.check_removal_stepped(), comity.check_proceeding() to comity_owner;--> statement-breakpoint
grant execute on function comity.judgment_standing(uuid, uuid, date), comity.court_standing(uuid) to comity_app;--> statement-breakpoint

set role comity_owner;--> statement-breakpoint
create trigger removal_steps_written before insert on comity.removal_steps for each row when (current_user = 'comity_app') execute function comity.check_removal_step();--> statement-breakpoint
create constraint trigger removals_stepped after insert or update on comity.removals deferrable initially deferred for each row when (current_user = 'comity_app') execute function comity.check_removal_stepped();--> statement-breakpoint
create or replace trigger removals_written before insert or update on comity.removals for each row when (current_user = 'comity_app') execute function comity.check_proceeding('LATE_LEAVE_SOUGHT,NOTICE_FILED,WINDOW_CLOSED',
  'APPEAL_PENDING>CLOSED,APPEAL_PENDING>NOTICE_FILED,APPEAL_PENDING>REMANDED,APPEAL_PENDING>REMOVED,HEARING_SET>HEARING_SET,HEARING_SET>REMANDED,HEARING_SET>REMOVED,LATE_LEAVE_SOUGHT>NOTICE_FILED,LATE_LEAVE_SOUGHT>WINDOW_CLOSED,NOTICE_FILED>HEARING_SET,NOTICE_FILED>SUMMARY_REMAND,REMANDED>APPEAL_PENDING,REMANDED>CLOSED,REMOVED>APPEAL_PENDING,REMOVED>CLOSED,REMOVED>REMANDED,SUMMARY_REMAND>APPEAL_PENDING,SUMMARY_REMAND>CLOSED,WINDOW_CLOSED>LATE_LEAVE_SOUGHT,WINDOW_CLOSED>NOTICE_FILED');--> statement-breakpoint
revoke execute on function comity.check_removal_step(), comity.check_removal_stepped(), comity.check_proceeding() from comity_owner;--> statement-breakpoint
revoke insert on comity.removal_steps from comity_definer;
