-- Who sees what, from all the rules: one view says what sight must hold, one what must be closed, and comity.compute_sight
-- makes it so. Fills sight and closings anew (readers go on with what was before until it commits). Way back: as comity_definer, drop the views
-- wanted_sight, shares and wanted_closings and the functions below, and create compute_sight, hand_over and tell_agency as before.
do $$
declare guarded regclass;
begin
  for guarded in select c.oid::regclass from pg_class c where c.relnamespace = 'comity'::regnamespace and c.relrowsecurity and not c.relforcerowsecurity loop
    execute format('alter table %s force row level security', guarded);
  end loop;
end $$;--> statement-breakpoint
update comity.role_ceilings set facets = new.facets
  from (values ('INTAKE', 16039), ('ATTORNEY', 16119), ('SUPERVISOR', 16119), ('ELECTED', 16119), ('INVESTIGATOR', 16119), ('ADVOCATE', 15967),
    ('CONFLICTS', 16119), ('DISCLOSURE', 16119), ('RECORDS', 8835)) as new (role, facets)
 where body = 'OFFICE' and role_ceilings.role = new.role;--> statement-breakpoint

grant select on comity.case_tags, comity.responsibilities, comity.transfers, comity.authorisations, comity.walls, comity.conflict_declarations,
  comity.seals, comity.unit_restrictions, comity.glass_uses, comity.units, comity.unit_members, comity.rule_books, comity.sharing_rules,
  comity.act_limits, comity.agency_rules, comity.statistics_rules, comity.rule_book_tests to comity_app, comity_definer;--> statement-breakpoint
grant insert, delete on comity.case_tags to comity_app;--> statement-breakpoint
grant insert, update (state, answered_by, answered_at) on comity.responsibilities, comity.transfers to comity_app;--> statement-breakpoint
grant insert, update (revoked_by, revoked_at) on comity.authorisations to comity_app;--> statement-breakpoint
grant insert, update (lifted_by, lifted_at, lifted_because) on comity.walls to comity_app;--> statement-breakpoint
grant insert, update (withdrawn_by, withdrawn_at) on comity.conflict_declarations to comity_app;--> statement-breakpoint
grant insert, update (unsealing_proposed_by, unsealing_proposed_at, unsealed_by, unsealed_at, unsealed_because) on comity.seals to comity_app;--> statement-breakpoint
grant insert, update (lifted_by, lifted_at) on comity.unit_restrictions to comity_app;--> statement-breakpoint
grant insert, update (until, reviewed_by, reviewed_at, finding, remark) on comity.glass_uses to comity_app;--> statement-breakpoint
grant insert, update (name) on comity.units to comity_app;--> statement-breakpoint
grant insert, update (until, removed_by) on comity.unit_members to comity_app;--> statement-breakpoint
grant insert, update (state, title, revision, proposed_by, proposed_at, ended_at) on comity.rule_books to comity_app;--> statement-breakpoint
grant insert, delete on comity.sharing_rules, comity.act_limits, comity.agency_rules, comity.statistics_rules, comity.rule_book_tests to comity_app;--> statement-breakpoint
grant insert, update, delete on comity.closings to comity_definer;--> statement-breakpoint
grant select on comity.person_contacts, comity.recordings to comity_definer;--> statement-breakpoint
grant insert, update on comity.rule_books to comity_definer;--> statement-breakpoint
grant insert on comity.sharing_rules, comity.act_limits, comity.agency_rules, comity.statistics_rules to comity_definer;--> statement-breakpoint
grant insert, update (until, version) on comity.assignments to comity_definer;--> statement-breakpoint
grant insert on comity.walls to comity_definer;--> statement-breakpoint
grant update (state, answered_by, answered_at) on comity.responsibilities, comity.transfers to comity_definer;--> statement-breakpoint
grant update (lifted_by, lifted_at) on comity.unit_restrictions to comity_definer;--> statement-breakpoint
grant update (until) on comity.glass_uses to comity_definer;--> statement-breakpoint

set role comity_definer;--> statement-breakpoint
update comity.annotations set placed_needs = needs where placed_needs = 0;--> statement-breakpoint

