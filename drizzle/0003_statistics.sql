-- The statistics that analysts read: what may be published is decided here, once for each release, and nothing else is kept.
-- Locks only tables made by the migration before it. Way back: drop the two tables statistics_cells and
-- statistics_releases, and as comity_definer the functions and the two work tables below.
alter table comity.statistics_cells force row level security;--> statement-breakpoint
alter table comity.statistics_releases force row level security;--> statement-breakpoint
grant select, insert, delete on comity.statistics_cells to comity_definer;--> statement-breakpoint
grant select, insert, update, delete on comity.statistics_releases to comity_definer;--> statement-breakpoint
set role comity_definer;--> statement-breakpoint

-- Where a release is computed: every cell, small ones too, so both are emptied before the transaction ends.
create unlogged table comity.statistics_work (
  place text collate "C" not null, level integer not null, stage text collate "C" not null, month text collate "C" not null,
  statute text collate "C" not null, n integer not null,
  -- The round that withheld the cell; null: it may be published.
  round integer, primary key (place, stage, month, statute)
);--> statement-breakpoint
-- The tree of places: '' is the coalition, then 'TX', 'TX/dallas-tx', 'TX/dallas-tx/dallas-police'; '-' for unrouted cases.
-- `cover` is the sibling that is withheld along with the place, `heir` the child that stands for it one level down.
create unlogged table comity.statistics_places (
  place text collate "C" primary key, parent text collate "C", level integer not null, cover text collate "C", heir text collate "C"
);--> statement-breakpoint
alter table comity.statistics_work enable row level security;--> statement-breakpoint
alter table comity.statistics_work force row level security;--> statement-breakpoint
create policy statistics_work_definer on comity.statistics_work to comity_definer using (true) with check (true);--> statement-breakpoint
alter table comity.statistics_places enable row level security;--> statement-breakpoint
alter table comity.statistics_places force row level security;--> statement-breakpoint
create policy statistics_places_definer on comity.statistics_places to comity_definer using (true) with check (true);--> statement-breakpoint

create function comity.statistics_threshold() returns integer language sql immutable parallel safe return 10;--> statement-breakpoint

-- What the counted tables show of their writes; another answer means that something was written. It may come seconds late.
create function comity.statistics_sign() returns text language sql volatile set search_path = comity, pg_catalog
return (select string_agg(pg_stat_get_tuples_inserted(t) || ':' || pg_stat_get_tuples_updated(t) || ':' || pg_stat_get_tuples_deleted(t), ' ')
  from unnest(array['comity.cases', 'comity.charges', 'comity.jurisdictions', 'comity.agencies']::regclass[]) as t);--> statement-breakpoint

-- The two values of a set that are withheld to cover for others: middling ones, since smaller values have little to hide
-- behind and larger ones are missed more.
create function comity.statistics_covers(p_values text[], p_counts bigint[]) returns text[]
language sql immutable set search_path = comity, pg_catalog
return (select array_agg(v order by place) from (
  select v, row_number() over (order by n < half, case when n < half then -n else n end, v collate "C") as place
    from unnest(p_values, p_counts) as given (v, n),
      (select least(avg(c) / 2, percentile_cont(0.5) within group (order by c)) as half from unnest(p_counts) as c) middle) ranked where place <= 2);--> statement-breakpoint

-- Counts every cell of every grouping of at most three dimensions (state, jurisdiction and agency are one, a tree).
create function comity.count_statistics() returns void
language plpgsql security definer set search_path = comity, pg_catalog set jit = off set enable_nestloop = off set plan_cache_mode = force_custom_plan set work_mem = '64MB' as $$
begin
  insert into comity.statistics_work (place, level, stage, month, statute, n, round)
  select concat_ws('/', coalesce(j.state, '-'), coalesce(j.slug, '-'), a.slug), 3, c.stage, to_char(c.received_at at time zone 'UTC', 'YYYY-MM'), '', count(*),
      case when count(*) < comity.statistics_threshold() then 0 end
    from comity.cases c join comity.agencies a on a.id = c.agency_id left join comity.jurisdictions j on j.id = coalesce(c.lead_id, c.jurisdiction_id)
   where j.standing is distinct from 'GUEST'
   group by 1, 3, 4;

  insert into comity.statistics_places (place, parent, level)
  select distinct p.place, p.parent, p.level
    from (select distinct place, string_to_array(place, '/') as part from comity.statistics_work) w,
      lateral (values ('', null, 0), (part[1], '', 1), (part[1] || '/' || part[2], part[1], 2), (w.place, part[1] || '/' || part[2], 3)) as p (place, parent, level);

  insert into comity.statistics_work (place, level, stage, month, statute, n, round)
  select p.place, p.level, coalesce(w.stage, ''), coalesce(w.month, ''), '', sum(w.n), case when sum(w.n) < comity.statistics_threshold() then 0 end
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
     where j.standing is distinct from 'GUEST'
     group by 1, 2, 3, 4
  )
  insert into comity.statistics_work (place, level, stage, month, statute, n, round)
  select p.place, p.level, coalesce(w.stage, ''), coalesce(w.month, ''), w.statute, sum(w.n), case when sum(w.n) < comity.statistics_threshold() then 0 end
    from leaves w,
      lateral (values ('', 0), (split_part(w.place, '/', 1), 1), (split_part(w.place, '/', 1) || '/' || split_part(w.place, '/', 2), 2), (w.place, 3)) as p (place, level)
   group by p.level, p.place, w.statute, grouping sets ((w.stage, w.month), (w.stage), (w.month), ())
  having p.level = 0 or grouping(w.stage, w.month) > 0;
