-- Who an unidentified person was found to be, and how a charge says more of itself: several days or a range of them, the level that it names,
-- and how it stands to other charges. Locks charges while its columns are added, no row of it is rewritten, and its new checks read
-- each once; persons, charges and trail_events for the moment of a new trigger or policy. Way back: withdraw the identifications that stand; drop the triggers named charges_level and
-- persons_kept_within, the policy trail_events_related, the three tables and the three columns; as comity_definer, drop the functions below and
-- create level_of as in 0005; revoke the grants.
CREATE TABLE "comity"."person_identifications" (
	"case_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"needs" integer NOT NULL,
	"person_id" uuid NOT NULL,
	"name" text NOT NULL,
	"badge" text,
	"agency" text,
	"source" text NOT NULL,
	"confidence" text NOT NULL,
	"before" jsonb NOT NULL,
	"state" text NOT NULL,
	"identified_by" uuid NOT NULL,
	"identified_at" timestamp(6) with time zone NOT NULL,
	"withdrawn_by" uuid,
	"withdrawn_at" timestamp(6) with time zone,
	"withdrawn_because" text,
	CONSTRAINT "person_identifications_case_id_id_pk" PRIMARY KEY("case_id","id"),
	CONSTRAINT "person_identifications_confidence_check" CHECK ("comity"."person_identifications"."confidence" in ('HIGH', 'MEDIUM', 'LOW')),
	CONSTRAINT "person_identifications_state_check" CHECK ("comity"."person_identifications"."state" in ('STANDING', 'WITHDRAWN')),
	CONSTRAINT "person_identifications_withdrawn" CHECK (num_nulls("comity"."person_identifications"."withdrawn_by", "comity"."person_identifications"."withdrawn_at", "comity"."person_identifications"."withdrawn_because") = case "comity"."person_identifications"."state" when 'STANDING' then 3 else 0 end),
	CONSTRAINT "person_identifications_needs_check" CHECK ("comity"."person_identifications"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."person_identifications" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."charge_levels" (
	"case_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"needs" integer NOT NULL,
	"charge_id" uuid NOT NULL,
	"level" text NOT NULL,
	"reason" text NOT NULL,
	"named_by" uuid NOT NULL,
	"named_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "charge_levels_case_id_id_pk" PRIMARY KEY("case_id","id"),
	CONSTRAINT "charge_levels_level_check" CHECK ("comity"."charge_levels"."level" in ('FELONY', 'GROSS_MISDEMEANOR', 'MISDEMEANOR')),
	CONSTRAINT "charge_levels_needs_check" CHECK ("comity"."charge_levels"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."charge_levels" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."charge_relations" (
	"case_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"needs" integer NOT NULL,
	"charge_id" uuid NOT NULL,
	"relation" text NOT NULL,
	"other_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"related_by" uuid NOT NULL,
	"related_at" timestamp(6) with time zone NOT NULL,
	"ended_by" uuid,
	"ended_at" timestamp(6) with time zone,
	"ended_because" text,
	CONSTRAINT "charge_relations_case_id_id_pk" PRIMARY KEY("case_id","id"),
	CONSTRAINT "charge_relations_relation_check" CHECK ("comity"."charge_relations"."relation" in ('LESSER_OF', 'ALTERNATIVE_TO')),
	CONSTRAINT "charge_relations_ended" CHECK (num_nulls("comity"."charge_relations"."ended_by", "comity"."charge_relations"."ended_at", "comity"."charge_relations"."ended_because") in (0, 3)),
	CONSTRAINT "charge_relations_needs_check" CHECK ("comity"."charge_relations"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."charge_relations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "comity"."charges" ADD COLUMN "offence_until" date;--> statement-breakpoint
ALTER TABLE "comity"."charges" ADD COLUMN "offence_days" date[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "comity"."charges" ADD COLUMN "level" text;--> statement-breakpoint
ALTER TABLE "comity"."person_identifications" ADD CONSTRAINT "person_identifications_person" FOREIGN KEY ("case_id","person_id") REFERENCES "comity"."persons"("case_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."charge_levels" ADD CONSTRAINT "charge_levels_charge" FOREIGN KEY ("case_id","charge_id") REFERENCES "comity"."charges"("case_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."charge_relations" ADD CONSTRAINT "charge_relations_charge" FOREIGN KEY ("case_id","charge_id") REFERENCES "comity"."charges"("case_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."charge_relations" ADD CONSTRAINT "charge_relations_other" FOREIGN KEY ("case_id","other_id") REFERENCES "comity"."charges"("case_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "person_identifications_of_person" ON "comity"."person_identifications" USING btree ("case_id","person_id","identified_at");--> statement-breakpoint
CREATE UNIQUE INDEX "person_identifications_one_stands" ON "comity"."person_identifications" USING btree ("case_id","person_id") WHERE "comity"."person_identifications"."state" = 'STANDING';--> statement-breakpoint
CREATE INDEX "charge_levels_of_charge" ON "comity"."charge_levels" USING btree ("case_id","charge_id","named_at");--> statement-breakpoint
CREATE INDEX "charge_relations_of_charge" ON "comity"."charge_relations" USING btree ("case_id","charge_id","related_at");--> statement-breakpoint
CREATE INDEX "charge_relations_of_other" ON "comity"."charge_relations" USING btree ("case_id","other_id");--> statement-breakpoint
ALTER TABLE "comity"."charges" ADD CONSTRAINT "charges_level_check" CHECK ("comity"."charges"."level" in ('FELONY', 'GROSS_MISDEMEANOR', 'MISDEMEANOR'));--> statement-breakpoint
ALTER TABLE "comity"."charges" ADD CONSTRAINT "charges_offence_range" CHECK ("comity"."charges"."offence_until" >= "comity"."charges"."offence_on" and "comity"."charges"."offence_on" < all ("comity"."charges"."offence_days"));--> statement-breakpoint
ALTER TABLE "comity"."charges" ADD CONSTRAINT "charges_offence_days" CHECK (cardinality("comity"."charges"."offence_days") <= 100);--> statement-breakpoint
CREATE POLICY "person_identifications_seen" ON "comity"."person_identifications" AS PERMISSIVE FOR ALL TO "comity_app" USING (person_identifications.needs <> 0 and (person_identifications.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = person_identifications.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = person_identifications.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((select 1 from comity.persons p where p.case_id = person_identifications.case_id and p.id = person_identifications.person_id) = 1)) WITH CHECK (person_identifications.needs <> 0 and (person_identifications.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = person_identifications.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = person_identifications.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((select 1 from comity.persons p where p.case_id = person_identifications.case_id and p.id = person_identifications.person_id) = 1));--> statement-breakpoint
CREATE POLICY "person_identifications_definer" ON "comity"."person_identifications" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "charge_levels_seen" ON "comity"."charge_levels" AS PERMISSIVE FOR ALL TO "comity_app" USING (charge_levels.needs <> 0 and (charge_levels.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = charge_levels.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = charge_levels.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((select 1 from comity.charges h where h.case_id = charge_levels.case_id and h.id = charge_levels.charge_id) = 1)) WITH CHECK (charge_levels.needs <> 0 and (charge_levels.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = charge_levels.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = charge_levels.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((select 1 from comity.charges h where h.case_id = charge_levels.case_id and h.id = charge_levels.charge_id) = 1));--> statement-breakpoint
CREATE POLICY "charge_levels_definer" ON "comity"."charge_levels" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "charge_relations_seen" ON "comity"."charge_relations" AS PERMISSIVE FOR ALL TO "comity_app" USING (charge_relations.needs <> 0 and (charge_relations.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = charge_relations.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = charge_relations.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((select 1 from comity.charges h where h.case_id = charge_relations.case_id and h.id = charge_relations.charge_id) = 1 and (select 1 from comity.charges h where h.case_id = charge_relations.case_id and h.id = charge_relations.other_id) = 1)) WITH CHECK (charge_relations.needs <> 0 and (charge_relations.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = charge_relations.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = charge_relations.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((select 1 from comity.charges h where h.case_id = charge_relations.case_id and h.id = charge_relations.charge_id) = 1 and (select 1 from comity.charges h where h.case_id = charge_relations.case_id and h.id = charge_relations.other_id) = 1));--> statement-breakpoint
CREATE POLICY "charge_relations_definer" ON "comity"."charge_relations" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
-- By hand:
alter table comity.person_identifications force row level security;--> statement-breakpoint
alter table comity.charge_levels force row level security;--> statement-breakpoint
alter table comity.charge_relations force row level security;--> statement-breakpoint
create policy person_identifications_purpose on comity.person_identifications as restrictive for select to comity_app using (
  (person_identifications.needs & 49152) = 0 or (select comity.purpose()) is not null);--> statement-breakpoint
create policy charge_levels_purpose on comity.charge_levels as restrictive for select to comity_app using (
  (charge_levels.needs & 49152) = 0 or (select comity.purpose()) is not null);--> statement-breakpoint
create policy charge_relations_purpose on comity.charge_relations as restrictive for select to comity_app using (
  (charge_relations.needs & 49152) = 0 or (select comity.purpose()) is not null);--> statement-breakpoint
grant select on comity.person_identifications to comity_app;--> statement-breakpoint
grant select, insert on comity.charge_levels, comity.charge_relations to comity_app;--> statement-breakpoint
grant update (ended_by, ended_at, ended_because) on comity.charge_relations to comity_app;--> statement-breakpoint
grant select, insert, update on comity.person_identifications to comity_definer;--> statement-breakpoint
grant update (name, badge) on comity.persons to comity_definer;--> statement-breakpoint
grant update (level) on comity.charges to comity_definer;--> statement-breakpoint

-- What the trail told of a person, or of how one charge stands to another, is as hidden as they are.
create policy trail_events_related on comity.trail_events as restrictive for select to comity_app using (
  case when starts_with(trail_events.act, 'PERSON_') then (select 1 from comity.persons p
      where p.case_id = trail_events.case_id and p.id = (trail_events.body::jsonb ->> 'personId')::uuid) = 1
    when trail_events.act in ('CHARGE_RELATED', 'CHARGE_UNRELATED') then (select 1 from comity.charges h
      where h.case_id = trail_events.case_id and h.id = (trail_events.body::jsonb ->> 'otherId')::uuid) = 1
    else true end);--> statement-breakpoint

set role comity_definer;--> statement-breakpoint

-- A case's level: the highest of its live charges, as each names it, else as the law grades it; where nothing is charged, as
-- alleged. An offence that may be either counts after a felony; what stands in a compartment is left out, for a rule that met it would tell of it.
create or replace function comity.level_of(p_case uuid) returns text language sql stable security definer set search_path = comity, pg_catalog
return coalesce(
  (select coalesce(ch.level, v.level) from comity.charges ch join comity.statute_versions v on v.id = ch.statute_version_id
    where ch.case_id = p_case and ch.state <> 'WITHDRAWN' and ch.needs & 49152 = 0
    order by array_position(array['FELONY', 'EITHER', 'GROSS_MISDEMEANOR', 'MISDEMEANOR'], coalesce(ch.level, v.level)) limit 1),
  (select r.alleged_level from comity.case_reports r where r.case_id = p_case));--> statement-breakpoint

-- Whether a text of the law has a level: as it is graded, or one of those that its limitation tells apart, or any.
create function comity.has_level(p_version uuid, p_level text) returns boolean language sql stable
return exists (select 1 from comity.statute_versions v where v.id = p_version and case v.level when 'EITHER' then
    not jsonb_path_exists(v.limitation, '$.byLevel[*]') or jsonb_path_exists(v.limitation, '$.byLevel[*] ? (@.level == $level)', jsonb_build_object('level', p_level))
  else v.level = p_level end);--> statement-breakpoint

-- A charge names a level that its text has: a rule book may depend on it. After it was proposed, the lead names it in its own
-- name while it is not yet withdrawn or filed.
create function comity.check_level() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  is_so boolean;
begin
  if tg_table_name = 'charges' then
    is_so := comity.has_level(new.statute_version_id, new.level);
  else
    is_so := new.needs & 16 = 16 and new.named_by = comity.member() and new.named_at between transaction_timestamp() and clock_timestamp() and comity.leads(new.case_id)
      and exists (select 1 from comity.charges h where h.case_id = new.case_id and h.id = new.charge_id and h.state = 'PROPOSED' and comity.has_level(h.statute_version_id, new.level));
  end if;
  if is_so is not true then
    raise exception 'the level of a charge is not named so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint

-- The charge takes over the level that was named last.
create function comity.keep_level() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  update comity.charges h set level = new.level where h.case_id = new.case_id and h.id = new.charge_id;
  return null;
end $$;--> statement-breakpoint

-- The lead relates charges of one person, in its own name, and takes that back once.
create function comity.check_charge_relation() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if (comity.leads(new.case_id) and case
      when tg_op = 'INSERT' then
        new.needs & 16 = 16 and new.charge_id <> new.other_id and new.related_by = comity.member() and num_nonnulls(new.ended_by, new.ended_at, new.ended_because) = 0
        and exists (select 1 from comity.charges h join comity.charges o on o.case_id = h.case_id and o.person_id = h.person_id
          where h.case_id = new.case_id and h.id = new.charge_id and o.id = new.other_id and h.state <> 'WITHDRAWN' and o.state <> 'WITHDRAWN')
      else old.ended_at is null and new.ended_by = comity.member() and new.ended_at = statement_timestamp()
    end) is not true then
    raise exception 'charges are not related so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint

-- What the caller must be and see to say who a person is, or that this was a mistake: of the lead, a head or of the team.
create function comity.enter_person(p_case uuid, p_person uuid) returns comity.persons
language plpgsql set search_path = comity, pg_catalog as $$
declare
  p comity.persons;
begin
  select * into p from comity.persons x where x.case_id = p_case and x.id = p_person for no key update;
  if p.id is null or not comity.sees(p_case, p.needs) then
    raise exception 'There is no such thing here.' using errcode = 'CM404';
  elsif not comity.leads(p_case) then
    raise exception 'Your office does not lead this case.' using errcode = 'CM403';
  elsif not comity.holds_role('{SUPERVISOR,ELECTED}') and not (comity.holds_role('{ATTORNEY,INVESTIGATOR}')
      and exists (select 1 from comity.assignments a where a.case_id = p_case and a.member_id = comity.member() and a.until is null)) then
    raise exception 'Only the team of this case, or a supervisor, may do this.' using errcode = 'CM403';
  end if;
  return p;
end $$;--> statement-breakpoint

-- Has a person bear a name and a badge from now on, by which it is found and compared.
create function comity.rename_person(p_case uuid, p_person uuid, p_name text, p_badge text) returns void
language plpgsql set search_path = comity, pg_catalog as $$
begin
  update comity.persons p set name = p_name, badge = p_badge where p.case_id = p_case and p.id = p_person;
  -- Made anew when the act ends.
  delete from comity.search_docs d where d.case_id = p_case and d.source = 'person:' || p_person;
end $$;--> statement-breakpoint

-- Says who an unidentified person is. Refuses who declared a relation to somebody of the case, as a claim does; answers who of
-- the lead's team did. Of whom they declared it is not said.
create function comity.identify_person(p_case uuid, p_person uuid, p_id uuid, p_name text, p_badge text, p_agency text, p_source text, p_confidence text) returns uuid[]
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  p comity.persons := comity.enter_person(p_case, p_person);
begin
  if p.name is not null then
    raise exception 'This person bears a name already.' using errcode = 'CM409';
  end if;
  insert into comity.person_identifications (case_id, id, needs, person_id, name, badge, agency, source, confidence, before, state, identified_by, identified_at)
  values (p_case, p_id, p.needs, p_person, p_name, p_badge, p_agency, p_source, p_confidence,
    jsonb_build_object('descriptors', p.descriptors, 'badge', p.badge, 'plate', p.plate, 'markings', p.markings), 'STANDING', comity.member(), clock_timestamp());
  perform comity.rename_person(p_case, p_person, p_name, coalesce(p_badge, p.badge));
  perform comity.refuse_own_conflict(p_case);
  return array(select a.member_id from comity.assignments a join comity.members m on m.id = a.member_id
    where a.case_id = p_case and a.until is null and m.office_id = nullif(current_setting('comity.office', true), '')::uuid and comity.conflicted(p_case, a.member_id));
end $$;--> statement-breakpoint

-- Takes a mistaken identification back: the person is as it was before.
create function comity.withdraw_identification(p_case uuid, p_identification uuid, p_because text) returns void
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  i comity.person_identifications;
begin
  select * into i from comity.person_identifications x where x.case_id = p_case and x.id = p_identification for no key update;
  if i.id is null or not comity.sees(p_case, i.needs) then
    raise exception 'There is no such thing here.' using errcode = 'CM404';
  end if;
  perform comity.enter_person(p_case, i.person_id);
  if i.state <> 'STANDING' then
    raise exception 'This identification is withdrawn already.' using errcode = 'CM409';
  end if;
  update comity.person_identifications x set state = 'WITHDRAWN', withdrawn_by = comity.member(), withdrawn_at = clock_timestamp(), withdrawn_because = p_because
   where x.case_id = p_case and x.id = p_identification;
  perform comity.rename_person(p_case, i.person_id, null, i.before ->> 'badge');
end $$;--> statement-breakpoint

-- Who was identified from within a compartment leaves it without that name: whoever found it out had learned what the compartment holds.
create function comity.keep_within() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if exists (select 1 from comity.person_identifications i
      where i.case_id = new.case_id and i.person_id = new.id and i.state = 'STANDING' and i.needs & old.needs & ~new.needs & 49152 <> 0) then
    raise exception 'This person was identified from within the compartment. Withdraw that identification first.' using errcode = 'CM409';
  end if;
  return new;
end $$;--> statement-breakpoint

grant execute on function comity.identify_person(uuid, uuid, uuid, text, text, text, text, text), comity.withdraw_identification(uuid, uuid, text) to comity_app;--> statement-breakpoint
grant execute on function comity.check_level(), comity.keep_level(), comity.check_charge_relation(), comity.keep_within() to comity_owner;--> statement-breakpoint
set role comity_owner;--> statement-breakpoint
create trigger charges_level before insert on comity.charges for each row when (current_user = 'comity_app' and new.level is not null) execute function comity.check_level();--> statement-breakpoint
create trigger charge_levels_written before insert on comity.charge_levels for each row when (current_user = 'comity_app') execute function comity.check_level();--> statement-breakpoint
create trigger charge_levels_kept after insert on comity.charge_levels for each row execute function comity.keep_level();--> statement-breakpoint
create trigger charge_relations_written before insert or update on comity.charge_relations for each row when (current_user = 'comity_app') execute function comity.check_charge_relation();--> statement-breakpoint
create trigger persons_kept_within before update of needs on comity.persons for each row when (old.needs & ~new.needs & 49152 <> 0) execute function comity.keep_within();--> statement-breakpoint
revoke execute on function comity.check_level(), comity.keep_level(), comity.check_charge_relation(), comity.keep_within() from comity_owner;
