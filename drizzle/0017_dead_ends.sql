-- Ways out where nobody was left: a case does not change hands while a seal would be left without two people to lift it, and where
-- such people have gone since, others of the lead stand in for them; a wall whose lifters have gone is lifted by the elected head;
-- a use of break-glass is reviewed though its case has left the office. Locks seals and glass_uses for the moment of a new policy.
-- Way back: drop the policies seals_stand_ins and glass_uses_left and create seals_audience as in 0009; as comity_definer, create
-- lift_wall as in 0008 and drop the functions below; revoke the grants and give comity_app back what is revoked here.
grant update (unsealing_proposed_by, unsealing_proposed_at, unsealed_by, unsealed_at, unsealed_because) on comity.seals to comity_definer;--> statement-breakpoint
grant update (reviewed_by, reviewed_at, finding, remark) on comity.glass_uses to comity_definer;--> statement-breakpoint
revoke update (reviewed_by, reviewed_at, finding, remark) on comity.glass_uses from comity_app;--> statement-breakpoint

set role comity_definer;--> statement-breakpoint

-- True where a standing wall on a case excludes a member from it.
create function comity.walled_off(p_case uuid, p_member uuid) returns boolean
language sql stable security definer set search_path = comity, pg_catalog
return exists (select 1 from comity.walls w where w.case_id = p_case and w.lifted_at is null and comity.excludes(w, p_member));--> statement-breakpoint

-- The people of an office who could lift a seal if that office leads: its heads within the audience whom no wall excludes.
create function comity.seal_heads(p_seal comity.seals, p_office uuid) returns uuid[]
language sql stable security definer set search_path = comity, pg_catalog
return array(
  select m.id from comity.members m
   where m.office_id = p_office and m.active and m.kind = 'PERSON' and m.role in ('SUPERVISOR', 'ELECTED')
     and array[m.id, m.office_id] || array(select u.unit_id from comity.unit_members u where u.member_id = m.id and u.until = 'infinity') && p_seal.audience
     and not comity.walled_off(p_seal.case_id, m.id));--> statement-breakpoint

-- Whether the caller, outside the audience of a standing seal, may lift it in the place of those who have gone: where fewer than
-- two are left who could, the elected head of the lead; where even so there are not two, its supervisors. Nobody who is walled off.
create function comity.stands_in(p_seal comity.seals) returns boolean
language plpgsql stable security definer set search_path = comity, pg_catalog as $$
declare
  caller comity.members;
  heads uuid[];
begin
  if p_seal.unsealed_at is not null or p_seal.until <= statement_timestamp() then
    return false;
  end if;
  select m.* into caller from comity.members m join comity.cases c on c.id = p_seal.case_id and c.lead_id = m.office_id
   where m.id = comity.member() and m.active and m.kind = 'PERSON' and m.role in ('SUPERVISOR', 'ELECTED');
  if caller.id is null then
    return false;
  end if;
  heads := comity.seal_heads(p_seal, caller.office_id);
  if cardinality(heads) > 1 or caller.id = any (heads) or comity.walled_off(p_seal.case_id, caller.id) then
    return false;
  end if;
  return caller.role = 'ELECTED' or cardinality(heads) + (
    select count(*) from comity.members m
     where m.office_id = caller.office_id and m.active and m.kind = 'PERSON' and m.role = 'ELECTED' and m.id <> all (heads)
       and not comity.walled_off(p_seal.case_id, m.id)) < 2;
end $$;--> statement-breakpoint

-- One step of lifting a seal, by one who stands in. What is sealed stays closed to them until it is lifted, and a case that is
-- sealed as a whole is not theirs to see: so this holds the case, records and computes sight itself.
create function comity.stand_in(p_case uuid, p_seal uuid, p_act text, p_because text) returns void
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  the_lead uuid;
  seal comity.seals;
