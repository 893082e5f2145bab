import { FACETS } from '../src/access/facets.ts';
import { COALITION_VIEWER } from '../src/access/seats.ts';
import { dayIn, plusDays } from '../src/clocks/calendar.ts';
import { standing } from '../src/clocks/clock.ts';
import { WARNINGS, warningsOf } from '../src/charges/warnings.ts';
import { DECISION_WARNINGS } from '../src/decisions/decision.rules.ts';
import { IMMUNITY_LAW } from '../src/federal/immunity-proceeding.rules.ts';
import { RENDITION_LAW } from '../src/federal/rendition.rules.ts';
import { dayText } from '../src/kernel/scalars.ts';
import { LEVEL_ANSWERS, LEVELS_HANDLED } from '../src/law/level.ts';
import { MATCHERS } from '../src/duplicates/matcher.ts';
import { ruleOf } from '../src/rulebooks/explanation.sentences.ts';
import { reasonOf } from '../src/rulebooks/explanation.store.ts';

export type Row = Readonly<Record<string, any>>;
type Args = Readonly<Record<string, any>>;
/** Rows of a table, or of a function, that are as is said, in order. */
export type Ask = (table: string, where: string, values?: readonly unknown[], order?: string) => Promise<Row[]>;
type Resolve = (row: Row, args: Args, ask: Ask) => unknown;

/** An instant that still knows its microseconds. */
export class Instant extends Date {
  readonly text: string;

  constructor(text: string) {
    super(text.replace(' ', 'T').replace('+00', 'Z'));
    this.text = text;
  }
}

const one = (table: string, key: string): Resolve => async (row, _args, ask) => (row[key] === null ? null : ((await ask(table, 'id = $1', [row[key]]))[0] ?? null));
const ofCase = (table: string, order: string, also = ''): Resolve => ({ id }, _args, ask) => ask(table, `case_id = $1 ${also}`, [id], order);
async function levelOf(id: string, ask: Ask): Promise<string | null> {
  const live = await ask('charges', `case_id = $1 and state <> 'WITHDRAWN'`, [id]);
  const versions = await Promise.all(live.map(async (charge) => charge['level'] ?? (await ask('statute_versions', 'id = $1', [charge['statute_version_id']]))[0]?.['level']));
  const highest = ['FELONY', 'EITHER', 'GROSS_MISDEMEANOR', 'MISDEMEANOR'].find((level) => versions.includes(level));
  return highest ?? (await ask('case_reports', 'case_id = $1', [id]))[0]?.['alleged_level'] ?? null;
}
const targetOf = async (row: Row, relation: string, ask: Ask): Promise<Row | null> => {
  const last = (await ask('charge_relations', 'case_id = $1 and charge_id = $2 and relation = $3 and ended_at is null', [row['case_id'], row['id'], relation], 'related_at, id')).at(-1);
  return last === undefined ? null : ((await ask('charges', 'case_id = $1 and id = $2', [row['case_id'], last['other_id']]))[0] ?? null);
};
async function sourcesOf(row: Row, relation: string, ask: Ask): Promise<Row[]> {
  const standing = await ask('charge_relations', 'case_id = $1 and other_id = $2 and relation = $3 and ended_at is null', [row['case_id'], row['id'], relation]);
  return (await ask('charges', 'case_id = $1', [row['case_id']], 'proposed_at, id')).filter(({ id }) => standing.some((relation) => relation['charge_id'] === id));
}
const ofSupplement: Resolve = async (row, _args, ask) => (await ask('case_supplements', 'case_id = $1 and id = $2', [row['case_id'], row['supplement_id']]))[0] ?? null;
const ofPersonId: Resolve = async (row, _args, ask) => (await ask('persons', 'case_id = $1 and id = $2', [row['case_id'], row['person_id']]))[0] ?? null;
const recorded = { recordedBy: one('members', 'recorded_by'), movedBy: one('members', 'moved_by') };
/** What became of a charge for good, as far as the reader sees it. */
const disposedAs = async (ask: Ask, caseId: unknown, chargeId: unknown): Promise<Row | undefined> => {
  const all = await ask('dispositions', 'case_id = $1 and charge_id = $2', [caseId, chargeId], 'recorded_at, id');
  return all.find((entry) => !all.some((later) => later['supersedes'] === entry['id']) && !['VACATED', 'ENTERED_IN_ERROR'].includes(entry['kind']));
};
const stepsOf = (kind: string): Resolve => (row, _args, ask) => ask('proceeding_steps', 'case_id = $1 and about_id = $2 and kind = $3', [row['case_id'], row['id'], kind], 'position');
const dayInCourt = (kind: string): Resolve => async (row, _args, ask) => (await ask('court_dates', 'case_id = $1 and person_id = $2 and kind = $3', [row['case_id'], row['id'], kind], 'recorded_at desc, id desc'))[0]?.['day'] ?? null;
const ofBook = (table: string, order: string): Resolve => ({ id }, _args, ask) => ask(table, 'book_id = $1', [id], order);
const facets: Resolve = (row) => Object.entries(FACETS).filter(([, bit]) => (row['facets'] & bit) !== 0).map(([name]) => name);
/** An instant at which something ends by itself; null: it does not. */
const ending: Resolve = ({ until }) => (until.text === 'infinity' ? null : until);
const inAudience = (table: string): Resolve => (seal, _args, ask) =>
  ask(table, 'id in (select unnest(s.audience) from comity.seals s where s.case_id = $1 and s.id = $2)', [seal['case_id'], seal['id']], 'name, id');
const rule = (row: Row) => ruleOf(reasonOf(row), false, { self: true, office: null });
const OWN_OFFICE = `nullif(current_setting('comity.office'), '')::uuid`;
const page = (type: string, keys: readonly string[], rows: Resolve, holds: (row: Row, args: Args) => boolean = () => true): Resolve => async (parent, args, ask) => {
  const all = (await rows(parent, args, ask)) as Row[];
  const cursorOf = (row: Row) =>
    Buffer.from(`[${[type, ...keys.map((key) => (row[key] instanceof Instant ? row[key].text : row[key]))].map((part) => JSON.stringify(part)).join(', ')}]`).toString('base64url');
  // The row that a cursor names need not pass the filter.
  const behind = all.slice(args['after'] == null ? 0 : all.findIndex((row) => cursorOf(row) === args['after']) + 1).filter((row) => holds(row, args));
  const nodes = behind.slice(0, args['first'] ?? 20);
  const edges = nodes.map((node) => ({ node, cursor: cursorOf(node) }));
  return {
    nodes, edges, totalCount: all.filter((row) => holds(row, args)).length, totalCountCapped: false,
    pageInfo: { hasNextPage: behind.length > nodes.length, hasPreviousPage: args['after'] != null, startCursor: edges[0]?.cursor ?? null, endCursor: edges.at(-1)?.cursor ?? null },
  };
};

