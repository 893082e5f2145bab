-- What a rule book would change before it is adopted, and the statistics by the rules of the offices' books. Locks
-- statistics_threshold, count_statistics, refresh_statistics, statistics_value and case_counts while they are replaced. Way
-- back: as comity_definer, drop function comity.preview_rule_book(uuid), create those five as they were, and drop the table
-- statistics_terms and the functions statistics_terms_in_force and statistics_terms_stand.
set role comity_definer;--> statement-breakpoint

-- What would become visible or hidden to which other office if a book were adopted now, what its own tests come to, and how
-- many cases its office leads: of those that the caller sees, and no word of others. What an office sees is what is open to it
-- as a whole (of a venue, an offer, joint handling or a transfer, and by rule) less what law, walls and seals close to it; of a
-- case whose SUMMARY is closed it sees nothing. Cases that stand alike are judged together, by the newest of them.
create function comity.preview_rule_book(p_book uuid) returns jsonb
language plpgsql stable security definer set search_path = comity, pg_catalog set jit = off set enable_mergejoin = off set plan_cache_mode = force_custom_plan set work_mem = '64MB' as $$
declare
  coalition constant uuid := '00000000-0000-8000-8000-00000000c0a1';
  -- What a rule can open: all that offices share, and notes to the coalition.
  shared constant integer := 2303;
  book comity.rule_books;
  in_force uuid;
  excepted uuid[];
  reader comity.members;
  answer jsonb;
