import { getTableColumns } from 'drizzle-orm';
import { execute, isObjectType, parse, type ExecutionResult, type GraphQLSchema } from 'graphql';
import postgres from 'postgres';
import { enter } from '../src/access/context.ts';
import type { Database } from '../src/database/address.ts';
import { openSchema, SHAPES } from '../src/schema.ts';
import { Instant, RESOLVERS, type Ask, type Row } from './field-by-field.resolvers.ts';
import type { Drawn } from './selections.ts';

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** True where the resolvers above can read a field. */
export function knows(type: string, field: string): boolean {
  const shape = SHAPES[type];
  return shape === undefined || RESOLVERS[type]?.[field] !== undefined || (!(field in shape.fields) && field in getTableColumns(shape.table));
}

/** Executes documents as GraphQL's reference does, every field by its resolver, under a member's eyes. */
export class FieldByField {
  readonly #schema: GraphQLSchema;
  readonly #sql: postgres.Sql;
  readonly #known = new Map<string, Promise<Row[]>>();
  /** Fields of which there was something to tell, as `Type.field`. */
  readonly told = new Set<string>();

  constructor(database: Exclude<Database, string>) {
    const asText = (text: string) => text;
    this.#sql = postgres({
      ...database, max: 1, onnotice: () => undefined,
      types: { day: { to: 1082, from: [1082], serialize: asText, parse: asText }, instant: { to: 1184, from: [1184], serialize: asText, parse: (text: string) => new Instant(text) } },
    });
    this.#schema = openSchema();
    for (const type of Object.values(this.#schema.getTypeMap())) {
      if (!isObjectType(type)) continue;
      for (const field of Object.values(type.getFields())) {
        const resolve = RESOLVERS[type.name]?.[field.name];
        field.resolve = async (row: Row = {}, args, ask: Ask) => {
          const value = await (resolve ? resolve(row, args, ask) : field.name in row ? row[field.name] : row[snake(field.name)]);
          if (value != null && !(Array.isArray(value) && value.length === 0)) this.told.add(`${type.name}.${field.name}`);
          return value;
        };
      }
    }
  }

  async run(memberId: string, { document, variables }: Drawn): Promise<ExecutionResult> {
    await this.#sql.unsafe('begin');
    const { text, values } = enter(memberId, '');
    await this.#sql.unsafe(text, [...values] as string[]);
    const ask: Ask = (table, where, given = [], order = '1') => {
      const query = `select * from comity.${table} where ${where} order by ${order}`;
      const key = JSON.stringify([memberId, query, given]);
      const known = this.#known.get(key) ?? this.#sql.unsafe(query, [...given] as string[]);
      this.#known.set(key, known);
      return known;
    };
    const result = await execute({ schema: this.#schema, document: parse(document), contextValue: ask, variableValues: variables });
    await this.#sql.unsafe('commit');
    return result;
  }

  /** Lets go of what it remembers, once something has changed. */
  forget(): void {
    this.#known.clear();
  }

  close(): Promise<void> {
    return this.#sql.end();
  }
}
