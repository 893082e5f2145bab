import { reachOf, type Action, type Reach } from '../access/acts.ts';
import type { Facet } from '../access/facets.ts';
import type { Facts } from './explanation.store.ts';
import { ruleOf, theMember, theOffice, TheOffice } from './explanation.sentences.ts';
import type { ExplainedAct, ExplainedFacet } from './explanation.type.ts';

/** Each part of the case that the caller may know of; what closes it beats what opens it. */
export function facetsOf(facts: Facts): ExplainedFacet[] {
  return facts.facets.map(({ open, ...reason }) => {
    const { facet } = reason;
    const seal = facts.seals.find(({ facets }) => facets.includes(facet));
    if (facts.wall !== null) return { facet, open: false, layer: 'CASE', rule: `A wall of ${facts.wall} excludes this member.`, citation: null };
    if (seal !== undefined) return { facet, open: false, layer: 'CASE', rule: 'A seal closes this facet to all but its audience.', citation: seal.order };
    return { facet, open, ...ruleOf(reason, open, facts) };
  });
}

interface Judged {
  readonly facts: Facts;
  readonly reach: Reach;
  /** Whether a facet is open, and whether what the lead opens to its own office is, break-glass or not. */
  readonly sees: (facet: Facet) => boolean;
  readonly isOpen: boolean;
}

/** Why the case is out of an act's reach, or null where it is within. */
type Scope = (judged: Judged) => string | null;

const handles = ({ leads, jointRole }: Facts): boolean => leads || jointRole === 'CO' || jointRole === 'SUPPORT';
const notLead = (facts: Facts): string => `${TheOffice(facts)} does not lead this case.`;

const seen: Scope = () => null;
/** As the acts themselves ask, with `within`. */
const held: Scope = ({ facts, reach, isOpen }) => {
  if (!facts.leads) return reach === 'JOINT' && handles(facts) ? null : notLead(facts);
  if (reach === 'OWN' && !facts.onTeam) return 'Only the team of this case, or a supervisor, may do this.';
  return isOpen ? null : `This case is kept to a part of ${theOffice(facts)} that ${facts.self ? 'you are' : 'the member is'} not in.`;
};
const led: Scope = ({ facts, reach }) => (!facts.leads ? notLead(facts) : reach === 'OWN' && !facts.onTeam ? 'Only the team of this case may do this.' : null);
/** While nobody leads, any venue candidate may; afterwards the lead. */
const candidate: Scope = (judged) => {
  const { facts, reach } = judged;
  if (facts.isLed) return held(judged);
  if (!facts.hasVenue) return `${TheOffice(facts)} is not a venue candidate of this case.`;
  return reach === 'OWN' ? 'Until an office leads this case, intake or a supervisor does this.' : null;
};
/** A candidate against the lead, and the lead against it; of which contest it is, the contest says. */
const rival: Scope = ({ facts }) =>
  facts.leads ? `${TheOffice(facts)} leads this case.` : !facts.isLed ? 'No office leads this case.' : facts.hasVenue ? null : `${TheOffice(facts)} is not a venue candidate of this case.`;
const party: Scope = (judged) => (judged.facts.leads ? held(judged) : rival(judged));
const told: Scope = ({ facts, sees }) => (sees('HISTORY') ? null : `The HISTORY of this case is closed to ${theMember(facts)}.`);
/** The lead's, and until there is one any venue candidate's. */
const before: Scope = (judged) => {
  const { facts, reach } = judged;
  if (facts.leads || facts.isLed) return held(judged);
  if (!facts.hasVenue) return `${TheOffice(facts)} is not a venue candidate of this case.`;
  return reach === 'OWN' ? 'Until an office leads this case, intake or a supervisor does this.' : null;
};
/** From outside the unit, an elected head or a conflicts officer lifts what restricts the case. */
const restricted: Scope = (judged) => (judged.facts.leads && !judged.isOpen && judged.facts.member.role !== 'SUPERVISOR' ? led(judged) : held(judged));

