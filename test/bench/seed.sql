-- Fills a migrated database that has the reference data with an invented coalition at work, in sets. Run by a superuser in one
-- session; `bench.cases` says how many cases beside the queue, `bench.queue` how many unclaimed ones stand in the queue of the dense office.
set session_replication_role = replica;
set work_mem = '256MB';
set maintenance_work_mem = '512MB';

create function pg_temp.draw(i bigint, salt text) returns bigint language sql immutable
  return hashint8extended(i, hashtextextended(salt, 0)) & 9223372036854775807;
-- Version 7: ordered by time, as the application makes them.
create function pg_temp.v7(at timestamptz, i bigint, salt text) returns uuid language sql immutable
  return (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(md5(salt || i), 1, 3) || '8' || substr(md5(i || salt), 1, 15))::uuid;

-- Offices: one holds two fifths, one forty old cases, one none.
create temp table offices as
select j.id, j.slug, j.prefix, j.state, (select min(k.fips) from comity.jurisdiction_counties k where k.jurisdiction_id = j.id) as fips, share.place
  from (values ('dallas-tx', 1), ('cook-il', 2), ('hennepin-mn', 3), ('philadelphia-pa', 4), ('pima-az', 5), ('fairfax-va', 6), ('travis-tx', 7),
    ('portsmouth-va', 8), ('norfolk-va', 9)) share (slug, place)
  join comity.jurisdictions j on j.slug = share.slug;
create temp table senders as
select a.id, o.place as office, row_number() over (partition by o.place order by a.slug) as place, count(*) over (partition by o.place) as many
  from offices o join comity.agencies a on a.state = o.state and (o.state <> 'VA' or a.jurisdiction_id is not distinct from o.id or a.jurisdiction_id is null);

insert into comity.members (id, subject, name, kind, role, office_id)
select pg_temp.v7('2023-01-01', o.place * 1000 + n, 'member'), format('bench.%s.%s', o.slug, n), format('Member %s of %s', n, o.slug), 'PERSON',
    case when n % 12 = 0 then 'SUPERVISOR' when n % 7 = 0 then 'ADVOCATE' when n % 5 = 0 then 'INVESTIGATOR' else 'ATTORNEY' end, o.id
  from offices o cross join generate_series(1, 40) n where n <= case o.place when 1 then 40 else 16 end;
insert into comity.members (id, subject, name, kind, role, agency_id)
select pg_temp.v7('2023-01-01', row_number() over (order by a.slug), 'machine'), 'bench.records.' || a.slug, 'Records system of ' || a.name, 'MACHINE', 'CLIENT', a.id
  from comity.agencies a;

-- What police write: half a kilobyte to three, few long ones.
create temp table sentences as
select row_number() over () as n, s from unnest(array[
  'Officers arrived after the event and spoke with everybody who had stayed at the place, among them two neighbours and a delivery driver.',
  'The witness stated that the official stepped out of an unmarked grey vehicle without announcing a reason and walked towards the group.',
  'A bystander who filmed from across the street was pushed to the ground and held there for about one minute while others watched.',
  'The supervising officer asked the person twice for a name and a badge number and noted that both requests were refused on camera.',
  'Emergency medical services were summoned by radio and rendered aid to a bruised shoulder and a cut above the left eyebrow.',
  'The front door of the apartment was opened with a ram although the resident had offered to open it and asked to read the warrant.',
  'Body camera recordings of three officers cover the time from the first call until the scene was cleared, and were preserved the same evening.',
  'The resident was driven to a parking garage, questioned for two hours in the vehicle, and released without a charge or a document.',
  'A side window of the parked car was broken with a baton, and a telephone was taken out of it and later found in a storm drain.',
  'The statement that was later given in writing differs from the recording in the order of the events and in the distance described.',
  'No shots were fired; a device that makes a loud noise was thrown into the yard, where two children had been playing before.',
  'The vehicle carried a temporary plate and a sticker with the word POLICE; no other markings or name tags were visible.',
  'Photographs of the place, of the damaged gate and of the injuries were taken at once and stand in the evidence system of the agency.',
  'The complainant asked that her address not be disclosed and named a cousin through whom she can be reached on weekdays.']) s;
