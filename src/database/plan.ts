import { and, getTableColumns, Placeholder, sql, type SQL } from 'drizzle-orm';
import { alias, PgDialect, type PgColumn, type PgTable } from 'drizzle-orm/pg-core';
import { getArgumentValues, type FieldNode, type GraphQLField, type GraphQLObjectType } from 'graphql';
import { badInput } from '../kernel/errors.ts';
import { cursorKeys, cursorSql, keySql } from './cursor.ts';
import { objectOf, selectedOf, type Document, type Selected } from './selection.ts';
import type { Arguments, Keyset, Shapes, Target } from './shape.ts';
import { statement, type Statement, type Value } from './statement.ts';

/** A selection made into one statement: its text, and how to read its values from the arguments of a request. */
export interface Plan {
  /** `given` are the values that an act hands to its payload. */
  bind(variables: Readonly<Record<string, unknown>>, given?: readonly Value[]): Statement;
}

type Read = (args: Readonly<Record<string, unknown>>) => Value;
interface Site {
  readonly field: GraphQLField<unknown, unknown>;
  readonly node: FieldNode;
}
interface FromArguments {
  readonly site: Site;
  readonly read: Read;
}
interface FromGiven {
  readonly given: number;
}
type Bound = FromArguments | FromGiven;

/** The most values that go into one `json_build_object`: PostgreSQL takes a hundred arguments. */
const PAIRS = 50;
const PAGE = { usual: 20, most: 100 } as const;
const dialect = new PgDialect();

/** Plans one root field, or one object that an act's payload shows. */
export class Planner {
  readonly #shapes: Shapes;
  readonly #document: Document;
  readonly #bound: Bound[] = [];
  #aliases = 0;

  constructor(shapes: Shapes, document: Document) {
    this.#shapes = shapes;
    this.#document = document;
  }

  /** The plan of a field whose target is known; `parent` is the type the field stands on. */
  plan(parent: GraphQLObjectType, selected: Selected, target: (args: Arguments) => Target): Plan {
    const args = this.#arguments(parent, selected);
    const query = dialect.sqlToQuery(sql`select ${this.#target(parent, selected, target(args), args)}::text as result`);
    const bound = query.params.map((param) => {
      if (!(param instanceof Placeholder)) return param as Value;
      const found = this.#bound[Number(param.name)];
      if (found === undefined) throw new Error(`unknown placeholder ${param.name}`);
      return found;
    });
    return { bind: (variables, given = []) => statement(query.sql, valuesOf(bound, variables, given)) };
  }

  #arguments(parent: GraphQLObjectType, { name, nodes }: Selected): Arguments {
    const field = parent.getFields()[name];
    if (field === undefined) throw new Error(`${parent.name} has no field ${name}`);
    const site: Site = { field, node: nodes[0] };
    return {
      planned: getArgumentValues(field, site.node, this.#document.variables),
      param: (read) => sql`${sql.placeholder(String(this.#bound.push({ site, read }) - 1))}`,
      given: (index) => sql`${sql.placeholder(String(this.#bound.push({ given: index }) - 1))}`,
    };
  }

