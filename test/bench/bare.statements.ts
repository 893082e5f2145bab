/** What a reader sends to the bare servers: a case's id, or a reader's viewers as PostgreSQL writes an array. */
const STATUTE = `(select json_build_object('citation', s.citation, 'title', s.title) from comity.statutes s where s.id = x.statute_id)`;
const OFFICE = `(select json_build_object('id', j.id, 'slug', j.slug, 'name', j.name) from comity.jurisdictions j where j.id = c.lead_id)`;
const AGENCY = `(select json_build_object('id', a.id, 'name', a.name, 'ori', a.ori) from comity.agencies a where a.id = c.agency_id)`;
const MEMBER = (column: string) => `(select json_build_object('id', m.id, 'name', m.name) from comity.members m where m.id = ${column})`;
const CHARGES = `(select coalesce(json_agg(json_build_object('id', x.id, 'counts', x.counts, 'offenceOn', x.offence_on, 'state', x.state, 'statute', ${STATUTE})
    order by x.proposed_at, x.id), '[]') from comity.charges x where x.case_id = c.id)`;
const SUMMARY = `'id', c.id, 'number', c.number, 'stage', c.stage, 'version', c.version, 'state', c.state, 'countyFips', c.county_fips, 'incidentOn', c.incident_on,
  'kind', c.kind, 'receivedAt', c.received_at, 'agency', ${AGENCY}, 'lead', ${OFFICE}`;

/** One case as the detail document asks for it; `$1` is its id. */
export const DETAIL = `select json_build_object('data', json_build_object('case', (
  select json_build_object(${SUMMARY},
    'report', (select json_build_object('reportNumber', r.report_number, 'narrative', r.narrative, 'place', r.place, 'occurredAt', r.occurred_at, 'anyoneInjured', r.anyone_injured,
        'allegedOffences', r.alleged_offences, 'allegedLevel', r.alleged_level, 'supervisorIdentification', r.supervisor_identification, 'signature', r.signature)
      from comity.case_reports r where r.case_id = c.id),
    'persons', (select coalesce(json_agg(json_build_object('id', p.id, 'part', p.part, 'name', p.name, 'descriptors', p.descriptors, 'badge', p.badge, 'plate', p.plate,
        'markings', p.markings, 'minorAtIncident', p.minor_at_incident, 'injured', p.injured, 'injury', p.injury,
        'contact', (select json_build_object('phone', k.phone, 'email', k.email, 'address', k.address, 'disclosureRefused', k.disclosure_refused)
          from comity.person_contacts k where k.case_id = p.case_id and k.person_id = p.id)) order by p.position), '[]') from comity.persons p where p.case_id = c.id),
    'charges', ${CHARGES},
    'team', (select coalesce(json_agg(json_build_object('id', a.id, 'role', a.role, 'since', a.since, 'member', ${MEMBER('a.member_id')}) order by a.since, a.id), '[]')
      from comity.assignments a where a.case_id = c.id and a.until is null),
    'events', (select json_build_object('nodes', coalesce(json_agg(e.node), '[]')) from (
      select json_build_object('id', e.id, 'at', e.at, 'act', e.act, 'actor', ${MEMBER('e.actor_id')}) as node
        from comity.trail_events e where e.case_id = c.id order by e.at desc, e.id desc limit 5) e),
    'annotations', (select json_build_object('nodes', coalesce(json_agg(n.node), '[]')) from (
      select json_build_object('id', n.id, 'kind', n.kind, 'audience', n.audience, 'createdAt', n.created_at, 'author', ${MEMBER('n.author_id')},
          'body', (select v.body from comity.annotation_revisions v where v.case_id = n.case_id and v.annotation_id = n.id and v.revision = n.revision)) as node
        from comity.annotations n where n.case_id = c.id and not n.deleted order by n.created_at desc, n.id desc limit 5) n))
    from comity.cases c where c.id = $1::uuid)))::text as body`;

