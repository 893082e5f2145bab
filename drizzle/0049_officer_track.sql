-- The rendition of an accused goes from the warrant and the arrest on; what is held there has a clock; the immunity of an accused before the courts is kept;
-- and an approval of CHARGE names the analysis that it rests on. Locks renditions while its rows are carried over (each is written once), state_rules,
-- calendar_feeds, proceeding_steps and decision_grounds for a moment, and clocks while its checks are made anew (each row is read once). Way back: drop
-- immunity_proceedings, the steps of the kinds RENDITION and IMMUNITY, the clocks of the kind RENDITION_HOLD and the new columns; give renditions its
-- columns and checks as in 0032, from the days that they are here; make the policies and checks as in 0031, 0032, 0037, 0040, 0044 and 0045; as
-- comity_definer the functions below as in 0024, 0039, 0043, 0044 and 0047.
CREATE TABLE "comity"."immunity_proceedings" (
	"case_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"needs" integer NOT NULL,
	"person_id" uuid NOT NULL,
	"state" text NOT NULL,
	"forum" text,
	"circuit" text,
	"court" text,
	"analysis_id" uuid,
	"anticipated_on" date,
	"raised_on" date,
	"hearing_on" date,
	"ruled_on" date,
	"ruling" text,
	"authorised" text,
	"necessary" text,
	"decision" text,
	"appealed_on" date,
	"appeal_docket" text,
	"appeal_decided_on" date,
	"appeal_decision" text,
	"final_on" date,
	"charge_ids" uuid[] NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp(6) with time zone NOT NULL,
	"moved_by" uuid NOT NULL,
	"moved_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "immunity_proceedings_case_id_id_pk" PRIMARY KEY("case_id","id"),
	CONSTRAINT "immunity_proceedings_state_check" CHECK ("comity"."immunity_proceedings"."state" in ('ANTICIPATED', 'RAISED', 'HEARING', 'GRANTED', 'DENIED', 'INTERLOCUTORY_APPEAL', 'FINAL')),
	CONSTRAINT "immunity_proceedings_forum_check" CHECK ("comity"."immunity_proceedings"."forum" in ('STATE', 'FEDERAL')),
	CONSTRAINT "immunity_proceedings_circuit_check" CHECK ("comity"."immunity_proceedings"."circuit" in ('FIRST', 'SECOND', 'THIRD', 'FOURTH', 'FIFTH', 'SIXTH', 'SEVENTH', 'EIGHTH', 'NINTH', 'TENTH', 'ELEVENTH', 'DC')),
	CONSTRAINT "immunity_proceedings_ruling_check" CHECK ("comity"."immunity_proceedings"."ruling" in ('GRANTED', 'DENIED')),
	CONSTRAINT "immunity_proceedings_authorised_check" CHECK ("comity"."immunity_proceedings"."authorised" in ('MET', 'NOT_MET', 'UNCLEAR')),
	CONSTRAINT "immunity_proceedings_necessary_check" CHECK ("comity"."immunity_proceedings"."necessary" in ('MET', 'NOT_MET', 'UNCLEAR')),
	CONSTRAINT "immunity_proceedings_raised_check" CHECK (("comity"."immunity_proceedings"."state" = 'ANTICIPATED') = ("comity"."immunity_proceedings"."raised_on" is null) and ("comity"."immunity_proceedings"."raised_on" is null or num_nulls("comity"."immunity_proceedings"."forum", "comity"."immunity_proceedings"."court") = 0) and ("comity"."immunity_proceedings"."forum" is distinct from 'FEDERAL' or "comity"."immunity_proceedings"."circuit" is not null)),
	CONSTRAINT "immunity_proceedings_ruled_check" CHECK (case when "comity"."immunity_proceedings"."state" in ('GRANTED', 'DENIED') then "comity"."immunity_proceedings"."ruling" = "comity"."immunity_proceedings"."state" when "comity"."immunity_proceedings"."state" in ('INTERLOCUTORY_APPEAL', 'FINAL') then "comity"."immunity_proceedings"."ruling" is not null else "comity"."immunity_proceedings"."ruling" is null end is true),
	CONSTRAINT "immunity_proceedings_questions_check" CHECK (case "comity"."immunity_proceedings"."ruling" when 'GRANTED' then "comity"."immunity_proceedings"."authorised" = 'MET' and "comity"."immunity_proceedings"."necessary" = 'MET' when 'DENIED' then not ("comity"."immunity_proceedings"."authorised" = 'MET' and "comity"."immunity_proceedings"."necessary" = 'MET') else num_nulls("comity"."immunity_proceedings"."authorised", "comity"."immunity_proceedings"."necessary") = 2 end is true),
	CONSTRAINT "immunity_proceedings_final_check" CHECK (("comity"."immunity_proceedings"."final_on" is not null) = ("comity"."immunity_proceedings"."state" = 'FINAL') and ("comity"."immunity_proceedings"."state" <> 'INTERLOCUTORY_APPEAL' or "comity"."immunity_proceedings"."appealed_on" is not null)),
	CONSTRAINT "immunity_proceedings_needs_check" CHECK ("comity"."immunity_proceedings"."needs" > 0)
);--> statement-breakpoint
ALTER TABLE "comity"."immunity_proceedings" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "comity"."clocks" DROP CONSTRAINT "clocks_kind_check";--> statement-breakpoint
ALTER TABLE "comity"."clocks" DROP CONSTRAINT "clocks_needs_of_kind";--> statement-breakpoint
ALTER TABLE "comity"."calendar_feeds" DROP CONSTRAINT "calendar_feeds_kinds_check";--> statement-breakpoint
ALTER TABLE "comity"."proceeding_steps" DROP CONSTRAINT "proceeding_steps_kind_check";--> statement-breakpoint
ALTER TABLE "comity"."renditions" DROP CONSTRAINT "renditions_state_check";--> statement-breakpoint
ALTER TABLE "comity"."renditions" DROP CONSTRAINT "renditions_ended_check";--> statement-breakpoint
ALTER TABLE "comity"."state_rules" DROP CONSTRAINT "state_rules_kind";--> statement-breakpoint
DROP INDEX "comity"."renditions_one_open";--> statement-breakpoint
ALTER TABLE "comity"."renditions" ALTER COLUMN "asylum_state" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "comity"."decision_grounds" ADD COLUMN "immunity_analysis_id" uuid;--> statement-breakpoint
ALTER TABLE "comity"."proceeding_steps" ADD COLUMN "reference" text;--> statement-breakpoint
ALTER TABLE "comity"."renditions" ADD COLUMN "warrant_active_on" date;--> statement-breakpoint
ALTER TABLE "comity"."renditions" ADD COLUMN "extradition_limitation" text;--> statement-breakpoint
ALTER TABLE "comity"."renditions" ADD COLUMN "arrest_on" date;--> statement-breakpoint
ALTER TABLE "comity"."renditions" ADD COLUMN "extension_until" date;--> statement-breakpoint
ALTER TABLE "comity"."renditions" ADD COLUMN "extended_on" date;--> statement-breakpoint
ALTER TABLE "comity"."renditions" ADD COLUMN "extension_order" text;--> statement-breakpoint
ALTER TABLE "comity"."renditions" ADD COLUMN "governor_request_on" date;--> statement-breakpoint
ALTER TABLE "comity"."renditions" ADD COLUMN "agent_of_state" text;--> statement-breakpoint
ALTER TABLE "comity"."renditions" ADD COLUMN "governor_warrant_on" date;--> statement-breakpoint
ALTER TABLE "comity"."renditions" ADD COLUMN "refused_on" date;--> statement-breakpoint
ALTER TABLE "comity"."renditions" ADD COLUMN "habeas_on" date;--> statement-breakpoint
ALTER TABLE "comity"."renditions" ADD COLUMN "habeas_decided_on" date;--> statement-breakpoint
ALTER TABLE "comity"."renditions" ADD COLUMN "returned_on" date;--> statement-breakpoint
ALTER TABLE "comity"."renditions" ADD COLUMN "released_on" date;--> statement-breakpoint
ALTER TABLE "comity"."renditions" ADD COLUMN "withdrawn_on" date;--> statement-breakpoint
ALTER TABLE "comity"."immunity_proceedings" ADD CONSTRAINT "immunity_proceedings_person" FOREIGN KEY ("case_id","person_id") REFERENCES "comity"."persons"("case_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."immunity_proceedings" ADD CONSTRAINT "immunity_proceedings_analysis" FOREIGN KEY ("case_id","analysis_id") REFERENCES "comity"."immunity_analyses"("case_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "immunity_proceedings_of_person" ON "comity"."immunity_proceedings" USING btree ("case_id","person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "immunity_proceedings_one_open" ON "comity"."immunity_proceedings" USING btree ("case_id","person_id") WHERE "comity"."immunity_proceedings"."needs" & 49152 = 0 and "comity"."immunity_proceedings"."state" <> 'FINAL';--> statement-breakpoint
ALTER TABLE "comity"."clocks" ADD CONSTRAINT "clocks_kind_check" CHECK ("comity"."clocks"."kind" in ('LIMITATION', 'REMOVAL_WINDOW', 'CAMERA_RETENTION', 'RETURN_ITEM', 'EXTERNAL_DEMAND', 'VICTIM_NOTICE', 'SUPERSESSION_HEARING', 'SUPERSESSION_DECISION', 'RENDITION_HOLD'));--> statement-breakpoint
ALTER TABLE "comity"."clocks" ADD CONSTRAINT "clocks_needs_of_kind" CHECK (needs & case kind when 'LIMITATION' then 16 when 'REMOVAL_WINDOW' then 84 when 'CAMERA_RETENTION' then 32 when 'RETURN_ITEM' then 2 when 'EXTERNAL_DEMAND' then 64 when 'VICTIM_NOTICE' then 20 when 'SUPERSESSION_HEARING' then 64 when 'SUPERSESSION_DECISION' then 64 when 'RENDITION_HOLD' then 84 end = case kind when 'LIMITATION' then 16 when 'REMOVAL_WINDOW' then 84 when 'CAMERA_RETENTION' then 32 when 'RETURN_ITEM' then 2 when 'EXTERNAL_DEMAND' then 64 when 'VICTIM_NOTICE' then 20 when 'SUPERSESSION_HEARING' then 64 when 'SUPERSESSION_DECISION' then 64 when 'RENDITION_HOLD' then 84 end);--> statement-breakpoint
ALTER TABLE "comity"."calendar_feeds" ADD CONSTRAINT "calendar_feeds_kinds_check" CHECK ("comity"."calendar_feeds"."kinds" <@ array['LIMITATION', 'REMOVAL_WINDOW', 'CAMERA_RETENTION', 'RETURN_ITEM', 'EXTERNAL_DEMAND', 'VICTIM_NOTICE', 'SUPERSESSION_HEARING', 'SUPERSESSION_DECISION', 'RENDITION_HOLD']::text[]);--> statement-breakpoint
ALTER TABLE "comity"."proceeding_steps" ADD CONSTRAINT "proceeding_steps_kind_check" CHECK ("comity"."proceeding_steps"."kind" in ('SUPERSESSION', 'PARALLEL_PROCEEDING', 'RENDITION', 'IMMUNITY'));--> statement-breakpoint
ALTER TABLE "comity"."state_rules" ADD CONSTRAINT "state_rules_kind" CHECK ("comity"."state_rules"."kind" in ('LIMITATION', 'VENUE_BOUNDARY', 'BODY_CAMERA_RETENTION', 'CHARGING_INSTRUMENT', 'VICTIM_NOTICE', 'FEDERAL_REMOVAL', 'EXTERNAL_DEMAND_REGIME', 'SUPERSESSION', 'RENDITION', 'RESTRICTION'));--> statement-breakpoint
-- By hand:
grant select on comity.renditions, comity.immunity_analyses to comity_definer;--> statement-breakpoint
grant update on comity.renditions to comity_definer;--> statement-breakpoint
grant insert on comity.proceeding_steps to comity_definer;--> statement-breakpoint
grant select, update (immunity_analysis_id) on comity.decision_grounds to comity_definer;--> statement-breakpoint
set role comity_definer;--> statement-breakpoint
-- What was asked of a Governor was asked before an arrest until now, and who was arrested was arrested on the Governor's warrant; a hearing was that of a challenge.
update comity.renditions set governor_request_on = requested_on, arrest_on = arrested_on, returned_on = delivered_on,
  governor_warrant_on = case when state in ('WARRANT_ISSUED', 'ARRESTED') then coalesce(warrant_on, requested_on) else warrant_on end,
  waived_on = case state when 'WAIVED' then coalesce(waived_on, arrested_on, requested_on) else waived_on end, habeas_on = case state when 'HEARING' then coalesce(heard_on, arrested_on, requested_on) else heard_on end,
  refused_on = case state when 'REFUSED' then ended_on end, withdrawn_on = case state when 'WITHDRAWN' then ended_on end,
  state = case state when 'REQUESTED' then 'GOVERNOR_REQUEST_SENT' when 'WARRANT_ISSUED' then 'GOVERNOR_WARRANT' when 'ARRESTED' then 'GOVERNOR_WARRANT' when 'HEARING' then 'HABEAS' when 'DELIVERED' then 'RETURNED' else state end;--> statement-breakpoint
-- What is on record until now, as far as the rows tell it.
insert into comity.proceeding_steps (case_id, kind, about_id, position, needs, act, day, state, recorded_by, recorded_at)
select r.case_id, 'RENDITION', r.id, row_number() over (partition by r.case_id, r.id order by x.position), r.needs, x.act, x.day, x.state, r.moved_by, r.moved_at
  from comity.renditions r
  cross join lateral (values (1, 'SEND_GOVERNOR_REQUEST', r.governor_request_on, 'GOVERNOR_REQUEST_SENT'), (2, 'SERVE_GOVERNOR_WARRANT', r.governor_warrant_on, 'GOVERNOR_WARRANT'), (3, 'ARREST', r.arrest_on, 'GOVERNOR_WARRANT'),
    (4, 'WAIVE', r.waived_on, 'WAIVED'), (5, 'CHALLENGE', r.habeas_on, 'HABEAS'),
    (6, case r.state when 'RETURNED' then 'RETURN' when 'REFUSED' then 'REFUSE' else 'WITHDRAW' end, coalesce(r.returned_on, r.refused_on, r.withdrawn_on), r.state)) x (position, act, day, state)
 where x.day is not null;--> statement-breakpoint
update comity.decision_grounds g set immunity_analysis_id = (select i.id from comity.immunity_analyses i join comity.charges h on h.case_id = i.case_id and h.person_id = i.person_id
    where h.case_id = d.case_id and h.id = d.charge_id and i.state = 'REVIEWED' and i.reviewed_at <= d.answered_at order by i.drafted_at desc, i.id desc limit 1)
  from comity.decisions d where d.case_id = g.case_id and d.id = g.decision_id and d.outcome = 'CHARGE' and d.state in ('STANDING', 'SUPERSEDED');--> statement-breakpoint
set role comity_owner;--> statement-breakpoint
revoke insert on comity.proceeding_steps from comity_definer;--> statement-breakpoint
revoke update on comity.renditions from comity_definer;--> statement-breakpoint
revoke update (immunity_analysis_id) on comity.decision_grounds from comity_definer;--> statement-breakpoint
ALTER TABLE "comity"."renditions" DROP COLUMN "requested_on";--> statement-breakpoint
ALTER TABLE "comity"."renditions" DROP COLUMN "warrant_on";--> statement-breakpoint
ALTER TABLE "comity"."renditions" DROP COLUMN "arrested_on";--> statement-breakpoint
ALTER TABLE "comity"."renditions" DROP COLUMN "heard_on";--> statement-breakpoint
ALTER TABLE "comity"."renditions" DROP COLUMN "delivered_on";--> statement-breakpoint
ALTER TABLE "comity"."renditions" DROP COLUMN "ended_on";--> statement-breakpoint
CREATE UNIQUE INDEX "renditions_one_open" ON "comity"."renditions" USING btree ("case_id","person_id") WHERE "comity"."renditions"."needs" & 49152 = 0 and "comity"."renditions"."state" not in ('RETURNED', 'RELEASED', 'REFUSED', 'WITHDRAWN');--> statement-breakpoint
ALTER TABLE "comity"."renditions" ADD CONSTRAINT "renditions_arrest_check" CHECK ("comity"."renditions"."arrest_on" is null or "comity"."renditions"."asylum_state" is not null);--> statement-breakpoint
ALTER TABLE "comity"."renditions" ADD CONSTRAINT "renditions_hold_check" CHECK (num_nulls("comity"."renditions"."extension_until", "comity"."renditions"."extended_on", "comity"."renditions"."extension_order") in (0, 3) and ("comity"."renditions"."extension_until" is null or "comity"."renditions"."arrest_on" is not null));--> statement-breakpoint
ALTER TABLE "comity"."renditions" ADD CONSTRAINT "renditions_days_check" CHECK (case "comity"."renditions"."state" when 'ARRESTED_ELSEWHERE' then "comity"."renditions"."arrest_on" is not null when 'WAIVED' then "comity"."renditions"."waived_on" is not null when 'GOVERNOR_REQUEST_SENT' then "comity"."renditions"."governor_request_on" is not null
      when 'GOVERNOR_WARRANT' then "comity"."renditions"."governor_warrant_on" is not null when 'REFUSED' then num_nulls("comity"."renditions"."refused_on", "comity"."renditions"."reason") = 0 when 'HABEAS' then "comity"."renditions"."habeas_on" is not null else true end);--> statement-breakpoint
ALTER TABLE "comity"."renditions" ADD CONSTRAINT "renditions_state_check" CHECK ("comity"."renditions"."state" in ('WARRANT_ACTIVE', 'ARRESTED_ELSEWHERE', 'WAIVED', 'GOVERNOR_REQUEST_SENT', 'GOVERNOR_WARRANT', 'REFUSED', 'HABEAS', 'RETURNED', 'RELEASED', 'WITHDRAWN'));--> statement-breakpoint
ALTER TABLE "comity"."renditions" ADD CONSTRAINT "renditions_ended_check" CHECK (("comity"."renditions"."returned_on" is not null) = ("comity"."renditions"."state" = 'RETURNED') and ("comity"."renditions"."released_on" is not null) = ("comity"."renditions"."state" = 'RELEASED') and ("comity"."renditions"."withdrawn_on" is not null) = ("comity"."renditions"."state" = 'WITHDRAWN')
      and ("comity"."renditions"."state" not in ('RELEASED', 'WITHDRAWN') or "comity"."renditions"."reason" is not null));--> statement-breakpoint
CREATE POLICY "immunity_proceedings_seen" ON "comity"."immunity_proceedings" AS PERMISSIVE FOR ALL TO "comity_app" USING (immunity_proceedings.needs <> 0 and (immunity_proceedings.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = immunity_proceedings.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = immunity_proceedings.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((select 1 from comity.persons p where p.case_id = immunity_proceedings.case_id and p.id = immunity_proceedings.person_id) = 1 and (immunity_proceedings.state = 'ANTICIPATED' or (select 1 from comity.filings f join comity.charges h on h.case_id = f.case_id and h.id = f.charge_id
     where f.case_id = immunity_proceedings.case_id and h.person_id = immunity_proceedings.person_id limit 1) = 1))) WITH CHECK (immunity_proceedings.needs <> 0 and (immunity_proceedings.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = immunity_proceedings.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = immunity_proceedings.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((select 1 from comity.persons p where p.case_id = immunity_proceedings.case_id and p.id = immunity_proceedings.person_id) = 1 and (immunity_proceedings.state = 'ANTICIPATED' or (select 1 from comity.filings f join comity.charges h on h.case_id = f.case_id and h.id = f.charge_id
     where f.case_id = immunity_proceedings.case_id and h.person_id = immunity_proceedings.person_id limit 1) = 1)));--> statement-breakpoint
CREATE POLICY "immunity_proceedings_definer" ON "comity"."immunity_proceedings" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
ALTER POLICY "clocks_seen" ON "comity"."clocks" TO comity_app USING (clocks.needs <> 0 and (clocks.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = clocks.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = clocks.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and (case clocks.kind
    when 'LIMITATION' then (select 1 from comity.charges h where h.case_id = clocks.case_id and h.id = clocks.about_id)
    when 'CAMERA_RETENTION' then (select 1 from comity.recordings r where r.case_id = clocks.case_id and r.id = clocks.about_id)
    when 'RETURN_ITEM' then (select 1 from comity.return_items i where i.case_id = clocks.case_id and i.id = clocks.about_id)
    when 'VICTIM_NOTICE' then (select 1 from comity.persons p where p.case_id = clocks.case_id and p.id = clocks.about_id)
    when 'REMOVAL_WINDOW' then (select 1 from comity.persons p where p.case_id = clocks.case_id and p.id = clocks.about_id
      and (select 1 from comity.filings f join comity.charges h on h.case_id = f.case_id and h.id = f.charge_id where f.case_id = p.case_id and h.person_id = p.id limit 1) = 1)
    when 'EXTERNAL_DEMAND' then (select 1 from comity.external_demands d where d.case_id = clocks.case_id and d.id = clocks.about_id)
    when 'RENDITION_HOLD' then (select 1 from comity.renditions r where r.case_id = clocks.case_id and r.id = clocks.about_id)
    else (select 1 from comity.supersessions s where s.case_id = clocks.case_id and s.id = clocks.about_id) end = 1)) WITH CHECK (clocks.needs <> 0 and (clocks.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = clocks.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = clocks.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and (case clocks.kind
    when 'LIMITATION' then (select 1 from comity.charges h where h.case_id = clocks.case_id and h.id = clocks.about_id)
    when 'CAMERA_RETENTION' then (select 1 from comity.recordings r where r.case_id = clocks.case_id and r.id = clocks.about_id)
    when 'RETURN_ITEM' then (select 1 from comity.return_items i where i.case_id = clocks.case_id and i.id = clocks.about_id)
    when 'VICTIM_NOTICE' then (select 1 from comity.persons p where p.case_id = clocks.case_id and p.id = clocks.about_id)
    when 'REMOVAL_WINDOW' then (select 1 from comity.persons p where p.case_id = clocks.case_id and p.id = clocks.about_id
      and (select 1 from comity.filings f join comity.charges h on h.case_id = f.case_id and h.id = f.charge_id where f.case_id = p.case_id and h.person_id = p.id limit 1) = 1)
    when 'EXTERNAL_DEMAND' then (select 1 from comity.external_demands d where d.case_id = clocks.case_id and d.id = clocks.about_id)
    when 'RENDITION_HOLD' then (select 1 from comity.renditions r where r.case_id = clocks.case_id and r.id = clocks.about_id)
    else (select 1 from comity.supersessions s where s.case_id = clocks.case_id and s.id = clocks.about_id) end = 1));--> statement-breakpoint
ALTER POLICY "proceeding_steps_seen" ON "comity"."proceeding_steps" TO comity_app USING (proceeding_steps.needs <> 0 and (proceeding_steps.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = proceeding_steps.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = proceeding_steps.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((case proceeding_steps.kind
    when 'SUPERSESSION' then (select 1 from comity.supersessions s where s.case_id = proceeding_steps.case_id and s.id = proceeding_steps.about_id)
    when 'RENDITION' then (select 1 from comity.renditions r where r.case_id = proceeding_steps.case_id and r.id = proceeding_steps.about_id)
    when 'IMMUNITY' then (select 1 from comity.immunity_proceedings i where i.case_id = proceeding_steps.case_id and i.id = proceeding_steps.about_id)
    else (select 1 from comity.parallel_proceedings p where p.case_id = proceeding_steps.case_id and p.id = proceeding_steps.about_id) end) = 1)) WITH CHECK (proceeding_steps.needs <> 0 and (proceeding_steps.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = proceeding_steps.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = proceeding_steps.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((case proceeding_steps.kind
    when 'SUPERSESSION' then (select 1 from comity.supersessions s where s.case_id = proceeding_steps.case_id and s.id = proceeding_steps.about_id)
    when 'RENDITION' then (select 1 from comity.renditions r where r.case_id = proceeding_steps.case_id and r.id = proceeding_steps.about_id)
    when 'IMMUNITY' then (select 1 from comity.immunity_proceedings i where i.case_id = proceeding_steps.case_id and i.id = proceeding_steps.about_id)
    else (select 1 from comity.parallel_proceedings p where p.case_id = proceeding_steps.case_id and p.id = proceeding_steps.about_id) end) = 1));--> statement-breakpoint
-- By hand:
alter table comity.immunity_proceedings force row level security;--> statement-breakpoint
create policy immunity_proceedings_purpose on comity.immunity_proceedings as restrictive for select to comity_app using (
  (immunity_proceedings.needs & 49152) = 0 or (select comity.purpose()) is not null);--> statement-breakpoint
create policy renditions_purpose on comity.renditions as restrictive for select to comity_app using (
  (renditions.needs & 49152) = 0 or (select comity.purpose()) is not null);--> statement-breakpoint
alter policy trail_events_beside on comity.trail_events using (
  case when starts_with(trail_events.act, 'COOPERATION_') then (select 1 from comity.cooperation_events x where x.case_id = trail_events.case_id and x.id = (trail_events.body::jsonb ->> 'eventId')::uuid) = 1
    when starts_with(trail_events.act, 'DEMAND_') or trail_events.act in ('PRODUCTION_RECEIVED', 'PRESERVATION_LIFTED') then (select 1 from comity.external_demands x where x.case_id = trail_events.case_id and x.id = (trail_events.body::jsonb ->> 'demandId')::uuid) = 1
    when trail_events.act = 'REMOVAL_RECORDED' then (select 1 from comity.removals x where x.case_id = trail_events.case_id and x.id = (trail_events.body::jsonb ->> 'removalId')::uuid) = 1
    when trail_events.act = 'PARALLEL_RECORDED' then (select 1 from comity.parallel_proceedings x where x.case_id = trail_events.case_id and x.id = (trail_events.body::jsonb ->> 'proceedingId')::uuid) = 1
    when trail_events.act = 'RENDITION_RECORDED' then (select 1 from comity.renditions x where x.case_id = trail_events.case_id and x.id = (trail_events.body::jsonb ->> 'renditionId')::uuid) = 1
    when trail_events.act in ('ARRAIGNED', 'TRIAL_SET') then (select 1 from comity.court_dates x where x.case_id = trail_events.case_id and x.id = (trail_events.body::jsonb ->> 'courtDateId')::uuid) = 1
    when trail_events.act in ('DISPOSITION_RECORDED', 'PROOF_LINKED', 'PROOF_WITHDRAWN', 'ELEMENT_ASSESSED') then (select 1 from comity.charges x where x.case_id = trail_events.case_id and x.id = (trail_events.body::jsonb ->> 'chargeId')::uuid) = 1
    when trail_events.act = 'IMMUNITY_RECORDED' then (select 1 from comity.immunity_proceedings x where x.case_id = trail_events.case_id and x.id = (trail_events.body::jsonb ->> 'proceedingId')::uuid) = 1
    when trail_events.act in ('AFFILIATION_RECORDED', 'VICTIM_NOTICE_RECORDED') or starts_with(trail_events.act, 'IMMUNITY_') then (select 1 from comity.persons x where x.case_id = trail_events.case_id and x.id = (trail_events.body::jsonb ->> 'personId')::uuid) = 1
    else true end);--> statement-breakpoint
grant select, insert on comity.immunity_proceedings to comity_app;--> statement-breakpoint
grant update (state, forum, circuit, court, analysis_id, anticipated_on, raised_on, hearing_on, ruled_on, ruling, authorised, necessary, decision, appealed_on, appeal_docket, appeal_decided_on, appeal_decision, final_on, charge_ids, moved_by, moved_at) on comity.immunity_proceedings to comity_app;--> statement-breakpoint
grant update (asylum_state, arrest_on, extension_until, extended_on, extension_order, governor_request_on, agent_of_state, governor_warrant_on, refused_on, habeas_on, habeas_decided_on, returned_on, released_on, withdrawn_on) on comity.renditions to comity_app;--> statement-breakpoint
grant update (immunity_analysis_id) on comity.decision_grounds to comity_app;--> statement-breakpoint
grant select on comity.immunity_proceedings to comity_definer;--> statement-breakpoint
set role comity_definer;--> statement-breakpoint
-- All that the clocks of cases depend on, as before, with who is held in another state.
create or replace function comity.clock_facts_of(p_cases uuid[]) returns table (facts jsonb)
language plpgsql security definer set search_path = comity, pg_catalog set enable_seqscan = off as $$
begin
  perform 1 from comity.trail_heads t where t.case_id = any (p_cases) and t.chain = 'CASE' order by t.case_id for update;
  return query select jsonb_build_object(
    'caseId', c.id, 'state', c.state, 'timeZone', coalesce(j.time_zone, l.time_zone, 'UTC'), 'incidentOn', c.incident_on,
    'charges', (select coalesce(jsonb_agg(jsonb_build_object(
        'id', h.id, 'needs', h.needs, 'personId', h.person_id, 'offenceOn', h.offence_on, 'offenceUntil', h.offence_until, 'level', h.level, 'versionId', v.id,
        'statute', jsonb_build_object('state', s.state, 'citation', s.citation),
        'version', jsonb_build_object('validFrom', v.valid_from, 'validTo', v.valid_to, 'level', v.level, 'limitation', v.limitation,
          'appliesToFederalOfficer', v.applies_to_federal_officer, 'confidence', v.confidence),
        'filedOn', f.filed_on) order by h.id), '[]')
      from comity.charges h join comity.statute_versions v on v.id = h.statute_version_id join comity.statutes s on s.id = h.statute_id
      left join comity.filings f on f.case_id = h.case_id and f.charge_id = h.id
     where h.case_id = c.id and h.state <> 'WITHDRAWN' and not o.over),
    'recordings', (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'needs', r.needs, 'capturedFrom', to_json(coalesce(r.captured_from, r.captured_to))) order by r.id), '[]')
      from comity.recordings r where r.case_id = c.id and r.kind = 'BODY_CAMERA' and not o.over),
    'items', (select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'needs', i.needs, 'askedAt', to_json(i.asked_at), 'dueOn', i.due_on,
        'receivedAt', case when i.state = 'RECEIVED' then to_json(i.state_since) end) order by i.id), '[]')
      from comity.return_items i where i.case_id = c.id and i.state in ('REQUESTED', 'DISPUTED', 'OVERRULED', 'RECEIVED') and not o.over),
    'victims', (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'needs', p.needs,
        'told', (select coalesce(jsonb_agg(jsonb_build_object('kind', n.kind, 'sentOn', n.sent_on)), '[]')
          from comity.victim_notices n where n.case_id = p.case_id and n.person_id = p.id)) order by p.id), '[]')
      from comity.persons p where p.case_id = c.id and p.part = 'VICTIM'),
    'accused', (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'needs', p.needs | 80,
        'arraignedOn', (select d.day from comity.court_dates d where d.case_id = p.case_id and d.person_id = p.id and d.kind = 'ARRAIGNMENT' and d.needs & ~w.apart & 49152 = 0 order by d.recorded_at desc, d.id desc limit 1),
        'trialStartsOn', (select d.day from comity.court_dates d where d.case_id = p.case_id and d.person_id = p.id and d.kind = 'TRIAL' and d.needs & ~w.apart & 49152 = 0 order by d.recorded_at desc, d.id desc limit 1),
        'noticeFiledOn', w.noticed) order by p.id), '[]')
      from comity.persons p
      cross join lateral (select x.apart, x.waits, r.noticed, r.closed from (
          select bit_and(h.needs) as apart, bool_or(not exists (select 1 from comity.dispositions d where d.case_id = h.case_id and d.charge_id = h.id and d.kind not in ('VACATED', 'ENTERED_IN_ERROR')
              and not exists (select 1 from comity.dispositions l where l.case_id = d.case_id and l.supersedes = d.id))) as waits
            from comity.filings f join comity.charges h on h.case_id = f.case_id and h.id = f.charge_id where f.case_id = p.case_id and h.person_id = p.id) x
        cross join lateral (select min(r.notice_filed_on) as noticed, coalesce(bool_or(r.state = 'WINDOW_CLOSED'), false) as closed from comity.removals r
           where r.case_id = p.case_id and r.person_id = p.id and r.scope = 'WHOLE_CASE' and r.needs & ~x.apart & 49152 = 0) r) w
     where p.case_id = c.id and not o.over and w.apart is not null
       -- The window is of nobody's concern once the court has disposed of every charge without a notice, or it is on record that it closed.
       and (w.noticed is not null or w.waits and not w.closed)
       and coalesce((select a.affiliation from comity.affiliations a where a.case_id = p.case_id and a.person_id = p.id order by a.recorded_at desc, a.id desc limit 1), 'UNKNOWN')
         in ('FEDERAL', 'UNKNOWN')),
    'petitions', (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'needs', s.needs, 'judgeAssignedOn', s.judge_assigned_on, 'heardOn', s.heard_on, 'decidedOn', s.decided_on) order by s.id), '[]')
      from comity.supersessions s where s.case_id = c.id and not o.over and s.state <> 'WITHDRAWN' and (s.decided_on is null or s.heard_on is not null)),
    'demands', (select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'needs', d.needs, 'regime', d.regime, 'servedOn', d.served_on, 'returnOn', d.respond_by, 'answeredOn', w.answered) order by d.id), '[]')
      from comity.external_demands d
      -- Answered once all of it is, on the day of the last first answer; what lies in a compartment is left out, for it would tell of itself.
      cross join lateral (select case when d.regime = 'PRESERVATION_LETTER' then d.answered_on
          when not exists (select 1 from comity.demand_items i left join comity.charges h on h.case_id = i.case_id and h.id = i.charge_id
            where i.case_id = d.case_id and i.demand_id = d.id and i.state = 'ASKED' and coalesce(h.needs, 0) & ~d.needs & 49152 = 0)
          then coalesce((select max(e.first) from (select min(e.day) as first from comity.demand_entries e join comity.demand_items i on i.case_id = e.case_id and i.id = e.item_id
              left join comity.charges h on h.case_id = i.case_id and h.id = i.charge_id
             where e.case_id = d.case_id and e.demand_id = d.id and e.kind = 'ANSWERED' and coalesce(h.needs, 0) & ~d.needs & 49152 = 0 group by e.item_id) e), d.answered_on) end as answered) w
     where d.case_id = c.id and not o.over and d.served_on is not null and d.state <> 'WITHDRAWN' and (w.answered is not null or d.lifted_on is null and d.state <> 'DISMISSED')),
    'held', (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'needs', r.needs, 'asylumState', r.asylum_state, 'arrestOn', r.arrest_on, 'extensionUntil', r.extension_until,
        'endedOn', least(r.governor_warrant_on, r.waived_on, r.returned_on, r.released_on)) order by r.id), '[]')
      -- Who was arrested on the Governor's warrant is held on that.
      from comity.renditions r where r.case_id = c.id and not o.over and r.arrest_on is not null and r.state <> 'WITHDRAWN' and (r.governor_warrant_on is null or r.arrest_on < r.governor_warrant_on)),
    'disposed', (select coalesce(jsonb_agg(distinct jsonb_build_object('on', d.disposed_on, 'apart', h.needs & 49152)), '[]')
      from comity.dispositions d join comity.charges h on h.case_id = d.case_id and h.id = d.charge_id where d.case_id = c.id and d.kind not in ('VACATED', 'ENTERED_IN_ERROR')
       and not exists (select 1 from comity.dispositions l where l.case_id = d.case_id and l.supersedes = d.id)),
    'recorded', (select coalesce(jsonb_agg(jsonb_build_object('kind', k.kind, 'aboutId', k.about_id, 'fromOn', k.from_on, 'toOn', k.to_on, 'grounds', k.grounds,
        'source', k.source, 'recordedBy', m.name, 'attestedBy', a.name) order by k.recorded_at desc, k.id desc), '[]')
      from comity.clock_facts k join comity.members m on m.id = k.recorded_by left join comity.members a on a.id = k.attested_by
     where k.case_id = c.id and k.withdrawn_at is null),
    'rules', (select coalesce(jsonb_agg(jsonb_build_object('kind', r.kind, 'state', r.state, 'body', r.body, 'citation', r.citation, 'source', r.source, 'confidence', r.confidence)
        order by r.kind, r.state, r.position), '[]')
      from comity.state_rules r where r.state in (c.state, '*') and r.kind in ('LIMITATION', 'BODY_CAMERA_RETENTION', 'VICTIM_NOTICE', 'FEDERAL_REMOVAL', 'SUPERSESSION', 'EXTERNAL_DEMAND_REGIME')
        or r.kind = 'RENDITION' and exists (select 1 from comity.renditions x where x.case_id = c.id and r.state in (x.asylum_state, '*'))))
    from comity.cases c cross join lateral (select c.stage = 'MERGED' or c.stage = 'CLOSED' and not exists (select 1 from comity.dispositions d where d.case_id = c.id) as over) o
    left join comity.jurisdictions j on j.id = c.jurisdiction_id
    left join comity.jurisdictions l on l.id = c.lead_id
   where c.id = any (p_cases);
