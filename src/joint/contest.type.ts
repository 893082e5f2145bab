import { GraphQLDate } from 'graphql-scalars';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import { Jurisdiction, Member } from '../coalition/coalition.type.ts';
import { enumOf } from '../kernel/enums.ts';
import { DateTime } from '../kernel/scalars.ts';
import type { VenueGround } from '../law/venue.ts';
import { VenueGrounds } from '../law/venue.type.ts';
import { CONTEST_ANSWERS, CONTEST_SIDES, CONTEST_STATES, type ContestSide, type ContestState } from './contest.rules.ts';
import { Transfer } from './transfer.type.ts';

export const ContestStates = enumOf(CONTEST_STATES);
export const ContestSides = enumOf(CONTEST_SIDES);
export const ContestAnswers = enumOf(CONTEST_ANSWERS);

registerEnumType(ContestStates, {
  name: 'ContestState',
  description: 'Where a contest of venue stands.',
  valuesConfig: {
    OPEN: { description: 'The lead has not answered.' },
    DENIED: { description: 'One side objects: the lead keeps the case. Either may record a court’s decision, the contestant may agree or withdraw, the lead may agree yet.' },
    DECISION_RECORDED: { description: 'One side has recorded a decision in its own favour; the other has not answered.' },
    OFFERED: { description: 'The case is the contestant’s: it takes the lead with acceptTransfer.' },
    AGREED_TO_CONTESTANT: { description: 'By agreement the lead has moved.' },
    AGREED_TO_LEAD: { description: 'By agreement the lead stays.' },
    DECIDED_BY_COURT: { description: 'A court has decided; where for the contestant, the lead has moved.' },
    WITHDRAWN: { description: 'The contestant withdrew it, or did not take the lead.' },
    LAPSED: { description: 'The office that it was against no longer leads.' },
  },
});
registerEnumType(ContestSides, {
  name: 'ContestSide',
  description: 'One of the two offices of a contest.',
  valuesConfig: { CONTESTANT: { description: 'The office that contests.' }, LEAD: { description: 'The office that leads.' } },
});
registerEnumType(ContestAnswers, {
  name: 'ContestAnswer',
  description: 'What a side says to the other’s.',
  valuesConfig: { AGREE: { description: 'The other side is right.' }, OBJECT: { description: 'It is not.' } },
});

@ObjectType({ description: 'A venue candidate’s claim that a case is its own and not its lead’s; known to the two offices alone.' })
export class VenueContest {
  @Field(() => ID, { description: 'To answer it, or to withdraw it.' })
  id!: string;

  @Field(() => Jurisdiction, { description: 'The office that contests.' })
  contestant!: Jurisdiction;

  @Field(() => Jurisdiction, { description: 'The office that led when it was contested.' })
  lead!: Jurisdiction;

  @Field(() => ContestStates, { description: 'Where it stands.' })
  state!: ContestState;

  @Field(() => [VenueGrounds], { description: 'The grounds of law that the contestant claims.' })
  grounds!: VenueGround[];

  @Field(() => String, { description: 'Why, in its words.' })
  reason!: string;

  @Field(() => Member, { description: 'Who contested it.' })
  contestedBy!: Member;

  @Field(() => DateTime, { description: 'When.' })
  contestedAt!: string;

  @Field(() => String, { nullable: true, description: 'The last answer of either side, in its words.' })
  answeredBecause!: string | null;

  @Field(() => Member, { nullable: true, description: 'Who gave it.' })
  answeredBy!: Member | null;

  @Field(() => DateTime, { nullable: true, description: 'When.' })
  answeredAt!: string | null;

  @Field(() => String, { nullable: true, description: 'The court whose decision was recorded last.' })
  court!: string | null;

  @Field(() => String, { nullable: true, description: 'Its docket number.' })
  docketNumber!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'The date of the order.' })
  orderedOn!: string | null;

  @Field(() => ContestSides, { nullable: true, description: 'For whom it decided.' })
  decidedFor!: ContestSide | null;

  @Field(() => String, { nullable: true, description: 'Where the order is found.' })
  document!: string | null;

  @Field(() => String, { nullable: true, description: 'SHA-256 of the order, so that both know that they read the same.' })
  documentSha256!: string | null;

  @Field(() => Member, { nullable: true, description: 'Who recorded it.' })
  recordedBy!: Member | null;

  @Field(() => DateTime, { nullable: true, description: 'When.' })
  recordedAt!: string | null;

  @Field(() => Transfer, { nullable: true, description: 'The offer of the lead that it led to.' })
  transfer!: Transfer | null;

  @Field(() => DateTime, { nullable: true, description: 'When it ended; null: it has not.' })
  endedAt!: string | null;
}

@ObjectType({ description: 'What came of it.' })
export class ContestPayload {
  @Field(() => Case, { nullable: true, description: 'The case as you may see it now.' })
  case!: Case | null;

  @Field(() => VenueContest, { nullable: true, description: 'The contest as it stands now.' })
  contest!: VenueContest | null;
}
