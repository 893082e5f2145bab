-- Takes a batch of referrals in table by table instead of referral by referral: one statement for all their rows in each table, and so
-- one call of each trigger. Keys and report numbers are still claimed one by one, in the order of the batch, and one that cannot be
-- kept still leaves the others alone. Who sees the cases and what of them can be searched is asked once for the batch; marks of a new
-- report or person are made from the row itself. No plan reads a whole table, whatever was known of its size when the plan was made: a
-- backlog makes tables grow a thousandfold within minutes. Locks nothing. Way back: as comity_definer, drop take_in, begin_chains,
-- report_marks and person_marks; create take_in_referral, take_in_apart, receive_referral and receive_referrals as in 0025 (the last
-- two without plan_cache_mode), first_sight as in 0030, mark_reports_of, mark_persons_of, mark_reports and mark_persons as in 0027; reset
-- enable_seqscan of meet_glass.
set role comity_definer;--> statement-breakpoint

-- What a report is found by: number, square and day, the first words of the place.
create function comity.report_marks(p_agency uuid, p_number text, p_on date, p_county text, p_place text, p_latitude double precision, p_longitude double precision)
  returns table (kind text, value text) language sql stable parallel safe
begin atomic
  select 'REPORT_NUMBER', p_agency || ' ' || n.number from (select comity.normal_number(p_number) as number offset 0) n where n.number <> ''
  union all
  select 'SPOT', comity.spot(p_latitude, p_longitude, p_on - date '2000-01-01', 0, 0) where p_latitude is not null and p_longitude is not null
  union all
  select 'PLACE', p_county || ' ' || (p_on - date '2000-01-01') || ' ' || w from unnest((comity.place_words(p_place))[1:2]) w;
end;--> statement-breakpoint

-- What a person is found by: plate, badge, and a name of at least two words.
create function comity.person_marks(p_plate text, p_badge text, p_name text) returns table (kind text, value text) language sql stable parallel safe
begin atomic
  select 'PLATE', n.plate from (select comity.normal_plate(p_plate) as plate offset 0) n where length(n.plate) >= 4
  union all
  select 'BADGE', n.badge from (select comity.normal_number(p_badge) as badge offset 0) n where length(n.badge) >= 2
  union all
  select 'NAME', array_to_string(n.words, ' ') from (select comity.normal_name(p_name) as words offset 0) n where cardinality(n.words) >= 2;
end;--> statement-breakpoint

-- Makes the marks of the reports of these cases, where there are some already anew.
create or replace function comity.mark_reports_of(p_cases uuid[], p_anew boolean) returns void
language plpgsql set search_path = comity, pg_catalog as $$
begin
  if p_anew then
    delete from comity.case_marks m where m.case_id = any (p_cases) and m.kind in ('REPORT_NUMBER', 'SPOT', 'PLACE');
  end if;
  insert into comity.case_marks (case_id, kind, value, needs)
  select r.case_id, m.kind, m.value, r.needs
    from comity.case_reports r join comity.cases c on c.id = r.case_id
   cross join lateral comity.report_marks(c.agency_id, r.report_number, c.incident_on, c.county_fips, r.place, r.latitude, r.longitude) m
   where r.case_id = any (p_cases) on conflict do nothing;
end $$;--> statement-breakpoint

-- Makes the marks of the persons of these cases, where there are some already anew.
create or replace function comity.mark_persons_of(p_cases uuid[], p_anew boolean) returns void
language plpgsql set search_path = comity, pg_catalog as $$
begin
  if p_anew then
    delete from comity.case_marks m where m.case_id = any (p_cases) and m.kind in ('PLATE', 'BADGE', 'NAME');
  end if;
  insert into comity.case_marks (case_id, kind, value, needs)
  select p.case_id, m.kind, m.value, p.needs
    from comity.persons p cross join lateral comity.person_marks(p.plate, p.badge, p.name) m
   where p.case_id = any (p_cases) and p.needs & 53256 = 0 on conflict do nothing;
end $$;--> statement-breakpoint