create temp table narratives as
select k, text, to_tsvector('english', text) as tsv from (
  select k, string_agg(s.s, ' ' order by pg_temp.draw(k * 64 + s.turn * 16 + s.n, 'order')) as text
    from generate_series(0, 511) k
    cross join lateral (select (4 + power(pg_temp.draw(k, 'length') % 1000 / 1000.0, 2) * 18)::integer as wanted) l
    cross join lateral (select n, s, turn from sentences cross join generate_series(0, 1) turn order by pg_temp.draw(k * 64 + turn * 16 + n, 'pick') limit l.wanted) s
   group by k) t;

create temp table scheme as
with numbered as (
  select i, i > current_setting('bench.cases')::bigint as queued, pg_temp.draw(i, 'office') % 1000 as o, pg_temp.draw(i, 'stage') % 100 as s,
    case when i > current_setting('bench.cases')::bigint then now() - interval '4 years' + (i - current_setting('bench.cases')::bigint) * interval '10 seconds'
      else now() - interval '3 years' + (i::numeric / current_setting('bench.cases')::bigint)::double precision * interval '1090 days' end as received_at
    from generate_series(1, current_setting('bench.cases')::bigint + current_setting('bench.queue')::bigint) i
), placed as (
  select n.*, case when queued then 1 when i <= 40 then 8 when o < 400 then 1 when o < 600 then 2 when o < 740 then 3 when o < 840 then 4 when o < 900 then 5
      when o < 950 then 6 when o < 995 then 7 end as office,
    case when queued then 'UNCLAIMED' when i <= 40 then 'CLAIMED' when o >= 995 or s < 22 then 'UNCLAIMED' when s < 42 then 'CLAIMED' when s < 68 then 'UNDER_REVIEW'
      when s < 74 then 'AWAITING_AGENCY' when s < 84 then 'DECIDED' when s < 90 then 'IN_COURT' when s < 97 then 'CLOSED' else 'DECLINED' end as stage
    from numbered n
)
select p.i, p.queued, pg_temp.v7(p.received_at, p.i, 'case') as id, p.received_at, (p.received_at - interval '2 days')::date as incident_on, p.stage,
    coalesce(f.prefix, 'UNR') as prefix, f.id as jurisdiction, case when p.stage <> 'UNCLAIMED' then f.id end as lead, coalesce(f.state, 'OK') as state,
    coalesce(f.fips, '40109') as fips, f.slug, p.office, a.id as agency,
    pg_temp.v7('2023-01-01', p.office * 1000 + 1 + pg_temp.draw(p.i, 'member') % case p.office when 1 then 40 else 16 end, 'member') as attorney,
    pg_temp.v7('2023-01-01', p.office * 1000 + 1 + pg_temp.draw(p.i, 'second') % case p.office when 1 then 40 else 16 end, 'member') as second,
    (array['FORCE', 'FORCE', 'FORCE', 'DETENTION', 'DETENTION', 'ENTRY', 'PROPERTY', 'SHOOTING', 'FALSE_STATEMENT', 'OTHER'])[1 + pg_temp.draw(p.i, 'kind') % 10] as kind,
    (pg_temp.draw(p.i, 'narrative') % 512)::integer as narrative, 2 + (pg_temp.draw(p.i, 'persons') % 3)::integer as persons,
    format('B-%s', lpad(p.i::text, 8, '0')) as report_number, format('%s Example Street, unit %s', 100 + p.i % 8000, p.i % 97) as place,
    pg_temp.v7(p.received_at, p.i, 'referral') as referral
  from placed p left join offices f on f.place = p.office
  left join senders a on a.office = coalesce(p.office, 1) and a.place = 1 + pg_temp.draw(p.i, 'agency') % least(a.many, case when pg_temp.draw(p.i, 'large') % 3 = 0 then a.many else 2 end);
-- The draw of a sender may miss; such a case comes from the first one.
update scheme s set agency = (select a.id from senders a where a.office = coalesce(s.office, 1) and a.place = 1) where s.agency is null;
create unique index on scheme (i);
analyze scheme;

insert into comity.cases (id, number, agency_id, jurisdiction_id, state, county_fips, incident_on, kind, stage, lead_id, version, received_at, needs)
select id, format('%s-%s-%s', prefix, extract(year from received_at), lpad((row_number() over (partition by prefix, extract(year from received_at) order by i))::text, 6, '0')),
    agency, jurisdiction, state, fips, incident_on, kind, stage, lead, case when lead is null then 1 else 2 end, received_at, 1
  from scheme order by i;
