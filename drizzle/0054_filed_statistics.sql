-- A charge that is filed is counted under its statute as one that is proposed is; one in a compartment is not. Replaces a function; locks no table. The cells that are
-- published change with the next release. Way back: as comity_definer count_statistics as in 0011.
-- By hand:
set role comity_definer;--> statement-breakpoint

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

  -- A case counts once for each statute, however many of its persons are charged under it, proposed or filed; what is in a compartment is not counted.
  with charged as (
    select distinct ch.case_id, s.citation from comity.charges ch join comity.statutes s on s.id = ch.statute_id where ch.state <> 'WITHDRAWN' and ch.needs & 49152 = 0
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
set role comity_owner;
