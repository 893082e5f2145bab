import { FACETS } from '../access/facets.ts';
import type { Reason, Why } from './explanation.store.ts';
import type { Layer } from './explanation.type.ts';

/** To whom it is told: the member, or another, by the name of the member's office. */
export interface Told {
  readonly self: boolean;
  readonly office: string | null;
}

/** A rule, told. */
export interface Rule {
  readonly layer: Layer;
  readonly rule: string;
  readonly citation: string | null;
}

type Sentence = (terms: Reason['terms'], told: Told) => string;

/** The member, the member's office, and the same at the beginning of a sentence. */
export const theMember = ({ self }: Told): string => (self ? 'you' : 'this member');
export const theOffice = ({ self, office }: Told): string => (self ? 'your office' : (office ?? 'the coalition’s own seat'));
export const TheOffice = (told: Told): string => (told.self ? 'Your office' : theOffice(told));
const list = (facets: number | null | undefined): string =>
  Object.entries(FACETS).filter(([, bit]) => ((facets ?? 0) & bit) !== 0).map(([name]) => name).join(', ') || 'nothing';
const ending = (until: string | null | undefined): string => (until == null ? '' : `, until ${new Date(until).toISOString()}`);

const lawSaid: Sentence = ({ law }) => {
  if (law == null) return 'The law keeps this in its compartment.';
  const whose = law.state === '*' ? 'The law of every state' : `The law of ${law.state}`;
  const doubt = law.citation == null || law.confidence !== 'HIGH' ? ` This is unverified: the confidence in it is ${law.confidence}.` : '';
  return `${whose}: ${law.text}.${doubt}`;
};

const bookSaid: Sentence = ({ lead, book, facets, toCoalition, until }, told) =>
  book == null ? `${lead} has no rule book in force, so that nothing of this case is opened to other offices.`
    : `Rule book of ${lead}, version ${book}, opens ${list(facets)} of this case to ${toCoalition === true ? 'the coalition' : theOffice(told)}${ending(until)}.`;

/** Each reason: the layer that it stands in, and its sentence. */
const REASONS: Readonly<Record<Why, readonly [Layer, Sentence]>> = {
  TEAM: ['CASE', ({ part, until }) => `A place on the team as ${part} opens this facet, whatever the role${ending(until)}.`],
  SEAT: ['SEAT', ({ role, lead, byUnit }, told) =>
    byUnit === true ? `The case is kept to a unit of ${lead} to which ${told.self ? 'you belong' : 'the member belongs'}, and the role ${role} sees this facet from its seat.`
      : `${lead} leads the case, and the role ${role} sees this facet from its seat.`],
  JOINT: ['CASE', ({ part, facets, until }, told) => `${TheOffice(told)} handles this case jointly as ${part}: that opens ${list(facets)} to it${ending(until)}.`],
  RULE: ['RULE', bookSaid],
  VENUE: ['SEAT', () => 'A venue candidate sees SUMMARY and REPORT until a claim; SUMMARY afterwards.'],
  INVITATION: ['CASE', ({ part, facets, until }, told) => `An invitation of ${theOffice(told)} to handle this case jointly as ${part} opens ${list(facets)} until it is answered${ending(until)}.`],
  TRANSFER: ['CASE', ({ facets }, told) => `The offer of the lead to ${theOffice(told)} opens ${list(facets)} until it is answered.`],
  RESIDUAL: ['CASE', ({ part, facets }, told) => `${TheOffice(told)} led this case and keeps ${part} by the terms of its transfer: ${list(facets)}, and what its people wrote.`],
  BREAK_GLASS: ['CASE', ({ until }) => `Break-glass opens this facet, whatever the role and whichever unit has the case${ending(until)}.`],
  ADMINISTRATORS: ['SEAT', () => 'The administrators see the SUMMARY of a case whose county no office holds, and of no other.'],
  INACTIVE: ['SEAT', () => 'The account is not active: it sees nothing.'],
  TEAM_ONLY: ['SEAT', () => 'Remarks to the trial team are open to that team alone.'],
  COMPARTMENT: ['LAW', lawSaid],
  FORMER_LEAD: ['CASE', () => 'What the people of a former lead wrote is open to that office alone, by the terms of a transfer.'],
  ROLE: ['SEAT', ({ role }) => `The role ${role} does not see this facet from its seat.`],
  LAW: ['LAW', lawSaid],
  UNIT: ['SEAT', (_, told) => `The case is kept to a unit of ${theOffice(told)}.`],
  LEAD_ONLY: ['SEAT', () => 'Remarks and arrangements within the office that leads the case are open to that office alone.'],
  PROTECTED: ['LAW', () => 'What is about a person who was a minor, and contacts whose disclosure was refused, are open to the office that leads the case alone.'],
  JOINT_ONLY: ['CASE', () => 'Remarks to all who handle the case jointly are open to those offices alone.'],
  COALITION: ['RULE', ({ lead }) => `Remarks to the coalition are open to its member offices as soon as the rule book of ${lead ?? 'the lead'} opens anything of the case to the coalition.`],
  NO_VENUE: ['SEAT', (_, told) => `No office leads the case, and ${theOffice(told)} is not a venue candidate.`],
};

/** What a closed facet's layer is, where the same arrangement opens others: the terms on which the lead let the office in. */
const TERMS: readonly Why[] = ['JOINT', 'INVITATION', 'TRANSFER', 'RESIDUAL'];

/** A reason as a sentence, with its layer and its citation. */
export function ruleOf({ why, terms }: Reason, open: boolean, told: Told): Rule {
  const [layer, sentence] = REASONS[why];
  return { layer: !open && TERMS.includes(why) ? 'RULE' : layer, rule: sentence(terms, told), citation: terms.law?.citation ?? terms.basis ?? null };
}
