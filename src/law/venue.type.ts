import { registerEnumType } from 'type-graphql';
import { enumOf } from '../kernel/enums.ts';
import { PLACE_ROLES, VENUE_ANSWERS, VENUE_GROUNDS } from './venue.ts';

export const PlaceRoles = enumOf(PLACE_ROLES);
export const VenueGrounds = enumOf(VENUE_GROUNDS);
export const VenueAnswers = enumOf(VENUE_ANSWERS);

registerEnumType(PlaceRoles, {
  name: 'PlaceRole',
  description: 'What happened at a place.',
  valuesConfig: {
    CONDUCT: { description: 'A part of the conduct.' },
    RESULT: { description: 'Its result: an injury or a death.' },
    BODY_FOUND: { description: 'A body was found there.' },
  },
});
registerEnumType(VenueGrounds, {
  name: 'VenueGround',
  description: 'The ground of law on which a county’s office may prosecute.',
  valuesConfig: {
    OFFENCE_PLACE: { description: 'The offence was, or may have been, committed there.' },
    ELEMENT: { description: 'A part of the conduct happened there.' },
    RESULT_DEATH: { description: 'Its result came about there.' },
    BODY_FOUND: { description: 'A body was found there.' },
    BOUNDARY_DISTANCE: { description: 'It happened within the distance from the county’s boundary that the state’s law allows.' },
  },
});
registerEnumType(VenueAnswers, {
  name: 'VenueAnswer',
  description: 'How certain the county is.',
  valuesConfig: {
    CERTAIN: { description: 'The county is not in doubt.' },
    AMBIGUOUS: { description: 'Several counties may be right; a person confirms one.' },
    MISMATCH: { description: 'Coordinates and declared county disagree; a person confirms one.' },
    UNROUTED: { description: 'No office on file serves any of the counties.' },
  },
});
