import { GraphQLDate } from 'graphql-scalars';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Member } from '../coalition/coalition.type.ts';
import { enumOf } from '../kernel/enums.ts';
import { DateTime } from '../kernel/scalars.ts';
import { SUPERSESSION_ACTS, SUPERSESSION_BASES, SUPERSESSION_STATES, type SupersessionAct, type SupersessionBasis, type SupersessionState } from './supersession.rules.ts';

export const SupersessionBases = enumOf(SUPERSESSION_BASES);
export const SupersessionStates = enumOf(SUPERSESSION_STATES);
export const SupersessionActs = enumOf(SUPERSESSION_ACTS);

registerEnumType(SupersessionBases, {
  name: 'SupersessionBasis', description: 'Why somebody else is to take the case.',
  valuesConfig: { ABUSE_OF_DISCRETION: { description: 'A refusal to prosecute that is one, as a petition says.' } },
});
registerEnumType(SupersessionStates, {
  name: 'SupersessionState', description: 'Where a supersession stands. Where none is on record, the office prosecutes.',
  valuesConfig: { TRANSFERRED: { description: 'Another prosecutes: the office reads the case, and writes nothing of the prosecution until it has it back.' }, RETAINED: { description: 'The office keeps the case.' }, WITHDRAWN: { description: 'Who asked for it asks no more.' }, RETURNED: { description: 'The office has it back.' } },
});
registerEnumType(SupersessionActs, { name: 'SupersessionAct', description: 'What happened.' });

@ObjectType({ description: 'That somebody else may take the case: an attorney general, a special prosecutor, another office. It records what happens; the lead of the case moves by proposeTransfer alone.' })
export class Supersession {
  @Field(() => ID, { description: 'To record what happens to it.' })
  id!: string;

  @Field(() => SupersessionStates, { description: 'Where it stands.' })
  state!: SupersessionState;

  @Field(() => SupersessionBases, { description: 'Why.' })
  basis!: SupersessionBasis;

  @Field(() => String, { description: 'Who asked for it, or declared the conflict.' })
  petitioner!: string;

  @Field(() => GraphQLDate, { description: 'When: the declaration, or the petition.' })
  filedOn!: string;

  @Field(() => GraphQLDate, { nullable: true, description: 'When a judge was assigned; the time for a hearing runs from then (in Pennsylvania 30 days, 71 P.S. 732-205).' })
  judgeAssignedOn!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'When it was heard; the time for a decision runs from then (in Pennsylvania 60 days, 71 P.S. 732-205).' })
  heardOn!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'When it was decided.' })
  decidedOn!: string | null;

  @Field(() => String, { nullable: true, description: 'Who was appointed.' })
  appointee!: string | null;

  @Field(() => String, { nullable: true, description: 'The order.' })
  order!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'When the office had the case back.' })
  returnedOn!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'When it was withdrawn.' })
  withdrawnOn!: string | null;

  @Field(() => Member, { description: 'Who began this record.' })
  recordedBy!: Member;

  @Field(() => DateTime, { description: 'When.' })
  recordedAt!: string;

  @Field(() => Member, { description: 'Who recorded what happened last.' })
  movedBy!: Member;

  @Field(() => DateTime, { description: 'When.' })
  movedAt!: string;
}

@ObjectType({ description: 'What happened to a supersession, as it was recorded.' })
export class SupersessionStep {
  @Field(() => SupersessionActs, { description: 'What happened.' })
  act!: SupersessionAct;

  @Field(() => GraphQLDate, { description: 'The day, in the zone of the court.' })
  day!: string;

  @Field(() => SupersessionStates, { description: 'Where it stood after it.' })
  state!: SupersessionState;

  @Field(() => Member, { description: 'Who recorded it.' })
  recordedBy!: Member;

  @Field(() => DateTime, { description: 'When.' })
  recordedAt!: string;
}
