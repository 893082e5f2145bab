import { GraphQLDate } from 'graphql-scalars';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Person } from '../cases/person.type.ts';
import { Member } from '../coalition/coalition.type.ts';
import type { Confidence } from '../kernel/confidence.ts';
import { enumOf } from '../kernel/enums.ts';
import { DateTime } from '../kernel/scalars.ts';
import { Confidences } from '../law/statute.type.ts';
import { RENDITION_ACTS, RENDITION_STATES, type RenditionAct, type RenditionState } from './rendition.rules.ts';

export const RenditionStates = enumOf(RENDITION_STATES);
export const RenditionActs = enumOf(RENDITION_ACTS);

registerEnumType(RenditionStates, {
  name: 'RenditionState', description: 'Where a rendition stands. Where none is on record, nobody is sought in another state.',
  valuesConfig: {
    WARRANT_ACTIVE: { description: 'A warrant of the state that prosecutes is out for an accused who is elsewhere.' },
    ARRESTED_ELSEWHERE: { description: 'Arrested in the other state on it, and held there for a time.' },
    WAIVED: { description: 'The accused does not contest it.' },
    GOVERNOR_REQUEST_SENT: { description: 'The Governor of the other state is asked.' },
    GOVERNOR_WARRANT: { description: 'The Governor there issued a warrant, and no challenge of it is pending.' },
    REFUSED: { description: 'The Governor there refused; another request may follow.' },
    HABEAS: { description: 'The accused challenges the Governor’s warrant.' },
    RETURNED: { description: 'The accused is back in the state that prosecutes.' },
    RELEASED: { description: 'The accused was set free in the other state.' },
    WITHDRAWN: { description: 'The office asks no more.' },
  },
});
registerEnumType(RenditionActs, {
  name: 'RenditionAct', description: 'What happened.',
  valuesConfig: {
    ENTER_WARRANT: { description: 'The warrant of the state that prosecutes is active, and the accused is elsewhere.' },
    ARREST: { description: 'Arrested in the other state: on the warrant, or later on the Governor’s.' },
    EXTEND_HOLD: { description: 'A court there extended the time for which the accused is held.' },
    WAIVE: { description: 'The accused, who is arrested, does not contest it.' },
    SEND_GOVERNOR_REQUEST: { description: 'The Governor there is asked; as a rule for an accused who is arrested, and also for one who is at large there.' },
    SERVE_GOVERNOR_WARRANT: { description: 'The Governor’s warrant was served, which ends the hold; of an accused who is at large: it was issued.' },
    REFUSE: { description: 'The Governor refused.' },
    CHALLENGE: { description: 'The accused, who is arrested, asks for habeas corpus against the Governor’s warrant.' },
    DENY_HABEAS: { description: 'That was denied: the Governor’s warrant stands.' },
    GRANT_HABEAS: { description: 'That was granted: the accused is set free.' },
    RETURN: { description: 'The agent brought the accused back.' },
    RELEASE: { description: 'The accused was set free there: the hold ran out, or nobody came for them (18 U.S.C. 3182).' },
    WITHDRAW: { description: 'The office asks no more.' },
  },
});

@ObjectType({ description: 'What happened to a rendition, as it was recorded.' })
export class RenditionStep {
  @Field(() => RenditionActs, { description: 'What happened.' })
  act!: RenditionAct;

  @Field(() => GraphQLDate, { description: 'The day.' })
  day!: string;

  @Field(() => RenditionStates, { description: 'Where the rendition stood after it.' })
  state!: RenditionState;

  @Field(() => String, { nullable: true, description: 'The order that was named with it.' })
  reference!: string | null;

  @Field(() => Member, { description: 'Who recorded it.' })
  recordedBy!: Member;

  @Field(() => DateTime, { description: 'When.' })
  recordedAt!: string;
}

@ObjectType({ description: 'That an accused is wanted who is in another state, and how they come back. Its days are as recorded last; its steps keep them all.' })
export class Rendition {
  @Field(() => ID, { description: 'To record what happens to it.' })
  id!: string;

  @Field(() => Person, { nullable: true, description: 'The accused.' })
  person!: Person | null;

  @Field(() => RenditionStates, { description: 'Where it stands.' })
  state!: RenditionState;

  @Field(() => String, { description: 'The rule that it rests on.' })
  citation!: string;

  @Field(() => Confidences, { description: 'How sure that rule is.' })
  confidence!: Confidence;

  @Field(() => Boolean, { description: 'Whether counsel has verified that rule: nobody has.' })
  verified!: boolean;

  @Field(() => GraphQLDate, { nullable: true, description: 'Since when the warrant of the state that prosecutes is active; null where that was not recorded.' })
  warrantActiveOn!: string | null;

  @Field(() => String, { nullable: true, description: 'How far the accused is fetched from, as the warrant says (NIEM j:WarrantExtraditionLimitationText).' })
  extraditionLimitation!: string | null;

  @Field(() => String, { nullable: true, description: 'The state where the accused is, in two letters; null while that is not known.' })
  asylumState!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'When the accused was arrested there.' })
  arrestOn!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'Until when one who was arrested before the Governor’s warrant is held without it: 30 days from the arrest, as the rule on file has it, which is from memory and verified by nobody (Uniform Criminal Extradition Act 15). The clock RENDITION_HOLD counts with an extension.' })
  holdExpiresOn!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'Until when a court extended that, by 60 days at most as the rule on file has it, verified by nobody (Uniform Criminal Extradition Act 17).' })
  extensionUntil!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'When it did.' })
  extendedOn!: string | null;

  @Field(() => String, { nullable: true, description: 'By which order.' })
  extensionOrder!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'When the accused waived a hearing.' })
  waivedOn!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'When the Governor of the other state was asked last.' })
  governorRequestOn!: string | null;

  @Field(() => String, { nullable: true, description: 'Who fetches the accused for the state that prosecutes.' })
  agentOfState!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'When the Governor’s warrant was served; of an accused who was at large, issued.' })
  governorWarrantOn!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'When the Governor refused last.' })
  refusedOn!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'When the accused last challenged the Governor’s warrant.' })
  habeasOn!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'When that was answered; null while it is pending.' })
  habeasDecidedOn!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'When the accused was back.' })
  returnedOn!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'When the accused was set free there.' })
  releasedOn!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'When the office asked no more.' })
  withdrawnOn!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was refused, released or withdrawn last.' })
  reason!: string | null;

  @Field(() => Member, { description: 'Who began this record.' })
  recordedBy!: Member;

  @Field(() => DateTime, { description: 'When.' })
  recordedAt!: string;

  @Field(() => Member, { description: 'Who recorded what happened last.' })
  movedBy!: Member;

  @Field(() => DateTime, { description: 'When.' })
  movedAt!: string;
}
