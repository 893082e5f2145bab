import { Field, ID, InputType } from 'type-graphql';
import { connectionOf } from '../database/page.type.ts';
import type { ChargeState } from './charge.table.ts';
import { Charge, ChargeStates } from './charge.type.ts';

export const ChargeConnection = connectionOf('Charge', () => Charge, 'Charges by the time they were proposed, newest first.');

@InputType({ description: 'Which charges; all of it must hold.' })
export class ChargeFilter {
  @Field(() => Boolean, { nullable: true, description: 'True: only what rests on a text that no attorney of the state has confirmed; what is withdrawn, acquitted of or dismissed is left out, unless states are named. False: only what does not.' })
  unattested?: boolean | null;

  @Field(() => [ChargeStates], { nullable: true, description: 'In one of these states.' })
  states?: ChargeState[] | null;

  @Field(() => ID, { nullable: true, description: 'Under this statute.' })
  statute?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of cases that this office leads.' })
  lead?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'True: only those on which a decision stands that you may see. False: only those on which none does.' })
  decided?: boolean | null;
}
