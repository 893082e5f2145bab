import { registerEnumType } from 'type-graphql';
import { FACETS, type Facet } from './facets.ts';

/** The facets as the API names them. */
export const Facets = Object.fromEntries(Object.keys(FACETS).map((name) => [name, name])) as Readonly<Record<Facet, Facet>>;

registerEnumType(Facets, {
  name: 'Facet',
  description: 'A part of a case that is opened or closed as a whole.',
  valuesConfig: {
    SUMMARY: { description: 'Number, agency, incident date and county, kind, stage, lead.' },
    REPORT: { description: 'Narrative and exact place.' },
    PERSONS: { description: 'The persons.' },
    VICTIM_CONTACT: { description: 'How persons can be reached.' },
    CHARGES: { description: 'Charges.' },
    EVIDENCE: { description: 'Recordings and other evidence.' },
    PROCEEDINGS: { description: 'What goes on in court and with other authorities.' },
    HISTORY: { description: 'What was done on the case.' },
    TEAM: { description: 'Remarks to the trial team.' },
    OFFICE: { description: 'Remarks and arrangements within the lead office.' },
    JOINT: { description: 'Remarks to all offices that handle the case jointly.' },
    COALITION: { description: 'Remarks to the coalition.' },
    PROTECTED: { description: 'What is about a person who was a minor, and contacts whose disclosure was refused.' },
    OWN: { description: 'What the people of a former lead wrote.' },
    GRAND_JURY: { description: 'Matters occurring before a grand jury: the lead office’s team alone.' },
    COMPELLED: { description: 'What a public officer was compelled to say, and what derives from it: the filter team alone.' },
  },
});