end $$;--> statement-breakpoint

-- Decides what is withheld beside the small cells, by two rules, until nothing changes.
-- Cubes: with a cell go the cells in which one of its values is exchanged for that value's cover, and in every finer
-- grouping the same cells at one fixed value of the new dimension. So one case more here and one less there, alternating
-- over the corners, alters no published cell at all: no sum or difference of published cells, whatever tables they
-- come from, determines a withheld one.
-- Mass: what is withheld along a line whose total is published comes to the threshold or more, else its least cell goes too.
create function comity.withhold_statistics() returns void
language plpgsql security definer set search_path = comity, pg_catalog set jit = off set enable_nestloop = off set enable_sort = off set plan_cache_mode = force_custom_plan set work_mem = '64MB' as $$
declare
  threshold integer := comity.statistics_threshold();
  stages text[];
  months text[];
  pass integer := 0;
  touched integer;
begin
  select comity.statistics_covers(array_agg(stage), array_agg(n)) into stages from comity.statistics_work where level = 0 and stage <> '' and month = '' and statute = '';
  select comity.statistics_covers(array_agg(month), array_agg(n)) into months from comity.statistics_work where level = 0 and month <> '' and stage = '' and statute = '';
  with families as (
    -- Unrouted cases are known to be in one stage: they cannot stand in for others.
    select p.parent, comity.statistics_covers(array_agg(p.place), array_agg(w.n)) as covers
      from comity.statistics_places p join comity.statistics_work w on w.place = p.place and w.stage = '' and w.month = '' and w.statute = ''
     where p.level > 0 and p.place <> '-' group by p.parent
  )
  update comity.statistics_places p set heir = h.covers[1], cover = case when p.place = f.covers[1] then f.covers[2] else f.covers[1] end
    from comity.statistics_places q left join families h on h.parent = q.place left join families f on f.parent = q.parent
   where q.place = p.place;

  -- Of a statute also what leaves under the threshold without it: where each case has one charge, that is another's cell.
  update comity.statistics_work w set round = 0
    from comity.statistics_work u
   where w.statute <> '' and w.round is null and u.place = w.place and u.stage = w.stage and u.month = w.month and u.statute = ''
     and u.n - w.n between 1 and threshold - 1;

  loop
    loop
      with frontier as materialized (
        select w.place, w.level, w.stage, w.month, w.statute, p.parent, coalesce(s.state, p.heir) as heir,
            -- A statute is one state's, so in its cells the states are no siblings.
            case when w.statute = '' or w.level > 1 then p.cover end as cover,
            (w.level > 0)::integer + (w.stage <> '')::integer + (w.month <> '')::integer + (w.statute <> '')::integer as dimensions
          from comity.statistics_work w join comity.statistics_places p on p.place = w.place left join comity.statutes s on s.citation = w.statute and w.level = 0
         where w.round = pass
      ), targets as materialized (
        -- An only child holds what its parent holds.
        select coalesce(f.cover, f.parent) as place, case when f.cover is null then f.level - 1 else f.level end as level, f.stage, f.month, f.statute from frontier f where f.level > 0
        union select f.heir, f.level + 1, f.stage, f.month, f.statute from frontier f where f.level < 3 and (f.level > 0 or f.dimensions < 3)
        union select f.place, f.level, case
            -- Every unrouted case is unclaimed, so the stage tells nothing there.
            when f.place like '-%' then case f.stage when '' then 'UNCLAIMED' else '' end
            when f.stage = stages[1] then coalesce(stages[2], '') else stages[1] end, f.month, f.statute from frontier f where f.stage <> '' or f.dimensions < 3
        union select f.place, f.level, f.stage, case when f.month = months[1] then coalesce(months[2], '') else months[1] end, f.statute from frontier f where f.month <> '' or f.dimensions < 3
      ), known as (
        update comity.statistics_work w set round = pass + 1 from targets t
         where w.place = t.place and w.stage = t.stage and w.month = t.month and w.statute = t.statute and w.round is null
        returning 1
      ), empty as (
        insert into comity.statistics_work (place, level, stage, month, statute, n, round)
        select t.place, t.level, t.stage, t.month, t.statute, 0, pass + 1 from targets t
         where t.place is not null
           and not exists (select from comity.statistics_work w where w.place = t.place and w.stage = t.stage and w.month = t.month and w.statute = t.statute)
        returning 1
      )
      select (select count(*) from known) + (select count(*) from empty) into touched;
      exit when touched = 0;
      pass := pass + 1;
    end loop;

    with children as (
      select w.*, 'place' as along, p.parent as to_place, w.stage as to_stage, w.month as to_month, w.statute as to_statute
        from comity.statistics_work w join comity.statistics_places p on p.place = w.place where w.level > 0
      union all select w.*, 'stage', w.place, '', w.month, w.statute from comity.statistics_work w where w.stage <> ''
      union all select w.*, 'month', w.place, w.stage, '', w.statute from comity.statistics_work w where w.month <> ''
      union all select w.*, 'statute', w.place, w.stage, w.month, '' from comity.statistics_work w where w.statute <> ''
    ), lines as (
      select (array_agg(array[c.place, c.stage, c.month, c.statute] order by c.n, c.place, c.stage, c.month, c.statute) filter (where c.round is null))[1:1] as least
        from children c join comity.statistics_work t on t.place = c.to_place and t.stage = c.to_stage and t.month = c.to_month and t.statute = c.to_statute
       where t.round is null
       group by c.along, c.to_place, c.to_stage, c.to_month, c.to_statute
      having bool_or(c.round is not null) and bool_or(c.round is null)
         -- The statutes of a case are any number, so that their cells only seem to be a line.
         and coalesce(sum(c.n) filter (where c.round is not null), 0) between case when c.along = 'statute' then 1 else 0 end and threshold - 1
    )
    update comity.statistics_work w set round = pass + 1 from lines l
     where w.place = l.least[1][1] and w.stage = l.least[1][2] and w.month = l.least[1][3] and w.statute = l.least[1][4] and w.round is null;
    exit when not found;
    pass := pass + 1;
  end loop;
