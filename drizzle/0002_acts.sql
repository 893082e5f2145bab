-- The covering indexes, forced row-level security, grants, and the functions that decide and prove.
-- Locks only tables made by the migration before it. Way back: drop schema comity cascade.
create extension if not exists btree_gin with schema comity;--> statement-breakpoint
create unique index sight_once on comity.sight (case_id, viewer, cause, ref) include (facets, until);--> statement-breakpoint
create index closings_of_case on comity.closings (case_id) include (subject, facets, unless, until);--> statement-breakpoint
create index search_docs_of_lead on comity.search_docs using gin (lead, tsv);--> statement-breakpoint
-- Both are read from the index alone, so they must stay vacuumed.
alter table comity.sight set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02);--> statement-breakpoint
alter table comity.closings set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02);--> statement-breakpoint
alter table comity.search_docs enable row level security;--> statement-breakpoint
create policy search_docs_definer on comity.search_docs to comity_definer using (true) with check (true);--> statement-breakpoint
do $$
declare guarded regclass;
begin
  for guarded in select c.oid::regclass from pg_class c where c.relnamespace = 'comity'::regnamespace and c.relrowsecurity loop
    execute format('alter table %s force row level security', guarded);
  end loop;
end $$;--> statement-breakpoint

-- The trail only grows: not even its owner changes, removes or empties it without taking this away first.
create function comity.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the trail is append-only' using errcode = '42501';
end $$;--> statement-breakpoint
create trigger trail_events_append_only before update or delete or truncate on comity.trail_events for each statement execute function comity.refuse_change();--> statement-breakpoint

-- What each role may touch. Reference and coalition data carry no case and are read by all.
grant select on comity.jurisdictions, comity.jurisdiction_counties, comity.agencies, comity.members, comity.role_ceilings,
  comity.statutes, comity.statute_versions, comity.state_rules, comity.directives, comity.requirements, comity.reference_loads
  to comity_app, comity_definer;--> statement-breakpoint
grant select on comity.sight, comity.closings, comity.cases, comity.case_reports, comity.case_referrals, comity.persons, comity.person_contacts,
  comity.recordings, comity.venues, comity.assignments, comity.annotations, comity.annotation_revisions, comity.charges, comity.trail_events,
  comity.referrals, comity.referral_packets, comity.attestations to comity_app;--> statement-breakpoint
grant update (stage, lead_id, jurisdiction_id) on comity.cases to comity_app;--> statement-breakpoint
grant insert on comity.venues to comity_app;--> statement-breakpoint
grant insert, update (until, version) on comity.assignments to comity_app;--> statement-breakpoint
grant insert, update (revision, revised_at, deleted, favourable_to_defence) on comity.annotations to comity_app;--> statement-breakpoint
grant insert on comity.annotation_revisions, comity.charges, comity.attestations to comity_app;--> statement-breakpoint
grant update (state) on comity.charges to comity_app;--> statement-breakpoint
grant select, insert, update, delete on comity.sight, comity.search_docs to comity_definer;--> statement-breakpoint
grant select on comity.closings, comity.case_reports, comity.persons, comity.venues, comity.assignments, comity.charges, comity.referral_packets to comity_definer;--> statement-breakpoint
grant select, insert on comity.trail_events to comity_definer;--> statement-breakpoint
grant select, insert, update on comity.cases, comity.case_numbers, comity.trail_heads, comity.referrals, comity.annotations,
  comity.annotation_revisions to comity_definer;--> statement-breakpoint
grant insert on comity.case_reports, comity.persons, comity.person_contacts, comity.recordings, comity.venues, comity.case_referrals,
  comity.referral_packets to comity_definer;--> statement-breakpoint
grant select on comity.case_referrals, comity.attestations to comity_definer;--> statement-breakpoint
grant select, insert, delete on comity.idempotency_keys to comity_definer;--> statement-breakpoint
grant usage on schema comity_migrations to comity_app;--> statement-breakpoint
grant select on comity_migrations.applied to comity_app;--> statement-breakpoint

