-- Clocks of what happens beside and in court: the window for removal, demands, petitions to supersede, notices of a disposition. Locks
-- clocks for the moment in which its policy changes. Way back: as comity_owner the policy as in 0031, as comity_definer clock_facts_of and
-- clocks_outdated as in 0031.
ALTER POLICY "clocks_seen" ON "comity"."clocks" TO comity_app USING (clocks.needs <> 0 and (clocks.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = clocks.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = clocks.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and (case clocks.kind
    when 'LIMITATION' then (select 1 from comity.charges h where h.case_id = clocks.case_id and h.id = clocks.about_id)
    when 'CAMERA_RETENTION' then (select 1 from comity.recordings r where r.case_id = clocks.case_id and r.id = clocks.about_id)
    when 'RETURN_ITEM' then (select 1 from comity.return_items i where i.case_id = clocks.case_id and i.id = clocks.about_id)
    when 'VICTIM_NOTICE' then (select 1 from comity.persons p where p.case_id = clocks.case_id and p.id = clocks.about_id)
    when 'REMOVAL_WINDOW' then (select 1 from comity.persons p where p.case_id = clocks.case_id and p.id = clocks.about_id
      and (select 1 from comity.filings f join comity.charges h on h.case_id = f.case_id and h.id = f.charge_id where f.case_id = p.case_id and h.person_id = p.id limit 1) = 1)
    when 'EXTERNAL_DEMAND' then (select 1 from comity.external_demands d where d.case_id = clocks.case_id and d.id = clocks.about_id)
    else (select 1 from comity.supersessions s where s.case_id = clocks.case_id and s.id = clocks.about_id) end = 1)) WITH CHECK (clocks.needs <> 0 and (clocks.needs & ~(
  (select coalesce(bit_or(s.facets & case when s.cause in ('TEAM', 'BREAK_GLASS') then -1 else (select comity.role_facets()) end), 0)
     from comity.sight s
    where s.case_id = clocks.case_id and s.viewer = any ((select comity.viewers())::uuid[]) and statement_timestamp() < s.until)
  & ~(select coalesce(bit_or(c.facets), 0) from comity.closings c
    where c.case_id = clocks.case_id and (c.subject is null or c.subject = any ((select comity.viewers())::uuid[]))
      and not c.unless && (select comity.viewers())::uuid[] and statement_timestamp() < c.until)
)) < 1 and (case clocks.kind
    when 'LIMITATION' then (select 1 from comity.charges h where h.case_id = clocks.case_id and h.id = clocks.about_id)
    when 'CAMERA_RETENTION' then (select 1 from comity.recordings r where r.case_id = clocks.case_id and r.id = clocks.about_id)
    when 'RETURN_ITEM' then (select 1 from comity.return_items i where i.case_id = clocks.case_id and i.id = clocks.about_id)
    when 'VICTIM_NOTICE' then (select 1 from comity.persons p where p.case_id = clocks.case_id and p.id = clocks.about_id)
    when 'REMOVAL_WINDOW' then (select 1 from comity.persons p where p.case_id = clocks.case_id and p.id = clocks.about_id
      and (select 1 from comity.filings f join comity.charges h on h.case_id = f.case_id and h.id = f.charge_id where f.case_id = p.case_id and h.person_id = p.id limit 1) = 1)
    when 'EXTERNAL_DEMAND' then (select 1 from comity.external_demands d where d.case_id = clocks.case_id and d.id = clocks.about_id)
    else (select 1 from comity.supersessions s where s.case_id = clocks.case_id and s.id = clocks.about_id) end = 1));--> statement-breakpoint
-- By hand:
grant select on comity.court_dates, comity.removals, comity.dispositions, comity.supersessions, comity.external_demands, comity.affiliations to comity_definer;--> statement-breakpoint
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
        'arraignedOn', (select d.day from comity.court_dates d where d.case_id = p.case_id and d.person_id = p.id and d.kind = 'ARRAIGNMENT' order by d.recorded_at desc, d.id desc limit 1),
        'trialStartsOn', (select d.day from comity.court_dates d where d.case_id = p.case_id and d.person_id = p.id and d.kind = 'TRIAL' order by d.recorded_at desc, d.id desc limit 1),
        'noticeFiledOn', (select min(r.notice_filed_on) from comity.removals r where r.case_id = p.case_id and r.person_id = p.id and r.scope = 'WHOLE_CASE')) order by p.id), '[]')
      from comity.persons p where p.case_id = c.id and not o.over
       and exists (select 1 from comity.filings f join comity.charges h on h.case_id = f.case_id and h.id = f.charge_id where f.case_id = p.case_id and h.person_id = p.id)
       and coalesce((select a.affiliation from comity.affiliations a where a.case_id = p.case_id and a.person_id = p.id order by a.recorded_at desc, a.id desc limit 1), 'UNKNOWN')
         in ('FEDERAL', 'UNKNOWN')),
    'petitions', (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'needs', s.needs, 'judgeAssignedOn', s.judge_assigned_on, 'heardOn', s.heard_on, 'decidedOn', s.decided_on) order by s.id), '[]')
      from comity.supersessions s where s.case_id = c.id and not o.over),
    'demands', (select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'needs', d.needs, 'regime', d.regime, 'servedOn', d.served_on, 'returnOn', d.respond_by, 'answeredOn', d.answered_on) order by d.id), '[]')
      from comity.external_demands d where d.case_id = c.id and not o.over and d.served_on is not null and d.state <> 'WITHDRAWN' and (d.lifted_on is null or d.answered_on is not null)),
    'disposedOn', (select min(d.disposed_on) from comity.dispositions d where d.case_id = c.id
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

-- Cases whose clocks rest on a rule that says something else by now, or that lack one: the next of them behind a case. What rules say is
-- told by the versions that clocks would name: of each text of a statute, and of all others.
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
    select d.case_id from comity.external_demands d where d.served_on is not null and d.state <> 'WITHDRAWN' and d.lifted_on is null
      and not exists (select 1 from comity.clocks k where k.case_id = d.case_id and k.kind = 'EXTERNAL_DEMAND' and k.about_id = d.id and k.superseded_at is null)) x
    join comity.cases c on c.id = x.case_id
   where x.case_id > p_behind and c.stage not in ('CLOSED', 'MERGED') order by x.case_id limit p_limit
$$;--> statement-breakpoint

set role comity_owner;
