import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Member } from '../coalition/coalition.type.ts';
import { connectionOf } from '../database/page.type.ts';
import { DateTime } from '../kernel/scalars.ts';
import { ClockKinds } from './clock.enums.ts';
import type { ClockKind } from './clock.ts';

@ObjectType({ description: 'A calendar of what is due, which a calendar program reads by an address of its own. It shows what its member sees at that moment, and no names.' })
export class CalendarFeed {
  @Field(() => ID, { description: 'To revoke it.' })
  id!: string;

  @Field(() => Member, { description: 'Who made it, and with whose eyes it is read.' })
  member!: Member;

  @Field(() => [ClockKinds], { nullable: true, description: 'Of these kinds; null: of all.' })
  kinds!: ClockKind[] | null;

  @Field(() => Boolean, { description: 'Whether it shows cases on whose team the member is, and no others.' })
  onlyMine!: boolean;

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: string;

  @Field(() => DateTime, { description: 'From then on it is not answered.' })
  until!: string;

  @Field(() => DateTime, { nullable: true, description: 'When it was revoked; null while it stands.' })
  revokedAt!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was last read; null where it never was.' })
  lastReadAt!: string | null;
}

export const CalendarFeedConnection = connectionOf('CalendarFeed', () => CalendarFeed, 'A page of calendar feeds, newest first.');

@InputType({ description: 'What a calendar shall show.' })
export class CreateCalendarFeedInput {
  @Field(() => [ClockKinds], { nullable: true, description: 'Clocks of these kinds; of all, unless told.' })
  kinds?: ClockKind[] | null;

  @Field(() => Boolean, { nullable: true, description: 'True: cases on whose team you are, and no others. All that you see, unless told.' })
  onlyMine?: boolean | null;

  @Field(() => Int, { nullable: true, description: 'For how many days it is answered, 1 to 366; 180 unless told.' })
  lifetimeDays?: number | null;
}

@InputType({ description: 'A calendar that shall not be answered any more.' })
export class RevokeCalendarFeedInput {
  @Field(() => ID, { description: 'The feed.' })
  feedId!: string;
}

@ObjectType({ description: 'What came of it.' })
export class CreateCalendarFeedPayload {
  @Field(() => CalendarFeed, { nullable: true, description: 'The feed.' })
  feed!: CalendarFeed | null;

  @Field(() => String, { description: 'The address to give to a calendar program. It is told this once: whoever has it reads the calendar until it ends or is revoked.' })
  url!: string;
}

@ObjectType({ description: 'What came of it.' })
export class RevokeCalendarFeedPayload {
  @Field(() => CalendarFeed, { nullable: true, description: 'The feed, revoked.' })
  feed!: CalendarFeed | null;
}
