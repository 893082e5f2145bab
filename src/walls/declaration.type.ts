import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { Member } from '../coalition/coalition.type.ts';
import { connectionOf } from '../database/page.type.ts';
import { enumOf } from '../kernel/enums.ts';
import { DateTime } from '../kernel/scalars.ts';
import { RELATIONS, type Relation } from './declaration.table.ts';

export const Relations = enumOf(RELATIONS);

registerEnumType(Relations, { name: 'ConflictRelation', description: 'How a member stands to somebody.' });

@ObjectType({ description: 'That a member stands in a relation to somebody, and so does not join the team of a case with that person.' })
export class ConflictDeclaration {
  @Field(() => ID, { description: 'To withdraw it.' })
  id!: string;

  @Field(() => Member, { description: 'Of whom it is.' })
  member!: Member;

  @Field(() => String, { description: 'The name of the other, as declared.' })
  party!: string;

  @Field(() => Relations, { description: 'How they stand to each other.' })
  relation!: Relation;

  @Field(() => String, { nullable: true, description: 'What else there is to say.' })
  note!: string | null;

  @Field(() => Member, { description: 'Who declared it.' })
  declaredBy!: Member;

  @Field(() => DateTime, { description: 'When it was declared.' })
  declaredAt!: string;

  @Field(() => Member, { nullable: true, description: 'Who withdrew it; null while it stands.' })
  withdrawnBy!: Member | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was withdrawn; null while it stands.' })
  withdrawnAt!: string | null;
}

export const ConflictDeclarationConnection = connectionOf('ConflictDeclaration', () => ConflictDeclaration, 'A page of declarations, newest first.');

@InputType({ description: 'A relation to somebody.' })
export class DeclareConflictInput {
  @Field(() => ID, { nullable: true, description: 'The member of your office that it is of; you, unless told.' })
  memberId?: string | null;

  @Field(() => String, {
    description: 'The whole name of the other, 1 to 200 characters. It is compared word by word, whatever the order, case and accents; a name of one word only with that one word.',
  })
  party!: string;

  @Field(() => Relations, { description: 'How they stand to each other.' })
  relation!: Relation;

  @Field(() => String, { nullable: true, description: 'What else there is to say, up to 2,000 characters.' })
  note?: string | null;
}

@InputType({ description: 'A declaration that no longer holds.' })
export class WithdrawDeclarationInput {
  @Field(() => ID, { description: 'The declaration.' })
  declarationId!: string;
}

@ObjectType({ description: 'What came of it.' })
export class DeclareConflictPayload {
  @Field(() => ConflictDeclaration, { nullable: true, description: 'The declaration.' })
  declaration!: ConflictDeclaration | null;
}

@ObjectType({ description: 'What came of it.' })
export class WithdrawDeclarationPayload {
  @Field(() => ConflictDeclaration, { nullable: true, description: 'The declaration, withdrawn.' })
  declaration!: ConflictDeclaration | null;
}
