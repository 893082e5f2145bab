-- What a wall does to a team, how one is lifted, what leaving a walled unit leaves closed, and the check of declared conflicts
-- before anyone joins a team. Locks walls and assignments while their triggers are made. Way back: drop the triggers
-- walls_end_places and assignments_exclusions and the functions below, and grant comity_app update of the three columns again.
grant update (lifted_by, lifted_at, lifted_because) on comity.walls to comity_definer;--> statement-breakpoint
-- Who may lift a wall stands in its own row, which no row policy can ask of the act: the function below does.
revoke update (lifted_by, lifted_at, lifted_because) on comity.walls from comity_app;--> statement-breakpoint

set role comity_definer;--> statement-breakpoint

-- A name as it is compared: its distinct words, lower-case and in order, without marks and punctuation. What an apostrophe
-- joins is one word, what a hyphen or a full stop joins are two; letters that have no mark to lose are spelled out.
create function comity.normal_name(p_name text) returns text[] language sql immutable parallel safe set search_path = comity, pg_catalog
return array(
  select distinct word collate "C"
    from regexp_split_to_table(
      replace(replace(replace(replace(translate(
        lower(regexp_replace(
          normalize(regexp_replace(p_name, '[''`\u00b4\u02b9-\u02df\u2018-\u201b\u2032\u2035\uff07]', '', 'g'), NFKD),
          '[\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u2060\u20d0-\u20ff\ufe20-\ufe2f\ufeff]',
          '', 'g')),
        'øđðłıħŧ', 'oddliht'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
      '[\s!-/:-@\[-`{-~\u00a1-\u00bf\u2000-\u206f\u2e00-\u2e7f\u3000-\u303f]+') as word
   where word <> '' order by 1);--> statement-breakpoint

-- Whether a standing declaration of a member names a person of the case: the same words, or all of one name within the
-- other where it has at least two. For the lead it reads every person but those in a compartment, though the member may see
-- none; another office learns by it of no person that it does not see.
create function comity.conflicted(p_case uuid, p_member uuid) returns boolean
language sql stable security definer set search_path = comity, pg_catalog
return exists (
  select 1 from comity.conflict_declarations d
    join comity.persons p on p.case_id = p_case and p.name is not null
   cross join lateral (select comity.normal_name(d.party) as declared, comity.normal_name(p.name) as named offset 0) n
   where d.member_id = p_member and d.withdrawn_at is null and p.needs & 49152 = 0
     and (exists (select 1 from comity.cases c where c.id = p_case and c.lead_id = nullif(current_setting('comity.office', true), '')::uuid) or comity.sees(p_case, p.needs))
     and ((n.declared = n.named and cardinality(n.named) > 0)
       or (cardinality(n.declared) > 1 and n.declared <@ n.named) or (cardinality(n.named) > 1 and n.named <@ n.declared)));--> statement-breakpoint

-- Whether a wall excludes a member: by name, by the office, or as one who was in the unit while it stood.
create function comity.excludes(p_wall comity.walls, p_member uuid) returns boolean
language sql stable security definer set search_path = comity, pg_catalog
return p_wall.subject_id = p_member
  or exists (select 1 from comity.members m where m.id = p_member and m.office_id = p_wall.subject_id)
  or exists (select 1 from comity.unit_members u where u.unit_id = p_wall.subject_id and u.member_id = p_member and u.until > p_wall.imposed_at);--> statement-breakpoint

-- A wall ends the places on the team of all whom it excludes, whoever may see that team; lifted, it gives none back.
create function comity.end_walled_places() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  update comity.assignments a set until = statement_timestamp(), version = a.version + 1
   where new.lifted_at is null and a.case_id = new.case_id and a.until is null and comity.excludes(new, a.member_id);
  return null;
end $$;--> statement-breakpoint

-- No member joins a team against a conflict that was declared or a wall that stands. Which of them it was is not said.
create function comity.refuse_excluded() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  -- A case that the writer does not see is the row policy's to refuse; what is written from no seat, as when rows are copied,
  -- was judged when it was new.
  if new.until is not null
      or not (exists (select 1 from comity.conflict_declarations d where d.member_id = new.member_id and d.withdrawn_at is null)
        or exists (select 1 from comity.walls w where w.case_id = new.case_id and w.lifted_at is null))
      or not comity.sees(new.case_id, 1) then
    return new;
  end if;
  if comity.conflicted(new.case_id, new.member_id)
      or exists (select 1 from comity.walls w where w.case_id = new.case_id and w.lifted_at is null and comity.excludes(w, new.member_id)) then
    if new.member_id = comity.member() then
      perform comity.refuse_own_conflict(new.case_id);
    end if;
    raise exception 'A declared conflict or a wall excludes this member from the team of this case.' using errcode = 'CM409';
  end if;
  return new;
end $$;--> statement-breakpoint

-- Refuses the caller a case with one of whose persons the caller has declared a conflict.
create function comity.refuse_own_conflict(p_case uuid) returns void
language plpgsql stable security definer set search_path = comity, pg_catalog as $$
begin
  if not comity.sees(p_case, 1) then
    raise exception 'There is no such thing here.' using errcode = 'CM404';
  elsif comity.conflicted(p_case, comity.member()) then
    raise exception 'A declared conflict excludes you from this case. Recuse yourself from it.' using errcode = 'CM409';
  end if;
end $$;--> statement-breakpoint

-- Lifts a standing wall, for one of the lead whose role it names and who reads the arrangements of the case, as nobody does
-- who is walled off it. Answers whether a wall was lifted.
create function comity.lift_wall(p_case uuid, p_wall uuid, p_because text) returns boolean
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if not comity.sees(p_case, 513) then
    raise exception 'There is no such thing here.' using errcode = 'CM404';
  end if;
  update comity.walls w set lifted_by = m.id, lifted_at = statement_timestamp(), lifted_because = p_because
    from comity.members m, comity.cases c
   where w.case_id = p_case and w.id = p_wall and w.lifted_at is null
     and c.id = w.case_id and m.office_id = c.lead_id and m.id = comity.member() and m.active and m.role = any (w.may_lift);
  return found;
end $$;--> statement-breakpoint

-- Closes the cases that a unit is walled off to all who were in it since, those who have left it among them: run after one
-- has left. It only adds, so it asks for no rule book and no case; the walls are held, so that none is lifted meanwhile.
create function comity.resight_walled_unit(p_unit uuid) returns void
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if not exists (select 1 from comity.units u join comity.members m on m.office_id = u.jurisdiction_id
      where u.id = p_unit and m.id = comity.member() and m.active and m.role in ('SUPERVISOR', 'ELECTED')) then
    raise exception 'Your seat does not permit this act.' using errcode = 'CM403';
  end if;
  perform 1 from comity.walls w where w.subject_id = p_unit and w.lifted_at is null order by w.case_id for no key update;
  insert into comity.closings (case_id, subject, facets, unless, until, cause, ref)
  select k.case_id, k.subject, k.facets, k.unless, k.until, k.cause, k.ref
    from comity.walls w join comity.wanted_closings k on k.case_id = w.case_id and k.cause = 'WALL' and k.ref = w.id
   where w.subject_id = p_unit and w.lifted_at is null
      on conflict (case_id, cause, ref, subject) do nothing;
end $$;--> statement-breakpoint

grant execute on function comity.refuse_own_conflict(uuid), comity.lift_wall(uuid, uuid, text), comity.resight_walled_unit(uuid) to comity_app;--> statement-breakpoint
grant execute on function comity.end_walled_places(), comity.refuse_excluded() to comity_owner;--> statement-breakpoint
set role comity_owner;--> statement-breakpoint
create trigger walls_end_places after insert on comity.walls for each row execute function comity.end_walled_places();--> statement-breakpoint
create trigger assignments_exclusions before insert on comity.assignments for each row execute function comity.refuse_excluded();--> statement-breakpoint
revoke execute on function comity.end_walled_places(), comity.refuse_excluded() from comity_owner;
