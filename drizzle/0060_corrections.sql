-- What was recorded wrongly can be corrected, and stays in view: the filing of a charge (what was told before stands in filing_entries, kept by a trigger), a notice to a victim, the confirmation of a text of
-- law, a draft of an analysis of immunity, a removal. A charge can be pinned anew to the text of its days. Locks removals and removal_steps while a generated column is made anew, filings, victim_notices,
-- immunity_analyses and statute_attestations for the moment of new columns and checks. Way back: correct by hand what is ENTERED_IN_ERROR or WITHDRAWN, then drop the table, the columns, the triggers and the functions made here; make the
-- checks, removals_one_open, the generated columns and statute_attestations_wording as before; as comity_definer the functions as in 0043, 0052, 0053, 0055 and 0059.
set role comity_definer;--> statement-breakpoint
drop function comity.judgment_standing(uuid, uuid, date);--> statement-breakpoint
set role comity_owner;--> statement-breakpoint
CREATE TABLE "comity"."filing_entries" (
	"case_id" uuid NOT NULL,
	"charge_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"needs" integer NOT NULL,
	"instrument" text NOT NULL,
	"court" text NOT NULL,
	"docket_number" text NOT NULL,
	"filed_on" date NOT NULL,
	"waiver" text,
	"warnings" text[] NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp(6) with time zone NOT NULL,
	"corrected_because" text,
	CONSTRAINT "filing_entries_case_id_charge_id_position_pk" PRIMARY KEY("case_id","charge_id","position"),
	CONSTRAINT "filing_entries_instrument_check" CHECK ("comity"."filing_entries"."instrument" in ('INDICTMENT', 'PRESENTMENT', 'COMPLAINT', 'INFORMATION_AFTER_PRELIMINARY_HEARING', 'INFORMATION_ON_WAIVER', 'INFORMATION_MISDEMEANOR', 'INDICTING_GRAND_JURY_LIMITED')),
	CONSTRAINT "filing_entries_warnings_check" CHECK ("comity"."filing_entries"."warnings" <@ array['NO_RULE', 'NOT_LISTED', 'WAIVED', 'LEVEL_OPEN', 'NOT_IN_FORCE', 'LIMITATION_PASSED']::text[]),
	CONSTRAINT "filing_entries_needs_check" CHECK ("comity"."filing_entries"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."filing_entries" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "comity"."statute_attestations" DROP CONSTRAINT "statute_attestations_wording";--> statement-breakpoint
ALTER TABLE "comity"."filings" DROP CONSTRAINT "filings_warnings_check";--> statement-breakpoint
ALTER TABLE "comity"."immunity_analyses" DROP CONSTRAINT "immunity_analyses_state_check";--> statement-breakpoint
ALTER TABLE "comity"."removal_steps" DROP CONSTRAINT "removal_steps_act_check";--> statement-breakpoint
ALTER TABLE "comity"."removal_steps" DROP CONSTRAINT "removal_steps_state_check";--> statement-breakpoint
ALTER TABLE "comity"."removals" DROP CONSTRAINT "removals_state_check";--> statement-breakpoint
ALTER TABLE "comity"."removals" DROP CONSTRAINT "removals_notice_check";--> statement-breakpoint
DROP INDEX "comity"."removals_one_open";--> statement-breakpoint
ALTER TABLE "comity"."removal_steps" drop column "standing";--> statement-breakpoint
ALTER TABLE "comity"."removal_steps" ADD COLUMN "standing" text GENERATED ALWAYS AS (case when state in ('WINDOW_CLOSED', 'LATE_LEAVE_SOUGHT', 'ENTERED_IN_ERROR') or ruling is not distinct from 'REMANDED' then 'FREE' when ruling = 'REMOVED' then 'REMOVED' else 'PENDING' end) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "comity"."removals" drop column "judgment_barred";--> statement-breakpoint
ALTER TABLE "comity"."removals" ADD COLUMN "judgment_barred" boolean GENERATED ALWAYS AS (scope = 'WHOLE_CASE' and state not in ('WINDOW_CLOSED', 'LATE_LEAVE_SOUGHT', 'ENTERED_IN_ERROR') and ruling is distinct from 'REMANDED') STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "comity"."filings" ADD COLUMN "corrected_because" text;--> statement-breakpoint
ALTER TABLE "comity"."victim_notices" ADD COLUMN "withdrawn_by" uuid;--> statement-breakpoint
ALTER TABLE "comity"."victim_notices" ADD COLUMN "withdrawn_at" timestamp(6) with time zone;--> statement-breakpoint
ALTER TABLE "comity"."victim_notices" ADD COLUMN "withdrawn_because" text;--> statement-breakpoint
ALTER TABLE "comity"."removal_steps" ADD COLUMN "reason" text;--> statement-breakpoint
ALTER TABLE "comity"."statute_attestations" ADD COLUMN "withdrawn_by" uuid;--> statement-breakpoint
ALTER TABLE "comity"."statute_attestations" ADD COLUMN "withdrawn_at" timestamp(6) with time zone;--> statement-breakpoint
ALTER TABLE "comity"."statute_attestations" ADD COLUMN "withdrawn_because" text;--> statement-breakpoint
ALTER TABLE "comity"."filing_entries" ADD CONSTRAINT "filing_entries_filing" FOREIGN KEY ("case_id","charge_id") REFERENCES "comity"."filings"("case_id","charge_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."statute_attestations" ADD CONSTRAINT "statute_attestations_withdrawn_by_members_id_fk" FOREIGN KEY ("withdrawn_by") REFERENCES "comity"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "statute_attestations_wording" ON "comity"."statute_attestations" USING btree ("version_id","revision") WHERE "comity"."statute_attestations"."withdrawn_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "removals_one_open" ON "comity"."removals" USING btree ("case_id","person_id","scope") WHERE "comity"."removals"."needs" & 49152 = 0 and "comity"."removals"."ruling" is distinct from 'REMANDED' and "comity"."removals"."state" <> 'ENTERED_IN_ERROR';--> statement-breakpoint
ALTER TABLE "comity"."filings" ADD CONSTRAINT "filings_warnings_check" CHECK ("comity"."filings"."warnings" <@ array['NO_RULE', 'NOT_LISTED', 'WAIVED', 'LEVEL_OPEN', 'NOT_IN_FORCE', 'LIMITATION_PASSED']::text[]);--> statement-breakpoint
ALTER TABLE "comity"."immunity_analyses" ADD CONSTRAINT "immunity_analyses_state_check" CHECK ("comity"."immunity_analyses"."state" in ('DRAFTED', 'REVIEWED', 'RETURNED', 'WITHDRAWN'));--> statement-breakpoint
ALTER TABLE "comity"."victim_notices" ADD CONSTRAINT "victim_notices_withdrawn" CHECK (num_nulls("comity"."victim_notices"."withdrawn_by", "comity"."victim_notices"."withdrawn_at", "comity"."victim_notices"."withdrawn_because") in (0, 3));--> statement-breakpoint
ALTER TABLE "comity"."removal_steps" ADD CONSTRAINT "removal_steps_reason_check" CHECK (("comity"."removal_steps"."act" = 'ENTER_IN_ERROR') = ("comity"."removal_steps"."reason" is not null));--> statement-breakpoint
ALTER TABLE "comity"."removal_steps" ADD CONSTRAINT "removal_steps_act_check" CHECK ("comity"."removal_steps"."act" in ('FILE_NOTICE', 'CLOSE_WINDOW', 'SEEK_LATE_LEAVE', 'GRANT_LEAVE', 'REFUSE_LEAVE', 'REMAND_SUMMARILY', 'SET_HEARING', 'REMOVE', 'REMAND', 'APPEAL', 'AFFIRM', 'REVERSE', 'CLOSE', 'ENTER_IN_ERROR'));--> statement-breakpoint
ALTER TABLE "comity"."removal_steps" ADD CONSTRAINT "removal_steps_state_check" CHECK ("comity"."removal_steps"."state" in ('NOTICE_FILED', 'SUMMARY_REMAND', 'HEARING_SET', 'REMOVED', 'REMANDED', 'APPEAL_PENDING', 'CLOSED', 'WINDOW_CLOSED', 'LATE_LEAVE_SOUGHT', 'ENTERED_IN_ERROR'));--> statement-breakpoint
ALTER TABLE "comity"."removals" ADD CONSTRAINT "removals_state_check" CHECK ("comity"."removals"."state" in ('NOTICE_FILED', 'SUMMARY_REMAND', 'HEARING_SET', 'REMOVED', 'REMANDED', 'APPEAL_PENDING', 'CLOSED', 'WINDOW_CLOSED', 'LATE_LEAVE_SOUGHT', 'ENTERED_IN_ERROR'));--> statement-breakpoint
ALTER TABLE "comity"."removals" ADD CONSTRAINT "removals_notice_check" CHECK (("comity"."removals"."notice_filed_on" is null) = ("comity"."removals"."state" in ('WINDOW_CLOSED', 'LATE_LEAVE_SOUGHT', 'ENTERED_IN_ERROR')));--> statement-breakpoint
ALTER TABLE "comity"."statute_attestations" ADD CONSTRAINT "statute_attestations_withdrawn" CHECK (num_nulls("comity"."statute_attestations"."withdrawn_by", "comity"."statute_attestations"."withdrawn_at", "comity"."statute_attestations"."withdrawn_because") in (0, 3));--> statement-breakpoint
CREATE POLICY "filing_entries_seen" ON "comity"."filing_entries" AS PERMISSIVE FOR ALL TO "comity_app" USING (filing_entries.needs <> 0 and (filing_entries.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = filing_entries.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = filing_entries.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((select 1 from comity.filings f where f.case_id = filing_entries.case_id and f.charge_id = filing_entries.charge_id) = 1)) WITH CHECK (filing_entries.needs <> 0 and (filing_entries.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = filing_entries.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = filing_entries.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((select 1 from comity.filings f where f.case_id = filing_entries.case_id and f.charge_id = filing_entries.charge_id) = 1));--> statement-breakpoint
CREATE POLICY "filing_entries_definer" ON "comity"."filing_entries" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
-- By hand:
alter table comity.filing_entries force row level security;--> statement-breakpoint
create policy filing_entries_purpose on comity.filing_entries as restrictive for select to comity_app using (
  (filing_entries.needs & 49152) = 0 or (select comity.purpose()) is not null);--> statement-breakpoint
grant select on comity.filing_entries to comity_app;--> statement-breakpoint
grant select, insert on comity.filing_entries to comity_definer;--> statement-breakpoint
grant update (instrument, court, docket_number, filed_on, waiver, warnings, corrected_because, recorded_by, recorded_at) on comity.filings to comity_app;--> statement-breakpoint
grant update (withdrawn_by, withdrawn_at, withdrawn_because) on comity.victim_notices to comity_app;--> statement-breakpoint
grant update (statute_version_id, level, warnings) on comity.charges to comity_app;--> statement-breakpoint
grant update (withdrawn_by, withdrawn_at, withdrawn_because) on comity.statute_attestations to comity_definer;--> statement-breakpoint
create trigger filing_entries_append_only before update or delete or truncate on comity.filing_entries for each statement execute function comity.refuse_change();--> statement-breakpoint

-- A confirmation is never rewritten; it is taken back once.
create function comity.keep_attestation() returns trigger language plpgsql as $$
begin
  if tg_op <> 'UPDATE' or old.withdrawn_at is not null or to_jsonb(new) - '{withdrawn_by,withdrawn_at,withdrawn_because}'::text[] is distinct from to_jsonb(old) - '{withdrawn_by,withdrawn_at,withdrawn_because}'::text[] then
    raise exception 'what was confirmed is not changed' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint
drop trigger statute_attestations_append_only on comity.statute_attestations;--> statement-breakpoint
create trigger statute_attestations_kept before update or delete on comity.statute_attestations for each row execute function comity.keep_attestation();--> statement-breakpoint
create trigger statute_attestations_append_only before truncate on comity.statute_attestations for each statement execute function comity.refuse_change();--> statement-breakpoint

-- Whether the caller sees what a clock is about, as before; an earlier result too of what was corrected since.
create or replace function comity.clock_about_seen(p_kind text, p_case uuid, p_about uuid, p_earlier boolean, p_aspect text, p_started_on date, p_met_on date) returns boolean
language plpgsql stable parallel safe as $$
begin
  case p_kind
    when 'LIMITATION' then return exists (select 1 from comity.charges h where h.case_id = p_case and h.id = p_about);
    when 'CAMERA_RETENTION' then return exists (select 1 from comity.recordings r where r.case_id = p_case and r.id = p_about);
    when 'RETURN_ITEM' then return exists (select 1 from comity.return_items i where i.case_id = p_case and i.id = p_about);
    when 'VICTIM_NOTICE' then
      return exists (select 1 from comity.persons p where p.case_id = p_case and p.id = p_about) and (not p_earlier
        or starts_with(p_aspect, 'CHARGED') and (exists (select 1 from comity.filings f where f.case_id = p_case and f.filed_on = coalesce(p_started_on, f.filed_on))
          or exists (select 1 from comity.filing_entries f where f.case_id = p_case and f.filed_on = coalesce(p_started_on, f.filed_on)))
        or starts_with(p_aspect, 'DISPOSITION') and exists (select 1 from comity.dispositions d where d.case_id = p_case and d.disposed_on = coalesce(p_started_on, d.disposed_on)));
    when 'REMOVAL_WINDOW' then
      return exists (select 1 from comity.persons p where p.case_id = p_case and p.id = p_about)
        and exists (select 1 from comity.filings f join comity.charges h on h.case_id = f.case_id and h.id = f.charge_id where f.case_id = p_case and h.person_id = p_about)
        and (not p_earlier or p_met_on is null or exists (select 1 from comity.removals r where r.case_id = p_case and r.person_id = p_about and r.notice_filed_on = p_met_on)
          or exists (select 1 from comity.removals r join comity.removal_steps s on s.case_id = r.case_id and s.removal_id = r.id where r.case_id = p_case and r.person_id = p_about and r.state = 'ENTERED_IN_ERROR' and s.day = p_met_on));
    when 'EXTERNAL_DEMAND' then
      return exists (select 1 from comity.external_demands d where d.case_id = p_case and d.id = p_about and (not p_earlier or p_met_on is null or d.answered_on = p_met_on
        or exists (select 1 from comity.demand_entries e where e.case_id = p_case and e.demand_id = p_about and e.day = p_met_on)));
    when 'RENDITION_HOLD' then return exists (select 1 from comity.renditions r where r.case_id = p_case and r.id = p_about);
    when 'SUPERSESSION_HEARING', 'SUPERSESSION_DECISION' then return exists (select 1 from comity.supersessions s where s.case_id = p_case and s.id = p_about);
    else return false;
  end case;
end $$;--> statement-breakpoint

set role comity_definer;--> statement-breakpoint
-- What removals of a person make of a judgment on a charge at the end of a day, as before; one that was entered in error makes nothing of it.
create function comity.judgment_standing(p_case uuid, p_charge uuid, p_on date) returns text
language sql stable security definer set search_path = comity, pg_catalog
return case when comity.leads(p_case) then coalesce((
  select max(x.standing) from comity.charges h join comity.removals r on r.case_id = h.case_id and r.person_id = h.person_id and r.scope = 'WHOLE_CASE' and r.state <> 'ENTERED_IN_ERROR' and r.needs & ~h.needs & 49152 = 0
    cross join lateral (select s.standing from comity.removal_steps s where s.case_id = r.case_id and s.removal_id = r.id and s.act <> 'CLOSE_WINDOW' and s.day <= p_on
      order by s.day desc, s.position desc limit 1) x
   where h.case_id = p_case and h.id = p_charge), 'FREE') end;--> statement-breakpoint
revoke execute on function comity.judgment_standing(uuid, uuid, date) from public;--> statement-breakpoint
grant execute on function comity.judgment_standing(uuid, uuid, date) to comity_app;--> statement-breakpoint
-- All that the clocks of cases depend on, as before; a notice that was withdrawn tells nobody.
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
          from comity.victim_notices n where n.case_id = p.case_id and n.person_id = p.id and n.withdrawn_at is null)) order by p.id), '[]')
      from comity.persons p where p.case_id = c.id and p.part = 'VICTIM'),
    'accused', (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'needs', p.needs | 80,
        'arraignedOn', (select d.day from comity.court_dates d where d.case_id = p.case_id and d.person_id = p.id and d.kind = 'ARRAIGNMENT' and d.needs & ~w.apart & 49152 = 0 order by d.recorded_at desc, d.id desc limit 1),
        'trialStartsOn', (select d.day from comity.court_dates d where d.case_id = p.case_id and d.person_id = p.id and d.kind = 'TRIAL' and d.needs & ~w.apart & 49152 = 0 order by d.recorded_at desc, d.id desc limit 1),
        'noticeFiledOn', w.noticed) order by p.id), '[]')
      from comity.persons p
      -- A charge that is in a compartment, where another is not, keeps no window open.
      cross join lateral (select x.apart, x.waits, r.noticed, r.closed from (
          select a.apart, exists (select 1 from comity.filings f join comity.charges h on h.case_id = f.case_id and h.id = f.charge_id
              where f.case_id = p.case_id and h.person_id = p.id and h.needs & ~a.apart & 49152 = 0
                and not exists (select 1 from comity.dispositions d where d.case_id = h.case_id and d.charge_id = h.id and d.kind not in ('VACATED', 'ENTERED_IN_ERROR')
                  and not exists (select 1 from comity.dispositions l where l.case_id = d.case_id and l.supersedes = d.id))) as waits
            from (select bit_and(h.needs) as apart from comity.filings f join comity.charges h on h.case_id = f.case_id and h.id = f.charge_id where f.case_id = p.case_id and h.person_id = p.id) a) x
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
    'disposed', (select coalesce(jsonb_agg(distinct jsonb_build_object('on', d.disposed_on, 'apart', h.needs & 53248)), '[]')
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
-- Takes a row out of a compartment, as before; a removal that was entered in error stands beside any other.
create or replace function comity.release_from_compartment(p_case uuid, p_compartment text, p_kind text, p_id uuid) returns void
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  bit integer := comity.compartment_entered(p_case, p_compartment, p_kind, p_id);
  side text[] := case p_compartment when 'COMPELLED' then array['FILTER'] else array['TRIAL', 'SUPPORT'] end;
  source integer;
  accused uuid;
  placed_at timestamptz;
begin
  if not exists (select 1 from comity.assignments a where a.case_id = p_case and a.member_id = comity.member() and a.until is null and a.role = any (side)) then
    raise exception 'Only the team that reads this compartment releases from it.' using errcode = 'CM403';
  elsif p_compartment = 'COMPELLED' and not exists (select 1 from comity.members m where m.id = comity.member() and m.active and m.role in ('SUPERVISOR', 'ELECTED')) then
    raise exception 'What was compelled is released by a supervisor or the elected head, as a member of the filter team.' using errcode = 'CM403';
  elsif comity.needs_of(p_case, p_kind, p_id) & bit = 0 then
    raise exception 'This is not in the compartment.' using errcode = 'CM409';
  end if;
  source := case p_kind
    when 'REMOVAL' then (select comity.needs_of(p_case, 'PERSON', r.person_id) from comity.removals r where r.case_id = p_case and r.id = p_id)
    when 'CHARGE' then (select comity.needs_of(p_case, 'PERSON', h.person_id) from comity.charges h where h.case_id = p_case and h.id = p_id)
    when 'ANNOTATION' then (select comity.needs_of(p_case, a.target_kind, a.target_id) from comity.annotations a where a.case_id = p_case and a.id = p_id) end;
  if source & bit <> 0 then
    raise exception 'What this derives from is in the compartment. Release that first.' using errcode = 'CM409';
  end if;
  if p_kind = 'REMOVAL' and exists (select 1 from comity.removals r join comity.removals o on o.case_id = r.case_id and o.person_id = r.person_id and o.scope = r.scope and o.id <> r.id
      and o.needs & 49152 = 0 and o.ruling is distinct from 'REMANDED' and o.state <> 'ENTERED_IN_ERROR' where r.case_id = p_case and r.id = p_id and r.ruling is distinct from 'REMANDED' and r.state <> 'ENTERED_IN_ERROR') then
    raise exception 'Another removal of this person stands outside of the compartment. It ends first.' using errcode = 'CM409';
  end if;
  select e.at into placed_at from comity.trail_events e
   where e.case_id = p_case and e.chain = p_compartment and e.act = 'COMPARTMENT_PLACED' and e.body::jsonb ->> 'targetId' = p_id::text order by e.seq desc limit 1;
  update comity.recordings r set needs = r.needs & ~bit where p_kind = 'RECORDING' and r.case_id = p_case and r.id = p_id;
  update comity.persons p set needs = p.needs & ~bit where p_kind = 'PERSON' and p.case_id = p_case and p.id = p_id;
  update comity.person_contacts k set needs = k.needs & ~bit where p_kind = 'PERSON' and k.case_id = p_case and k.person_id = p_id;
  update comity.charges h set needs = h.needs & ~bit
   where h.case_id = p_case and (p_kind = 'CHARGE' and h.id = p_id
     or p_kind = 'PERSON' and h.person_id = p_id and h.proposed_at < placed_at and not comity.placed_itself(p_case, p_compartment, h.id));
  accused := case p_kind when 'PERSON' then p_id when 'CHARGE' then (select h.person_id from comity.charges h where h.case_id = p_case and h.id = p_id) end;
  if exists (select 1 from comity.charges h join comity.charges x on x.case_id = h.case_id and x.person_id = h.person_id and x.statute_id = h.statute_id and x.offence_on = h.offence_on and x.id <> h.id
      where h.case_id = p_case and h.person_id = accused and (p_kind = 'PERSON' or h.id = p_id) and h.state in ('PROPOSED', 'FILED') and h.needs & 49152 = 0
        and x.state in ('PROPOSED', 'FILED') and x.needs & 49152 = 0 and coalesce(x.level, h.level, 'NONE') = coalesce(h.level, x.level, 'NONE')) then
    raise exception 'The same charge is open outside of the compartment. One of the two is withdrawn first.' using errcode = 'CM409';
  elsif accused is not null and exists (with recursive up (start, id) as (
        select r.charge_id, r.other_id from comity.charge_relations r where r.case_id = p_case and r.relation = 'LESSER_OF' and r.ended_at is null
        union select u.start, r.other_id from up u join comity.charge_relations r on r.case_id = p_case and r.charge_id = u.id and r.relation = 'LESSER_OF' and r.ended_at is null)
      select 1 from up u where u.id = u.start) then
    raise exception 'Outside of the compartment this charge would be a lesser one of itself. One of the relations is taken back first.' using errcode = 'CM409';
  end if;
  begin
    if exists (select 1 from comity.charges h join comity.persons p on p.case_id = h.case_id and p.id = h.person_id
        where h.case_id = p_case and h.person_id = accused and h.state = 'FILED' and (h.needs | p.needs) & 49152 = 0) then
      update comity.court_dates d set needs = d.needs & ~bit where d.case_id = p_case and d.person_id = accused and d.needs & bit <> 0;
      update comity.renditions r set needs = r.needs & ~bit where r.case_id = p_case and r.person_id = accused and r.needs & bit <> 0;
      update comity.immunity_proceedings i set needs = i.needs & ~bit where i.case_id = p_case and i.person_id = accused and i.needs & bit <> 0
        and not exists (select 1 from comity.charges h where h.case_id = p_case and h.id = any (i.charge_ids) and h.needs & bit <> 0);
      update comity.proceeding_steps s set needs = s.needs & ~bit where s.case_id = p_case and s.needs & bit <> 0 and case s.kind
          when 'RENDITION' then (select r.needs from comity.renditions r where r.case_id = p_case and r.id = s.about_id)
          when 'IMMUNITY' then (select i.needs from comity.immunity_proceedings i where i.case_id = p_case and i.id = s.about_id) end & bit = 0;
    end if;
  exception when unique_violation then
    raise exception 'What was entered in the compartment and what was entered outside of it since cannot both stand. One of the two ends, or is corrected, first.' using errcode = 'CM409';
  end;
  update comity.victim_notices n set needs = n.needs & ~bit from comity.persons p
   where n.case_id = p_case and n.needs & bit <> 0 and p.case_id = n.case_id and p.id = n.person_id and p.needs & bit = 0
     and not exists (select 1 from comity.charges h where h.case_id = p_case and h.needs & bit <> 0 and h.state <> 'WITHDRAWN');
  update comity.external_demands d set needs = d.needs & ~bit where p_kind = 'DEMAND' and d.case_id = p_case and d.id = p_id;
  update comity.demand_items i set needs = i.needs & ~bit where p_kind = 'DEMAND' and i.case_id = p_case and i.demand_id = p_id;
  update comity.demand_extensions x set needs = x.needs & ~bit where p_kind = 'DEMAND' and x.case_id = p_case and x.demand_id = p_id;
  update comity.demand_entries e set needs = e.needs & ~bit where p_kind = 'DEMAND' and e.case_id = p_case and e.demand_id = p_id;
  update comity.removals r set needs = r.needs & ~bit where p_kind = 'REMOVAL' and r.case_id = p_case and r.id = p_id;
  update comity.removal_steps s set needs = s.needs & ~bit where p_kind = 'REMOVAL' and s.case_id = p_case and s.removal_id = p_id;
  with released as (
    update comity.annotations a set needs = a.needs & ~bit, placed_needs = a.placed_needs & ~bit
     where a.case_id = p_case and (p_kind = 'ANNOTATION' and a.id = p_id
       or a.revised_at < placed_at and not comity.placed_itself(p_case, p_compartment, a.id)
         and (a.target_kind = p_kind and a.target_id = p_id
           or p_kind = 'PERSON' and a.target_kind = 'CHARGE'
             and exists (select 1 from comity.charges h where h.case_id = p_case and h.id = a.target_id and h.person_id = p_id and h.needs & bit = 0)))
    returning a.id, a.needs
  )
  update comity.annotation_revisions r set needs = l.needs from released l where r.case_id = p_case and r.annotation_id = l.id;
end $$;--> statement-breakpoint
create or replace function comity.check_notice_choice() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if coalesce((select n.kind from comity.victim_notices n where n.case_id = new.case_id and n.person_id = new.person_id and n.kind in ('OPT_OUT', 'OPT_IN') and n.withdrawn_at is null
      order by n.recorded_at desc, n.id desc limit 1), 'OPT_IN') = new.kind then
    raise exception 'a victim has said so last' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint
-- Takes the name from under a text of law: by who put it there, or by a head of an office of its state.
create function comity.withdraw_attestation(p_version uuid, p_reason text) returns void
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  update comity.statute_attestations a set withdrawn_by = m.id, withdrawn_at = clock_timestamp(), withdrawn_because = p_reason
    from comity.members m join comity.jurisdictions j on j.id = m.office_id, comity.statute_versions v join comity.statutes s on s.id = v.statute_id
   where m.id = comity.member() and m.active and m.kind = 'PERSON' and v.id = p_version and v.attested_by is not null and j.state = s.state
     and a.version_id = v.id and a.revision = v.revision and a.withdrawn_at is null
     and (m.role in ('SUPERVISOR', 'ELECTED') or m.role = 'ATTORNEY' and a.member_id = m.id);
  if not found then
    raise exception 'This text was taken back or changed meanwhile: read it again.' using errcode = 'CM409';
  end if;
  update comity.statute_versions v set attested_by = null where v.id = p_version;
end $$;--> statement-breakpoint
revoke execute on function comity.withdraw_attestation(uuid, text) from public;--> statement-breakpoint
grant execute on function comity.withdraw_attestation(uuid, text) to comity_app;--> statement-breakpoint

-- What the lead puts on record of a filing it corrects in the name of who does it, and says why; what was told before is kept.
create function comity.keep_filing() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if (new.recorded_by = comity.member() and comity.leads(new.case_id) and new.recorded_at > old.recorded_at and new.corrected_because is not null) is not true then
    raise exception 'this is not put on record so' using errcode = '42501';
  end if;
  insert into comity.filing_entries (case_id, charge_id, position, needs, instrument, court, docket_number, filed_on, waiver, warnings, recorded_by, recorded_at, corrected_because)
    values (old.case_id, old.charge_id, 1 + (select count(*) from comity.filing_entries e where e.case_id = old.case_id and e.charge_id = old.charge_id), old.needs,
      old.instrument, old.court, old.docket_number, old.filed_on, old.waiver, old.warnings, old.recorded_by, old.recorded_at, old.corrected_because);
  return new;
end $$;--> statement-breakpoint
-- A notice is withdrawn once, by the lead, in the name of who does it.
create function comity.check_notice_withdrawn() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if (comity.leads(new.case_id) and old.withdrawn_at is null and new.withdrawn_by = comity.member()
      and (new.kind not in ('OPT_OUT', 'OPT_IN') or not exists (select 1 from comity.victim_notices n where n.case_id = new.case_id and n.person_id = new.person_id and n.kind in ('OPT_OUT', 'OPT_IN')
        and n.withdrawn_at is null and (n.recorded_at, n.id) > (new.recorded_at, new.id)))) is not true then
    raise exception 'a notice is not withdrawn so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint
-- As before; and who prosecutes takes a draft back.
create or replace function comity.check_analysis() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if (comity.leads(new.case_id) and case
      when tg_op = 'INSERT' then
        new.state = 'DRAFTED' and new.drafted_by = comity.member() and num_nonnulls(new.reviewed_by, new.reviewed_at, new.remark) = 0
      when old.state <> 'DRAFTED' or new.reviewed_by is distinct from comity.member() or new.reviewed_at is null then false
      when new.state = 'WITHDRAWN' then new.remark is not null
      else new.state in ('REVIEWED', 'RETURNED') and new.drafted_by <> comity.member() and comity.holds_role('{SUPERVISOR,ELECTED}')
    end) is not true then
    raise exception 'an analysis is not drafted or reviewed so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint
-- As before; and a proposed charge is pinned anew, to another text of its statute that is in force on its first day, beneath no decision.
create or replace function comity.check_charge() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if (case
      when tg_op = 'INSERT' then new.state = 'PROPOSED' and new.proposed_by = comity.member() and comity.leads(new.case_id)
      when old.state <> 'PROPOSED' or not comity.leads(new.case_id) then false
      when new.statute_version_id <> old.statute_version_id then new.state = 'PROPOSED' and not comity.bound_by_decision(new.case_id, new.id)
        and (new.level is null or new.level = old.level and comity.has_level(new.statute_version_id, new.level))
        and exists (select 1 from comity.statute_versions v where v.id = new.statute_version_id and v.statute_id = new.statute_id
          and new.offence_on between coalesce(v.valid_from, '-infinity') and coalesce(v.valid_to, 'infinity'))
      when (new.level, new.warnings) is distinct from (old.level, old.warnings) then false
      when new.state = 'WITHDRAWN' then not comity.bound_by_decision(new.case_id, new.id)
      when new.state = 'FILED' then exists (select 1 from comity.decisions d
        where d.case_id = new.case_id and d.charge_id = new.id and d.state = 'STANDING' and d.outcome = 'CHARGE')
    end) is not true then
    raise exception 'a charge is not proposed, pinned, withdrawn or filed so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint
-- A removal on which a judgment of the federal court rests is not entered in error.
create function comity.check_removal_untried() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if new.scope = 'WHOLE_CASE' and exists (select 1 from comity.dispositions d join comity.charges h on h.case_id = d.case_id and h.id = d.charge_id
      where d.case_id = new.case_id and h.person_id = new.person_id and d.forum = 'FEDERAL' and d.kind not in ('VACATED', 'ENTERED_IN_ERROR') and d.needs & ~new.needs & 49152 = 0
        and not exists (select 1 from comity.dispositions l where l.case_id = d.case_id and l.supersedes = d.id)) then
    raise exception 'what a federal court entered rests on this removal' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint
grant execute on function comity.keep_filing(), comity.check_notice_withdrawn(), comity.check_proceeding(), comity.check_removal_untried() to comity_owner;--> statement-breakpoint
set role comity_owner;--> statement-breakpoint
create trigger filings_kept before update on comity.filings for each row when (current_user = 'comity_app') execute function comity.keep_filing();--> statement-breakpoint
create trigger victim_notices_withdrawn before update on comity.victim_notices for each row when (current_user = 'comity_app') execute function comity.check_notice_withdrawn();--> statement-breakpoint
create or replace trigger removals_written before insert or update on comity.removals for each row when (current_user = 'comity_app') execute function comity.check_proceeding('LATE_LEAVE_SOUGHT,NOTICE_FILED,WINDOW_CLOSED',
  'APPEAL_PENDING>CLOSED,APPEAL_PENDING>ENTERED_IN_ERROR,APPEAL_PENDING>NOTICE_FILED,APPEAL_PENDING>REMANDED,APPEAL_PENDING>REMOVED,CLOSED>ENTERED_IN_ERROR,HEARING_SET>ENTERED_IN_ERROR,HEARING_SET>HEARING_SET,HEARING_SET>REMANDED,HEARING_SET>REMOVED,LATE_LEAVE_SOUGHT>ENTERED_IN_ERROR,LATE_LEAVE_SOUGHT>NOTICE_FILED,LATE_LEAVE_SOUGHT>WINDOW_CLOSED,NOTICE_FILED>ENTERED_IN_ERROR,NOTICE_FILED>HEARING_SET,NOTICE_FILED>SUMMARY_REMAND,REMANDED>APPEAL_PENDING,REMANDED>CLOSED,REMANDED>ENTERED_IN_ERROR,REMOVED>APPEAL_PENDING,REMOVED>CLOSED,REMOVED>ENTERED_IN_ERROR,REMOVED>REMANDED,SUMMARY_REMAND>APPEAL_PENDING,SUMMARY_REMAND>CLOSED,SUMMARY_REMAND>ENTERED_IN_ERROR,WINDOW_CLOSED>ENTERED_IN_ERROR,WINDOW_CLOSED>LATE_LEAVE_SOUGHT,WINDOW_CLOSED>NOTICE_FILED');--> statement-breakpoint
create trigger removals_untried before update on comity.removals for each row when (current_user = 'comity_app' and new.state = 'ENTERED_IN_ERROR') execute function comity.check_removal_untried();--> statement-breakpoint
revoke execute on function comity.keep_filing(), comity.check_notice_withdrawn(), comity.check_proceeding(), comity.check_removal_untried() from comity_owner;