const assessmentsOf = ({ case_id, charge_id, text }: Row, ask: Ask) =>
  ask('element_assessments', 'case_id = $1 and charge_id = $2 and wording = $3', [case_id, charge_id, text], 'assessed_at, id');
/** Of rows in the order of time the last of each reviewer. */
const latest = (all: readonly Row[]): readonly Row[] => all.filter((row, at) => !all.some((other, place) => place > at && other['reviewer_id'] === row['reviewer_id']));
/** What is about an element of this wording. */
const ofWording: Readonly<Record<string, Resolve>> = {
  links: ({ case_id, charge_id, text }, { includeWithdrawn }, ask) =>
    ask('proof_links', `case_id = $1 and charge_id = $2 and wording = $3${includeWithdrawn === true ? '' : ' and withdrawn_at is null'}`, [case_id, charge_id, text], 'linked_at, id'),
  assessments: async (element, { includeEarlier }, ask) => {
    const all = await assessmentsOf(element, ask);
    return includeEarlier === true ? all : latest(all);
  },
  demandItems: ({ case_id, charge_id, text }, _args, ask) => ask('demand_items', 'case_id = $1 and charge_id = $2 and wording = $3', [case_id, charge_id, text], 'id'),
};

const attestedBy = async (clock: Row, ask: Ask): Promise<string | null> => (clock['version_id'] === null ? null : ((await ask('statute_versions', 'id = $1', [clock['version_id']]))[0]?.['attested_by'] ?? null));

const waitsFor = (row: Row): string => (row['awaits'] !== 'OFFICE' ? row['awaits'] : row['office_id'] === row['own_id'] ? 'OWN_OFFICE' : 'OTHER_OFFICE');

const isOpen = (item: Row): boolean => ['REQUESTED', 'DISPUTED', 'OVERRULED'].includes(item['state']);
/** By the day of UTC: the days of this comparison lie years away. */
const isOverdue = (item: Row): boolean => isOpen(item) && item['due_on'] < new Date().toISOString().slice(0, 10);

/** By the day of UTC, too. */
const isUnanswered = (demand: Row, hasAsked: boolean): boolean => ['SERVED', 'ACKNOWLEDGED', 'PARTIAL', 'SUIT_FILED', 'ORDERED'].includes(demand['state']) && (demand['regime'] === 'PRESERVATION_LETTER' ? demand['answered_on'] === null : hasAsked)
  && demand['lifted_on'] === null && demand['respond_by'] !== null && demand['respond_by'] < new Date().toISOString().slice(0, 10);
const inOrder = (demands: readonly Row[]): Row[] => demands.map((demand): Row => ({ ...demand, due: `${demand['respond_by'] ?? '9999-12-31'} 00:00:00+00` }))
  .toSorted((a, b) => (`${a['due']}${a['id']}` < `${b['due']}${b['id']}` ? -1 : 1));
const regimeRule = async (regime: string, ask: Ask): Promise<Row | undefined> => (await ask('state_rules', `kind = 'EXTERNAL_DEMAND_REGIME' and body ->> 'regime' = $1`, [regime]))[0];

