import { GraphQLDate } from 'graphql-scalars';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Member } from '../coalition/coalition.type.ts';
import { enumOf } from '../kernel/enums.ts';
import { DateTime } from '../kernel/scalars.ts';
import { DISPOSITION_FORUMS, DISPOSITIONS, type DispositionForum, type DispositionKind } from './disposition.rules.ts';

export const DispositionKinds = enumOf(DISPOSITIONS);
export const DispositionForums = enumOf(DISPOSITION_FORUMS);

registerEnumType(DispositionKinds, {
  name: 'DispositionKind', description: 'How a court disposed of a charge, or what became of that.',
  valuesConfig: {
    CONVICTED: { description: 'On a verdict.' }, PLEADED: { description: 'On a plea.' },
    VACATED: { description: 'A court set a conviction or a dismissal aside: the charge waits for the court again, and a case that was closed is in court again.' },
    ENTERED_IN_ERROR: { description: 'What was recorded never was so: the charge waits for the court as before.' },
  },
});
registerEnumType(DispositionForums, {
  name: 'DispositionForum', description: 'Which court.',
  valuesConfig: { FEDERAL: { description: 'The federal court to which the case was removed; it applies the law of the state.' } },
});

@ObjectType({ description: 'How a court disposed of a filed charge. One that is superseded stays in view.' })
export class Disposition {
  @Field(() => ID, { description: 'The entry, to be corrected by another.' })
  id!: string;

  @Field(() => DispositionKinds, { description: 'How.' })
  kind!: DispositionKind;

  @Field(() => GraphQLDate, { description: 'The day, in the zone of the court.' })
  disposedOn!: string;

  @Field(() => DispositionForums, { description: 'Whether the state court or a federal court.' })
  forum!: DispositionForum;

  @Field(() => String, { description: 'The court.' })
  court!: string;

  @Field(() => String, { nullable: true, description: 'Of a conviction: the sentence, where it is known.' })
  sentence!: string | null;

  @Field(() => String, { nullable: true, description: 'Of a dismissal, and of what sets a disposition aside: why.' })
  reason!: string | null;

  @Field(() => ID, { nullable: true, description: 'The entry that it corrects or follows; null: the first.' })
  supersedes!: string | null;

  @Field(() => Member, { description: 'Who recorded it.' })
  recordedBy!: Member;

  @Field(() => DateTime, { description: 'When.' })
  recordedAt!: string;
}
