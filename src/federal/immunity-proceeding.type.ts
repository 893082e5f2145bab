import { GraphQLDate } from 'graphql-scalars';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Person } from '../cases/person.type.ts';
import { Charge } from '../charges/charge.type.ts';
import { Member } from '../coalition/coalition.type.ts';
import type { Finding } from '../decisions/immunity.rules.ts';
import { Findings, ImmunityAnalysis } from '../decisions/immunity.type.ts';
import type { Confidence } from '../kernel/confidence.ts';
import { enumOf } from '../kernel/enums.ts';
import { DateTime } from '../kernel/scalars.ts';
import { Confidences } from '../law/statute.type.ts';
import {
  CIRCUITS, IMMUNITY_ACTS, IMMUNITY_FORUMS, IMMUNITY_RULINGS, IMMUNITY_STATES, type Circuit, type ImmunityAct, type ImmunityForum, type ImmunityRuling, type ImmunityState,
} from './immunity-proceeding.rules.ts';

export const ImmunityStates = enumOf(IMMUNITY_STATES);
export const ImmunityActs = enumOf(IMMUNITY_ACTS);
export const ImmunityRulings = enumOf(IMMUNITY_RULINGS);
export const ImmunityForums = enumOf(IMMUNITY_FORUMS);
export const Circuits = enumOf(CIRCUITS);

registerEnumType(ImmunityStates, {
  name: 'ImmunityState', description: 'Where the immunity of an accused stands before the courts. Where none is on record, it is not raised.',
  valuesConfig: {
    ANTICIPATED: { description: 'The office expects it.' }, RAISED: { description: 'The accused asks for it.' }, HEARING: { description: 'A hearing is set.' },
    GRANTED: { description: 'The charges that it concerns are dismissed on this ground; the state may appeal.' }, DENIED: { description: 'The prosecution goes on; the accused may appeal before a trial.' },
    INTERLOCUTORY_APPEAL: { description: 'The ruling is on appeal, before a trial.' }, FINAL: { description: 'The ruling stands for good.' },
  },
});
registerEnumType(ImmunityActs, {
  name: 'ImmunityAct', description: 'What happened.',
  valuesConfig: {
    ANTICIPATE: { description: 'The office expects that it will be raised.' }, RAISE: { description: 'The accused raised it.' }, SET_HEARING: { description: 'A hearing was set, or set anew.' },
    GRANT: { description: 'A court granted it: the charges that it concerns are dismissed, by this act.' }, DENY: { description: 'A court denied it.' }, APPEAL: { description: 'Of a denial by the accused, of a grant by the state.' },
    AFFIRM: { description: 'The ruling stands, for good.' }, REVERSE: { description: 'The opposite is ruled: what a grant dismissed waits for the court again, by this act; what was denied is granted. A higher court may be asked.' }, CONCLUDE: { description: 'The time to appeal has passed.' },
  },
});
registerEnumType(ImmunityRulings, { name: 'ImmunityRuling', description: 'What was ruled.' });
registerEnumType(ImmunityForums, { name: 'ImmunityForum', description: 'Which court: of the state, or a federal one.' });
registerEnumType(Circuits, { name: 'FederalCircuit', description: 'A federal circuit. They differ on what an officer must have believed.' });

@ObjectType({ description: 'What happened to the immunity of an accused before the courts, as it was recorded.' })
export class ImmunityStep {
  @Field(() => ImmunityActs, { description: 'What happened.' })
  act!: ImmunityAct;

  @Field(() => GraphQLDate, { description: 'The day, in the zone of the court.' })
  day!: string;

  @Field(() => ImmunityStates, { description: 'Where it stood after it.' })
  state!: ImmunityState;

  @Field(() => String, { nullable: true, description: 'The decision, or the number of an appeal, that was named with it.' })
  reference!: string | null;

  @Field(() => Member, { description: 'Who recorded it.' })
  recordedBy!: Member;

  @Field(() => DateTime, { description: 'When.' })
  recordedAt!: string;
}

@ObjectType({ description: 'The immunity of one accused under the Supremacy Clause before the courts. Open to the offices that handle the case, not by a rule book. Its days are as recorded last; its steps keep them all.' })
export class ImmunityProceeding {
  @Field(() => ID, { description: 'To record what happens to it.' })
  id!: string;

  @Field(() => Person, { nullable: true, description: 'Whose it is.' })
  person!: Person | null;

  @Field(() => ImmunityStates, { description: 'Where it stands.' })
  state!: ImmunityState;

  @Field(() => String, { description: 'The rule that it rests on.' })
  citation!: string;

  @Field(() => Confidences, { description: 'How sure its procedure is; the test itself is well settled.' })
  confidence!: Confidence;

  @Field(() => Boolean, { description: 'Whether counsel has verified that: nobody has.' })
  verified!: boolean;

  @Field(() => ImmunityForums, { nullable: true, description: 'The court that has it; null until it is raised.' })
  forum!: ImmunityForum | null;

  @Field(() => Circuits, { nullable: true, description: 'The federal circuit whose law counts, where it was named.' })
  circuit!: Circuit | null;

  @Field(() => String, { nullable: true, description: 'The name of that court.' })
  court!: string | null;

  @Field(() => ImmunityAnalysis, { nullable: true, description: 'The office’s analysis that it answers with, where one was named.' })
  analysis!: ImmunityAnalysis | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'When the office came to expect it, where it did.' })
  anticipatedOn!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'When the accused raised it.' })
  raisedOn!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'The day of the hearing, which may be to come.' })
  hearingOn!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'When the court ruled.' })
  ruledOn!: string | null;

  @Field(() => ImmunityRulings, { nullable: true, description: 'What it ruled, after an appeal as that left it; null while it has not.' })
  ruling!: ImmunityRuling | null;

  @Field(() => Findings, { nullable: true, description: 'Of that ruling: was the act authorised by federal law?' })
  authorised!: Finding | null;

  @Field(() => Findings, { nullable: true, description: 'Of that ruling: did the officer do no more than was necessary and proper?' })
  necessary!: Finding | null;

  @Field(() => String, { nullable: true, description: 'The decision of the court that ruled first.' })
  decision!: string | null;

  @Field(() => [Charge], { description: 'The charges that it concerns and that you may see: those that were dismissed on this ground, also where a reversal has them wait again.' })
  charges!: Charge[];

  @Field(() => GraphQLDate, { nullable: true, description: 'When it was appealed last.' })
  appealedOn!: string | null;

  @Field(() => String, { nullable: true, description: 'The number of that appeal.' })
  appealDocket!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'When that was decided; null while it is pending.' })
  appealDecidedOn!: string | null;

  @Field(() => String, { nullable: true, description: 'That decision.' })
  appealDecision!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'When the ruling stood for good.' })
  finalOn!: string | null;

  @Field(() => Member, { description: 'Who began this record.' })
  recordedBy!: Member;

  @Field(() => DateTime, { description: 'When.' })
  recordedAt!: string;

  @Field(() => Member, { description: 'Who recorded what happened last.' })
  movedBy!: Member;

  @Field(() => DateTime, { description: 'When.' })
  movedAt!: string;
}
