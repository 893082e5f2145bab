import type { ExplorerTab } from '../door/explorer.ts';
import { MORNING } from './explorer.morning.ts';

const json = (value: unknown): string => JSON.stringify(value, null, 2);

/** What the explorer opens with: a tab for each job of the three users, and one for the auditor. */
export const TABS: readonly ExplorerTab[] = [
  {
    name: 'Office: work the queue of unclaimed cases',
    persona: 'dallas.attorney',
    query: `query Queue {
  cases(filter: { stages: [UNCLAIMED] }, first: 20) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes { id number version kind incidentOn stage agency { name } venues { jurisdiction { name } reason } report { narrative allegedOffences } }
  }
}`,
  },
  {
    name: 'Office: claim a case (take id and version from the queue)',
    persona: 'dallas.attorney',
    query: `mutation Claim($input: ClaimCaseInput!) {
  claimCase(input: $input) {
    case { number stage version lead { name } team { role member { name } } persons { id part name descriptors contact { phone } } }
  }
}`,
    headers: json({ 'x-purpose': 'CASE_PREPARATION' }),
    variables: json({ input: { caseId: 'the id of a case in the queue', expectedVersion: 1 } }),
  },
  {
    name: 'Office: annotate the report',
    persona: 'dallas.attorney',
    query: `mutation Annotate($input: AnnotateCaseInput!) {
  annotateCase(input: $input) { annotation { id audience body revision createdAt } }
}`,
    variables: json({ input: { caseId: 'the id of a case that you lead', target: { kind: 'REPORT' }, kind: 'NOTE', body: 'Ask for the camera of the second vehicle.' } }),
  },
  {
    name: 'Office: find a statute and propose a charge',
    persona: 'dallas.attorney',
    query: `query Statutes { statutes(filter: { text: "Tex. Penal Code § 22.02" }) { nodes { id citation title versions { level validFrom confidence elements } } } }

mutation Charge($input: ProposeChargeInput!) {
  proposeCharge(input: $input) { charge { id counts statute { citation } warnings { code message } } }
}`,
    variables: json({ input: { caseId: 'the id of a case that you lead', personId: 'a person of the case', statuteId: 'a statute', counts: 1 } }),
  },
  ...MORNING,
  {
    name: 'Office: put a colleague on the team, or release the case',
    persona: 'dallas.supervisor',
    query: `query Team { members(first: 20) { nodes { id name role } } cases(filter: { stages: [CLAIMED] }, first: 5) { nodes { id number version team { id version role member { name } } } } }

mutation Assign($assign: AssignCaseInput!) { assignCase(input: $assign) { assignment { id role member { name } } } }

mutation Release($release: ReleaseCaseInput!) { releaseCase(input: $release) { case { number stage version } } }`,
    variables: json({
      assign: { caseId: 'the id of a case that your office leads', memberId: 'a member of your office', role: 'SUPPORT' },
      release: { caseId: 'the id of a case that your office leads', expectedVersion: 2 },
    }),
  },
  {
    name: 'Office: rule books, and what a draft would change',
    persona: 'hennepin.supervisor',
    query: `query RuleBooks {
  me { office { name ruleBook { id version title } } }
  ruleBooks(filter: { states: [DRAFT, PROPOSED, IN_FORCE] }, first: 20) {
    nodes { id version revision state title jurisdiction { name } proposedBy { name } adoptedBy { name } sharing { audience facets stages levels tags until basis } tests { member { name } facet stage level sees } }
  }
}

mutation Draft($input: DraftRuleBookInput!) { draftRuleBook(input: $input) { ruleBook { id version revision state } } }

query Preview($book: ID!) {
  previewRuleBook(ruleBookId: $book) {
    cases
    changes { office { name } facet becomesVisible becomesHidden samplesVisible { number } samplesHidden { number } }
    tests { member { name } facet expected passes because }
  }
}`,
    variables: json({
      input: {
        title: 'Reports of felonies', basedOn: 'the id of the book of your office that is in force',
        sharing: [{ audience: 'COALITION', facets: ['SUMMARY', 'REPORT'], levels: ['FELONY'], basis: 'Agreed among the members.' }],
      },
      book: 'the id of a draft',
    }),
  },
  {
    name: 'Office: who sees what of a case, and why',
    persona: 'dallas.supervisor',
    query: `query Withheld { cases(first: 20) { nodes { id number lead { name } restrictedTo { unit { name } } withheld { facet layer rule citation } } } }

query Explain($case: ID!, $member: ID) {
  explainAccess(caseId: $case, memberId: $member) { member { name role } facets { facet open layer rule citation } acts { action allowed reach rule } }
}

query Arrangements($case: ID!) {
  case(id: $case) { number team { role member { name } } responsibilities { role state jurisdiction { name } } walls { ground subject { kind name } mayLift imposedAt liftedAt note } seals { facets order } }
}

query Log($case: ID!) {
  accessLog(caseId: $case, first: 20) { nodes { at member { name role } purpose decision field code facets } }
}`,
    headers: json({ 'x-purpose': 'SUPERVISION' }),
    variables: json({ case: 'the id of a case that your office leads', member: null }),
  },
  {
    name: 'Police: submit a referral',
    persona: 'dallas.police',
    query: `mutation Submit($input: SubmitReferralInput!) {
  submitReferral(input: $input) { outcome referral { id state packetSha256 } problems { severity path message remedy } }
}`,
    variables: json({
      input: {
        idempotencyKey: 'my-first-referral',
        referral: {
          reportNumber: 'TRY-0001', kind: 'FORCE',
          incident: { occurredOn: '2026-03-14', occurredAt: '2026-03-14T20:15:00-05:00', countyFips: '48113', place: '1 Example Street, Dallas' },
          narrative: 'An official pushed a bystander to the ground.', allegedLevel: 'MISDEMEANOR', allegedOffences: ['Tex. Penal Code 22.01'], anyoneInjured: false,
          persons: [{ part: 'OFFICIAL', descriptors: 'Grey jacket, face covered' }],
          provenance: { decidedBy: 'Sgt. Pia Dalles', consulted: [] },
          signature: { signedBy: 'Sgt. Pia Dalles', signedAt: '2026-03-15T09:00:00-05:00' },
        },
      },
    }),
  },
  {
    name: 'Police: check a referral, and keep nothing',
    persona: 'dallas.police',
    query: `mutation Validate($input: ValidateReferralInput!) {
  validateReferral(input: $input) { acceptable problems { code severity path message remedy } }
}`,
    variables: json({
      input: {
        referral: {
          reportNumber: 'TRY-0002', kind: 'ENTRY', incident: { occurredOn: '2026-03-14', countyFips: '48113', place: '2 Example Street, Dallas' },
          narrative: 'An official entered a fenced yard.', anyoneInjured: false,
        },
      },
    }),
  },
  {
    name: 'Police: what became of our referrals',
    persona: 'dallas.police',
    query: `query Referrals { referrals(first: 20) { totalCount nodes { id reportNumber state stateSince incidentOn attested } } }`,
  },
  {
    name: 'Administrator: route a case whose county no office holds',
    persona: 'administrator',
    query: `query Unrouted { cases(first: 10) { nodes { id number version countyFips incidentOn } } jurisdictions { id name } }

mutation Route($input: RouteCaseInput!) { routeCase(input: $input) { case { number } } }`,
    variables: json({ input: { caseId: 'the id of an unrouted case', jurisdictionId: 'an office', reason: 'The office has agreed to take it.', expectedVersion: 1 } }),
  },
  {
    name: 'Analyst: count across jurisdictions',
    persona: 'analyst',
    query: `query Counts {
  caseCounts(input: { groupBy: [STATE, STAGE] }) { asOf threshold withheldCells cells { state stage count withheld } definitions { name text } }
}`,
  },
  {
    name: 'Auditor: who was shown what is sensitive, what for, and who was denied',
    persona: 'auditor',
    query: `query AccessLog {
  accessLog(first: 20) { nodes { at member { name role } purpose decision field code caseId facets objects requestId } pageInfo { hasNextPage endCursor } }
}`,
  },
  {
    name: 'Auditor: verify the trail',
    persona: 'auditor',
    query: `query Verify { verifyTrail { intact events cases faults { caseId kind } } }`,
  },
];
