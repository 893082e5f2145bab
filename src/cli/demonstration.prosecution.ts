import type { Play } from './demonstration.arrangements.ts';

const CASES = `query { cases(filter: { stages: [CLAIMED] }, first: 100) { nodes { id state incidentOn persons { id part } } } }`;

interface Subject {
  readonly caseId: string;
  readonly officialId: string;
  readonly incidentOn: string;
}

const DAY = 86_400_000;
const after = ({ incidentOn }: Subject, days: number): string => new Date(Date.parse(`${incidentOn}T12:00:00Z`) + days * DAY).toISOString().slice(0, 10);

/** What prosecutors of the demonstration have begun, so that a newcomer finds each list of the morning and the track of a federal officer filled: in the oldest cases that they claimed. */
export async function prosecute(play: Play): Promise<void> {
  const { cases } = (await play('dallas.attorney', CASES)) as { cases: { nodes: { id: string; state: string; incidentOn: string; persons: { id: string; part: string }[] }[] } };
  const [inCourt, underReview] = cases.nodes.filter(({ state }) => state === 'TX').slice(-2).reverse()
    .map(({ id: caseId, incidentOn, persons }): Subject => ({ caseId, incidentOn, officialId: persons.find(({ part }) => part === 'OFFICIAL')?.id ?? '' }));
  if (inCourt === undefined || underReview === undefined) throw new Error('the demonstration has too few cases to prosecute');
  await review(play, underReview);
  await tryInCourt(play, inCourt);
}

const ASSAULT = 'query { statutes(filter: { citation: "Tex. Penal Code 22.01", state: "TX" }, first: 1) { nodes { id } } }';
const PROPOSE = 'mutation ($input: ProposeChargeInput!) { proposeCharge(input: $input) { charge { id } } }';
const ASSESS = 'mutation ($input: AssessElementInput!) { assessElement(input: $input) { assessment { id } } }';
const DECIDE = 'mutation ($input: DecideChargeInput!) { decideCharge(input: $input) { decision { id } } }';

async function charge(play: Play, { caseId, officialId }: Subject): Promise<string> {
  const { statutes } = (await play('dallas.attorney', ASSAULT)) as { statutes: { nodes: { id: string }[] } };
  const { proposeCharge } = (await play('dallas.attorney', PROPOSE, { caseId, personId: officialId, statuteId: statutes.nodes[0]?.id, counts: 1, level: 'MISDEMEANOR' })) as { proposeCharge: { charge: { id: string } } };
  return proposeCharge.charge.id;
}

async function versionOf(play: Play, { caseId }: Subject): Promise<number> {
  const { case: found } = (await play('dallas.attorney', 'query ($input: ID) { case(id: $input) { version } }', caseId)) as { case: { version: number } };
  return found.version;
}

async function decide(play: Play, subject: Subject, chargeId: string, outcome: 'CHARGE' | 'HOLD'): Promise<string> {
  const { decideCharge } = (await play('dallas.attorney', DECIDE, {
    caseId: subject.caseId, chargeId, outcome, reasonCodes: [outcome === 'CHARGE' ? 'EVIDENCE_SUFFICIENT' : 'AWAITING_EXTERNAL'],
    evidential: 'Two neighbours tell the same, and the recording begins while it went on.', publicInterest: 'A public officer is held to the law of the state as anybody is.', expectedVersion: await versionOf(play, subject),
  })) as { decideCharge: { decision: { id: string } } };
  return decideCharge.decision.id;
}

/** A charge of which one element is assessed, a decision that waits for another person, and a demand that nobody answered. */
async function review(play: Play, subject: Subject): Promise<void> {
  const { caseId } = subject;
  const chargeId = await charge(play, subject);
  await play('dallas.attorney', ASSESS, { caseId, chargeId, element: 1, verdict: 'MET', reasoning: 'The recording shows it from the first second on.' });
  await decide(play, subject, chargeId, 'HOLD');
  const { draftDemand: { demand } } = (await play('dallas.attorney', 'mutation ($input: DraftDemandInput!) { draftDemand(input: $input) { demand { id rule { mustContain } } } }', {
    caseId, regime: 'DHS_TOUHY', component: 'An agency of the department', purpose: 'Who was on the scene, and what their cameras show.',
    items: [
      { category: 'RECORDING', description: 'All recordings of the evening.', relevance: 'They show who pushed.', chargeId, element: 1 },
      { category: 'IDENTITY', description: 'The names of all who were sent.', relevance: 'The official wore no name tag.' },
    ],
  })) as { draftDemand: { demand: { id: string; rule: { mustContain: string[] } } } };
  await play('dallas.attorney', 'mutation ($input: ServeDemandInput!) { serveDemand(input: $input) { demand { id } } }', {
    caseId, demandId: demand.id, servedOn: after(subject, 5), method: 'CERTIFIED_MAIL', proofOfService: 'Return receipt 0001', responseRequestedBy: after(subject, 20), confirms: demand.rule.mustContain,
  });
}

/** A charge that was decided by two people and filed, and the accused’s notice of removal to the federal court. */
async function tryInCourt(play: Play, subject: Subject): Promise<void> {
  const { caseId, officialId: personId } = subject;
  const chargeId = await charge(play, subject);
  await play('dallas.attorney', 'mutation ($input: RecordAffiliationInput!) { recordAffiliation(input: $input) { person { id } } }', { caseId, personId, affiliation: 'FEDERAL', basis: 'The vehicle is registered to a federal agency.' });
  const { recordImmunityAnalysis } = (await play('dallas.attorney', 'mutation ($input: RecordImmunityAnalysisInput!) { recordImmunityAnalysis(input: $input) { analysis { id } } }', {
    caseId, personId, authorised: { finding: 'UNCLEAR', facts: 'No order for that evening is known.' },
    necessary: { finding: 'NOT_MET', subjective: 'He said nothing of a danger.', objective: 'Nobody who stood there was a danger to anybody.' },
  })) as { recordImmunityAnalysis: { analysis: { id: string } } };
  await play('dallas.supervisor', 'mutation ($input: ReviewImmunityAnalysisInput!) { reviewImmunityAnalysis(input: $input) { analysis { id } } }', { caseId, analysisId: recordImmunityAnalysis.analysis.id, approve: true });
  const decisionId = await decide(play, subject, chargeId, 'CHARGE');
  await play('dallas.supervisor', 'mutation ($input: ApproveDecisionInput!) { approveDecision(input: $input) { decision { id } } }', { caseId, decisionId, expectedVersion: await versionOf(play, subject) });
  await play('dallas.attorney', 'mutation ($input: FileChargesInput!) { fileCharges(input: $input) { case { id } } }', {
    caseId, chargeIds: [chargeId], instrument: 'INFORMATION_MISDEMEANOR', court: 'County Criminal Court No. 3', docketNumber: 'M26-00001', filedOn: after(subject, 10), expectedVersion: await versionOf(play, subject),
  });
  await play('dallas.attorney', 'mutation ($input: RecordArraignmentInput!) { recordArraignment(input: $input) { case { id } } }', { caseId, personId, arraignedOn: after(subject, 14) });
  await play('dallas.attorney', 'mutation ($input: RecordRemovalInput!) { recordRemoval(input: $input) { removal { id } } }', {
    caseId, personId, act: 'FILE_NOTICE', on: after(subject, 20), grounds: ['FEDERAL_OFFICER'], federalCourt: 'N.D. Tex.', docketNumber: '3:26-cr-00001',
  });
}
