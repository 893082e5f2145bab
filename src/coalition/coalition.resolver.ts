import { and, asc, eq, ilike, sql } from 'drizzle-orm';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Int, Query, Resolver } from 'type-graphql';
import { many, one, page, type Arguments } from '../database/shape.ts';
import type { Reader } from '../access/reader.ts';
import { agencies } from './agency.table.ts';
import { AgencyConnection, Jurisdiction, Member, MemberConnection } from './coalition.type.ts';
import { jurisdictions } from './jurisdiction.table.ts';
import { members } from './member.table.ts';

/** A pattern that finds the text anywhere, its own wildcards taken literally. */
const contains = (text: unknown): string => `%${String(text).replace(/[\\%_]/g, '\\$&')}%`;

@Resolver()
export class CoalitionResolver {
  @Query(() => Member, { description: 'The member that the access token stands for, and its seat.' })
  me(@Ctx('session') session: Reader, @Info() info: GraphQLResolveInfo): Promise<unknown> {
    return session.look(info, () => one('Member', members, (member) => eq(member.id, sql`comity.member()`)));
  }

  @Query(() => [Jurisdiction], { description: 'The offices of the coalition and its guests, by name.' })
  jurisdictions(@Ctx('session') session: Reader, @Info() info: GraphQLResolveInfo): Promise<unknown> {
    return session.look(info, () => many('Jurisdiction', jurisdictions, () => undefined, (office) => [asc(office.name)]));
  }

  @Query(() => AgencyConnection, { description: 'The police agencies on file, by name.' })
  agencies(
    @Arg('name', () => String, { nullable: true, description: 'A part of the name.' }) _name: string | null,
    @Arg('state', () => String, { nullable: true, description: 'The state, in two letters.' }) _state: string | null,
    @Arg('first', () => Int, { nullable: true, description: '1 to 100; 20 unless told.' }) _first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'A cursor of this list.' }) _after: string | null,
    @Ctx('session') session: Reader,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return session.look(info, agenciesNamed);
  }

  @Query(() => MemberConnection, { description: 'The active members of your own office, by name: whom a case may be assigned to.' })
  members(
    @Arg('first', () => Int, { nullable: true, description: '1 to 100; 20 unless told.' }) _first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'A cursor of this list.' }) _after: string | null,
    @Ctx('session') session: Reader,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return session.look(info, colleagues);
  }
}

const agenciesNamed = ({ planned, param }: Arguments) =>
  page('Agency', agencies, {
    where: (agency) =>
      and(
        planned['name'] == null ? undefined : ilike(agency.name, param((args) => contains(args['name']))),
        planned['state'] == null ? undefined : eq(agency.state, param((args) => String(args['state']))),
      ),
    keys: (agency) => [{ column: sql`${agency.name}`, kind: 'text' }, { column: sql`${agency.id}`, kind: 'uuid' }],
  });

const colleagues = () =>
  page('Member', members, {
    where: (member) => and(eq(member.active, true), eq(member.officeId, sql`nullif(current_setting('comity.office', true), '')::uuid`)),
    keys: (member) => [{ column: sql`${member.name}`, kind: 'text' }, { column: sql`${member.id}`, kind: 'uuid' }],
  });
