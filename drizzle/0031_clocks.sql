-- Clocks: what is due on which day in a case, computed by the server from its facts and kept with how it was computed; what was
-- computed before stays beside it. And the facts that are recorded for clocks alone. Locks nothing that stands; the clocks of cases that
-- stand already are made by the next load of the reference data. What an act asks for is never planned as a reading of whole tables,
-- however small they were at first. Way back: as comity_definer drop the seven functions, as comity_owner
-- the two tables.
CREATE TABLE "comity"."clocks" (
	"case_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"needs" integer NOT NULL,
	"kind" text NOT NULL,
	"about_id" uuid NOT NULL,
	"aspect" text NOT NULL,
	"time_zone" text NOT NULL,
	"started_on" date,
	"due_on" date,
	"safe_on" date,
	"rolled_on" date,
	"met_on" date,
	"undated" text,
	"asserted" jsonb,
	"tolling" jsonb NOT NULL,
	"trace" jsonb NOT NULL,
	"warnings" text[] NOT NULL,
	"rule" jsonb NOT NULL,
	"version_id" uuid,
	"digest" text NOT NULL,
	"computed_at" timestamp(6) with time zone NOT NULL,
	"superseded_at" timestamp(6) with time zone,
	"superseded_because" text,
	CONSTRAINT "clocks_case_id_id_pk" PRIMARY KEY("case_id","id"),
	CONSTRAINT "clocks_kind_check" CHECK ("comity"."clocks"."kind" in ('LIMITATION', 'REMOVAL_WINDOW', 'CAMERA_RETENTION', 'RETURN_ITEM', 'EXTERNAL_DEMAND', 'VICTIM_NOTICE', 'SUPERSESSION_HEARING', 'SUPERSESSION_DECISION')),
	CONSTRAINT "clocks_undated_check" CHECK ("comity"."clocks"."undated" in ('NOT_RUNNING', 'RUNNING', 'LAST_DAY', 'PASSED', 'MET', 'MET_LATE', 'NO_LIMIT', 'UNVERIFIED')),
	CONSTRAINT "clocks_warnings_check" CHECK ("comity"."clocks"."warnings" <@ array['UNATTESTED', 'MEDIUM_CONFIDENCE', 'LOW_CONFIDENCE', 'START_UNVERIFIED', 'OFFICER_REACH_NO', 'OFFICER_REACH_UNLIKELY', 'OFFICER_REACH_DISPUTED', 'LIMITATION_DISPUTED', 'LEVEL_NOT_NAMED', 'DISCOVERY_NOT_ATTESTED', 'EXCLUSION_OPEN', 'EXCLUSION_NOT_ASSERTED', 'PERIOD_ASSUMED', 'PERIOD_UNVERIFIED']::text[]),
	CONSTRAINT "clocks_superseded_because_check" CHECK ("comity"."clocks"."superseded_because" in ('FACTS', 'RULE', 'ENDED')),
	CONSTRAINT "clocks_superseded" CHECK (num_nulls("comity"."clocks"."superseded_at", "comity"."clocks"."superseded_because") in (0, 2)),
	CONSTRAINT "clocks_dated" CHECK (("comity"."clocks"."due_on" is null) = ("comity"."clocks"."undated" is not null)),
	CONSTRAINT "clocks_needs_check" CHECK ("comity"."clocks"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."clocks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."clock_facts" (
	"case_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"needs" integer NOT NULL,
	"kind" text NOT NULL,
	"about_id" uuid NOT NULL,
	"from_on" date,
	"to_on" date,
	"grounds" text[] NOT NULL,
	"source" text NOT NULL,
	"recorded_by" uuid NOT NULL,
	"recorded_at" timestamp(6) with time zone NOT NULL,
	"attested_by" uuid,
	"attested_at" timestamp(6) with time zone,
	"withdrawn_by" uuid,
	"withdrawn_at" timestamp(6) with time zone,
	"withdrawn_because" text,
	CONSTRAINT "clock_facts_case_id_id_pk" PRIMARY KEY("case_id","id"),
	CONSTRAINT "clock_facts_kind_check" CHECK ("comity"."clock_facts"."kind" in ('EXCLUSION', 'PUBLIC_OFFICE', 'DISCOVERY', 'ASSERTION', 'RECORDING_FLAGGED', 'RECORDING_REQUESTED', 'RECORDING_SECURED')),
	CONSTRAINT "clock_facts_day" CHECK (("comity"."clock_facts"."kind" = 'ASSERTION') = ("comity"."clock_facts"."from_on" is null)),
	CONSTRAINT "clock_facts_end" CHECK ("comity"."clock_facts"."to_on" is null or "comity"."clock_facts"."kind" = 'EXCLUSION' and "comity"."clock_facts"."to_on" >= "comity"."clock_facts"."from_on"),
	CONSTRAINT "clock_facts_grounds" CHECK ((cardinality("comity"."clock_facts"."grounds") > 0) = ("comity"."clock_facts"."kind" in ('EXCLUSION', 'ASSERTION'))),
	CONSTRAINT "clock_facts_attested" CHECK (num_nulls("comity"."clock_facts"."attested_by", "comity"."clock_facts"."attested_at") in (0, 2) and ("comity"."clock_facts"."attested_by" is null or "comity"."clock_facts"."kind" = 'DISCOVERY')),
	CONSTRAINT "clock_facts_withdrawn" CHECK (num_nulls("comity"."clock_facts"."withdrawn_by", "comity"."clock_facts"."withdrawn_at", "comity"."clock_facts"."withdrawn_because") in (0, 3)),
	CONSTRAINT "clock_facts_needs_check" CHECK ("comity"."clock_facts"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."clock_facts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "comity"."clocks" ADD CONSTRAINT "clocks_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "comity"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."clock_facts" ADD CONSTRAINT "clock_facts_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "comity"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "clocks_current" ON "comity"."clocks" USING btree ("case_id","kind","about_id","aspect") WHERE "comity"."clocks"."superseded_at" is null;--> statement-breakpoint
CREATE INDEX "clocks_due" ON "comity"."clocks" USING btree ("due_on","case_id","id") WHERE "comity"."clocks"."superseded_at" is null and "comity"."clocks"."met_on" is null and "comity"."clocks"."due_on" is not null;--> statement-breakpoint
CREATE INDEX "clocks_of_version" ON "comity"."clocks" USING btree ("version_id","case_id") WHERE "comity"."clocks"."superseded_at" is null;--> statement-breakpoint
CREATE INDEX "clock_facts_about" ON "comity"."clock_facts" USING btree ("case_id","about_id");--> statement-breakpoint
CREATE POLICY "clocks_seen" ON "comity"."clocks" AS PERMISSIVE FOR ALL TO "comity_app" USING (clocks.needs <> 0 and (clocks.needs & ~(
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
    else 0 end = 1)) WITH CHECK (clocks.needs <> 0 and (clocks.needs & ~(
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
    else 0 end = 1));--> statement-breakpoint
CREATE POLICY "clocks_definer" ON "comity"."clocks" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "clock_facts_seen" ON "comity"."clock_facts" AS PERMISSIVE FOR ALL TO "comity_app" USING (clock_facts.needs <> 0 and (clock_facts.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = clock_facts.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = clock_facts.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and (case when clock_facts.kind in ('EXCLUSION', 'PUBLIC_OFFICE')
      then (select 1 from comity.persons p where p.case_id = clock_facts.case_id and p.id = clock_facts.about_id)
    when clock_facts.kind in ('DISCOVERY', 'ASSERTION')
      then (select 1 from comity.charges h where h.case_id = clock_facts.case_id and h.id = clock_facts.about_id)
    else (select 1 from comity.recordings r where r.case_id = clock_facts.case_id and r.id = clock_facts.about_id) end = 1)) WITH CHECK (clock_facts.needs <> 0 and (clock_facts.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = clock_facts.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = clock_facts.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and (case when clock_facts.kind in ('EXCLUSION', 'PUBLIC_OFFICE')
      then (select 1 from comity.persons p where p.case_id = clock_facts.case_id and p.id = clock_facts.about_id)
    when clock_facts.kind in ('DISCOVERY', 'ASSERTION')
      then (select 1 from comity.charges h where h.case_id = clock_facts.case_id and h.id = clock_facts.about_id)
    else (select 1 from comity.recordings r where r.case_id = clock_facts.case_id and r.id = clock_facts.about_id) end = 1));--> statement-breakpoint
CREATE POLICY "clock_facts_definer" ON "comity"."clock_facts" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
-- By hand:
alter table comity.clocks force row level security;--> statement-breakpoint
alter table comity.clock_facts force row level security;--> statement-breakpoint
grant select on comity.clocks to comity_app;--> statement-breakpoint
grant select, insert on comity.clock_facts to comity_app;--> statement-breakpoint
grant update (to_on, attested_by, attested_at, withdrawn_by, withdrawn_at, withdrawn_because) on comity.clock_facts to comity_app;--> statement-breakpoint
grant select, insert on comity.clocks to comity_definer;--> statement-breakpoint
grant update (superseded_at, superseded_because) on comity.clocks to comity_definer;--> statement-breakpoint
grant select on comity.clock_facts, comity.filings, comity.victim_notices to comity_definer;--> statement-breakpoint

set role comity_definer;--> statement-breakpoint
-- All that the clocks of cases depend on; what is closed or merged has none. Holds the heads of their trails, so that nobody computes
-- from older facts at the same time. Whoever asks was judged by the caller.
create function comity.clock_facts_of(p_cases uuid[]) returns table (facts jsonb)
language plpgsql security definer set search_path = comity, pg_catalog set enable_seqscan = off as $$
begin
  perform 1 from comity.trail_heads t where t.case_id = any (p_cases) and t.chain = 'CASE' order by t.case_id for update;
  return query select jsonb_build_object(
    'caseId', c.id, 'state', c.state, 'timeZone', coalesce(j.time_zone, l.time_zone, 'UTC'), 'incidentOn', c.incident_on,
    'charges', (select coalesce(jsonb_agg(jsonb_build_object(
        'id', h.id, 'needs', h.needs, 'personId', h.person_id, 'offenceOn', h.offence_on, 'versionId', v.id,
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
    'recorded', (select coalesce(jsonb_agg(jsonb_build_object('kind', k.kind, 'aboutId', k.about_id, 'fromOn', k.from_on, 'toOn', k.to_on, 'grounds', k.grounds,
        'source', k.source, 'recordedBy', m.name, 'attestedBy', a.name) order by k.recorded_at desc, k.id desc), '[]')
      from comity.clock_facts k join comity.members m on m.id = k.recorded_by left join comity.members a on a.id = k.attested_by
     where k.case_id = c.id and k.withdrawn_at is null),
    'rules', (select coalesce(jsonb_agg(jsonb_build_object('kind', r.kind, 'state', r.state, 'body', r.body, 'citation', r.citation, 'source', r.source, 'confidence', r.confidence)
        order by r.kind, r.state, r.position), '[]')
      from comity.state_rules r where r.state in (c.state, '*') and r.kind in ('LIMITATION', 'BODY_CAMERA_RETENTION', 'VICTIM_NOTICE')))
    from comity.cases c cross join lateral (select c.stage in ('CLOSED', 'MERGED') as over) o
    left join comity.jurisdictions j on j.id = c.jurisdiction_id
    left join comity.jurisdictions l on l.id = c.lead_id
   where c.id = any (p_cases);
end $$;--> statement-breakpoint

-- The same for one who acts on the cases: who sees them, or the agency that referred them.
create function comity.clock_facts(p_cases uuid[], p_referral uuid) returns table (facts jsonb)
language plpgsql security definer set search_path = comity, pg_catalog set enable_seqscan = off as $$
declare
  known uuid[] := array(select c.id from comity.cases c where c.id = any (p_cases) and comity.sees(c.id, 1)
    union select l.case_id from comity.case_referrals l join comity.referrals r on r.id = l.referral_id
     where (l.case_id = any (p_cases) or r.id = p_referral) and r.agency_id = comity.agency_id());
begin
  return query select f.facts from comity.clock_facts_of(known) f;
end $$;--> statement-breakpoint

-- Keeps what was computed of a case: an equal result stands, another supersedes the one before, and what counts for nothing any
-- more ends. Whoever asks was judged by the caller.
create function comity.put_clocks_of(p_case uuid, p_clocks jsonb) returns void
language plpgsql security definer set search_path = comity, pg_catalog set enable_seqscan = off as $$
begin
  update comity.clocks k set superseded_at = statement_timestamp(), superseded_because = coalesce((
      select case when n.rule ->> 'version' is distinct from k.rule ->> 'version' then 'RULE' else 'FACTS' end
        from jsonb_to_recordset(p_clocks) n (kind text, about_id uuid, aspect text, rule jsonb)
       where n.kind = k.kind and n.about_id = k.about_id and n.aspect = k.aspect), 'ENDED')
   where k.case_id = p_case and k.superseded_at is null and not exists (
      select 1 from jsonb_to_recordset(p_clocks) n (kind text, about_id uuid, aspect text, digest text)
       where n.kind = k.kind and n.about_id = k.about_id and n.aspect = k.aspect and n.digest = k.digest);
  insert into comity.clocks (case_id, id, needs, kind, about_id, aspect, time_zone, started_on, due_on, safe_on, rolled_on, met_on, undated, asserted, tolling, trace,
    warnings, rule, version_id, digest, computed_at)
  select p_case, gen_random_uuid(), n.needs, n.kind, n.about_id, n.aspect, n.time_zone, n.started_on, n.due_on, n.safe_on, n.rolled_on, n.met_on, n.undated,
      nullif(n.asserted, 'null'), n.tolling, n.trace, n.warnings, n.rule, n.version_id, n.digest, statement_timestamp()
    from jsonb_populate_recordset(null::comity.clocks, p_clocks) n
   where not exists (select 1 from comity.clocks k where k.case_id = p_case and k.superseded_at is null
      and k.kind = n.kind and k.about_id = n.about_id and k.aspect = n.aspect);
end $$;--> statement-breakpoint

-- The same for one who acts on the case.
create function comity.put_clocks(p_case uuid, p_clocks jsonb) returns void
language plpgsql security definer set search_path = comity, pg_catalog set enable_seqscan = off as $$
begin
  if not comity.sees(p_case, 1) and not exists (
      select 1 from comity.case_referrals l join comity.referrals r on r.id = l.referral_id where l.case_id = p_case and r.agency_id = comity.agency_id()) then
    raise exception 'There is no such thing here.' using errcode = 'CM404';
  end if;
  perform comity.put_clocks_of(p_case, p_clocks);
end $$;--> statement-breakpoint

-- Keeps the first clocks of cases that an agency's referrals have just made, ready made; of a case that has some already, or is not
-- the agency's, nothing is kept.
create function comity.first_clocks(p_clocks jsonb) returns void
language sql security definer set search_path = comity, pg_catalog set enable_seqscan = off as $$
  insert into comity.clocks (case_id, id, needs, kind, about_id, aspect, time_zone, started_on, due_on, safe_on, rolled_on, met_on, undated, asserted, tolling, trace,
    warnings, rule, version_id, digest, computed_at)
  select n.case_id, gen_random_uuid(), n.needs, n.kind, n.about_id, n.aspect, n.time_zone, n.started_on, n.due_on, n.safe_on, n.rolled_on, n.met_on, n.undated,
      nullif(n.asserted, 'null'), n.tolling, n.trace, n.warnings, n.rule, n.version_id, n.digest, statement_timestamp()
    from jsonb_populate_recordset(null::comity.clocks, p_clocks) n
   where exists (select 1 from comity.case_referrals l join comity.referrals r on r.id = l.referral_id where l.case_id = n.case_id and r.agency_id = comity.agency_id())
     and not exists (select 1 from comity.clocks k where k.case_id = n.case_id)
$$;--> statement-breakpoint

-- Cases whose clocks rest on a rule that says something else by now, or that lack one: the next of them behind a case. What rules say is
-- told by the versions that clocks would name: of each text of a statute, and of all others.
create function comity.clocks_outdated(p_texts jsonb, p_versions text[], p_behind uuid, p_limit integer) returns setof uuid
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
      and not exists (select 1 from comity.clocks k where k.case_id = i.case_id and k.kind = 'RETURN_ITEM' and k.about_id = i.id and k.superseded_at is null)) x
    join comity.cases c on c.id = x.case_id
   where x.case_id > p_behind and c.stage not in ('CLOSED', 'MERGED') order by x.case_id limit p_limit
$$;--> statement-breakpoint

-- A fact is recorded by the office that leads, in one's own name; its end, its attestation and its withdrawal come later, once each.
-- Only an attorney attests or asserts.
create function comity.check_clock_fact() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if (comity.leads(new.case_id) and case
      when tg_op = 'INSERT' then
        new.recorded_by = comity.member() and num_nonnulls(new.attested_by, new.attested_at, new.withdrawn_by, new.withdrawn_at, new.withdrawn_because) = 0
        and new.recorded_at between transaction_timestamp() and clock_timestamp()
        and (new.kind <> 'ASSERTION' or comity.holds_role('{ATTORNEY,SUPERVISOR,ELECTED}'))
      when old.withdrawn_at is not null then false
      when new.withdrawn_at is not null then
        new.withdrawn_by = comity.member() and (new.to_on, new.attested_by, new.attested_at) is not distinct from (old.to_on, old.attested_by, old.attested_at)
      when new.to_on is distinct from old.to_on then old.to_on is null and new.attested_by is not distinct from old.attested_by
      else old.attested_by is null and new.attested_by = comity.member() and comity.holds_role('{ATTORNEY,SUPERVISOR,ELECTED}')
    end) is not true then
    raise exception 'what a clock depends on is not recorded so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint
grant execute on function comity.check_clock_fact(), comity.clock_facts_of(uuid[]), comity.put_clocks_of(uuid, jsonb), comity.clocks_outdated(jsonb, text[], uuid, integer) to comity_owner;--> statement-breakpoint
grant execute on function comity.clock_facts(uuid[], uuid), comity.put_clocks(uuid, jsonb), comity.first_clocks(jsonb) to comity_app;--> statement-breakpoint
set role comity_owner;--> statement-breakpoint
create trigger clock_facts_written before insert or update on comity.clock_facts for each row when (current_user = 'comity_app') execute function comity.check_clock_fact();--> statement-breakpoint
revoke execute on function comity.check_clock_fact() from comity_owner;
