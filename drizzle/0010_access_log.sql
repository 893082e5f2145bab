-- The log of access: who was shown what is sensitive, what for, and who was denied; ids, facets and closed words, never values.
-- Partitioned by month, so it stands in no table file. Locks cases, case_reports, venues and assignments while their new
-- checks read them through. Way back: as comity_definer drop table comity.access_log and the functions below; drop the
-- constraints never_sensitive.
alter table comity.cases add constraint never_sensitive check (needs & 53256 = 0);--> statement-breakpoint
alter table comity.case_reports add constraint never_sensitive check (needs & 53256 = 0);--> statement-breakpoint
alter table comity.venues add constraint never_sensitive check (needs & 53256 = 0);--> statement-breakpoint
alter table comity.assignments add constraint never_sensitive check (needs & 53256 = 0);--> statement-breakpoint
set role comity_definer;--> statement-breakpoint

create table comity.access_log (
  at timestamptz not null,
  id uuid not null,
  actor_id uuid not null,
  -- The office, agency or body whose seat the actor held.
  acting_for uuid,
  request_id uuid not null,
  purpose text,
  decision text not null,
  -- The root field that was asked for.
  field text not null,
  code text,
  -- Of a denial: the case that the input names, whether it exists or not.
  case_id uuid,
  -- The sensitive facets that what was shown needs, and the ids of what was shown.
  facets integer not null,
  objects uuid[] not null,
  primary key (at, id),
  constraint access_log_decision check (
    decision = 'READ' and code is null and case_id is not null and facets > 0 and objects <> '{}'
    or decision = 'DENIED' and code is not null and code in ('FORBIDDEN', 'NOT_FOUND') and facets = 0 and objects = '{}')
) partition by range (at);--> statement-breakpoint
create index access_log_of_case on comity.access_log (case_id, at, id);--> statement-breakpoint
create index access_log_of_actor on comity.access_log (actor_id, at);--> statement-breakpoint

-- It only grows: not even its owner changes, removes or empties it without taking this away first.
create function comity.refuse_forgetting() returns trigger language plpgsql as $$
begin
  raise exception 'the access log is append-only' using errcode = '42501';
end $$;--> statement-breakpoint

-- What the log and each of its partitions is guarded by: a partition can be named by itself.
create function comity.guard_access_log(p_table regclass) returns void
language plpgsql set search_path = comity, pg_catalog as $$
begin
  execute format('alter table %s enable row level security', p_table);
  execute format('alter table %s force row level security', p_table);
  execute format('create policy access_log_definer on %s to comity_definer using (true) with check (true)', p_table);
  execute format('create trigger append_only before update or delete or truncate on %s for each statement execute function comity.refuse_forgetting()', p_table);
  execute format('revoke update, delete, truncate on %s from comity_definer', p_table);
end $$;--> statement-breakpoint
select comity.guard_access_log('comity.access_log');--> statement-breakpoint

-- Where rows go whose month was not made in time.
create table comity.access_log_rest partition of comity.access_log default;--> statement-breakpoint
select comity.guard_access_log('comity.access_log_rest');--> statement-breakpoint

-- Makes the partitions that are missing, from the oldest stray row, or from this month, to 24 months from now, and brings
-- the rows that stood in the rest to their months. Answers how many it made.
create function comity.extend_access_log() returns integer
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  this_month timestamp := date_trunc('month', now() at time zone 'UTC');
  oldest timestamptz;
  missing timestamp[];
  strays boolean;
  month timestamp;
  made text;
begin
  perform pg_advisory_xact_lock(hashtextextended('comity.access_log', 7203));
  select min(r.at) into oldest from comity.access_log_rest r;
  missing := array(
    select m from generate_series(least(this_month, date_trunc('month', oldest at time zone 'UTC')), this_month + interval '24 months', interval '1 month') m
     where to_regclass(to_char(m, '"comity.access_log_"YYYY_MM')) is null
       and (m >= this_month or exists (select 1 from comity.access_log_rest r where r.at >= m at time zone 'UTC' and r.at < (m + interval '1 month') at time zone 'UTC'))
     order by m);
  if cardinality(missing) = 0 then
    return 0;
  end if;
  -- Changes nothing, and holds the log against all others until the end.
  alter table comity.access_log force row level security;
  strays := exists (select 1 from unnest(missing) m join comity.access_log_rest r on r.at >= m at time zone 'UTC' and r.at < (m + interval '1 month') at time zone 'UTC');
  if strays then
    -- Rows are not removed from a log: they are copied out of a rest that is taken away whole.
    alter table comity.access_log detach partition comity.access_log_rest;
    alter table comity.access_log_rest rename to access_log_strays;
    create table comity.access_log_rest partition of comity.access_log default;
    perform comity.guard_access_log('comity.access_log_rest');
  end if;
  foreach month in array missing loop
    made := to_char(month, '"comity.access_log_"YYYY_MM');
    execute format('create table %s partition of comity.access_log for values from (%L) to (%L)', made, month at time zone 'UTC', (month + interval '1 month') at time zone 'UTC');
    perform comity.guard_access_log(made::regclass);
  end loop;
  if strays then
    insert into comity.access_log select * from comity.access_log_strays;
    drop table comity.access_log_strays;
  end if;
  return cardinality(missing);