end $$;--> statement-breakpoint
-- Cases whose clocks rest on a rule that says something else by now, or that lack one, as before, with who is held in another state.
create or replace function comity.clocks_outdated(p_texts jsonb, p_versions text[], p_behind uuid, p_limit integer) returns setof uuid
language sql stable security definer set search_path = comity, pg_catalog as $$
  select x.case_id from (
    select k.case_id from comity.clocks k where k.superseded_at is null and case when k.version_id is null
        then k.rule ->> 'version' <> all (p_versions) else k.rule ->> 'version' is distinct from p_texts ->> k.version_id::text end
    union
    select h.case_id from comity.charges h where h.state <> 'WITHDRAWN'
      and not exists (select 1 from comity.clocks k where k.case_id = h.case_id and k.kind = 'LIMITATION' and k.about_id = h.id and k.superseded_at is null)
    union
    select r.case_id from comity.recordings r where r.kind = 'BODY_CAMERA'
      and not exists (select 1 from comity.clocks k where k.case_id = r.case_id and k.kind = 'CAMERA_RETENTION' and k.about_id = r.id and k.superseded_at is null)
    union
    select i.case_id from comity.return_items i where i.state in ('REQUESTED', 'DISPUTED', 'OVERRULED', 'RECEIVED')
      and not exists (select 1 from comity.clocks k where k.case_id = i.case_id and k.kind = 'RETURN_ITEM' and k.about_id = i.id and k.superseded_at is null)
    union
    select d.case_id from comity.external_demands d where d.served_on is not null and d.state not in ('WITHDRAWN', 'DISMISSED') and d.lifted_on is null
      and exists (select 1 from comity.state_rules r where r.kind = 'EXTERNAL_DEMAND_REGIME' and r.body ->> 'regime' = d.regime)
      and not exists (select 1 from comity.clocks k where k.case_id = d.case_id and k.kind = 'EXTERNAL_DEMAND' and k.about_id = d.id and k.superseded_at is null)
    union
    select s.case_id from comity.supersessions s join comity.cases c on c.id = s.case_id where s.state <> 'WITHDRAWN' and (s.decided_on is null or s.heard_on is not null)
      and exists (select 1 from comity.state_rules r where r.kind = 'SUPERSESSION' and r.state = c.state)
      and not exists (select 1 from comity.clocks k where k.case_id = s.case_id and k.kind = 'SUPERSESSION_HEARING' and k.about_id = s.id and k.superseded_at is null)
    union
    select h.case_id from comity.filings f join comity.charges h on h.case_id = f.case_id and h.id = f.charge_id
     where exists (select 1 from comity.state_rules r where r.kind = 'FEDERAL_REMOVAL' and r.state = '*')
       and not exists (select 1 from comity.dispositions d where d.case_id = h.case_id and d.charge_id = h.id)
       and coalesce((select a.affiliation from comity.affiliations a where a.case_id = h.case_id and a.person_id = h.person_id order by a.recorded_at desc, a.id desc limit 1), 'UNKNOWN') in ('FEDERAL', 'UNKNOWN')
       and not exists (select 1 from comity.removals r where r.case_id = h.case_id and r.person_id = h.person_id and r.state = 'WINDOW_CLOSED')
       and not exists (select 1 from comity.clocks k where k.case_id = h.case_id and k.kind = 'REMOVAL_WINDOW' and k.about_id = h.person_id and k.superseded_at is null)
    union
    -- The rule of the state where somebody is held goes before that of every state.
    select r.case_id from comity.renditions r
      cross join lateral (select s.citation from comity.state_rules s where s.kind = 'RENDITION' and s.state in (r.asylum_state, '*') order by s.state = '*', s.position limit 1) law
     where r.arrest_on is not null and r.state <> 'WITHDRAWN' and (r.governor_warrant_on is null or r.arrest_on < r.governor_warrant_on)
       and not exists (select 1 from comity.clocks k where k.case_id = r.case_id and k.kind = 'RENDITION_HOLD' and k.about_id = r.id and k.superseded_at is null and k.rule ->> 'citation' is not distinct from law.citation)
    union
    -- A notice to each victim for each day on which something was filed or disposed of, for each rule of its state.
    select e.case_id from (
        select f.case_id, 'CHARGED' as kind, count(distinct (f.filed_on, h.needs & 49152)) as events from comity.filings f join comity.charges h on h.case_id = f.case_id and h.id = f.charge_id where h.state <> 'WITHDRAWN' group by f.case_id
        union all
        select d.case_id, 'DISPOSITION', count(distinct (d.disposed_on, h.needs & 49152)) from comity.dispositions d join comity.charges h on h.case_id = d.case_id and h.id = d.charge_id
         where d.kind not in ('VACATED', 'ENTERED_IN_ERROR') and not exists (select 1 from comity.dispositions l where l.case_id = d.case_id and l.supersedes = d.id) group by d.case_id) e
      join comity.cases c on c.id = e.case_id
     where (select count(*) from comity.clocks k where k.case_id = e.case_id and k.kind = 'VICTIM_NOTICE' and k.aspect like e.kind || '%' and k.superseded_at is null)
       <> e.events * (select count(*) from comity.persons p where p.case_id = e.case_id and p.part = 'VICTIM')
         * (select count(*) from comity.state_rules r where r.kind = 'VICTIM_NOTICE' and r.state = c.state and r.body ->> 'kind' = e.kind)) x
    join comity.cases c on c.id = x.case_id
   where x.case_id > p_behind and c.stage <> 'MERGED' and (c.stage <> 'CLOSED' or exists (select 1 from comity.dispositions d where d.case_id = c.id)) order by x.case_id limit p_limit