/** Each field by a plain statement of its own; a field that is not here is the column of its name. */
export const RESOLVERS: Readonly<Record<string, Readonly<Record<string, Resolve>>>> = {
  Query: {
    me: async (_, _args, ask) => (await ask('members', 'id = comity.member()'))[0],
    jurisdictions: (_, _args, ask) => ask('jurisdictions', 'true', [], 'name'),
    agencies: page('Agency', ['name', 'id'], (_, _args, ask) => ask('agencies', 'true', [], 'name, id'),
      (agency, { name, state }) => (name == null || agency['name'].toLowerCase().includes(name.toLowerCase())) && (state == null || agency['state'] === state)),
    members: page('Member', ['name', 'id'], (_, _args, ask) => ask('members', `active and office_id = nullif(current_setting('comity.office'), '')::uuid`, [], 'name, id')),
    statutes: page('Statute', ['citation'], (_, _args, ask) => ask('statutes', 'true', [], 'citation')),
    ruleBook: async (_, { id }, ask) => (await ask('rule_books', 'id = $1', [id]))[0] ?? null,
    ruleBooks: page('RuleBook', ['drafted_at', 'id'], (_, _args, ask) => ask('rule_books', 'true', [], 'drafted_at desc, id desc'),
      (book, { filter }) => (filter?.jurisdiction == null || filter.jurisdiction === book['jurisdiction_id']) && (filter?.states == null || filter.states.includes(book['state']))),
    readinessPacks: page('ReadinessPack', ['drafted_at', 'id'], (_, _args, ask) => ask('readiness_packs', 'true', [], 'drafted_at desc, id desc'),
      (pack, { filter }) => (filter?.coalition == null || filter.coalition === (pack['agency_id'] === null)) && (filter?.slug == null || filter.slug === pack['slug']) && (filter?.states == null || filter.states.includes(pack['state']))
        && (filter?.agency == null || filter.agency === pack['agency_id']) && (filter?.id == null || filter.id === pack['id'])),
    units: page('Unit', ['name', 'id'], (_, _args, ask) => ask('units', `jurisdiction_id = ${OWN_OFFICE}`, [], 'name, id')),
    conflictDeclarations: page('ConflictDeclaration', ['declared_at', 'id'], (_, _args, ask) => ask('conflict_declarations', `office_id = ${OWN_OFFICE}`, [], 'declared_at desc, id desc'),
      (declaration, { memberId }) => memberId == null || memberId === declaration['member_id']),
    calendarFeeds: page('CalendarFeed', ['created_at', 'id'], (_, _args, ask) => ask('calendar_feeds', `office_id = ${OWN_OFFICE}`, [], 'created_at desc, id desc')),
    breakGlassUses: page('BreakGlassUse', ['since', 'id'], async (_, _args, ask) => {
      const [reader] = await ask('members', 'id = comity.member()');
      const uses = await ask('glass_uses', `office_id = ${OWN_OFFICE}`, [], 'since desc, id desc');
      return ['SUPERVISOR', 'ELECTED'].includes(reader?.['role']) ? uses : uses.filter((use) => use['member_id'] === reader?.['id']);
    }, (use, { filter }) => (filter?.memberId == null || filter.memberId === use['member_id']) && (filter?.awaitingReview == null || filter.awaitingReview === (use['reviewed_at'] === null))),
    accessLog: page('Access', ['at', 'id'], (_, { caseId }, ask) => ask('access_log_of($1, null, null, null, null, null, null, null, 10000)', 'true', [caseId ?? null], 'at desc, id desc'),
      (access, { filter }) => (filter?.decision == null || filter.decision === access['decision']) && (filter?.memberId == null || filter.memberId === access['actor_id']) && access['at'] < filter.before),
    sameIncident: async (_, { caseId }, ask) => (await ask('cases', 'id = $1', [caseId]))[0] ?? null,
    referral: async (_, { id }, ask) => (await ask('referrals', 'id = $1', [id]))[0] ?? null,
    referrals: page('Referral', ['submitted_at', 'id'], (_, _args, ask) => ask('referrals', 'true', [], 'submitted_at desc, id desc')),
    returnItems: page('ReturnItem', ['due_on', 'id'], (_, _args, ask) => ask('return_items', `agency_id = comity.agency_id() or office_id = ${OWN_OFFICE}`, [], 'due_on, id'),
      (item, { filter }) => (filter?.open == null || filter.open === isOpen(item)) && (filter?.overdue == null || filter.overdue === isOverdue(item))),
    clocks: page('Clock', ['due_on', 'kind', 'case_id', 'id'], (_, _args, ask) => ask('clocks', 'superseded_at is null and met_on is null and due_on is not null', [], 'due_on, kind, case_id, id'),
      (clock, { filter }) => (filter?.kinds == null || filter.kinds.includes(clock['kind'])) && (filter?.dueUntil == null || clock['due_on'] <= dayText(filter.dueUntil))),
    charges: page('Charge', ['proposed_at', 'case_id', 'id'], async (_, _args, ask) => Promise.all((await ask('charges', 'true', [], 'proposed_at desc, case_id desc, id desc')).map(async (charge): Promise<Row> => ({
      ...charge, attested: (await ask('statute_versions', 'id = $1', [charge['statute_version_id']]))[0]?.['attested_by'] != null,
      decided: (await ask('decisions', `case_id = $1 and charge_id = $2 and state = 'STANDING'`, [charge['case_id'], charge['id']])).length > 0,
      over: charge['state'] === 'WITHDRAWN' || ['ACQUITTED', 'DISMISSED'].includes(String((await disposedAs(ask, charge['case_id'], charge['id']))?.['kind'])),
    }))), (charge, { filter }) => (filter?.unattested == null || filter.unattested !== charge['attested']) && (filter?.unattested !== true || filter?.states != null || !charge['over']) && (filter?.decided == null || filter.decided === charge['decided'])
      && (filter?.states == null || filter.states.includes(charge['state']))),
    unassessedElements: page('UnassessedElement', ['proposed_at', 'case_id', 'charge_id', 'place'], async (_, { filter }, ask) => {
      const [reader] = await ask('members', 'id = comity.member()');
      const held = (await ask('element_assessments', 'true')).filter((each) => filter?.byMe !== true || each['reviewer_id'] === reader?.['id']);
      const over = new Set((await ask('cases', `stage in ('CLOSED', 'MERGED', 'DECLINED', 'REFERRED_OUT')`)).map(({ id }) => id));
      const otherwise = new Set((await ask('decisions', `state = 'STANDING' and outcome in ('DECLINE', 'REFER_OUT', 'DIVERT')`)).map((decision) => decision['charge_id']));
      const elements = await ask('proof_elements', 'true', [], 'proposed_at desc, case_id desc, charge_id desc, position');
      const disposed = new Set((await Promise.all(elements.map(async (element) => ((await disposedAs(ask, element['case_id'], element['charge_id'])) === undefined ? [] : [element['charge_id']])))).flat());
      return elements.filter((element) => !over.has(element['case_id']) && !otherwise.has(element['charge_id']) && !disposed.has(element['charge_id']))
        .filter((element) => !held.some((each) => each['charge_id'] === element['charge_id'] && each['wording'] === element['text'])).map((row) => ({ ...row, place: String(99_999 - row['position']).padStart(5, '0') }));
    }),
    waiting: page('Waiting', ['since', 'case_id', 'id'], async (_, _args, ask) => {
      const [reader] = await ask('members', 'id = comity.member()');
      return (await ask('waiting', 'true', [], 'since, case_id, id'))
        .filter(({ kind, author_id }) => kind !== 'BREAK_GLASS' || ['SUPERVISOR', 'ELECTED'].includes(reader?.['role']) || author_id === reader?.['id']).map((row) => ({ ...row, own_id: reader?.['office_id'] }));
    }, (row, { filter }) => (filter?.kinds == null || filter.kinds.includes(row['kind'])) && (filter?.for == null || filter.for.includes(waitsFor(row)))),
    case: async (_, { id, number }, ask) => (await (id == null ? ask('cases', 'number = $1', [number]) : ask('cases', 'id = $1', [id])))[0] ?? null,
    demands: page('ExternalDemand', ['due', 'id'], async (_, _args, ask) => {
      const asked = new Set((await ask('demand_items', `state = 'ASKED'`)).map((item) => item['demand_id']));
      return inOrder(await ask('external_demands', 'true')).map((demand): Row => ({ ...demand, unanswered: isUnanswered(demand, asked.has(demand['id'])) }));
    },
      (demand, { filter }) => (filter?.states == null || filter.states.includes(demand['state'])) && (filter?.regimes == null || filter.regimes.includes(demand['regime'])) && (filter?.noResponse == null || filter.noResponse === demand['unanswered'])
        && (filter?.dueBefore == null || (demand['respond_by'] !== null && demand['respond_by'] < dayText(filter.dueBefore))) && (filter?.lead == null || filter.lead === demand['office_id'])),
    proofMatrix: async (_, { caseId }, ask) => (await ask('cases', 'id = $1', [caseId]))[0] ?? null,
    cases: page('Case', ['received_at', 'id'], async (_, { orderBy }, ask) => {
      const reports = new Map((await ask('case_reports', 'true')).map((report) => [report['case_id'], report['flagged_for'] !== null]));
      const rows = (await ask('cases', 'true', [], 'received_at desc, id desc')).map((row): Row => ({ ...row, flagged: reports.get(row['id']) }));
      return orderBy === 'OLDEST_FIRST' ? rows.toReversed() : rows;
    }, (row, { filter }) =>
      (filter?.flagged == null || filter.flagged === row['flagged']) && (filter?.stages == null || filter.stages.includes(row['stage'])) && (filter?.kinds == null || filter.kinds.includes(row['kind']))
      && (filter?.lead == null || filter.lead === row['lead_id']) && (filter?.state == null || filter.state === row['state'])),
  },
  Mutation: {
    claimCase: async (_, { input }, ask) => ({ case: (await ask('cases', 'id = $1', [input.caseId]))[0] ?? null }),
  },
  Jurisdiction: {
    ruleBook: async ({ id }, _args, ask) => {
      const [reader] = await ask('members', 'id = comity.member()');
      const reads = reader?.['office_id'] !== null || ['ADMINISTRATOR', 'AUDITOR'].includes(reader?.['role']);
      return reads ? ((await ask('rule_books', `jurisdiction_id = $1 and state = 'IN_FORCE'`, [id]))[0] ?? null) : null;
    },
    counties: async ({ id }, _args, ask) => (await ask('jurisdiction_counties', 'jurisdiction_id = $1', [id], 'fips')).map(({ fips }) => fips),
  },
  Member: { office: one('jurisdictions', 'office_id'), agency: one('agencies', 'agency_id') },
  Statute: {
    versions: ({ id }, _args, ask) => ask('statute_versions', 'statute_id = $1', [id], 'valid_from nulls first'),
    supersedes: ({ id }, _args, ask) => ask('statutes', 'id in (select statute_id from comity.statute_versions where superseded_by = $1)', [id], 'citation'),
  },
  StatuteVersion: { supersededBy: one('statutes', 'superseded_by'), attestations: ({ id }, _args, ask) => ask('statute_attestations', 'version_id = $1', [id], 'revision, at') },
  StatuteAttestation: {
    member: one('members', 'member_id'), withdrawnBy: one('members', 'withdrawn_by'),
    current: async ({ version_id, revision, withdrawn_at }, _args, ask) => withdrawn_at === null && (await ask('statute_versions', 'id = $1', [version_id]))[0]?.['revision'] === revision,
  },
  Referral: {
    agency: one('agencies', 'agency_id'), submittedBy: one('members', 'submitted_by'), attested: (row) => row['attestation_id'] !== null,
    items: ({ id }, _args, ask) => ask('return_items', 'referral_id = $1', [id], 'due_on, id'),
    packet: async ({ id }, _args, ask) => (await ask('referral_packets', 'referral_id = $1', [id]))[0]?.['document'],
    supplements: ({ id }, _args, ask) => ask('referral_supplements', 'referral_id = $1', [id], 'position'),
    outcome: async ({ id }, _args, ask) => (await ask('referral_outcome($1) as o (told)', 'true', [id]))[0]?.['told'] ?? null,
    declinationReasons: async ({ id }, _args, ask) => (await ask('declination_reasons($1)', 'true', [id], 'declination_reasons::text'))[0]?.['declination_reasons'],
    original: async ({ id }, _args, ask) => (await ask('referral_originals', 'referral_id = $1', [id]))[0] ?? null,
    thread: ({ id }, _args, ask) => ask('return_entries', 'referral_id = $1 and item_id is null', [id], 'at, id'),
  },
  ReferralSupplement: { submittedBy: one('members', 'submitted_by') },
  ReferralOriginal: { size: ({ bytes }) => bytes.length },
  CaseReferral: { agency: one('agencies', 'agency_id'),
    thread: (row, _args, ask) => ask('return_entries', 'case_id = $1 and referral_id = $2 and item_id is null', [row['case_id'], row['referral_id']], 'at, id'),
    originalSha256: async (row, _args, ask) => (await ask('original_sha256($1::uuid, $2::uuid) as o (sha256)', 'true', [row['case_id'], row['referral_id']]))[0]?.['sha256'],
  },
  ReturnItem: {
    referral: one('referrals', 'referral_id'), case: one('cases', 'case_id'), agency: one('agencies', 'agency_id'), office: one('jurisdictions', 'office_id'),
    open: isOpen, overdue: isOverdue, thread: ({ id }, _args, ask) => ask('return_entries', 'item_id = $1', [id], 'at, id'),
  },
  ReturnEntry: {
    by: async (row, _args, ask) => {
      const [reader] = await ask('members', 'id = comity.member()');
      const [member] = await ask('members', 'id = $1', [row['by_id']]);
      return reader?.['agency_id'] === null || member?.['office_id'] === null ? member : null;
    },
  },
  Case: {
    agency: one('agencies', 'agency_id'),
    jurisdiction: one('jurisdictions', 'jurisdiction_id'),
    lead: one('jurisdictions', 'lead_id'),
    venues: ofCase('venues', 'since, jurisdiction_id'),
    venue: async ({ id }, _args, ask) => (await ask('venue_findings', 'case_id = $1', [id]))[0] ?? null,
    report: async ({ id }, _args, ask) => (await ask('case_reports', 'case_id = $1', [id]))[0] ?? null,
    persons: ofCase('persons', 'position'),
    recordings: ofCase('recordings', 'position'),
    team: ofCase('assignments', 'since, id', 'and until is null'),
    charges: ofCase('charges', 'proposed_at, id'),
    outcome: async ({ id }, _args, ask) => {
      const live = await ask('charges', `case_id = $1 and state <> 'WITHDRAWN'`, [id]);
      const decided = await Promise.all(live.map(async (charge) => (await ask('decisions', `case_id = $1 and charge_id = $2 and state = 'STANDING'`, [id, charge['id']]))[0]?.['outcome'] ?? null));
      return decided.length === 0 || decided.includes(null) ? null : new Set(decided).size === 1 ? decided[0] : 'MIXED';
    },
    clocks: async ({ id }, { includeEarlier }, ask) => (await ask('clocks', 'case_id = $1', [id], 'due_on asc nulls last, kind, about_id, computed_at, id')).filter((clock) => includeEarlier === true || clock['superseded_at'] === null),
    clockFacts: ofCase('clock_facts', 'recorded_at, id'),
    demands: ofCase('external_demands', 'drafted_at, id'),
    cooperationEvents: ofCase('cooperation_events', 'happened_at, id'),
    victimNotices: ofCase('victim_notices', 'recorded_at, id'),
    removals: ofCase('removals', 'recorded_at, id'),
    supersessions: ofCase('supersessions', 'recorded_at, id'),
    parallelProceedings: ofCase('parallel_proceedings', 'recorded_at, id'),
    renditions: ofCase('renditions', 'recorded_at, id'),
    immunityProceedings: ofCase('immunity_proceedings', 'recorded_at, id'),
    events: page('TrailEvent', ['at', 'id'], ofCase('trail_events', 'at desc, id desc')),
    tags: async ({ id }, _args, ask) => (await ask('case_tags', 'case_id = $1', [id], 'tag')).map(({ tag }) => tag),
    level: ({ id }, _args, ask) => levelOf(id, ask),
    withheld: async ({ id }, _args, ask) => (await ask('withheld($1)', 'true', [id], 'withheld::text'))[0]?.['withheld'],
    responsibilities: ofCase('responsibilities', 'invited_at, id'),
    referrals: ofCase('case_referrals', 'referral_id'),
    returnItems: ofCase('return_items', 'due_on, id'),
    supplements: ofCase('case_supplements', 'submitted_at, id'),
    duplicateVerdicts: ofCase('case_verdicts', 'judged_at desc, other_id desc'),
    duplicateCandidates: page('DuplicateCandidate', ['rank', 'case_id'], ({ id }, _args, ask) => ask('duplicate_candidates($1, $2::text::jsonb, 30)', 'true', [id, JSON.stringify(MATCHERS)], 'rank desc, case_id desc')),
    transfers: ofCase('transfers', 'proposed_at, id'),
    contests: ofCase('venue_contests', 'contested_at, id'),
    authorisations: ofCase('authorisations', 'recorded_at, id'),
    walls: ofCase('walls', 'imposed_at, id'),
    seals: ofCase('seals', 'sealed_at, id'),
    restrictedTo: async ({ id }, _args, ask) => (await ask('unit_restrictions', 'case_id = $1 and lifted_at is null', [id]))[0] ?? null,
    unitRestrictions: ofCase('unit_restrictions', 'restricted_at, id'),
    annotations: page('Annotation', ['created_at', 'id'], ofCase('annotations', 'created_at desc, id desc'), (note, { includeDeleted }) => includeDeleted === true || !note['deleted']),
  },
  Clock: {
    case: one('cases', 'case_id'),
    state: (clock) => clock['undated'] ?? standing(clock['due_on'], clock['met_on'], dayIn(clock['time_zone'], new Date())),
    rule: async (clock, _args, ask) => ({ ...clock['rule'], attestedBy: await attestedBy(clock, ask) }),
    warnings: async (clock, _args, ask) => ((await attestedBy(clock, ask)) === null ? clock['warnings'] : clock['warnings'].filter((word: string) => word !== 'UNATTESTED')),
  },
  ClockFact: { recordedBy: one('members', 'recorded_by'), attestedBy: one('members', 'attested_by'), withdrawnBy: one('members', 'withdrawn_by') },
  CaseVerdict: { other: one('cases', 'other_id'), into: one('cases', 'into_id'), judgedBy: one('members', 'judged_by'), judgedFor: one('jurisdictions', 'judged_for') },
  DuplicateCandidate: { case: one('cases', 'case_id') },
  SameIncident: { hits: async ({ id }, _args, ask) => (await ask('same_incident_hits($1)', 'true', [id]))[0]?.['same_incident_hits'] },
  CaseSupplement: {
    agency: one('agencies', 'agency_id'), submittedBy: one('members', 'submitted_by'),
    persons: (row, _args, ask) => ask('persons', 'case_id = $1 and supplement_id = $2', [row['case_id'], row['id']], 'position'),
    recordings: (row, _args, ask) => ask('recordings', 'case_id = $1 and supplement_id = $2', [row['case_id'], row['id']], 'position'),
  },
  Recording: { supplement: ofSupplement },
  Person: { supplement: ofSupplement,
    contact: async (row, _args, ask) => (await ask('person_contacts', 'case_id = $1 and person_id = $2', [row['case_id'], row['id']]))[0] ?? null,
    agency: async (row, _args, ask) => (await ask('person_identifications', `case_id = $1 and person_id = $2 and state = 'STANDING'`, [row['case_id'], row['id']]))[0]?.['agency'] ?? null,
    identifications: (row, _args, ask) => ask('person_identifications', 'case_id = $1 and person_id = $2', [row['case_id'], row['id']], 'identified_at desc, id desc'),
    affiliations: (row, _args, ask) => ask('affiliations', 'case_id = $1 and person_id = $2', [row['case_id'], row['id']], 'recorded_at desc, id desc'),
    immunityAnalyses: (row, _args, ask) => ask('immunity_analyses', 'case_id = $1 and person_id = $2', [row['case_id'], row['id']], 'drafted_at desc, id desc'),
    courtDates: (row, _args, ask) => ask('court_dates', 'case_id = $1 and person_id = $2', [row['case_id'], row['id']], 'recorded_at desc, id desc'),
    arraignedOn: dayInCourt('ARRAIGNMENT'), trialStartsOn: dayInCourt('TRIAL'),
  },
  CourtDate: { recordedBy: one('members', 'recorded_by') },
  Removal: {
    person: ofPersonId, ...recorded,
    steps: (row, _args, ask) => ask('removal_steps', 'case_id = $1 and removal_id = $2', [row['case_id'], row['id']], 'position'),
    dispositionsDespite: async (row, _args, ask) => {
      const steps = await ask('removal_steps', 'case_id = $1 and removal_id = $2', [row['case_id'], row['id']], 'day, position');
      const charges = await ask('charges', 'case_id = $1 and person_id = $2', [row['case_id'], row['person_id']], 'id');
      const all = (await Promise.all(charges.map(({ id }) => ask('dispositions', 'case_id = $1 and charge_id = $2', [row['case_id'], id], 'disposed_on, recorded_at, id')))).flat();
      const standing = (day: string) => String(steps.findLast((step) => step['act'] !== 'CLOSE_WINDOW' && String(step['day']) <= day)?.['standing'] ?? 'FREE');
      return all.filter((entry) => row['scope'] === 'WHOLE_CASE' && !all.some((later) => later['supersedes'] === entry['id']) && (standing(String(entry['disposed_on'])) === 'PENDING'
        ? entry['forum'] === 'STATE' && ['CONVICTED', 'PLEADED'].includes(String(entry['kind']))
        : standing(String(entry['disposed_on'])) === 'REMOVED' && (entry['forum'] === 'STATE' || row['ruling'] !== 'REMOVED')));
    },
  },
  DemandEntry: {
    item: async (row, _args, ask) => (row['item_id'] === null ? null : (await ask('demand_items', 'case_id = $1 and id = $2', [row['case_id'], row['item_id']]))[0] ?? null), recordedBy: one('members', 'recorded_by'),
  },
  RemovalStep: { recordedBy: one('members', 'recorded_by') },
  Disposition: { recordedBy: one('members', 'recorded_by') },
  Supersession: { ...recorded, steps: stepsOf('SUPERSESSION') },
  SupersessionStep: { recordedBy: one('members', 'recorded_by') },
  ParallelProceeding: { person: ofPersonId, ...recorded, steps: stepsOf('PARALLEL_PROCEEDING') },
  ParallelProceedingStep: { recordedBy: one('members', 'recorded_by') },
  Rendition: { person: ofPersonId, citation: () => RENDITION_LAW.citation, confidence: () => RENDITION_LAW.confidence, verified: () => RENDITION_LAW.verified, ...recorded, steps: stepsOf('RENDITION'),
    holdExpiresOn: async (row, _args, ask) => {
      const [arrested, served] = [row['arrest_on'], row['governor_warrant_on']];
      if (arrested === null || served !== null && String(served) <= String(arrested)) return null;
      const [law] = (await ask('state_rules', `kind = 'RENDITION' and state in ($1, '*')`, [row['asylum_state']], 'position')).sort((a, b) => Number(a['state'] === '*') - Number(b['state'] === '*'));
      return law === undefined ? null : plusDays(String(arrested), law['body'].holdDays);
    },
  },
  RenditionStep: { recordedBy: one('members', 'recorded_by') },
  ImmunityProceeding: {
    person: ofPersonId, citation: () => IMMUNITY_LAW.citation, confidence: () => IMMUNITY_LAW.confidence, verified: () => IMMUNITY_LAW.verified, ...recorded, steps: stepsOf('IMMUNITY'),
    analysis: async (row, _args, ask) => (row['analysis_id'] === null ? null : (await ask('immunity_analyses', 'case_id = $1 and id = $2', [row['case_id'], row['analysis_id']]))[0] ?? null),
    charges: async (row, _args, ask) => (await ask('charges', 'case_id = $1', [row['case_id']], 'proposed_at, id')).filter(({ id }) => row['charge_ids'].includes(id)),
  },
  ImmunityStep: { recordedBy: one('members', 'recorded_by') },
  PersonIdentification: { identifiedBy: one('members', 'identified_by'), withdrawnBy: one('members', 'withdrawn_by') },
  ChargeLevelNaming: { namedBy: one('members', 'named_by') },
  ChargeRelation: {
    other: async (row, _args, ask) => (await ask('charges', 'case_id = $1 and id = $2', [row['case_id'], row['other_id']]))[0], relatedBy: one('members', 'related_by'), endedBy: one('members', 'ended_by'),
  },
  Affiliation: { recordedBy: one('members', 'recorded_by') },
  ImmunityAnalysis: { draftedBy: one('members', 'drafted_by'), reviewedBy: one('members', 'reviewed_by') },
  VictimNotice: { person: ofPersonId, recordedBy: one('members', 'recorded_by'), withdrawnBy: one('members', 'withdrawn_by') },
  Decision: {
    grounds: async (row, _args, ask) => (await ask('decision_grounds', 'case_id = $1 and decision_id = $2', [row['case_id'], row['id']]))[0] ?? null,
    proposedBy: one('members', 'proposed_by'), answeredBy: one('members', 'answered_by'), overriddenBy: one('members', 'overridden_by'),
    warnings: async (row, _args, ask) => {
      const [charge] = await ask('charges', 'case_id = $1 and id = $2', [row['case_id'], row['charge_id']]);
      const all = row['outcome'] === 'CHARGE' && charge !== undefined ? await ask('immunity_analyses', 'case_id = $1 and person_id = $2', [row['case_id'], charge['person_id']], 'drafted_at, id') : [];
      const known = all.filter(({ drafted_at: at }) => row['answered_at'] === null || String(at) <= String(row['answered_at']));
      const counted = known.slice(Math.max(0, known.findLastIndex(({ state }) => state === 'REVIEWED'))).filter(({ state }) => state !== 'RETURNED');
      const [clock] = row['outcome'] === 'CHARGE' ? await ask('clocks', `case_id = $1 and kind = 'LIMITATION' and about_id = $2 and superseded_at is null`, [row['case_id'], row['charge_id']]) : [];
      const decidedAt = row['answered_at'] === null ? new Date() : new Date(row['answered_at']);
      const isLate = clock != null && clock['due_on'] !== null && clock['due_on'] < dayIn(clock['time_zone'], decidedAt) && (clock['met_on'] === null || clock['due_on'] < clock['met_on']);
      return [
        ...(counted.some(({ authorised, necessary }) => authorised === 'MET' && necessary === 'MET') ? [{ code: 'IMMUNITY_LIKELY', message: DECISION_WARNINGS.IMMUNITY_LIKELY }] : []),
        ...(isLate ? [{ code: 'LIMITATION_PASSED', message: DECISION_WARNINGS.LIMITATION_PASSED }] : []),
      ];
    },
  },
  DecisionGrounds: {
    immunityAnalysis: async (row, _args, ask) => (row['immunity_analysis_id'] === null ? null : (await ask('immunity_analyses', 'case_id = $1 and id = $2', [row['case_id'], row['immunity_analysis_id']]))[0] ?? null),
  },
  Filing: { recordedBy: one('members', 'recorded_by') },
  FilingEntry: { recordedBy: one('members', 'recorded_by'), withdrawnBy: one('members', 'withdrawn_by') },
  ExternalDemand: {
    case: one('cases', 'case_id'), office: one('jurisdictions', 'office_id'), draftedBy: one('members', 'drafted_by'),
    noResponse: async (demand, _args, ask) => isUnanswered(demand, (await ask('demand_items', `case_id = $1 and demand_id = $2 and state = 'ASKED'`, [demand['case_id'], demand['id']])).length > 0),
    entries: (demand, _args, ask) => ask('demand_entries', 'case_id = $1 and demand_id = $2', [demand['case_id'], demand['id']], 'recorded_at, id'),
    rule: async (demand, _args, ask) => (await regimeRule(demand['regime'], ask)) ?? null,
    items: (demand, _args, ask) => ask('demand_items', 'case_id = $1 and demand_id = $2', [demand['case_id'], demand['id']], 'position, id'),
    extensions: (demand, _args, ask) => ask('demand_extensions', 'case_id = $1 and demand_id = $2', [demand['case_id'], demand['id']], 'extended_at, id'),
  },
  DemandRule: { addressee: ({ body }) => body.addressee, mustContain: ({ body }) => body.mustContain, answerDeadline: ({ body }) => body.answerDeadline },
  DemandItem: {
    charge: async (item, _args, ask) => (await ask('charges', 'case_id = $1 and id = $2', [item['case_id'], item['charge_id']]))[0] ?? null,
    position: async (item, _args, ask) => {
      const all = await ask('demand_items', 'case_id = $1 and demand_id = $2', [item['case_id'], item['demand_id']]);
      return all.filter((each) => Number(each['position']) < Number(item['position']) || (each['position'] === item['position'] && String(each['id']) <= String(item['id']))).length;
    },
  },
  DemandExtension: { extendedBy: one('members', 'extended_by') },
  CooperationEvent: {
    witness: async (event, _args, ask) => (await ask('persons', 'case_id = $1 and id = $2', [event['case_id'], event['witness_id']]))[0] ?? null,
    recording: async (event, _args, ask) => (await ask('recordings', 'case_id = $1 and id = $2', [event['case_id'], event['recording_id']]))[0] ?? null,
    recordedBy: one('members', 'recorded_by'), withdrawnBy: one('members', 'withdrawn_by'),
  },
  Venue: {
    jurisdiction: one('jurisdictions', 'jurisdiction_id'),
    level: async (row, _args, ask) => {
      const [office] = await ask('jurisdictions', 'id = $1', [row['jurisdiction_id']]);
      const level = await levelOf(row['case_id'], ask);
      const said = (office?.['handles_levels'] ?? []).map((word: string) => (LEVELS_HANDLED as Record<string, Record<string, string>>)[level ?? '']?.[word]);
      const rule = (await ask('state_rules', `kind = 'VENUE_BOUNDARY' and position = 0 and state = $1`, [office?.['state']]))[0]?.['body'].levels;
      const answer = level === null ? 'UNKNOWN' : (LEVEL_ANSWERS.find((each) => said.includes(each)) ?? 'OUTSIDE');
      return { answer, level, rule: rule?.text ?? null, citation: rule?.citation ?? null, confidence: rule?.confidence ?? null };
    },
  },
  VenueFinding: { confirmedBy: one('members', 'confirmed_by'), candidates: (row, _args, ask) => ask('venue_candidates', 'case_id = $1', [row['case_id']], 'position') },
  VenueCandidate: {
    jurisdiction: async (row, _args, ask) => {
      const [county] = await ask('jurisdiction_counties', 'fips = $1', [row['county_fips']]);
      return county ? ((await ask('jurisdictions', 'id = $1', [county['jurisdiction_id']]))[0] ?? null) : null;
    },
  },
  Assignment: { member: one('members', 'member_id') },
  TrailEvent: { actor: one('members', 'actor_id'), body: ({ body }) => JSON.parse(body) },
  Annotation: {
    author: one('members', 'author_id'),
    target: (row) => ({ kind: row['target_kind'], id: row['target_id'] }),
    selector: ({ selector }) => {
      if (selector?.type === 'FragmentSelector') {
        const [from, to] = selector.value.slice('t='.length).split(',').map(Number);
        return { fragment: { ...selector, from, to } };
      }
      return selector && (selector.type === 'TextQuoteSelector' ? { quote: selector } : { position: selector });
    },
    body: async (row, _args, ask) => (await ask('annotation_revisions', 'case_id = $1 and annotation_id = $2 and revision = $3', [row['case_id'], row['id'], row['revision']]))[0]?.['body'],
    revisions: (row, _args, ask) => ask('annotation_revisions', 'case_id = $1 and annotation_id = $2', [row['case_id'], row['id']], 'revision'),
  },
  Withheld: { layer: (row) => rule(row).layer, rule: (row) => rule(row).rule, citation: (row) => rule(row).citation },
  Responsibility: {
    jurisdiction: one('jurisdictions', 'jurisdiction_id'), invitedFor: one('jurisdictions', 'invited_for'), facets, until: ending,
    invitedBy: one('members', 'invited_by'), answeredBy: one('members', 'answered_by'),
  },
  VenueContest: {
    contestant: one('jurisdictions', 'contestant_id'), lead: one('jurisdictions', 'lead_id'), contestedBy: one('members', 'contested_by'), answeredBy: one('members', 'answered_by'), recordedBy: one('members', 'recorded_by'),
    transfer: async (row, _args, ask) => (await ask('transfers', 'case_id = $1 and id = $2', [row['case_id'], row['transfer_id']]))[0] ?? null,
  },
  Transfer: {
    from: one('jurisdictions', 'from_id'), to: one('jurisdictions', 'to_id'), wallFormerLead: (row) => row['wall_ground'],
    proposedBy: one('members', 'proposed_by'), answeredBy: one('members', 'answered_by'),
  },
  Authorisation: {
    jurisdiction: one('jurisdictions', 'jurisdiction_id'), givenFor: one('jurisdictions', 'given_for'), recordedBy: one('members', 'recorded_by'), revokedBy: one('members', 'revoked_by'),
  },
  Wall: {
    subject: async ({ subject_kind: kind, subject_id: id }, _args, ask) => {
      const table = kind === 'MEMBER' ? 'members' : kind === 'UNIT' ? 'units' : 'jurisdictions';
      return { kind, id, name: (await ask(table, 'id = $1', [id]))[0]?.['name'] };
    },
    imposedBy: one('members', 'imposed_by'), liftedBy: one('members', 'lifted_by'),
  },
  CalendarFeed: { member: one('members', 'member_id') },
  ConflictDeclaration: { member: one('members', 'member_id'), declaredBy: one('members', 'declared_by'), withdrawnBy: one('members', 'withdrawn_by') },
  Seal: {
    facets, until: ending,
    members: inAudience('members'), offices: inAudience('jurisdictions'), units: inAudience('units'),
    standing: (row) => row['unsealed_at'] === null && (row['until'].text === 'infinity' || new Date() < row['until']),
    sealedBy: one('members', 'sealed_by'), unsealingProposedBy: one('members', 'unsealing_proposed_by'), unsealedBy: one('members', 'unsealed_by'),
  },
  Unit: { members: ({ id }, _args, ask) => ask('members', `id in (select u.member_id from comity.unit_members u where u.unit_id = $1 and u.until = 'infinity')`, [id], 'name, id') },
  UnitRestriction: { unit: one('units', 'unit_id'), since: (row) => row['restricted_at'], by: one('members', 'restricted_by'), liftedBy: one('members', 'lifted_by') },
  BreakGlassUse: {
    case: one('cases', 'case_id'), member: one('members', 'member_id'), reviewedBy: one('members', 'reviewed_by'),
    overdue: (row) => row['reviewed_at'] === null && row['review_due_at'] < new Date(),
  },
  ReadinessPack: {
    agency: one('agencies', 'agency_id'), draftedBy: one('members', 'drafted_by'), proposedBy: one('members', 'proposed_by'), adoptedBy: one('members', 'adopted_by'),
    requirements: ({ id }, _args, ask) => ask('pack_requirements', 'pack_id = $1', [id], 'position'),
    validUntil: async (pack, _args, ask) => {
      if (pack['state'] !== 'IN_FORCE') return null;
      const [next] = await ask('readiness_packs', `agency_id is not distinct from $1 and slug = $2 and state = 'IN_FORCE' and valid_from > $3`, [pack['agency_id'], pack['slug'], pack['valid_from']], 'valid_from limit 1');
      return next ? new Date(Date.parse(next['valid_from']) - 86_400_000).toISOString().slice(0, 10) : null;
    },
  },
  RuleBook: {
    jurisdiction: one('jurisdictions', 'jurisdiction_id'), draftedBy: one('members', 'drafted_by'), proposedBy: one('members', 'proposed_by'), adoptedBy: one('members', 'adopted_by'),
    sharing: ofBook('sharing_rules', 'position'), limits: ofBook('act_limits', 'action'), agency: ofBook('agency_rules', 'show'), statistics: ofBook('statistics_rules', 'measure'), admission: ofBook('admission_rules', 'part'),
    tests: ofBook('rule_book_tests', 'position'),
  },
  SharingRule: { audience: (row) => (row['audience_id'] === COALITION_VIEWER ? 'COALITION' : 'JURISDICTION'), jurisdiction: one('jurisdictions', 'audience_id'), facets, until: ending },
  RuleBookTest: { member: one('members', 'member_id'), facet: ({ facet }) => Object.entries(FACETS).find(([, bit]) => bit === facet)?.[0] },
  Access: { member: one('members', 'actor_id'), facets },
  AnnotationRevision: { revisedBy: one('members', 'revised_by') },
  ProofMatrix: { charges: ofCase('charges', 'proposed_at, id', `and state <> 'WITHDRAWN'`), gaps: ofCase('proof_gaps', 'charge_id, position, reviewer_id') },
  ProofElement: {
    ...ofWording,
    isDisputed: async (element, _args, ask) => new Set(latest(await assessmentsOf(element, ask)).map(({ verdict }) => verdict)).size > 1,
  },
  EarlierElement: ofWording,
  UnassessedElement: { charge: async (row, _args, ask) => (await ask('charges', 'case_id = $1 and id = $2', [row['case_id'], row['charge_id']]))[0], case: one('cases', 'case_id') },
  Waiting: { waitsFor, office: one('jurisdictions', 'office_id'), agency: one('agencies', 'agency_id'), case: one('cases', 'case_id') },
  ProofLink: {
    linkedBy: one('members', 'linked_by'),
    sourceGone: async (link, _args, ask) => link['source_kind'] === 'ANNOTATION' && (await ask('annotations', 'case_id = $1 and id = $2', [link['case_id'], link['source_id']])).some(({ deleted }) => deleted === true),
  },
  ElementAssessment: { reviewer: one('members', 'reviewer_id') },
  ProofGap: {
    charge: async (gap, _args, ask) => (await ask('charges', 'case_id = $1 and id = $2', [gap['case_id'], gap['charge_id']]))[0],
    reviewer: one('members', 'reviewer_id'),
    isDemanded: async (gap, _args, ask) => {
      const items = await ask('demand_items', 'case_id = $1 and charge_id = $2 and wording = $3', [gap['case_id'], gap['charge_id'], gap['text']]);
      const demands = await Promise.all(items.map(async (item) => (await ask('external_demands', 'case_id = $1 and id = $2', [item['case_id'], item['demand_id']]))[0]));
      return demands.some((demand) => demand !== undefined && !['DRAFT', 'DISMISSED', 'WITHDRAWN'].includes(demand['state']));
    },
    isAsked: async (gap, _args, ask) => {
      const links = await ask('proof_links', `case_id = $1 and charge_id = $2 and wording = $3 and source_kind = 'RETURN_ITEM' and withdrawn_at is null`, [gap['case_id'], gap['charge_id'], gap['text']]);
      const items = await Promise.all(links.map((link) => ask('return_items', 'case_id = $1 and id = $2', [link['case_id'], link['source_id']])));
      return items.flat().some(isOpen);
    },
  },
  Charge: {
    case: one('cases', 'case_id'),
    elements: ({ case_id, id }, _args, ask) => ask('proof_elements', 'case_id = $1 and charge_id = $2', [case_id, id], 'position'),
    earlierElements: ({ case_id, id }, _args, ask) => ask('proof_earlier', 'case_id = $1 and charge_id = $2', [case_id, id], 'position, text'),
    warnings: async (row, _args, ask) => {
      const [version] = await ask('statute_versions', 'id = $1', [row['statute_version_id']]);
      const clause = version?.['officer_clause'] ?? null;
      const of = warningsOf({ validFrom: version?.['valid_from'] ?? null, attestedBy: version?.['attested_by'] ?? null, confidence: version?.['confidence'], appliesToFederalOfficer: version?.['applies_to_federal_officer'] });
      // No text here ends, or begins, beneath a charge.
      return of.map((code) => ({ code, message: `${WARNINGS[code]}${code.startsWith('OFFICER_REACH_') && clause !== null ? ` On officers: ${clause}.` : ''}` }));
    },
    dispositions: (row, _args, ask) => ask('dispositions', 'case_id = $1 and charge_id = $2', [row['case_id'], row['id']], 'recorded_at, id'),
    disposition: async (row, _args, ask) => (await ask('dispositions', 'case_id = $1 and charge_id = $2', [row['case_id'], row['id']], 'recorded_at, id')).at(-1) ?? null,
    statute: one('statutes', 'statute_id'),
    version: one('statute_versions', 'statute_version_id'),
    proposedBy: one('members', 'proposed_by'),
    lesserOf: (row, _args, ask) => targetOf(row, 'LESSER_OF', ask), alternativeTo: (row, _args, ask) => targetOf(row, 'ALTERNATIVE_TO', ask),
    lessers: (row, _args, ask) => sourcesOf(row, 'LESSER_OF', ask), alternatives: (row, _args, ask) => sourcesOf(row, 'ALTERNATIVE_TO', ask),
    relations: (row, _args, ask) => ask('charge_relations', 'case_id = $1 and charge_id = $2', [row['case_id'], row['id']], 'related_at, id'),
    levelNamings: (row, _args, ask) => ask('charge_levels', 'case_id = $1 and charge_id = $2', [row['case_id'], row['id']], 'named_at desc, id desc'),
    decisions: (row, _args, ask) => ask('decisions', 'case_id = $1 and charge_id = $2', [row['case_id'], row['id']], 'proposed_at, id'),
    decision: async (row, _args, ask) => (await ask('decisions', `case_id = $1 and charge_id = $2 and state = 'STANDING'`, [row['case_id'], row['id']]))[0] ?? null,
    filingEntries: (row, _args, ask) => ask('filing_entries', 'case_id = $1 and charge_id = $2', [row['case_id'], row['id']], 'position'),
    filing: async (row, _args, ask) => (await ask('filings', 'case_id = $1 and charge_id = $2', [row['case_id'], row['id']]))[0] ?? null,
    person: async (row, _args, ask) => (await ask('persons', 'case_id = $1 and id = $2', [row['case_id'], row['person_id']]))[0] ?? null,
  },
};