-- The bit of a facet by its name, as in facets.ts.
create function comity.facet_bit(p_facet text) returns integer language sql immutable parallel safe
return case p_facet when 'SUMMARY' then 1 when 'REPORT' then 2 when 'PERSONS' then 4 when 'VICTIM_CONTACT' then 8 when 'CHARGES' then 16 when 'EVIDENCE' then 32
  when 'PROCEEDINGS' then 64 when 'HISTORY' then 128 when 'TEAM' then 256 when 'OFFICE' then 512 when 'JOINT' then 1024 when 'COALITION' then 2048
  when 'PROTECTED' then 4096 when 'OWN' then 8192 when 'GRAND_JURY' then 16384 when 'COMPELLED' then 32768 end;--> statement-breakpoint

-- The names of the facets in a set of bits, lowest bit first.
create function comity.facet_names(p_facets integer) returns text[] language sql immutable parallel safe set search_path = comity, pg_catalog
return array(select name from unnest(array['SUMMARY', 'REPORT', 'PERSONS', 'VICTIM_CONTACT', 'CHARGES', 'EVIDENCE', 'PROCEEDINGS', 'HISTORY', 'TEAM', 'OFFICE', 'JOINT',
  'COALITION', 'PROTECTED', 'OWN', 'GRAND_JURY', 'COMPELLED']) with ordinality as f (name, place) where p_facets & (1 << (place - 1)::integer) <> 0 order by place);--> statement-breakpoint
grant execute on function comity.facet_names(integer) to comity_app;--> statement-breakpoint

-- A case's level: the highest of its live charges, else as alleged. An offence that may be either counts after a felony; what
-- stands in a compartment is left out, for a rule that met it would tell of it.
create function comity.level_of(p_case uuid) returns text language sql stable security definer set search_path = comity, pg_catalog
return coalesce(
  (select v.level from comity.charges ch join comity.statute_versions v on v.id = ch.statute_version_id
    where ch.case_id = p_case and ch.state <> 'WITHDRAWN' and ch.needs & 49152 = 0
    order by array_position(array['FELONY', 'EITHER', 'GROSS_MISDEMEANOR', 'MISDEMEANOR'], v.level) limit 1),
  (select r.alleged_level from comity.case_reports r where r.case_id = p_case));--> statement-breakpoint

-- What each book, in force or not, opens of the cases that its office leads.
create view comity.shares as
select b.id as book_id, b.state as book_state, b.jurisdiction_id, c.id as case_id, c.received_at, r.position, r.audience_id as viewer,
    -- Notes to the coalition are open to it as soon as any rule opens SUMMARY to it. The coalition includes the office itself:
    -- of what it keeps to a unit, the coalition has SUMMARY alone, as the rest of the office does.
    case when r.audience_id <> '00000000-0000-8000-8000-00000000c0a1' then r.facets
      when exists (select 1 from comity.unit_restrictions u where u.case_id = c.id and u.lifted_at is null) then 1 else r.facets | 2048 end as facets, r.until
  from comity.rule_books b
  join comity.cases c on c.lead_id = b.jurisdiction_id
  cross join lateral (select comity.level_of(c.id) as level, array(select t.tag from comity.case_tags t where t.case_id = c.id) as tags offset 0) l
  join comity.sharing_rules r on r.book_id = b.id
 where (r.stages = '{}' or c.stage = any (r.stages)) and (r.levels = '{}' or l.level = any (r.levels)) and (r.tags = '{}' or r.tags && l.tags)
   and statement_timestamp() < r.until;--> statement-breakpoint

-- What sight must hold, from seats, venue, teams, rule books and what stands on the case itself.
create view comity.wanted_sight as
-- The lead: all but notes to a team, what former leads kept, and compartments; where the case is kept to a unit, SUMMARY alone.
select c.id as case_id, c.lead_id, c.received_at, c.lead_id as viewer, 'SEAT' as cause, c.lead_id as ref,
    case when exists (select 1 from comity.unit_restrictions u where u.case_id = c.id and u.lifted_at is null) then 1 else 7935 end as facets,
    'infinity'::timestamptz as until
  from comity.cases c where c.lead_id is not null
union all
select c.id, c.lead_id, c.received_at, u.unit_id, 'SEAT', u.unit_id, 7935, 'infinity'
  from comity.unit_restrictions u join comity.cases c on c.id = u.case_id where u.lifted_at is null and c.lead_id is not null
union all
-- Nobody holds the county: the administrators see its SUMMARY, to route it.
select c.id, c.lead_id, c.received_at, '00000000-0000-8000-8000-00000000ad31', 'SEAT', '00000000-0000-8000-8000-00000000ad31', 1, 'infinity'
  from comity.cases c where c.jurisdiction_id is null
