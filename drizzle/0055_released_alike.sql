-- What is learned in a compartment, or of a minor, is learned by nobody else from what stands beside it: a notice to a victim goes with the decision that it is about, and
-- asks for the charges, or the proceedings, that it tells of; the trail tells of proof, facts and notices to those alone who see them; clocks, facts and notices that
-- stand in a compartment ask for a purpose; a filing goes with its charge; and a release takes along what was entered meanwhile. Locks the tables of these policies for
-- their moment, and writes the filings that need a compartment, the notices, and the clocks of notices about minors once. Way back: the policies as in 0024 and 0050, drop the four
-- new ones; as comity_definer the functions as in 0049 and 0050; revoke the grants.
ALTER POLICY "victim_notices_seen" ON "comity"."victim_notices" TO comity_app USING (victim_notices.needs <> 0 and (victim_notices.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = victim_notices.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = victim_notices.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((select 1 from comity.persons p where p.case_id = victim_notices.case_id and p.id = victim_notices.person_id) = 1 and (victim_notices.decision_id is null
    or (select 1 from comity.decisions d where d.case_id = victim_notices.case_id and d.id = victim_notices.decision_id) = 1))) WITH CHECK (victim_notices.needs <> 0 and (victim_notices.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = victim_notices.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = victim_notices.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and ((select 1 from comity.persons p where p.case_id = victim_notices.case_id and p.id = victim_notices.person_id) = 1 and (victim_notices.decision_id is null
    or (select 1 from comity.decisions d where d.case_id = victim_notices.case_id and d.id = victim_notices.decision_id) = 1)));--> statement-breakpoint
-- By hand:
create policy clocks_purpose on comity.clocks as restrictive for select to comity_app using (
  (clocks.needs & 49152) = 0 or (select comity.purpose()) is not null);--> statement-breakpoint
create policy clock_facts_purpose on comity.clock_facts as restrictive for select to comity_app using (
  (clock_facts.needs & 49152) = 0 or (select comity.purpose()) is not null);--> statement-breakpoint
create policy victim_notices_purpose on comity.victim_notices as restrictive for select to comity_app using (
  (victim_notices.needs & 49152) = 0 or (select comity.purpose()) is not null);--> statement-breakpoint
create policy filings_purpose on comity.filings as restrictive for select to comity_app using (
  (filings.needs & 49152) = 0 or (select comity.purpose()) is not null);--> statement-breakpoint
alter policy trail_events_beside on comity.trail_events using (
  case when starts_with(trail_events.act, 'COOPERATION_') then (select 1 from comity.cooperation_events x where x.case_id = trail_events.case_id and x.id = (trail_events.body::jsonb ->> 'eventId')::uuid) = 1
    when starts_with(trail_events.act, 'DEMAND_ITEM_') then (select 1 from comity.demand_items x where x.case_id = trail_events.case_id and x.id = (trail_events.body::jsonb ->> 'itemId')::uuid) = 1
    when starts_with(trail_events.act, 'DEMAND_') or trail_events.act in ('PRODUCTION_RECEIVED', 'PRESERVATION_LIFTED') then (select 1 from comity.external_demands x where x.case_id = trail_events.case_id and x.id = (trail_events.body::jsonb ->> 'demandId')::uuid) = 1
    when trail_events.act = 'REMOVAL_RECORDED' then (select 1 from comity.removals x where x.case_id = trail_events.case_id and x.id = (trail_events.body::jsonb ->> 'removalId')::uuid) = 1
    when trail_events.act = 'PARALLEL_RECORDED' then (select 1 from comity.parallel_proceedings x where x.case_id = trail_events.case_id and x.id = (trail_events.body::jsonb ->> 'proceedingId')::uuid) = 1
    when trail_events.act = 'RENDITION_RECORDED' then (select 1 from comity.renditions x where x.case_id = trail_events.case_id and x.id = (trail_events.body::jsonb ->> 'renditionId')::uuid) = 1
    when trail_events.act in ('ARRAIGNED', 'TRIAL_SET') then (select 1 from comity.court_dates x where x.case_id = trail_events.case_id and x.id = (trail_events.body::jsonb ->> 'courtDateId')::uuid) = 1
    when trail_events.act in ('PROOF_LINKED', 'PROOF_WITHDRAWN') then (select 1 from comity.proof_links x where x.case_id = trail_events.case_id and x.id = (trail_events.body::jsonb ->> 'linkId')::uuid) = 1
    when trail_events.act in ('CLOCK_FACT_RECORDED', 'CLOCK_FACT_WITHDRAWN', 'EXCLUSION_ENDED', 'DISCOVERY_ATTESTED', 'LIMITATION_ASSERTED') then (select 1 from comity.clock_facts x where x.case_id = trail_events.case_id and x.id = (trail_events.body::jsonb ->> 'factId')::uuid) = 1
    when trail_events.act = 'VICTIM_NOTICE_RECORDED' then (select 1 from comity.victim_notices x where x.case_id = trail_events.case_id and x.id = (trail_events.body::jsonb ->> 'noticeId')::uuid) = 1
    when trail_events.act in ('DISPOSITION_RECORDED', 'ELEMENT_ASSESSED') then (select 1 from comity.charges x where x.case_id = trail_events.case_id and x.id = (trail_events.body::jsonb ->> 'chargeId')::uuid) = 1
    when trail_events.act = 'IMMUNITY_RECORDED' then (select 1 from comity.immunity_proceedings x where x.case_id = trail_events.case_id and x.id = (trail_events.body::jsonb ->> 'proceedingId')::uuid) = 1
    when trail_events.act = 'AFFILIATION_RECORDED' or starts_with(trail_events.act, 'IMMUNITY_') then (select 1 from comity.persons x where x.case_id = trail_events.case_id and x.id = (trail_events.body::jsonb ->> 'personId')::uuid) = 1
    else true end);--> statement-breakpoint
grant update (needs) on comity.court_dates, comity.renditions, comity.immunity_proceedings, comity.proceeding_steps, comity.victim_notices to comity_definer;--> statement-breakpoint
grant select on comity.charge_relations, comity.proceeding_steps to comity_definer;--> statement-breakpoint
grant update (needs) on comity.filings, comity.clocks to comity_definer;--> statement-breakpoint
set role comity_definer;--> statement-breakpoint

update comity.filings f set needs = f.needs & ~49152 where f.needs & 49152 <> 0;--> statement-breakpoint
update comity.victim_notices n set needs = n.needs | case when n.kind in ('CHARGED', 'DECLINED') then 16 else 80 end where n.kind not in ('RIGHTS_FORM', 'OPT_OUT', 'OPT_IN');--> statement-breakpoint
update comity.clocks k set needs = k.needs | 4096 where k.kind = 'VICTIM_NOTICE' and k.needs & 4096 = 0
   and exists (select 1 from comity.charges h where h.case_id = k.case_id and h.state = 'FILED' and h.needs & 4096 <> 0)
   and not exists (select 1 from comity.charges h where h.case_id = k.case_id and h.state = 'FILED' and h.needs & 4096 = 0);--> statement-breakpoint

-- All that the clocks of cases depend on, as before; what is of a minor is apart from the rest as what is in a compartment is.
create or replace function comity.clock_facts_of(p_cases uuid[]) returns table (facts jsonb)
language plpgsql security definer set search_path = comity, pg_catalog set enable_seqscan = off as $$
begin
  perform 1 from comity.trail_heads t where t.case_id = any (p_cases) and t.chain = 'CASE' order by t.case_id for update;
  return query select jsonb_build_object(
    'caseId', c.id, 'state', c.state, 'timeZone', coalesce(j.time_zone, l.time_zone, 'UTC'), 'incidentOn', c.incident_on,
    'charges', (select coalesce(jsonb_agg(jsonb_build_object(
        'id', h.id, 'needs', h.needs, 'personId', h.person_id, 'offenceOn', h.offence_on, 'offenceUntil', h.offence_until, 'level', h.level, 'versionId', v.id,
        'statute', jsonb_build_object('state', s.state, 'citation', s.citation),
        'version', jsonb_build_object('validFrom', v.valid_from, 'validTo', v.valid_to, 'level', v.level, 'limitation', v.limitation,
          'appliesToFederalOfficer', v.applies_to_federal_officer, 'confidence', v.confidence),
        'filedOn', f.filed_on) order by h.id), '[]')
      from comity.charges h join comity.statute_versions v on v.id = h.statute_version_id join comity.statutes s on s.id = h.statute_id
      left join comity.filings f on f.case_id = h.case_id and f.charge_id = h.id
     where h.case_id = c.id and h.state <> 'WITHDRAWN' and not o.over),
    'recordings', (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'needs', r.needs, 'capturedFrom', to_json(coalesce(r.captured_from, r.captured_to))) order by r.id), '[]')
      from comity.recordings r where r.case_id = c.id and r.kind = 'BODY_CAMERA' and not o.over),
    'items', (select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'needs', i.needs, 'askedAt', to_json(i.asked_at), 'dueOn', i.due_on,
        'receivedAt', case when i.state = 'RECEIVED' then to_json(i.state_since) end) order by i.id), '[]')
      from comity.return_items i where i.case_id = c.id and i.state in ('REQUESTED', 'DISPUTED', 'OVERRULED', 'RECEIVED') and not o.over),
    'victims', (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'needs', p.needs,
        'told', (select coalesce(jsonb_agg(jsonb_build_object('kind', n.kind, 'sentOn', n.sent_on)), '[]')
          from comity.victim_notices n where n.case_id = p.case_id and n.person_id = p.id)) order by p.id), '[]')
      from comity.persons p where p.case_id = c.id and p.part = 'VICTIM'),
    'accused', (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'needs', p.needs | 80,
        'arraignedOn', (select d.day from comity.court_dates d where d.case_id = p.case_id and d.person_id = p.id and d.kind = 'ARRAIGNMENT' and d.needs & ~w.apart & 49152 = 0 order by d.recorded_at desc, d.id desc limit 1),
        'trialStartsOn', (select d.day from comity.court_dates d where d.case_id = p.case_id and d.person_id = p.id and d.kind = 'TRIAL' and d.needs & ~w.apart & 49152 = 0 order by d.recorded_at desc, d.id desc limit 1),
        'noticeFiledOn', w.noticed) order by p.id), '[]')
      from comity.persons p
      -- A charge that is in a compartment, where another is not, keeps no window open.
      cross join lateral (select x.apart, x.waits, r.noticed, r.closed from (
          select a.apart, exists (select 1 from comity.filings f join comity.charges h on h.case_id = f.case_id and h.id = f.charge_id
              where f.case_id = p.case_id and h.person_id = p.id and h.needs & ~a.apart & 49152 = 0
                and not exists (select 1 from comity.dispositions d where d.case_id = h.case_id and d.charge_id = h.id and d.kind not in ('VACATED', 'ENTERED_IN_ERROR')
                  and not exists (select 1 from comity.dispositions l where l.case_id = d.case_id and l.supersedes = d.id))) as waits
            from (select bit_and(h.needs) as apart from comity.filings f join comity.charges h on h.case_id = f.case_id and h.id = f.charge_id where f.case_id = p.case_id and h.person_id = p.id) a) x
        cross join lateral (select min(r.notice_filed_on) as noticed, coalesce(bool_or(r.state = 'WINDOW_CLOSED'), false) as closed from comity.removals r
           where r.case_id = p.case_id and r.person_id = p.id and r.scope = 'WHOLE_CASE' and r.needs & ~x.apart & 49152 = 0) r) w
     where p.case_id = c.id and not o.over and w.apart is not null
       -- The window is of nobody's concern once the court has disposed of every charge without a notice, or it is on record that it closed.
       and (w.noticed is not null or w.waits and not w.closed)
       and coalesce((select a.affiliation from comity.affiliations a where a.case_id = p.case_id and a.person_id = p.id order by a.recorded_at desc, a.id desc limit 1), 'UNKNOWN')
         in ('FEDERAL', 'UNKNOWN')),
    'petitions', (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'needs', s.needs, 'judgeAssignedOn', s.judge_assigned_on, 'heardOn', s.heard_on, 'decidedOn', s.decided_on) order by s.id), '[]')
      from comity.supersessions s where s.case_id = c.id and not o.over and s.state <> 'WITHDRAWN' and (s.decided_on is null or s.heard_on is not null)),
    'demands', (select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'needs', d.needs, 'regime', d.regime, 'servedOn', d.served_on, 'returnOn', d.respond_by, 'answeredOn', w.answered) order by d.id), '[]')
      from comity.external_demands d
      -- Answered once all of it is, on the day of the last first answer; what lies in a compartment is left out, for it would tell of itself.
      cross join lateral (select case when d.regime = 'PRESERVATION_LETTER' then d.answered_on
          when not exists (select 1 from comity.demand_items i left join comity.charges h on h.case_id = i.case_id and h.id = i.charge_id
            where i.case_id = d.case_id and i.demand_id = d.id and i.state = 'ASKED' and coalesce(h.needs, 0) & ~d.needs & 49152 = 0)
          then coalesce((select max(e.first) from (select min(e.day) as first from comity.demand_entries e join comity.demand_items i on i.case_id = e.case_id and i.id = e.item_id
              left join comity.charges h on h.case_id = i.case_id and h.id = i.charge_id
             where e.case_id = d.case_id and e.demand_id = d.id and e.kind = 'ANSWERED' and coalesce(h.needs, 0) & ~d.needs & 49152 = 0 group by e.item_id) e), d.answered_on) end as answered) w
     where d.case_id = c.id and not o.over and d.served_on is not null and d.state <> 'WITHDRAWN' and (w.answered is not null or d.lifted_on is null and d.state <> 'DISMISSED')),
    'held', (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'needs', r.needs, 'asylumState', r.asylum_state, 'arrestOn', r.arrest_on, 'extensionUntil', r.extension_until,
        'endedOn', least(r.governor_warrant_on, r.waived_on, r.returned_on, r.released_on)) order by r.id), '[]')
      -- Who was arrested on the Governor's warrant is held on that.
      from comity.renditions r where r.case_id = c.id and not o.over and r.arrest_on is not null and r.state <> 'WITHDRAWN' and (r.governor_warrant_on is null or r.arrest_on < r.governor_warrant_on)),
    'disposed', (select coalesce(jsonb_agg(distinct jsonb_build_object('on', d.disposed_on, 'apart', h.needs & 53248)), '[]')
      from comity.dispositions d join comity.charges h on h.case_id = d.case_id and h.id = d.charge_id where d.case_id = c.id and d.kind not in ('VACATED', 'ENTERED_IN_ERROR')
       and not exists (select 1 from comity.dispositions l where l.case_id = d.case_id and l.supersedes = d.id)),
    'recorded', (select coalesce(jsonb_agg(jsonb_build_object('kind', k.kind, 'aboutId', k.about_id, 'fromOn', k.from_on, 'toOn', k.to_on, 'grounds', k.grounds,
        'source', k.source, 'recordedBy', m.name, 'attestedBy', a.name) order by k.recorded_at desc, k.id desc), '[]')
      from comity.clock_facts k join comity.members m on m.id = k.recorded_by left join comity.members a on a.id = k.attested_by
     where k.case_id = c.id and k.withdrawn_at is null),
    'rules', (select coalesce(jsonb_agg(jsonb_build_object('kind', r.kind, 'state', r.state, 'body', r.body, 'citation', r.citation, 'source', r.source, 'confidence', r.confidence)
        order by r.kind, r.state, r.position), '[]')
      from comity.state_rules r where r.state in (c.state, '*') and r.kind in ('LIMITATION', 'BODY_CAMERA_RETENTION', 'VICTIM_NOTICE', 'FEDERAL_REMOVAL', 'SUPERSESSION', 'EXTERNAL_DEMAND_REGIME')
        or r.kind = 'RENDITION' and exists (select 1 from comity.renditions x where x.case_id = c.id and r.state in (x.asylum_state, '*'))))
    from comity.cases c cross join lateral (select c.stage = 'MERGED' or c.stage = 'CLOSED' and not exists (select 1 from comity.dispositions d where d.case_id = c.id) as over) o
    left join comity.jurisdictions j on j.id = c.jurisdiction_id
    left join comity.jurisdictions l on l.id = c.lead_id
   where c.id = any (p_cases);
