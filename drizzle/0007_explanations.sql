-- Why a facet of a case is open or closed: for Case.withheld and explainAccess. Locks nothing but its own functions. Way back:
-- as comity_definer, drop function comity.withheld(uuid), comity.explain_access(uuid, uuid),
-- comity.facet_reasons(uuid, uuid, uuid[], integer, integer).
set role comity_definer;--> statement-breakpoint

-- For each of these facets of a case: whether seats, law, rules and arrangements open it to a member, the first of them that
-- does or the first that does not, and its terms. Walls and seals take no part: who may know of them adds them. For the
-- definer's own functions, which have checked who asks; it has no settings of its own, so that it is planned into them. A
-- place on the team of another counts only where the caller reads the team.
create function comity.facet_reasons(p_case uuid, p_member uuid, p_viewers uuid[], p_ceiling integer, p_facets integer)
returns table (place integer, facet text, open boolean, why text, terms jsonb) language sql stable as $$
  with opened as materialized (
    select s.cause, s.ref, s.viewer, s.facets & 255 as facets, s.until, s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else p_ceiling end as open,
        pg_catalog.array_position(array['TEAM', 'SEAT', 'JOINT', 'RULE', 'VENUE', 'OFFER', 'RESIDUAL', 'BREAK_GLASS'], s.cause) as rank
      from comity.sight s
     where s.case_id = p_case and s.viewer = any (p_viewers) and pg_catalog.statement_timestamp() < s.until
       and (s.cause <> 'TEAM' or p_member = comity.member()
         or exists (select 1 from comity.assignments a where a.case_id = p_case and a.id = s.ref and comity.sees(p_case, a.needs)))
  ), closed as materialized (
    select k.facets, r.id, r.state, r.body ->> 'text' as text, r.citation, r.confidence
      from comity.closings k join comity.state_rules r on r.id = k.ref
     -- What is PROTECTED is open to nobody whom such a row closes out, and that there is one would tell of a minor.
     where k.case_id = p_case and k.cause = 'LAW' and k.facets & 4096 = 0 and (k.subject is null or k.subject = any (p_viewers))
       and not k.unless && p_viewers and pg_catalog.statement_timestamp() < k.until
  ), reader as materialized (
    select m.role, m.active, m.office_id, c.lead_id, c.state, l.name as lead,
        (select b.version from comity.rule_books b where b.jurisdiction_id = c.lead_id and b.state = 'IN_FORCE') as book
      from comity.cases c join comity.members m on m.id = p_member left join comity.jurisdictions l on l.id = c.lead_id where c.id = p_case
  )
  select f.bit, f.facet, opener.open is not null and law.id is null, w.why,
      pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object('role', m.role, 'lead', m.lead, 'book', m.book, 'until', case when w.why <> 'RULE' or opener.open is not null then nullif(term.until, 'infinity') end,
        'facets', case when w.why = 'RULE'
          then (select coalesce(pg_catalog.bit_or(o.facets), 0) from opened o where o.cause = 'RULE' and (opener.viewer is null or (o.viewer, o.until) = (opener.viewer, opener.until))) else term.facets end,
        'toCoalition', case when w.why = 'RULE' then opener.viewer = '00000000-0000-8000-8000-00000000c0a1' end,
        'byUnit', case when w.why = 'SEAT' then opener.viewer <> m.lead_id end,
        'part', case w.why
          when 'TEAM' then (select a.role from comity.assignments a where a.case_id = p_case and a.id = term.ref)
          when 'JOINT' then (select r.role from comity.responsibilities r where r.case_id = p_case and r.id = term.ref)
          when 'INVITATION' then (select r.role from comity.responsibilities r where r.case_id = p_case and r.id = term.ref)
          when 'RESIDUAL' then (select t.residual from comity.transfers t where t.case_id = p_case and t.id = term.ref) end,
        'basis', case when w.why = 'RULE' and opener.open is not null then (
          select pg_catalog.string_agg(distinct r.basis, ' ') from comity.shares s join comity.sharing_rules r on r.book_id = s.book_id and r.position = s.position
           where s.case_id = p_case and s.book_state = 'IN_FORCE' and s.viewer = opener.viewer and s.facets & f.bit <> 0) end,
        'law', case w.why
          when 'LAW' then pg_catalog.jsonb_build_object('state', law.state, 'text', law.text, 'citation', law.citation, 'confidence', law.confidence)
          when 'COMPARTMENT' then (
            select pg_catalog.jsonb_build_object('state', r.state, 'text', r.body ->> 'text', 'citation', r.citation, 'confidence', r.confidence)
              from comity.state_rules r where r.kind = 'RESTRICTION' and r.body ->> 'compartment' = f.facet and r.state in (m.state, '*') order by r.state = '*', r.position limit 1) end))
    from reader m
    cross join lateral (select name as facet, comity.facet_bit(name) as bit from pg_catalog.unnest(comity.facet_names(p_facets)) name offset 0) f
    left join lateral (select o.* from opened o where o.open & f.bit <> 0 order by o.rank, o.until desc, o.viewer, o.ref limit 1) opener on true
    left join lateral (select k.* from closed k where k.facets & f.bit <> 0 order by k.state = '*', k.id limit 1) law on true
    -- What the reader's office has of the case, where that is not enough.
    left join lateral (select o.* from opened o where o.cause in ('JOINT', 'RULE', 'OFFER', 'RESIDUAL', 'VENUE')
      order by pg_catalog.array_position(array['JOINT', 'RULE', 'OFFER', 'RESIDUAL', 'VENUE'], o.cause), o.ref limit 1) had on true
    cross join lateral (select coalesce(opener.ref, had.ref) as ref, coalesce(opener.facets, had.facets) as facets, coalesce(opener.until, had.until) as until,
      coalesce(opener.cause, had.cause) as cause offset 0) term
    cross join lateral (select case
        when not m.active then 'INACTIVE'
        when opener.cause is null and f.bit = 256 then 'TEAM_ONLY'
        when opener.cause is null and f.bit & 49152 <> 0 then 'COMPARTMENT'
        when opener.cause is null and f.bit = 8192 then 'FORMER_LEAD'
        when opener.cause is null and p_ceiling & f.bit = 0 then 'ROLE'
        when law.id is not null then 'LAW'
        when opener.cause is null and m.office_id is null then 'ADMINISTRATORS'
        when opener.cause is null and m.office_id = m.lead_id then 'UNIT'
        when opener.cause is null and f.bit = 512 then 'LEAD_ONLY'
        when opener.cause is null and f.bit = 4096 then 'PROTECTED'
        when opener.cause is null and f.bit = 1024 then 'JOINT_ONLY'
        when opener.cause is null and f.bit = 2048 then 'COALITION'
        when opener.cause = 'SEAT' and m.office_id is null then 'ADMINISTRATORS'
        when term.cause = 'OFFER' then case when exists (select 1 from comity.transfers t where t.case_id = p_case and t.id = term.ref) then 'TRANSFER' else 'INVITATION' end
        when term.cause is not null then term.cause
        when m.lead_id is null then 'NO_VENUE'
        else 'RULE' end as why offset 0) w
