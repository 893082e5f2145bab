-- What happens to a supersession or a proceeding beside the case is kept act by act; a petition is withdrawn, or decided without a hearing; and where by an
-- order another prosecutes, the office that led the case writes nothing of the prosecution. Locks supersessions against writes while its checks and its
-- index are made anew, and each table of the prosecution for the moment in which its trigger is added. Way back: drop proceeding_steps, the columns
-- office_id and withdrawn_on and the triggers *_superseded; make the checks, the index and the triggers *_written as in 0032; as comity_definer drop the
-- functions below.
CREATE TABLE "comity"."proceeding_steps" (
	"case_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"about_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"needs" integer NOT NULL,
	"act" text NOT NULL,
	"day" date NOT NULL,
	"state" text NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "proceeding_steps_case_id_kind_about_id_position_pk" PRIMARY KEY("case_id","kind","about_id","position"),
	CONSTRAINT "proceeding_steps_kind_check" CHECK ("comity"."proceeding_steps"."kind" in ('SUPERSESSION', 'PARALLEL_PROCEEDING')),
	CONSTRAINT "proceeding_steps_position_check" CHECK ("comity"."proceeding_steps"."position" > 0),
	CONSTRAINT "proceeding_steps_needs_check" CHECK ("comity"."proceeding_steps"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."proceeding_steps" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "comity"."supersessions" DROP CONSTRAINT "supersessions_state_check";--> statement-breakpoint
ALTER TABLE "comity"."supersessions" DROP CONSTRAINT "supersessions_days_check";--> statement-breakpoint
DROP INDEX "comity"."supersessions_one_open";--> statement-breakpoint
ALTER TABLE "comity"."supersessions" ADD COLUMN "office_id" uuid;--> statement-breakpoint
ALTER TABLE "comity"."supersessions" ADD COLUMN "withdrawn_on" date;--> statement-breakpoint
ALTER TABLE "comity"."proceeding_steps" ADD CONSTRAINT "proceeding_steps_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "comity"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "supersessions_one_open" ON "comity"."supersessions" USING btree ("case_id") WHERE "comity"."supersessions"."state" not in ('RETAINED', 'RETURNED', 'WITHDRAWN');--> statement-breakpoint
ALTER TABLE "comity"."supersessions" ADD CONSTRAINT "supersessions_state_check" CHECK ("comity"."supersessions"."state" in ('CONFLICT_DECLARED', 'PETITIONED', 'HEARING', 'TRANSFERRED', 'RETAINED', 'RETURNED', 'WITHDRAWN'));--> statement-breakpoint
ALTER TABLE "comity"."supersessions" ADD CONSTRAINT "supersessions_days_check" CHECK (case "comity"."supersessions"."state" when 'HEARING' then num_nulls("comity"."supersessions"."judge_assigned_on", "comity"."supersessions"."heard_on") = 0 when 'CONFLICT_DECLARED' then "comity"."supersessions"."heard_on" is null when 'PETITIONED' then "comity"."supersessions"."heard_on" is null else true end
      and ("comity"."supersessions"."heard_on" is null or "comity"."supersessions"."judge_assigned_on" is not null) and ("comity"."supersessions"."decided_on" is not null) = ("comity"."supersessions"."state" in ('TRANSFERRED', 'RETAINED', 'RETURNED')) and ("comity"."supersessions"."withdrawn_on" is not null) = ("comity"."supersessions"."state" = 'WITHDRAWN'));--> statement-breakpoint
CREATE POLICY "proceeding_steps_seen" ON "comity"."proceeding_steps" AS PERMISSIVE FOR ALL TO "comity_app" USING (proceeding_steps.needs <> 0 and (proceeding_steps.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = proceeding_steps.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = proceeding_steps.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((case proceeding_steps.kind
    when 'SUPERSESSION' then (select 1 from comity.supersessions s where s.case_id = proceeding_steps.case_id and s.id = proceeding_steps.about_id)
    else (select 1 from comity.parallel_proceedings p where p.case_id = proceeding_steps.case_id and p.id = proceeding_steps.about_id) end) = 1)) WITH CHECK (proceeding_steps.needs <> 0 and (proceeding_steps.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = proceeding_steps.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = proceeding_steps.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((case proceeding_steps.kind
    when 'SUPERSESSION' then (select 1 from comity.supersessions s where s.case_id = proceeding_steps.case_id and s.id = proceeding_steps.about_id)
    else (select 1 from comity.parallel_proceedings p where p.case_id = proceeding_steps.case_id and p.id = proceeding_steps.about_id) end) = 1));--> statement-breakpoint
CREATE POLICY "proceeding_steps_definer" ON "comity"."proceeding_steps" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
-- By hand:
alter table comity.proceeding_steps force row level security;--> statement-breakpoint
create policy proceeding_steps_purpose on comity.proceeding_steps as restrictive for select to comity_app using (
  (proceeding_steps.needs & 49152) = 0 or (select comity.purpose()) is not null);--> statement-breakpoint
grant select, insert on comity.proceeding_steps to comity_app;--> statement-breakpoint
grant update (office_id, withdrawn_on) on comity.supersessions to comity_app;--> statement-breakpoint
grant update (office_id) on comity.supersessions to comity_definer;--> statement-breakpoint
grant select, insert on comity.proceeding_steps to comity_definer;--> statement-breakpoint
grant select on comity.parallel_proceedings to comity_definer;--> statement-breakpoint

set role comity_definer;--> statement-breakpoint
update comity.supersessions s set office_id = (select c.lead_id from comity.cases c where c.id = s.case_id) where s.state = 'TRANSFERRED';--> statement-breakpoint

-- What is on record until now, as far as the rows tell it.
insert into comity.proceeding_steps (case_id, kind, about_id, position, needs, act, day, state, recorded_by, recorded_at)
select s.case_id, 'SUPERSESSION', s.id, row_number() over (partition by s.case_id, s.id order by x.position), s.needs, x.act, x.day, x.state, s.moved_by, s.moved_at
  from comity.supersessions s
  cross join lateral (select case when s.state = 'CONFLICT_DECLARED' then 'CONFLICT_DECLARED' else 'PETITIONED' end as first) f
  cross join lateral (values
    (1, case f.first when 'CONFLICT_DECLARED' then 'DECLARE_CONFLICT' else 'PETITION' end, s.filed_on, f.first), (2, 'ASSIGN_JUDGE', s.judge_assigned_on, f.first), (3, 'HEAR', s.heard_on, 'HEARING'),
    (4, case s.state when 'RETAINED' then 'RETAIN' else 'TRANSFER' end, s.decided_on, case s.state when 'RETAINED' then 'RETAINED' else 'TRANSFERRED' end), (5, 'RETURN', s.returned_on, 'RETURNED')) x (position, act, day, state)
 where x.day is not null;--> statement-breakpoint
insert into comity.proceeding_steps (case_id, kind, about_id, position, needs, act, day, state, recorded_by, recorded_at)
select p.case_id, 'PARALLEL_PROCEEDING', p.id, row_number() over (partition by p.case_id, p.id order by x.position), p.needs, x.act, x.day, x.state, p.moved_by, p.moved_at
  from comity.parallel_proceedings p
  cross join lateral (values (1, 'OPEN', p.opened_on, 'OPEN'), (2, 'STAY', p.stayed_on, 'STAYED'), (3, 'LIFT_STAY', p.resumed_on, 'OPEN'), (4, case p.state when 'DISMISSED' then 'DISMISS' else 'CONCLUDE' end, p.ended_on, p.state)) x (position, act, day, state)
 where x.day is not null;--> statement-breakpoint

-- Whether by an order another prosecutes a case than the office that leads it: until it has the case back, or another office leads it.
create function comity.superseded(p_case uuid) returns boolean
language sql stable security definer set search_path = comity, pg_catalog
return exists (select 1 from comity.cases c join comity.supersessions s on s.case_id = c.id and s.state = 'TRANSFERRED' and s.office_id = c.lead_id where c.id = p_case) and comity.handles(p_case);--> statement-breakpoint

-- What is written of a prosecution is written by who prosecutes.
create function comity.refuse_superseded() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if comity.superseded(coalesce(new.case_id, old.case_id)) then
    raise exception 'by an order another prosecutes this case' using errcode = '42501';
  end if;
  return coalesce(new, old);
end $$;--> statement-breakpoint

-- A step is recorded by the lead in its own name, after the proceeding has come to where that leads, in order.
create function comity.check_proceeding_step() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if (comity.leads(new.case_id) and new.recorded_by = comity.member()
      and new.position = 1 + (select count(*) from comity.proceeding_steps s where s.case_id = new.case_id and s.kind = new.kind and s.about_id = new.about_id)
      and case new.kind
        when 'SUPERSESSION' then exists (select 1 from comity.supersessions s where s.case_id = new.case_id and s.id = new.about_id and s.needs = new.needs and s.state = new.state and s.moved_by = comity.member())
        else exists (select 1 from comity.parallel_proceedings p where p.case_id = new.case_id and p.id = new.about_id and p.needs = new.needs and p.state = new.state and p.moved_by = comity.member()) end) is not true then
    raise exception 'this is not put on record so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint
grant execute on function comity.superseded(uuid) to comity_app;--> statement-breakpoint
grant execute on function comity.refuse_superseded(), comity.check_proceeding_step(), comity.check_proceeding() to comity_owner;--> statement-breakpoint

set role comity_owner;--> statement-breakpoint
create trigger proceeding_steps_written before insert on comity.proceeding_steps for each row when (current_user = 'comity_app') execute function comity.check_proceeding_step();--> statement-breakpoint
create or replace trigger supersessions_written before insert or update on comity.supersessions for each row when (current_user = 'comity_app') execute function comity.check_proceeding('CONFLICT_DECLARED,PETITIONED',
  'CONFLICT_DECLARED>CONFLICT_DECLARED,CONFLICT_DECLARED>HEARING,CONFLICT_DECLARED>PETITIONED,CONFLICT_DECLARED>RETAINED,CONFLICT_DECLARED>TRANSFERRED,CONFLICT_DECLARED>WITHDRAWN,HEARING>RETAINED,HEARING>TRANSFERRED,HEARING>WITHDRAWN,PETITIONED>HEARING,PETITIONED>PETITIONED,PETITIONED>RETAINED,PETITIONED>TRANSFERRED,PETITIONED>WITHDRAWN,TRANSFERRED>RETURNED');--> statement-breakpoint
create trigger charges_superseded before insert or update on comity.charges for each row when (current_user = 'comity_app') execute function comity.refuse_superseded();--> statement-breakpoint
create trigger charge_levels_superseded before insert or update on comity.charge_levels for each row when (current_user = 'comity_app') execute function comity.refuse_superseded();--> statement-breakpoint
create trigger charge_relations_superseded before insert or update on comity.charge_relations for each row when (current_user = 'comity_app') execute function comity.refuse_superseded();--> statement-breakpoint
create trigger proof_links_superseded before insert or update on comity.proof_links for each row when (current_user = 'comity_app') execute function comity.refuse_superseded();--> statement-breakpoint
create trigger element_assessments_superseded before insert or update on comity.element_assessments for each row when (current_user = 'comity_app') execute function comity.refuse_superseded();--> statement-breakpoint
create trigger decisions_superseded before insert or update on comity.decisions for each row when (current_user = 'comity_app') execute function comity.refuse_superseded();--> statement-breakpoint
create trigger decision_grounds_superseded before insert or update on comity.decision_grounds for each row when (current_user = 'comity_app') execute function comity.refuse_superseded();--> statement-breakpoint
create trigger affiliations_superseded before insert or update on comity.affiliations for each row when (current_user = 'comity_app') execute function comity.refuse_superseded();--> statement-breakpoint
create trigger immunity_analyses_superseded before insert or update on comity.immunity_analyses for each row when (current_user = 'comity_app') execute function comity.refuse_superseded();--> statement-breakpoint
create trigger victim_notices_superseded before insert or update on comity.victim_notices for each row when (current_user = 'comity_app') execute function comity.refuse_superseded();--> statement-breakpoint
create trigger filings_superseded before insert or update on comity.filings for each row when (current_user = 'comity_app') execute function comity.refuse_superseded();--> statement-breakpoint
create trigger clock_facts_superseded before insert or update on comity.clock_facts for each row when (current_user = 'comity_app') execute function comity.refuse_superseded();--> statement-breakpoint
create trigger court_dates_superseded before insert or update on comity.court_dates for each row when (current_user = 'comity_app') execute function comity.refuse_superseded();--> statement-breakpoint
create trigger dispositions_superseded before insert or update on comity.dispositions for each row when (current_user = 'comity_app') execute function comity.refuse_superseded();--> statement-breakpoint
create trigger removals_superseded before insert or update on comity.removals for each row when (current_user = 'comity_app') execute function comity.refuse_superseded();--> statement-breakpoint
create trigger removal_steps_superseded before insert or update on comity.removal_steps for each row when (current_user = 'comity_app') execute function comity.refuse_superseded();--> statement-breakpoint
create trigger parallel_proceedings_superseded before insert or update on comity.parallel_proceedings for each row when (current_user = 'comity_app') execute function comity.refuse_superseded();--> statement-breakpoint
create trigger renditions_superseded before insert or update on comity.renditions for each row when (current_user = 'comity_app') execute function comity.refuse_superseded();--> statement-breakpoint
create trigger external_demands_superseded before insert or update on comity.external_demands for each row when (current_user = 'comity_app') execute function comity.refuse_superseded();--> statement-breakpoint
create trigger demand_items_superseded before insert or update on comity.demand_items for each row when (current_user = 'comity_app') execute function comity.refuse_superseded();--> statement-breakpoint
create trigger demand_extensions_superseded before insert or update on comity.demand_extensions for each row when (current_user = 'comity_app') execute function comity.refuse_superseded();--> statement-breakpoint
create trigger cooperation_events_superseded before insert or update on comity.cooperation_events for each row when (current_user = 'comity_app') execute function comity.refuse_superseded();--> statement-breakpoint
create trigger annotations_superseded before insert or update on comity.annotations for each row when (current_user = 'comity_app') execute function comity.refuse_superseded();--> statement-breakpoint
create trigger annotation_revisions_superseded before insert or update on comity.annotation_revisions for each row when (current_user = 'comity_app') execute function comity.refuse_superseded();--> statement-breakpoint
create trigger case_tags_superseded before insert or update or delete on comity.case_tags for each row when (current_user = 'comity_app') execute function comity.refuse_superseded();--> statement-breakpoint
revoke execute on function comity.refuse_superseded(), comity.check_proceeding_step(), comity.check_proceeding() from comity_owner;--> statement-breakpoint
revoke insert on comity.proceeding_steps from comity_definer;--> statement-breakpoint
revoke update (office_id) on comity.supersessions from comity_definer;
