import { and, eq, sql } from 'drizzle-orm';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, ID, Info, Int, Mutation, Query, Resolver } from 'type-graphql';
import { page, type Arguments } from '../database/shape.ts';
import { idOrNull } from '../kernel/ids.ts';
import type { Session } from '../trail/session.ts';
import { declareConflict, withdrawDeclaration } from './declaration.acts.ts';
import { conflictDeclarations } from './declaration.table.ts';
import { ConflictDeclarationConnection, DeclareConflictInput, DeclareConflictPayload, WithdrawDeclarationInput, WithdrawDeclarationPayload } from './declaration.type.ts';

@Resolver()
export class DeclarationResolver {
  @Query(() => ConflictDeclarationConnection, {
    description: 'What was declared of you; for the conflicts officer, supervisors and the elected prosecutor, of everybody in your office. Newest first, withdrawn ones too.',
  })
  conflictDeclarations(
    @Arg('memberId', () => ID, { nullable: true, description: 'Of this member alone.' }) _memberId: string | null,
    @Arg('first', () => Int, { nullable: true, description: '1 to 100; 20 unless told.' }) _first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'A cursor of this list.' }) _after: string | null,
    @Ctx('session') session: Session,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return session.look(info, declarationsSeen);
  }

  @Mutation(() => DeclareConflictPayload, { description: 'Declares that you, or a colleague whose conflicts you keep, stand in a relation to somebody: no team of a case with that person is joined.' })
  declareConflict(@Arg('input', () => DeclareConflictInput) input: DeclareConflictInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(declareConflict, input, info);
  }

  @Mutation(() => WithdrawDeclarationPayload, { description: 'Withdraws a declaration. Places that it refused are not given.' })
  withdrawDeclaration(@Arg('input', () => WithdrawDeclarationInput) input: WithdrawDeclarationInput, @Ctx('session') session: Session, @Info() info: GraphQLResolveInfo) {
    return session.perform(withdrawDeclaration, input, info);
  }
}

/** The row policies show one's own, or the office's. */
const declarationsSeen = ({ planned, param }: Arguments) =>
  page('ConflictDeclaration', conflictDeclarations, {
    where: (declaration) =>
      and(
        eq(declaration.officeId, sql`nullif(current_setting('comity.office', true), '')::uuid`),
        planned['memberId'] == null ? undefined : eq(declaration.memberId, sql`${param((args) => idOrNull(args['memberId']))}::uuid`),
      ),
    keys: (declaration) => [{ column: sql`${declaration.declaredAt}`, kind: 'instant' }, { column: sql`${declaration.id}`, kind: 'uuid' }],
    descending: true,
  });
