-- Compartments: what occurs before a grand jury is the team's alone, what a public officer was compelled to say the filter
-- team's alone, with all that derives from it. Seals: known to their audience alone while they stand. Locks annotations, charges,
-- seals and trail_events for the moment of a new trigger or policy, and verify_trail while it is replaced. Way back: drop the
-- policies seals_audience and trail_events_named and the triggers annotations_compartment and charges_compartment; as
-- comity_definer, drop the functions below and create verify_trail as before; revoke the grants.
grant update (needs) on comity.persons, comity.person_contacts, comity.recordings, comity.charges to comity_definer;--> statement-breakpoint

-- A seal on what its own audience does not all read (how persons can be reached) is known by its audience, not by its facets.
create policy seals_audience on comity.seals as restrictive for select to comity_app using (
  seals.unsealed_at is not null or seals.until <= statement_timestamp() or seals.audience && (select comity.viewers())::uuid[]);--> statement-breakpoint

-- The trail is never rewritten, so what it told before a remark or a charge went into a compartment is as hidden as they are.
-- Scalar subqueries: an `exists` could be hashed over all that the reader sees.
create policy trail_events_named on comity.trail_events as restrictive for select to comity_app using (
  case when starts_with(trail_events.act, 'ANNOTAT') then (select 1 from comity.annotations a
      where a.case_id = trail_events.case_id and a.id = (trail_events.body::jsonb ->> 'annotationId')::uuid) = 1
    when starts_with(trail_events.act, 'CHARGE_') then (select 1 from comity.charges h
      where h.case_id = trail_events.case_id and h.id = (trail_events.body::jsonb ->> 'chargeId')::uuid) = 1
    else true end);--> statement-breakpoint

set role comity_definer;--> statement-breakpoint

-- What a row of a case needs of its reader, whoever asks; null where there is none. For the definer's own functions.
create function comity.needs_of(p_case uuid, p_kind text, p_id uuid) returns integer
language sql stable security definer set search_path = comity, pg_catalog
return case p_kind
  when 'RECORDING' then (select r.needs from comity.recordings r where r.case_id = p_case and r.id = p_id)
  when 'PERSON' then (select p.needs from comity.persons p where p.case_id = p_case and p.id = p_id)
  when 'CHARGE' then (select h.needs from comity.charges h where h.case_id = p_case and h.id = p_id)
  when 'ANNOTATION' then (select a.needs from comity.annotations a where a.case_id = p_case and a.id = p_id
    and (a.author_only is null or a.author_only = comity.member())) end;--> statement-breakpoint

-- What is written about something in a compartment is in it too, though its writer read its target a moment before it was
-- placed; and a remark stays in its compartment whatever else moves it (placed_needs says which).
create function comity.carry_compartment() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if tg_table_name = 'charges' then
    new.needs := new.needs | coalesce(comity.needs_of(new.case_id, 'PERSON', new.person_id) & 49152, 0);
  else
    if tg_op = 'INSERT' then
      new.placed_needs := new.placed_needs | coalesce(comity.needs_of(new.case_id, new.target_kind, new.target_id) & 49152, 0);
    end if;
    new.needs := new.needs | (new.placed_needs & 49152);
  end if;
  return new;
end $$;--> statement-breakpoint

-- Whether the newest word of a compartment's trail on a row is that it was placed there for itself.
create function comity.placed_itself(p_case uuid, p_compartment text, p_id uuid) returns boolean
language sql stable security definer set search_path = comity, pg_catalog
return coalesce((select e.act = 'COMPARTMENT_PLACED' from comity.trail_events e
  where e.case_id = p_case and e.chain = p_compartment and e.body::jsonb ->> 'targetId' = p_id::text order by e.seq desc limit 1), false);--> statement-breakpoint

