-- Clocks end where nobody has to do anything any more, and each disposition is told of; a refresh finds the cases to which a rule is new. No table is
-- written or locked. Way back: as comity_definer clock_facts_of and clocks_outdated as in 0036.
set role comity_definer;--> statement-breakpoint
-- All that the clocks of cases depend on; what is merged has none, and what is closed without having been in court. Holds the heads of their trails, so that nobody computes
-- from older facts at the same time. Whoever asks was judged by the caller.
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
      cross join lateral (select x.apart, x.waits, r.noticed, r.closed from (
          select bit_and(h.needs) as apart, bool_or(not exists (select 1 from comity.dispositions d where d.case_id = h.case_id and d.charge_id = h.id and d.kind not in ('VACATED', 'ENTERED_IN_ERROR')
              and not exists (select 1 from comity.dispositions l where l.case_id = d.case_id and l.supersedes = d.id))) as waits
            from comity.filings f join comity.charges h on h.case_id = f.case_id and h.id = f.charge_id where f.case_id = p.case_id and h.person_id = p.id) x
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
    'disposed', (select coalesce(jsonb_agg(distinct jsonb_build_object('on', d.disposed_on, 'apart', h.needs & 49152)), '[]')
      from comity.dispositions d join comity.charges h on h.case_id = d.case_id and h.id = d.charge_id where d.case_id = c.id and d.kind not in ('VACATED', 'ENTERED_IN_ERROR')
       and not exists (select 1 from comity.dispositions l where l.case_id = d.case_id and l.supersedes = d.id)),
    'recorded', (select coalesce(jsonb_agg(jsonb_build_object('kind', k.kind, 'aboutId', k.about_id, 'fromOn', k.from_on, 'toOn', k.to_on, 'grounds', k.grounds,
        'source', k.source, 'recordedBy', m.name, 'attestedBy', a.name) order by k.recorded_at desc, k.id desc), '[]')
      from comity.clock_facts k join comity.members m on m.id = k.recorded_by left join comity.members a on a.id = k.attested_by
     where k.case_id = c.id and k.withdrawn_at is null),
    'rules', (select coalesce(jsonb_agg(jsonb_build_object('kind', r.kind, 'state', r.state, 'body', r.body, 'citation', r.citation, 'source', r.source, 'confidence', r.confidence)
        order by r.kind, r.state, r.position), '[]')
      from comity.state_rules r where r.state in (c.state, '*') and r.kind in ('LIMITATION', 'BODY_CAMERA_RETENTION', 'VICTIM_NOTICE', 'FEDERAL_REMOVAL', 'SUPERSESSION', 'EXTERNAL_DEMAND_REGIME')))
    from comity.cases c cross join lateral (select c.stage = 'MERGED' or c.stage = 'CLOSED' and not exists (select 1 from comity.dispositions d where d.case_id = c.id) as over) o
    left join comity.jurisdictions j on j.id = c.jurisdiction_id
    left join comity.jurisdictions l on l.id = c.lead_id
   where c.id = any (p_cases);
end $$;--> statement-breakpoint

-- Cases whose clocks rest on a rule that says something else by now, or that lack one, be its rule new: the next of them behind a case. What rules say is
-- told by the versions that clocks would name: of each text of a statute, and of all others. What is closed has clocks where it was in court.
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
    -- A notice to each victim for each day on which something was filed or disposed of, for each rule of its state.
    select e.case_id from (
        select f.case_id, 'CHARGED' as kind, count(distinct (f.filed_on, h.needs & 49152)) as events from comity.filings f join comity.charges h on h.case_id = f.case_id and h.id = f.charge_id where h.state <> 'WITHDRAWN' group by f.case_id
        union all
        select d.case_id, 'DISPOSITION', count(distinct (d.disposed_on, h.needs & 49152)) from comity.dispositions d join comity.charges h on h.case_id = d.case_id and h.id = d.charge_id
         where d.kind not in ('VACATED', 'ENTERED_IN_ERROR') and not exists (select 1 from comity.dispositions l where l.case_id = d.case_id and l.supersedes = d.id) group by d.case_id) e
      join comity.cases c on c.id = e.case_id
     where (select count(*) from comity.clocks k where k.case_id = e.case_id and k.kind = 'VICTIM_NOTICE' and k.aspect like e.kind || '%' and k.superseded_at is null)
       <> e.events * (select count(*) from comity.persons p where p.case_id = e.case_id and p.part = 'VICTIM')
         * (select count(*) from comity.state_rules r where r.kind = 'VICTIM_NOTICE' and r.state = c.state and r.body ->> 'kind' = e.kind)) x
    join comity.cases c on c.id = x.case_id
   where x.case_id > p_behind and c.stage <> 'MERGED' and (c.stage <> 'CLOSED' or exists (select 1 from comity.dispositions d where d.case_id = c.id)) order by x.case_id limit p_limit
$$;--> statement-breakpoint

set role comity_owner;