insert into comity.case_numbers (prefix, year, last) select prefix, extract(year from received_at)::integer, count(*) from scheme group by 1, 2;

insert into comity.case_reports (case_id, needs, report_number, narrative, place, latitude, longitude, occurred_at, anyone_injured, alleged_offences, alleged_level,
  supervisor_identification, emergency_medical, preservation, provenance, signature)
select s.id, 2, s.report_number, n.text, s.place, 32.7 + s.i % 1000 / 5000.0, -96.8 + s.i % 777 / 5000.0, s.received_at - interval '2 days', s.i % 3 = 0,
    case when s.state = 'TX' then array['Tex. Penal Code § 22.01'] else '{}' end, case when s.i % 4 = 0 then 'FELONY' else 'MISDEMEANOR' end,
    '{"outcome": "REFUSED", "recordedOnCamera": true, "note": "Asked twice."}', '{"summoned": true, "aidRendered": true}', '{"preservedBy": "Sgt. Pia Dalles"}',
    '{"decidedBy": "Sgt. Pia Dalles", "consulted": ["Department counsel"]}', jsonb_build_object('signedBy', 'Sgt. Pia Dalles', 'badge', '4711', 'signedAt', s.received_at - interval '1 day')
  from scheme s join narratives n on n.k = s.narrative order by s.i;

insert into comity.persons (case_id, id, needs, part, position, name, descriptors, badge, plate, markings, minor_at_incident, injured, injury)
select s.id, pg_temp.v7(s.received_at, s.i * 8 + n, 'person'), case when n = 1 and s.i % 25 = 0 then 4100 else 4 end,
    (array['OFFICIAL', 'VICTIM', 'WITNESS', 'OFFICIAL'])[n + 1], n, case when n in (1, 2) then format('Person %s Number %s', n, s.i) end,
    case when n not in (1, 2) then 'Tall, grey jacket, face covered' end, null, case when n = 0 then format('INV %s', s.i) end, case when n = 0 then 'POLICE' end,
    n = 1 and s.i % 25 = 0, n = 1 and s.i % 3 = 0, case when n = 1 and s.i % 3 = 0 then 'Bruised shoulder' end
  from scheme s cross join generate_series(0, 3) n where n < s.persons order by s.i, n;
insert into comity.person_contacts (case_id, person_id, needs, phone, email, address, disclosure_refused)
select p.case_id, p.id, 8 | (p.needs & 4096) | case when p.part = 'WITNESS' then 4096 else 0 end, case when p.part = 'VICTIM' then '555-0100' end,
    case when p.part = 'WITNESS' then 'witness@example.invalid' end, case when p.part = 'VICTIM' then '1 Invented Lane' end, p.part = 'WITNESS'
  from comity.persons p where p.part in ('VICTIM', 'WITNESS');
insert into comity.recordings (case_id, id, needs, kind, position, holder, device, sha256, captured_from, captured_to)
select s.id, pg_temp.v7(s.received_at, s.i * 8 + n, 'recording'), 32, case n when 0 then 'BODY_CAMERA' else 'FIXED_CAMERA' end, n, 'Records system', format('BWC-%s', s.i % 900),
    repeat('a', 64), s.received_at - interval '49 hours', s.received_at - interval '48 hours'
  from scheme s cross join generate_series(0, 1) n where n <= s.i % 2 order by s.i, n;

insert into comity.venues (case_id, jurisdiction_id, needs, basis, county_fips, reason, since)
select id, jurisdiction, 1, 'DECLARED_COUNTY', fips, 'The agency declares the incident in a county that this office serves.', received_at from scheme where jurisdiction is not null
union all
select s.id, o.id, 1, 'ROUTED', s.fips, 'The place lies on the boundary.', s.received_at from scheme s join offices o on o.place = 7 where s.i % 20 = 0 and s.office <> 7 and s.i > 40;
insert into comity.assignments (case_id, id, needs, member_id, role, since, until, assigned_by, version)
select id, pg_temp.v7(received_at, i, 'trial'), 512, attorney, 'TRIAL', received_at + interval '3 hours', null::timestamptz, attorney, 1 from scheme where lead is not null
union all
select id, pg_temp.v7(received_at, i, 'support'), 512, second, 'SUPPORT', received_at + interval '5 hours', null, attorney, 1
  from scheme where lead is not null and i % 3 = 0 and attorney <> second