end $$;--> statement-breakpoint
-- Cases whose clocks rest on a rule that says something else by now, or that lack one, as before; what is of a minor apart.
create or replace function comity.clocks_outdated(p_texts jsonb, p_versions text[], p_behind uuid, p_limit integer) returns setof uuid
language sql stable security definer set search_path = comity, pg_catalog as $$
  select x.case_id from (
    select k.case_id from comity.clocks k where k.superseded_at is null and case when k.version_id is null
        then k.rule ->> 'version' <> all (p_versions) else k.rule ->> 'version' is distinct from p_texts ->> k.version_id::text end
    union
    select h.case_id from comity.charges h where h.state <> 'WITHDRAWN'
      and not exists (select 1 from comity.clocks k where k.case_id = h.case_id and k.kind = 'LIMITATION' and k.about_id = h.id and k.superseded_at is null)
    union
    select r.case_id from comity.recordings r where r.kind = 'BODY_CAMERA'
      and not exists (select 1 from comity.clocks k where k.case_id = r.case_id and k.kind = 'CAMERA_RETENTION' and k.about_id = r.id and k.superseded_at is null)
    union
    select i.case_id from comity.return_items i where i.state in ('REQUESTED', 'DISPUTED', 'OVERRULED', 'RECEIVED')
      and not exists (select 1 from comity.clocks k where k.case_id = i.case_id and k.kind = 'RETURN_ITEM' and k.about_id = i.id and k.superseded_at is null)
    union
    select d.case_id from comity.external_demands d where d.served_on is not null and d.state not in ('WITHDRAWN', 'DISMISSED') and d.lifted_on is null
      and exists (select 1 from comity.state_rules r where r.kind = 'EXTERNAL_DEMAND_REGIME' and r.body ->> 'regime' = d.regime)
      and not exists (select 1 from comity.clocks k where k.case_id = d.case_id and k.kind = 'EXTERNAL_DEMAND' and k.about_id = d.id and k.superseded_at is null)
    union
    select s.case_id from comity.supersessions s join comity.cases c on c.id = s.case_id where s.state <> 'WITHDRAWN' and (s.decided_on is null or s.heard_on is not null)
      and exists (select 1 from comity.state_rules r where r.kind = 'SUPERSESSION' and r.state = c.state)
      and not exists (select 1 from comity.clocks k where k.case_id = s.case_id and k.kind = 'SUPERSESSION_HEARING' and k.about_id = s.id and k.superseded_at is null)
    union
    select h.case_id from comity.filings f join comity.charges h on h.case_id = f.case_id and h.id = f.charge_id
     where exists (select 1 from comity.state_rules r where r.kind = 'FEDERAL_REMOVAL' and r.state = '*')
       and not exists (select 1 from comity.dispositions d where d.case_id = h.case_id and d.charge_id = h.id)
       and coalesce((select a.affiliation from comity.affiliations a where a.case_id = h.case_id and a.person_id = h.person_id order by a.recorded_at desc, a.id desc limit 1), 'UNKNOWN') in ('FEDERAL', 'UNKNOWN')
       and not exists (select 1 from comity.removals r where r.case_id = h.case_id and r.person_id = h.person_id and r.state = 'WINDOW_CLOSED')
       and not exists (select 1 from comity.clocks k where k.case_id = h.case_id and k.kind = 'REMOVAL_WINDOW' and k.about_id = h.person_id and k.superseded_at is null)
    union
    -- The rule of the state where somebody is held goes before that of every state.
    select r.case_id from comity.renditions r
      cross join lateral (select s.citation from comity.state_rules s where s.kind = 'RENDITION' and s.state in (r.asylum_state, '*') order by s.state = '*', s.position limit 1) law
     where r.arrest_on is not null and r.state <> 'WITHDRAWN' and (r.governor_warrant_on is null or r.arrest_on < r.governor_warrant_on)
       and not exists (select 1 from comity.clocks k where k.case_id = r.case_id and k.kind = 'RENDITION_HOLD' and k.about_id = r.id and k.superseded_at is null and k.rule ->> 'citation' is not distinct from law.citation)
    union
    -- A notice to each victim for each day on which something was filed or disposed of, for each rule of its state.
    select e.case_id from (
        select f.case_id, 'CHARGED' as kind, count(distinct (f.filed_on, h.needs & 53248)) as events from comity.filings f join comity.charges h on h.case_id = f.case_id and h.id = f.charge_id where h.state <> 'WITHDRAWN' group by f.case_id
        union all
        select d.case_id, 'DISPOSITION', count(distinct (d.disposed_on, h.needs & 53248)) from comity.dispositions d join comity.charges h on h.case_id = d.case_id and h.id = d.charge_id
         where d.kind not in ('VACATED', 'ENTERED_IN_ERROR') and not exists (select 1 from comity.dispositions l where l.case_id = d.case_id and l.supersedes = d.id) group by d.case_id) e
      join comity.cases c on c.id = e.case_id
     where (select count(*) from comity.clocks k where k.case_id = e.case_id and k.kind = 'VICTIM_NOTICE' and k.aspect like e.kind || '%' and k.superseded_at is null)
       <> e.events * (select count(*) from comity.persons p where p.case_id = e.case_id and p.part = 'VICTIM')
         * (select count(*) from comity.state_rules r where r.kind = 'VICTIM_NOTICE' and r.state = c.state and r.body ->> 'kind' = e.kind)) x
    join comity.cases c on c.id = x.case_id
   where x.case_id > p_behind and c.stage <> 'MERGED' and (c.stage <> 'CLOSED' or exists (select 1 from comity.dispositions d where d.case_id = c.id)) order by x.case_id limit p_limit