$$;--> statement-breakpoint
-- How much rests on a rule of the states, as before; on one of renditions the clocks of who is held in that state.
create or replace function comity.resting_on_rule(p_rule uuid) returns table (charges bigint, clocks bigint)
language sql stable security definer set search_path = comity, pg_catalog
begin atomic
  select (select count(*) from comity.charges h join comity.cases c on c.id = h.case_id join comity.statutes s on s.id = h.statute_id
      where r.kind in ('LIMITATION', 'CHARGING_INSTRUMENT') and r.state in (s.state, '*') and h.state <> 'WITHDRAWN' and c.stage not in ('CLOSED', 'MERGED')),
    (select count(*) from comity.clocks k join comity.cases c on c.id = k.case_id
        left join comity.renditions h on h.case_id = k.case_id and h.id = k.about_id and k.kind = 'RENDITION_HOLD'
        left join comity.statute_versions v on v.id = k.version_id left join comity.statutes s on s.id = v.statute_id
      where k.superseded_at is null and c.stage not in ('CLOSED', 'MERGED') and r.state in (coalesce(s.state, h.asylum_state, c.state), '*')
        and case r.kind
          when 'LIMITATION' then k.kind = 'LIMITATION'
          when 'BODY_CAMERA_RETENTION' then k.kind = 'CAMERA_RETENTION'
          when 'VICTIM_NOTICE' then k.kind = 'VICTIM_NOTICE' and k.aspect = r.body ->> 'kind'
          when 'FEDERAL_REMOVAL' then k.kind = 'REMOVAL_WINDOW'
          when 'EXTERNAL_DEMAND_REGIME' then k.kind = 'EXTERNAL_DEMAND'
          when 'SUPERSESSION' then k.kind in ('SUPERSESSION_HEARING', 'SUPERSESSION_DECISION')
          when 'RENDITION' then k.kind = 'RENDITION_HOLD'
          else false end)
    from comity.state_rules r where r.id = p_rule;
