-- Venue: which counties are in question when a referral arrives, how certain that is, and what a person confirms. Locks venues
-- while its three columns and its checks are added (no row is rewritten, each is checked); no row of a case that stands already is
-- changed: of those venue is the declared county. Way back: as comity_definer drop settle_venue and create receive_referral and record
-- as in 0015; as comity_owner drop the tables venue_findings and venue_candidates, the three columns of venues, and put the check on
-- venues.basis back to the words DECLARED_COUNTY and ROUTED.
CREATE TABLE "comity"."venue_candidates" (
	"case_id" uuid NOT NULL,
	"county_fips" text NOT NULL,
	"needs" integer NOT NULL,
	"position" integer NOT NULL,
	"county_name" text,
	"grounds" text[] NOT NULL,
	"citations" text[] NOT NULL,
	"distance_m" double precision,
	CONSTRAINT "venue_candidates_case_id_county_fips_pk" PRIMARY KEY("case_id","county_fips"),
	CONSTRAINT "venue_candidates_grounds_check" CHECK ("comity"."venue_candidates"."grounds" <@ array['OFFENCE_PLACE', 'ELEMENT', 'RESULT_DEATH', 'BODY_FOUND', 'BOUNDARY_DISTANCE']::text[]),
	CONSTRAINT "venue_candidates_needs_check" CHECK ("comity"."venue_candidates"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."venue_candidates" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."venue_findings" (
	"case_id" uuid PRIMARY KEY NOT NULL,
	"needs" integer NOT NULL,
	"answer" text NOT NULL,
	"geometry" text,
	"computed_at" timestamp(6) with time zone NOT NULL,
	"confirmed_county" text,
	"confirmed_by" uuid,
	"confirmed_at" timestamp(6) with time zone,
	"confirmed_because" text,
	CONSTRAINT "venue_findings_answer_check" CHECK ("comity"."venue_findings"."answer" in ('CERTAIN', 'AMBIGUOUS', 'MISMATCH', 'UNROUTED')),
	CONSTRAINT "venue_findings_confirmed" CHECK (num_nulls("comity"."venue_findings"."confirmed_county", "comity"."venue_findings"."confirmed_by", "comity"."venue_findings"."confirmed_at", "comity"."venue_findings"."confirmed_because") in (0, 4)),
	CONSTRAINT "venue_findings_needs_check" CHECK ("comity"."venue_findings"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."venue_findings" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "comity"."venues" DROP CONSTRAINT "venues_basis_check";--> statement-breakpoint
ALTER TABLE "comity"."venues" ADD COLUMN "grounds" text[] DEFAULT '{}'::text[] NOT NULL;--> statement-breakpoint
ALTER TABLE "comity"."venues" ADD COLUMN "citations" text[] DEFAULT '{}'::text[] NOT NULL;--> statement-breakpoint
ALTER TABLE "comity"."venues" ADD COLUMN "geometry" text;--> statement-breakpoint
ALTER TABLE "comity"."venue_candidates" ADD CONSTRAINT "venue_candidates_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "comity"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."venue_findings" ADD CONSTRAINT "venue_findings_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "comity"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."venues" ADD CONSTRAINT "venues_grounds_check" CHECK ("comity"."venues"."grounds" <@ array['OFFENCE_PLACE', 'ELEMENT', 'RESULT_DEATH', 'BODY_FOUND', 'BOUNDARY_DISTANCE']::text[]);--> statement-breakpoint
ALTER TABLE "comity"."venues" ADD CONSTRAINT "venues_basis_check" CHECK ("comity"."venues"."basis" in ('DECLARED_COUNTY', 'COMPUTED', 'CONFIRMED', 'ROUTED'));--> statement-breakpoint
CREATE POLICY "venue_candidates_seen" ON "comity"."venue_candidates" AS PERMISSIVE FOR ALL TO "comity_app" USING (venue_candidates.needs <> 0 and (venue_candidates.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = venue_candidates.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = venue_candidates.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1) WITH CHECK (venue_candidates.needs <> 0 and (venue_candidates.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = venue_candidates.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = venue_candidates.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1);--> statement-breakpoint
CREATE POLICY "venue_candidates_definer" ON "comity"."venue_candidates" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "venue_findings_seen" ON "comity"."venue_findings" AS PERMISSIVE FOR ALL TO "comity_app" USING (venue_findings.needs <> 0 and (venue_findings.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = venue_findings.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = venue_findings.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1) WITH CHECK (venue_findings.needs <> 0 and (venue_findings.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = venue_findings.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = venue_findings.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1);--> statement-breakpoint
CREATE POLICY "venue_findings_definer" ON "comity"."venue_findings" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
alter table comity.venue_findings force row level security;--> statement-breakpoint
alter table comity.venue_candidates force row level security;--> statement-breakpoint
-- What was found of venue is about a place, never about a person: reading it need not be logged.
alter table comity.venue_findings add constraint never_sensitive check (needs & 53256 = 0);--> statement-breakpoint
alter table comity.venue_candidates add constraint never_sensitive check (needs & 53256 = 0);--> statement-breakpoint
grant select on comity.venue_findings, comity.venue_candidates to comity_app;--> statement-breakpoint
grant select, insert on comity.venue_findings, comity.venue_candidates to comity_definer;--> statement-breakpoint
grant update (confirmed_county, confirmed_by, confirmed_at, confirmed_because) on comity.venue_findings to comity_definer;--> statement-breakpoint
grant update, delete on comity.venues to comity_definer;--> statement-breakpoint
set role comity_definer;--> statement-breakpoint

-- Takes a referral in: the agency's own rows, then the case that it may never see. Rows come ready made and in our
-- columns' names; what they may hold was judged by the caller, who they come from is judged here, and so is which case they
-- are of and what they need of a reader, as packet.ts has it.
create or replace function comity.receive_referral(p jsonb) returns table (outcome text, referral_id uuid, problems jsonb)
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  sender comity.members;
  known comity.idempotency_keys;
  office comity.jurisdictions;
  arrived timestamptz := statement_timestamp();
  the_case uuid := (p ->> 'case_id')::uuid;
  the_referral uuid := (p ->> 'referral_id')::uuid;
  given integer;
begin
  select * into sender from comity.members m where m.id = comity.member() and m.agency_id = comity.agency_id() and m.active;
  if sender.id is null or sender.role not in ('SUPERVISOR', 'CLIENT') then
    raise exception 'Your seat does not permit this act.' using errcode = 'CM403';
  elsif jsonb_path_exists(p, '$.*[*].case_id ? (@ != $case)', jsonb_build_object('case', p -> 'case_id')) then
    raise exception 'referral: each of its parts belongs to the case that it makes.' using errcode = 'CM400';
  end if;

  -- What came before under this key is answered as it was then, whatever it would be judged by today.
  if not (p ->> 'refused')::boolean then
    insert into comity.idempotency_keys (agency_id, key, fingerprint, referral_id, at)
    values (sender.agency_id, p ->> 'key', p ->> 'fingerprint', the_referral, arrived) on conflict (agency_id, key) do nothing;
  end if;
  if (p ->> 'refused')::boolean or not found then
    select * into known from comity.idempotency_keys k where k.agency_id = sender.agency_id and k.key = p ->> 'key';
    return query select case when known.key is null then 'REFUSED' when known.fingerprint = p ->> 'fingerprint' then 'REPLAYED' else 'KEY_REUSED' end,
      known.referral_id, (select r.problems from comity.referrals r where r.id = known.referral_id);
    return;
  end if;

  insert into comity.referrals (id, agency_id, report_number, state, state_since, kind, incident_on, county_fips, submitted_at, submitted_by,
    attestation_id, problems, packet_sha256)
  values (the_referral, sender.agency_id, p ->> 'report_number', 'SUBMITTED', arrived, p ->> 'kind', (p ->> 'incident_on')::date, p ->> 'county_fips',
    arrived, sender.id, (select a.id from comity.attestations a where a.id = (p ->> 'attestation_id')::uuid and a.agency_id = sender.agency_id),
    p -> 'problems', p ->> 'packet_sha256')
      on conflict (agency_id, report_number) do nothing;
  if not found then
    delete from comity.idempotency_keys k where k.agency_id = sender.agency_id and k.key = p ->> 'key';
    return query select 'REPORT_NUMBER_TAKEN', null::uuid, null::jsonb;
    return;
  end if;
  insert into comity.referral_packets (referral_id, agency_id, document) values (the_referral, sender.agency_id, p ->> 'document');

  select j.* into office from comity.jurisdiction_counties k join comity.jurisdictions j on j.id = k.jurisdiction_id where k.fips = p ->> 'county_fips';
  insert into comity.case_numbers as n (prefix, year, last)
  values (coalesce(office.prefix, 'UNR'), extract(year from arrived at time zone coalesce(office.time_zone, 'UTC'))::integer, 1)
      on conflict (prefix, year) do update set last = n.last + 1 returning n.last into given;
  insert into comity.cases (id, number, agency_id, jurisdiction_id, state, county_fips, incident_on, kind, stage, received_at, needs)
  values (the_case, format('%s-%s-%s', coalesce(office.prefix, 'UNR'), extract(year from arrived at time zone coalesce(office.time_zone, 'UTC')),
      lpad(given::text, greatest(6, length(given::text)), '0')),
    sender.agency_id, office.id, p ->> 'state', p ->> 'county_fips', (p ->> 'incident_on')::date, p ->> 'kind', 'UNCLAIMED', arrived, 1);
  insert into comity.case_reports
  select * from jsonb_populate_record(null::comity.case_reports, p -> 'report' || jsonb_build_object('case_id', the_case, 'needs', 2));
  insert into comity.persons (case_id, id, needs, part, position, name, descriptors, badge, plate, markings, minor_at_incident, injured, injury)
  select the_case, r.id, case when r.minor_at_incident then 4100 else 4 end, r.part, r.position, r.name, r.descriptors, r.badge, r.plate, r.markings,
      r.minor_at_incident, r.injured, r.injury
    from jsonb_populate_recordset(null::comity.persons, p -> 'persons') r;
  -- A contact of nobody in this referral is left to the foreign key, which refuses it.
  insert into comity.person_contacts (case_id, person_id, needs, phone, email, address, disclosure_refused)
  select the_case, k.person_id, case when k.disclosure_refused or h.minor_at_incident then 4104 else 8 end, k.phone, k.email, k.address, k.disclosure_refused
    from jsonb_populate_recordset(null::comity.person_contacts, p -> 'contacts') k
    left join comity.persons h on h.case_id = the_case and h.id = k.person_id;
  insert into comity.recordings (case_id, id, needs, kind, position, holder, device, uri, sha256, captured_from, captured_to, note)
  select the_case, r.id, 32, r.kind, r.position, r.holder, r.device, r.uri, r.sha256, r.captured_from, r.captured_to, r.note
    from jsonb_populate_recordset(null::comity.recordings, p -> 'recordings') r;
  insert into comity.case_referrals (case_id, referral_id, needs) values (the_case, the_referral, 2);
  insert into comity.venue_findings (case_id, needs, answer, geometry, computed_at)
  values (the_case, 1, p -> 'venue' ->> 'answer', p -> 'venue' ->> 'geometry', arrived);
  insert into comity.venue_candidates (case_id, county_fips, needs, position, county_name, grounds, citations, distance_m)
  select the_case, v.county_fips, 2, v.position, v.county_name, v.grounds, v.citations, v.distance_m
    from jsonb_to_recordset(p -> 'venue' -> 'candidates')
      as v (county_fips text, position integer, county_name text, grounds text[], citations text[], distance_m double precision);
  -- Offices follow from counties, here and nowhere else: an agency names none. One that serves several of them stands once, with
  -- all their grounds, by the county that comes first.
  insert into comity.venues (case_id, jurisdiction_id, needs, basis, county_fips, reason, since, grounds, citations, geometry)
  select the_case, k.jurisdiction_id, 1, case when min(v.position) = 0 then 'DECLARED_COUNTY' else 'COMPUTED' end,
      (array_agg(v.county_fips order by v.position))[1], (array_agg(v.reason order by v.position))[1], arrived,
      array(select distinct g from jsonb_array_elements(jsonb_agg(v.grounds)) as each (list), jsonb_array_elements_text(each.list) as g order by g),
      array(select distinct g from jsonb_array_elements(jsonb_agg(v.citations)) as each (list), jsonb_array_elements_text(each.list) as g order by g),
      p -> 'venue' ->> 'geometry'
    from jsonb_to_recordset(p -> 'venue' -> 'candidates') as v (county_fips text, position integer, reason text, grounds jsonb, citations jsonb)
    join comity.jurisdiction_counties k on k.fips = v.county_fips
   group by k.jurisdiction_id;
  perform comity.append_event(the_case, 'CASE', 'RECEIVED', 'DONE', 128,
    jsonb_build_object('referralId', the_referral, 'packetSha256', p ->> 'packet_sha256', 'attested', p ->> 'attestation_id' is not null));
  perform comity.compute_sight(the_case);
  return query select 'RECEIVED', the_referral, null::jsonb;
end $$;--> statement-breakpoint

-- Writes an act into the trail. The chain's head is locked first; then, in a new statement and so under a new snapshot,
-- the actor must still see the case: a wall may have been raised while this waited. The version is raised by the office that leads;
-- for a release, which comes after the lead is given up, by the one that led by the word of the trail; for a routing by an administrator;
-- for a venue while nobody leads by the one who confirmed it in the same act.
create or replace function comity.record(p_case uuid, p_chain text, p_expected integer, p_act text, p_needs integer, p_body jsonb) returns integer
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  current_version integer;
begin
  if (p_act ~ '^[A-Z_]{3,40}$' and p_act <> 'RECEIVED' and p_chain in ('CASE', 'GRAND_JURY', 'COMPELLED')
      and starts_with(p_act, 'COMPARTMENT_') = (p_chain <> 'CASE')
      and (p_expected is not null or p_act not in ('ROUTED', 'CLAIMED', 'RELEASED', 'TRANSFERRED'))) is not true then
    raise exception 'act: this is not recorded so.' using errcode = 'CM400';
  end if;
  perform 1 from comity.trail_heads where case_id = p_case and chain = p_chain for update;
  if not comity.sees(p_case, 1) then
    raise exception 'There is no such thing here.' using errcode = 'CM404';
  end if;
  if p_chain <> 'CASE' and not comity.leads(p_case) then
    raise exception 'Your office does not lead this case.' using errcode = 'CM403';
  end if;
  if p_expected is null then
    select version into strict current_version from comity.cases where id = p_case;
  else
    if not comity.leads(p_case) and (case p_act
        when 'ROUTED' then comity.holds_role('{ADMINISTRATOR}')
          and exists (select 1 from comity.cases c where c.id = p_case and c.jurisdiction_id is not null and c.lead_id is null)
        when 'RELEASED' then exists (select 1 from comity.cases c where c.id = p_case and c.lead_id is null)
          and (select e.act <> 'RELEASED' and e.acting_for = nullif(current_setting('comity.office', true), '')::uuid from comity.trail_events e
            where e.case_id = p_case and e.chain = 'CASE' and e.act in ('CLAIMED', 'TRANSFERRED', 'RELEASED') order by e.seq desc limit 1)
        when 'VENUE_CONFIRMED' then exists (select 1 from comity.cases c where c.id = p_case and c.lead_id is null)
          and exists (select 1 from comity.venue_findings f where f.case_id = p_case and f.confirmed_by = comity.member() and f.confirmed_at >= transaction_timestamp())
      end) is not true then
      raise exception 'Your office does not lead this case.' using errcode = 'CM403';
    end if;
    update comity.cases set version = version + 1 where id = p_case and version = p_expected returning version into current_version;
    if current_version is null then
      raise exception 'The case has changed since you read it.' using errcode = 'CM409';
    end if;
  end if;
  perform comity.append_event(p_case, p_chain, p_act, 'DONE', p_needs, p_body);
  return current_version;
end $$;--> statement-breakpoint

-- In which county it happened, as a person of a candidate office says, or of the lead. Candidates that rested on the doubt about
-- the place alone end; those by an element, a result or a boundary rule stay, and so does the lead. The county's office becomes
-- a candidate, and the case its; where there is none, an unclaimed case is unrouted.
create function comity.settle_venue(p_case uuid, p_county text, p_reason text) returns void
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  me comity.members;
  c comity.cases;
  the_office uuid;
begin
  if not comity.sees(p_case, 1) then
    raise exception 'There is no such thing here.' using errcode = 'CM404';
  end if;
  select * into strict c from comity.cases where id = p_case for no key update;
  select * into me from comity.members m where m.id = comity.member() and m.active;
  if me.kind is distinct from 'PERSON' or me.office_id is null or me.role not in ('INTAKE', 'ATTORNEY', 'SUPERVISOR', 'ELECTED')
    or c.lead_id <> me.office_id
    or (c.lead_id is null and not exists (select 1 from comity.venues v where v.case_id = p_case and v.jurisdiction_id = me.office_id)) then
    raise exception 'Your seat does not permit this act.' using errcode = 'CM403';
  end if;
  if not exists (select 1 from comity.venue_findings f where f.case_id = p_case and f.answer in ('AMBIGUOUS', 'MISMATCH')) then
    raise exception 'Venue of this case is not in doubt.' using errcode = 'CM409';
  end if;
  select k.jurisdiction_id into the_office from comity.jurisdiction_counties k where k.fips = p_county;

  delete from comity.venues v
   where v.case_id = p_case and v.jurisdiction_id is distinct from the_office and v.jurisdiction_id is distinct from c.lead_id
     and v.basis <> 'ROUTED' and v.grounds <@ array['OFFENCE_PLACE'];
  update comity.venues v set grounds = array_remove(v.grounds, 'OFFENCE_PLACE')
   where v.case_id = p_case and v.jurisdiction_id is distinct from the_office and v.jurisdiction_id is distinct from c.lead_id
     and 'OFFENCE_PLACE' = any (v.grounds);
  if the_office is not null then
    insert into comity.venues as v (case_id, jurisdiction_id, needs, basis, county_fips, reason, since, grounds, citations)
    values (p_case, the_office, 1, 'CONFIRMED', p_county, p_reason, statement_timestamp(), array['OFFENCE_PLACE'],
      coalesce((select k.citations from comity.venue_candidates k where k.case_id = p_case and k.county_fips = p_county), '{}'))
        on conflict (case_id, jurisdiction_id) do update set basis = 'CONFIRMED', county_fips = excluded.county_fips, reason = excluded.reason,
          grounds = array['OFFENCE_PLACE'] || array_remove(v.grounds, 'OFFENCE_PLACE');
  end if;
  if the_office is not null or c.lead_id is null then
    update comity.cases set jurisdiction_id = the_office where id = p_case and jurisdiction_id is distinct from the_office;
  end if;
  update comity.venue_findings set confirmed_county = p_county, confirmed_by = me.id, confirmed_at = statement_timestamp(), confirmed_because = p_reason
   where case_id = p_case;
end $$;--> statement-breakpoint
grant execute on function comity.settle_venue(uuid, text, text) to comity_app;--> statement-breakpoint
set role comity_owner;
