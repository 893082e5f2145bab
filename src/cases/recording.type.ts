import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { enumOf } from '../kernel/enums.ts';
import { DateTime } from '../kernel/scalars.ts';
import { RECORDING_KINDS } from './recording.table.ts';

export const RecordingKinds = enumOf(RECORDING_KINDS);

registerEnumType(RecordingKinds, {
  name: 'RecordingKind',
  description: 'What made a recording.',
  valuesConfig: { DOCUMENT: { description: 'No recording: a paper or a file, for instance a release or a manual.' } },
});

@ObjectType({ description: 'A recording that its holder keeps; the coalition keeps no media.' })
export class Recording {
  @Field(() => ID, { description: 'For annotations.' })
  id!: string;

  @Field(() => RecordingKinds, { description: 'What made it.' })
  kind!: string;

  @Field(() => String, { description: 'Who keeps it.' })
  holder!: string;

  @Field(() => String, { nullable: true, description: 'The device.' })
  device!: string | null;

  @Field(() => String, { nullable: true, description: 'Where its holder keeps it.' })
  uri!: string | null;

  @Field(() => String, { nullable: true, description: 'SHA-256 of the file, hexadecimal; null where the holder gave none.' })
  sha256!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Begins.' })
  capturedFrom!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Ends.' })
  capturedTo!: string | null;

  @Field(() => String, { nullable: true, description: 'Remarks.' })
  note!: string | null;
}