union all
select id, pg_temp.v7(received_at, i, 'former'), 512, second, 'SUPPORT', received_at + interval '4 hours', received_at + interval '4 days', attorney, 2
  from scheme where lead is not null and i % 10 = 1 and attorney <> second;

create temp table laws as
select s.state::text, s.id, v.id as version, row_number() over (partition by s.state order by s.citation) as place, count(*) over (partition by s.state) as many
  from comity.statutes s cross join lateral (select id from comity.statute_versions v where v.statute_id = s.id order by valid_from desc nulls last limit 1) v;
insert into comity.charges (case_id, id, needs, person_id, statute_id, statute_version_id, counts, offence_on, state, warnings, proposed_by, proposed_at)
select s.id, pg_temp.v7(s.received_at, s.i * 8 + n, 'charge'), 16, pg_temp.v7(s.received_at, s.i * 8, 'person'), l.id, l.version, 1 + (s.i % 2)::integer, s.incident_on,
    case when s.i % 17 = 0 then 'WITHDRAWN' else 'PROPOSED' end, '{}', s.attorney, s.received_at + interval '2 days'
  from scheme s cross join generate_series(1, 3) n
  join laws l on l.state = s.state and l.place = 1 + pg_temp.draw(s.i * 4 + n, 'law') % l.many
 where s.lead is not null and n <= s.i % 4;
insert into comity.clocks (case_id, id, needs, kind, about_id, aspect, time_zone, started_on, due_on, safe_on, tolling, trace, warnings, rule, version_id, digest, computed_at)
select h.case_id, gen_random_uuid(), h.needs, 'LIMITATION', h.id, '', 'America/Chicago', h.offence_on, h.offence_on + 1096, h.offence_on + 1095, '[]',
    '[{"text": "Time runs from the offence.", "citation": "A code 1", "on": null}, {"text": "The period is 3 years.", "citation": "A code 1", "on": null}]', '{UNATTESTED,START_UNVERIFIED}',
    '{"name": "limitation of a statute", "version": "seeded", "citation": "A code 1", "confidence": "HIGH"}', h.statute_version_id, 'seeded', h.proposed_at
  from comity.charges h where h.state <> 'WITHDRAWN';
insert into comity.clocks (case_id, id, needs, kind, about_id, aspect, time_zone, started_on, due_on, safe_on, tolling, trace, warnings, rule, digest, computed_at)
select r.case_id, gen_random_uuid(), r.needs, 'CAMERA_RETENTION', r.id, '', 'America/Chicago', r.captured_from::date, r.captured_from::date + 90, r.captured_from::date + 89, '[]',
    '[{"text": "It may be destroyed after 90 days.", "citation": "A code 2", "on": null}]', '{}', '{"name": "retention of recordings", "version": "seeded", "citation": "A code 2", "confidence": "HIGH"}', 'seeded', r.captured_from
  from comity.recordings r where r.kind = 'BODY_CAMERA' and r.captured_from is not null;
update comity.clocks k set lead_id = s.lead from scheme s where s.id = k.case_id and s.lead is not null;
insert into comity.annotations (case_id, id, needs, placed_needs, author_only, author_id, office_id, kind, audience, privilege, target_kind, favourable_to_defence, revision, created_at, revised_at)
select s.id, pg_temp.v7(s.received_at, s.i * 8 + n, 'annotation'), case when n % 2 = 0 then 257 else 513 end, case when n % 2 = 0 then 257 else 513 end, null, s.attorney, s.lead, 'NOTE',
    case when n % 2 = 0 then 'TEAM' else 'OFFICE' end, 'NONE', 'CASE', n = 3, 1, s.received_at + n * interval '7 hours', s.received_at + n * interval '7 hours'
  from scheme s cross join generate_series(1, 6) n where s.lead is not null and n <= s.i % 7;
insert into comity.annotation_revisions (case_id, annotation_id, revision, needs, author_only, body, revised_by, revised_at)
select a.case_id, a.id, 1, a.needs, null, 'Ask the agency for the second recording and compare the times; the witness puts the push before the warning.', a.author_id, a.created_at
  from comity.annotations a;

insert into comity.referrals (id, agency_id, report_number, state, state_since, kind, incident_on, county_fips, submitted_at, submitted_by, problems, packet_sha256)
select s.referral, s.agency, s.report_number, case when s.lead is null then 'SUBMITTED' else 'ACCEPTED' end, s.received_at, s.kind, s.incident_on, s.fips, s.received_at, m.id, '[]', repeat('b', 64)
  from scheme s join comity.members m on m.agency_id = s.agency and m.kind = 'MACHINE';
