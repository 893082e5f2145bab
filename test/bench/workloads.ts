import { randomUUID } from 'node:crypto';
import { countiesOnDemand } from '../../src/coalition/county.geometry.ts';
import { namedId } from '../../src/kernel/ids.ts';
import { firstClocks } from '../../src/referrals/arrival.clocks.ts';
import { arrivalOf } from '../../src/referrals/packet.ts';
import type { ReferralInput } from '../../src/referrals/referral.inputs.ts';
import { venueArrived, venueOfReferral, type VenueDesk } from '../../src/referrals/venue.ts';
import { completeReferral } from '../world.ts';
import { DOCUMENTS } from './documents.ts';
import type { Shot } from './load.ts';
import type { Store } from './store.ts';

/** Who speaks to PostgreSQL, and how. */
export const TARGETS = ['API', 'bare with RLS', 'bare'] as const;
export type Target = (typeof TARGETS)[number];

/** One kind of request, made anew for each target. */
export interface Workload {
  readonly name: string;
  readonly viewer: string;
  /** True for what changes the database: such a slot has a number of requests, not a time. */
  readonly writes: boolean;
  next(target: Target): Shot;
}

export const OFFICES = { dense: 'dallas-tx', sparse: 'portsmouth-va', empty: 'arlington-falls-church-va' } as const;
const COALITION = '00000000-0000-8000-8000-00000000c0a1';

interface Seat {
  readonly subject: string;
  readonly id: string;
  readonly viewers: string;
  readonly office: string;
}

/** The subjects that need tokens. */
export const SUBJECTS = [...Object.keys(OFFICES).map((viewer) => `bench.viewer.${viewer}`), 'bench.sender'] as const;

/** Seats the readers, the claimant and the sender of the bench. */
export async function seatViewers({ owner }: Store): Promise<void> {
  for (const [viewer, slug] of Object.entries(OFFICES)) {
    await owner`insert into comity.members (id, subject, name, kind, role, office_id)
      values (gen_random_uuid(), ${`bench.viewer.${viewer}`}, ${`The ${viewer} reader`}, 'PERSON', 'ATTORNEY', ${namedId('jurisdiction', slug)})`;
  }
  // One in fifty cases of the dense office is the reader's own, so that some contacts are open.
  await owner`insert into comity.assignments (case_id, id, needs, member_id, role, since, assigned_by)
    select c.id, gen_random_uuid(), 512, m.id, 'TRIAL', c.received_at, m.id from comity.cases c, comity.members m
     where m.subject = 'bench.viewer.dense' and c.lead_id = m.office_id and hashtext(c.id::text) % 50 = 0`;
  await owner`select comity.compute_sight(a.case_id) from comity.assignments a join comity.members m on m.id = a.member_id where m.subject = 'bench.viewer.dense'`;
  await owner`insert into comity.members (id, subject, name, kind, role, agency_id)
    select gen_random_uuid(), 'bench.sender', 'Records system under load', 'MACHINE', 'CLIENT', id from comity.agencies where name = 'Dallas Police Department' and state = 'TX'`;
  // One of its cases is proven at length: twenty charges, ten links to each.
  await owner.unsafe(`
    insert into comity.charges (case_id, id, needs, person_id, statute_id, statute_version_id, counts, offence_on, state, warnings, proposed_by, proposed_at)
    select c.id, gen_random_uuid(), 16, p.id, v.statute_id, v.id, 1, c.incident_on, 'PROPOSED', '{}', m.id, now()
      from (select c.* from comity.cases c join comity.members m on m.office_id = c.lead_id where m.subject = 'bench.viewer.dense' and c.stage = 'UNDER_REVIEW' order by c.received_at desc limit 1) c
      join comity.members m on m.subject = 'bench.viewer.dense'
      cross join lateral (select p.id from comity.persons p where p.case_id = c.id order by p.position limit 1) p
      cross join lateral (select v.id, v.statute_id from comity.statute_versions v where jsonb_array_length(v.elements) >= 2 order by v.id
        limit 20 - (select count(*) from comity.charges h where h.case_id = c.id and h.state <> 'WITHDRAWN')) v;
    insert into comity.proof_links (case_id, id, needs, office_id, charge_id, element, source_kind, polarity, reasoning, linked_by, linked_at)
    select h.case_id, gen_random_uuid(), 16 | 512, m.office_id, h.id, 1 + n % 2, 'REPORT', 'SUPPORTS', 'What is told in the third paragraph speaks for it.', m.id, now() + n * interval '1 second'
      from comity.charges h join comity.members m on m.subject = 'bench.viewer.dense' and h.proposed_by = m.id cross join generate_series(1, 10) n;
    insert into comity.element_assessments (case_id, id, needs, office_id, charge_id, element, reviewer_id, verdict, reasoning, assessed_at)
    select h.case_id, gen_random_uuid(), 16 | 512, m.office_id, h.id, n, m.id, case when n = 1 then 'MET' else 'DOUBTFUL' end, 'As read.', now()
      from comity.charges h join comity.members m on m.subject = 'bench.viewer.dense' and h.proposed_by = m.id cross join generate_series(1, 2) n`);
  await owner.unsafe('vacuum (analyze) comity.sight, comity.assignments, comity.members');
}