  #target(parent: GraphQLObjectType, selected: Selected, target: Target, args: Arguments): SQL {
    if (target.kind === 'value') return target.sql;
    const type = objectOf(parent, selected.name);
    if (type === undefined) throw new Error(`${parent.name}.${selected.name} is no object`);
    if (target.kind === 'page') return this.#page(type, selected, target.table, target.keyset as Keyset<PgTable>, args);
    const row = this.#alias(target.table);
    if (target.kind === 'each') {
      const found = sql`(select ${this.#object(type, selected.nodes, row.table)} from ${target.table} ${sql.identifier(row.name)} where ${target.where(row.table as never, sql`k.id`)})`;
      return sql`(select coalesce(json_agg(${found} order by k.place), '[]'::json) from unnest(${target.keys}) with ordinality k (id, place))`;
    }
    const from = sql`from ${target.table} ${sql.identifier(row.name)} where ${target.where(row.table as never)}`;
    const node = this.#object(type, selected.nodes, row.table);
    if (target.kind === 'one') return sql`(select ${node} ${from})`;
    const order = sql.join([...target.order(row.table as never)], sql`, `);
    return sql`(select coalesce(json_agg(${node} order by ${order}), '[]'::json) ${from})`;
  }

  /** `json_build_object` of the fields that are asked of one row, by response key. */
  #object(type: GraphQLObjectType, nodes: readonly FieldNode[], row: PgTable): SQL {
    const shape = this.#shapes[type.name];
    if (shape === undefined) throw new Error(`${type.name} has no shape`);
    const columns: Record<string, PgColumn> = getTableColumns(row);
    const pairs = selectedOf(this.#document, type, nodes)
      .filter(({ name }) => name !== '__typename')
      .map((selected): Pair => {
        const field = shape.fields[selected.name];
        if (field) {
          const args = this.#arguments(type, selected);
          return [selected.key, this.#target(type, selected, field(row as never, args), args)];
        }
        const column = columns[selected.name];
        if (column === undefined) throw new Error(`${type.name}.${selected.name} is neither a column nor a field of its shape`);
        return [selected.key, sql`${column}`];
      });
    return jsonObject(pairs);
  }

  #page(type: GraphQLObjectType, selected: Selected, table: PgTable, keyset: Keyset<PgTable>, args: Arguments): SQL {
    const nodeType = objectOf(type, 'nodes');
    if (nodeType === undefined) throw new Error(`${type.name} is no connection`);
    const row = this.#alias(table);
    const keys = keyset.keys(row.table);
    const first = sql`${args.param(pageSize)}::integer`;
    const after = typeof args.planned['after'] === 'string' ? keys.map(({ kind }, index) => keySql(args.param(cursorPart(keys, index)), kind)) : undefined;
    const rows = keyset.rows?.({ limit: sql`${first} + 1`, after }) ?? this.#tableRows(table, row, keyset, keys, sql`${first} + 1`, after);

    const list = this.#alias(table);
    const listKeys = keyset.keys(list.table);
    const columns: SQL[] = [sql`row_number() over (order by ${orderOf(listKeys, keyset.descending)}) as place`];
    const cursor = once(columns, 'cursor', () => cursorSql(listKeys.map(({ column }) => column)));
    const shown = sql`filter (where r.place <= ${first})`;
    const pairs = selectedOf(this.#document, type, selected.nodes).flatMap((part): Pair[] => {
      switch (part.name) {
        case 'nodes': {
          const node = addColumn(columns, this.#object(nodeType, part.nodes, list.table));
          return [[part.key, sql`coalesce(json_agg(r.${node} order by r.place) ${shown}, '[]'::json)`]];
        }
        case 'edges': {
          const edgeType = objectOf(type, 'edges');
          if (edgeType === undefined) throw new Error(`${type.name} has no edges`);
          const edge = selectedOf(this.#document, edgeType, part.nodes).flatMap((piece): Pair[] => {
            if (piece.name === 'cursor') return [[piece.key, sql`r.${cursor()}`]];
            if (piece.name === 'node') return [[piece.key, sql`r.${addColumn(columns, this.#object(nodeType, piece.nodes, list.table))}`]];
            return [];
          });
          return [[part.key, sql`coalesce(json_agg(${jsonObject(edge)} order by r.place) ${shown}, '[]'::json)`]];
        }
        case 'pageInfo': {
          const infoType = objectOf(type, 'pageInfo');
          if (infoType === undefined) throw new Error(`${type.name} has no pageInfo`);
          const info = selectedOf(this.#document, infoType, part.nodes).flatMap((piece): Pair[] => {
            switch (piece.name) {
              case 'hasNextPage':
                return [[piece.key, sql`count(*) > ${first}`]];
              case 'hasPreviousPage':
                return [[piece.key, after === undefined ? sql`false` : sql`true`]];
              case 'startCursor':
                return [[piece.key, sql`min(r.${cursor()}) filter (where r.place = 1)`]];
              case 'endCursor':
                return [[piece.key, sql`(array_agg(r.${cursor()} order by r.place desc) ${shown})[1]`]];
              default:
                return [];
            }
          });
          return [[part.key, jsonObject(info)]];
        }
        case 'totalCount':
          return [[part.key, sql`least(${this.#count(table, row, keyset)}, ${COUNTED})`]];
        case 'totalCountCapped':
          return [[part.key, sql`${this.#count(table, row, keyset)} > ${COUNTED}`]];
        default:
          return [];
      }
    });
    return sql`(select ${jsonObject(pairs)} from (select ${sql.join(columns, sql`, `)} from (${rows}) ${sql.identifier(list.name)}) r)`;
  }

  #tableRows(table: PgTable, row: Aliased, keyset: Keyset<PgTable>, keys: ReturnType<Keyset<PgTable>['keys']>, limit: SQL, after: readonly SQL[] | undefined): SQL {
    const behind = after && sql`(${sql.join(keys.map(({ column }) => column), sql`, `)}) ${keyset.descending ? sql`<` : sql`>`} (${sql.join([...after], sql`, `)})`;
    const where = and(keyset.where?.(row.table), behind) ?? sql`true`;
    return sql`select ${sql.identifier(row.name)}.* from ${table} ${sql.identifier(row.name)} where ${where} order by ${orderOf(keys, keyset.descending)} limit ${limit}`;
  }

  #count(table: PgTable, row: Aliased, keyset: Keyset<PgTable>): SQL {
    if (keyset.count) return keyset.count;
    return sql`(select count(*) from (select 1 from ${table} ${sql.identifier(row.name)} where ${keyset.where?.(row.table) ?? sql`true`} limit ${COUNTED} + 1) counted)`;
  }

  #alias(table: PgTable): Aliased {
    this.#aliases += 1;
    const name = `t${this.#aliases}`;
    return { name, table: alias(table, name) };
  }
}