insert into comity.referral_packets (referral_id, agency_id, document)
select s.referral, s.agency, json_build_object('reportNumber', s.report_number, 'narrative', n.text)::text from scheme s join narratives n on n.k = s.narrative;
insert into comity.idempotency_keys (agency_id, key, fingerprint, referral_id, at) select agency, 'seed-' || i, repeat('b', 64), referral, received_at from scheme;
insert into comity.case_referrals (case_id, referral_id, needs) select id, referral, 2 from scheme;

-- The trail: arrival, claim, notes; each link hashed as the product hashes it.
create temp table acts as
select s.i, s.id as case_id, row_number() over (partition by s.i order by e.at)::integer as seq, pg_temp.v7(e.at, s.i * 8 + e.place, 'event') as id, e.at, e.actor, e.acting_for, e.act, e.needs, e.body
  from scheme s cross join lateral (
    select 0 as place, s.received_at as at, (select m.id from comity.members m where m.agency_id = s.agency and m.kind = 'MACHINE') as actor, s.agency as acting_for, 'RECEIVED' as act, 128 as needs,
      jsonb_build_object('referralId', s.referral, 'packetSha256', repeat('b', 64), 'attested', false)::text as body
    union all
    select 1, s.received_at + interval '3 hours', s.attorney, s.lead, 'CLAIMED', 128, jsonb_build_object('jurisdictionId', s.lead, 'assignedTo', s.attorney)::text where s.lead is not null
    union all
    select 1 + n, s.received_at + n * interval '7 hours', s.attorney, s.lead, 'ANNOTATED', case when n % 2 = 0 then 384 else 640 end,
        jsonb_build_object('annotationId', pg_temp.v7(s.received_at, s.i * 8 + n, 'annotation'))::text
      from generate_series(1, 6) n where s.lead is not null and n <= s.i % 7) e;
create unique index on acts (seq, i);
analyze acts;
insert into comity.trail_heads (case_id, chain, seq, hash) select id, 'CASE', 0, sha256(convert_to(id::text || 'CASE', 'UTF8')) from scheme;
analyze comity.trail_heads;
do $$
begin
  for link in 1 .. (select max(seq) from acts) loop
    with linked as (
      insert into comity.trail_events (case_id, chain, seq, id, at, actor_id, acting_for, act, outcome, needs, body, prev_hash, hash)
      select a.case_id, 'CASE', a.seq, a.id, a.at, a.actor, a.acting_for, a.act, 'DONE', a.needs, a.body, h.hash,
          comity.trail_link(h.hash, a.case_id, 'CASE', a.seq, a.id, a.at, a.actor, a.acting_for, a.act, 'DONE', a.needs, a.body)
        from acts a join comity.trail_heads h on h.case_id = a.case_id and h.chain = 'CASE' where a.seq = link
      returning case_id, seq, hash
    )
    update comity.trail_heads h set seq = l.seq, hash = l.hash from linked l where h.case_id = l.case_id and h.chain = 'CASE';
  end loop;
end $$;

-- Rules: two hundred jurisdictions with forty sharing rules each, most of them bound to a stage, level or tag; one case in
-- twenty held jointly, one in fifty walled or sealed.
insert into comity.jurisdictions
select (jsonb_populate_record(j, jsonb_build_object('id', pg_temp.v7('2023-01-01', n, 'office'), 'slug', 'bench-' || n,
    'prefix', chr(65 + n / 26) || chr(65 + n % 26) || 'Z', 'name', 'Invented office ' || n))).*
  from comity.jurisdictions j cross join generate_series(1, 190) n where j.slug = 'dallas-tx';
create temp table books as
-- The sparse and the empty office stand last: they are nobody's audience.
select pg_temp.v7('2023-02-01', p.place, 'book') as id, p.id as office, p.place, p.many - 2 as many, p.slug like 'bench-%' as invented
  from (select j.id, j.slug, row_number() over (order by j.slug in ('portsmouth-va', 'arlington-falls-church-va'), j.slug) as place, count(*) over () as many from comity.jurisdictions j) p;
