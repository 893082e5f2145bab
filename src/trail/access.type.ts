import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { Facets } from '../access/facet.type.ts';
import type { Facet } from '../access/facets.ts';
import { Purposes } from '../access/purpose.type.ts';
import type { Purpose } from '../access/purposes.ts';
import { Member } from '../coalition/coalition.type.ts';
import { connectionOf } from '../database/page.type.ts';
import { enumOf } from '../kernel/enums.ts';
import { DateTime } from '../kernel/scalars.ts';

const DECISIONS = ['READ', 'DENIED'] as const;
const Decisions = enumOf(DECISIONS);

registerEnumType(Decisions, {
  name: 'AccessDecision',
  description: 'How an access ended.',
  valuesConfig: {
    READ: { description: 'Something sensitive was shown.' },
    DENIED: { description: 'It was refused.' },
  },
});

@ObjectType({ description: 'An access to something sensitive, or one that was denied: who, what and what for, never what was read.' })
export class Access {
  @Field(() => DateTime, { description: 'When.' })
  at!: string;

  @Field(() => Member, { description: 'Who.' })
  member!: Member;

  @Field(() => ID, { nullable: true, description: 'The office or agency whose seat the member held then; null for a seat of the coalition.' })
  actingFor!: string | null;

  @Field(() => ID, { description: 'The request: the answer bore it as X-Request-Id.' })
  requestId!: string;

  @Field(() => Purposes, { nullable: true, description: 'What the request said it was for; null where it said nothing.' })
  purpose!: Purpose | null;

  @Field(() => Decisions, { description: 'How it ended.' })
  decision!: (typeof DECISIONS)[number];

  @Field(() => String, { description: 'The root field that was asked for.' })
  field!: string;

  @Field(() => String, { nullable: true, description: 'Of a denial: FORBIDDEN or NOT_FOUND.' })
  code!: string | null;

  @Field(() => ID, { nullable: true, description: 'The case. Of a denial: the one that the request named, whether it exists or not; null where it named none.' })
  caseId!: string | null;

  @Field(() => [Facets], { description: 'The sensitive facets that were shown.' })
  facets!: Facet[];

  @Field(() => [ID], { description: 'The ids of what was shown: persons, for how they can be reached too, recordings, remarks, charges, events.' })
  objects!: string[];
}

export const AccessConnection = connectionOf('Access', () => Access, 'A page of the log of access, newest first.');

@InputType({ description: 'Which accesses. What is left away does not matter.' })
export class AccessFilter {
  @Field(() => Decisions, { nullable: true, description: 'How it ended.' })
  decision?: (typeof DECISIONS)[number] | null;

  @Field(() => ID, { nullable: true, description: 'Who.' })
  memberId?: string | null;

  @Field(() => Purposes, { nullable: true, description: 'What for.' })
  purpose?: Purpose | null;

  @Field(() => DateTime, { nullable: true, description: 'At this instant or later.' })
  from?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Before this instant.' })
  before?: Date | null;
}
