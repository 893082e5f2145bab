-- Venue of a case that was unrouted can be confirmed once it is sent on: that no office on file serves its counties says nothing of how
-- certain they are. Locks nothing. Way back: as comity_definer, create settle_venue as in 0018.
set role comity_definer;--> statement-breakpoint
-- In which county it happened, as a person of a candidate office says, or of the lead. Candidates that rested on the doubt about
-- the place alone end; those by an element, a result or a boundary rule stay, and so does the lead. The county's office becomes
-- a candidate, and the case its; where there is none, an unclaimed case is unrouted. Of one that was sent on because no office on file
-- served any of its counties, doubt or not, the county is confirmed like any other.
create or replace function comity.settle_venue(p_case uuid, p_county text, p_reason text) returns void
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  me comity.members;
  c comity.cases;
  the_office uuid;
begin
  if not comity.sees(p_case, 1) then
    raise exception 'There is no such thing here.' using errcode = 'CM404';
  end if;
  select * into strict c from comity.cases where id = p_case for no key update;
  select * into me from comity.members m where m.id = comity.member() and m.active;
  if me.kind is distinct from 'PERSON' or me.office_id is null or me.role not in ('INTAKE', 'ATTORNEY', 'SUPERVISOR', 'ELECTED')
    or c.lead_id <> me.office_id
    or (c.lead_id is null and not exists (select 1 from comity.venues v where v.case_id = p_case and v.jurisdiction_id = me.office_id)) then
    raise exception 'Your seat does not permit this act.' using errcode = 'CM403';
  end if;
  if not exists (select 1 from comity.venue_findings f where f.case_id = p_case and f.answer <> 'CERTAIN') then
    raise exception 'Venue of this case is not in doubt.' using errcode = 'CM409';
  end if;
  select k.jurisdiction_id into the_office from comity.jurisdiction_counties k where k.fips = p_county;

  delete from comity.venues v
   where v.case_id = p_case and v.jurisdiction_id is distinct from the_office and v.jurisdiction_id is distinct from c.lead_id
     and v.basis <> 'ROUTED' and v.grounds <@ array['OFFENCE_PLACE'];
  update comity.venues v set grounds = array_remove(v.grounds, 'OFFENCE_PLACE')
   where v.case_id = p_case and v.jurisdiction_id is distinct from the_office and v.jurisdiction_id is distinct from c.lead_id
     and 'OFFENCE_PLACE' = any (v.grounds);
  if the_office is not null then
    insert into comity.venues as v (case_id, jurisdiction_id, needs, basis, county_fips, reason, since, grounds, citations)
    values (p_case, the_office, 1, 'CONFIRMED', p_county, p_reason, statement_timestamp(), array['OFFENCE_PLACE'],
      coalesce((select k.citations from comity.venue_candidates k where k.case_id = p_case and k.county_fips = p_county), '{}'))
        on conflict (case_id, jurisdiction_id) do update set basis = 'CONFIRMED', county_fips = excluded.county_fips, reason = excluded.reason,
          grounds = array['OFFENCE_PLACE'] || array_remove(v.grounds, 'OFFENCE_PLACE');
  end if;
  if the_office is not null or c.lead_id is null then
    update comity.cases set jurisdiction_id = the_office where id = p_case and jurisdiction_id is distinct from the_office;
  end if;
  update comity.venue_findings set confirmed_county = p_county, confirmed_by = me.id, confirmed_at = statement_timestamp(), confirmed_because = p_reason
   where case_id = p_case;
end $$;--> statement-breakpoint
set role comity_owner;