/** Counts go no further than this; beyond it the answer says that it is capped. */
export const COUNTED = sql.raw('10000');

interface Aliased {
  readonly name: string;
  readonly table: PgTable;
}

type Pair = readonly [key: string, value: SQL];

/** Response keys are GraphQL names, letters, digits and underscores: they need no escaping. */
function jsonObject(pairs: readonly Pair[]): SQL {
  if (pairs.length <= PAIRS) return sql`json_build_object(${joinPairs(pairs)})`;
  const chunks = Array.from({ length: Math.ceil(pairs.length / PAIRS) }, (_, index) => pairs.slice(index * PAIRS, (index + 1) * PAIRS));
  return sql`(${sql.join(chunks.map((chunk) => sql`jsonb_build_object(${joinPairs(chunk)})`), sql` || `)})::json`;
}

const joinPairs = (pairs: readonly Pair[]): SQL => sql.join(pairs.map(([key, each]) => sql`${sql.raw(`'${key}'`)}, ${each}`), sql`, `);

const orderOf = (keys: readonly { column: SQL }[], descending = false): SQL =>
  sql.join(keys.map(({ column }) => (descending ? sql`${column} desc` : column)), sql`, `);

function addColumn(columns: SQL[], expression: SQL): SQL {
  const name = sql.identifier(`c${columns.length}`);
  columns.push(sql`${expression} as ${name}`);
  return sql`${name}`;
}

function once(columns: SQL[], name: string, expression: () => SQL): () => SQL {
  const named = sql`${sql.identifier(name)}`;
  let made = false;
  return () => {
    if (!made) columns.push(sql`${expression()} as ${named}`);
    made = true;
    return named;
  };
}

/** `first` of a request: twenty unless told, one to a hundred. */
export function pageSize(args: Readonly<Record<string, unknown>>): number {
  const first = args['first'] ?? PAGE.usual;
  if (typeof first !== 'number' || first < 1 || first > PAGE.most) {
    throw badInput('first', 'A page holds 1 to 100 items.', 'Ask for first between 1 and 100 and page on with after.');
  }
  return first;
}

const cursorPart =
  (keys: ReturnType<Keyset<PgTable>['keys']>, index: number): Read =>
  (args) =>
    cursorKeys(String(args['after']), keys.map(({ kind }) => kind))[index] ?? null;

function valuesOf(bound: readonly (Bound | Value)[], variables: Readonly<Record<string, unknown>>, given: readonly Value[]): Value[] {
  const known = new Map<Site, Readonly<Record<string, unknown>>>();
  return bound.map((each) => {
    if (typeof each !== 'object' || each === null) return each;
    if ('given' in each) return given[each.given] ?? null;
    let args = known.get(each.site);
    if (args === undefined) known.set(each.site, (args = getArgumentValues(each.site.field, each.site.node, variables)));
    return each.read(args);
  });
}