/** Every act on a case, and what it asks of the case. */
const ON_CASES = {
  'case:read': seen,
  'case:route': ({ facts }) => (facts.isUnrouted ? null : 'An office holds the county of this case.'),
  'case:claim': ({ facts }) => (facts.hasVenue ? null : `${TheOffice(facts)} is not a venue candidate of this case.`),
  'referral:screen': candidate,
  'referral:refuse': held,
  'venue:confirm': candidate,
  'case:release': held,
  'case:assign': held,
  'case:tag': held,
  'clock:record': held,
  'clock:assert': held,
  'duplicate:judge': before,
  'duplicate:look': ({ facts }) => (facts.leads || (!facts.isLed && facts.hasVenue) ? null : notLead(facts)),
  'joint:invite': held,
  'joint:answer': ({ facts }) => (facts.isInvited || facts.jointRole !== null ? null : 'Only the office that is invited answers.'),
  'transfer:propose': held,
  'transfer:answer': ({ facts }) => (facts.isOffered ? null : 'Only the office that it is offered to answers.'),
  'venue:contest': rival,
  'venue:answer': party,
  'venue:decide': party,
  'authorisation:record': held,
  'wall:recuse': seen,
  'wall:impose': held,
  'wall:lift': held,
  'seal:impose': held,
  'seal:lift': held,
  'compartment:place': held,
  'case:restrict': restricted,
  'glass:break': led,
  'glass:review': led,
  'access:explain': seen,
  'access:log': (judged) => told(judged) ?? (judged.facts.leads ? null : notLead(judged.facts)),
  'annotation:write': held,
  'annotation:revise': ({ facts }) => (handles(facts) ? null : `${TheOffice(facts)} does not handle this case.`),
  'charge:propose': held,
  'person:identify': held,
  'proof:link': held,
  'proof:assess': held,
  'charge:file': held,
  'decision:propose': held,
  'decision:approve': held,
  'immunity:record': held,
  'immunity:review': held,
  'victim:notify': held,
  'declination:answer': held,
  'court:record': held,
  'removal:record': held,
  'supersession:record': held,
  'parallel:record': held,
  'rendition:record': held,
  'demand:write': held,
  'cooperation:record': held,
  'trail:verify': told,
} as const satisfies Partial<Record<Action, Scope>>;

type CaseAction = keyof typeof ON_CASES;
export const CASE_ACTIONS = Object.keys(ON_CASES) as CaseAction[];

/** The auditor asks about cases whose rows no auditor sees. */
const UNSEEN: readonly Action[] = ['access:log', 'trail:verify'];

const WITHIN = {
  NONE: '',
  OWN: ' on cases whose team it is on, or to what it wrote itself',
  OFFICE: ' on what its own office has',
  JOINT: ' on what its own office has, and on cases that are handled jointly as CO or SUPPORT',
} as const satisfies Record<Reach, string>;

/** Each act on a case. Whether the stage of the case allows it is not judged. */
export function actsOf(facts: Facts, facets: readonly ExplainedFacet[]): ExplainedAct[] {
  const sees = (facet: Facet) => facets.some((each) => each.facet === facet && each.open);
  const isOpen = sees('OFFICE') && facts.facets.some(({ facet, why }) => facet === 'OFFICE' && why !== 'BREAK_GLASS');
  return CASE_ACTIONS.map((action) => {
    const { member: { role }, body, limits } = facts;
    const page = reachOf({ body, role }, action);
    const limit = limits[action];
    const reach = limit === undefined ? page : reachOf({ body, role, limits: { [action]: limit.ceiling } }, action);
    const lowered = limit === undefined || reach === page ? '' : ` Rule book of ${facts.office}, version ${facts.book}, lowers it from ${page} to ${reach}: ${limit.basis}`;
    const no = (because: string): ExplainedAct => ({ action, allowed: false, reach, rule: because + lowered });
    if (page === 'NONE') return no(`The role ${role} does not do this.`);
    const granted = `The role ${role} does this${WITHIN[page]}.${lowered}`;
    if (body === 'COALITION' && UNSEEN.includes(action)) return { action, allowed: true, reach, rule: granted };
    if (!sees('SUMMARY')) return no(`The case is hidden from ${theMember(facts)}.`);
    if (reach === 'NONE') return { action, allowed: false, reach, rule: granted };
    const refusal = ON_CASES[action]({ facts, reach, sees, isOpen });
    return refusal === null ? { action, allowed: true, reach, rule: granted } : no(refusal);
  });
}