$$;--> statement-breakpoint

-- The facets of a case that its seat, the law or the lead's rules close to the caller, and why. Of what walls, seals and
-- compartments close it says nothing, and what they close is not left out of it: it is the same with them as without.
create function comity.withheld(p_case uuid) returns json
language sql stable security definer set search_path = comity, pg_catalog as $$
  select coalesce(json_agg(json_build_object('facet', r.facet, 'why', r.why, 'terms', r.terms) order by r.place), '[]'::json)
    from comity.facet_reasons(p_case, comity.member(), comity.viewers(), comity.role_facets(), 254) r
   where not r.open and comity.sees(p_case, 1)
$$;--> statement-breakpoint

-- What decides which facets of a case are open to a member, and what the member may do there, as far as the caller may know.
-- For oneself; for others by the heads and conflicts officers of the lead, and by heads of their own office's people.
create function comity.explain_access(p_case uuid, p_member uuid) returns jsonb
language plpgsql stable security definer set search_path = comity, pg_catalog as $$
declare
  caller comity.members;
  subject comity.members;
  c comity.cases;
  known integer := 16383;
  viewers uuid[];
  answer jsonb;
begin
  if not comity.sees(p_case, 1) then
    raise exception 'There is no such thing here.' using errcode = 'CM404';
  end if;
  select * into strict c from comity.cases where id = p_case;
  select * into caller from comity.members m where m.id = comity.member() and m.active;
  if p_member is not distinct from caller.id then
    subject := caller;
  else
    if caller.role is null or caller.office_id is null or not (caller.role in ('SUPERVISOR', 'ELECTED') or (caller.role = 'CONFLICTS' and caller.office_id is not distinct from c.lead_id)) then
      raise exception 'Your seat explains only your own access.' using errcode = 'CM403';
    end if;
    select * into subject from comity.members m where m.id = p_member and m.agency_id is null;
    if subject.id is null then
      raise exception 'There is no such thing here.' using errcode = 'CM404';
    elsif subject.office_id is distinct from caller.office_id and caller.office_id is distinct from c.lead_id then
      raise exception 'Your office does not lead this case: you may ask about its own people.' using errcode = 'CM403';
    end if;
  end if;

  -- As when a context is entered.
  viewers := case when subject.active then array_remove(array[subject.id, subject.office_id,
      case when exists (select 1 from comity.jurisdictions j where j.id = subject.office_id and j.standing = 'MEMBER') then '00000000-0000-8000-8000-00000000c0a1'::uuid end,
      case when subject.role = 'ADMINISTRATOR' then '00000000-0000-8000-8000-00000000ad31'::uuid end]
    || array(select u.unit_id from comity.unit_members u where u.member_id = subject.id and u.until = 'infinity'), null) else '{}' end;
  -- A compartment is spoken of to those whose place opens it to them.
  select known | (coalesce(bit_or(s.facets), 0) & 49152) into known from comity.sight s
   where s.case_id = p_case and s.viewer = any (comity.viewers()) and s.cause = 'TEAM' and statement_timestamp() < s.until;

  select jsonb_build_object(
      'self', subject.id = caller.id,
      'member', jsonb_build_object('id', subject.id, 'name', subject.name, 'role', subject.role),
      'body', case when subject.office_id is null then 'COALITION' else 'OFFICE' end,
      'office', (select j.name from comity.jurisdictions j where j.id = subject.office_id),
      'case', jsonb_build_object('id', c.id, 'number', c.number),
      'leads', subject.office_id is not null and subject.office_id is not distinct from c.lead_id,
      'isLed', c.lead_id is not null,
      'isUnrouted', c.jurisdiction_id is null,
      'hasVenue', exists (select 1 from comity.venues v where v.case_id = p_case and v.jurisdiction_id = subject.office_id),
      'onTeam', exists (select 1 from comity.assignments a where a.case_id = p_case and a.member_id = subject.id and a.until is null
        and (subject.id = caller.id or comity.sees(p_case, a.needs))),
      'jointRole', (select r.role from comity.responsibilities r where r.case_id = p_case and r.jurisdiction_id = subject.office_id and r.state = 'ACCEPTED' and statement_timestamp() < r.until),
      'isInvited', exists (select 1 from comity.responsibilities r where r.case_id = p_case and r.jurisdiction_id = subject.office_id and r.state = 'INVITED' and statement_timestamp() < r.until),
      'isOffered', exists (select 1 from comity.transfers t where t.case_id = p_case and t.to_id = subject.office_id and t.state = 'PROPOSED'),
      'wall', (select w.ground from comity.closings k join comity.walls w on w.case_id = k.case_id and w.id = k.ref
        where k.case_id = p_case and k.cause = 'WALL' and k.subject = any (viewers) and comity.sees(p_case, w.needs) order by w.imposed_at, w.id limit 1),
      'seals', coalesce((select jsonb_agg(jsonb_build_object('facets', facet_names(case when s.facets & 1 = 1 then 65535 else s.facets end), 'order', s."order") order by s.sealed_at, s.id)
        from comity.closings k join comity.seals s on s.case_id = k.case_id and s.id = k.ref
        where k.case_id = p_case and k.cause = 'SEAL' and not k.unless && viewers and statement_timestamp() < k.until
          and s.audience && comity.viewers() and comity.sees(p_case, s.needs)), '[]'),
      'book', (select b.version from comity.rule_books b where b.jurisdiction_id = subject.office_id and b.state = 'IN_FORCE'),
      'limits', coalesce((select jsonb_object_agg(l.action, jsonb_build_object('ceiling', l.ceiling, 'basis', l.basis))
        from comity.rule_books b join comity.act_limits l on l.book_id = b.id where b.jurisdiction_id = subject.office_id and b.state = 'IN_FORCE'), '{}'),
      'facets', (select jsonb_agg(jsonb_build_object('facet', r.facet, 'open', r.open, 'why', r.why, 'terms', r.terms) order by r.place)
        from comity.facet_reasons(p_case, subject.id, viewers,
          coalesce((select k.facets from comity.role_ceilings k where k.role = subject.role and k.body = case when subject.office_id is null then 'COALITION' else 'OFFICE' end), 0), known) r))
    into answer;
  return answer;
end $$;--> statement-breakpoint
grant execute on function comity.withheld(uuid), comity.explain_access(uuid, uuid) to comity_app;--> statement-breakpoint
set role comity_owner;