-- The bit of a compartment for one who may act on a row of it: whose office leads the case, and who sees the row. Locks the
-- trail first: whoever writes about the row goes before, and is found, or after, and finds what was done.
create function comity.compartment_entered(p_case uuid, p_compartment text, p_kind text, p_id uuid) returns integer
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  held integer;
begin
  if p_compartment not in ('GRAND_JURY', 'COMPELLED') then
    raise exception 'compartment: there are two, GRAND_JURY and COMPELLED.' using errcode = 'CM400';
  end if;
  perform 1 from comity.trail_heads where case_id = p_case and chain = 'CASE' for update;
  held := comity.needs_of(p_case, p_kind, p_id);
  if held is null or not comity.sees(p_case, held) then
    raise exception 'There is no such thing here.' using errcode = 'CM404';
  end if;
  if not exists (select 1 from comity.cases c where c.id = p_case and c.lead_id = nullif(current_setting('comity.office', true), '')::uuid) then
    raise exception 'Your office does not lead this case.' using errcode = 'CM403';
  end if;
  return comity.facet_bit(p_compartment);
end $$;--> statement-breakpoint

-- Puts a row into a compartment, and what derives from it: of a person how to reach them and the charges against them, of
-- anything the remarks about it.
create function comity.place_in_compartment(p_case uuid, p_compartment text, p_kind text, p_id uuid) returns void
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  bit integer := comity.compartment_entered(p_case, p_compartment, p_kind, p_id);
  held integer := comity.needs_of(p_case, p_kind, p_id);
begin
  if not exists (select 1 from comity.members m where m.id = comity.member() and m.active and m.role in ('SUPERVISOR', 'ELECTED', 'CONFLICTS'))
    and not exists (select 1 from comity.assignments a where a.case_id = p_case and a.member_id = comity.member() and a.until is null) then
    raise exception 'Only the team of this case, or a supervisor, may do this.' using errcode = 'CM403';
  elsif held & bit <> 0 then
    raise exception 'This is in the compartment already.' using errcode = 'CM409';
  elsif held & 49152 <> 0 then
    -- Nobody is on both sides of the wall: in both compartments it would be nobody's to read or to release.
    raise exception 'This is in the other compartment. It leaves that one first.' using errcode = 'CM409';
  end if;
  update comity.recordings r set needs = r.needs | bit where p_kind = 'RECORDING' and r.case_id = p_case and r.id = p_id;
  update comity.persons p set needs = p.needs | bit where p_kind = 'PERSON' and p.case_id = p_case and p.id = p_id;
  update comity.person_contacts k set needs = k.needs | bit where p_kind = 'PERSON' and k.case_id = p_case and k.person_id = p_id;
  update comity.charges h set needs = h.needs | bit
   where h.case_id = p_case and case p_kind when 'CHARGE' then h.id = p_id when 'PERSON' then h.person_id = p_id end;
  with placed as (
    update comity.annotations a set needs = a.needs | bit, placed_needs = a.placed_needs | bit
     where a.case_id = p_case and (p_kind = 'ANNOTATION' and a.id = p_id or a.target_kind = p_kind and a.target_id = p_id
       or p_kind = 'PERSON' and a.target_kind = 'CHARGE' and exists (select 1 from comity.charges h where h.case_id = p_case and h.id = a.target_id and h.person_id = p_id))
    returning a.id, a.needs
  )
  update comity.annotation_revisions r set needs = p.needs from placed p where r.case_id = p_case and r.annotation_id = p.id;
end $$;--> statement-breakpoint

-- Takes a row out of a compartment, and with it what came in with it; not what was placed there for itself, and not what was
-- written or revised since, for its writer had learned what the compartment holds. What was compelled is released by a head of the office on
-- the filter team, a grand jury's matter by the team.
create function comity.release_from_compartment(p_case uuid, p_compartment text, p_kind text, p_id uuid) returns void
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  bit integer := comity.compartment_entered(p_case, p_compartment, p_kind, p_id);
  side text[] := case p_compartment when 'COMPELLED' then array['FILTER'] else array['TRIAL', 'SUPPORT'] end;
  source integer;
  placed_at timestamptz;
