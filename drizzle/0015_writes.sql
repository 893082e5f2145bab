-- Keeps in the tables themselves what the acts keep already, where one row written by the application's own hand would open a
-- case, or lift what closes it; takes nothing of a referral on trust but what its agency may say; lets nobody but
-- the lead, and who routes a case, raise its version. Locks each table below while its trigger is made, and no row. Way back: drop
-- the triggers named *_written; as comity_definer, drop the functions comity.check_*, leads and holds_role, and create record and
-- receive_referral as in 0002; grant update (lifted_by, lifted_at) on comity.unit_restrictions to comity_app.
revoke update (lifted_by, lifted_at) on comity.unit_restrictions from comity_app;--> statement-breakpoint
set role comity_definer;--> statement-breakpoint

-- True where the caller's office leads the case.
create function comity.leads(p_case uuid) returns boolean language sql stable
return exists (select 1 from comity.cases c where c.id = p_case and c.lead_id = nullif(current_setting('comity.office', true), '')::uuid);--> statement-breakpoint

-- True where the caller holds one of these roles.
create function comity.holds_role(p_roles text[]) returns boolean language sql stable
return exists (select 1 from comity.members m where m.id = comity.member() and m.active and m.role = any (p_roles));--> statement-breakpoint

-- A case is routed by an administrator while it has no office, claimed by an office that has venue while nobody leads it, changed
-- and given up by its lead, and taken from it by the office that the lead offers it to; in no other way is its row changed at all.
create function comity.check_case() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  office uuid := nullif(current_setting('comity.office', true), '')::uuid;
begin
  if (case
      when new.jurisdiction_id is distinct from old.jurisdiction_id then
        old.jurisdiction_id is null and new.lead_id is not distinct from old.lead_id and new.stage = old.stage and comity.holds_role('{ADMINISTRATOR}')
      when old.lead_id is null then
        new.lead_id = office and old.stage = 'UNCLAIMED'
        and exists (select 1 from comity.venues v where v.case_id = new.id and v.jurisdiction_id = office)
      when old.lead_id = office then new.lead_id is null or new.lead_id = office
      else new.lead_id = office and new.stage = old.stage and exists (select 1 from comity.transfers t
        where t.case_id = new.id and t.from_id = old.lead_id and t.to_id = office and t.state = 'PROPOSED')
    end) is not true then
    raise exception 'this case is not changed so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint

-- A venue is given by who routes a case that has no office yet. Asked after the policy: to who does not see the case nothing is said of it.
create function comity.check_venue() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if (new.basis = 'ROUTED' and comity.holds_role('{ADMINISTRATOR}')) is not true then
    raise exception 'a venue is not given so' using errcode = '42501';
  elsif not exists (select 1 from comity.cases c where c.id = new.case_id and c.jurisdiction_id is null) then
    raise exception 'This case is routed already.' using errcode = 'CM409';
  end if;
  return new;
end $$;--> statement-breakpoint

-- A part in a case is offered and withdrawn by the lead, taken up, declined and left by the office that it is offered to.
create function comity.check_responsibility() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  office uuid := nullif(current_setting('comity.office', true), '')::uuid;
begin
  if (case
      when tg_op = 'INSERT' then
        new.state = 'INVITED' and new.invited_for = office and new.jurisdiction_id <> office and new.invited_by = comity.member()
        and new.answered_by is null and new.answered_at is null and comity.leads(new.case_id)
      when new.answered_by is distinct from comity.member() then false
      when new.state in ('ACCEPTED', 'DECLINED') then old.state = 'INVITED' and new.jurisdiction_id = office and statement_timestamp() < new.until
      when new.state = 'WITHDRAWN' then old.state in ('INVITED', 'ACCEPTED') and comity.leads(new.case_id)
      when new.state = 'LEFT' then old.state = 'ACCEPTED' and new.jurisdiction_id = office
    end) is not true then
    raise exception 'a part in a case is not given or answered so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint

-- The lead is offered and an offer revoked by the office that leads; it is accepted, by then with the lead, or rejected by the
-- office that it is offered to. The moment of the answer decides which terms a former lead keeps.
create function comity.check_transfer() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  office uuid := nullif(current_setting('comity.office', true), '')::uuid;
begin
  if (case
      when tg_op = 'INSERT' then
        new.state = 'PROPOSED' and new.from_id = office and new.proposed_by = comity.member()
        and new.answered_by is null and new.answered_at is null and comity.leads(new.case_id)
      when old.state <> 'PROPOSED' or new.answered_by is distinct from comity.member() or new.answered_at is distinct from statement_timestamp() then false
      when new.state = 'ACCEPTED' then new.to_id = office and comity.leads(new.case_id)
      when new.state = 'REJECTED' then new.to_id = office
      when new.state = 'REVOKED' then new.from_id = office
    end) is not true then
    raise exception 'the lead is not offered or taken so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint

-- The lead authorises another office and revokes it; what is revoked stays so.
create function comity.check_authorisation() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  office uuid := nullif(current_setting('comity.office', true), '')::uuid;
begin
  if (case
      when tg_op = 'INSERT' then
        new.given_for = office and new.jurisdiction_id <> office and new.recorded_by = comity.member()
        and new.revoked_by is null and new.revoked_at is null and comity.leads(new.case_id)
      else old.revoked_at is null and new.revoked_at is not null and new.revoked_by = comity.member() and comity.leads(new.case_id)
    end) is not true then
    raise exception 'an authorisation is not given or revoked so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint

-- Break-glass is for oneself, on a case of one's own office, until its midnight at the latest; it is never made longer, and
-- reviewed once, by another.
create function comity.check_glass() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if (case
      when tg_op = 'INSERT' then
        new.member_id = comity.member() and new.office_id = nullif(current_setting('comity.office', true), '')::uuid and comity.leads(new.case_id)
        and new.since = statement_timestamp()
        and new.until <= (select comity.next_midnight(j.time_zone, statement_timestamp()) from comity.jurisdictions j where j.id = new.office_id)
        and num_nonnulls(new.reviewed_by, new.reviewed_at, new.finding, new.remark) = 0
      when new.until > old.until then false
      when (new.reviewed_by, new.reviewed_at, new.finding, new.remark) is not distinct from (old.reviewed_by, old.reviewed_at, old.finding, old.remark) then
        old.member_id = comity.member()
      else old.reviewed_at is null and new.reviewed_by = comity.member() and new.member_id <> comity.member() and num_nulls(new.reviewed_at, new.finding) = 0
    end) is not true then
    raise exception 'break-glass is not used or reviewed so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint

-- The lead keeps a case to a unit of its own.
create function comity.check_restriction() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if (new.restricted_by = comity.member() and new.lifted_by is null and new.lifted_at is null
      and exists (select 1 from comity.units u join comity.cases c on c.lead_id = u.jurisdiction_id where u.id = new.unit_id and c.id = new.case_id)
      and comity.leads(new.case_id)) is not true then
    raise exception 'a case is not kept to a unit so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint

-- Units are made and named by the heads of an office.
create function comity.check_unit() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if not comity.holds_role('{SUPERVISOR,ELECTED}') then
    raise exception 'the heads of an office make up its units' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint

-- Who belongs to a unit is decided by the heads of the office, never of oneself, and as of now: who left before a wall was raised
-- would not be behind it.
create function comity.check_unit_member() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if not comity.holds_role('{SUPERVISOR,ELECTED}') or (case
      when tg_op = 'INSERT' then new.member_id <> comity.member() and new.added_by = comity.member() and new.until = 'infinity' and new.removed_by is null
      else old.until = 'infinity' and new.until = statement_timestamp() and new.removed_by = comity.member()
    end) is not true then
    raise exception 'the heads of an office make up its units, and nobody puts themselves into one' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint

-- A seal is imposed by the lead and lifted by two people: one proposes it, in their own name, and another does it.
create function comity.check_seal() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if (case
      when tg_op = 'INSERT' then
        new.sealed_by = comity.member() and comity.leads(new.case_id)
        and num_nonnulls(new.unsealing_proposed_by, new.unsealing_proposed_at, new.unsealed_by, new.unsealed_at) = 0
      when old.unsealed_at is not null then false
      when new.unsealed_at is null and new.unsealed_by is null then
        new.unsealing_proposed_by is null or (old.unsealing_proposed_by is null and new.unsealing_proposed_by = comity.member())
      else new.unsealed_at is not null and new.unsealed_by = comity.member() and new.unsealing_proposed_by = old.unsealing_proposed_by
        and new.unsealed_by <> new.unsealing_proposed_by
    end) is not true then
    raise exception 'a seal is not imposed or lifted so' using errcode = '42501';
  end if;
  return new;
end $$;--> statement-breakpoint
grant execute on function comity.check_case(), comity.check_venue(), comity.check_responsibility(), comity.check_transfer(), comity.check_authorisation(),
  comity.check_glass(), comity.check_restriction(), comity.check_unit(), comity.check_unit_member(), comity.check_seal() to comity_owner;--> statement-breakpoint

-- Writes an act into the trail. The chain's head is locked first; then, in a new statement and so under a new snapshot,
-- the actor must still see the case: a wall may have been raised while this waited. The version is raised by the office that leads;
-- for a release, which comes after the lead is given up, by the one that led by the word of the trail; for a routing by an administrator.
create or replace function comity.record(p_case uuid, p_chain text, p_expected integer, p_act text, p_needs integer, p_body jsonb) returns integer
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  current_version integer;
begin
  if (p_act ~ '^[A-Z_]{3,40}$' and p_act <> 'RECEIVED' and p_chain in ('CASE', 'GRAND_JURY', 'COMPELLED')
      and starts_with(p_act, 'COMPARTMENT_') = (p_chain <> 'CASE')
      and (p_expected is not null or p_act not in ('ROUTED', 'CLAIMED', 'RELEASED', 'TRANSFERRED'))) is not true then
    raise exception 'act: this is not recorded so.' using errcode = 'CM400';
  end if;
  perform 1 from comity.trail_heads where case_id = p_case and chain = p_chain for update;
  if not comity.sees(p_case, 1) then
    raise exception 'There is no such thing here.' using errcode = 'CM404';
  end if;
  if p_chain <> 'CASE' and not comity.leads(p_case) then
    raise exception 'Your office does not lead this case.' using errcode = 'CM403';
  end if;
  if p_expected is null then
    select version into strict current_version from comity.cases where id = p_case;
  else
    if not comity.leads(p_case) and (case p_act
        when 'ROUTED' then comity.holds_role('{ADMINISTRATOR}')
          and exists (select 1 from comity.cases c where c.id = p_case and c.jurisdiction_id is not null and c.lead_id is null)
        when 'RELEASED' then exists (select 1 from comity.cases c where c.id = p_case and c.lead_id is null)
          and (select e.act <> 'RELEASED' and e.acting_for = nullif(current_setting('comity.office', true), '')::uuid from comity.trail_events e
            where e.case_id = p_case and e.chain = 'CASE' and e.act in ('CLAIMED', 'TRANSFERRED', 'RELEASED') order by e.seq desc limit 1)
      end) is not true then
      raise exception 'Your office does not lead this case.' using errcode = 'CM403';
    end if;
    update comity.cases set version = version + 1 where id = p_case and version = p_expected returning version into current_version;
    if current_version is null then
      raise exception 'The case has changed since you read it.' using errcode = 'CM409';
    end if;
  end if;
  perform comity.append_event(p_case, p_chain, p_act, 'DONE', p_needs, p_body);
  return current_version;
end $$;--> statement-breakpoint