end $$;--> statement-breakpoint
select comity.extend_access_log();--> statement-breakpoint

-- Whoever acts, and the office or agency whose seat that is.
create function comity.acting_for() returns uuid language sql stable
return coalesce(nullif(current_setting('comity.office', true), ''), nullif(current_setting('comity.agency', true), ''))::uuid;--> statement-breakpoint

-- Passes on the answer of a root field, and logs what of it is sensitive: a row for each case, another for what of it stands
-- in a compartment. What is sensitive bears a mark, "#" : "#‹case›‹row›‹bits›", that no value can imitate: in a text its quotes
-- would be escaped, and no document can ask for a key like that. What cannot be logged is not answered.
create function comity.logged(p_answer text, p_purpose text, p_request uuid, p_field text) returns text
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  actor uuid := comity.member();
  seat uuid := comity.acting_for();
  shown integer;
begin
  if p_answer is null or strpos(p_answer, ': "#') = 0 then
    return p_answer;
  end if;
  begin
    with kept as (
      insert into comity.access_log (at, id, actor_id, acting_for, request_id, purpose, decision, field, facets, case_id, objects)
      select clock_timestamp(), gen_random_uuid(), actor, seat, p_request, p_purpose, 'READ', p_field, bit_or(m.bits), m.case_id, array_agg(distinct m.id)
        -- A wide object is printed without the blank.
        from string_to_table(replace(p_answer, '"#": "#', '"#" : "#'), '"#" : "#') with ordinality as parts (part, place),
          lateral (select substr(part, 1, 36)::uuid as case_id, substr(part, 37, 36)::uuid as id, split_part(substr(part, 73, 6), '"', 1)::integer as bits where place > 1) m
       group by m.case_id, m.bits & 49152
      returning facets
    )
    select bit_or(facets) into shown from kept;
  exception when others then
    raise exception 'the access could not be logged' using errcode = 'CM500';
  end;
  if p_purpose is null and shown & 49152 <> 0 then
    raise exception 'x-purpose: This needs a purpose.' using errcode = 'CM400';
  end if;
  return p_answer;
end $$;--> statement-breakpoint

-- Logs that the caller was denied a root field. Whether the case exists, and whether the caller sees it, makes no difference.
create function comity.denied(p_field text, p_code text, p_case uuid, p_purpose text, p_request uuid) returns void
language sql security definer set search_path = comity, pg_catalog
begin atomic
  insert into comity.access_log (at, id, actor_id, acting_for, request_id, purpose, decision, field, code, case_id, facets, objects)
  values (clock_timestamp(), gen_random_uuid(), comity.member(), comity.acting_for(), p_request, p_purpose, 'DENIED', p_field, p_code, p_case, 0, '{}');
end;--> statement-breakpoint

-- The log of one case, or of all, newest first, behind a place: to the auditor, and of one case to the heads of the lead's
-- office who see its history. What stands in a compartment is logged for those to whom the compartment is open.
create function comity.access_log_of(p_case uuid, p_decision text, p_member uuid, p_purpose text, p_from timestamptz, p_before timestamptz,
  p_after_at timestamptz, p_after_id uuid, p_take integer) returns setof comity.access_log
language plpgsql stable security definer set search_path = comity, pg_catalog set plan_cache_mode = force_custom_plan as $$
declare
  reader comity.members;
begin
  select * into reader from comity.members m where m.id = comity.member() and m.active;
  if reader.role is distinct from 'AUDITOR' then
    if p_case is not null and not comity.sees(p_case, 129) then
      raise exception 'There is no such thing here.' using errcode = 'CM404';
    elsif p_case is null or reader.role is null or reader.role not in ('SUPERVISOR', 'ELECTED') then
      raise exception 'Your seat does not permit this act.' using errcode = 'CM403';
    elsif not exists (select 1 from comity.cases c where c.id = p_case and c.lead_id = reader.office_id) then
      raise exception 'Your office does not lead this case.' using errcode = 'CM403';
    end if;
  elsif p_case is not null and not exists (select 1 from comity.cases where id = p_case) then
    raise exception 'There is no such thing here.' using errcode = 'CM404';
  end if;
  return query
  select l.* from comity.access_log l
   where (p_case is null or l.case_id = p_case) and (p_decision is null or l.decision = p_decision) and (p_member is null or l.actor_id = p_member)
     and (p_purpose is null or l.purpose = p_purpose) and (p_from is null or l.at >= p_from) and (p_before is null or l.at < p_before)
     and (p_after_at is null or (l.at, l.id) < (p_after_at, p_after_id))
     and (reader.role = 'AUDITOR' or l.facets & 49152 = 0 or comity.sees(p_case, l.facets & 49152))
   order by l.at desc, l.id desc limit p_take;
end $$;--> statement-breakpoint

grant execute on function comity.logged(text, text, uuid, text), comity.denied(text, text, uuid, text, uuid),
  comity.access_log_of(uuid, text, uuid, text, timestamptz, timestamptz, timestamptz, uuid, integer) to comity_app;--> statement-breakpoint
set role comity_owner;
