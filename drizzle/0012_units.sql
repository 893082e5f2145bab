-- Units and break-glass: when an office's day ends, what is open to a member without break-glass, and how a restriction to a
-- unit is lifted by one who does not see it. Locks nothing. Way back: as comity_definer, drop the three functions below.
set role comity_definer;--> statement-breakpoint

-- The first midnight of a time zone after an instant: where the clock skips midnight, the first instant of that day.
create function comity.next_midnight(p_zone text, p_at timestamptz) returns timestamptz language sql stable parallel safe set search_path = comity, pg_catalog
return (date_trunc('day', p_at at time zone p_zone) + interval '1 day') at time zone p_zone;--> statement-breakpoint

-- The facets that seats, places, rules and arrangements open to the caller, break-glass left out, before anything closes them.
create function comity.opened_without_glass(p_case uuid) returns integer language sql stable security definer set search_path = comity, pg_catalog
return (select coalesce(bit_or(s.facets & case when s.cause = 'TEAM' then -1 else (select comity.role_facets()) end), 0)
  from comity.sight s
 where s.case_id = p_case and s.viewer = any ((select comity.viewers())::uuid[]) and s.cause <> 'BREAK_GLASS' and statement_timestamp() < s.until);--> statement-breakpoint

-- Lifts the restriction of a case to a unit and answers with that unit, or null where there is none. By the heads and conflicts
-- officers of the lead: those of the unit, and from outside it, who do not see the restriction, an elected head or a conflicts officer.
create function comity.lift_restriction(p_case uuid) returns uuid
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  caller comity.members;
  restricted comity.unit_restrictions;
begin
  if not comity.sees(p_case, 1) then
    raise exception 'There is no such thing here.' using errcode = 'CM404';
  end if;
  select * into caller from comity.members m where m.id = comity.member() and m.active;
  if not exists (select 1 from comity.cases c where c.id = p_case and c.lead_id = caller.office_id) then
    raise exception 'Your office does not lead this case.' using errcode = 'CM403';
  elsif caller.role not in ('SUPERVISOR', 'ELECTED', 'CONFLICTS') then
    raise exception 'Your seat does not permit this act.' using errcode = 'CM403';
  end if;
  select * into restricted from comity.unit_restrictions u where u.case_id = p_case and u.lifted_at is null for update;
  if restricted.id is not null and caller.role = 'SUPERVISOR' and not exists (
      select 1 from comity.unit_members u where u.unit_id = restricted.unit_id and u.member_id = caller.id and u.until = 'infinity') then
    raise exception 'This case is kept to a unit that you are not in: a head or conflicts officer in it may do this, or the elected head of your office.' using errcode = 'CM403';
  end if;
  update comity.unit_restrictions u set lifted_by = caller.id, lifted_at = statement_timestamp() where u.case_id = p_case and u.id = restricted.id;
  return restricted.unit_id;
end $$;--> statement-breakpoint

grant execute on function comity.next_midnight(text, timestamptz), comity.opened_without_glass(uuid), comity.lift_restriction(uuid) to comity_app;--> statement-breakpoint
set role comity_owner;
