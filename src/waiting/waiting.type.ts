import { GraphQLDate } from 'graphql-scalars';
import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import { Agency, Jurisdiction } from '../coalition/coalition.type.ts';
import { connectionOf } from '../database/page.type.ts';
import { enumOf } from '../kernel/enums.ts';
import { DateTime } from '../kernel/scalars.ts';
import { WAITED_FOR, WAITING_KINDS, type WaitedFor, type WaitingKind } from './waiting.rules.ts';

export const WaitingKinds = enumOf(WAITING_KINDS);
export const WaitedFors = enumOf(WAITED_FOR);

registerEnumType(WaitingKinds, {
  name: 'WaitingKind', description: 'What waits.',
  valuesConfig: {
    RETURN_ITEM: { description: 'Something asked of the agency.' },
    RETURN_DISPUTE: { description: 'Something asked of the agency that it disputes.' },
    WITHDRAWAL_REQUEST: { description: 'An agency’s request to take a referral back.' },
    DECLINATION_DISPUTE: { description: 'An agency’s dispute of a declination.' },
    DECISION: { description: 'A decision on a charge that another person approves.' },
    IMMUNITY_ANALYSIS: { description: 'An immunity analysis that another person reviews.' },
    INVITATION: { description: 'An invitation to take part in a case.' },
    TRANSFER: { description: 'An offer of the lead.' },
    VENUE_CONTEST: { description: 'A claim that a case belongs to another office; one that ended in an offer of the lead is a TRANSFER.' },
    BREAK_GLASS: { description: 'A use of break-glass that another person reviews.' },
    DEMAND: { description: 'What is demanded of a federal agency or another holder, from its service on: its answer, what it promised or was ordered to produce, or a court’s word on a suit for it.' },
  },
});
registerEnumType(WaitedFors, {
  name: 'WaitedFor', description: 'Whom something waits for.',
  valuesConfig: {
    AGENCY: { description: 'The agency that sent the referral.' },
    OWN_OFFICE: { description: 'Your office.' },
    OTHER_OFFICE: { description: 'Another office.' },
    COURT: { description: 'A court: two offices differ, and either may still give way; or it was asked to compel what is demanded.' },
    HOLDER: { description: 'Whoever something is demanded of.' },
  },
});

@ObjectType({ description: 'Something that waits for somebody’s answer.' })
export class Waiting {
  @Field(() => WaitingKinds, { description: 'What.' })
  kind!: WaitingKind;

  @Field(() => ID, { description: 'Its id, by which it is answered; of a WITHDRAWAL_REQUEST and a DECLINATION_DISPUTE that of the referral.' })
  id!: string;

  @Field(() => DateTime, { description: 'Since when.' })
  since!: string;

  @Field(() => GraphQLDate, { nullable: true, description: 'The last day for it, where the office is; null where none is set.' })
  dueOn!: string | null;

  @Field(() => WaitedFors, { description: 'Whom for.' })
  waitsFor!: WaitedFor;

  @Field(() => Jurisdiction, { nullable: true, description: 'The office that it waits for.' })
  office!: Jurisdiction | null;

  @Field(() => Agency, { nullable: true, description: 'The agency that it waits for, or that waits.' })
  agency!: Agency | null;

  @Field(() => String, { nullable: true, description: 'Whom something is demanded of.' })
  holder!: string | null;

  @Field(() => Case, { nullable: true, description: 'The case; null where it has left your office, which reviews a use of its break-glass still.' })
  case!: Case | null;
}

export const WaitingConnection = connectionOf('Waiting', () => Waiting, 'What waits, longest waiting first.');

@InputType({ description: 'What of all that waits; all of it must hold.' })
export class WaitingFilter {
  @Field(() => [WaitedFors], { nullable: true, description: 'For one of these.' })
  for?: WaitedFor[] | null;

  @Field(() => ID, { nullable: true, description: 'What this member’s seat may answer, the member’s own work left out, and what a wall, a seal or a unit keeps from the member. A rule book may allow a seat less than that.' })
  member?: string | null;

  @Field(() => ID, { nullable: true, description: 'In cases that this office leads.' })
  lead?: string | null;

  @Field(() => [WaitingKinds], { nullable: true, description: 'Of these kinds.' })
  kinds?: WaitingKind[] | null;
}