update comity.rule_books set state = 'SUPERSEDED' where state = 'IN_FORCE';
insert into comity.rule_books (id, jurisdiction_id, version, state, title, drafted_at, adopted_at) select id, office, 1000, 'IN_FORCE', 'Rules under load', '2023-02-01', '2023-02-01' from books;
insert into comity.sharing_rules (book_id, position, audience_id, facets, stages, levels, tags, basis)
select b.id, n, case when n = 0 and b.invented then '00000000-0000-8000-8000-00000000c0a1'::uuid
    else (select o.office from books o where o.place = 1 + (b.place + n * 7 + 3) % b.many) end,
    1 | (pg_temp.draw(b.place * 64 + n, 'facets') % 256)::integer,
    case when n % 8 in (1, 5) then array['CLAIMED'] else '{}' end, case when n % 8 in (2, 6) then array['FELONY'] else '{}' end,
    case when n % 8 in (3, 4, 7) then array['DETENTION', 'PRESS'] else '{}' end, 'An agreement of these offices.'
  from books b cross join generate_series(0, 39) n where (n * 7 + 3) % b.many <> 0;
insert into comity.agency_rules (book_id, show, basis) select id, 'STATUS', 'The agency learns where its referral stands.' from books;
insert into comity.case_tags (case_id, tag, needs, tagged_by, tagged_at)
select s.id, t.tag, 2, s.attorney, s.received_at from scheme s cross join (values ('DETENTION', 3), ('PRESS', 11), ('FATALITY', 29)) t (tag, every) where s.lead is not null and s.i % t.every = 1;
insert into comity.responsibilities (case_id, id, needs, jurisdiction_id, invited_for, role, facets, state, reason, invited_by, invited_at)
select s.id, pg_temp.v7(s.received_at, s.i * 8, 'joint'), 1, o.office, s.lead, 'CO', 119, 'ACCEPTED', 'One incident in two counties.', s.attorney, s.received_at
  from scheme s cross join books o where s.lead is not null and s.i % 20 = 3 and o.place = 1 + s.i % o.many and o.office <> s.lead;
-- Walls against members who have no place there, and seals upon a facet.
insert into comity.walls (case_id, id, needs, subject_kind, subject_id, ground, note, may_lift, imposed_by, imposed_at)
select s.id, pg_temp.v7(s.received_at, s.i * 8, 'wall'), 512, 'MEMBER', pg_temp.v7('2023-01-01', 3001, 'member'), 'FAMILY', 'Declared.', '{CONFLICTS}', s.attorney, s.received_at
  from scheme s where s.lead is not null and s.i % 100 = 7 and s.office <> 3;
insert into comity.seals (case_id, id, needs, facets, audience, "order", sealed_by, sealed_at)
select s.id, pg_temp.v7(s.received_at, s.i * 8, 'seal'), 576, 64, array[s.lead], 'Order of the court', s.attorney, s.received_at from scheme s where s.lead is not null and s.i % 100 = 9;
analyze;

-- What the product's own views ask for; a sample is computed anew afterwards and compared.
insert into comity.sight (case_id, viewer, cause, ref, facets, until, received_at)
select case_id, viewer, cause, ref, facets, until, received_at from comity.wanted_sight order by received_at;
insert into comity.closings (case_id, subject, facets, unless, until, cause, ref) select case_id, subject, facets, unless, until, cause, ref from comity.wanted_closings;
insert into comity.search_docs (case_id, source, stamp, lead, received_at, needs, tsv)
select s.id, 'summary', '1', s.lead, s.received_at, 1, to_tsvector('english', c.number) from scheme s join comity.cases c on c.id = s.id
union all
select s.id, 'report', '1', s.lead, s.received_at, 2, to_tsvector('english', s.report_number || ' ' || s.place) || n.tsv from scheme s join narratives n on n.k = s.narrative
union all
select s.id, 'person:' || p.id, '1', s.lead, s.received_at, p.needs, to_tsvector('english', concat_ws(' ', p.name, p.descriptors, p.badge, p.plate, p.markings))
  from scheme s join comity.persons p on p.case_id = s.id
union all
select s.id, 'annotation:' || a.id, a.revision::text, s.lead, s.received_at, a.needs, to_tsvector('english', r.body)
  from scheme s join comity.annotations a on a.case_id = s.id join comity.annotation_revisions r on r.case_id = a.case_id and r.annotation_id = a.id and r.revision = a.revision
 where not a.deleted and a.author_only is null;
reset session_replication_role;
