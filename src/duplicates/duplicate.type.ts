import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { OfficeRole } from '../access/seats.ts';
import { Case } from '../cases/case.type.ts';
import { Jurisdiction, Member, Roles } from '../coalition/coalition.type.ts';
import { connectionOf } from '../database/page.type.ts';
import { enumOf } from '../kernel/enums.ts';
import { DateTime } from '../kernel/scalars.ts';
import { MATCHER_KINDS, VERDICTS, type MatcherKind, type Verdict } from './matcher.ts';

export const Verdicts = enumOf(VERDICTS);
export const MatcherKinds = enumOf(MATCHER_KINDS);

registerEnumType(Verdicts, {
  name: 'DuplicateVerdict',
  description: 'What a person says of two cases.',
  valuesConfig: {
    LINK: { description: 'The same incident, and two cases: each shows the other.' },
    DUPLICATE: { description: 'One and the same: what was referred later goes to the case that came first, and its own case is MERGED.' },
    NOT_RELATED: { description: 'Not the same: the pair is offered no more.' },
  },
});
registerEnumType(MatcherKinds, {
  name: 'DuplicateMatcher',
  description: 'What two cases have in common.',
  valuesConfig: {
    REPORT_NUMBER: { description: 'The report number of the same agency, however it is written.' },
    PLATE: { description: 'A plate, within 30 days; across offices within 24 hours.' },
    AT_ONCE: { description: 'At most 250 m and an hour apart.' },
    NEAR: { description: 'At most 500 m and 12 hours apart.' },
    PLACE: { description: 'The place in words, where coordinates are missing, within 12 hours.' },
    BADGE: { description: 'A badge, within 30 days.' },
    NAME: { description: 'A name, within 30 days.' },
    DESCRIPTORS: { description: 'How a person is described, or marked, within a day.' },
  },
});

@ObjectType({ description: 'A case that may be about the same incident, by what you may read of both.' })
export class DuplicateCandidate {
  @Field(() => Case, { description: 'The other case.' })
  case!: Case;

  @Field(() => Int, { description: 'How much speaks for it; from 30 on a pair is offered.' })
  score!: number;

  @Field(() => [MatcherKinds], { description: 'What they have in common, weightiest first.' })
  matchedBy!: MatcherKind[];

  @Field(() => [String], { description: 'The same in words, for instance “same plate”, “310 m and 2 h apart”.' })
  reasons!: string[];
}

@ObjectType({ description: 'What was said of this case and another one.' })
export class CaseVerdict {
  @Field(() => Case, { description: 'The other case.' })
  other!: Case;

  @Field(() => Verdicts, { description: 'What was said.' })
  verdict!: Verdict;

  @Field(() => String, { description: 'Why.' })
  reason!: string;

  @Field(() => Case, { nullable: true, description: 'Of two that were merged, the one that stays.' })
  into!: Case | null;

  @Field(() => Member, { description: 'Who said so.' })
  judgedBy!: Member;

  @Field(() => Jurisdiction, { description: 'For which office.' })
  judgedFor!: Jurisdiction;

  @Field(() => DateTime, { description: 'When.' })
  judgedAt!: string;
}

@ObjectType({ description: 'An office that has a case about the same incident which you do not see. Of the case itself nothing is told.' })
export class SameIncidentHit {
  @Field(() => ID, { description: 'The office.' })
  officeId!: string;

  @Field(() => String, { description: 'Its name.' })
  officeName!: string;

  @Field(() => Roles, { nullable: true, description: 'Whom to ask for there: INTAKE, else a head of the office; null: nobody has a seat there yet.' })
  contactRole!: OfficeRole | null;

  @Field(() => [MatcherKinds], { description: 'By what: REPORT_NUMBER or PLATE.' })
  matchedBy!: MatcherKind[];
}

@ObjectType({ description: 'Whether other offices have cases about the same incident.' })
export class SameIncident {
  @Field(() => [SameIncidentHit], { description: 'The offices, by name; none where there is none that you may know of.' })
  hits!: SameIncidentHit[];
}

export const DuplicateCandidateConnection = connectionOf('DuplicateCandidate', () => DuplicateCandidate, 'A page of the cases that may be about the same incident, likeliest first.');
