import { registerEnumType } from 'type-graphql';
import { enumOf } from '../kernel/enums.ts';
import { REACHES } from './acts.ts';

/** How far an act reaches, as the API names it. */
export const Reaches = enumOf(REACHES);

registerEnumType(Reaches, {
  name: 'Reach',
  description: 'How far an act reaches.',
  valuesConfig: {
    NONE: { description: 'Not at all.' },
    OWN: { description: 'Cases whose team one is on, or what one wrote oneself.' },
    OFFICE: { description: "All that one's own office has." },
    JOINT: { description: 'Also what is held jointly with another office.' },
  },
});
