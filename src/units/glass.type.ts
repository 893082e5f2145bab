import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import { Member } from '../coalition/coalition.type.ts';
import { connectionOf } from '../database/page.type.ts';
import { enumOf } from '../kernel/enums.ts';
import { DateTime } from '../kernel/scalars.ts';
import { FINDINGS, type Finding } from './glass.table.ts';

export const Findings = enumOf(FINDINGS);

registerEnumType(Findings, {
  name: 'GlassFinding',
  description: 'What a review of a use of break-glass finds.',
  valuesConfig: { JUSTIFIED: { description: 'There was cause for it.' }, NOT_JUSTIFIED: { description: 'There was not; the use ends, if it has not.' } },
});

@ObjectType({ description: 'A use of break-glass: a member opened a case of their own office beyond their role, or beyond the unit that it is kept to.' })
export class BreakGlassUse {
  @Field(() => ID, { description: 'To end or review it.' })
  id!: string;

  @Field(() => Case, { nullable: true, description: 'The case; null where it has left your office since.' })
  case!: Case | null;

  @Field(() => Member, { description: 'Who used it.' })
  member!: Member;

  @Field(() => String, { description: 'Why, in a sentence.' })
  reason!: string;

  @Field(() => DateTime, { description: 'When it began.' })
  since!: string;

  @Field(() => DateTime, { description: 'When it ends or ended.' })
  until!: string;

  @Field(() => DateTime, { description: 'When its review is due: three days after it began.' })
  reviewDueAt!: string;

  @Field(() => Boolean, { description: 'Its review is due and has not been made.' })
  overdue!: boolean;

  @Field(() => Member, { nullable: true, description: 'Who reviewed it; null while it awaits its review.' })
  reviewedBy!: Member | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was reviewed.' })
  reviewedAt!: string | null;

  @Field(() => Findings, { nullable: true, description: 'What the review found.' })
  finding!: Finding | null;

  @Field(() => String, { nullable: true, description: 'What the reviewer says of it.' })
  remark!: string | null;
}

export const BreakGlassUseConnection = connectionOf('BreakGlassUse', () => BreakGlassUse, 'A page of uses of break-glass, newest first.');
