-- What goes with the lead, once more: the places of people whose office no longer has a part in the case end too, so that the
-- same function serves a transfer and the end of joint handling; an invitation lapses when the office that sent it no longer
-- leads, and an authorisation with the lead that gave it. Locks nothing. Way back: create hand_over as in 0005, and revoke the
-- grant.
grant update (revoked_by, revoked_at) on comity.authorisations to comity_definer;--> statement-breakpoint
set role comity_definer;--> statement-breakpoint

-- What goes with the lead when it moves or is given up, and with an office's part in a case when that ends. Notes go with
-- their office: while another office leads, or none, each is its author's alone, and needs what only a team or an office of
-- the lead has open, or what a former lead keeps by the terms of the transfer; when their office leads again they are read as
-- before. What the former lead arranged with others for itself ends: offers, authorisations, its restriction to a unit, its
-- uses of break-glass; with no lead, joint handling too. So do places on the team of people whose office has no part in it.
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
   where r.case_id = p_case and ((r.state = 'INVITED' and r.invited_for is distinct from the_lead)
      or (r.state in ('INVITED', 'ACCEPTED') and (the_lead is null or r.jurisdiction_id = the_lead)));
  update comity.assignments a set until = statement_timestamp(), version = a.version + 1
    from comity.members m
   where a.case_id = p_case and a.until is null and m.id = a.member_id and m.office_id is distinct from the_lead
     and not exists (select 1 from comity.responsibilities r where r.case_id = p_case and r.jurisdiction_id = m.office_id
       and r.state = 'ACCEPTED' and statement_timestamp() < r.until);
  update comity.transfers t set state = 'REVOKED', answered_by = comity.member(), answered_at = statement_timestamp()
   where t.case_id = p_case and t.state = 'PROPOSED' and t.from_id is distinct from the_lead;
  update comity.authorisations a set revoked_by = comity.member(), revoked_at = statement_timestamp()
   where a.case_id = p_case and a.revoked_at is null and a.given_for is distinct from the_lead;
  update comity.unit_restrictions u set lifted_by = comity.member(), lifted_at = statement_timestamp()
    from comity.units n where u.case_id = p_case and u.lifted_at is null and n.id = u.unit_id and n.jurisdiction_id is distinct from the_lead;
  update comity.glass_uses g set until = statement_timestamp() where g.case_id = p_case and statement_timestamp() < g.until and g.office_id is distinct from the_lead;
end $$;--> statement-breakpoint
set role comity_owner;
