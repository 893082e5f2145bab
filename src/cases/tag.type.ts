import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { enumOf } from '../kernel/enums.ts';
import { Case } from './case.type.ts';
import { TAGS, type Tag } from './tag.table.ts';

export const Tags = enumOf(TAGS);

registerEnumType(Tags, {
  name: 'Tag',
  description: 'What a case is about, beside its kind. A rule book may depend on it.',
  valuesConfig: {
    FEDERAL_OFFICER: { description: 'A federal officer is alleged to have acted.' },
    STATE_OFFICER: { description: 'An officer of a state.' },
    LOCAL_OFFICER: { description: 'An officer of a county, city or town.' },
    FATALITY: { description: 'Somebody died.' },
    SERIOUS_INJURY: { description: 'Somebody was seriously injured.' },
    FIREARM: { description: 'A firearm was discharged or pointed.' },
    CHILD_INVOLVED: { description: 'A child was there.' },
    DETENTION: { description: 'Somebody was held.' },
    ENTRY: { description: 'A home or other premises were entered.' },
    PUBLIC_GATHERING: { description: 'It happened at a public gathering.' },
    PRESS: { description: 'A member of the press was concerned.' },
    SEVERAL_STATES: { description: 'It reaches into several states.' },
  },
});

@InputType({ description: 'What a case is about, and what not.' })
export class TagCaseInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string;

  @Field(() => [Tags], { nullable: true, description: 'Given to the case; one it has stays.' })
  add?: readonly Tag[] | null;

  @Field(() => [Tags], { nullable: true, description: 'Taken from the case; one it has not is left so.' })
  remove?: readonly Tag[] | null;
}

@ObjectType({ description: 'What came of it.' })
export class TagCasePayload {
  @Field(() => Case, { nullable: true, description: 'The case.' })
  case!: Case | null;
}
