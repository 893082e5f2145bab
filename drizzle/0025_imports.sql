-- Takes referrals in by the batch and keeps the document that each was made from. Case numbers are taken in blocks, and who sees
-- what is computed once for all cases of a batch. Locks nothing but the new table. Way back: as comity_definer drop the functions
-- below and create receive_referral as in 0018; as comity_owner drop the table referral_originals.
CREATE TABLE "comity"."referral_originals" (
	"referral_id" uuid PRIMARY KEY NOT NULL,
	"agency_id" uuid NOT NULL,
	"media_type" text NOT NULL,
	"sha256" text NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "referral_originals_size" CHECK (octet_length("comity"."referral_originals"."bytes") between 1 and 1048576),
	CONSTRAINT "referral_originals_media_type" CHECK ("comity"."referral_originals"."media_type" ~ '^[a-z]+/[a-z0-9.+-]{1,80}$')
);
--> statement-breakpoint
ALTER TABLE "comity"."referral_originals" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "comity"."referral_originals" ADD CONSTRAINT "referral_originals_referral_id_referrals_id_fk" FOREIGN KEY ("referral_id") REFERENCES "comity"."referrals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE POLICY "referral_originals_own" ON "comity"."referral_originals" AS PERMISSIVE FOR ALL TO "comity_app" USING (referral_originals.agency_id = (select comity.agency_id())) WITH CHECK (referral_originals.agency_id = (select comity.agency_id()));--> statement-breakpoint
CREATE POLICY "referral_originals_definer" ON "comity"."referral_originals" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint

-- By hand:
alter table comity.referral_originals force row level security;--> statement-breakpoint
grant select on comity.referral_originals to comity_app;--> statement-breakpoint
grant select, insert on comity.referral_originals to comity_definer;--> statement-breakpoint
set role comity_definer;--> statement-breakpoint

-- Takes a referral in: the agency's own rows, then the case that it may never see. Rows come ready made and in our
-- columns' names; what they may hold was judged by the caller, who they come from is judged here, and so is which case they
-- are of and what they need of a reader, as packet.ts has it. With a number that was taken for it, or the next one where that is
-- null. Who sees the case is left to the caller: comity.first_sight.
create function comity.take_in_referral(p jsonb, p_number integer) returns table (outcome text, referral_id uuid, problems jsonb)
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  sender comity.members;
  known comity.idempotency_keys;
  office comity.jurisdictions;
  arrived timestamptz := statement_timestamp();
  the_case uuid := (p ->> 'case_id')::uuid;
  the_referral uuid := (p ->> 'referral_id')::uuid;
  given integer := p_number;
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
  insert into comity.referral_originals (referral_id, agency_id, media_type, sha256, bytes)
  select the_referral, sender.agency_id, p -> 'original' ->> 'media_type', encode(sha256(o.bytes), 'hex'), o.bytes
    from (select decode(p -> 'original' ->> 'base64', 'base64')) as o (bytes) where o.bytes is not null;

  select j.* into office from comity.jurisdiction_counties k join comity.jurisdictions j on j.id = k.jurisdiction_id where k.fips = p ->> 'county_fips';
  if given is null then
    insert into comity.case_numbers as n (prefix, year, last)
    values (coalesce(office.prefix, 'UNR'), extract(year from arrived at time zone coalesce(office.time_zone, 'UTC'))::integer, 1)
        on conflict (prefix, year) do update set last = n.last + 1 returning n.last into given;
  end if;
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
  return query select 'RECEIVED', the_referral, null::jsonb;
end $$;--> statement-breakpoint

-- Who sees cases that have just arrived, and what of them can be searched: what comity.compute_sight makes of a case of which
-- there is nothing yet that could be outdated, for many at once.
create function comity.first_sight(p_cases uuid[]) returns void
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  insert into comity.closings (case_id, subject, facets, unless, until, cause, ref)
  select w.case_id, w.subject, w.facets, w.unless, w.until, w.cause, w.ref
    from unnest(p_cases) as n (id) cross join lateral (select * from comity.wanted_closings v where v.case_id = n.id) w;
  insert into comity.sight (case_id, viewer, cause, ref, facets, until, received_at)
  select w.case_id, w.viewer, w.cause, w.ref, w.facets, w.until, w.received_at
    from unnest(p_cases) as n (id) cross join lateral (select * from comity.wanted_sight v where v.case_id = n.id) w;
  insert into comity.search_docs (case_id, source, stamp, lead, received_at, needs, tsv)
  select c.id, w.source, '1', c.lead_id, c.received_at, w.needs, to_tsvector('english', w.body)
    from unnest(p_cases) as n (id) join comity.cases c on c.id = n.id
   cross join lateral (
     select 'summary', c.needs, c.number
     union all
     select 'report', r.needs, concat_ws(' ', r.report_number, r.place, r.narrative) from comity.case_reports r where r.case_id = c.id
     union all
     select 'person:' || p.id, p.needs, concat_ws(' ', p.name, p.descriptors, p.badge, p.plate, p.markings) from comity.persons p where p.case_id = c.id
   ) w (source, needs, body);
end $$;--> statement-breakpoint

-- Takes one referral in.
create or replace function comity.receive_referral(p jsonb) returns table (outcome text, referral_id uuid, problems jsonb)
language plpgsql security definer set search_path = comity, pg_catalog set plan_cache_mode = force_generic_plan as $$
begin
  select t.* into outcome, referral_id, problems from comity.take_in_referral(p, null) t;
  if outcome = 'RECEIVED' then
    perform comity.first_sight(array[(p ->> 'case_id')::uuid]);
  end if;
  return next;
end $$;--> statement-breakpoint

