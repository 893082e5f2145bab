import { Field, Int, ObjectType } from 'type-graphql';
import { Facets } from '../access/facet.type.ts';
import type { Facet } from '../access/facets.ts';

@ObjectType({ description: 'What a rule book would change for another office, of one facet.' })
export class PreviewedChange {
  readonly officeId!: string;
  readonly visibleIds!: readonly string[];
  readonly hiddenIds!: readonly string[];

  @Field(() => Facets, { description: 'The facet.' })
  facet!: Facet;

  @Field(() => Int, { description: 'Of how many cases the office would come to see it.' })
  becomesVisible!: number;

  @Field(() => Int, { description: 'Of how many cases the office would see it no longer.' })
  becomesHidden!: number;
}

@ObjectType({ description: 'What a test of a rule book comes to.' })
export class PreviewedTest {
  readonly memberId!: string;

  @Field(() => Int, { description: 'Its place in the book.' })
  position!: number;

  @Field(() => Facets, { description: 'The facet that it asks about.' })
  facet!: Facet;

  @Field(() => Boolean, { description: 'Whether the member must see the facet; otherwise must not.' })
  expected!: boolean;

  @Field(() => Boolean, { description: 'Whether it is so.' })
  passes!: boolean;

  @Field(() => String, { description: 'Why, in a sentence.' })
  because!: string;
}

@ObjectType({ description: 'What would follow if a rule book were adopted now.' })
export class RuleBookPreview {
  @Field(() => Int, { description: 'How many cases your office leads that you see; they alone are counted here.' })
  cases!: number;

  @Field(() => [PreviewedChange], {
    description: 'What would change, by office and facet; nothing where the book opens what the one in force opens. What an office sees by venue, offer, joint handling or transfer does not change, and what law, walls and seals close stays closed. Closed to all of an office’s people alike: a role or a person may see less.',
  })
  changes!: PreviewedChange[];

  @Field(() => [PreviewedTest], { description: 'The book’s own tests, in their order. While one fails, the book cannot be adopted.' })
  tests!: PreviewedTest[];
}