begin
  if not exists (select 1 from comity.assignments a where a.case_id = p_case and a.member_id = comity.member() and a.until is null and a.role = any (side)) then
    raise exception 'Only the team that reads this compartment releases from it.' using errcode = 'CM403';
  elsif p_compartment = 'COMPELLED' and not exists (select 1 from comity.members m where m.id = comity.member() and m.active and m.role in ('SUPERVISOR', 'ELECTED')) then
    raise exception 'What was compelled is released by a supervisor or the elected head, as a member of the filter team.' using errcode = 'CM403';
  elsif comity.needs_of(p_case, p_kind, p_id) & bit = 0 then
    raise exception 'This is not in the compartment.' using errcode = 'CM409';
  end if;
  source := case p_kind
    when 'CHARGE' then (select comity.needs_of(p_case, 'PERSON', h.person_id) from comity.charges h where h.case_id = p_case and h.id = p_id)
    when 'ANNOTATION' then (select comity.needs_of(p_case, a.target_kind, a.target_id) from comity.annotations a where a.case_id = p_case and a.id = p_id) end;
  if source & bit <> 0 then
    raise exception 'What this derives from is in the compartment. Release that first.' using errcode = 'CM409';
  end if;
  select e.at into placed_at from comity.trail_events e
   where e.case_id = p_case and e.chain = p_compartment and e.act = 'COMPARTMENT_PLACED' and e.body::jsonb ->> 'targetId' = p_id::text order by e.seq desc limit 1;
  update comity.recordings r set needs = r.needs & ~bit where p_kind = 'RECORDING' and r.case_id = p_case and r.id = p_id;
  update comity.persons p set needs = p.needs & ~bit where p_kind = 'PERSON' and p.case_id = p_case and p.id = p_id;
  update comity.person_contacts k set needs = k.needs & ~bit where p_kind = 'PERSON' and k.case_id = p_case and k.person_id = p_id;
  update comity.charges h set needs = h.needs & ~bit
   where h.case_id = p_case and (p_kind = 'CHARGE' and h.id = p_id
     or p_kind = 'PERSON' and h.person_id = p_id and h.proposed_at < placed_at and not comity.placed_itself(p_case, p_compartment, h.id));
  with released as (
    update comity.annotations a set needs = a.needs & ~bit, placed_needs = a.placed_needs & ~bit
     where a.case_id = p_case and (p_kind = 'ANNOTATION' and a.id = p_id
       or a.revised_at < placed_at and not comity.placed_itself(p_case, p_compartment, a.id)
         and (a.target_kind = p_kind and a.target_id = p_id
           or p_kind = 'PERSON' and a.target_kind = 'CHARGE'
             and exists (select 1 from comity.charges h where h.case_id = p_case and h.id = a.target_id and h.person_id = p_id and h.needs & bit = 0)))
    returning a.id, a.needs
  )
  update comity.annotation_revisions r set needs = l.needs from released l where r.case_id = p_case and r.annotation_id = l.id;
end $$;--> statement-breakpoint

-- How many of the lead's active people with one of these roles, within this audience, read what needs so much on the case: who
-- could lift a seal. A standing seal counts where it does not close the caller out; of others the answer tells nothing.
create function comity.seal_lifters(p_case uuid, p_needs integer, p_audience uuid[], p_roles text[]) returns integer
language plpgsql stable security definer set search_path = comity, pg_catalog as $$
begin
  if not comity.sees(p_case, 513) then
    raise exception 'There is no such thing here.' using errcode = 'CM404';
  end if;
  return (
    select count(*) from comity.cases c
      join comity.members m on m.office_id = c.lead_id and m.active and m.kind = 'PERSON' and m.role = any (p_roles)
      join comity.role_ceilings k on k.body = 'OFFICE' and k.role = m.role
      cross join lateral (select array[m.id, m.office_id]
        || array(select u.unit_id from comity.unit_members u where u.member_id = m.id and u.until = 'infinity') as viewers) v
     where c.id = p_case and v.viewers && p_audience
       and (p_needs & ~(
         (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else k.facets end), 0)
            from comity.sight s where s.case_id = p_case and s.viewer = any (v.viewers) and statement_timestamp() < s.until)
         & ~(select coalesce(bit_or(x.facets), 0) from comity.closings x
           where x.case_id = p_case and (x.subject is null or x.subject = any (v.viewers)) and not x.unless && v.viewers and statement_timestamp() < x.until
             and (x.cause <> 'SEAL' or x.unless && comity.viewers()))
       )) = 0
       and not exists (select 1 from comity.rule_books b join comity.act_limits l on l.book_id = b.id
         where b.jurisdiction_id = c.lead_id and b.state = 'IN_FORCE' and l.action = 'seal:lift' and (l.ceiling = 'NONE' or l.ceiling = 'OWN'
           and not exists (select 1 from comity.assignments a where a.case_id = c.id and a.member_id = m.id and a.until is null))));
