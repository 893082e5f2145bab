import { and, sql, type SQL } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { FieldNode, GraphQLObjectType } from 'graphql';
import { badInput } from '../kernel/errors.ts';
import { cursorKeys, cursorSql, keySql } from './cursor.ts';
import { jsonArray, jsonObject, type Pair } from './json.ts';
import { objectOf, type Selected } from './selection.ts';
import type { Arguments, Keyset } from './shape.ts';

const PAGE = { usual: 20, most: 100 } as const;

/** Counts go no further than this; beyond it the answer says that it is capped. */
const COUNTED = 10_000;

/** A table under a name of its own in the statement. */
export interface Aliased {
  readonly name: SQL;
  readonly row: PgTable;
}

/** What a connection asks of the statement it stands in. */
export interface Building {
  /** The fields asked of a type but for `__typename`, which GraphQL answers by itself. */
  selectedOf(type: GraphQLObjectType, nodes: readonly FieldNode[]): Selected[];
  /** SQL of the JSON object of one row. */
  object(type: GraphQLObjectType, nodes: readonly FieldNode[], row: PgTable): SQL;
  /** Gives a table a name that nothing else in the statement has. */
  alias(table: PgTable): Aliased;
}

/** A page of an ordered list, made into one expression: one row more than the page is read, to know whether more follows. */
export class Connection {
  readonly #building: Building;
  readonly #type: GraphQLObjectType;
  readonly #node: GraphQLObjectType;
  readonly #table: PgTable;
  readonly #keyset: Keyset<PgTable>;
  readonly #list: PgTable;
  readonly #listName: SQL;
  readonly #first: SQL;
  readonly #after: readonly SQL[] | undefined;
  readonly #shown: SQL;
  /** What is computed for each row of the page, beside its place. */
  readonly #columns: SQL[] = [];
  #cursor: SQL | undefined;
  #isCounted = false;

  constructor(building: Building, type: GraphQLObjectType, table: PgTable, keyset: Keyset<PgTable>, args: Arguments) {
    this.#building = building;
    this.#type = type;
    this.#node = objectOf(type, 'nodes');
    this.#table = table;
    this.#keyset = keyset;
    const { name, row } = building.alias(table);
    this.#list = row;
    this.#listName = name;
    const kinds = keyset.keys(row).map(({ kind }) => kind);
    this.#first = sql`${args.param(pageSize)}::integer`;
    this.#after = typeof args.planned['after'] === 'string'
      ? kinds.map((kind, index) => keySql(args.param(({ after }) => cursorKeys(String(after), this.#node.name, kinds)[index] ?? null), kind))
      : undefined;
    this.#shown = sql`filter (where r.place <= ${this.#first})`;
  }

  /** SQL of the connection's JSON, as its selection asks. */
  sql(nodes: readonly FieldNode[]): SQL {
    const parts = this.#pairs(this.#type, nodes, (part) => {
      switch (part.name) {
        case 'nodes':
          return jsonArray(this.#object(part), sql`r.place`, this.#shown);
        case 'edges':
          return jsonArray(this.#edge(part), sql`r.place`, this.#shown);
        case 'pageInfo':
          return this.#pageInfo(part);
        case 'totalCount':
          return sql`least(${this.#count()}, ${sql.raw(String(COUNTED))})`;
        case 'totalCountCapped':
          return sql`${this.#count()} > ${sql.raw(String(COUNTED))}`;
        default:
          return undefined;
      }
    });
    const place = sql`row_number() over (order by ${this.#order(this.#list)}) as place`;
    const rows = this.#rows(sql`${this.#first} + 1`, this.#after);
    const counted = this.#isCounted ? sql`with counted as (select count(*) as n from (${this.#rows(sql.raw(String(COUNTED + 1)), undefined)}) counting)` : sql``;
    // `having`: a selection may hold nothing that is aggregated, and is one object all the same.
    return sql`(${counted} select ${jsonObject(parts)} from (select ${sql.join([place, ...this.#columns], sql`, `)} from (${rows}) ${this.#listName}) r having true)`;
  }

  #edge({ nodes }: Selected): SQL {
    return jsonObject(this.#pairs(objectOf(this.#type, 'edges'), nodes, (part) => {
      switch (part.name) {
        case 'cursor':
          return this.#cursorOf();
        case 'node':
          return this.#object(part);
        default:
          return undefined;
      }
    }));
  }

  #pageInfo({ nodes }: Selected): SQL {
    return jsonObject(this.#pairs(objectOf(this.#type, 'pageInfo'), nodes, (part) => {
      switch (part.name) {
        case 'hasNextPage':
          return sql`count(*) > ${this.#first}`;
        case 'hasPreviousPage':
          return this.#after === undefined ? sql`false` : sql`true`;
        case 'startCursor':
          return sql`min(${this.#cursorOf()}) filter (where r.place = 1)`;
        case 'endCursor':
          return sql`(array_agg(${this.#cursorOf()} order by r.place desc) ${this.#shown})[1]`;
        default:
          return undefined;
      }
    }));
  }

  #pairs(type: GraphQLObjectType, nodes: readonly FieldNode[], valueOf: (part: Selected) => SQL | undefined): Pair[] {
    return this.#building.selectedOf(type, nodes).flatMap((part) => {
      const value = valueOf(part);
      return value ? [[part.key, value] as const] : [];
    });
  }

  #object({ nodes }: Selected): SQL {
    return this.#column(this.#building.object(this.#node, nodes, this.#list));
  }

  #cursorOf(): SQL {
    this.#cursor ??= this.#column(cursorSql(this.#node.name, this.#keyset.keys(this.#list).map(({ column }) => column)));
    return this.#cursor;
  }

  #column(expression: SQL): SQL {
    const name = sql.identifier(`c${this.#columns.length}`);
    this.#columns.push(sql`${expression} as ${name}`);
    return sql`r.${name}`;
  }

  #count(): SQL {
    this.#isCounted = true;
    return sql`(select n from counted)`;
  }

  #rows(limit: SQL, after: readonly SQL[] | undefined): SQL {
    if (this.#keyset.rows) return this.#keyset.rows({ limit, after });
    const { name, row } = this.#building.alias(this.#table);
    const keys = sql.join(this.#keyset.keys(row).map(({ column }) => column), sql`, `);
    const behind = after && sql`(${keys}) ${this.#keyset.descending ? sql`<` : sql`>`} (${sql.join([...after], sql`, `)})`;
    const where = and(this.#keyset.where?.(row), behind) ?? sql`true`;
    return sql`select ${name}.* from ${this.#table} ${name} where ${where} order by ${this.#order(row)} limit ${limit}`;
  }

  #order(row: PgTable): SQL {
    return sql.join(this.#keyset.keys(row).map(({ column }) => (this.#keyset.descending ? sql`${column} desc` : column)), sql`, `);
  }
}

/** `first` of a request: twenty unless told, one to a hundred. */
function pageSize(args: Readonly<Record<string, unknown>>): number {
  const first = args['first'] ?? PAGE.usual;
  if (typeof first !== 'number' || first < 1 || first > PAGE.most) {
    throw badInput('first', 'A page holds 1 to 100 items.', 'Ask for first between 1 and 100 and page on with after.');
  }
  return first;
}