-- What is new is marked from its own row; of what changed, all marks of its case are made anew.
create or replace function comity.mark_reports() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog set enable_seqscan = off as $$
begin
  if tg_op = 'UPDATE' then
    perform comity.mark_reports_of(array(select c.case_id from changed c), true);
  else
    insert into comity.case_marks (case_id, kind, value, needs)
    select r.case_id, m.kind, m.value, r.needs
      from changed r cross join lateral (select k.agency_id, k.incident_on, k.county_fips from comity.cases k where k.id = r.case_id offset 0) c
     cross join lateral comity.report_marks(c.agency_id, r.report_number, c.incident_on, c.county_fips, r.place, r.latitude, r.longitude) m on conflict do nothing;
  end if;
  return null;
end $$;--> statement-breakpoint

create or replace function comity.mark_persons() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog set enable_seqscan = off as $$
begin
  if tg_op = 'UPDATE' then
    perform comity.mark_persons_of(array(select distinct c.case_id from changed c), true);
  else
    insert into comity.case_marks (case_id, kind, value, needs)
    select p.case_id, m.kind, m.value, p.needs
      from changed p cross join lateral comity.person_marks(p.plate, p.badge, p.name) m
     where p.needs & 53256 = 0 on conflict do nothing;
  end if;
  return null;
end $$;--> statement-breakpoint

-- The first event of cases that have just arrived, and with it their chains: what comity.append_event makes of a case without any.
create function comity.begin_chains(p_cases uuid[], p_act text, p_needs integer, p_bodies jsonb[]) returns void
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  the_actor uuid := comity.member();
  for_whom uuid;
begin
  select coalesce(m.office_id, m.agency_id) into for_whom from comity.members m where m.id = the_actor;
  with event as materialized (
    select n.case_id, gen_random_uuid() as id, clock_timestamp() as at, n.body::text as body, sha256(convert_to(n.case_id::text || 'CASE', 'UTF8')) as prev_hash
      from unnest(p_cases, p_bodies) as n (case_id, body)
  ), written as (
    insert into comity.trail_events (case_id, chain, seq, id, at, actor_id, acting_for, act, outcome, needs, body, prev_hash, hash)
    select e.case_id, 'CASE', 1, e.id, e.at, the_actor, for_whom, p_act, 'DONE', p_needs, e.body, e.prev_hash,
        comity.trail_link(e.prev_hash, e.case_id, 'CASE', 1, e.id, e.at, the_actor, for_whom, p_act, 'DONE', p_needs, e.body)
      from event e
    returning case_id, chain, seq, hash
  )
  insert into comity.trail_heads (case_id, chain, seq, hash) select w.case_id, w.chain, w.seq, w.hash from written w;
end $$;--> statement-breakpoint

-- Who sees cases that have just arrived, and what of them can be searched: what comity.compute_sight makes of a case of which
-- there is nothing yet that could be outdated. Each lateral part is asked case by case, never joined over all cases.
create or replace function comity.first_sight(p_cases uuid[]) returns void
language plpgsql security definer set search_path = comity, pg_catalog set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
begin
  insert into comity.closings (case_id, subject, facets, unless, until, cause, ref)
  select w.case_id, w.subject, w.facets, w.unless, w.until, w.cause, w.ref
    from unnest(p_cases) as n (id) cross join lateral (select * from comity.wanted_closings v where v.case_id = n.id offset 0) w;
  insert into comity.sight (case_id, viewer, cause, ref, facets, until, received_at)
  select w.case_id, w.viewer, w.cause, w.ref, w.facets, w.until, w.received_at
    from unnest(p_cases) as n (id) cross join lateral (select * from comity.wanted_sight v where v.case_id = n.id offset 0) w;
  insert into comity.search_docs (case_id, source, stamp, lead, received_at, needs, tsv)
  select n.id, w.source, '1', w.lead_id, w.received_at, w.needs, to_tsvector('english', w.body)
    from unnest(p_cases) as n (id)
   cross join lateral (
     select d.*, c.lead_id, c.received_at
       from comity.cases c
      cross join lateral (
        select 'summary', c.needs, c.number
        union all
        select 'report', r.needs, concat_ws(' ', r.report_number, r.place, r.narrative) from comity.case_reports r where r.case_id = n.id
        union all
        select 'person:' || p.id, p.needs, concat_ws(' ', p.name, p.descriptors, p.badge, p.plate, p.markings) from comity.persons p where p.case_id = n.id
      ) d (source, needs, body)
      where c.id = n.id offset 0
   ) w;
end $$;--> statement-breakpoint