begin
  select * into reader from comity.members m where m.id = comity.member() and m.active;
  select * into book from comity.rule_books b where b.id = p_book;
  if book.id is null or (book.state not in ('IN_FORCE', 'SUPERSEDED') and book.jurisdiction_id is distinct from reader.office_id) then
    raise exception 'There is no such thing here.' using errcode = 'CM404';
  end if;
  if reader.office_id is distinct from book.jurisdiction_id then
    raise exception 'This is the rule book of another office.' using errcode = 'CM403';
  end if;
  if reader.role not in ('SUPERVISOR', 'ELECTED') then
    raise exception 'Your seat does not permit this act.' using errcode = 'CM403';
  end if;
  if book.state not in ('DRAFT', 'PROPOSED', 'IN_FORCE') then
    raise exception 'This rule book is never adopted again. Draft a new one.' using errcode = 'CM409';
  end if;

  select b.id into in_force from comity.rule_books b where b.jurisdiction_id = book.jurisdiction_id and b.state = 'IN_FORCE';
  select array_agg(j.id) || coalition into excepted from comity.jurisdictions j where j.id <> book.jurisdiction_id;

  with offices as materialized (
    select j.id, j.name, j.standing = 'MEMBER' as member from comity.jurisdictions j
     where j.id <> book.jurisdiction_id and exists (
       select from comity.sharing_rules r
        where r.book_id in (p_book, in_force) and (r.audience_id = j.id or (r.audience_id = coalition and j.standing = 'MEMBER')))
  ), led as materialized (
    -- What comity.sees(c.id, 1) says of each case, said of all at once.
    select c.id, c.stage, row_number() over (order by c.received_at desc, c.id desc) as newest
      from comity.cases c
     where c.lead_id = book.jurisdiction_id
       and c.id in (
         select s.case_id from comity.sight s
          where s.viewer = any (comity.viewers()) and statement_timestamp() < s.until
            and s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else comity.role_facets() end & 1 = 1)
       and c.id not in (
         select k.case_id from comity.closings k
          where k.facets & 1 = 1 and (k.subject is null or k.subject = any (comity.viewers())) and not k.unless && comity.viewers() and statement_timestamp() < k.until)
  ), held as materialized (
    select s.case_id, s.viewer, bit_or(s.facets) as facets
      from comity.sight s join led l on l.id = s.case_id
     where s.cause in ('VENUE', 'OFFER', 'JOINT', 'RESIDUAL') and statement_timestamp() < s.until and s.viewer in (select o.id from offices o)
     group by s.case_id, s.viewer
  ), shut as materialized (
    select k.case_id, k.subject, k.facets, k.unless
      from comity.closings k join led l on l.id = k.case_id
     where k.facets & shared <> 0 and statement_timestamp() < k.until
       and (k.subject is null or k.subject = coalition or k.subject in (select o.id from offices o))
       -- Only what the reader may know of: a seal by its audience, a wall by who reads the arrangements of the case.
       and case k.cause when 'SEAL' then k.unless && comity.viewers() when 'WALL' then comity.sees(k.case_id, 512) else true end
  ), alike as materialized (
    select min(l.newest) as kind, o.known, count(*) as cases, (array_agg(l.id order by l.newest))[1] as example,
        (array_agg(l.id order by l.newest))[1:5] as samples, (array_agg(l.newest order by l.newest))[1:5] as places
      from led l
      -- All that comity.shares asks of a case. The same words in another order make two kinds, which does no harm.
      -- Level and tags follow from the report and the charges: who may not read those learns nothing of them by asking for a rule.
      cross join lateral (select comity.sees(l.id, 18) as known offset 0) o
      cross join lateral (select case when o.known then comity.level_of(l.id) end as level,
        case when o.known then array(select t.tag from comity.case_tags t where t.case_id = l.id order by 1) end as tags,
        exists (select from comity.unit_restrictions u where u.case_id = l.id and u.lifted_at is null) as kept offset 0) r
      left join (select h.case_id, string_agg(concat_ws(' ', h.viewer, h.facets), ',') as words from held h group by h.case_id) h on h.case_id = l.id
      left join (select k.case_id, string_agg(concat_ws(' ', coalesce(k.subject::text, '-'), k.facets, k.unless), ',') as words from shut k group by k.case_id) k on k.case_id = l.id
     group by l.stage, o.known, r.level, r.tags, r.kept, h.words, k.words
  ), opened as materialized (
    select a.kind, s.viewer, coalesce(bit_or(s.facets) filter (where s.book_id = in_force), 0) as before, coalesce(bit_or(s.facets) filter (where s.book_id = p_book), 0) as after
      from alike a cross join lateral (
        select * from comity.shares s where s.case_id = a.example and s.jurisdiction_id = book.jurisdiction_id and s.book_id in (p_book, in_force) offset 0) s
      join comity.sharing_rules r on r.book_id = s.book_id and r.position = s.position
     where a.known or (r.levels = '{}' and r.tags = '{}')
     group by a.kind, s.viewer
  ), closed as materialized (
    -- To all offices, and what is closed to some of them or to some not.
    select a.kind, null::uuid as office, bit_or(k.facets) as facets
      from alike a join shut k on k.case_id = a.example where k.subject is null and not k.unless && excepted group by a.kind
    union all
    select a.kind, o.id, bit_or(k.facets)
      from alike a join shut k on k.case_id = a.example and (k.subject is not null or k.unless && excepted)
      join offices o on (k.subject is null or k.subject = o.id or (o.member and k.subject = coalition)) and not (o.id = any (k.unless) or (o.member and coalition = any (k.unless)))
     group by a.kind, o.id
  ), judged as (
    select a.kind, a.cases, o.id as office,
        (coalesce(h.facets, 0) | coalesce(own.before, 0) | coalesce(everyone.before, 0)) & ~(coalesce(n.facets, 0) | coalesce(k.facets, 0)) & shared as before,
        (coalesce(h.facets, 0) | coalesce(own.after, 0) | coalesce(everyone.after, 0)) & ~(coalesce(n.facets, 0) | coalesce(k.facets, 0)) & shared as after
      from alike a cross join offices o
      left join held h on h.case_id = a.example and h.viewer = o.id
      left join opened own on own.kind = a.kind and own.viewer = o.id
      left join opened everyone on everyone.kind = a.kind and everyone.viewer = coalition and o.member
      left join closed n on n.kind = a.kind and n.office is null
      left join closed k on k.kind = a.kind and k.office = o.id
  ), seen as materialized (
    select j.kind, j.cases, j.office, case when j.before & 1 = 1 then j.before else 0 end as before, case when j.after & 1 = 1 then j.after else 0 end as after from judged j
  ), turns as materialized (
    select s.office, s.before, s.after, sum(s.cases) as cases, (array_agg(s.kind order by s.kind))[1:5] as kinds
      from seen s where s.before <> s.after group by s.office, s.before, s.after
  ), parts as materialized (
    select t.office, f.facet, t.after & f.facet <> 0 as shown, t.cases, t.kinds
      from turns t join (select 1 << n as facet from generate_series(0, 11) n) f on (t.before # t.after) & f.facet <> 0
  ), sampled as materialized (
    select p.office, p.facet, p.shown, to_jsonb((array_agg(e.id order by e.place))[1:5]) as ids
      from parts p cross join unnest(p.kinds) k (kind) join alike a using (kind) cross join unnest(a.samples, a.places) e (id, place)
     group by p.office, p.facet, p.shown
  ), changes as materialized (
    select p.office, p.facet, coalesce(sum(p.cases) filter (where p.shown), 0) as shown, coalesce(sum(p.cases) filter (where not p.shown), 0) as hidden
      from parts p group by p.office, p.facet
  )
  select jsonb_build_object(
      'cases', (select count(*) from led),
      'changes', coalesce((
        select jsonb_agg(jsonb_build_object('officeId', o.id, 'facet', (comity.facet_names(c.facet))[1], 'becomesVisible', c.shown, 'becomesHidden', c.hidden,
            'visibleIds', coalesce(v.ids, '[]'), 'hiddenIds', coalesce(h.ids, '[]')) order by o.name, o.id, c.facet)
          from changes c join offices o on o.id = c.office
          left join sampled v on v.office = c.office and v.facet = c.facet and v.shown
          left join sampled h on h.office = c.office and h.facet = c.facet and not h.shown), '[]'),
      'tests', coalesce((
        select jsonb_agg(jsonb_build_object('position', t.position, 'memberId', t.member_id, 'facet', (comity.facet_names(t.facet))[1], 'expected', t.sees, 'passes', r.passes, 'because', r.because)
            order by t.position)
          from comity.rule_book_results(p_book) r join comity.rule_book_tests t on t.book_id = p_book and t.position = r.place), '[]'))
    into answer;
  return answer;
end $$;--> statement-breakpoint
grant execute on function comity.preview_rule_book(uuid) to comity_app;--> statement-breakpoint

-- The terms that the release was made under: its threshold, and the offices whose cases it counts.
create table comity.statistics_terms (
  id integer primary key check (id = 1), threshold integer not null check (threshold >= 10), offices uuid[] not null
);--> statement-breakpoint
alter table comity.statistics_terms enable row level security;--> statement-breakpoint
alter table comity.statistics_terms force row level security;--> statement-breakpoint
create policy statistics_terms_definer on comity.statistics_terms to comity_definer using (true) with check (true);--> statement-breakpoint

-- The terms as the rule books in force have them. An office is counted where its book says so, else as its standing says. The
-- threshold is the greatest of 10 and what the books of the counted offices ask: all cells have the same, so that no office's
-- cases are published under its own and no office is known by a cell that is missing where others have one.
create function comity.statistics_terms_in_force() returns table (threshold integer, offices uuid[]) language sql stable set search_path = comity, pg_catalog as $$
  select greatest(10, max(r.threshold)), coalesce(array_agg(j.id order by j.id), '{}')
    from comity.jurisdictions j
    left join comity.rule_books b on b.jurisdiction_id = j.id and b.state = 'IN_FORCE'
    left join comity.statistics_rules r on r.book_id = b.id and r.measure = 'CASES'
   where coalesce(r.counted, j.standing = 'MEMBER')
$$;--> statement-breakpoint

-- Whether the release was made under the terms in force.
create function comity.statistics_terms_stand() returns boolean language sql stable set search_path = comity, pg_catalog
return exists (select from comity.statistics_terms t join comity.statistics_terms_in_force() n on n.threshold = t.threshold and n.offices = t.offices);--> statement-breakpoint

-- The threshold of the release.
create or replace function comity.statistics_threshold() returns integer language sql stable parallel safe
return (select t.threshold from comity.statistics_terms t);--> statement-breakpoint

-- Counts every cell of every grouping of at most three dimensions (state, jurisdiction and agency are one, a tree), of the
-- offices that are counted and of unrouted cases.
create or replace function comity.count_statistics() returns void
language plpgsql security definer set search_path = comity, pg_catalog set jit = off set enable_nestloop = off set plan_cache_mode = force_custom_plan set work_mem = '64MB' as $$
declare
  threshold integer := comity.statistics_threshold();
  counted uuid[] := (select t.offices from comity.statistics_terms t);
begin
  insert into comity.statistics_work (place, level, stage, month, statute, n, round)
  select concat_ws('/', coalesce(j.state, '-'), coalesce(j.slug, '-'), a.slug), 3, c.stage, to_char(c.received_at at time zone 'UTC', 'YYYY-MM'), '', count(*),
      case when count(*) < threshold then 0 end
    from comity.cases c join comity.agencies a on a.id = c.agency_id left join comity.jurisdictions j on j.id = coalesce(c.lead_id, c.jurisdiction_id)
   where j.id is null or j.id = any (counted)
   group by 1, 3, 4;

  insert into comity.statistics_places (place, parent, level)
  select distinct p.place, p.parent, p.level
    from (select distinct place, string_to_array(place, '/') as part from comity.statistics_work) w,
      lateral (values ('', null, 0), (part[1], '', 1), (part[1] || '/' || part[2], part[1], 2), (w.place, part[1] || '/' || part[2], 3)) as p (place, parent, level);

  insert into comity.statistics_work (place, level, stage, month, statute, n, round)
  select p.place, p.level, coalesce(w.stage, ''), coalesce(w.month, ''), '', sum(w.n), case when sum(w.n) < threshold then 0 end
    from comity.statistics_work w,
      lateral (values ('', 0), (split_part(w.place, '/', 1), 1), (split_part(w.place, '/', 1) || '/' || split_part(w.place, '/', 2), 2), (w.place, 3)) as p (place, level)
   group by p.level, p.place, grouping sets ((w.stage, w.month), (w.stage), (w.month), ())
  having not (p.level = 3 and grouping(w.stage, w.month) = 0);

  -- A case counts once for each statute, however many of its persons are charged under it.
  with charged as (
    select distinct ch.case_id, s.citation from comity.charges ch join comity.statutes s on s.id = ch.statute_id where ch.state = 'PROPOSED'
  ), leaves as (
    select concat_ws('/', coalesce(j.state, '-'), coalesce(j.slug, '-'), a.slug) as place, c.stage,
        to_char(c.received_at at time zone 'UTC', 'YYYY-MM') as month, h.citation as statute, count(*) as n
      from charged h join comity.cases c on c.id = h.case_id join comity.agencies a on a.id = c.agency_id
      left join comity.jurisdictions j on j.id = coalesce(c.lead_id, c.jurisdiction_id)
     where j.id is null or j.id = any (counted)
     group by 1, 2, 3, 4
  )
  insert into comity.statistics_work (place, level, stage, month, statute, n, round)
  select p.place, p.level, coalesce(w.stage, ''), coalesce(w.month, ''), w.statute, sum(w.n), case when sum(w.n) < threshold then 0 end
    from leaves w,
      lateral (values ('', 0), (split_part(w.place, '/', 1), 1), (split_part(w.place, '/', 1) || '/' || split_part(w.place, '/', 2), 2), (w.place, 3)) as p (place, level)
   group by p.level, p.place, w.statute, grouping sets ((w.stage, w.month), (w.stage), (w.month), ())
  having p.level = 0 or grouping(w.stage, w.month) > 0;
end $$;--> statement-breakpoint

-- Makes a release: fixes its terms, counts, withholds, and keeps only what may be published. One at a time.
create or replace function comity.refresh_statistics() returns void
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  seen text := comity.statistics_sign();
begin
  perform pg_advisory_xact_lock(7203114872);
  -- Fixed for the whole release: a book that is adopted while it is made counts in the next.
  delete from comity.statistics_terms;
  insert into comity.statistics_terms select 1, threshold, offices from comity.statistics_terms_in_force();
  truncate comity.statistics_work, comity.statistics_places;
  perform comity.count_statistics();
  analyze comity.statistics_work, comity.statistics_places;
  perform comity.withhold_statistics();
  delete from comity.statistics_cells;
  insert into comity.statistics_cells (level, state, jurisdiction, agency, stage, month, statute, count)
  select w.level, split_part(w.place, '/', 1), split_part(w.place, '/', 2), split_part(w.place, '/', 3), w.stage, w.month, w.statute, w.n
    from comity.statistics_work w where w.round is null;
  insert into comity.statistics_releases as r (id, as_of, sign) values (1, statement_timestamp(), seen)
      on conflict (id) do update set as_of = excluded.as_of, sign = excluded.sign;
  truncate comity.statistics_work, comity.statistics_places;
end $$;--> statement-breakpoint

-- One value of a filter, checked against its dimension; null where the dimension is not filtered by.
create or replace function comity.statistics_value(p_filter jsonb, p_dimension text) returns text
language plpgsql stable security definer set search_path = comity, pg_catalog as $$
declare
  given text := p_filter ->> p_dimension;
  value text;
  remedy text;
begin
  if given is null then
    return null;
  end if;
  case p_dimension
    when 'jurisdiction' then
      select j.slug into value from comity.jurisdictions j join comity.statistics_terms_in_force() t on j.id = any (t.offices) where j.slug = given;
      remedy := 'Give the slug of an office that is counted, for instance dallas-tx.';
    when 'state' then
      select j.state into value from comity.jurisdictions j where j.state = given limit 1;
      remedy := 'Give a state in two letters, for instance TX.';
    when 'agency' then
      select a.slug into value from comity.agencies a where a.slug = given or a.ori = given order by a.slug = given desc limit 1;
      remedy := 'Give the slug or the ORI of an agency.';
    when 'stage' then
      select s into value from unnest(comity.statistics_stages()) s where s = given;
      remedy := 'Give one of ' || array_to_string(comity.statistics_stages(), ', ') || '.';
    when 'month' then
      value := substring(given from '^[0-9]{4}-(?:0[1-9]|1[0-2])$');
      remedy := 'Give a month as YYYY-MM, for instance 2026-03; finer dates are not counted.';
    when 'statute' then
      select s.citation into value from comity.statutes s where s.citation = given;
      remedy := 'Give the canonical citation, as statutes shows it.';
  end case;
  if value is null then
    raise exception 'filter.%: this is no value of the dimension. %', p_dimension, remedy using errcode = 'CM400', detail = 'filter.' || p_dimension, hint = remedy;
  end if;
  return value;
end $$;--> statement-breakpoint

-- How many cases there are, by dimensions and under a filter. What it says follows from the published cells and from public
-- lists alone: a cell that is not published looks the same whether it holds nine cases, none, or covers for another.
-- Makes a new release where the last was made under other terms, or is a minute old and something was written since; not in a
-- read-only transaction, which answers from the last release under the terms of that.
create or replace function comity.case_counts(p_group_by text[], p_filter jsonb) returns jsonb
language plpgsql security definer set search_path = comity, pg_catalog set jit = off set lock_timeout = '30s' set plan_cache_mode = force_custom_plan as $$
declare
  most_cells constant integer := 5000;
  dimensions constant text[] := array['jurisdiction', 'state', 'agency', 'stage', 'month', 'statute'];
  by_them text[];
  asked text[];
  wrong text;
  depth integer;
  f_jurisdiction text; f_state text; f_agency text; f_stage text; f_month text; f_statute text;
  stale boolean;
  answer jsonb;
  cell_total bigint;
begin
  if not exists (select from comity.members m where m.id = comity.member() and m.active and m.role = 'ANALYST') then
    raise exception 'Your seat does not permit this act.' using errcode = 'CM403';
  end if;

  select coalesce(array_agg(distinct lower(d)), '{}') into by_them from unnest(p_group_by) d;
  select d into wrong from unnest(by_them) d where d is null or d <> all (dimensions) limit 1;
  if found then
    raise exception 'groupBy: there is no such dimension. Use %.', upper(array_to_string(dimensions, ', ')) using errcode = 'CM400', detail = 'groupBy';
  end if;
  if jsonb_typeof(coalesce(p_filter, '{}')) <> 'object' then
    raise exception 'filter: it must be an object of dimensions, one value each.' using errcode = 'CM400', detail = 'filter';
  end if;
  select k into wrong from jsonb_each(coalesce(p_filter, '{}')) e (k, v) where k <> all (dimensions) or jsonb_typeof(v) not in ('string', 'null') limit 1;
  if found then
    raise exception 'filter: it takes the dimensions %, one text each.', array_to_string(dimensions, ', ') using errcode = 'CM400', detail = 'filter';
  end if;
  f_jurisdiction := comity.statistics_value(p_filter, 'jurisdiction');
  f_state := comity.statistics_value(p_filter, 'state');
  f_agency := comity.statistics_value(p_filter, 'agency');
  f_stage := comity.statistics_value(p_filter, 'stage');
  f_month := comity.statistics_value(p_filter, 'month');
  f_statute := comity.statistics_value(p_filter, 'statute');
  select by_them || coalesce(array_agg(k), '{}') into asked from jsonb_each_text(coalesce(p_filter, '{}')) e (k, v) where v is not null;
  depth := case when 'agency' = any (asked) then 3 when 'jurisdiction' = any (asked) then 2 when 'state' = any (asked) then 1 else 0 end;
  if (depth > 0)::integer + ('stage' = any (asked))::integer + ('month' = any (asked))::integer + ('statute' = any (asked))::integer > 3 then
    raise exception 'groupBy: groupBy and filter together may name three dimensions, where jurisdiction, state and agency are one. Leave one out.'
      using errcode = 'CM400', detail = 'groupBy';
  end if;

  if current_setting('transaction_read_only') = 'off' then
    -- What a rule book says counts from its adoption on: no answer is given of a release that was made under other terms.
    if not comity.statistics_terms_stand() then
      perform pg_advisory_xact_lock(7203114872);
      if not comity.statistics_terms_stand() then
        perform comity.refresh_statistics();
      end if;
    end if;
    select not exists (select from comity.statistics_releases r
      where r.as_of > statement_timestamp() - interval '1 minute' or r.sign = comity.statistics_sign()) into stale;
    -- Who finds another at work answers from the last release.
    if stale and pg_try_advisory_xact_lock(7203114872) then
      perform comity.refresh_statistics();
    end if;
  end if;

  with published as materialized (
    select * from comity.statistics_cells s where s.level = depth
       and (s.stage <> '') = ('stage' = any (asked)) and (s.month <> '') = ('month' = any (asked)) and (s.statute <> '') = ('statute' = any (asked))
       and (f_jurisdiction is null or s.jurisdiction = f_jurisdiction) and (f_state is null or s.state = f_state) and (f_agency is null or s.agency = f_agency)
       and (f_stage is null or s.stage = f_stage) and (f_month is null or s.month = f_month) and (f_statute is null or s.statute = f_statute)
  ), places as (
    select '' as state, '' as jurisdiction, '' as agency where depth = 0
    union select j.state, case when depth > 1 then j.slug else '' end, coalesce(a.slug, '')
      from comity.jurisdictions j left join comity.agencies a on a.jurisdiction_id = j.id and depth = 3
     where depth > 0 and j.id = any (select unnest(t.offices) from comity.statistics_terms t) and (depth < 3 or a.slug is not null)
       and (f_jurisdiction is null or j.slug = f_jurisdiction) and (f_state is null or j.state = f_state) and (f_agency is null or a.slug = f_agency)
  ), stages as (
    select '' as stage where 'stage' <> all (asked)
    union all select s from unnest(comity.statistics_stages()) s where 'stage' = any (asked) and (f_stage is null or s = f_stage)
  ), span as (
    select min(s.month) as since, max(s.month) as until from comity.statistics_cells s where s.level = 0 and s.month <> '' and s.stage = '' and s.statute = ''
  ), months as (
    select '' as month where 'month' <> all (asked)
    union all select f_month where f_month is not null
    union all select to_char(m, 'YYYY-MM') from span, generate_series(to_date(since, 'YYYY-MM')::timestamp, to_date(until, 'YYYY-MM')::timestamp, interval '1 month') m
     where 'month' = any (asked) and f_month is null
  ), statutes as (
    select '' as statute, '' as law where 'statute' <> all (asked)
    union all select s.citation, s.state from comity.statutes s where 'statute' = any (asked) and (f_statute is null or s.citation = f_statute)
  ), listed as (
    select p.state, p.jurisdiction, p.agency, s.stage, m.month, t.statute
      from places p cross join stages s cross join months m join statutes t on t.law in ('', p.state) or p.state = ''
     limit most_cells + 1
  ), cells as materialized (
    select coalesce(nullif(c.state, ''), l.state) as state, coalesce(c.jurisdiction, l.jurisdiction) as jurisdiction, coalesce(c.agency, l.agency) as agency,
        coalesce(c.stage, l.stage) as stage, coalesce(c.month, l.month) as month, coalesce(c.statute, l.statute) as statute, c.count
      from listed l full join published c on c.state = l.state and c.jurisdiction = l.jurisdiction and c.agency = l.agency and c.stage = l.stage
        and c.month = l.month and c.statute = l.statute
  )
  select (select count(*) from cells), jsonb_build_object('asOf', to_char(r.as_of at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'threshold', comity.statistics_threshold(),
      'withheldCells', (select count(*) from cells where count is null),
      'cells', (select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
            'state', case when 'state' = any (by_them) then nullif(nullif(c.state, ''), '-') end,
            'jurisdiction', case when 'jurisdiction' = any (by_them) or depth = 3 then nullif(nullif(c.jurisdiction, ''), '-') end,
            'agency', case when 'agency' = any (by_them) then c.agency end,
            'stage', case when 'stage' = any (by_them) then c.stage end,
            'month', case when 'month' = any (by_them) then c.month end,
            'statute', case when 'statute' = any (by_them) then c.statute end,
            'count', c.count, 'withheld', c.count is null))
          order by c.state, c.jurisdiction, c.agency, c.stage, c.month, c.statute), '[]') from cells c))
    into cell_total, answer from comity.statistics_releases r;
  if cell_total > most_cells then
    raise exception 'groupBy: the table would have more than % cells. Filter by one of its dimensions.', most_cells using errcode = 'CM400', detail = 'groupBy';
  end if;
  if answer is null then
    raise exception 'No statistics have been released yet. Try again shortly.' using errcode = '57P03';
  end if;
  return answer;
end $$;--> statement-breakpoint
set role comity_owner;
