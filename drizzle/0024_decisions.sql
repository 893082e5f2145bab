-- What is decided on a charge, by two people: the decision, its grounds, what must be known before it (for whom a person acted, the
-- immunity analysis, notice to victims), its filing, and the dispute of a declination. Locks charges and return_entries while their
-- closed lists of words grow (each is read once to prove it) and charges for the moment of a new trigger. Way back: drop the trigger
-- charges_written and the tables below; as comity_definer, drop the functions below, and create check_return_entry as in 0023; put the two check constraints back as they were
-- once no charge is FILED and no entry of the new kinds is left.
CREATE TABLE "comity"."decision_grounds" (
	"case_id" uuid NOT NULL,
	"decision_id" uuid NOT NULL,
	"needs" integer NOT NULL,
	"charge_id" uuid NOT NULL,
	"evidential" text NOT NULL,
	"public_interest" text NOT NULL,
	"override_reason" text,
	"answer" text,
	CONSTRAINT "decision_grounds_case_id_decision_id_pk" PRIMARY KEY("case_id","decision_id"),
	CONSTRAINT "decision_grounds_needs_check" CHECK ("comity"."decision_grounds"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."decision_grounds" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."decisions" (
	"case_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"needs" integer NOT NULL,
	"charge_id" uuid NOT NULL,
	"outcome" text NOT NULL,
	"reason_codes" text[] NOT NULL,
	"shareable_reason" text,
	"supersedes" uuid,
	"state" text NOT NULL,
	"proposed_by" uuid NOT NULL,
	"proposed_at" timestamp(6) with time zone NOT NULL,
	"answered_by" uuid,
	"answered_at" timestamp(6) with time zone,
	"overridden_by" uuid,
	CONSTRAINT "decisions_case_id_id_pk" PRIMARY KEY("case_id","id"),
	CONSTRAINT "decisions_outcome_check" CHECK ("comity"."decisions"."outcome" in ('CHARGE', 'HOLD', 'DECLINE', 'REFER_OUT', 'DIVERT')),
	CONSTRAINT "decisions_reason_codes_check" CHECK ("comity"."decisions"."reason_codes" <@ array['EVIDENCE_SUFFICIENT', 'IN_PUBLIC_INTEREST', 'AWAITING_EVIDENCE', 'AWAITING_WITNESS', 'AWAITING_EXTERNAL', 'PARALLEL_PROCEEDING', 'NO_OFFENCE', 'ELEMENT_NOT_PROVABLE', 'EVIDENCE_INSUFFICIENT', 'EVIDENCE_INADMISSIBLE', 'IDENTITY_NOT_PROVEN', 'WITNESS_UNAVAILABLE', 'JUSTIFIED', 'IMMUNITY', 'LIMITATION_EXPIRED', 'NOT_IN_PUBLIC_INTEREST', 'VICTIM_WISHES', 'NO_VENUE', 'CONFLICT_OF_INTEREST', 'OTHER_OFFICE_BETTER_PLACED', 'DIVERSION_PROGRAM', 'OTHER']::text[]),
	CONSTRAINT "decisions_state_check" CHECK ("comity"."decisions"."state" in ('PROPOSED', 'STANDING', 'SUPERSEDED', 'REJECTED', 'WITHDRAWN')),
	CONSTRAINT "decisions_needs_check" CHECK ("comity"."decisions"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."decisions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."filings" (
	"case_id" uuid NOT NULL,
	"charge_id" uuid NOT NULL,
	"needs" integer NOT NULL,
	"instrument" text NOT NULL,
	"court" text NOT NULL,
	"docket_number" text NOT NULL,
	"filed_on" date NOT NULL,
	"waiver" text,
	"warnings" text[] NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "filings_case_id_charge_id_pk" PRIMARY KEY("case_id","charge_id"),
	CONSTRAINT "filings_instrument_check" CHECK ("comity"."filings"."instrument" in ('INDICTMENT', 'PRESENTMENT', 'COMPLAINT', 'INFORMATION_AFTER_PRELIMINARY_HEARING', 'INFORMATION_ON_WAIVER', 'INFORMATION_MISDEMEANOR', 'INDICTING_GRAND_JURY_LIMITED')),
	CONSTRAINT "filings_warnings_check" CHECK ("comity"."filings"."warnings" <@ array['NO_RULE', 'NOT_LISTED', 'WAIVED', 'LEVEL_OPEN']::text[]),
	CONSTRAINT "filings_needs_check" CHECK ("comity"."filings"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."filings" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."affiliations" (
	"case_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"needs" integer NOT NULL,
	"person_id" uuid NOT NULL,
	"affiliation" text NOT NULL,
	"basis" text NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "affiliations_case_id_id_pk" PRIMARY KEY("case_id","id"),
	CONSTRAINT "affiliations_affiliation_check" CHECK ("comity"."affiliations"."affiliation" in ('FEDERAL', 'STATE', 'LOCAL', 'NONE', 'UNKNOWN')),
	CONSTRAINT "affiliations_needs_check" CHECK ("comity"."affiliations"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."affiliations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."immunity_analyses" (
	"case_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"needs" integer NOT NULL,
	"person_id" uuid NOT NULL,
	"authorised" text NOT NULL,
	"authorised_facts" text NOT NULL,
	"necessary" text NOT NULL,
	"necessary_subjective" text NOT NULL,
	"necessary_objective" text NOT NULL,
	"relied_on" text,
	"state" text NOT NULL,
	"drafted_by" uuid NOT NULL,
	"drafted_at" timestamp(6) with time zone NOT NULL,
	"reviewed_by" uuid,
	"reviewed_at" timestamp(6) with time zone,
	"remark" text,
	CONSTRAINT "immunity_analyses_case_id_id_pk" PRIMARY KEY("case_id","id"),
	CONSTRAINT "immunity_analyses_authorised_check" CHECK ("comity"."immunity_analyses"."authorised" in ('MET', 'NOT_MET', 'UNCLEAR')),
	CONSTRAINT "immunity_analyses_necessary_check" CHECK ("comity"."immunity_analyses"."necessary" in ('MET', 'NOT_MET', 'UNCLEAR')),
	CONSTRAINT "immunity_analyses_state_check" CHECK ("comity"."immunity_analyses"."state" in ('DRAFTED', 'REVIEWED', 'RETURNED')),
	CONSTRAINT "immunity_analyses_needs_check" CHECK ("comity"."immunity_analyses"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."immunity_analyses" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."victim_notices" (
	"case_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"needs" integer NOT NULL,
	"person_id" uuid NOT NULL,
	"decision_id" uuid,
	"kind" text NOT NULL,
	"method" text NOT NULL,
	"sent_on" date NOT NULL,
	"language" text,
	"ground" text,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "victim_notices_case_id_id_pk" PRIMARY KEY("case_id","id"),
	CONSTRAINT "victim_notices_kind_check" CHECK ("comity"."victim_notices"."kind" in ('CHARGED', 'DECLINED', 'RIGHTS_FORM', 'DISPOSITION', 'RELEASE', 'PLEA', 'COURT_DATES')),
	CONSTRAINT "victim_notices_method_check" CHECK ("comity"."victim_notices"."method" in ('MAIL', 'EMAIL', 'TELEPHONE', 'IN_PERSON', 'PORTAL', 'NOT_REACHED')),
	CONSTRAINT "victim_notices_ground_check" CHECK (("comity"."victim_notices"."method" = 'NOT_REACHED') = ("comity"."victim_notices"."ground" is not null)),
	CONSTRAINT "victim_notices_needs_check" CHECK ("comity"."victim_notices"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."victim_notices" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "comity"."charges" DROP CONSTRAINT "charges_state_check";--> statement-breakpoint
ALTER TABLE "comity"."return_entries" DROP CONSTRAINT "return_entries_kind_check";--> statement-breakpoint
ALTER TABLE "comity"."decision_grounds" ADD CONSTRAINT "decision_grounds_decision" FOREIGN KEY ("case_id","decision_id") REFERENCES "comity"."decisions"("case_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."decisions" ADD CONSTRAINT "decisions_charge" FOREIGN KEY ("case_id","charge_id") REFERENCES "comity"."charges"("case_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."filings" ADD CONSTRAINT "filings_charge" FOREIGN KEY ("case_id","charge_id") REFERENCES "comity"."charges"("case_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."affiliations" ADD CONSTRAINT "affiliations_person" FOREIGN KEY ("case_id","person_id") REFERENCES "comity"."persons"("case_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."immunity_analyses" ADD CONSTRAINT "immunity_analyses_person" FOREIGN KEY ("case_id","person_id") REFERENCES "comity"."persons"("case_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."victim_notices" ADD CONSTRAINT "victim_notices_person" FOREIGN KEY ("case_id","person_id") REFERENCES "comity"."persons"("case_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "decisions_of_charge" ON "comity"."decisions" USING btree ("case_id","charge_id","proposed_at");--> statement-breakpoint
CREATE UNIQUE INDEX "decisions_one_stands" ON "comity"."decisions" USING btree ("case_id","charge_id") WHERE "comity"."decisions"."state" = 'STANDING';--> statement-breakpoint
CREATE UNIQUE INDEX "decisions_one_waits" ON "comity"."decisions" USING btree ("case_id","charge_id") WHERE "comity"."decisions"."state" = 'PROPOSED';--> statement-breakpoint
CREATE INDEX "filings_by_docket" ON "comity"."filings" USING btree ("docket_number");--> statement-breakpoint
CREATE INDEX "affiliations_of_person" ON "comity"."affiliations" USING btree ("case_id","person_id","recorded_at");--> statement-breakpoint
CREATE INDEX "immunity_analyses_of_person" ON "comity"."immunity_analyses" USING btree ("case_id","person_id","drafted_at");--> statement-breakpoint
CREATE INDEX "victim_notices_of_person" ON "comity"."victim_notices" USING btree ("case_id","person_id","recorded_at");--> statement-breakpoint
ALTER TABLE "comity"."charges" ADD CONSTRAINT "charges_state_check" CHECK ("comity"."charges"."state" in ('PROPOSED', 'WITHDRAWN', 'FILED'));--> statement-breakpoint
ALTER TABLE "comity"."return_entries" ADD CONSTRAINT "return_entries_kind_check" CHECK ("comity"."return_entries"."kind" in ('REQUESTED', 'RECEIVED', 'WAIVED', 'CANCELLED', 'DISPUTED', 'UPHELD', 'OVERRULED', 'REFUSED', 'WITHDRAWN', 'WITHDRAWAL_REQUESTED', 'WITHDRAWAL_GRANTED', 'WITHDRAWAL_DENIED', 'DECLINATION_DISPUTED', 'NEW_MATERIAL', 'DECLINATION_UPHELD', 'CASE_REOPENED'));--> statement-breakpoint
CREATE POLICY "decision_grounds_seen" ON "comity"."decision_grounds" AS PERMISSIVE FOR ALL TO "comity_app" USING (decision_grounds.needs <> 0 and (decision_grounds.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = decision_grounds.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = decision_grounds.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((select 1 from comity.charges h where h.case_id = decision_grounds.case_id and h.id = decision_grounds.charge_id) = 1)) WITH CHECK (decision_grounds.needs <> 0 and (decision_grounds.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = decision_grounds.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = decision_grounds.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((select 1 from comity.charges h where h.case_id = decision_grounds.case_id and h.id = decision_grounds.charge_id) = 1));--> statement-breakpoint
CREATE POLICY "decision_grounds_definer" ON "comity"."decision_grounds" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "decisions_seen" ON "comity"."decisions" AS PERMISSIVE FOR ALL TO "comity_app" USING (decisions.needs <> 0 and (decisions.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = decisions.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = decisions.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((select 1 from comity.charges h where h.case_id = decisions.case_id and h.id = decisions.charge_id) = 1)) WITH CHECK (decisions.needs <> 0 and (decisions.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = decisions.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = decisions.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((select 1 from comity.charges h where h.case_id = decisions.case_id and h.id = decisions.charge_id) = 1));--> statement-breakpoint
CREATE POLICY "decisions_definer" ON "comity"."decisions" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "filings_seen" ON "comity"."filings" AS PERMISSIVE FOR ALL TO "comity_app" USING (filings.needs <> 0 and (filings.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = filings.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = filings.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((select 1 from comity.charges h where h.case_id = filings.case_id and h.id = filings.charge_id) = 1)) WITH CHECK (filings.needs <> 0 and (filings.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = filings.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = filings.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((select 1 from comity.charges h where h.case_id = filings.case_id and h.id = filings.charge_id) = 1));--> statement-breakpoint
CREATE POLICY "filings_definer" ON "comity"."filings" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "affiliations_seen" ON "comity"."affiliations" AS PERMISSIVE FOR ALL TO "comity_app" USING (affiliations.needs <> 0 and (affiliations.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = affiliations.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = affiliations.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((select 1 from comity.persons p where p.case_id = affiliations.case_id and p.id = affiliations.person_id) = 1)) WITH CHECK (affiliations.needs <> 0 and (affiliations.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = affiliations.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = affiliations.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((select 1 from comity.persons p where p.case_id = affiliations.case_id and p.id = affiliations.person_id) = 1));--> statement-breakpoint
CREATE POLICY "affiliations_definer" ON "comity"."affiliations" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "immunity_analyses_seen" ON "comity"."immunity_analyses" AS PERMISSIVE FOR ALL TO "comity_app" USING (immunity_analyses.needs <> 0 and (immunity_analyses.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = immunity_analyses.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = immunity_analyses.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((select 1 from comity.persons p where p.case_id = immunity_analyses.case_id and p.id = immunity_analyses.person_id) = 1)) WITH CHECK (immunity_analyses.needs <> 0 and (immunity_analyses.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = immunity_analyses.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = immunity_analyses.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((select 1 from comity.persons p where p.case_id = immunity_analyses.case_id and p.id = immunity_analyses.person_id) = 1));--> statement-breakpoint
CREATE POLICY "immunity_analyses_definer" ON "comity"."immunity_analyses" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "victim_notices_seen" ON "comity"."victim_notices" AS PERMISSIVE FOR ALL TO "comity_app" USING (victim_notices.needs <> 0 and (victim_notices.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = victim_notices.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = victim_notices.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((select 1 from comity.persons p where p.case_id = victim_notices.case_id and p.id = victim_notices.person_id) = 1)) WITH CHECK (victim_notices.needs <> 0 and (victim_notices.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = victim_notices.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = victim_notices.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((select 1 from comity.persons p where p.case_id = victim_notices.case_id and p.id = victim_notices.person_id) = 1));--> statement-breakpoint
CREATE POLICY "victim_notices_definer" ON "comity"."victim_notices" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
-- By hand:
alter table comity.decisions force row level security;--> statement-breakpoint
alter table comity.decision_grounds force row level security;--> statement-breakpoint
alter table comity.affiliations force row level security;--> statement-breakpoint
alter table comity.immunity_analyses force row level security;--> statement-breakpoint
alter table comity.victim_notices force row level security;--> statement-breakpoint
alter table comity.filings force row level security;--> statement-breakpoint
grant select, insert on comity.decisions, comity.decision_grounds, comity.affiliations, comity.immunity_analyses, comity.victim_notices, comity.filings to comity_app;--> statement-breakpoint
grant update (state, answered_by, answered_at, overridden_by) on comity.decisions to comity_app;--> statement-breakpoint
grant update (answer) on comity.decision_grounds to comity_app;--> statement-breakpoint
grant update (state, reviewed_by, reviewed_at, remark) on comity.immunity_analyses to comity_app;--> statement-breakpoint
grant select on comity.decisions to comity_definer;--> statement-breakpoint

set role comity_definer;--> statement-breakpoint

-- What is decided on each live charge of a case, for the office that leads it: NONE where nothing stands. What is in a
-- compartment is left out, for a stage that met it would tell of it.
create function comity.decided(p_case uuid) returns text[]
language sql stable security definer set search_path = comity, pg_catalog
return case when comity.leads(p_case) then array(
  select coalesce(d.outcome, 'NONE') from comity.charges h
    left join comity.decisions d on d.case_id = h.case_id and d.charge_id = h.id and d.state = 'STANDING'
   where h.case_id = p_case and h.state <> 'WITHDRAWN' and h.needs & 49152 = 0 order by h.id) end;--> statement-breakpoint

-- A decision is proposed by one person of the lead, in the place of that which stands, and approved or rejected by another, who
-- heads the office; it is withdrawn by who proposed it, and superseded while that which takes its place waits for another's approval.
create function comity.check_decision() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if (comity.leads(new.case_id) and case
      when tg_op = 'INSERT' then
        new.state = 'PROPOSED' and new.proposed_by = comity.member() and num_nonnulls(new.answered_by, new.answered_at) = 0
        and (new.overridden_by is null or new.overridden_by = comity.member() and comity.holds_role('{ELECTED}'))
        and new.supersedes is not distinct from (select d.id from comity.decisions d
          where d.case_id = new.case_id and d.charge_id = new.charge_id and d.state = 'STANDING')
      when old.state = 'STANDING' then
        new.state = 'SUPERSEDED' and (new.answered_by, new.answered_at, new.overridden_by) is not distinct from (old.answered_by, old.answered_at, old.overridden_by)
        and comity.holds_role('{SUPERVISOR,ELECTED}')
        and exists (select 1 from comity.decisions d where d.case_id = new.case_id and d.supersedes = new.id and d.state = 'PROPOSED' and d.proposed_by <> comity.member())
      when old.state <> 'PROPOSED' or new.answered_by is distinct from comity.member() or new.answered_at is null then false
      when new.overridden_by is distinct from old.overridden_by
        and (new.overridden_by is distinct from comity.member() or not comity.holds_role('{ELECTED}')) then false
      when new.state = 'WITHDRAWN' then old.proposed_by = comity.member()
      when new.state in ('STANDING', 'REJECTED') then old.proposed_by <> comity.member() and comity.holds_role('{SUPERVISOR,ELECTED}')
    end) is not true then
    raise exception 'a decision is not proposed or answered so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint

-- The grounds of a decision are given by who proposes it; why it is rejected is added once, by who rejects it.
create function comity.check_decision_grounds() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if not exists (select 1 from comity.decisions d where d.case_id = new.case_id and d.id = new.decision_id and d.charge_id = new.charge_id and case
      when tg_op = 'INSERT' then d.state = 'PROPOSED' and d.proposed_by = comity.member() and new.answer is null
      else d.state = 'REJECTED' and d.answered_by = comity.member() and old.answer is null end) then
    raise exception 'the grounds of a decision are not given so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint

-- An analysis is drafted by one person of the lead and reviewed once, by another who heads the office.
create function comity.check_analysis() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if (comity.leads(new.case_id) and case
      when tg_op = 'INSERT' then
        new.state = 'DRAFTED' and new.drafted_by = comity.member() and num_nonnulls(new.reviewed_by, new.reviewed_at, new.remark) = 0
      else old.state = 'DRAFTED' and new.state in ('REVIEWED', 'RETURNED') and new.reviewed_by = comity.member() and new.reviewed_at is not null
        and new.drafted_by <> comity.member() and comity.holds_role('{SUPERVISOR,ELECTED}')
    end) is not true then
    raise exception 'an analysis is not drafted or reviewed so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint

-- What the lead puts on record, it puts there in the name of who does it.
create function comity.check_recorded() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if (new.recorded_by = comity.member() and comity.leads(new.case_id)) is not true then
    raise exception 'this is not put on record so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint

-- A charge begins as a proposal of the lead, which withdraws it, or files it where another person approved that.
create function comity.check_charge() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if (case
      when tg_op = 'INSERT' then new.state = 'PROPOSED' and new.proposed_by = comity.member() and comity.leads(new.case_id)
      when old.state <> 'PROPOSED' or not comity.leads(new.case_id) then false
      when new.state = 'WITHDRAWN' then true
      when new.state = 'FILED' then exists (select 1 from comity.decisions d
        where d.case_id = new.case_id and d.charge_id = new.id and d.state = 'STANDING' and d.outcome = 'CHARGE')
    end) is not true then
    raise exception 'a charge is not proposed, withdrawn or filed so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint

-- An agency disputes once that its referral was declined, with what is new: where it was told of that, and while it stands.
-- What it was not told of answers as what did not happen.
create function comity.dispute_declination(p_referral uuid, p_statement uuid, p_text text, p_material uuid, p_new text) returns void
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  sender comity.members;
  c comity.cases;
  the_case uuid;
begin
  select * into sender from comity.members m where m.id = comity.member() and m.agency_id = comity.agency_id() and m.active;
  if sender.id is null or sender.role not in ('SUPERVISOR', 'CLIENT') then
    raise exception 'Your seat does not permit this act.' using errcode = 'CM403';
  end if;
  select l.case_id into the_case from comity.case_referrals l join comity.referrals r on r.id = l.referral_id
   where r.id = p_referral and r.agency_id = sender.agency_id;
  if the_case is null then
    raise exception 'There is no such thing here.' using errcode = 'CM404';
  end if;
  select * into strict c from comity.cases where id = the_case for no key update;
  if c.lead_id is not null then
    perform pg_advisory_xact_lock_shared(hashtextextended(c.lead_id::text, 7203));
  end if;
  if not exists (select 1 from comity.members m where m.id = sender.id and m.agency_id = sender.agency_id and m.role = sender.role and m.active) then
    raise exception 'Your seat does not permit this act.' using errcode = 'CM403';
  elsif exists (select 1 from comity.return_entries e where e.case_id = the_case and e.referral_id = p_referral and e.kind = 'DECLINATION_DISPUTED') then
    raise exception 'Your agency has disputed this once. What the office answers stands on the thread of the referral.' using errcode = 'CM409';
  elsif c.stage <> 'DECLINED' or not comity.shows_agency(the_case, 'OUTCOME')
    or exists (select 1 from comity.case_referrals l where l.case_id = the_case and l.referral_id = p_referral and l.state in ('REFUSED', 'WITHDRAWN')) then
    raise exception 'Your agency was told of no declination that stands. Read the referral again.' using errcode = 'CM409';
  end if;
  insert into comity.return_entries (case_id, id, needs, referral_id, agency_id, kind, note, shown_by, by_id, at)
  values (the_case, p_statement, 2, p_referral, sender.agency_id, 'DECLINATION_DISPUTED', p_text, 'STATUS', sender.id, clock_timestamp()),
    (the_case, p_material, 2, p_referral, sender.agency_id, 'NEW_MATERIAL', p_new, 'STATUS', sender.id, clock_timestamp());
  perform comity.append_event(the_case, 'CASE', 'DECLINATION_DISPUTED', 'DONE', 130, jsonb_build_object('referralId', p_referral));
end $$;--> statement-breakpoint

-- What an office says on the thread, it says in its own name and as of now: of an item what has just become of it, of the referral as a
-- whole as its lead. What an agency says is written by append_from_agency.
create or replace function comity.check_return_entry() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if (new.needs = 2 and new.by_id = comity.member() and new.at between transaction_timestamp() and clock_timestamp()
      and new.agency_id = comity.referring_agency(new.case_id, new.referral_id) and comity.screens(new.case_id) and case
        when new.kind in ('REQUESTED', 'WAIVED', 'CANCELLED', 'UPHELD', 'OVERRULED') then
          new.shown_by = 'ITEMS' and new.reason is null
          and exists (select 1 from comity.return_items i where i.case_id = new.case_id and i.id = new.item_id and i.referral_id = new.referral_id
            and i.state = new.kind and i.state_since >= transaction_timestamp())
        when new.kind = 'REFUSED' then new.shown_by = 'REASON' and new.item_id is null and new.reason is not null and comity.leads(new.case_id)
        when new.kind in ('WITHDRAWAL_GRANTED', 'WITHDRAWAL_DENIED') then
          new.shown_by = 'STATUS' and new.item_id is null and new.reason is null and comity.leads(new.case_id)
        when new.kind in ('DECLINATION_UPHELD', 'CASE_REOPENED') then
          new.shown_by = case new.kind when 'CASE_REOPENED' then 'STATUS' else 'OUTCOME' end and new.item_id is null and new.reason is null and comity.leads(new.case_id)
          and exists (select 1 from comity.return_entries e where e.case_id = new.case_id and e.referral_id = new.referral_id and e.kind = 'DECLINATION_DISPUTED')
      end) is not true then
    raise exception 'nothing is said on this thread so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint

-- Why the case of a referral was declined, in the words that its lead shares, for the agency of the referral: none while it is not
-- declined, or where the lead's rule book does not show it. What is in a compartment is left out.
create function comity.declination_reasons(p_referral uuid) returns text[]
language sql stable security definer set search_path = comity, pg_catalog
return array(
  select d.shareable_reason
    from comity.referrals r join comity.case_referrals l on l.referral_id = r.id join comity.cases c on c.id = l.case_id
      join comity.charges h on h.case_id = c.id and h.state <> 'WITHDRAWN' and h.needs & 49152 = 0
      join comity.decisions d on d.case_id = h.case_id and d.charge_id = h.id and d.state = 'STANDING' and d.outcome = 'DECLINE'
   where r.id = p_referral and r.agency_id = comity.agency_id() and c.stage = 'DECLINED' and d.shareable_reason is not null and comity.shows_agency(c.id, 'REASON')
   group by d.shareable_reason order by min(d.proposed_at), d.shareable_reason);--> statement-breakpoint
grant execute on function comity.check_decision(), comity.check_decision_grounds(), comity.check_analysis(), comity.check_recorded(), comity.check_charge() to comity_owner;--> statement-breakpoint
grant execute on function comity.decided(uuid), comity.dispute_declination(uuid, uuid, text, uuid, text), comity.declination_reasons(uuid) to comity_app;--> statement-breakpoint

set role comity_owner;--> statement-breakpoint
create trigger decisions_written before insert or update on comity.decisions for each row when (current_user = 'comity_app') execute function comity.check_decision();--> statement-breakpoint
create trigger decision_grounds_written before insert or update on comity.decision_grounds for each row when (current_user = 'comity_app') execute function comity.check_decision_grounds();--> statement-breakpoint
create trigger immunity_analyses_written before insert or update on comity.immunity_analyses for each row when (current_user = 'comity_app') execute function comity.check_analysis();--> statement-breakpoint
create trigger affiliations_written before insert on comity.affiliations for each row when (current_user = 'comity_app') execute function comity.check_recorded();--> statement-breakpoint
create trigger victim_notices_written before insert on comity.victim_notices for each row when (current_user = 'comity_app') execute function comity.check_recorded();--> statement-breakpoint
create trigger filings_written before insert on comity.filings for each row when (current_user = 'comity_app') execute function comity.check_recorded();--> statement-breakpoint
create trigger charges_written before insert or update on comity.charges for each row when (current_user = 'comity_app') execute function comity.check_charge();--> statement-breakpoint
revoke execute on function comity.check_decision(), comity.check_decision_grounds(), comity.check_analysis(), comity.check_recorded(), comity.check_charge() from comity_owner;