begin
  select c.lead_id into the_lead from comity.cases c where c.id = p_case for no key update;
  perform pg_advisory_xact_lock_shared(hashtextextended(the_lead::text, 7203));
  select * into seal from comity.seals s where s.case_id = p_case and s.id = p_seal for no key update;
  if seal.id is null or not comity.stands_in(seal) then
    raise exception 'There is no such thing here.' using errcode = 'CM404';
  elsif p_act = 'UNSEALING_PROPOSED' then
    if seal.unsealing_proposed_by is not null then
      raise exception 'It is proposed already to lift this seal.' using errcode = 'CM409';
    end if;
    update comity.seals s set unsealing_proposed_by = comity.member(), unsealing_proposed_at = statement_timestamp(), unsealed_because = p_because
     where s.case_id = p_case and s.id = p_seal;
  elsif seal.unsealing_proposed_by is null then
    raise exception 'Nobody has proposed to lift this seal.' using errcode = 'CM409';
  elsif p_act = 'UNSEALING_CANCELLED' then
    update comity.seals s set unsealing_proposed_by = null, unsealing_proposed_at = null, unsealed_because = null where s.case_id = p_case and s.id = p_seal;
  elsif p_act <> 'UNSEALED' then
    raise exception 'act: a seal is not lifted so.' using errcode = 'CM400';
  elsif seal.unsealing_proposed_by = comity.member() then
    raise exception 'Two people lift a seal: another than the one who proposed it.' using errcode = 'CM403';
  else
    update comity.seals s set unsealed_by = comity.member(), unsealed_at = statement_timestamp() where s.case_id = p_case and s.id = p_seal;
  end if;
  -- Told to who reads what the seal closes, as when one of the audience does it.
  perform comity.append_event(p_case, 'CASE', p_act, 'DONE', 128 | case seal.needs when 512 then 512 | seal.facets else seal.needs end,
    jsonb_build_object('sealId', p_seal));
  if p_act = 'UNSEALED' then
    perform comity.compute_sight(p_case);
  end if;
end $$;--> statement-breakpoint

-- Refuses to give the lead to another office, or up where that is null, while a standing seal would be left with fewer than two
-- who could lift it. Who does not know of that seal is not told of one.
create function comity.refuse_unliftable(p_case uuid, p_to uuid) returns void
language plpgsql stable security definer set search_path = comity, pg_catalog as $$
declare
  known boolean;
begin
  if not comity.sees(p_case, 1) then
    raise exception 'There is no such thing here.' using errcode = 'CM404';
  end if;
  select bool_or(s.audience && comity.viewers() and comity.sees(p_case, s.needs) or comity.stands_in(s)) into known from comity.seals s
   where s.case_id = p_case and s.unsealed_at is null and statement_timestamp() < s.until and (p_to is null or cardinality(comity.seal_heads(s, p_to)) < 2);
  if known and p_to is null then
    raise exception 'A seal stands on this case that nobody could lift then. Unseal first.' using errcode = 'CM409';
  elsif known then
    raise exception 'A seal stands on this case that too few of the new lead could lift. Unseal first, or seal anew with two heads of the new lead in the audience.' using errcode = 'CM409';
  elsif known is not null then
    raise exception 'The case cannot change hands now. Ask the heads of your office.' using errcode = 'CM409';
  end if;
end $$;--> statement-breakpoint

-- Refuses to invite an office to which a seal closes the case itself. Who sees the case is in the audience of every such seal.
create function comity.refuse_sealed_off(p_case uuid, p_office uuid) returns void
language plpgsql stable security definer set search_path = comity, pg_catalog as $$
begin
  if not comity.sees(p_case, 1) then
    raise exception 'There is no such thing here.' using errcode = 'CM404';
  elsif exists (select 1 from comity.seals s
      where s.case_id = p_case and s.facets & 1 <> 0 and s.unsealed_at is null and statement_timestamp() < s.until
        and not s.audience && (array[p_office] || array(select m.id from comity.members m where m.office_id = p_office and m.active)
          || array(select u.id from comity.units u where u.jurisdiction_id = p_office))) then
    raise exception 'A seal closes this case to that office, which could not answer. Unseal first, and seal anew when the office has joined.' using errcode = 'CM409';
  end if;
end $$;--> statement-breakpoint

-- Whether the caller may lift a wall: one of the lead whose role it names and, where all of those have gone or are walled off
-- themselves, its elected head. Whether the caller is walled off is the row policy's to say, and lift_wall's.
create function comity.lifts_wall(p_wall comity.walls) returns boolean
language sql stable security definer set search_path = comity, pg_catalog
return exists (
  select 1 from comity.cases c join comity.members m on m.office_id = c.lead_id and m.id = comity.member() and m.active
   where c.id = p_wall.case_id and (m.role = any (p_wall.may_lift) or m.role = 'ELECTED' and not exists (
     select 1 from comity.members n where n.office_id = c.lead_id and n.active and n.kind = 'PERSON' and n.role = any (p_wall.may_lift)
       and not comity.walled_off(c.id, n.id))));--> statement-breakpoint