-- Takes referrals in, in their order: the agency's own rows, then the cases that it may never see. Rows come ready made and in our
-- columns' names; what they may hold was judged by the caller, who they come from is judged here, and so is which case they are of
-- and what they need of a reader, as packet.ts has it. All of them, or with an exception none.
create function comity.take_in(p jsonb) returns table (place integer, outcome text, referral_id uuid, problems jsonb)
language plpgsql security definer set search_path = comity, pg_catalog set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
#variable_conflict use_column
declare
  sender comity.members;
  known comity.idempotency_keys;
  item record;
  arrived timestamptz := statement_timestamp();
  outcomes text[] := array_fill(null::text, array[jsonb_array_length(p)]);
  ids uuid[] := array_fill(null::uuid, array[jsonb_array_length(p)]);
  judged jsonb[] := array_fill(null::jsonb, array[jsonb_array_length(p)]);
  kept integer[] := '{}';
  items jsonb[];
  new_cases uuid[];
begin
  select * into sender from comity.members m where m.id = comity.member() and m.agency_id = comity.agency_id() and m.active;
  if sender.id is null or sender.role not in ('SUPERVISOR', 'CLIENT') then
    raise exception 'Your seat does not permit this act.' using errcode = 'CM403';
  elsif exists (select 1 from jsonb_array_elements(p) e where jsonb_path_exists(e.value, '$.*[*].case_id ? (@ != $case)', jsonb_build_object('case', e.value -> 'case_id'))) then
    raise exception 'referral: each of its parts belongs to the case that it makes.' using errcode = 'CM400';
  end if;

  for item in
    select e.* from rows from (jsonb_to_recordset(p) as (key text, fingerprint text, refused boolean, referral_id uuid, report_number text, kind text, incident_on date,
      county_fips text, attestation_id uuid, problems jsonb, packet_sha256 text)) with ordinality as e (key, fingerprint, refused, referral_id, report_number, kind, incident_on,
      county_fips, attestation_id, problems, packet_sha256, place)
  loop
    -- What came before under this key is answered as it was then, whatever it would be judged by today.
    if item.refused is not true then
      insert into comity.idempotency_keys (agency_id, key, fingerprint, referral_id, at)
      values (sender.agency_id, item.key, item.fingerprint, item.referral_id, arrived) on conflict (agency_id, key) do nothing;
    end if;
    if item.refused is true or not found then
      select * into known from comity.idempotency_keys k where k.agency_id = sender.agency_id and k.key = item.key;
      outcomes[item.place] := case when known.key is null then 'REFUSED' when known.fingerprint = item.fingerprint then 'REPLAYED' else 'KEY_REUSED' end;
      ids[item.place] := known.referral_id;
      judged[item.place] := (select r.problems from comity.referrals r where r.id = known.referral_id);
      continue;
    end if;

    insert into comity.referrals (id, agency_id, report_number, state, state_since, kind, incident_on, county_fips, submitted_at, submitted_by,
      attestation_id, problems, packet_sha256)
    values (item.referral_id, sender.agency_id, item.report_number, 'SUBMITTED', arrived, item.kind, item.incident_on, item.county_fips,
      arrived, sender.id, (select a.id from comity.attestations a where a.id = item.attestation_id and a.agency_id = sender.agency_id),
      item.problems, item.packet_sha256)
        on conflict (agency_id, report_number) do nothing;
    if found then
      outcomes[item.place] := 'RECEIVED';
      ids[item.place] := item.referral_id;
      kept := kept || item.place::integer;
    else
      delete from comity.idempotency_keys k where k.agency_id = sender.agency_id and k.key = item.key;
      outcomes[item.place] := 'REPORT_NUMBER_TAKEN';
    end if;
  end loop;

  if cardinality(kept) > 0 then
    select array_agg(e.value order by e.place), array_agg((e.value ->> 'case_id')::uuid order by e.place) into items, new_cases
      from jsonb_array_elements(p) with ordinality as e (value, place) where e.place = any (kept);
    insert into comity.referral_packets (referral_id, agency_id, document)
    select (n.p ->> 'referral_id')::uuid, sender.agency_id, n.p ->> 'document' from unnest(items) as n (p);
    insert into comity.referral_originals (referral_id, agency_id, media_type, sha256, bytes)
    select (n.p ->> 'referral_id')::uuid, sender.agency_id, n.p -> 'original' ->> 'media_type', encode(sha256(o.bytes), 'hex'), o.bytes
      from unnest(items) as n (p) cross join lateral (select decode(n.p -> 'original' ->> 'base64', 'base64') as bytes offset 0) o where o.bytes is not null;

    -- Numbers are taken in blocks, office after office in the same order, so that no two batches wait for each other crosswise.
    with numbered as materialized (
      select n.p, j.id as office_id, y.prefix, y.year, row_number() over (partition by y.prefix, y.year order by n.place) as nth
        from unnest(items) with ordinality as n (p, place)
        left join comity.jurisdiction_counties k on k.fips = n.p ->> 'county_fips'
        left join comity.jurisdictions j on j.id = k.jurisdiction_id
       cross join lateral (select coalesce(j.prefix, 'UNR'), extract(year from arrived at time zone coalesce(j.time_zone, 'UTC'))::integer) y (prefix, year)
    ), block as materialized (
      select n.prefix, n.year, count(*)::integer as size from numbered n group by n.prefix, n.year
    ), taken as (
      insert into comity.case_numbers as n (prefix, year, last) select b.prefix, b.year, b.size from block b order by b.prefix, b.year
          on conflict (prefix, year) do update set last = n.last + excluded.last returning n.prefix, n.year, n.last
    )
    insert into comity.cases (id, number, agency_id, jurisdiction_id, state, county_fips, incident_on, kind, stage, received_at, needs)
    select (n.p ->> 'case_id')::uuid, format('%s-%s-%s', n.prefix, n.year, lpad(g.given, greatest(6, length(g.given)), '0')), sender.agency_id, n.office_id,
        n.p ->> 'state', n.p ->> 'county_fips', (n.p ->> 'incident_on')::date, n.p ->> 'kind', 'UNCLAIMED', arrived, 1
      from numbered n join block b on (b.prefix, b.year) = (n.prefix, n.year) join taken t on (t.prefix, t.year) = (n.prefix, n.year)
     cross join lateral (select (t.last - b.size + n.nth)::text as given) g;

    insert into comity.case_reports
    select r.* from unnest(items) as n (p)
     cross join lateral jsonb_populate_record(null::comity.case_reports, n.p -> 'report' || jsonb_build_object('case_id', n.p -> 'case_id', 'needs', 2)) r;
    insert into comity.persons (case_id, id, needs, part, position, name, descriptors, badge, plate, markings, minor_at_incident, injured, injury)
    select (n.p ->> 'case_id')::uuid, r.id, case when r.minor_at_incident then 4100 else 4 end, r.part, r.position, r.name, r.descriptors, r.badge, r.plate, r.markings,
        r.minor_at_incident, r.injured, r.injury
      from unnest(items) as n (p) cross join lateral jsonb_populate_recordset(null::comity.persons, n.p -> 'persons') r;
    -- A contact of nobody in its referral is left to the foreign key, which refuses it.
    insert into comity.person_contacts (case_id, person_id, needs, phone, email, address, disclosure_refused)
    select (n.p ->> 'case_id')::uuid, k.person_id,
        case when k.disclosure_refused or (select h.minor_at_incident from comity.persons h where h.case_id = (n.p ->> 'case_id')::uuid and h.id = k.person_id) then 4104 else 8 end,
        k.phone, k.email, k.address, k.disclosure_refused
      from unnest(items) as n (p) cross join lateral jsonb_populate_recordset(null::comity.person_contacts, n.p -> 'contacts') k;
    insert into comity.recordings (case_id, id, needs, kind, position, holder, device, uri, sha256, captured_from, captured_to, note)
    select (n.p ->> 'case_id')::uuid, r.id, 32, r.kind, r.position, r.holder, r.device, r.uri, r.sha256, r.captured_from, r.captured_to, r.note
      from unnest(items) as n (p) cross join lateral jsonb_populate_recordset(null::comity.recordings, n.p -> 'recordings') r;
    insert into comity.case_referrals (case_id, referral_id, needs)
    select (n.p ->> 'case_id')::uuid, (n.p ->> 'referral_id')::uuid, 2 from unnest(items) as n (p);
    insert into comity.venue_findings (case_id, needs, answer, geometry, computed_at)
    select (n.p ->> 'case_id')::uuid, 1, n.p -> 'venue' ->> 'answer', n.p -> 'venue' ->> 'geometry', arrived from unnest(items) as n (p);
    insert into comity.venue_candidates (case_id, county_fips, needs, position, county_name, grounds, citations, distance_m)
    select (n.p ->> 'case_id')::uuid, v.county_fips, 2, v.position, v.county_name, v.grounds, v.citations, v.distance_m
      from unnest(items) as n (p)
     cross join lateral jsonb_to_recordset(n.p -> 'venue' -> 'candidates')
        as v (county_fips text, position integer, county_name text, grounds text[], citations text[], distance_m double precision);
    -- Offices follow from counties, here and nowhere else: an agency names none. One that serves several of them stands once, with
    -- all their grounds, by the county that comes first.
    insert into comity.venues (case_id, jurisdiction_id, needs, basis, county_fips, reason, since, grounds, citations, geometry)
    select (n.p ->> 'case_id')::uuid, w.jurisdiction_id, 1, w.basis, w.county_fips, w.reason, arrived, w.grounds, w.citations, n.p -> 'venue' ->> 'geometry'
      from unnest(items) as n (p)
     cross join lateral (
       select k.jurisdiction_id, case when min(v.position) = 0 then 'DECLARED_COUNTY' else 'COMPUTED' end,
           (array_agg(v.county_fips order by v.position))[1], (array_agg(v.reason order by v.position))[1],
           array(select distinct g from jsonb_array_elements(jsonb_agg(v.grounds)) as each (list), jsonb_array_elements_text(each.list) as g order by g),
           array(select distinct g from jsonb_array_elements(jsonb_agg(v.citations)) as each (list), jsonb_array_elements_text(each.list) as g order by g)
         from jsonb_to_recordset(n.p -> 'venue' -> 'candidates') as v (county_fips text, position integer, reason text, grounds jsonb, citations jsonb)
         join comity.jurisdiction_counties k on k.fips = v.county_fips
        group by k.jurisdiction_id
     ) w (jurisdiction_id, basis, county_fips, reason, grounds, citations);

    perform comity.begin_chains(new_cases, 'RECEIVED', 128, array(
      select jsonb_build_object('referralId', n.p -> 'referral_id', 'packetSha256', n.p -> 'packet_sha256', 'attested', n.p ->> 'attestation_id' is not null)
        from unnest(items) with ordinality as n (p, place) order by n.place));
    perform comity.first_sight(new_cases);
  end if;
  return query select a.place::integer, a.outcome, a.id, a.judged from unnest(outcomes, ids, judged) with ordinality as a (outcome, id, judged, place) order by a.place;
