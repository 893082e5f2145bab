/** Plays a document with its variable `input` as one of the personas, by the subject, and gives its data. Throws what it was refused with. */
export type Play = (who: string, document: string, input?: Readonly<Record<string, unknown>> | string) => Promise<Record<string, unknown>>;

/** What the offices of the demonstration have arranged: who sees what is not by seat alone, and a newcomer finds an example of each layer. */
export async function arrange(play: Play): Promise<void> {
  const [joint, kept, left] = await casesOf(play, 'dallas.attorney');
  await handleJointly(play, joint);
  await keepToUnit(play, kept);
  await play('dallas.deputy', 'mutation ($input: RecuseInput!) { recuse(input: $input) { case { id } } }', { caseId: left, note: 'A witness is a neighbour of mine.' });
  await shareFelonies(play);
}

const CASES = 'query { cases(filter: { stages: [CLAIMED] }, first: 3) { nodes { id } } }';

async function casesOf(play: Play, who: string): Promise<string[]> {
  const { cases } = (await play(who, CASES)) as { cases: { nodes: { id: string }[] } };
  return cases.nodes.map(({ id }) => id);
}

const INVITE = 'mutation ($input: InviteJurisdictionInput!) { inviteJurisdiction(input: $input) { responsibility { id } } }';
const ACCEPT = 'mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { responsibility { state } } }';

async function handleJointly(play: Play, caseId: string | undefined): Promise<void> {
  const { office } = await seatOf(play, 'hennepin.attorney');
  const { inviteJurisdiction } = (await play('dallas.attorney', INVITE, {
    caseId, jurisdictionId: office.id, role: 'CO', reason: 'The same vehicle is in the reports of both counties.',
  })) as { inviteJurisdiction: { responsibility: { id: string } } };
  await play('hennepin.supervisor', ACCEPT, { caseId, invitationId: inviteJurisdiction.responsibility.id });
}

const UNIT = 'mutation ($input: CreateUnitInput!) { createUnit(input: $input) { unit { id } } }';
const JOIN = 'mutation ($input: AddToUnitInput!) { addToUnit(input: $input) { unit { id } } }';
const RESTRICT = 'mutation ($input: RestrictToUnitInput!) { restrictToUnit(input: $input) { case { id } } }';

async function keepToUnit(play: Play, caseId: string | undefined): Promise<void> {
  const { createUnit: { unit } } = (await play('dallas.supervisor', UNIT, { name: 'Public integrity' })) as { createUnit: { unit: { id: string } } };
  for (const who of ['dallas.attorney', 'dallas.elected']) await play('dallas.supervisor', JOIN, { unitId: unit.id, memberId: (await seatOf(play, who)).id });
  await play('dallas.supervisor', RESTRICT, { caseId, unitId: unit.id, reason: 'The official works beside this office every day.' });
}

const DRAFT = 'mutation ($input: DraftRuleBookInput!) { draftRuleBook(input: $input) { ruleBook { id revision } } }';
const PROPOSE = 'mutation ($input: ProposeRuleBookInput!) { proposeRuleBook(input: $input) { ruleBook { state } } }';
const ADOPT = 'mutation ($input: AdoptRuleBookInput!) { adoptRuleBook(input: $input) { ruleBook { state } } }';

async function shareFelonies(play: Play): Promise<void> {
  const { office: { ruleBook } } = await seatOf(play, 'hennepin.supervisor');
  const { id: memberId } = await seatOf(play, 'dallas.attorney');
  const { draftRuleBook: { ruleBook: draft } } = (await play('hennepin.supervisor', DRAFT, {
    title: 'Felonies are known to the coalition', basedOn: ruleBook.id,
    sharing: [{ audience: 'COALITION', facets: ['SUMMARY'], levels: ['FELONY'], basis: 'Other offices ask whether an official is before us already.' }],
    tests: [
      { memberId, facet: 'SUMMARY', stage: 'CLAIMED', level: 'FELONY', sees: true },
      { memberId, facet: 'SUMMARY', stage: 'CLAIMED', level: 'MISDEMEANOR', sees: false },
      { memberId, facet: 'PERSONS', stage: 'CLAIMED', level: 'FELONY', sees: false },
    ],
  })) as { draftRuleBook: { ruleBook: { id: string; revision: number } } };
  await play('hennepin.supervisor', PROPOSE, { ruleBookId: draft.id, expectedRevision: draft.revision });
  await play('hennepin.elected', ADOPT, { ruleBookId: draft.id });
}

interface Seat {
  readonly id: string;
  readonly office: { readonly id: string; readonly ruleBook: { readonly id: string } };
}

const seatOf = async (play: Play, who: string): Promise<Seat> => (await play(who, 'query { me { id office { id ruleBook { id } } } }'))['me'] as Seat;