-- Takes a referral in: the agency's own rows, then the case that it may never see. Rows come ready made and in our
-- columns' names; what they may hold was judged by the caller, who they come from is judged here, and so is which case they
-- are of and what they need of a reader, as packet.ts has it.
create or replace function comity.receive_referral(p jsonb) returns table (outcome text, referral_id uuid, problems jsonb)
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  sender comity.members;
  known comity.idempotency_keys;
  office comity.jurisdictions;
  arrived timestamptz := statement_timestamp();
  the_case uuid := (p ->> 'case_id')::uuid;
  the_referral uuid := (p ->> 'referral_id')::uuid;
  given integer;
begin
  select * into sender from comity.members m where m.id = comity.member() and m.agency_id = comity.agency_id() and m.active;
  if sender.id is null or sender.role not in ('SUPERVISOR', 'CLIENT') then
    raise exception 'Your seat does not permit this act.' using errcode = 'CM403';
  elsif jsonb_path_exists(p, '$.*[*].case_id ? (@ != $case)', jsonb_build_object('case', p -> 'case_id')) then
    raise exception 'referral: each of its parts belongs to the case that it makes.' using errcode = 'CM400';
  end if;

  -- What came before under this key is answered as it was then, whatever it would be judged by today.
  if not (p ->> 'refused')::boolean then
    insert into comity.idempotency_keys (agency_id, key, fingerprint, referral_id, at)
    values (sender.agency_id, p ->> 'key', p ->> 'fingerprint', the_referral, arrived) on conflict (agency_id, key) do nothing;
  end if;
  if (p ->> 'refused')::boolean or not found then
    select * into known from comity.idempotency_keys k where k.agency_id = sender.agency_id and k.key = p ->> 'key';
    return query select case when known.key is null then 'REFUSED' when known.fingerprint = p ->> 'fingerprint' then 'REPLAYED' else 'KEY_REUSED' end,
      known.referral_id, (select r.problems from comity.referrals r where r.id = known.referral_id);
    return;
  end if;

  insert into comity.referrals (id, agency_id, report_number, state, state_since, kind, incident_on, county_fips, submitted_at, submitted_by,
    attestation_id, problems, packet_sha256)
  values (the_referral, sender.agency_id, p ->> 'report_number', 'SUBMITTED', arrived, p ->> 'kind', (p ->> 'incident_on')::date, p ->> 'county_fips',
    arrived, sender.id, (select a.id from comity.attestations a where a.id = (p ->> 'attestation_id')::uuid and a.agency_id = sender.agency_id),
    p -> 'problems', p ->> 'packet_sha256')
      on conflict (agency_id, report_number) do nothing;
  if not found then
    delete from comity.idempotency_keys k where k.agency_id = sender.agency_id and k.key = p ->> 'key';
    return query select 'REPORT_NUMBER_TAKEN', null::uuid, null::jsonb;
    return;
  end if;
  insert into comity.referral_packets (referral_id, agency_id, document) values (the_referral, sender.agency_id, p ->> 'document');

  select j.* into office from comity.jurisdiction_counties k join comity.jurisdictions j on j.id = k.jurisdiction_id where k.fips = p ->> 'county_fips';
  insert into comity.case_numbers as n (prefix, year, last)
  values (coalesce(office.prefix, 'UNR'), extract(year from arrived at time zone coalesce(office.time_zone, 'UTC'))::integer, 1)
      on conflict (prefix, year) do update set last = n.last + 1 returning n.last into given;
  insert into comity.cases (id, number, agency_id, jurisdiction_id, state, county_fips, incident_on, kind, stage, received_at, needs)
  values (the_case, format('%s-%s-%s', coalesce(office.prefix, 'UNR'), extract(year from arrived at time zone coalesce(office.time_zone, 'UTC')),
      lpad(given::text, greatest(6, length(given::text)), '0')),
    sender.agency_id, office.id, p ->> 'state', p ->> 'county_fips', (p ->> 'incident_on')::date, p ->> 'kind', 'UNCLAIMED', arrived, 1);
  insert into comity.case_reports
  select * from jsonb_populate_record(null::comity.case_reports, p -> 'report' || jsonb_build_object('case_id', the_case, 'needs', 2));
  insert into comity.persons (case_id, id, needs, part, position, name, descriptors, badge, plate, markings, minor_at_incident, injured, injury)
  select the_case, r.id, case when r.minor_at_incident then 4100 else 4 end, r.part, r.position, r.name, r.descriptors, r.badge, r.plate, r.markings,
      r.minor_at_incident, r.injured, r.injury
    from jsonb_populate_recordset(null::comity.persons, p -> 'persons') r;
  -- A contact of nobody in this referral is left to the foreign key, which refuses it.
  insert into comity.person_contacts (case_id, person_id, needs, phone, email, address, disclosure_refused)
  select the_case, k.person_id, case when k.disclosure_refused or h.minor_at_incident then 4104 else 8 end, k.phone, k.email, k.address, k.disclosure_refused
    from jsonb_populate_recordset(null::comity.person_contacts, p -> 'contacts') k
    left join comity.persons h on h.case_id = the_case and h.id = k.person_id;
  insert into comity.recordings (case_id, id, needs, kind, position, holder, device, uri, sha256, captured_from, captured_to, note)
  select the_case, r.id, 32, r.kind, r.position, r.holder, r.device, r.uri, r.sha256, r.captured_from, r.captured_to, r.note
    from jsonb_populate_recordset(null::comity.recordings, p -> 'recordings') r;
  insert into comity.case_referrals (case_id, referral_id, needs) values (the_case, the_referral, 2);
  if office.id is not null then
    insert into comity.venues (case_id, jurisdiction_id, needs, basis, county_fips, reason, since)
    values (the_case, office.id, 1, 'DECLARED_COUNTY', p ->> 'county_fips',
      format('The agency declares the incident in %s, which this office serves.', coalesce(p ->> 'county_name', p ->> 'county_fips')), arrived);
  end if;
  perform comity.append_event(the_case, 'CASE', 'RECEIVED', 'DONE', 128,
    jsonb_build_object('referralId', the_referral, 'packetSha256', p ->> 'packet_sha256', 'attested', p ->> 'attestation_id' is not null));
  perform comity.compute_sight(the_case);
  return query select 'RECEIVED', the_referral, null::jsonb;
