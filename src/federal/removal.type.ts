import { GraphQLDate } from 'graphql-scalars';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Person } from '../cases/person.type.ts';
import { Member } from '../coalition/coalition.type.ts';
import { enumOf } from '../kernel/enums.ts';
import { DateTime } from '../kernel/scalars.ts';
import {
  REMOVAL_ACTS, REMOVAL_CITATIONS, REMOVAL_GROUND_CODES, REMOVAL_GROUNDS, REMOVAL_SCOPES, REMOVAL_STATES, RULINGS,
  type Appealable, type RemovalGround, type RemovalScope, type RemovalState, type Ruling,
} from './removal.rules.ts';

export const RemovalScopes = enumOf(REMOVAL_SCOPES);
export const RemovalGrounds = enumOf(REMOVAL_GROUND_CODES);
export const RemovalStates = enumOf(REMOVAL_STATES);
export const RemovalActs = enumOf(REMOVAL_ACTS);
export const Rulings = enumOf(RULINGS);

const cited = <W extends string>(words: Readonly<Record<W, string | null>>) =>
  Object.fromEntries(Object.entries<string | null>(words).map(([word, citation]) => [word, { description: citation === null ? 'No event: what was recorded never was so.' : `${citation}.` }])) as Record<W, { description: string }>;

registerEnumType(RemovalScopes, {
  name: 'RemovalScope', description: 'What is removed.',
  valuesConfig: { WHOLE_CASE: { description: 'The prosecution of the person.' }, SUBPOENA_ONLY: { description: 'A subpoena or order of the state court alone (28 U.S.C. 1442(d)(1)); it bars no judgment.' } },
});
registerEnumType(RemovalGrounds, { name: 'RemovalGround', description: 'A ground that a notice of removal states.', valuesConfig: cited(REMOVAL_GROUNDS) });
registerEnumType(RemovalStates, {
  name: 'RemovalState', description: 'Where a removal stands. Where none is on record, none is sought.',
  valuesConfig: { ENTERED_IN_ERROR: { description: 'What was recorded never was so: it bars and meets nothing. Its steps tell what was said.' }, WINDOW_CLOSED: { description: 'The time for a notice has passed; the court may still give leave, for good cause.' }, REMOVED: { description: 'The same office goes on prosecuting, under the law of the state, in the federal court.' } },
});
registerEnumType(RemovalActs, { name: 'RemovalAct', description: 'What happened to a removal, and the rule that it rests on.', valuesConfig: cited(REMOVAL_CITATIONS) });
registerEnumType(Rulings, { name: 'RemovalRuling', description: 'What the federal court ruled.' });

@ObjectType({ description: 'The removal of one person from the state court to the federal court (28 U.S.C. 1442, 1455). Who leads the case goes on prosecuting it in either court.' })
export class Removal {
  @Field(() => ID, { description: 'To record what happens to it.' })
  id!: string;

  @Field(() => Person, { nullable: true, description: 'Who seeks it.' })
  person!: Person | null;

  @Field(() => RemovalScopes, { description: 'What is removed.' })
  scope!: RemovalScope;

  @Field(() => RemovalStates, { description: 'Where it stands.' })
  state!: RemovalState;

  @Field(() => Boolean, { description: 'Whether the state court may, as it stands, enter no judgment of conviction: from notice to remand (28 U.S.C. 1455(b)(3)). A disposition is judged by the day that it was entered on.' })
  judgmentBarred!: boolean;

  @Field(() => [RemovalGrounds], { description: 'The grounds of the notice; none while nothing was filed.' })
  grounds!: RemovalGround[];

  @Field(() => GraphQLDate, { nullable: true, description: 'Of a second notice: the day that its grounds arose.' })
  groundsAroseOn!: string | null;

  @Field(() => String, { nullable: true, description: 'The federal court.' })
  federalCourt!: string | null;

  @Field(() => String, { nullable: true, description: 'The number that it gave.' })
  docketNumber!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'The last day of the window, where it was recorded that it passed.' })
  windowClosedOn!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'When leave to file late was sought.' })
  leaveSoughtOn!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'When that was granted or refused.' })
  leaveDecidedOn!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'When notice was filed; with leave, the day that it was given.' })
  noticeFiledOn!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'The day of the evidentiary hearing, which may be to come.' })
  hearingOn!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'When the federal court ruled.' })
  ruledOn!: string | null;

  @Field(() => Rulings, { nullable: true, description: 'What it ruled, after an appeal as that left it; null while it has not.' })
  ruling!: Ruling | null;

  @Field(() => String, { nullable: true, description: 'Its order.' })
  order!: string | null;

  @Field(() => RemovalStates, { nullable: true, description: 'While an appeal is pending: what was appealed.' })
  appealed!: Appealable | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'When that was appealed.' })
  appealedOn!: string | null;

  @Field(() => String, { nullable: true, description: 'The number of the appeal.' })
  appealDocket!: string | null;

  @Field(() => GraphQLDate, { nullable: true, description: 'When it was over.' })
  closedOn!: string | null;

  @Field(() => Member, { description: 'Who began this record.' })
  recordedBy!: Member;

  @Field(() => DateTime, { description: 'When.' })
  recordedAt!: string;

  @Field(() => Member, { description: 'Who recorded what happened last.' })
  movedBy!: Member;

  @Field(() => DateTime, { description: 'When.' })
  movedAt!: string;
}