union all
-- A venue candidate: SUMMARY and REPORT of an unclaimed case, SUMMARY after a claim.
select c.id, c.lead_id, c.received_at, v.jurisdiction_id, 'VENUE', v.jurisdiction_id, case when c.lead_id is null then 3 else 1 end, 'infinity'
  from comity.venues v join comity.cases c on c.id = v.case_id where v.jurisdiction_id is distinct from c.lead_id
union all
-- The team of the lead; its filter team learns what was compelled, and neither the trial team's notes nor the grand jury's matters.
select c.id, c.lead_id, c.received_at, a.member_id, 'TEAM', a.id, case when a.role = 'FILTER' then 40703 else 24575 end
    -- What another office placed in a compartment while it led does not go with the lead.
    & ~coalesce((select bit_or(comity.facet_bit(e.chain)) from comity.trail_events e
      where e.case_id = c.id and e.chain in ('GRAND_JURY', 'COMPELLED') and e.act = 'COMPARTMENT_PLACED' and e.acting_for <> c.lead_id), 0), 'infinity'
  from comity.assignments a join comity.members m on m.id = a.member_id join comity.cases c on c.id = a.case_id and c.lead_id = m.office_id
 where a.until is null
union all
-- A joint office's own team: what was opened to the office, whatever the role's ceiling.
select c.id, c.lead_id, c.received_at, a.member_id, 'TEAM', a.id, r.facets | 3072, r.until
  from comity.assignments a join comity.members m on m.id = a.member_id
  join comity.responsibilities r on r.case_id = a.case_id and r.jurisdiction_id = m.office_id and r.state = 'ACCEPTED'
  join comity.cases c on c.id = a.case_id and c.lead_id <> m.office_id
 where a.until is null and statement_timestamp() < r.until
union all
select c.id, c.lead_id, c.received_at, r.jurisdiction_id, case when r.state = 'INVITED' then 'OFFER' else 'JOINT' end, r.id,
    case when r.state = 'INVITED' then 1 else r.facets | 3072 end, r.until
  from comity.responsibilities r join comity.cases c on c.id = r.case_id and c.lead_id <> r.jurisdiction_id
 where r.state in ('INVITED', 'ACCEPTED') and statement_timestamp() < r.until
union all
select c.id, c.lead_id, c.received_at, t.to_id, 'OFFER', t.id, 3, 'infinity'
  from comity.transfers t join comity.cases c on c.id = t.case_id and c.lead_id = t.from_id where t.state = 'PROPOSED'
union all
select c.id, c.lead_id, c.received_at, t.from_id, 'RESIDUAL', t.id, case t.residual when 'READ' then 8439 else 8193 end, 'infinity'
  from comity.transfers t join comity.cases c on c.id = t.case_id and c.lead_id is distinct from t.from_id
 where t.state = 'ACCEPTED' and t.residual <> 'NONE'
   and not exists (select 1 from comity.transfers later where later.case_id = t.case_id and later.from_id = t.from_id and later.state = 'ACCEPTED' and later.answered_at > t.answered_at)
union all
select c.id, c.lead_id, c.received_at, g.member_id, 'BREAK_GLASS', g.id, 3839, g.until
  from comity.glass_uses g join comity.cases c on c.id = g.case_id and c.lead_id = g.office_id where statement_timestamp() < g.until
union all
select s.case_id, s.jurisdiction_id, min(s.received_at), s.viewer, 'RULE',
    case when s.until = 'infinity' then s.jurisdiction_id else md5(s.jurisdiction_id || s.until::text)::uuid end, bit_or(s.facets), s.until
  from comity.shares s where s.book_state = 'IN_FORCE' and s.viewer <> s.jurisdiction_id
 group by s.case_id, s.jurisdiction_id, s.viewer, s.until;--> statement-breakpoint

-- What must be closed: walls, seals, and what a state's law keeps from other offices.
create view comity.wanted_closings as
select w.case_id, w.subject_id as subject, 65535 as facets, '{}'::uuid[] as unless, 'infinity'::timestamptz as until, 'WALL' as cause, w.id as ref
  from comity.walls w where w.lifted_at is null
union all
-- Who was in a walled unit while the wall stood does not come back by leaving the unit.
select distinct w.case_id, u.member_id, 65535, '{}'::uuid[], 'infinity'::timestamptz, 'WALL', w.id
  from comity.walls w join comity.unit_members u on u.unit_id = w.subject_id and u.until > w.imposed_at where w.lifted_at is null and w.subject_kind = 'UNIT'
