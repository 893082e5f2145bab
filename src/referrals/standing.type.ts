import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { ReferralState } from '../cases/referral-link.table.ts';
import type { Stage } from '../cases/lifecycle.ts';
import { enumOf } from '../kernel/enums.ts';
import { DateTime } from '../kernel/scalars.ts';
import { ReferralStates } from './referral.type.ts';

/** The stages of a case that an agency may be told of. */
export const TOLD_OUTCOMES = ['DECIDED', 'IN_COURT', 'DECLINED', 'REFERRED_OUT', 'CLOSED'] as const satisfies readonly Stage[];
export type ToldOutcome = (typeof TOLD_OUTCOMES)[number];
const ToldOutcomes = enumOf(TOLD_OUTCOMES);
export const STANDINGS = ['KNOWN', 'NOT_KNOWN'] as const;
const Standings = enumOf(STANDINGS);

registerEnumType(ToldOutcomes, { name: 'ToldOutcome', description: 'What came of a referral, where the rule book of the lead tells its agency.' });
registerEnumType(Standings, {
  name: 'ReferralStanding',
  description: 'Whether there is a referral of your agency under a key.',
  valuesConfig: { KNOWN: { description: 'There is.' }, NOT_KNOWN: { description: 'There is none of your agency. Whether another agency has one is not told.' } },
});

@InputType({ description: 'A referral of your agency by the key that it was sent under, its report number, or both: then both must be its own.' })
export class ReferralKeyInput {
  @Field(() => String, { nullable: true, description: 'The idempotency key that it was submitted under.' })
  idempotencyKey?: string | null;

  @Field(() => String, { nullable: true, description: 'Its report number.' })
  reportNumber?: string | null;
}

@ObjectType({ description: 'Where one referral of your agency stands.' })
export class ReferralStatus {
  @Field(() => Standings, { description: 'Whether it is known.' })
  standing!: (typeof STANDINGS)[number];

  @Field(() => String, { nullable: true, description: 'The key that was asked for.' })
  idempotencyKey!: string | null;

  @Field(() => String, { nullable: true, description: 'Its report number; where it is not known, the one that was asked for.' })
  reportNumber!: string | null;

  @Field(() => ID, { nullable: true, description: 'The referral.' })
  referralId!: string | null;

  @Field(() => ReferralStates, { nullable: true, description: 'What has become of it, as far as your agency is told.' })
  state!: ReferralState | null;

  @Field(() => DateTime, { nullable: true, description: 'Since when.' })
  since!: string | null;

  @Field(() => Int, { nullable: true, description: 'How many items are asked of your agency and open; null where the rule book of the lead does not show them.' })
  openItems!: number | null;

  @Field(() => ToldOutcomes, { nullable: true, description: 'What came of it; null while nothing did, and where your agency is not told.' })
  outcome!: ToldOutcome | null;
}