end $$;--> statement-breakpoint

-- Takes one referral in.
create or replace function comity.receive_referral(p jsonb) returns table (outcome text, referral_id uuid, problems jsonb)
language sql volatile security definer set search_path = comity, pg_catalog as $$
  select t.outcome, t.referral_id, t.problems from comity.take_in(jsonb_build_array(p)) t
$$;--> statement-breakpoint

-- Takes a batch in, each for itself; answers in its order.
create or replace function comity.receive_referrals(p jsonb) returns table (place integer, outcome text, referral_id uuid, problems jsonb)
language plpgsql security definer set search_path = comity, pg_catalog as $$
#variable_conflict use_column
begin
  begin
    return query select t.place, t.outcome, t.referral_id, t.problems from comity.take_in(p) t;
    return;
  exception when data_exception or integrity_constraint_violation then
    -- One of them cannot be kept, and nothing is: all of them once more, each for itself.
    null;
  end;
  for item in 0 .. jsonb_array_length(p) - 1 loop
    begin
      return query select item + 1, t.outcome, t.referral_id, t.problems from comity.take_in(jsonb_build_array(p -> item)) t;
    exception when data_exception or integrity_constraint_violation then
      return query select item + 1, 'NOT_KEPT', null::uuid, null::jsonb;
    end;
  end loop;
end $$;--> statement-breakpoint

-- Asked at every request, by a plan that may be as old as its connection.
alter function comity.meet_glass(uuid, boolean) set enable_seqscan = off;--> statement-breakpoint
drop function comity.take_in_apart(jsonb, integer);--> statement-breakpoint
drop function comity.take_in_referral(jsonb, integer);--> statement-breakpoint
set role comity_owner;
