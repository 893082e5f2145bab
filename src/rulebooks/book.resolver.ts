import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, ID, Info, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { Reader } from '../access/reader.ts';
import { Jurisdiction } from '../coalition/coalition.type.ts';
import { planned } from '../database/lookahead.ts';
import type { Session } from '../trail/session.ts';
import { adoptRuleBook, draftRuleBook, proposeRuleBook, withdrawRuleBook } from './book.acts.ts';
import {
  AdoptRuleBookInput, AdoptRuleBookPayload, DraftRuleBookInput, DraftRuleBookPayload, ProposeRuleBookInput, ProposeRuleBookPayload,
  RuleBookFilter, WithdrawRuleBookInput, WithdrawRuleBookPayload,
} from './book.inputs.ts';
import { ruleBookFound, ruleBooksFound } from './book.store.ts';
import { RuleBook, RuleBookConnection } from './book.type.ts';

@Resolver(() => Jurisdiction)
export class OfficeRuleBookResolver {
  @FieldResolver(() => RuleBook, { nullable: true, description: 'Its rule book in force; null for a seat that reads no rule books.' })
  ruleBook(): object {
    return planned();
  }
}

@Resolver()
export class RuleBookResolver {
  @Query(() => RuleBook, { nullable: true, description: 'One rule book. Null where there is none that you may see.' })
  ruleBook(@Arg('id', () => ID, { description: 'The id.' }) _id: string, @Ctx('session') session: Reader, @Info() info: GraphQLResolveInfo): Promise<unknown> {
    return session.look(info, ruleBookFound);
  }

  @Query(() => RuleBookConnection, { description: 'The rule books that you may see, newest first: what is or was in force, and all of your own office.' })
  ruleBooks(
    @Arg('filter', () => RuleBookFilter, { nullable: true, description: 'Which.' }) _filter: RuleBookFilter | null,
    @Arg('first', () => Int, { nullable: true, description: '1 to 100; 20 unless told.' }) _first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'A cursor of this list.' }) _after: string | null,
    @Ctx('session') session: Reader,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return session.look(info, ruleBooksFound);
  }

  @Mutation(() => DraftRuleBookPayload, { description: 'Drafts a rule book of your office, or changes a draft of it.' })
  draftRuleBook(@Arg('input', () => DraftRuleBookInput) input: DraftRuleBookInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(draftRuleBook, input, info);
  }

  @Mutation(() => ProposeRuleBookPayload, { description: 'Proposes a draft of your office for adoption; from now on it is fixed.' })
  proposeRuleBook(@Arg('input', () => ProposeRuleBookInput) input: ProposeRuleBookInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(proposeRuleBook, input, info);
  }

  @Mutation(() => AdoptRuleBookPayload, { description: 'Puts a book that another person proposed into force. It counts from this moment, for all cases that your office leads.' })
  adoptRuleBook(@Arg('input', () => AdoptRuleBookInput) input: AdoptRuleBookInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(adoptRuleBook, input, info);
  }

  @Mutation(() => WithdrawRuleBookPayload, { description: 'Gives up a draft or a proposal of your office.' })
  withdrawRuleBook(@Arg('input', () => WithdrawRuleBookInput) input: WithdrawRuleBookInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(withdrawRuleBook, input, info);
  }
}