-- Lifts a standing wall, for who may and reads the arrangements of the case, as nobody does who is walled off it. Answers
-- whether a wall was lifted.
create or replace function comity.lift_wall(p_case uuid, p_wall uuid, p_because text) returns boolean
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if not comity.sees(p_case, 513) then
    raise exception 'There is no such thing here.' using errcode = 'CM404';
  end if;
  update comity.walls w set lifted_by = comity.member(), lifted_at = statement_timestamp(), lifted_because = p_because
   where w.case_id = p_case and w.id = p_wall and w.lifted_at is null and comity.lifts_wall(w);
  return found;
end $$;--> statement-breakpoint

-- Whether a use of break-glass is the caller's to know though its case has left the office, by losing the lead or behind a wall
-- against the whole of it: to who made it, and to the heads of the office but for one whom a wall excludes by name or unit.
create function comity.left_behind(p_use comity.glass_uses) returns boolean
language sql stable security definer set search_path = comity, pg_catalog
return exists (
  select 1 from comity.members m join comity.cases c on c.id = p_use.case_id
   where m.id = comity.member() and m.active and m.office_id = p_use.office_id
     and (c.lead_id is distinct from p_use.office_id
       or exists (select 1 from comity.walls w where w.case_id = c.id and w.lifted_at is null and w.subject_id = p_use.office_id))
     and (m.id = p_use.member_id or m.role in ('SUPERVISOR', 'ELECTED') and not exists (
       select 1 from comity.walls w where w.case_id = c.id and w.lifted_at is null and w.subject_kind <> 'OFFICE' and comity.excludes(w, m.id))));--> statement-breakpoint

-- Keeps what a review of another's use of break-glass found, and ends the use where there was no cause for it; by a head of the
-- office that used it, whether the case is still theirs to see or has left the office. False where it was reviewed before.
create function comity.review_glass(p_case uuid, p_id uuid, p_finding text, p_remark text) returns boolean
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  the_lead uuid;
  use comity.glass_uses;
begin
  select c.lead_id into the_lead from comity.cases c where c.id = p_case for no key update;
  perform pg_advisory_xact_lock_shared(hashtextextended(the_lead::text, 7203)) where the_lead is not null;
  select * into use from comity.glass_uses g where g.case_id = p_case and g.id = p_id for no key update;
  if use.id is null or not (comity.sees(p_case, 1) or comity.left_behind(use)) or not exists (
      select 1 from comity.members m where m.id = comity.member() and m.active and m.office_id = use.office_id and m.role in ('SUPERVISOR', 'ELECTED')) then
    raise exception 'There is no such thing here.' using errcode = 'CM404';
  elsif use.member_id = comity.member() then
    raise exception 'Nobody reviews their own use of break-glass: another head of your office does.' using errcode = 'CM403';
  elsif use.reviewed_at is not null then
    return false;
  end if;
  update comity.glass_uses g set reviewed_by = comity.member(), reviewed_at = statement_timestamp(), finding = p_finding, remark = p_remark,
      until = case when p_finding = 'NOT_JUSTIFIED' then least(g.until, statement_timestamp()) else g.until end
   where g.case_id = p_case and g.id = p_id;
  perform comity.append_event(p_case, 'CASE', 'BREAK_GLASS_REVIEWED', 'DONE', 640,
    jsonb_build_object('useId', p_id, 'memberId', use.member_id, 'finding', p_finding));
  perform comity.compute_sight(p_case);
  return true;
end $$;--> statement-breakpoint

grant execute on function comity.stands_in(comity.seals), comity.stand_in(uuid, uuid, text, text), comity.refuse_unliftable(uuid, uuid),
  comity.refuse_sealed_off(uuid, uuid), comity.lifts_wall(comity.walls), comity.left_behind(comity.glass_uses),
  comity.review_glass(uuid, uuid, text, text) to comity_app;--> statement-breakpoint
set role comity_owner;--> statement-breakpoint

create policy seals_stand_ins on comity.seals for select to comity_app using (comity.stands_in(seals));--> statement-breakpoint
alter policy seals_audience on comity.seals using (
  seals.unsealed_at is not null or seals.until <= statement_timestamp() or seals.audience && (select comity.viewers())::uuid[] or comity.stands_in(seals));--> statement-breakpoint
create policy glass_uses_left on comity.glass_uses for select to comity_app using (comity.left_behind(glass_uses));
