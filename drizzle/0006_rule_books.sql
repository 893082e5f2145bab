-- Adoption of a rule book, the evaluation of a book's own tests, and what follows when the law's restrictions change. Locks
-- nothing but its own functions. Way back: as comity_definer, drop function comity.adopt_rule_book(uuid),
-- comity.rule_book_results(uuid), comity.resight_law().
set role comity_definer;--> statement-breakpoint

-- What each test of a book comes to, of a case that the book's office leads and that is as the test says: from the seat, the
-- ceiling of the role, the book's own rules, and what the law closes to other offices whatever the case. For the definer's own
-- functions, which have checked who asks.
create function comity.rule_book_results(p_book uuid) returns table (place integer, passes boolean, because text)
language sql stable security definer set search_path = comity, pg_catalog as $$
  with judged as (
    select t.position as place, t.sees, t.facet, m.name, m.role, m.active, m.office_id, b.jurisdiction_id as lead, c.facets as ceiling, law.facets as closed, law.citations,
        (select coalesce(bit_or(r.facets | case when r.audience_id = '00000000-0000-8000-8000-00000000c0a1' then 2048 else 0 end), 0)
           from comity.sharing_rules r
          where r.book_id = b.id and statement_timestamp() < r.until
            and (r.audience_id = m.office_id or (r.audience_id = '00000000-0000-8000-8000-00000000c0a1' and o.standing = 'MEMBER'))
            and (r.stages = '{}' or t.stage = any (r.stages)) and (r.levels = '{}' or t.level = any (r.levels)) and (r.tags = '{}' or r.tags && t.tags)) as shared
      from comity.rule_books b
      join comity.jurisdictions j on j.id = b.jurisdiction_id
      join comity.rule_book_tests t on t.book_id = b.id
      join comity.members m on m.id = t.member_id
      left join comity.jurisdictions o on o.id = m.office_id
      left join comity.role_ceilings c on c.body = 'OFFICE' and c.role = m.role and m.office_id is not null
      cross join lateral (
        select coalesce(bit_or(comity.facet_bit(s.body ->> 'facet')), 0) as facets,
            string_agg(s.citation, '; ' order by s.state, s.position) filter (where comity.facet_bit(s.body ->> 'facet') = t.facet) as citations
          from comity.state_rules s
         where s.kind = 'RESTRICTION' and s.state in (j.state, '*') and s.body ? 'facet' and not s.body ? 'when') law
     where b.id = p_book
  ), opened as (
    select d.*, case when not d.active or d.office_id is null then 0 when d.office_id = d.lead then 7935 & d.ceiling else d.shared & d.ceiling & ~d.closed end as open from judged d
  )
  select d.place, ((d.open & d.facet) <> 0) = d.sees,
      format('%s %s %s: %s.', d.name, case when d.open & d.facet <> 0 then 'sees' else 'does not see' end, (comity.facet_names(d.facet))[1],
        case
          when not d.active then 'the account is not active'
          when d.office_id is null then 'only seats in offices see cases'
          when d.office_id = d.lead and 7935 & d.facet = 0 then 'a seat in the office alone does not open it'
          when d.office_id <> d.lead and d.shared & d.facet = 0 then 'no rule of the book opens it to that office'
          when d.office_id <> d.lead and d.closed & d.facet <> 0 then concat('the law closes it to other offices', ' (' || d.citations || ')')
          when d.ceiling & d.facet = 0 then format('the role %s does not reach it', d.role)
          when d.office_id = d.lead then 'the office leads the case'
          else 'a rule of the book opens it'
        end)
    from opened d order by d.place
$$;--> statement-breakpoint

-- Puts a proposed book into force, and makes sight of all cases that its office leads what the book says: all at once, and no
-- row that stays as it is is touched. Acts on those cases hold the shared lock and so come before or after; readers do not wait.
-- The order of joins is kept as the views have it: level and tags are looked up once for each case, not once for each rule.
create function comity.adopt_rule_book(p_book uuid) returns void
language plpgsql security definer set search_path = comity, pg_catalog
set join_collapse_limit = 1 set plan_cache_mode = force_generic_plan set work_mem = '64MB' as $$
declare
  book comity.rule_books;
  failing record;
  now_is timestamptz;