$$;--> statement-breakpoint
-- Takes a row out of a compartment, and with it what came in with it, as before; with a charge what a court
-- and others entered of its person meanwhile, and the notices about it. Nothing leaves that would make of two charges twins, or of charges a circle.
create or replace function comity.release_from_compartment(p_case uuid, p_compartment text, p_kind text, p_id uuid) returns void
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  bit integer := comity.compartment_entered(p_case, p_compartment, p_kind, p_id);
  side text[] := case p_compartment when 'COMPELLED' then array['FILTER'] else array['TRIAL', 'SUPPORT'] end;
  source integer;
  accused uuid;
  placed_at timestamptz;
begin
  if not exists (select 1 from comity.assignments a where a.case_id = p_case and a.member_id = comity.member() and a.until is null and a.role = any (side)) then
    raise exception 'Only the team that reads this compartment releases from it.' using errcode = 'CM403';
  elsif p_compartment = 'COMPELLED' and not exists (select 1 from comity.members m where m.id = comity.member() and m.active and m.role in ('SUPERVISOR', 'ELECTED')) then
    raise exception 'What was compelled is released by a supervisor or the elected head, as a member of the filter team.' using errcode = 'CM403';
  elsif comity.needs_of(p_case, p_kind, p_id) & bit = 0 then
    raise exception 'This is not in the compartment.' using errcode = 'CM409';
  end if;
  source := case p_kind
    when 'REMOVAL' then (select comity.needs_of(p_case, 'PERSON', r.person_id) from comity.removals r where r.case_id = p_case and r.id = p_id)
    when 'CHARGE' then (select comity.needs_of(p_case, 'PERSON', h.person_id) from comity.charges h where h.case_id = p_case and h.id = p_id)
    when 'ANNOTATION' then (select comity.needs_of(p_case, a.target_kind, a.target_id) from comity.annotations a where a.case_id = p_case and a.id = p_id) end;
  if source & bit <> 0 then
    raise exception 'What this derives from is in the compartment. Release that first.' using errcode = 'CM409';
  end if;
  if p_kind = 'REMOVAL' and exists (select 1 from comity.removals r join comity.removals o on o.case_id = r.case_id and o.person_id = r.person_id and o.scope = r.scope and o.id <> r.id
      and o.needs & 49152 = 0 and o.ruling is distinct from 'REMANDED' where r.case_id = p_case and r.id = p_id and r.ruling is distinct from 'REMANDED') then
    raise exception 'Another removal of this person stands outside of the compartment. It ends first.' using errcode = 'CM409';
  end if;
  select e.at into placed_at from comity.trail_events e
   where e.case_id = p_case and e.chain = p_compartment and e.act = 'COMPARTMENT_PLACED' and e.body::jsonb ->> 'targetId' = p_id::text order by e.seq desc limit 1;
  update comity.recordings r set needs = r.needs & ~bit where p_kind = 'RECORDING' and r.case_id = p_case and r.id = p_id;
  update comity.persons p set needs = p.needs & ~bit where p_kind = 'PERSON' and p.case_id = p_case and p.id = p_id;
  update comity.person_contacts k set needs = k.needs & ~bit where p_kind = 'PERSON' and k.case_id = p_case and k.person_id = p_id;
  update comity.charges h set needs = h.needs & ~bit
   where h.case_id = p_case and (p_kind = 'CHARGE' and h.id = p_id
     or p_kind = 'PERSON' and h.person_id = p_id and h.proposed_at < placed_at and not comity.placed_itself(p_case, p_compartment, h.id));
  accused := case p_kind when 'PERSON' then p_id when 'CHARGE' then (select h.person_id from comity.charges h where h.case_id = p_case and h.id = p_id) end;
  if exists (select 1 from comity.charges h join comity.charges x on x.case_id = h.case_id and x.person_id = h.person_id and x.statute_id = h.statute_id and x.offence_on = h.offence_on and x.id <> h.id
      where h.case_id = p_case and h.person_id = accused and (p_kind = 'PERSON' or h.id = p_id) and h.state in ('PROPOSED', 'FILED') and h.needs & 49152 = 0
        and x.state in ('PROPOSED', 'FILED') and x.needs & 49152 = 0 and coalesce(x.level, h.level, 'NONE') = coalesce(h.level, x.level, 'NONE')) then
    raise exception 'The same charge is open outside of the compartment. One of the two is withdrawn first.' using errcode = 'CM409';
  elsif accused is not null and exists (with recursive up (start, id) as (
        select r.charge_id, r.other_id from comity.charge_relations r where r.case_id = p_case and r.relation = 'LESSER_OF' and r.ended_at is null
        union select u.start, r.other_id from up u join comity.charge_relations r on r.case_id = p_case and r.charge_id = u.id and r.relation = 'LESSER_OF' and r.ended_at is null)
      select 1 from up u where u.id = u.start) then
    raise exception 'Outside of the compartment this charge would be a lesser one of itself. One of the relations is taken back first.' using errcode = 'CM409';
  end if;
  begin
    if exists (select 1 from comity.charges h join comity.persons p on p.case_id = h.case_id and p.id = h.person_id
        where h.case_id = p_case and h.person_id = accused and h.state = 'FILED' and (h.needs | p.needs) & 49152 = 0) then
      update comity.court_dates d set needs = d.needs & ~bit where d.case_id = p_case and d.person_id = accused and d.needs & bit <> 0;
      update comity.renditions r set needs = r.needs & ~bit where r.case_id = p_case and r.person_id = accused and r.needs & bit <> 0;
      update comity.immunity_proceedings i set needs = i.needs & ~bit where i.case_id = p_case and i.person_id = accused and i.needs & bit <> 0
        and not exists (select 1 from comity.charges h where h.case_id = p_case and h.id = any (i.charge_ids) and h.needs & bit <> 0);
      update comity.proceeding_steps s set needs = s.needs & ~bit where s.case_id = p_case and s.needs & bit <> 0 and case s.kind
          when 'RENDITION' then (select r.needs from comity.renditions r where r.case_id = p_case and r.id = s.about_id)
          when 'IMMUNITY' then (select i.needs from comity.immunity_proceedings i where i.case_id = p_case and i.id = s.about_id) end & bit = 0;
    end if;
  exception when unique_violation then
    raise exception 'What was entered in the compartment and what was entered outside of it since cannot both stand. One of the two ends, or is corrected, first.' using errcode = 'CM409';
  end;
  update comity.victim_notices n set needs = n.needs & ~bit from comity.persons p
   where n.case_id = p_case and n.needs & bit <> 0 and p.case_id = n.case_id and p.id = n.person_id and p.needs & bit = 0
     and not exists (select 1 from comity.charges h where h.case_id = p_case and h.needs & bit <> 0 and h.state <> 'WITHDRAWN');
  update comity.external_demands d set needs = d.needs & ~bit where p_kind = 'DEMAND' and d.case_id = p_case and d.id = p_id;
  update comity.demand_items i set needs = i.needs & ~bit where p_kind = 'DEMAND' and i.case_id = p_case and i.demand_id = p_id;
  update comity.demand_extensions x set needs = x.needs & ~bit where p_kind = 'DEMAND' and x.case_id = p_case and x.demand_id = p_id;
  update comity.demand_entries e set needs = e.needs & ~bit where p_kind = 'DEMAND' and e.case_id = p_case and e.demand_id = p_id;
  update comity.removals r set needs = r.needs & ~bit where p_kind = 'REMOVAL' and r.case_id = p_case and r.id = p_id;
  update comity.removal_steps s set needs = s.needs & ~bit where p_kind = 'REMOVAL' and s.case_id = p_case and s.removal_id = p_id;
  with released as (
    update comity.annotations a set needs = a.needs & ~bit, placed_needs = a.placed_needs & ~bit
     where a.case_id = p_case and (p_kind = 'ANNOTATION' and a.id = p_id
       or a.revised_at < placed_at and not comity.placed_itself(p_case, p_compartment, a.id)
         and (a.target_kind = p_kind and a.target_id = p_id
           or p_kind = 'PERSON' and a.target_kind = 'CHARGE'
             and exists (select 1 from comity.charges h where h.case_id = p_case and h.id = a.target_id and h.person_id = p_id and h.needs & bit = 0)))
    returning a.id, a.needs
  )
  update comity.annotation_revisions r set needs = l.needs from released l where r.case_id = p_case and r.annotation_id = l.id;
end $$;--> statement-breakpoint
set role comity_owner;--> statement-breakpoint
revoke update (needs) on comity.filings, comity.clocks from comity_definer;