insert into comity.role_ceilings (body, role, facets) values
  ('OFFICE', 'INTAKE', 4775), ('OFFICE', 'ATTORNEY', 7927), ('OFFICE', 'SUPERVISOR', 7927), ('OFFICE', 'ELECTED', 7927),
  ('OFFICE', 'INVESTIGATOR', 7927), ('OFFICE', 'ADVOCATE', 4703), ('OFFICE', 'CONFLICTS', 7927), ('OFFICE', 'DISCLOSURE', 7927),
  ('OFFICE', 'RECORDS', 643), ('AGENCY', 'OFFICER', 0), ('AGENCY', 'SUPERVISOR', 0), ('AGENCY', 'CLIENT', 0),
  ('COALITION', 'ADMINISTRATOR', 1), ('COALITION', 'ANALYST', 0), ('COALITION', 'AUDITOR', 0);--> statement-breakpoint

set role comity_definer;--> statement-breakpoint
alter default privileges revoke execute on functions from public;--> statement-breakpoint

-- The policies' sentence for one case, for the functions below, which themselves see every row.
create function comity.sees(p_case uuid, p_needs integer) returns boolean
language sql stable security definer set search_path = comity, pg_catalog
return (p_needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = p_case and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = p_case and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1;--> statement-breakpoint

-- Who sees this case, and what of it can be searched, computed anew from the rules.
create function comity.compute_sight(p_case uuid) returns void
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  c comity.cases;
begin
  select * into strict c from comity.cases where id = p_case;

  with wanted (viewer, cause, ref, facets) as (
    -- The lead: all but notes to a team, what former leads kept, and compartments.
    select c.lead_id, 'SEAT', c.lead_id, 7935 where c.lead_id is not null
    union all
    -- Nobody holds the county: the administrators see its SUMMARY, to route it.
    select '00000000-0000-8000-8000-00000000ad31'::uuid, 'SEAT', '00000000-0000-8000-8000-00000000ad31'::uuid, 1 where c.jurisdiction_id is null
    union all
    -- A venue candidate: SUMMARY and REPORT of an unclaimed case, SUMMARY after a claim.
    select v.jurisdiction_id, 'VENUE', v.jurisdiction_id, case when c.lead_id is null then 3 else 1 end
      from comity.venues v where v.case_id = c.id and v.jurisdiction_id is distinct from c.lead_id
    union all
    -- The team of the lead; the filter team reads no notes to the trial team.
    select a.member_id, 'TEAM', a.id, case when a.role = 'FILTER' then 7935 else 8191 end
      from comity.assignments a join comity.members m on m.id = a.member_id
     where a.case_id = c.id and a.until is null and m.office_id = c.lead_id and m.active
  ), gone as (
    delete from comity.sight s
     where s.case_id = c.id and not exists (select 1 from wanted w where w.viewer = s.viewer and w.cause = s.cause and w.ref = s.ref)
  )
  insert into comity.sight as s (case_id, viewer, cause, ref, facets, received_at)
  select c.id, w.viewer, w.cause, w.ref, w.facets, c.received_at from wanted w
      on conflict (case_id, viewer, cause, ref) do update set facets = excluded.facets, since = excluded.since
   where s.facets <> excluded.facets;

  update comity.search_docs d set lead = c.lead_id where d.case_id = c.id and d.lead is distinct from c.lead_id;
  with wanted (source, stamp, needs, body) as (
    select 'summary', '1', c.needs, c.number
    union all
    select 'report', '1', r.needs, concat_ws(' ', r.report_number, r.place, r.narrative) from comity.case_reports r where r.case_id = c.id
    union all
    select 'person:' || p.id, '1', p.needs, concat_ws(' ', p.name, p.descriptors, p.badge, p.plate, p.markings)
      from comity.persons p where p.case_id = c.id
    union all
    select 'annotation:' || a.id, a.revision::text, a.needs, r.body
      from comity.annotations a join comity.annotation_revisions r on r.case_id = a.case_id and r.annotation_id = a.id and r.revision = a.revision
     where a.case_id = c.id and not a.deleted and a.author_only is null
  ), gone as (
    delete from comity.search_docs d
     where d.case_id = c.id and not exists (select 1 from wanted w where w.source = d.source)
  )
  insert into comity.search_docs as d (case_id, source, stamp, lead, received_at, needs, tsv)
  select c.id, w.source, w.stamp, c.lead_id, c.received_at, w.needs, to_tsvector('english', w.body) from wanted w
   where not exists (select 1 from comity.search_docs k where k.case_id = c.id and k.source = w.source and k.stamp = w.stamp)
      on conflict (case_id, source) do update set stamp = excluded.stamp, needs = excluded.needs, tsv = excluded.tsv;
end $$;--> statement-breakpoint

create function comity.resight(p_case uuid) returns void
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if not comity.sees(p_case, 1) then
    raise exception 'There is no such thing here.' using errcode = 'CM404';
  end if;
  perform comity.compute_sight(p_case);
end $$;--> statement-breakpoint

-- One link of a chain: every part with its length before it, so that no two events can be written alike.
create function comity.trail_link(prev bytea, p_case uuid, p_chain text, p_seq integer, p_id uuid, p_at timestamptz, p_actor uuid,
  p_acting_for uuid, p_act text, p_outcome text, p_needs integer, p_body text) returns bytea
language sql stable set search_path = comity, pg_catalog
return sha256(prev || convert_to((
  select string_agg(coalesce(octet_length(part)::text || ':' || part, '-'), '' order by place)
    from unnest(array[p_case::text, p_chain, p_seq::text, p_id::text, to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
      p_actor::text, p_acting_for::text, p_act, p_outcome, p_needs::text, p_body]) with ordinality as parts (part, place)), 'UTF8'));--> statement-breakpoint

create function comity.append_event(p_case uuid, p_chain text, p_act text, p_outcome text, p_needs integer, p_body jsonb) returns void
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  head comity.trail_heads;
  event comity.trail_events;
begin
  insert into comity.trail_heads (case_id, chain, seq, hash) values (p_case, p_chain, 0, sha256(convert_to(p_case::text || p_chain, 'UTF8')))
      on conflict (case_id, chain) do nothing;
  select * into strict head from comity.trail_heads where case_id = p_case and chain = p_chain for update;
  event.case_id := p_case;
  event.chain := p_chain;
  event.seq := head.seq + 1;
  event.id := gen_random_uuid();
  event.at := clock_timestamp();
  event.actor_id := comity.member();
  select coalesce(m.office_id, m.agency_id) into event.acting_for from comity.members m where m.id = event.actor_id;
  event.act := p_act;
  event.outcome := p_outcome;
  event.needs := p_needs;
  event.body := p_body::text;
  event.prev_hash := head.hash;
  event.hash := comity.trail_link(head.hash, p_case, p_chain, event.seq, event.id, event.at, event.actor_id, event.acting_for, p_act, p_outcome, p_needs, event.body);
  insert into comity.trail_events values (event.*);
  update comity.trail_heads set seq = event.seq, hash = event.hash where case_id = p_case and chain = p_chain;
end $$;--> statement-breakpoint

-- Writes an act into the trail. The chain's head is locked first; then, in a new statement and so under a new snapshot,
-- the actor must still see the case: a wall may have been raised while this waited.
create function comity.record(p_case uuid, p_chain text, p_expected integer, p_act text, p_needs integer, p_body jsonb) returns integer
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  current_version integer;
begin
  perform 1 from comity.trail_heads where case_id = p_case and chain = p_chain for update;
  if not comity.sees(p_case, 1) then
    raise exception 'There is no such thing here.' using errcode = 'CM404';
  end if;
  if p_expected is null then
    select version into strict current_version from comity.cases where id = p_case;
  else
    update comity.cases set version = version + 1 where id = p_case and version = p_expected returning version into current_version;
    if current_version is null then
      raise exception 'The case has changed since you read it.' using errcode = 'CM409';
    end if;
  end if;
  perform comity.append_event(p_case, p_chain, p_act, 'DONE', p_needs, p_body);
  return current_version;
end $$;--> statement-breakpoint

-- Takes a referral in: the agency's own rows, then the case that it may never see. Rows come ready made and in our
-- columns' names; what they may hold was judged by the caller, who they come from is judged here.
create function comity.receive_referral(p jsonb) returns table (outcome text, referral_id uuid, problems jsonb)
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
  insert into comity.case_reports select * from jsonb_populate_record(null::comity.case_reports, p -> 'report');
  insert into comity.persons select * from jsonb_populate_recordset(null::comity.persons, p -> 'persons');
  insert into comity.person_contacts select * from jsonb_populate_recordset(null::comity.person_contacts, p -> 'contacts');
  insert into comity.recordings select * from jsonb_populate_recordset(null::comity.recordings, p -> 'recordings');
  insert into comity.case_referrals (case_id, referral_id, needs) values (the_case, the_referral, 2);
  if office.id is not null then
    insert into comity.venues (case_id, jurisdiction_id, needs, basis, county_fips, reason, since)
    values (the_case, office.id, 1, 'DECLARED_COUNTY', p ->> 'county_fips',
      format('The agency declares the incident in %s, which this office serves.', coalesce(p ->> 'county_name', p ->> 'county_fips')), arrived);
  end if;
  perform comity.append_event(the_case, 'CASE', 'RECEIVED', 'DONE', 128,
    jsonb_build_object('referralId', the_referral, 'packetSha256', p ->> 'packet_sha256', 'attested', p ->> 'attestation_id' is not null));
  perform comity.compute_sight(the_case);
  return query select 'RECEIVED', the_referral, null::jsonb;
end $$;--> statement-breakpoint

-- Tells the agency what it may know: the state of its referral. The lead alone speaks for the case.
create function comity.tell_agency(p_case uuid, p_state text) returns void
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if not comity.sees(p_case, 1) then
    raise exception 'There is no such thing here.' using errcode = 'CM404';
  end if;
  if not exists (select 1 from comity.cases c where c.id = p_case and c.lead_id = nullif(current_setting('comity.office', true), '')::uuid) then
    raise exception 'Your office does not lead this case.' using errcode = 'CM403';
  end if;
  update comity.referrals r set state = p_state, state_since = statement_timestamp()
    from comity.case_referrals l
   where l.case_id = p_case and r.id = l.referral_id and r.state <> p_state and r.state in ('SUBMITTED', 'RESUBMITTED', 'RETURNED');
end $$;--> statement-breakpoint

-- Notes go with their office: while another office leads, or none, each is its author's alone, and needs what only a
-- team or an office of the lead has open; when their office leads again they are read as before.
create function comity.hand_over(p_case uuid) returns void
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  the_lead uuid;
begin
  if not comity.sees(p_case, 1) then
    raise exception 'There is no such thing here.' using errcode = 'CM404';
  end if;
  select lead_id into the_lead from comity.cases where id = p_case;
  with moved as (
    update comity.annotations a set author_only = case when a.office_id = the_lead then null else a.author_id end
     where a.case_id = p_case and a.audience in ('TEAM', 'OFFICE')
       and a.author_only is distinct from case when a.office_id = the_lead then null else a.author_id end
    returning a.id, a.author_only
  )
  update comity.annotation_revisions r set author_only = m.author_only from moved m where r.case_id = p_case and r.annotation_id = m.id;
end $$;--> statement-breakpoint

-- Cases whose words the caller may read and that hold what was asked, newest first: those the caller's office leads
-- through the index by lead and words, the others through the caller's sight.
create function comity.search_cases(p_query text, p_before_at timestamptz, p_before_id uuid, p_take integer) returns table (case_id uuid, received_at timestamptz)
language plpgsql stable security definer set search_path = comity, pg_catalog as $$
declare
  wanted tsquery := websearch_to_tsquery('english', p_query);
  seat uuid := nullif(current_setting('comity.office', true), '')::uuid;
begin
  return query
  select f.case_id, f.received_at from (
    -- Put in order first, so that no more is judged than is taken.
    (select distinct d.received_at, d.case_id from (
        select d.received_at, d.case_id, d.needs from comity.search_docs d
         where d.lead = seat and d.tsv @@ wanted and (d.received_at, d.case_id) < (p_before_at, p_before_id)
         order by d.received_at desc, d.case_id desc) d
      where comity.sees(d.case_id, d.needs)
      order by d.received_at desc, d.case_id desc limit p_take)
    union
    (select distinct s.received_at, s.case_id from comity.sight s join comity.search_docs d on d.case_id = s.case_id
      where s.viewer = any ((select comity.viewers())::uuid[]) and (seat is null or d.lead is distinct from seat) and d.tsv @@ wanted
        and (s.received_at, s.case_id) < (p_before_at, p_before_id) and comity.sees(d.case_id, d.needs)
      order by s.received_at desc, s.case_id desc limit p_take)
  ) f
  order by f.received_at desc, f.case_id desc limit p_take;
end $$;--> statement-breakpoint

-- Checks every link of one case's chains, or of all: answers how much was checked and each fault it found.
create function comity.verify_trail(p_case uuid) returns jsonb
language plpgsql stable security definer set search_path = comity, pg_catalog as $$
declare
  reader comity.members;
  answer jsonb;
begin
  select * into reader from comity.members m where m.id = comity.member() and m.active;
  if reader.role is distinct from 'AUDITOR' then
    if p_case is not null and not comity.sees(p_case, 129) then
      raise exception 'There is no such thing here.' using errcode = 'CM404';
    elsif p_case is null or reader.office_id is null or reader.role not in ('SUPERVISOR', 'ELECTED') then
      raise exception 'Your seat does not permit this act.' using errcode = 'CM403';
    end if;
  elsif p_case is not null and not exists (select 1 from comity.cases where id = p_case) then
    raise exception 'There is no such thing here.' using errcode = 'CM404';
  end if;

  with events as (
    select e.*, row_number() over w as place, lag(e.hash) over w as before, lead(e.seq) over w as after,
      comity.trail_link(e.prev_hash, e.case_id, e.chain, e.seq, e.id, e.at, e.actor_id, e.acting_for, e.act, e.outcome, e.needs, e.body) as computed
      from comity.trail_events e where p_case is null or e.case_id = p_case
    window w as (partition by e.case_id, e.chain order by e.seq)
  ), judged as (
    select e.case_id, e.id, e.at, case
        when e.computed <> e.hash then 'CHANGED'
        when e.seq <> e.place and (e.before is null or e.seq > e.place) and e.prev_hash is distinct from coalesce(e.before, sha256(convert_to(e.case_id::text || e.chain, 'UTF8'))) then 'REMOVED'
        when e.prev_hash <> coalesce(e.before, sha256(convert_to(e.case_id::text || e.chain, 'UTF8'))) then 'REORDERED'
      end as fault
      from events e
  ), ends as (
    select h.case_id, e.id, e.at, 'TRUNCATED' as fault
      from comity.trail_heads h left join lateral (
        select t.id, t.at, t.seq, t.hash from comity.trail_events t where t.case_id = h.case_id and t.chain = h.chain order by t.seq desc limit 1) e on true
     where (p_case is null or h.case_id = p_case) and (e.seq is distinct from nullif(h.seq, 0) or (e.hash is not null and e.hash <> h.hash))
    union all
    select distinct e.case_id, null::uuid, null::timestamptz, 'TRUNCATED' from comity.trail_events e
     where (p_case is null or e.case_id = p_case) and not exists (select 1 from comity.trail_heads h where h.case_id = e.case_id and h.chain = e.chain)
    union all
    select c.id, null::uuid, null::timestamptz, 'TRUNCATED' from comity.cases c
     where (p_case is null or c.id = p_case) and not exists (select 1 from comity.trail_heads h where h.case_id = c.id and h.chain = 'CASE')
       and not exists (select 1 from comity.trail_events e where e.case_id = c.id and e.chain = 'CASE')
  ), faults as (
    select * from judged where fault is not null union all select * from ends
  )
  select jsonb_build_object(
      'events', (select count(*) from events),
      'cases', (select count(distinct e.case_id) from events e),
      'faults', coalesce((select jsonb_agg(jsonb_build_object('caseId', f.case_id, 'eventId', f.id, 'at', f.at, 'kind', f.fault) order by f.case_id, f.at)
        from (select * from faults order by case_id, at limit 1000) f), '[]'))
    into answer;
  return answer;
end $$;--> statement-breakpoint

-- Trial team and filter team exclude each other for ever on one case, whoever leads it and whoever may see its past teams.
create function comity.refuse_other_side() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if exists (select 1 from comity.assignments a where a.case_id = new.case_id and a.member_id = new.member_id
      and a.role = case new.role when 'TRIAL' then 'FILTER' when 'FILTER' then 'TRIAL' end) then
    raise exception 'Trial team and filter team exclude each other for ever on one case.' using errcode = 'CM409';
  end if;
  return new;
end $$;--> statement-breakpoint
grant execute on function comity.refuse_other_side() to comity_owner;--> statement-breakpoint

grant execute on function comity.resight(uuid), comity.record(uuid, text, integer, text, integer, jsonb), comity.receive_referral(jsonb),
  comity.tell_agency(uuid, text), comity.hand_over(uuid), comity.search_cases(text, timestamptz, uuid, integer), comity.verify_trail(uuid),
  comity.sees(uuid, integer) to comity_app;--> statement-breakpoint
set role comity_owner;--> statement-breakpoint
create trigger assignments_sides before insert on comity.assignments for each row execute function comity.refuse_other_side();--> statement-breakpoint
revoke execute on function comity.refuse_other_side() from comity_owner;
