-- What a request is for: without a purpose nothing of a compartment is open, be it shown, counted or found, and what break-glass
-- has open is shown by nothing that does not log it. What a seal closes of a case, it closes of its log of access. Locks each table
-- below for the moment of a new policy, sight while its new index is built, and the log of access for the moment of a new column.
-- Way back: drop the policies *_purpose and the index sight_under_glass; as comity_definer, create sees as in 0002, logged and
-- access_log_of as in 0010, and drop the functions purpose, glass_cases and meet_glass and the column needed.
create function comity.purpose() returns text language sql stable parallel safe
  return nullif(current_setting('comity.purpose', true), '');--> statement-breakpoint
grant execute on function comity.purpose() to comity_app, comity_definer;--> statement-breakpoint
create index sight_under_glass on comity.sight (viewer, case_id) include (until) where cause = 'BREAK_GLASS';--> statement-breakpoint
create policy persons_purpose on comity.persons as restrictive for select to comity_app using (
  (persons.needs & 49152) = 0 or (select comity.purpose()) is not null);--> statement-breakpoint
create policy person_contacts_purpose on comity.person_contacts as restrictive for select to comity_app using (
  (person_contacts.needs & 49152) = 0 or (select comity.purpose()) is not null);--> statement-breakpoint
create policy recordings_purpose on comity.recordings as restrictive for select to comity_app using (
  (recordings.needs & 49152) = 0 or (select comity.purpose()) is not null);--> statement-breakpoint
create policy charges_purpose on comity.charges as restrictive for select to comity_app using (
  (charges.needs & 49152) = 0 or (select comity.purpose()) is not null);--> statement-breakpoint
create policy annotations_purpose on comity.annotations as restrictive for select to comity_app using (
  (annotations.needs & 49152) = 0 or (select comity.purpose()) is not null);--> statement-breakpoint
create policy annotation_revisions_purpose on comity.annotation_revisions as restrictive for select to comity_app using (
  (annotation_revisions.needs & 49152) = 0 or (select comity.purpose()) is not null);--> statement-breakpoint
create policy trail_events_purpose on comity.trail_events as restrictive for select to comity_app using (
  (trail_events.needs & 49152) = 0 or (select comity.purpose()) is not null);--> statement-breakpoint

set role comity_definer;--> statement-breakpoint

-- The policies' sentence for one case, for the definer's functions, which themselves see every row.
create or replace function comity.sees(p_case uuid, p_needs integer) returns boolean
language sql stable security definer set search_path = comity, pg_catalog
return (p_needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = p_case and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = p_case and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((p_needs & 49152) = 0 or comity.purpose() is not null);--> statement-breakpoint

-- The cases that break-glass has open to the caller.
create function comity.glass_cases() returns uuid[] language sql stable parallel safe set search_path = comity, pg_catalog
return array(select s.case_id from comity.sight s where s.viewer = comity.member() and s.cause = 'BREAK_GLASS' and statement_timestamp() < s.until);--> statement-breakpoint

-- Refuses to let a member in to whom break-glass has a case open, unless what is shown of it is logged; and keeps the member from
-- breaking the glass until the transaction is over. Volatile, so that it looks after it has waited.
create function comity.meet_glass(p_member uuid, p_logs boolean) returns void language plpgsql set search_path = comity, pg_catalog as $$
begin
  if p_logs then
    return;
  end if;
  perform pg_advisory_xact_lock_shared(hashtextextended(p_member::text, 7204));
  if exists (select 1 from comity.sight s where s.viewer = p_member and s.cause = 'BREAK_GLASS' and statement_timestamp() < s.until) then
    raise exception 'break-glass has a case open' using errcode = 'CM460';
  end if;
end $$;--> statement-breakpoint

-- All that what was shown needs: what a seal closes of it, it closes of the entry too.
alter table comity.access_log add column needed integer;--> statement-breakpoint

-- Passes on the answer of a root field, and logs what of it is sensitive, or of a case that break-glass has open: a row for each case,
-- another for what of it stands in a compartment. What is logged bears a mark, "#" : "#‹case›‹row›‹logged bits›:‹all bits›", that no
-- value can imitate: in a text its quotes would be escaped, and no document can ask for a key like that. What cannot be logged is not answered.
create or replace function comity.logged(p_answer text, p_purpose text, p_request uuid, p_field text) returns text
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  actor uuid := comity.member();
  seat uuid := comity.acting_for();
begin
  if p_answer is null or strpos(p_answer, ': "#') = 0 then
    return p_answer;
  end if;
  begin
    insert into comity.access_log (at, id, actor_id, acting_for, request_id, purpose, decision, field, facets, needed, case_id, objects)
    select clock_timestamp(), gen_random_uuid(), actor, seat, p_request, p_purpose, 'READ', p_field,
        bit_or(split_part(m.bits, ':', 1)::integer), bit_or(split_part(m.bits, ':', 2)::integer), m.case_id, array_agg(distinct m.id)
      -- A wide object is printed without the blank.
      from string_to_table(replace(p_answer, '"#": "#', '"#" : "#'), '"#" : "#') with ordinality as parts (part, place),
        lateral (select substr(part, 1, 36)::uuid as case_id, substr(part, 37, 36)::uuid as id, split_part(substr(part, 73, 12), '"', 1) as bits where place > 1) m
     group by m.case_id, split_part(m.bits, ':', 1)::integer & 49152;
  exception when others then
    raise exception 'the access could not be logged' using errcode = 'CM500';
  end;
  return p_answer;
end $$;--> statement-breakpoint

-- The log of one case, or of all, newest first, behind a place: to the auditor, and of one case to the heads of the lead's
-- office who see its history: of what stands in a compartment to those to whom it is open, and of what a standing seal closes to its
-- audience.
create or replace function comity.access_log_of(p_case uuid, p_decision text, p_member uuid, p_purpose text, p_from timestamptz, p_before timestamptz,
  p_after_at timestamptz, p_after_id uuid, p_take integer) returns setof comity.access_log
language plpgsql stable security definer set search_path = comity, pg_catalog set plan_cache_mode = force_custom_plan as $$
declare
  reader comity.members;
  sealed integer := (select coalesce(bit_or(k.facets), 0) from comity.closings k
    where k.case_id = p_case and k.cause = 'SEAL' and not k.unless && comity.viewers() and statement_timestamp() < k.until);
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
     -- How a person is reached is told with the person. Of what was logged before this was kept, any seal closes all.
     and (reader.role = 'AUDITOR' or l.decision = 'DENIED'
       or coalesce(l.needed | ((l.needed & 8) >> 1), 65535) & sealed = 0 and (l.facets & 49152 = 0 or comity.sees(p_case, l.facets & 49152)))
   order by l.at desc, l.id desc limit p_take;
end $$;--> statement-breakpoint

grant execute on function comity.glass_cases(), comity.meet_glass(uuid, boolean) to comity_app;--> statement-breakpoint
set role comity_owner;
