import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import type { Reach } from '../access/acts.ts';
import { Facets } from '../access/facet.type.ts';
import type { Facet } from '../access/facets.ts';
import { Reaches } from '../access/reach.type.ts';
import type { Role } from '../access/seats.ts';
import { Roles } from '../coalition/coalition.type.ts';
import { enumOf } from '../kernel/enums.ts';

/** The four layers in which access is decided. */
export const LAYERS = ['SEAT', 'LAW', 'RULE', 'CASE'] as const;
export type Layer = (typeof LAYERS)[number];

export const Layers = enumOf(LAYERS);

registerEnumType(Layers, {
  name: 'AccessLayer',
  description: 'Where it is decided that something is open or closed. What closes beats what opens.',
  valuesConfig: {
    SEAT: { description: 'The role, the office that leads, a unit, or venue.' },
    LAW: { description: 'A rule of law.' },
    RULE: { description: 'The rule book of the office that leads, or the terms on which it let another office in.' },
    CASE: { description: 'What was arranged on the case itself: its team, joint handling, transfers, break-glass, walls and seals.' },
  },
});

@ObjectType({ description: 'A part of a case that is closed to you by your seat, by law or by rule. What else is closed is not told.' })
export class Withheld {
  @Field(() => Facets, { description: 'The part.' })
  facet!: Facet;
}

@ObjectType({ description: 'Why a part of a case is open to a member, or closed.' })
export class ExplainedFacet {
  @Field(() => Facets, { description: 'The part.' })
  facet!: Facet;

  @Field(() => Boolean, { description: 'Whether it is open to the member, as far as you may know.' })
  open!: boolean;

  @Field(() => Layers, { description: 'The layer that opens it, or the first that closes it.' })
  layer!: Layer;

  @Field(() => String, { description: 'The rule in a sentence.' })
  rule!: string;

  @Field(() => String, { nullable: true, description: 'Where it is written: a law, an order, or the ground that the rule book gives.' })
  citation!: string | null;
}

@ObjectType({ description: 'Whether a member may do something on a case. Whether this is the time for it, by the stage of the case, is not judged.' })
export class ExplainedAct {
  @Field(() => String, { description: 'The act, as the permission page names it, for instance case:assign.' })
  action!: string;

  @Field(() => Boolean, { description: 'Whether the member may do it on this case.' })
  allowed!: boolean;

  @Field(() => Reaches, { description: 'How far the act reaches for the role, as lowered by the rule book of the member’s office.' })
  reach!: Reach;

  @Field(() => String, { description: 'The rule in a sentence or two.' })
  rule!: string;
}

@ObjectType({ description: 'Whose access is explained.' })
export class ExplainedMember {
  @Field(() => ID, { description: 'The member.' })
  id!: string;

  @Field(() => String, { description: 'The name.' })
  name!: string;

  @Field(() => Roles, { description: 'The role of the seat.' })
  role!: Role;
}

@ObjectType({ description: 'The case that it is about.' })
export class ExplainedCase {
  @Field(() => ID, { description: 'The case.' })
  id!: string;

  @Field(() => String, { description: 'Its number.' })
  number!: string;
}

@ObjectType({
  description: 'Why a member sees what of a case, and what the member may do there, as far as the reader may know. A compartment is listed, a wall named and a seal named only to those who read them; '
    + 'to everybody else the answer is what it would be without them, just as a hidden row is like an absent one.',
})
export class AccessExplanation {
  @Field(() => ExplainedMember, { description: 'Whose access.' })
  member!: ExplainedMember;

  @Field(() => ExplainedCase, { description: 'To which case.' })
  case!: ExplainedCase;

  @Field(() => [ExplainedFacet], { description: 'Each part of the case.' })
  facets!: ExplainedFacet[];

  @Field(() => [ExplainedAct], { description: 'Each act on a case.' })
  acts!: ExplainedAct[];
}