end $$;--> statement-breakpoint

set role comity_owner;--> statement-breakpoint
-- Our own functions write as comity_definer, and judge for themselves.
create trigger cases_written before update on comity.cases for each row when (current_user = 'comity_app') execute function comity.check_case();--> statement-breakpoint
create trigger venues_written after insert on comity.venues for each row when (current_user = 'comity_app') execute function comity.check_venue();--> statement-breakpoint
create trigger responsibilities_written before insert or update on comity.responsibilities for each row when (current_user = 'comity_app') execute function comity.check_responsibility();--> statement-breakpoint
create trigger transfers_written before insert or update on comity.transfers for each row when (current_user = 'comity_app') execute function comity.check_transfer();--> statement-breakpoint
create trigger authorisations_written before insert or update on comity.authorisations for each row when (current_user = 'comity_app') execute function comity.check_authorisation();--> statement-breakpoint
create trigger glass_uses_written before insert or update on comity.glass_uses for each row when (current_user = 'comity_app') execute function comity.check_glass();--> statement-breakpoint
create trigger unit_restrictions_written before insert on comity.unit_restrictions for each row when (current_user = 'comity_app') execute function comity.check_restriction();--> statement-breakpoint
create trigger units_written before insert or update on comity.units for each row when (current_user = 'comity_app') execute function comity.check_unit();--> statement-breakpoint
create trigger unit_members_written before insert or update on comity.unit_members for each row when (current_user = 'comity_app') execute function comity.check_unit_member();--> statement-breakpoint
create trigger seals_written before insert or update on comity.seals for each row when (current_user = 'comity_app') execute function comity.check_seal();--> statement-breakpoint
revoke execute on function comity.check_case(), comity.check_venue(), comity.check_responsibility(), comity.check_transfer(), comity.check_authorisation(),
  comity.check_glass(), comity.check_restriction(), comity.check_unit(), comity.check_unit_member(), comity.check_seal() from comity_owner;