/** That a case was not told; `$1` is its id, `$2` the request's. */
export const DENIED = `select coalesce(comity.denied('case', 'NOT_FOUND', $1::uuid, null, 'CASE_PREPARATION', $2::uuid)::text, '') as body`;

/** The newest fifty as the list document asks for them; `$1` is the reader's viewers. */
export const LIST = `select json_build_object('data', json_build_object('cases', (
  select json_build_object('nodes', coalesce(json_agg(l.node) filter (where l.place <= 50), '[]'), 'pageInfo', json_build_object('hasNextPage', count(*) > 50)) from (
    select row_number() over (order by c.received_at desc, c.id desc) as place, json_build_object(${SUMMARY},
        'report', (select json_build_object('reportNumber', r.report_number, 'place', r.place, 'narrative', r.narrative) from comity.case_reports r where r.case_id = c.id),
        'charges', ${CHARGES}) as node
      from (select distinct s.received_at, s.case_id from unnest($1::uuid[]) v (viewer) cross join lateral (
          select distinct s.received_at, s.case_id from comity.sight s where s.viewer = v.viewer and statement_timestamp() < s.until
           order by s.received_at desc, s.case_id desc limit 51) s
         order by s.received_at desc, s.case_id desc limit 51) seen
      join comity.cases c on c.id = seen.case_id) l)))::text as body`;

const CLOCK = `json_build_object('id', k.id, 'kind', k.kind, 'dueOn', k.due_on, 'safeOn', k.safe_on, 'state', case when k.today < k.due_on then 'RUNNING' when k.today = k.due_on then 'LAST_DAY' else 'PASSED' end,
  'warnings', case when k.attested_by is null then k.warnings else array_remove(k.warnings, 'UNATTESTED') end, 'rule', json_build_object('name', k.rule ->> 'name', 'citation', k.rule ->> 'citation', 'attestedBy', k.attested_by),
  'case', (select json_build_object('id', c.id, 'number', c.number) from comity.cases c where c.id = k.case_id))`;
const RUNNING = 'k.superseded_at is null and k.met_on is null and k.due_on is not null';
const clocksOf = (found: string) => `select json_build_object('data', json_build_object('clocks', (
  select json_build_object('nodes', coalesce(json_agg(${CLOCK} order by k.place) filter (where k.place <= 50), '[]'), 'pageInfo', json_build_object('hasNextPage', count(*) > 50)) from (
    select k.*, row_number() over (order by k.due_on, k.kind, k.case_id, k.id) as place, (statement_timestamp() at time zone k.time_zone)::date as today,
        (select v.attested_by from comity.statute_versions v where v.id = k.version_id) as attested_by
      from (${found} order by k.due_on, k.kind, k.case_id, k.id limit 51) k) k)))::text as body`;

/** What is due next in the cases of one's own office, and in those that something else opens; `$1` is the reader's viewers. */
export const CLOCKS = clocksOf(`select k.* from (
    (select k.* from unnest($1::uuid[]) v (viewer) cross join lateral (select k.* from comity.clocks k where k.lead_id = v.viewer and ${RUNNING} order by k.due_on, k.kind, k.case_id, k.id limit 51) k)
    union all
    (select k.* from (select distinct s.case_id from comity.sight s where s.viewer = any ($1::uuid[]) and s.cause in ('OFFER', 'JOINT', 'RULE', 'RESIDUAL') and s.facets & 48 <> 0 and statement_timestamp() < s.until) s
      cross join lateral (select k.* from comity.clocks k where k.case_id = s.case_id and k.lead_id <> all ($1::uuid[]) and ${RUNNING} offset 0) k)) k`);

