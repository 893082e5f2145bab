import { Field, ID, ObjectType } from 'type-graphql';
import { Facets } from '../access/facet.type.ts';
import type { Facet } from '../access/facets.ts';
import { Jurisdiction, Member } from '../coalition/coalition.type.ts';
import { DateTime } from '../kernel/scalars.ts';

@ObjectType({ description: 'A unit of an office in the audience of a seal.' })
export class SealedFor {
  @Field(() => ID, { description: 'The unit.' })
  id!: string;

  @Field(() => String, { description: 'Its name.' })
  name!: string;
}

@ObjectType({ description: 'An order that closes a case, or facets of it, to all but an audience. While it stands it is shown to that audience alone.' })
export class Seal {
  @Field(() => ID, { description: 'To lift it.' })
  id!: string;

  @Field(() => [Facets], { description: 'What it closes; all facets: the whole case.' })
  facets!: Facet[];

  @Field(() => [Member], { description: 'Members who still see.' })
  members!: Member[];

  @Field(() => [SealedFor], { description: 'Units whose members still see.' })
  units!: SealedFor[];

  @Field(() => [Jurisdiction], { description: 'Offices whose members still see.' })
  offices!: Jurisdiction[];

  @Field(() => String, { description: 'The order: court, number, day.' })
  order!: string;

  @Field(() => DateTime, { nullable: true, description: 'When it ends of itself; null: when it is lifted.' })
  until!: string | null;

  @Field(() => Boolean, { description: 'Whether it closes anything now.' })
  standing!: boolean;

  @Field(() => Member, { description: 'Who imposed it.' })
  sealedBy!: Member;

  @Field(() => DateTime, { description: 'When.' })
  sealedAt!: string;

  @Field(() => Member, { nullable: true, description: 'Who proposes to lift it, or did; another person lifts it.' })
  unsealingProposedBy!: Member | null;

  @Field(() => DateTime, { nullable: true, description: 'When that was proposed.' })
  unsealingProposedAt!: string | null;

  @Field(() => String, { nullable: true, description: 'Why, as proposed.' })
  unsealedBecause!: string | null;

  @Field(() => Member, { nullable: true, description: 'Who lifted it.' })
  unsealedBy!: Member | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was lifted.' })
  unsealedAt!: string | null;
}
