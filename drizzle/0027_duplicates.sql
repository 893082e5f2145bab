-- Cases that may be about the same incident: marks that others are found by, what a person says of a pair, mergers and their undoing,
-- and whether another office has such a case. Locks case_reports, persons, walls, seals and unit_restrictions while their
-- triggers are made; then makes the marks of what stands already. Way back: undo the mergers that stand; drop the triggers named
-- *_marked, *_marked_anew and *_close_merged and the tables case_marks and case_verdicts; as comity_definer, drop the functions
-- below; revoke the grants.
CREATE TABLE "comity"."case_marks" (
	"case_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"value" text NOT NULL,
	"needs" integer NOT NULL,
	CONSTRAINT "case_marks_case_id_kind_value_needs_pk" PRIMARY KEY("case_id","kind","value","needs"),
	CONSTRAINT "case_marks_kind_check" CHECK ("comity"."case_marks"."kind" in ('REPORT_NUMBER', 'PLATE', 'SPOT', 'PLACE', 'BADGE', 'NAME')),
	CONSTRAINT "case_marks_needs_check" CHECK ("comity"."case_marks"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."case_marks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "comity"."case_verdicts" (
	"case_id" uuid NOT NULL,
	"other_id" uuid NOT NULL,
	"needs" integer NOT NULL,
	"verdict" text NOT NULL,
	"reason" text NOT NULL,
	"judged_by" uuid NOT NULL,
	"judged_for" uuid NOT NULL,
	"judged_at" timestamp(6) with time zone NOT NULL,
	"into_id" uuid,
	"before" jsonb,
	CONSTRAINT "case_verdicts_case_id_other_id_pk" PRIMARY KEY("case_id","other_id"),
	CONSTRAINT "case_verdicts_verdict_check" CHECK ("comity"."case_verdicts"."verdict" in ('LINK', 'DUPLICATE', 'NOT_RELATED')),
	CONSTRAINT "case_verdicts_merged" CHECK (("comity"."case_verdicts"."verdict" = 'DUPLICATE') = ("comity"."case_verdicts"."into_id" is not null) and ("comity"."case_verdicts"."into_id" is null) = ("comity"."case_verdicts"."before" is null)),
	CONSTRAINT "case_verdicts_needs_check" CHECK ("comity"."case_verdicts"."needs" > 0)
);
--> statement-breakpoint
ALTER TABLE "comity"."case_verdicts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "comity"."case_marks" ADD CONSTRAINT "case_marks_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "comity"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."case_verdicts" ADD CONSTRAINT "case_verdicts_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "comity"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."case_verdicts" ADD CONSTRAINT "case_verdicts_other_id_cases_id_fk" FOREIGN KEY ("other_id") REFERENCES "comity"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."case_verdicts" ADD CONSTRAINT "case_verdicts_judged_by_members_id_fk" FOREIGN KEY ("judged_by") REFERENCES "comity"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comity"."case_verdicts" ADD CONSTRAINT "case_verdicts_judged_for_jurisdictions_id_fk" FOREIGN KEY ("judged_for") REFERENCES "comity"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "case_marks_by_value" ON "comity"."case_marks" USING btree ("kind","value","case_id");--> statement-breakpoint
CREATE POLICY "case_marks_seen" ON "comity"."case_marks" AS PERMISSIVE FOR ALL TO "comity_app" USING (case_marks.needs <> 0 and (case_marks.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = case_marks.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = case_marks.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1) WITH CHECK (case_marks.needs <> 0 and (case_marks.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = case_marks.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = case_marks.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1);--> statement-breakpoint
CREATE POLICY "case_marks_definer" ON "comity"."case_marks" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "case_verdicts_seen" ON "comity"."case_verdicts" AS PERMISSIVE FOR ALL TO "comity_app" USING (case_verdicts.needs <> 0 and (case_verdicts.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = case_verdicts.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = case_verdicts.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((select 1 from comity.case_reports o where o.case_id = case_verdicts.other_id) = 1)) WITH CHECK (case_verdicts.needs <> 0 and (case_verdicts.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = case_verdicts.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = case_verdicts.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((select 1 from comity.case_reports o where o.case_id = case_verdicts.other_id) = 1));--> statement-breakpoint
CREATE POLICY "case_verdicts_definer" ON "comity"."case_verdicts" AS PERMISSIVE FOR ALL TO "comity_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
-- By hand:
alter table comity.case_marks force row level security;--> statement-breakpoint
alter table comity.case_verdicts force row level security;--> statement-breakpoint
-- Of a minor, and of what lies in a compartment, there is no mark: being found by it would be a reading of it.
alter table comity.case_marks add constraint never_sensitive check (needs & 53256 = 0);--> statement-breakpoint
alter table comity.case_verdicts add constraint never_sensitive check (needs & 53256 = 0);--> statement-breakpoint
grant select on comity.case_marks, comity.case_verdicts to comity_app;--> statement-breakpoint
grant select, insert, delete on comity.case_marks to comity_definer;--> statement-breakpoint
grant select, insert, update, delete on comity.case_verdicts to comity_definer;--> statement-breakpoint
grant update (case_id) on comity.case_referrals, comity.return_entries to comity_definer;--> statement-breakpoint
grant update (case_id, asked_in) on comity.return_items to comity_definer;--> statement-breakpoint
grant insert on comity.walls, comity.seals, comity.unit_restrictions to comity_definer;--> statement-breakpoint
set role comity_definer;--> statement-breakpoint

-- A number or a badge as it is compared: capital letters and digits, without zeros in front.
create function comity.normal_number(p_text text) returns text language sql immutable parallel safe
return ltrim(regexp_replace(upper(p_text), '[^A-Z0-9]', '', 'g'), '0');--> statement-breakpoint

-- A plate as it is compared: capital letters and digits, those that are taken for one another being one.
create function comity.normal_plate(p_text text) returns text language sql immutable parallel safe
return translate(regexp_replace(upper(p_text), '[^A-Z0-9]', '', 'g'), 'OQI', '001');--> statement-breakpoint

-- The words of a place that tell it from another: without kinds of streets, directions and small words.
create function comity.place_words(p_text text) returns text[] language sql immutable parallel safe
return array(
  select w.word from regexp_split_to_table(lower(p_text), '[^a-z0-9]+') with ordinality as w (word, place)
   where w.word <> '' and w.word not in ('st', 'street', 'ave', 'av', 'avenue', 'rd', 'road', 'blvd', 'boulevard', 'dr', 'drive', 'ln', 'lane', 'ct', 'court', 'pl', 'place', 'pkwy',
     'parkway', 'hwy', 'highway', 'n', 's', 'e', 'w', 'north', 'south', 'east', 'west', 'the', 'of', 'at', 'and', 'near', 'in', 'on', 'block', 'corner', 'intersection')
   group by w.word order by min(w.place));--> statement-breakpoint

-- The share of distinct words in common, of all that stand in either; null where one of them has none.
create function comity.likeness(p_one text[], p_other text[]) returns double precision language sql immutable parallel safe
return (select case when cardinality(p_one) > 0 and cardinality(p_other) > 0 then n.common / (cardinality(p_one) + cardinality(p_other) - n.common) end
  from (select count(*)::double precision as common from unnest(p_one) w where w = any (p_other)) n);--> statement-breakpoint

-- Metres between two points on the globe; null where one is not known.
create function comity.metres(p_latitude double precision, p_longitude double precision, p_to_latitude double precision, p_to_longitude double precision) returns double precision
language sql immutable strict parallel safe
return 2 * 6371008.8 * asin(sqrt(least(1, sin(radians(p_to_latitude - p_latitude) / 2) ^ 2
  + cos(radians(p_latitude)) * cos(radians(p_to_latitude)) * sin(radians(p_to_longitude - p_longitude) / 2) ^ 2)));--> statement-breakpoint

-- A square of a fiftieth of a degree on one day: at no place where anybody lives narrower than 500 metres.
create function comity.spot(p_latitude double precision, p_longitude double precision, p_day integer, p_up integer, p_aside integer) returns text
language sql immutable parallel safe
return format('%s %s %s', floor(p_latitude * 50)::integer + p_up, floor(p_longitude * 50)::integer + p_aside, p_day);--> statement-breakpoint

-- Makes the marks of the reports of these cases, where there are some already anew: number, square and day, the first words of the place.
create function comity.mark_reports_of(p_cases uuid[], p_anew boolean) returns void
language plpgsql set search_path = comity, pg_catalog as $$
begin
  if p_anew then
    delete from comity.case_marks m where m.case_id = any (p_cases) and m.kind in ('REPORT_NUMBER', 'SPOT', 'PLACE');
  end if;
  insert into comity.case_marks (case_id, kind, value, needs)
  select r.case_id, m.kind, m.value, r.needs
    from comity.case_reports r join comity.cases c on c.id = r.case_id
   cross join lateral (select c.incident_on - date '2000-01-01' as day) d
   cross join lateral (
     select 'REPORT_NUMBER' as kind, c.agency_id || ' ' || comity.normal_number(r.report_number) as value where comity.normal_number(r.report_number) <> ''
     union all
     select 'SPOT', comity.spot(r.latitude, r.longitude, d.day, 0, 0) where r.latitude is not null and r.longitude is not null
     union all
     select 'PLACE', c.county_fips || ' ' || d.day || ' ' || w from unnest((comity.place_words(r.place))[1:2]) w) m
   where r.case_id = any (p_cases) on conflict do nothing;
end $$;--> statement-breakpoint

-- Makes the marks of the persons of these cases, where there are some already anew: plate, badge, and a name of at least two words.
create function comity.mark_persons_of(p_cases uuid[], p_anew boolean) returns void
language plpgsql set search_path = comity, pg_catalog as $$
begin
  if p_anew then
    delete from comity.case_marks m where m.case_id = any (p_cases) and m.kind in ('PLATE', 'BADGE', 'NAME');
  end if;
  insert into comity.case_marks (case_id, kind, value, needs)
  select p.case_id, m.kind, m.value, p.needs
    from comity.persons p
   cross join lateral (
     select 'PLATE' as kind, comity.normal_plate(p.plate) as value where length(comity.normal_plate(p.plate)) >= 4
     union all
     select 'BADGE', comity.normal_number(p.badge) where length(comity.normal_number(p.badge)) >= 2
     union all
     select 'NAME', array_to_string(n.words, ' ') from comity.normal_name(p.name) n (words) where cardinality(n.words) >= 2) m
   where p.case_id = any (p_cases) and p.needs & 53256 = 0 on conflict do nothing;
end $$;--> statement-breakpoint

create function comity.mark_reports() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  perform comity.mark_reports_of(array(select c.case_id from changed c), tg_op = 'UPDATE');
  return null;
end $$;--> statement-breakpoint

create function comity.mark_persons() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  perform comity.mark_persons_of(array(select distinct c.case_id from changed c), tg_op = 'UPDATE');
  return null;
end $$;--> statement-breakpoint

-- The cases that may be about the same incident as one, by what the caller reads of both: it runs under the caller's own
-- policies. Found by marks alone, at most a hundred a mark, the newest; then compared by the matchers that the caller gives.
create function comity.duplicate_candidates(p_case uuid, p_matchers jsonb, p_least integer)
  returns table (case_id uuid, needs integer, score integer, rank text, matched_by text[], reasons text[])
language plpgsql stable set search_path = comity, pg_catalog as $$
#variable_conflict use_column
begin
  return query
  with me as materialized (
    select c.incident_on, c.incident_on - date '2000-01-01' as day, c.county_fips, r.latitude, r.longitude, r.occurred_at, comity.place_words(r.place) as words
      from comity.cases c left join comity.case_reports r on r.case_id = c.id where c.id = p_case and c.stage <> 'MERGED'
  ), sought as materialized (
    select m.kind, m.value from comity.case_marks m where m.case_id = p_case and m.kind in ('REPORT_NUMBER', 'PLATE', 'BADGE', 'NAME')
    union all
    select 'SPOT', comity.spot(me.latitude, me.longitude, me.day + d, up, aside)
      from me, generate_series(-1, 1) d, generate_series(-1, 1) up, generate_series(-1, 1) aside where me.latitude is not null and me.longitude is not null
    union all
    select 'PLACE', me.county_fips || ' ' || (me.day + d) || ' ' || w from me, generate_series(-1, 1) d, unnest(me.words[1:2]) w
  ), found as materialized (
    select f.other, array_agg(distinct s.kind) as marks
      from sought s cross join lateral (
        select m.case_id as other from comity.case_marks m
         where m.kind = s.kind and m.value = s.value and m.case_id <> p_case order by m.case_id desc limit 100) f
     group by f.other
  ), compared as materialized (
    select o.id, f.marks, abs(o.incident_on - me.incident_on) as days, p.metres, p.hours,
        case when p.metres is null then comity.likeness(me.words, p.words) end as likeness
      from found f cross join me
     cross join lateral (select c.id, c.incident_on from comity.cases c where c.id = f.other and c.stage <> 'MERGED' offset 0) o
      left join lateral (
        select comity.metres(me.latitude, me.longitude, r.latitude, r.longitude) as metres, comity.place_words(r.place) as words,
            abs(extract(epoch from r.occurred_at - me.occurred_at)) / 3600 as hours
          from comity.case_reports r where r.case_id = f.other offset 0) p on true
     where not exists (select 1 from comity.case_verdicts v where v.case_id = p_case and v.other_id = f.other)
  ), described as materialized (
    select c.id, (
        select max(comity.likeness(a.words, b.words))
          from (select p.part, array(select distinct w from regexp_split_to_table(lower(concat_ws(' ', p.descriptors, p.markings)), '[^[:alnum:]]+') w where length(w) > 2) as words
                  from comity.persons p where p.case_id = p_case and p.needs & 53256 = 0) a
          join (select p.part, array(select distinct w from regexp_split_to_table(lower(concat_ws(' ', p.descriptors, p.markings)), '[^[:alnum:]]+') w where length(w) > 2) as words
                  from comity.persons p where p.case_id = c.id and p.needs & 53256 = 0) b on b.part = a.part
         where cardinality(array(select unnest(a.words) intersect select unnest(b.words))) >= 3) as description
      from compared c where c.days <= 1
  ), matched as (
    select distinct on (c.id, coalesce(m.value ->> 'group', m.key)) c.id, m.key as kind, (m.value ->> 'weight')::integer as weight,
        replace(replace(m.value ->> 'says', '{distance}', coalesce((10 * round(c.metres / 10))::text || ' m', '')), '{apart}',
          case when c.hours is null then 'on the same day' when c.hours < 1 then round(c.hours * 60)::text || ' min apart' else round(c.hours)::text || ' h apart' end) as says
      from compared c
      left join described d on d.id = c.id
      join lateral jsonb_each(p_matchers) m on (m.value ->> 'mark' is null or m.value ->> 'mark' = any (c.marks))
       and (m.value ->> 'metres' is null or c.metres <= (m.value ->> 'metres')::double precision)
       and (m.value ->> 'hours' is null or coalesce(c.hours, case when c.days = 0 then 0 end) <= (m.value ->> 'hours')::double precision)
       and (m.value ->> 'days' is null or c.days <= (m.value ->> 'days')::integer)
       and (m.value ->> 'likeness' is null or c.likeness >= (m.value ->> 'likeness')::double precision)
       and (m.value ->> 'description' is null or d.description >= (m.value ->> 'description')::double precision)
     order by c.id, coalesce(m.value ->> 'group', m.key), (m.value ->> 'weight')::integer desc, m.key
  )
  select m.id, 6, sum(m.weight)::integer, lpad(sum(m.weight)::text, 5, '0'), array_agg(m.kind order by m.weight desc, m.kind), array_agg(m.says order by m.weight desc, m.kind)
    from matched m group by m.id having sum(m.weight) >= p_least;
end $$;--> statement-breakpoint

-- The office that a case is with: its lead or, while there is none, that of its county.
create function comity.office_with(p_case comity.cases) returns uuid language sql stable set search_path = comity, pg_catalog
return coalesce(p_case.lead_id, p_case.jurisdiction_id);--> statement-breakpoint

-- Whether a case may make a hit with an office at all, by a fact that needs this: not one that is sealed, kept to a unit or has had
-- anything in a compartment, that is walled off the office or anybody of it, or whose fact the law keeps from it; while nobody
-- leads it, by nothing that its own office does not read.
create function comity.meets(p_case uuid, p_office uuid, p_needs integer) returns boolean
language sql stable security definer set search_path = comity, pg_catalog
return exists (select 1 from comity.cases c where c.id = p_case and (c.lead_id is not null or p_needs & ~3 = 0))
  and not exists (select 1 from comity.walls w where w.case_id = p_case and w.lifted_at is null
    and (w.subject_id = p_office or exists (select 1 from comity.units u where u.id = w.subject_id and u.jurisdiction_id = p_office)
      or exists (select 1 from comity.members m where m.id = w.subject_id and m.office_id = p_office)))
  and not exists (select 1 from comity.unit_restrictions u where u.case_id = p_case and u.lifted_at is null)
  and not exists (select 1 from comity.trail_heads h where h.case_id = p_case and h.chain <> 'CASE')
  and not exists (select 1 from comity.closings k where k.case_id = p_case and statement_timestamp() < k.until
    and (k.cause = 'SEAL' or (k.subject is null or k.subject = p_office or exists (select 1 from comity.members m where m.id = k.subject and m.office_id = p_office))
      and k.facets & (p_needs | 1) <> 0 and p_office <> all (k.unless)));--> statement-breakpoint

-- Offices that have a case about the same incident which the caller does not see, each once. The same from both sides. What
-- makes a hit is a report number of the same agency, or a plate within 24 hours; each hit bears the mark of its case
-- for the log of access, under a key that no document asks for.
create function comity.same_incident_hits(p_case uuid) returns jsonb
language plpgsql stable security definer set search_path = comity, pg_catalog as $$
declare
  office uuid := nullif(current_setting('comity.office', true), '')::uuid;
  mine comity.cases;
begin
  if not comity.sees(p_case, 1) then
    raise exception 'There is no such thing here.' using errcode = 'CM404';
  end if;
  select * into strict mine from comity.cases where id = p_case;
  if comity.office_with(mine) is distinct from office or not comity.holds_role('{INTAKE,ATTORNEY,INVESTIGATOR,SUPERVISOR,ELECTED}') then
    raise exception 'Your office does not lead this case.' using errcode = 'CM403';
  end if;
  return (
    with hit as materialized (
      select o.id, o.office_id, m.kind, m.needs
        from comity.case_marks m
        join comity.jurisdictions own on own.id = office and own.standing = 'MEMBER'
        left join comity.case_reports r on r.case_id = p_case
       cross join lateral (
         select c.id, comity.office_with(c) as office_id
           from comity.case_marks k join comity.cases c on c.id = k.case_id left join comity.case_reports t on t.case_id = c.id
          where k.kind = m.kind and k.value = m.value and k.case_id <> p_case and c.stage <> 'MERGED' and comity.office_with(c) <> office
            and (m.kind = 'REPORT_NUMBER' or case when r.occurred_at is null or t.occurred_at is null then abs(c.incident_on - mine.incident_on) <= 1
              else abs(extract(epoch from t.occurred_at - r.occurred_at)) <= 86400 end)
            and not comity.sees(c.id, 1) and comity.meets(c.id, office, k.needs) and comity.meets(p_case, comity.office_with(c), m.needs)
          limit 100) o
       where m.case_id = p_case and mine.stage <> 'MERGED' and m.kind in ('REPORT_NUMBER', 'PLATE') and comity.sees(p_case, m.needs)
    ), by_office as (
      select j.id, j.name, array_agg(distinct h.kind order by h.kind) as kinds, array_agg(distinct h.id::text || h.id::text || h.needs || ':' || h.needs) as marks
        from hit h join comity.jurisdictions j on j.id = h.office_id and j.standing = 'MEMBER' group by j.id, j.name
    )
    select coalesce(jsonb_agg(jsonb_build_object('officeId', b.id, 'officeName', b.name, 'matchedBy', b.kinds,
        'contactRole', (select m.role from comity.members m where m.office_id = b.id and m.active and m.kind = 'PERSON' and m.role in ('INTAKE', 'SUPERVISOR', 'ELECTED')
          order by array_position(array['INTAKE', 'SUPERVISOR', 'ELECTED'], m.role) limit 1),
        'marks', (select jsonb_agg(jsonb_build_object('#', '#' || k)) from unnest(b.marks) k)) order by b.name, b.id), '[]')
      from by_office b);
end $$;--> statement-breakpoint

-- Whether the caller judges of a case: a person of its lead or, while there is none, of a venue candidate, in a role that does.
create function comity.judges(p_case uuid) returns boolean language sql stable set search_path = comity, pg_catalog
return exists (
  select 1 from comity.members m join comity.cases c on c.id = p_case
   where m.id = comity.member() and m.active and m.kind = 'PERSON' and m.office_id is not null
     and (c.lead_id = m.office_id and m.role in ('INTAKE', 'ATTORNEY', 'SUPERVISOR', 'ELECTED')
       or c.lead_id is null and m.role in ('INTAKE', 'SUPERVISOR', 'ELECTED') and exists (select 1 from comity.venues v where v.case_id = c.id and v.jurisdiction_id = m.office_id)));--> statement-breakpoint

-- Whether two cases are closed to the same people and shared with the same, with nothing under way that would change it.
create function comity.open_alike(p_one uuid, p_other uuid) returns boolean language sql stable set search_path = comity, pg_catalog
return (
  select count(distinct w.terms) < 2 from (
    select array(select row(k.subject, k.facets, k.unless, k.until, k.cause)::text from comity.wanted_closings k
        where k.case_id = c and (k.cause <> 'LAW' or k.facets & 3 <> 0) order by 1)
      || array(select 'unit ' || u.unit_id from comity.unit_restrictions u where u.case_id = c and u.lifted_at is null)
      || array(select row(r.jurisdiction_id, r.role, r.facets, r.until)::text from comity.responsibilities r where r.case_id = c and r.state = 'ACCEPTED' and statement_timestamp() < r.until order by 1) as terms
      from unnest(array[p_one, p_other]) c) w)
  and not exists (select 1 from comity.trail_heads h where h.case_id in (p_one, p_other) and h.chain <> 'CASE')
  and not exists (select 1 from comity.responsibilities r where r.case_id in (p_one, p_other) and r.state = 'INVITED' and statement_timestamp() < r.until)
  and not exists (select 1 from comity.transfers t where t.case_id in (p_one, p_other) and t.state = 'PROPOSED')
  and not exists (select 1 from comity.glass_uses g where g.case_id in (p_one, p_other) and statement_timestamp() < g.until);--> statement-breakpoint

-- An item that is still asked for.
create function comity.asked_of(p_case uuid) returns boolean language sql stable set search_path = comity, pg_catalog
return exists (select 1 from comity.return_items i where i.case_id = p_case and i.state in ('REQUESTED', 'DISPUTED', 'OVERRULED'));--> statement-breakpoint

-- Brings the referrals of a case, with all that was asked and said about them, to another one, which awaits their agencies from
-- now on where something is open.
create function comity.move_referrals(p_from uuid, p_to uuid, p_referrals uuid[]) returns void
language plpgsql set search_path = comity, pg_catalog as $$
begin
  update comity.case_referrals l set case_id = p_to where l.case_id = p_from and l.referral_id = any (p_referrals);
  update comity.return_items i set case_id = p_to where i.case_id = p_from and i.referral_id = any (p_referrals);
  update comity.return_entries e set case_id = p_to where e.case_id = p_from and e.referral_id = any (p_referrals);
end $$;--> statement-breakpoint

-- Merges a case into an earlier one; answers what stood before.
create function comity.merge_case(p_late comity.cases, p_early comity.cases) returns jsonb
language plpgsql set search_path = comity, pg_catalog as $$
declare
  moved uuid[] := array(select l.referral_id from comity.case_referrals l where l.case_id = p_late.id order by 1);
  kept jsonb;
begin
  if p_late.lead_id is distinct from p_early.lead_id then
    raise exception 'The two cases are not led by the same office, so they stay two. Link them instead.' using errcode = 'CM409';
  elsif p_late.lead_id is null and (p_late.jurisdiction_id is null or p_late.jurisdiction_id is distinct from p_early.jurisdiction_id
      or array(select v.jurisdiction_id from comity.venues v where v.case_id = p_late.id order by 1) <> array(select v.jurisdiction_id from comity.venues v where v.case_id = p_early.id order by 1)) then
    raise exception 'The two cases do not lie before the same offices. Claim both, or link them instead.' using errcode = 'CM409';
  elsif p_late.stage not in ('UNCLAIMED', 'CLAIMED', 'UNDER_REVIEW', 'AWAITING_AGENCY', 'AWAITING_EXTERNAL', 'REOPENED')
      or p_early.stage not in ('UNCLAIMED', 'CLAIMED', 'UNDER_REVIEW', 'AWAITING_AGENCY', 'AWAITING_EXTERNAL', 'REOPENED', 'DECIDED', 'IN_COURT') then
    raise exception 'One of the two cases is past the stage in which they could be one. Link them instead.' using errcode = 'CM409';
  elsif not comity.open_alike(p_late.id, p_early.id) then
    -- The same words for all that may stand in the way: the caller need not know of it.
    raise exception 'The two cases are not open and closed to the same people, or something waits on one of them, so they stay two. Link them instead.' using errcode = 'CM409';
  end if;
  kept := jsonb_build_object('stage', p_late.stage, 'stageOfOther', p_early.stage, 'referralIds', to_jsonb(moved),
    'askedIn', coalesce((select jsonb_object_agg(i.id, i.asked_in) from comity.return_items i where i.case_id = p_late.id), '{}'));
  update comity.return_items i set asked_in = coalesce((select k.asked_in from comity.return_items k where k.case_id = p_early.id order by k.asked_at desc limit 1), 'CLAIMED')
   where i.case_id = p_late.id and p_early.stage = 'AWAITING_AGENCY';
  update comity.return_items i set asked_in = p_early.stage where i.case_id = p_late.id and p_early.stage in ('CLAIMED', 'UNDER_REVIEW');
  perform comity.move_referrals(p_late.id, p_early.id, moved);
  update comity.cases c set stage = 'MERGED' where c.id = p_late.id;
  update comity.cases c set stage = 'AWAITING_AGENCY' where c.id = p_early.id and c.stage in ('CLAIMED', 'UNDER_REVIEW') and comity.asked_of(p_early.id);
  return kept;
end $$;--> statement-breakpoint

-- What an act on two cases writes into the trail of each, and their versions. Neither trail names the other case: who reads one
-- need not see the other. Who sees both finds the pair by its digest. For the office that acts alone.
create function comity.record_pair(p_case uuid, p_other uuid, p_act text, p_verdict text, p_all boolean) returns void
language plpgsql set search_path = comity, pg_catalog as $$
declare
  body jsonb := jsonb_build_object('verdict', p_verdict, 'pair', encode(sha256(convert_to(least(p_case, p_other) || ' ' || greatest(p_case, p_other), 'UTF8')), 'hex'));
  touched uuid;
begin
  foreach touched in array array[least(p_case, p_other), greatest(p_case, p_other)] loop
    update comity.cases c set version = c.version + 1 where c.id = touched and (p_all or touched = p_case);
    perform comity.append_event(touched, 'CASE', p_act, 'DONE', 640, body);
    if p_verdict = 'DUPLICATE' then
      perform comity.compute_sight(touched);
    end if;
  end loop;
end $$;--> statement-breakpoint

-- What the caller must be and see to judge of two cases, which are held from here on.
create function comity.enter_pair(p_case uuid, p_other uuid, p_both boolean) returns void
language plpgsql set search_path = comity, pg_catalog as $$
begin
  perform 1 from comity.cases c where c.id in (p_case, p_other) order by c.id for no key update;
  if p_case = p_other then
    raise exception 'otherId: A case is no duplicate of itself.' using errcode = 'CM400';
  elsif not comity.sees(p_case, 1) or not comity.sees(p_other, 1) then
    raise exception 'There is no such thing here.' using errcode = 'CM404';
  elsif not comity.judges(p_case) or p_both and not comity.judges(p_other) then
    raise exception 'Your seat does not permit this act.' using errcode = 'CM403';
  elsif not comity.sees(p_case, 2) or not comity.sees(p_other, 2) then
    raise exception 'Who judges of two cases reads the reports of both.' using errcode = 'CM403';
  end if;
end $$;--> statement-breakpoint

-- Keeps what a person says of two cases, and merges them where they are one.
create function comity.judge_duplicate(p_case uuid, p_other uuid, p_verdict text, p_reason text) returns void
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  one comity.cases;
  two comity.cases;
  known text;
  into_case uuid;
  kept jsonb;
begin
  if (p_verdict in ('LINK', 'DUPLICATE', 'NOT_RELATED')) is not true or length(p_reason) not between 1 and 2000 then
    raise exception 'verdict: This is not judged so.' using errcode = 'CM400';
  end if;
  perform comity.enter_pair(p_case, p_other, p_verdict = 'DUPLICATE');
  select * into strict one from comity.cases where id = p_case;
  select * into strict two from comity.cases where id = p_other;
  select v.verdict into known from comity.case_verdicts v where v.case_id = p_case and v.other_id = p_other;
  if known = 'DUPLICATE' then
    raise exception 'One of the two is merged into the other. Undo that first.' using errcode = 'CM409';
  elsif known = p_verdict then
    raise exception 'The two cases were judged so already.' using errcode = 'CM409';
  elsif one.stage = 'MERGED' or two.stage = 'MERGED' then
    raise exception 'One of the two is merged into another case. Judge of that one.' using errcode = 'CM409';
  end if;
  if p_verdict = 'DUPLICATE' then
    if (one.received_at, one.id) > (two.received_at, two.id) then
      into_case := two.id;
      kept := comity.merge_case(one, two);
    else
      into_case := one.id;
      kept := comity.merge_case(two, one);
    end if;
  end if;
  insert into comity.case_verdicts (case_id, other_id, needs, verdict, reason, judged_by, judged_for, judged_at, into_id, before)
  select p.case_id, p.other_id, 2, p_verdict, p_reason, comity.member(), nullif(current_setting('comity.office', true), '')::uuid, statement_timestamp(), into_case, kept
    from (values (p_case, p_other), (p_other, p_case)) p (case_id, other_id)
      on conflict (case_id, other_id) do update set verdict = excluded.verdict, reason = excluded.reason, judged_by = excluded.judged_by,
        judged_for = excluded.judged_for, judged_at = excluded.judged_at, into_id = excluded.into_id, before = excluded.before;
  perform comity.record_pair(p_case, p_other, 'DUPLICATE_JUDGED', p_verdict, one.lead_id is not distinct from two.lead_id);
end $$;--> statement-breakpoint

-- Takes a merger back. What was asked and answered since goes with its referral; each case stands where it did, or where that leads.
create function comity.undo_duplicate(p_case uuid, p_other uuid) returns void
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  v comity.case_verdicts;
  merged comity.cases;
  stays comity.cases;
  before_it text;
begin
  perform comity.enter_pair(p_case, p_other, true);
  select * into v from comity.case_verdicts k where k.case_id = p_case and k.other_id = p_other;
  select * into stays from comity.cases c where c.id = v.into_id;
  select * into merged from comity.cases c where c.id in (p_case, p_other) and c.id <> v.into_id;
  if v.verdict is distinct from 'DUPLICATE' or merged.stage is distinct from 'MERGED' then
    raise exception 'Neither of the two cases is merged into the other.' using errcode = 'CM409';
  elsif stays.stage = 'MERGED' then
    raise exception 'The case that stayed was merged into another one since. Undo that first.' using errcode = 'CM409';
  end if;
  perform comity.move_referrals(stays.id, merged.id, array(select jsonb_array_elements_text(v.before -> 'referralIds')::uuid));
  update comity.return_items i set asked_in = v.before -> 'askedIn' ->> i.id::text where i.case_id = merged.id and v.before -> 'askedIn' ? i.id::text;
  before_it := v.before ->> 'stage';
  update comity.cases c set stage = case
      when not exists (select 1 from comity.case_referrals l where l.case_id = merged.id and l.state not in ('REFUSED', 'WITHDRAWN')) then 'CLOSED'
      when before_it = 'AWAITING_AGENCY' and not comity.asked_of(merged.id) then
        case (select i.asked_in from comity.return_items i where i.case_id = merged.id order by i.asked_at desc limit 1) when 'UNDER_REVIEW' then 'UNDER_REVIEW' else 'CLAIMED' end
      when before_it in ('CLAIMED', 'UNDER_REVIEW') and comity.asked_of(merged.id) then 'AWAITING_AGENCY'
      else before_it end
   where c.id = merged.id;
  update comity.cases c set stage = case v.before ->> 'stageOfOther' when 'UNDER_REVIEW' then 'UNDER_REVIEW' else 'CLAIMED' end
   where c.id = stays.id and c.stage = 'AWAITING_AGENCY' and not comity.asked_of(stays.id);
  delete from comity.case_verdicts k where (k.case_id, k.other_id) in ((p_case, p_other), (p_other, p_case));
  perform comity.record_pair(p_case, p_other, 'DUPLICATE_UNDONE', 'DUPLICATE', true);
end $$;--> statement-breakpoint

-- What closes a case from now on closes what was merged into it too: it is the same incident. Each is lifted where it stands.
create function comity.close_merged() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  merged uuid;
begin
  for merged in select v.other_id from comity.case_verdicts v where v.case_id = new.case_id and v.into_id = new.case_id order by 1 loop
    if tg_table_name = 'walls' then
      insert into comity.walls (case_id, id, needs, subject_kind, subject_id, ground, note, may_lift, imposed_by, imposed_at)
      values (merged, gen_random_uuid(), new.needs, new.subject_kind, new.subject_id, new.ground, new.note, new.may_lift, new.imposed_by, new.imposed_at) on conflict do nothing;
    elsif tg_table_name = 'seals' then
      insert into comity.seals (case_id, id, needs, facets, audience, "order", until, sealed_by, sealed_at)
      values (merged, gen_random_uuid(), new.needs, new.facets, new.audience, new."order", new.until, new.sealed_by, new.sealed_at);
    else
      insert into comity.unit_restrictions (case_id, id, needs, unit_id, reason, restricted_by, restricted_at)
      values (merged, gen_random_uuid(), new.needs, new.unit_id, new.reason, new.restricted_by, new.restricted_at) on conflict do nothing;
    end if;
    perform comity.compute_sight(merged);
  end loop;
  return null;
end $$;--> statement-breakpoint

select comity.mark_reports_of(array(select r.case_id from comity.case_reports r), false);--> statement-breakpoint
select comity.mark_persons_of(array(select distinct p.case_id from comity.persons p), false);--> statement-breakpoint

grant execute on function comity.place_words(text), comity.likeness(text[], text[]),
  comity.metres(double precision, double precision, double precision, double precision), comity.spot(double precision, double precision, integer, integer, integer),
  comity.duplicate_candidates(uuid, jsonb, integer), comity.same_incident_hits(uuid), comity.judge_duplicate(uuid, uuid, text, text), comity.undo_duplicate(uuid, uuid) to comity_app;--> statement-breakpoint
grant execute on function comity.mark_reports(), comity.mark_persons(), comity.close_merged() to comity_owner;--> statement-breakpoint
set role comity_owner;--> statement-breakpoint
create trigger case_reports_marked after insert on comity.case_reports referencing new table as changed for each statement execute function comity.mark_reports();--> statement-breakpoint
create trigger case_reports_marked_anew after update on comity.case_reports referencing new table as changed for each statement execute function comity.mark_reports();--> statement-breakpoint
create trigger persons_marked after insert on comity.persons referencing new table as changed for each statement execute function comity.mark_persons();--> statement-breakpoint
create trigger persons_marked_anew after update on comity.persons referencing new table as changed for each statement execute function comity.mark_persons();--> statement-breakpoint
create trigger walls_close_merged after insert on comity.walls for each row execute function comity.close_merged();--> statement-breakpoint
create trigger seals_close_merged after insert on comity.seals for each row execute function comity.close_merged();--> statement-breakpoint
create trigger unit_restrictions_close_merged after insert on comity.unit_restrictions for each row execute function comity.close_merged();--> statement-breakpoint
revoke execute on function comity.mark_reports(), comity.mark_persons(), comity.close_merged() from comity_owner;