/** Every workload of the bench, in the order they run: what reads, then what writes. */
export async function workloads({ owner }: Store, tokens: Readonly<Record<string, string>>): Promise<Workload[]> {
  const seats = new Map<string, Seat>();
  for (const { subject, id, office_id: office } of await owner`select subject, id, office_id from comity.members where subject = any (${[...SUBJECTS]}::text[])`) {
    seats.set(String(subject), { subject: String(subject), id: String(id), viewers: `{${[id, office, office && COALITION].filter(Boolean).join(',')}}`, office: String(office) });
  }
  const seat = (subject: string): Seat => {
    const found = seats.get(subject);
    if (!found) throw new Error(`${subject} has no seat`);
    return found;
  };
  const shot = (target: Target, { subject, id }: Seat, path: string, bare: () => string, api: () => { document: string; variables: object }): Shot => {
    if (target !== 'API') return { path, headers: { 'x-member': id, 'content-type': 'text/plain' }, body: bare() };
    const { document: query, variables } = api();
    return { path: '/graphql', headers: { 'content-type': 'application/json', authorization: `Bearer ${tokens[subject] ?? ''}`, 'x-purpose': 'CASE_PREPARATION' }, body: JSON.stringify({ query, variables }) };
  };

  const reading = await Promise.all(Object.keys(OFFICES).map(async (viewer): Promise<Workload[]> => {
    const reader = seat(`bench.viewer.${viewer}`);
    const rows = await owner`select id from comity.cases where lead_id = ${reader.office} order by md5(id::text) limit 1000`;
    const ids = rows.length > 0 ? rows.map(({ id }) => String(id)) : (await owner`select id from comity.cases limit 100`).map(({ id }) => String(id));
    const turn = rotating(ids);
    const list: Workload = { name: 'list of 50', viewer, writes: false, next: (target) => shot(target, reader, '/list', () => reader.viewers, () => ({ document: DOCUMENTS.list, variables: {} })) };
    const detail: Workload = { name: 'detail', viewer, writes: false, next: (target) => {
      const id = turn(target);
      return shot(target, reader, '/detail', () => id, () => ({ document: DOCUMENTS.detail, variables: { id } }));
    } };
    const clocks: Workload = { name: 'clocks', viewer, writes: false, next: (target) =>
      shot(target, reader, '/clocks', () => reader.viewers, () => ({ document: DOCUMENTS.clocks, variables: {} })) };
    return [detail, list, clocks];
  }));
  const prover = seat('bench.viewer.dense');
  const [proven] = await owner`select case_id as id from comity.proof_links group by case_id order by count(*) desc limit 1`;
  const matrix = String(proven?.['id']);
  const proof: Workload = { name: 'proof matrix', viewer: 'dense', writes: false, next: (target) => shot(target, prover, '/proof', () => matrix, () => ({ document: DOCUMENTS.proof, variables: { id: matrix } })) };

  const sender = seat('bench.sender');
  const submit: Workload = { name: 'submit', viewer: 'agency', writes: true, next: (target) => {
    const referral = referralOf(randomUUID());
    return shot(target, sender, '/submit', () => arrivalBody(referral), () => ({ document: DOCUMENTS.submit, variables: { input: { idempotencyKey: referral.reportNumber, referral } } }));
  } };
  const claimant = seat('bench.viewer.dense');
  const queue = await owner`select id, version from comity.cases where stage = 'UNCLAIMED' and jurisdiction_id = ${claimant.office} order by received_at`;
  let taken = 0;
  const claim: Workload = { name: 'claim', viewer: 'dense', writes: true, next: (target) => {
    const { id, version } = queue[taken] ?? {};
    taken += 1;
    if (id === undefined) throw new Error('the queue is empty: fewer rounds, or a longer queue');
    return shot(target, claimant, '/claim', () => JSON.stringify({ id, version, office: claimant.office }), () => ({ document: DOCUMENTS.claim, variables: { input: { caseId: id, expectedVersion: version } } }));
  } };
  const [details, lists, clocks] = [reading.map(([detail]) => detail), reading.map(([, list]) => list), reading.map(([, , each]) => each)];
  return [...details, ...lists, ...clocks, proof, submit, claim].filter((each) => each !== undefined);
}

/** Each target goes through all of them, from the same first one. */
function rotating<T>(all: readonly T[]): (target: Target) => T {
  const turns = new Map<Target, number>();
  return (target) => {
    const turn = turns.get(target) ?? 0;
    turns.set(target, turn + 1);
    const found = all[turn % all.length];
    if (found === undefined) throw new Error('there is nothing to ask for');
    return found;
  };
}

const NARRATIVE = 'During an enforcement action an official pushed a bystander to the ground and held him there while two neighbours watched from across the street. ';

const referralOf = (key: string) => ({ ...completeReferral(key), narrative: NARRATIVE.repeat(8) });

const RETENTION = { kind: 'BODY_CAMERA_RETENTION', citation: 'A code', source: null, confidence: 'HIGH', body: { unflaggedDays: 90 } } as const;
const DESK: VenueDesk = {
  rules: new Map(), served: new Map([['48113', 'America/Chicago']]), retention: [{ ...RETENTION, state: 'TX' }, { ...RETENTION, state: '*' }], counties: countiesOnDemand(),
};

/** The rows of a referral, ready made as the API would make them, its id in front. */
function arrivalBody(referral: ReturnType<typeof referralOf>): string {
  const sent = withInstants(referral) as ReferralInput;
  const arrival = arrivalOf(sent, { key: referral.reportNumber, problems: [], attestation: undefined, flaggedFor: null, venue: venueArrived(sent, venueOfReferral(sent, DESK), DESK) });
  const { referral_id, ...rest } = arrival;
  return JSON.stringify({ referral_id, ...rest, clocks: JSON.parse(`[${firstClocks(arrival, DESK)}]`) });
}

const withInstants = (value: unknown, name = ''): unknown => {
  if (typeof value === 'string') return /(At|From|To)$/.test(name) ? new Date(value) : value;
  if (Array.isArray(value)) return value.map((each) => withInstants(each));
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withInstants(each, key)])) : value;
};