end;--> statement-breakpoint
-- A step is recorded by the lead in its own name, after the proceeding has come to where that leads, in order.
create or replace function comity.check_proceeding_step() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if (comity.leads(new.case_id) and new.recorded_by = comity.member()
      and new.position = 1 + (select count(*) from comity.proceeding_steps s where s.case_id = new.case_id and s.kind = new.kind and s.about_id = new.about_id)
      and case new.kind
        when 'SUPERSESSION' then exists (select 1 from comity.supersessions s where s.case_id = new.case_id and s.id = new.about_id and s.needs = new.needs and s.state = new.state and s.moved_by = comity.member())
        when 'RENDITION' then exists (select 1 from comity.renditions r where r.case_id = new.case_id and r.id = new.about_id and r.needs = new.needs and r.state = new.state and r.moved_by = comity.member())
        when 'IMMUNITY' then exists (select 1 from comity.immunity_proceedings i where i.case_id = new.case_id and i.id = new.about_id and i.needs = new.needs and i.state = new.state and i.moved_by = comity.member())
        else exists (select 1 from comity.parallel_proceedings p where p.case_id = new.case_id and p.id = new.about_id and p.needs = new.needs and p.state = new.state and p.moved_by = comity.member()) end) is not true then
    raise exception 'this is not put on record so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint
-- The grounds of a decision are given by who proposes it; why it is rejected is added once, by who rejects it, and on which analysis CHARGE rests, by who approves it.
create or replace function comity.check_decision_grounds() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if not exists (select 1 from comity.decisions d where d.case_id = new.case_id and d.id = new.decision_id and d.charge_id = new.charge_id and case
      when tg_op = 'INSERT' then d.state = 'PROPOSED' and d.proposed_by = comity.member() and num_nonnulls(new.answer, new.immunity_analysis_id) = 0
      when new.immunity_analysis_id is distinct from old.immunity_analysis_id then
        d.state = 'STANDING' and d.outcome = 'CHARGE' and d.answered_by = comity.member() and old.immunity_analysis_id is null and new.answer is null
        and new.immunity_analysis_id = (select i.id from comity.immunity_analyses i join comity.charges h on h.case_id = i.case_id and h.person_id = i.person_id
          where h.case_id = new.case_id and h.id = new.charge_id and i.state = 'REVIEWED' order by i.drafted_at desc, i.id desc limit 1)
      else d.state = 'REJECTED' and d.answered_by = comity.member() and old.answer is null end) then
    raise exception 'the grounds of a decision are not given so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint
-- A filed charge is disposed of as before; and nobody is convicted of one from which a court held the accused immune.
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
      and (new.kind not in ('CONVICTED', 'PLEADED') or not exists (select 1 from comity.immunity_proceedings i join comity.charges h on h.case_id = i.case_id and h.id = new.charge_id
        where i.case_id = new.case_id and i.ruling = 'GRANTED' and new.charge_id = any (i.charge_ids) and i.needs & ~h.needs & 49152 = 0))
      and case when new.kind = 'VACATED' then held.kind in ('CONVICTED', 'PLEADED', 'DISMISSED')
        when new.kind = 'ENTERED_IN_ERROR' then held.kind <> 'ENTERED_IN_ERROR'
        when new.forum = 'FEDERAL' then standing = 'REMOVED'
        else standing = 'FREE' or standing = 'PENDING' and new.kind not in ('CONVICTED', 'PLEADED') end) is not true then
    raise exception 'a charge is not disposed of so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint
grant execute on function comity.check_proceeding() to comity_owner;--> statement-breakpoint
grant execute on function comity.refuse_superseded() to comity_owner;--> statement-breakpoint
set role comity_owner;--> statement-breakpoint
create or replace trigger renditions_written before insert or update on comity.renditions for each row when (current_user = 'comity_app') execute function comity.check_proceeding('WARRANT_ACTIVE',
  'ARRESTED_ELSEWHERE>ARRESTED_ELSEWHERE,ARRESTED_ELSEWHERE>GOVERNOR_REQUEST_SENT,ARRESTED_ELSEWHERE>RELEASED,ARRESTED_ELSEWHERE>WAIVED,ARRESTED_ELSEWHERE>WITHDRAWN,GOVERNOR_REQUEST_SENT>GOVERNOR_REQUEST_SENT,GOVERNOR_REQUEST_SENT>GOVERNOR_WARRANT,GOVERNOR_REQUEST_SENT>REFUSED,GOVERNOR_REQUEST_SENT>RELEASED,GOVERNOR_REQUEST_SENT>WAIVED,GOVERNOR_REQUEST_SENT>WITHDRAWN,GOVERNOR_WARRANT>GOVERNOR_WARRANT,GOVERNOR_WARRANT>HABEAS,GOVERNOR_WARRANT>RELEASED,GOVERNOR_WARRANT>RETURNED,GOVERNOR_WARRANT>WITHDRAWN,HABEAS>GOVERNOR_WARRANT,HABEAS>RELEASED,HABEAS>WITHDRAWN,REFUSED>GOVERNOR_REQUEST_SENT,REFUSED>REFUSED,REFUSED>RELEASED,REFUSED>WITHDRAWN,WAIVED>RELEASED,WAIVED>RETURNED,WAIVED>WITHDRAWN,WARRANT_ACTIVE>ARRESTED_ELSEWHERE,WARRANT_ACTIVE>GOVERNOR_REQUEST_SENT,WARRANT_ACTIVE>WITHDRAWN');--> statement-breakpoint
create trigger immunity_proceedings_written before insert or update on comity.immunity_proceedings for each row when (current_user = 'comity_app') execute function comity.check_proceeding('ANTICIPATED,RAISED',
  'ANTICIPATED>RAISED,DENIED>FINAL,DENIED>INTERLOCUTORY_APPEAL,GRANTED>FINAL,GRANTED>INTERLOCUTORY_APPEAL,HEARING>DENIED,HEARING>GRANTED,HEARING>HEARING,INTERLOCUTORY_APPEAL>DENIED,INTERLOCUTORY_APPEAL>FINAL,INTERLOCUTORY_APPEAL>GRANTED,RAISED>DENIED,RAISED>GRANTED,RAISED>HEARING');--> statement-breakpoint
create trigger immunity_proceedings_superseded before insert or update on comity.immunity_proceedings for each row when (current_user = 'comity_app') execute function comity.refuse_superseded();--> statement-breakpoint
revoke execute on function comity.check_proceeding() from comity_owner;--> statement-breakpoint
revoke execute on function comity.refuse_superseded() from comity_owner;
