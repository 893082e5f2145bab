import { GraphQLDate } from 'graphql-scalars';
import { Field, ID, InputType } from 'type-graphql';
import { OffenceLevels } from './limitation.type.ts';
import type { OffenceLevel } from './statute.table.ts';

@InputType({ description: 'Which statutes. What is not given does not narrow; all that is given must hold.' })
export class StatuteFilter {
  @Field(() => String, { nullable: true, description: 'Holding these words ("quoted phrases", or, -not), or cited in it in everyday spelling, for instance Tex. Penal Code § 22.01(a).' })
  text?: string;

  @Field(() => String, { nullable: true, description: 'A citation in everyday spelling: the provision, what contains it, what it contains, and where it stands since it went on under another citation.' })
  citation?: string;

  @Field(() => String, { nullable: true, description: 'Of this state, two letters.' })
  state?: string;

  @Field(() => OffenceLevels, { nullable: true, description: 'With a text of this level.' })
  level?: OffenceLevel;

  @Field(() => String, { nullable: true, description: 'With this tag, for instance force.' })
  tag?: string;

  @Field(() => ID, { nullable: true, description: 'This one.' })
  id?: string;

  @Field(() => GraphQLDate, { nullable: true, description: 'With a text on file that is in force on this day, or one whose start is unknown; of what stood before the first text on file nothing is known here.' })
  inForceOn?: string;
}