union all
select s.case_id, null, s.facets, s.audience, s.until, 'SEAL', s.id from comity.seals s where s.unsealed_at is null and statement_timestamp() < s.until
union all
select c.id, null, case when r.body ? 'when' then 4096 else comity.facet_bit(r.body ->> 'facet') end,
    array_remove(array[c.lead_id], null) || case when r.body ? 'when' then '{}'::uuid[]
      else array(select distinct a.jurisdiction_id from comity.authorisations a where a.case_id = c.id and a.revoked_at is null order by 1) end,
    'infinity', 'LAW', r.id
  from comity.state_rules r join comity.cases c on r.state in (c.state, '*')
 where r.kind = 'RESTRICTION' and r.body ? 'facet'
   -- Of a case that nobody ever led nothing is open that a law could close.
   and (c.lead_id is not null or exists (select 1 from comity.transfers t where t.case_id = c.id and t.state = 'ACCEPTED'))
   and case r.body ->> 'when'
     when 'minorAtIncident' then exists (select 1 from comity.persons p where p.case_id = c.id and p.minor_at_incident)
     when 'disclosureRefused' then exists (select 1 from comity.person_contacts k where k.case_id = c.id and k.disclosure_refused)
     else true end;--> statement-breakpoint

-- Who sees this case, what of it is closed, and what of it can be searched, computed anew from the rules.
create or replace function comity.compute_sight(p_case uuid) returns void
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  c comity.cases;
begin
  select * into strict c from comity.cases where id = p_case;

  -- What closes comes first: at no moment is more open than the rules allow.
  with wanted as materialized (select * from comity.wanted_closings w where w.case_id = p_case), gone as (
    delete from comity.closings k
     where k.case_id = p_case and not exists (select 1 from wanted w where w.cause = k.cause and w.ref = k.ref and w.subject is not distinct from k.subject)
  )
  insert into comity.closings as k (case_id, subject, facets, unless, until, cause, ref)
  select w.case_id, w.subject, w.facets, w.unless, w.until, w.cause, w.ref from wanted w
      on conflict (case_id, cause, ref, subject) do update set facets = excluded.facets, unless = excluded.unless, until = excluded.until, since = excluded.since
   where (k.facets, k.unless, k.until) is distinct from (excluded.facets, excluded.unless, excluded.until);

  with wanted as materialized (select * from comity.wanted_sight w where w.case_id = p_case), gone as (
    delete from comity.sight s
     where s.case_id = p_case and not exists (select 1 from wanted w where w.viewer = s.viewer and w.cause = s.cause and w.ref = s.ref)
  )
  insert into comity.sight as s (case_id, viewer, cause, ref, facets, until, received_at)
  select w.case_id, w.viewer, w.cause, w.ref, w.facets, w.until, w.received_at from wanted w
      on conflict (case_id, viewer, cause, ref) do update set facets = excluded.facets, until = excluded.until, since = excluded.since
   where (s.facets, s.until) is distinct from (excluded.facets, excluded.until);

  update comity.search_docs d set lead = c.lead_id where d.case_id = c.id and d.lead is distinct from c.lead_id;
  with wanted (source, stamp, needs, body) as (
    select 'summary', '1', c.needs, c.number
    union all
    select 'report', '1', r.needs, concat_ws(' ', r.report_number, r.place, r.narrative) from comity.case_reports r where r.case_id = c.id
    union all
    select 'person:' || p.id, '1', p.needs, concat_ws(' ', p.name, p.descriptors, p.badge, p.plate, p.markings)
      from comity.persons p where p.case_id = c.id
    union all
    select 'annotation:' || a.id, a.revision::text, a.needs, r.body
      from comity.annotations a join comity.annotation_revisions r on r.case_id = a.case_id and r.annotation_id = a.id and r.revision = a.revision
     where a.case_id = c.id and not a.deleted and a.author_only is null
  ), gone as (
    delete from comity.search_docs d
     where d.case_id = c.id and not exists (select 1 from wanted w where w.source = d.source)
  )
  insert into comity.search_docs as d (case_id, source, stamp, lead, received_at, needs, tsv)
  select c.id, w.source, w.stamp, c.lead_id, c.received_at, w.needs, to_tsvector('english', w.body) from wanted w
   where not exists (select 1 from comity.search_docs k where k.case_id = c.id and k.source = w.source and k.stamp = w.stamp and k.needs = w.needs)
      on conflict (case_id, source) do update set stamp = excluded.stamp, needs = excluded.needs, tsv = excluded.tsv;
