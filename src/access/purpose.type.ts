import { registerEnumType } from 'type-graphql';
import { enumOf } from '../kernel/enums.ts';
import { PURPOSES } from './purposes.ts';

/** The purposes as the API names them. */
export const Purposes = enumOf(PURPOSES);

registerEnumType(Purposes, {
  name: 'Purpose',
  description: 'What a request is for. Sent in the header x-purpose, and kept in the log of access.',
  valuesConfig: {
    CASE_PREPARATION: { description: 'Investigating the case, or preparing it for a hearing or trial.' },
    CHARGING_REVIEW: { description: 'Deciding what to charge, or whether.' },
    VICTIM_SUPPORT: { description: 'Notifying, protecting or helping a victim or witness.' },
    DISCLOSURE_REVIEW: { description: 'Finding what must be disclosed to the defence.' },
    FILTER_REVIEW: { description: 'Keeping apart what was compelled, or may not reach the trial team.' },
    CONFLICT_CHECK: { description: 'Looking for a conflict of interest.' },
    SUPERVISION: { description: 'Overseeing the work of the office.' },
    AUDIT: { description: 'Examining how cases and data were handled.' },
    COURT_ORDER: { description: 'Doing what a court or a law demands.' },
    EMERGENCY: { description: 'Averting a danger that does not wait.' },
  },
});