-- The same for one that may turn out not to be keepable, which must leave the others of its batch alone.
create function comity.take_in_apart(p jsonb, p_number integer) returns table (outcome text, referral_id uuid, problems jsonb)
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  return query select * from comity.take_in_referral(p, p_number);
exception when data_exception or integrity_constraint_violation then
  return query select 'NOT_KEPT', null::uuid, null::jsonb;
end $$;--> statement-breakpoint

-- Takes a batch in, each for itself; answers in its order. Numbers are taken in blocks, office after office in the same order, so
-- that no two batches wait for each other crosswise; those of referrals that are not kept are left out.
create function comity.receive_referrals(p jsonb) returns table (place integer, outcome text, referral_id uuid, problems jsonb)
language plpgsql security definer set search_path = comity, pg_catalog set plan_cache_mode = force_generic_plan as $$
declare
  block record;
  item record;
  one record;
  top integer;
  numbers integer[];
  arrived uuid[];
  answers jsonb[];
  singly boolean := false;
begin
  for block in
    select coalesce(j.prefix, 'UNR') as prefix, extract(year from statement_timestamp() at time zone coalesce(j.time_zone, 'UTC'))::integer as year,
        array_agg(e.place::integer order by e.place) as places
      from jsonb_array_elements(p) with ordinality as e (item, place)
      left join comity.jurisdiction_counties k on k.fips = e.item ->> 'county_fips'
      left join comity.jurisdictions j on j.id = k.jurisdiction_id
     where not (e.item ->> 'refused')::boolean
       and not exists (select 1 from comity.idempotency_keys i where i.agency_id = comity.agency_id() and i.key = e.item ->> 'key')
     group by 1, 2 order by 1, 2
  loop
    insert into comity.case_numbers as n (prefix, year, last) values (block.prefix, block.year, cardinality(block.places))
        on conflict (prefix, year) do update set last = n.last + excluded.last returning n.last into top;
    for i in 1 .. cardinality(block.places) loop
      numbers[block.places[i]] := top - cardinality(block.places) + i;
    end loop;
  end loop;

  loop
    arrived := '{}';
    answers := '{}';
    begin
      for item in select e.value, e.place::integer from jsonb_array_elements(p) with ordinality as e (value, place) loop
        if singly then
          select * into one from comity.take_in_apart(item.value, numbers[item.place]);
        else
          select * into one from comity.take_in_referral(item.value, numbers[item.place]);
        end if;
        answers[item.place] := to_jsonb(one);
        if one.outcome = 'RECEIVED' then
          arrived := arrived || (item.value ->> 'case_id')::uuid;
        end if;
      end loop;
      exit;
    exception when data_exception or integrity_constraint_violation then
      -- One of them cannot be kept: all of them once more, each for itself.
      singly := true;
    end;
  end loop;
  perform comity.first_sight(arrived);
  return query select a.place::integer, r.* from unnest(answers) with ordinality as a (answer, place), jsonb_to_record(a.answer) as r (outcome text, referral_id uuid, problems jsonb) order by a.place;
end $$;--> statement-breakpoint

-- The hash of the document that a referral of a case was made from, for whoever sees that the case came from it.
create function comity.original_sha256(p_case uuid, p_referral uuid) returns text
language sql stable security definer set search_path = comity, pg_catalog
return (select o.sha256 from comity.case_referrals l join comity.referral_originals o on o.referral_id = l.referral_id
  where l.case_id = p_case and l.referral_id = p_referral and comity.sees(l.case_id, l.needs));--> statement-breakpoint

-- Where referrals of the caller's agency stand, each found by its idempotency key, its report number, or both; a place for
-- which there is none is left out. Items and the outcome as far as the lead's rule book shows them; the outcome not where the
-- case is sealed.
create function comity.referral_standings(p_keys text[], p_reports text[])
returns table (place integer, referral_id uuid, report_number text, state text, state_since timestamptz, open_items integer, outcome text)
language plpgsql stable security definer set search_path = comity, pg_catalog as $$
declare
  reader comity.members;
begin
  select * into reader from comity.members m where m.id = comity.member() and m.agency_id = comity.agency_id() and m.active;
  if reader.id is null then
    raise exception 'Your seat does not permit this act.' using errcode = 'CM403';
  end if;
  return query
  select k.place::integer, r.id, r.report_number, r.state, r.state_since,
      case when comity.shows_agency(c.id, 'ITEMS') then
        (select count(*)::integer from comity.return_items i where i.referral_id = r.id and i.state in ('REQUESTED', 'DISPUTED', 'OVERRULED')) end,
      case when c.stage in ('DECIDED', 'IN_COURT', 'DECLINED', 'REFERRED_OUT', 'CLOSED') and comity.shows_agency(c.id, 'OUTCOME')
        and not exists (select 1 from comity.closings s where s.case_id = c.id and s.cause = 'SEAL' and statement_timestamp() < s.until) then c.stage end
    from unnest(p_keys, p_reports) with ordinality as k (key, report, place)
   cross join lateral (
     select f.* from comity.idempotency_keys i join comity.referrals f on f.id = i.referral_id
      where i.agency_id = reader.agency_id and i.key = k.key and f.agency_id = reader.agency_id and (k.report is null or f.report_number = k.report)
     union all
     select f.* from comity.referrals f where k.key is null and f.agency_id = reader.agency_id and f.report_number = k.report
   ) r
   cross join lateral (select d.id, d.stage from comity.case_referrals l join comity.cases d on d.id = l.case_id where l.referral_id = r.id order by d.stage = 'MERGED', d.id limit 1) c;
end $$;--> statement-breakpoint

grant execute on function comity.receive_referrals(jsonb), comity.original_sha256(uuid, uuid), comity.referral_standings(text[], text[]) to comity_app;--> statement-breakpoint
set role comity_owner;