/** The matrix of proof of a case; `$1` is its id. */
export const PROOF = `select json_build_object('data', json_build_object('proofMatrix', (select json_build_object(
    'charges', (select coalesce(json_agg(json_build_object('id', x.id, 'state', x.state, 'statute', ${STATUTE}, 'elements', (
        select coalesce(json_agg(json_build_object('position', e.position, 'text', e.text,
            'links', (select coalesce(json_agg(json_build_object('id', l.id, 'sourceKind', l.source_kind, 'polarity', l.polarity, 'reasoning', l.reasoning, 'linkedBy', ${MEMBER('l.linked_by')}) order by l.linked_at, l.id), '[]')
              from comity.proof_links l where l.case_id = x.case_id and l.charge_id = x.id and l.wording = e.text and l.withdrawn_at is null),
            'assessments', (select coalesce(json_agg(json_build_object('verdict', a.verdict, 'reviewer', ${MEMBER('a.reviewer_id')}) order by a.assessed_at, a.id), '[]')
              from (select distinct on (a.reviewer_id) a.* from comity.element_assessments a where a.case_id = x.case_id and a.charge_id = x.id and a.wording = e.text
                order by a.reviewer_id, a.assessed_at desc, a.id desc) a)) order by e.position), '[]')
          from comity.statute_versions v, jsonb_array_elements_text(v.elements) with ordinality as e (text, position) where v.id = x.statute_version_id)) order by x.proposed_at, x.id), '[]')
      from comity.charges x where x.case_id = c.id and x.state <> 'WITHDRAWN'),
    'gaps', (select coalesce(json_agg(json_build_object('position', g.position, 'text', g.text) order by g.charge_id, g.position, g.reviewer_id), '[]') from comity.proof_gaps g where g.case_id = c.id))
  from comity.cases c where c.id = $1::uuid)))::text as body`;

/** A referral that is ready made for the product's own function; `$1` is its JSON. */
export const RECEIVE = 'select outcome, referral_id from comity.receive_referral($1::text::jsonb)';
/** The first clocks of its case, of the same JSON. */
export const FIRST_CLOCKS = `select comity.first_clocks($1::text::jsonb -> 'clocks')`;
/** What is answered of it; `$1` is the referral's id. */
export const RECEIVED = `select json_build_object('data', json_build_object('submitReferral', json_build_object('outcome', 'RECEIVED', 'problems', r.problems, 'referral',
    json_build_object('id', r.id, 'state', r.state, 'reportNumber', r.report_number, 'submittedAt', r.submitted_at, 'packetSha256', r.packet_sha256))))::text as body
  from comity.referrals r where r.id = $1::uuid`;

/** A claim: the change, the place on the team, the trail, the notes, the agency, the sight. The values are named beside each. */
export const CLAIM = {
  lock: 'select pg_advisory_xact_lock_shared(hashtextextended($1, 7203))',
  /** case, office, version */
  lead: `update comity.cases c set lead_id = $2::uuid, stage = 'CLAIMED' where c.id = $1::uuid and c.lead_id is null and c.stage = 'UNCLAIMED' and c.version = $3::integer
    and exists (select 1 from comity.venues v where v.case_id = c.id and v.jurisdiction_id = $2::uuid) returning c.id`,
  /** case, assignment, member */
  place: `insert into comity.assignments (case_id, id, needs, member_id, role, since, assigned_by) values ($1::uuid, $2::uuid, 512, $3::uuid, 'TRIAL', statement_timestamp(), $3::uuid)`,
  /** case, version, body */
  record: `select comity.record($1::uuid, 'CASE', $2::integer, 'CLAIMED', 128, $3::text::jsonb)`,
  /** case */
  handOver: 'select comity.hand_over($1::uuid)',
  tell: `select comity.tell_agency($1::uuid, 'ACCEPTED')`,
  resight: 'select comity.resight($1::uuid)',
  shown: `select json_build_object('data', json_build_object('claimCase', json_build_object('case', (
    select json_build_object('id', c.id, 'version', c.version, 'stage', c.stage, 'lead', (select json_build_object('id', j.id, 'slug', j.slug) from comity.jurisdictions j where j.id = c.lead_id),
      'team', (select coalesce(json_agg(json_build_object('id', a.id, 'role', a.role, 'member', ${MEMBER('a.member_id')}) order by a.since, a.id), '[]')
        from comity.assignments a where a.case_id = c.id and a.until is null))
      from comity.cases c where c.id = $1::uuid))))::text as body`,
} as const;