end $$;--> statement-breakpoint

-- Makes a release: counts, withholds, and keeps only what may be published. One at a time.
create function comity.refresh_statistics() returns void
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  seen text := comity.statistics_sign();
begin
  perform pg_advisory_xact_lock(7203114872);
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
create function comity.statistics_value(p_filter jsonb, p_dimension text) returns text
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
      select j.slug into value from comity.jurisdictions j where j.slug = given and j.standing <> 'GUEST';
      remedy := 'Give the slug of a member, for instance dallas-tx; guests are not counted.';
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
create function comity.statistics_stages() returns text[] language sql immutable parallel safe
return array['UNCLAIMED', 'CLAIMED', 'UNDER_REVIEW', 'AWAITING_AGENCY', 'AWAITING_EXTERNAL', 'DECIDED', 'IN_COURT', 'CLOSED', 'DECLINED', 'REFERRED_OUT', 'MERGED', 'REOPENED'];--> statement-breakpoint

-- How many cases there are, by dimensions and under a filter. What it says follows from the published cells and from public
-- lists alone: a cell that is not published looks the same whether it holds nine cases, none, or covers for another.
-- Makes a new release where the last is a minute old and something was written since; not in a read-only transaction.
create function comity.case_counts(p_group_by text[], p_filter jsonb) returns jsonb
language plpgsql security definer set search_path = comity, pg_catalog set jit = off set plan_cache_mode = force_custom_plan as $$
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
    select not exists (select from comity.statistics_releases r
      where r.as_of > statement_timestamp() - interval '1 minute' or r.sign = comity.statistics_sign()) into stale;
    -- Who finds another at work answers from the last release; only the very first must be waited for.
    if stale and (pg_try_advisory_xact_lock(7203114872) or not exists (select from comity.statistics_releases)) then
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
     where depth > 0 and j.standing <> 'GUEST' and (depth < 3 or a.slug is not null)
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

grant execute on function comity.case_counts(text[], jsonb) to comity_analyst;--> statement-breakpoint
set role comity_owner;