end $$;--> statement-breakpoint

-- Checks every link of one case's chains, or of all: answers how much was checked and each fault it found. Every chain is
-- checked whoever asks; whoever is not the auditor has those events counted and named that they may read.
create or replace function comity.verify_trail(p_case uuid) returns jsonb
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
    select e.*, row_number() over w as place, lag(e.hash) over w as before,
      comity.trail_link(e.prev_hash, e.case_id, e.chain, e.seq, e.id, e.at, e.actor_id, e.acting_for, e.act, e.outcome, e.needs, e.body) as computed,
      reader.role = 'AUDITOR' or comity.sees(e.case_id, e.needs) as shown
      from comity.trail_events e where p_case is null or e.case_id = p_case
    window w as (partition by e.case_id, e.chain order by e.seq)
  ), judged as (
    select e.case_id, e.id, e.at, e.shown, case
        when e.computed <> e.hash then 'CHANGED'
        when e.seq <> e.place and (e.before is null or e.seq > e.place) and e.prev_hash is distinct from coalesce(e.before, sha256(convert_to(e.case_id::text || e.chain, 'UTF8'))) then 'REMOVED'
        when e.prev_hash <> coalesce(e.before, sha256(convert_to(e.case_id::text || e.chain, 'UTF8'))) then 'REORDERED'
      end as fault
      from events e
  ), ends as (
    select h.case_id, e.id, e.at, coalesce(reader.role = 'AUDITOR' or comity.sees(h.case_id, e.needs), false) as shown, 'TRUNCATED' as fault
      from comity.trail_heads h left join lateral (
        select t.id, t.at, t.seq, t.hash, t.needs from comity.trail_events t where t.case_id = h.case_id and t.chain = h.chain order by t.seq desc limit 1) e on true
     where (p_case is null or h.case_id = p_case) and (e.seq is distinct from nullif(h.seq, 0) or (e.hash is not null and e.hash <> h.hash))
    union all
    select distinct e.case_id, null::uuid, null::timestamptz, false, 'TRUNCATED' from comity.trail_events e
     where (p_case is null or e.case_id = p_case) and not exists (select 1 from comity.trail_heads h where h.case_id = e.case_id and h.chain = e.chain)
    union all
    select c.id, null::uuid, null::timestamptz, false, 'TRUNCATED' from comity.cases c
     where (p_case is null or c.id = p_case) and not exists (select 1 from comity.trail_heads h where h.case_id = c.id and h.chain = 'CASE')
       and not exists (select 1 from comity.trail_events e where e.case_id = c.id and e.chain = 'CASE')
  ), faults as (
    select f.case_id, case when f.shown then f.id end as id, case when f.shown then f.at end as at, f.fault
      from (select * from judged where fault is not null union all select * from ends) f
  )
  select jsonb_build_object(
      'events', (select count(*) from events e where e.shown),
      'cases', (select count(distinct e.case_id) from events e),
      'faults', coalesce((select jsonb_agg(jsonb_build_object('caseId', f.case_id, 'eventId', f.id, 'at', f.at, 'kind', f.fault) order by f.case_id, f.at)
        from (select * from faults order by case_id, at limit 1000) f), '[]'))
    into answer;
  return answer;
end $$;--> statement-breakpoint

grant execute on function comity.place_in_compartment(uuid, text, text, uuid), comity.release_from_compartment(uuid, text, text, uuid),
  comity.seal_lifters(uuid, integer, uuid[], text[]) to comity_app;--> statement-breakpoint
grant execute on function comity.carry_compartment() to comity_owner;--> statement-breakpoint
set role comity_owner;--> statement-breakpoint
create trigger annotations_compartment before insert or update of needs, placed_needs on comity.annotations for each row execute function comity.carry_compartment();--> statement-breakpoint
create trigger charges_compartment before insert on comity.charges for each row execute function comity.carry_compartment();--> statement-breakpoint
revoke execute on function comity.carry_compartment() from comity_owner;
