import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Mutation, Resolver } from 'type-graphql';
import { Case } from '../cases/case.type.ts';
import { Person } from '../cases/person.type.ts';
import { Recording } from '../cases/recording.type.ts';
import { planned } from '../database/lookahead.ts';
import type { Session } from '../trail/session.ts';
import { ReferralOutcome } from './outcome.type.ts';
import { Referral } from './referral.type.ts';
import { supplementReferral } from './supplement.acts.ts';
import { SupplementReferralInput, SupplementReferralPayload } from './supplement.inputs.ts';
import { CaseSupplement, ReferralSupplement } from './supplement.type.ts';

@Resolver(() => Referral)
export class ReferralSupplementResolver {
  @FieldResolver(() => String, { description: 'The sealed document, as it was hashed: JSON with its keys in order.' })
  packet(): string {
    return planned();
  }

  @FieldResolver(() => [ReferralSupplement], { description: 'What was added since, in its order.' })
  supplements(): object[] {
    return planned();
  }

  @FieldResolver(() => ReferralOutcome, { nullable: true, description: 'What came of it; null where the office that leads its case shows agencies nothing of that.' })
  outcome(): object {
    return planned();
  }

  @Mutation(() => SupplementReferralPayload, { description: 'Adds to a sealed referral of your agency. What stands is never changed; the office sees what is added as a supplement.' })
  supplementReferral(@Arg('input', () => SupplementReferralInput) input: SupplementReferralInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(supplementReferral, input, info);
  }
}

@Resolver(() => Case)
export class CaseSupplementResolver {
  @FieldResolver(() => [CaseSupplement], { description: 'What its agency added after the referral was sealed, oldest first.' })
  supplements(): object[] {
    return planned();
  }
}

@Resolver(() => Person)
export class PersonSupplementResolver {
  @FieldResolver(() => CaseSupplement, { nullable: true, description: 'The supplement that the person came to be known by; null: the referral, or a supplement that is closed to you.' })
  supplement(): object {
    return planned();
  }
}

@Resolver(() => Recording)
export class RecordingSupplementResolver {
  @FieldResolver(() => CaseSupplement, { nullable: true, description: 'The supplement that it came with; null: the referral, or a supplement that is closed to you.' })
  supplement(): object {
    return planned();
  }
}
