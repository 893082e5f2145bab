-- Keeps in the tables what the acts keep already of tags, remarks and places on a team; why a
-- case is no longer kept to a unit; of which case a denial is, where its number was asked for; and lets an office list what it offered.
-- Locks each table below while its column, index or trigger is made (the indexes read responsibilities and transfers once). Way back:
-- drop the triggers named *_written below and comity.handles and the check_* functions of this file, the two indexes and the
-- column; as comity_definer, create lift_restriction as in 0012 and denied as in 0010.
ALTER TABLE "comity"."unit_restrictions" ADD COLUMN "lifted_because" text;--> statement-breakpoint
CREATE INDEX "responsibilities_by_office" ON "comity"."responsibilities" USING btree ("invited_for","state");--> statement-breakpoint
CREATE INDEX "transfers_from" ON "comity"."transfers" USING btree ("from_id","state");--> statement-breakpoint
-- By hand:
grant update (lifted_because) on comity.unit_restrictions to comity_definer;--> statement-breakpoint
set role comity_definer;--> statement-breakpoint

-- Lifts the restriction of a case to a unit, for a reason, and answers with that unit, or null where there is none. By the heads
-- and conflicts officers of the lead: those of the unit, and from outside it, who do not see the restriction, an elected head or a conflicts officer.
drop function comity.lift_restriction(uuid);--> statement-breakpoint
create function comity.lift_restriction(p_case uuid, p_because text) returns uuid
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
  update comity.unit_restrictions u set lifted_by = caller.id, lifted_at = statement_timestamp(), lifted_because = p_because where u.case_id = p_case and u.id = restricted.id;
  return restricted.unit_id;
end $$;--> statement-breakpoint

-- Keeps that something was denied: to whom, and of which case, where its id or its number is named.
drop function comity.denied(text, text, uuid, text, uuid);--> statement-breakpoint
create function comity.denied(p_field text, p_code text, p_case uuid, p_number text, p_purpose text, p_request uuid) returns void
language sql security definer set search_path = comity, pg_catalog
begin atomic
  insert into comity.access_log (at, id, actor_id, acting_for, request_id, purpose, decision, field, code, case_id, facets, objects)
  values (clock_timestamp(), gen_random_uuid(), comity.member(), comity.acting_for(), p_request, p_purpose, 'DENIED', p_field, p_code,
    coalesce(p_case, (select c.id from comity.cases c where c.number = p_number)), 0, '{}');
end;--> statement-breakpoint

-- True where the caller's office leads the case, or has taken up a part in it that is more than to read.
create function comity.handles(p_case uuid) returns boolean language sql stable
return comity.leads(p_case) or exists (select 1 from comity.responsibilities r where r.case_id = p_case and r.state = 'ACCEPTED' and r.role in ('CO', 'SUPPORT')
  and r.jurisdiction_id = nullif(current_setting('comity.office', true), '')::uuid and statement_timestamp() < r.until);--> statement-breakpoint

-- Tags are the lead's to give and take: what a rule book opens may depend on them.
create function comity.check_tag() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if tg_op = 'DELETE' then
    if comity.leads(old.case_id) then return old; end if;
  elsif new.tagged_by = comity.member() and comity.leads(new.case_id) then
    return new;
  end if;
  raise exception 'a case is not tagged so' using errcode = '42501';
end $$;--> statement-breakpoint

-- A remark is its author's own, of an office that handles the case.
create function comity.check_annotation() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if (comity.handles(new.case_id) and new.author_id = comity.member()
      and (tg_op = 'UPDATE' or new.office_id = nullif(current_setting('comity.office', true), '')::uuid)) is not true then
    raise exception 'a remark is not made or revised so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint

-- Asked after the row is there: a remark and its first revision are written together.
create function comity.check_revision() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if (new.revised_by = comity.member() and comity.handles(new.case_id)
      and exists (select 1 from comity.annotations a where a.case_id = new.case_id and a.id = new.annotation_id and a.author_id = new.revised_by)) is not true then
    raise exception 'a remark is not revised so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint

-- An office that handles a case staffs its own part with its own people; a filter team is the lead's, and the lead ends every place.
create function comity.check_assignment() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  is_own boolean := exists (select 1 from comity.members m where m.id = new.member_id and m.office_id = nullif(current_setting('comity.office', true), '')::uuid);
begin
  if (case
      when tg_op = 'UPDATE' then comity.leads(new.case_id) or (is_own and comity.handles(new.case_id))
      when new.role = 'FILTER' then is_own and new.assigned_by = comity.member() and comity.leads(new.case_id)
      else is_own and new.assigned_by = comity.member() and comity.handles(new.case_id)
    end) is not true then
    raise exception 'a team is not made up so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint

grant execute on function comity.lift_restriction(uuid, text), comity.denied(text, text, uuid, text, text, uuid) to comity_app;--> statement-breakpoint
grant execute on function comity.check_tag(), comity.check_annotation(), comity.check_revision(), comity.check_assignment() to comity_owner;--> statement-breakpoint

set role comity_owner;--> statement-breakpoint
-- Our own functions write as comity_definer, and judge for themselves.
create trigger case_tags_written before insert or delete on comity.case_tags for each row when (current_user = 'comity_app') execute function comity.check_tag();--> statement-breakpoint
create trigger annotations_written before insert or update on comity.annotations for each row when (current_user = 'comity_app') execute function comity.check_annotation();--> statement-breakpoint
create trigger annotation_revisions_written after insert on comity.annotation_revisions for each row when (current_user = 'comity_app') execute function comity.check_revision();--> statement-breakpoint
create trigger assignments_written before insert or update on comity.assignments for each row when (current_user = 'comity_app') execute function comity.check_assignment();--> statement-breakpoint
revoke execute on function comity.check_tag(), comity.check_annotation(), comity.check_revision(), comity.check_assignment() from comity_owner;