begin
  select b.* into book from comity.rule_books b
   where b.id = p_book and (b.state in ('IN_FORCE', 'SUPERSEDED') or b.jurisdiction_id = nullif(current_setting('comity.office', true), '')::uuid);
  if book.id is null then
    raise exception 'There is no such thing here.' using errcode = 'CM404';
  end if;
  if not exists (select 1 from comity.members m where m.id = comity.member() and m.active and m.office_id = book.jurisdiction_id and m.role in ('SUPERVISOR', 'ELECTED')) then
    raise exception 'Only the head of its own office adopts a rule book.' using errcode = 'CM403';
  end if;
  perform pg_advisory_xact_lock(hashtextextended(book.jurisdiction_id::text, 7203));
  select b.* into strict book from comity.rule_books b where b.id = p_book for update;
  if book.state <> 'PROPOSED' then
    raise exception 'Only a proposed rule book is adopted. Read it again.' using errcode = 'CM409';
  end if;
  if book.proposed_by = comity.member() then
    raise exception 'A rule book is adopted by another person than the one who proposed it.' using errcode = 'CM403';
  end if;
  select r.place, r.because into failing from comity.rule_book_results(p_book) r where not r.passes order by r.place limit 1;
  if found then
    raise exception 'Test % of the book fails. % Withdraw the book and draft it anew.', failing.place, failing.because using errcode = 'CM409';
  end if;

  -- Not the statement's: it may have begun before the book in force was adopted, and waited.
  now_is := clock_timestamp();
  update comity.rule_books set state = 'SUPERSEDED', ended_at = now_is where jurisdiction_id = book.jurisdiction_id and state = 'IN_FORCE';
  update comity.rule_books set state = 'IN_FORCE', adopted_by = comity.member(), adopted_at = now_is where id = p_book;

  -- Compared as sets: whatever the planner guesses of their size, it sorts or hashes them.
  with wanted as materialized (
    select w.case_id, w.viewer, w.ref, w.facets, w.until, w.received_at from comity.wanted_sight w where w.cause = 'RULE' and w.lead_id = book.jurisdiction_id
  ), held as materialized (
    select s.case_id, s.viewer, s.ref, s.facets, s.until, s.received_at
      from comity.cases c join comity.sight s on s.case_id = c.id and s.cause = 'RULE' where c.lead_id = book.jurisdiction_id
  ), ended as materialized (
    select h.case_id, h.viewer, h.ref from held h except select w.case_id, w.viewer, w.ref from wanted w
  ), gone as (
    delete from comity.sight s using ended e where s.case_id = e.case_id and s.viewer = e.viewer and s.cause = 'RULE' and s.ref = e.ref
  ), fresh as materialized (
    select * from wanted except select * from held
  )
  insert into comity.sight as s (case_id, viewer, cause, ref, facets, until, received_at)
  select f.case_id, f.viewer, 'RULE', f.ref, f.facets, f.until, f.received_at from fresh f
      on conflict (case_id, viewer, cause, ref) do update set facets = excluded.facets, until = excluded.until, since = excluded.since;
end $$;--> statement-breakpoint
grant execute on function comity.adopt_rule_book(uuid) to comity_app;--> statement-breakpoint

-- Makes what the law closes what its restrictions now say, of every case. For the load of reference data alone. Acts that change
-- who sees a case wait for it, and it for them.
create function comity.resight_law() returns void
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  office uuid;
begin
  if comity.member() is not null or coalesce(current_setting('comity.unit', true), '') = '' then
    raise exception 'Only a load of reference data changes the law.' using errcode = 'CM403';
  end if;
  for office in select j.id from comity.jurisdictions j order by j.id::text collate "C" loop
    perform pg_advisory_xact_lock(hashtextextended(office::text, 7203));
  end loop;
  with wanted as materialized (
    select * from comity.wanted_closings w where w.cause = 'LAW'
  ), gone as (
    delete from comity.closings k where k.cause = 'LAW' and not exists (select 1 from wanted w where w.case_id = k.case_id and w.ref = k.ref)
  )
  insert into comity.closings as k (case_id, subject, facets, unless, until, cause, ref)
  select w.case_id, w.subject, w.facets, w.unless, w.until, w.cause, w.ref from wanted w
      on conflict (case_id, cause, ref, subject) do update set facets = excluded.facets, unless = excluded.unless, until = excluded.until, since = excluded.since
   where (k.facets, k.unless, k.until) is distinct from (excluded.facets, excluded.unless, excluded.until);
end $$;--> statement-breakpoint
grant execute on function comity.resight_law() to comity_owner;--> statement-breakpoint
set role comity_owner;
