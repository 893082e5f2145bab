import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, ID, Info, Query, Resolver } from 'type-graphql';
import { planned } from '../database/lookahead.ts';
import type { Session } from '../trail/session.ts';
import { originalBytes } from './original.edges.ts';
import { OriginalType } from './original.type.ts';
import { Referral } from './referral.type.ts';
import { CaseReferral } from './return.type.ts';

@Resolver(() => Referral)
export class OriginalResolver {
  @FieldResolver(() => OriginalType, { nullable: true, description: 'The record that it was sent as; null where it arrived before such records were kept.' })
  original(): object {
    return planned();
  }

  @Query(() => String, { nullable: true, description: 'The record that a referral of your agency was sent as, byte for byte, in base 64; null where there is none.' })
  referralOriginal(@Arg('referralId', () => ID, { description: 'The referral.' }) _id: string, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo): Promise<unknown> {
    return session.look(info, originalBytes);
  }
}

@Resolver(() => CaseReferral)
export class OriginalHashResolver {
  @FieldResolver(() => String, { nullable: true, description: 'SHA-256 of the record that the agency sent it as, hexadecimal: what the agency shows as its record can be held against it. Null where none was kept.' })
  originalSha256(): object {
    return planned();
  }
}
