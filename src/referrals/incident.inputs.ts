import { GraphQLDate } from 'graphql-scalars';
import { Field, Float, InputType } from 'type-graphql';
import { DateTime } from '../kernel/scalars.ts';
import type { PlaceRole } from '../law/venue.ts';
import { PlaceRoles } from '../law/venue.type.ts';

@InputType({ description: 'A further place of the incident: its county, its coordinates, or both.' })
export class FurtherPlaceInput {
  @Field(() => PlaceRoles, { description: 'What happened there.' })
  role!: PlaceRole;

  @Field(() => String, { description: 'The exact place.' })
  place!: string;

  @Field(() => String, { nullable: true, description: 'The county, five digits (FIPS).' })
  countyFips?: string | null;

  @Field(() => Float, { nullable: true, description: 'Degrees north, WGS 84.' })
  latitude?: number | null;

  @Field(() => Float, { nullable: true, description: 'Degrees east, WGS 84.' })
  longitude?: number | null;
}

@InputType({ description: 'Where and when it happened.' })
export class IncidentInput {
  @Field(() => GraphQLDate, { description: 'The day, where it happened.' })
  occurredOn!: string;

  @Field(() => DateTime, { nullable: true, description: 'The instant, with its offset from UTC.' })
  occurredAt?: Date | null;

  @Field(() => String, { description: 'The county, five digits (FIPS).' })
  countyFips!: string;

  @Field(() => String, { description: 'The exact place.' })
  place!: string;

  @Field(() => Float, { nullable: true, description: 'Degrees north, WGS 84.' })
  latitude?: number | null;

  @Field(() => Float, { nullable: true, description: 'Degrees east, WGS 84.' })
  longitude?: number | null;

  @Field(() => [FurtherPlaceInput], { nullable: true, description: 'Where else: conduct that reached further, a death in another county, the place where a body was found.' })
  furtherPlaces?: FurtherPlaceInput[] | null;
}