end $$;--> statement-breakpoint

-- What goes with the lead when it moves or is given up. Notes go with their office: while another office leads, or none,
-- each is its author's alone, and needs what only a team or an office of the lead has open, or what a former lead keeps
-- by the terms of the transfer; when their office leads again they are read as before. What the former lead arranged with
-- others for itself ends: offers, its restriction to a unit, its uses of break-glass; with no lead, joint handling too.
create or replace function comity.hand_over(p_case uuid) returns void
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  the_lead uuid;
begin
  if not comity.sees(p_case, 1) then
    raise exception 'There is no such thing here.' using errcode = 'CM404';
  end if;
  select lead_id into the_lead from comity.cases where id = p_case;
  with wanted as (
    select a.id, case when a.office_id = the_lead then null else a.author_id end as author_only,
        case when a.office_id is distinct from the_lead and exists (
          select 1 from comity.wanted_sight w where w.case_id = p_case and w.cause = 'RESIDUAL' and w.viewer = a.office_id) then 8192 else a.placed_needs end as needs
      from comity.annotations a where a.case_id = p_case and a.audience in ('TEAM', 'OFFICE')
  ), moved as (
    update comity.annotations a set author_only = w.author_only, needs = w.needs from wanted w
     where a.case_id = p_case and a.id = w.id and (a.author_only, a.needs) is distinct from (w.author_only, w.needs)
    returning a.id, a.author_only, a.needs
  )
  update comity.annotation_revisions r set author_only = m.author_only, needs = m.needs from moved m where r.case_id = p_case and r.annotation_id = m.id;
  update comity.responsibilities r set state = case when r.jurisdiction_id = the_lead then 'LEFT' else 'WITHDRAWN' end,
      answered_by = comity.member(), answered_at = statement_timestamp()
   where r.case_id = p_case and (r.state = 'INVITED' or (r.state = 'ACCEPTED' and (the_lead is null or r.jurisdiction_id = the_lead)));
  update comity.transfers t set state = 'REVOKED', answered_by = comity.member(), answered_at = statement_timestamp()
   where t.case_id = p_case and t.state = 'PROPOSED' and t.from_id is distinct from the_lead;
  update comity.unit_restrictions u set lifted_by = comity.member(), lifted_at = statement_timestamp()
    from comity.units n where u.case_id = p_case and u.lifted_at is null and n.id = u.unit_id and n.jurisdiction_id is distinct from the_lead;
  update comity.glass_uses g set until = statement_timestamp() where g.case_id = p_case and statement_timestamp() < g.until and g.office_id is distinct from the_lead;
end $$;--> statement-breakpoint

-- Tells the agency what it may know: the state of its referral, unless the lead's rule book keeps that to itself.
create or replace function comity.tell_agency(p_case uuid, p_state text) returns void
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  c comity.cases;
begin
  if not comity.sees(p_case, 1) then
    raise exception 'There is no such thing here.' using errcode = 'CM404';
  end if;
  select * into strict c from comity.cases where id = p_case;
  if c.lead_id is distinct from nullif(current_setting('comity.office', true), '')::uuid then
    raise exception 'Your office does not lead this case.' using errcode = 'CM403';
  end if;
  if exists (select 1 from comity.rule_books b where b.jurisdiction_id = c.lead_id and b.state = 'IN_FORCE'
      and not exists (select 1 from comity.agency_rules a where a.book_id = b.id and a.show = 'STATUS' and (a.stages = '{}' or c.stage = any (a.stages)))) then
    return;
  end if;
  update comity.referrals r set state = p_state, state_since = statement_timestamp()
    from comity.case_referrals l
   where l.case_id = p_case and r.id = l.referral_id and r.state <> p_state and r.state in ('SUBMITTED', 'RESUBMITTED', 'RETURNED');
end $$;--> statement-breakpoint

-- What stands already is brought under the rules, whole.
delete from comity.sight;--> statement-breakpoint
insert into comity.sight (case_id, viewer, cause, ref, facets, until, received_at)
select case_id, viewer, cause, ref, facets, until, received_at from comity.wanted_sight;--> statement-breakpoint
delete from comity.closings;--> statement-breakpoint
insert into comity.closings (case_id, subject, facets, unless, until, cause, ref)
select case_id, subject, facets, unless, until, cause, ref from comity.wanted_closings;--> statement-breakpoint
set role comity_owner;
