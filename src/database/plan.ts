import { getTableColumns, sql, type SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { FieldNode, GraphQLObjectType } from 'graphql';
import { Bindings, type Plan } from './binding.ts';
import { Connection, type Aliased, type Building } from './connection.ts';
import { jsonArray, jsonObject, type Pair } from './json.ts';
import { objectOf, selectedOf, type Document, type Selected } from './selection.ts';
import { named, type Arguments, type Keyset, type Shapes, type Target } from './shape.ts';

/** The key of a mark; no GraphQL name. */
const MARK = '#';

/** Plans one root field, or one object that an act's payload shows. */
export class Planner implements Building {
  readonly #shapes: Shapes;
  readonly #document: Document;
  readonly #bindings: Bindings;
  readonly #underGlass: boolean;
  #aliases = 0;
  #isMarked = false;
  #asksPurpose = false;

  /** `underGlass` where the reader has a case open by break-glass, whose rows are all marked. */
  constructor(shapes: Shapes, document: Document, underGlass = false) {
    this.#shapes = shapes;
    this.#underGlass = underGlass;
    this.#document = document;
    this.#bindings = new Bindings(document.variables);
  }

  /** The plan of a field whose target is known; `parent` is the type the field stands on, `name` what the log of access calls it. */
  plan(parent: GraphQLObjectType, selected: Selected, target: (args: Arguments) => Target, name: string): Plan {
    const expression = this.#field(parent, selected, target);
    return this.#bindings.plan(expression, { loggedAs: this.#isMarked ? name : undefined, asksPurpose: this.#asksPurpose });
  }

  /**
   * `json_build_object` of the fields that are asked of one row, by response key. A mark for the log of access stands
   * among them under a key that no document can ask for.
   */
  object(type: GraphQLObjectType, nodes: readonly FieldNode[], row: PgTable): SQL {
    const shape = this.#shapes[type.name];
    if (shape === undefined) throw new Error(`${type.name} has no shape`);
    const columns: Record<string, PgColumn> = getTableColumns(row);
    const pairs = this.selectedOf(type, nodes).map((selected): Pair => {
      const field = shape.fields[selected.name];
      if (field) return [selected.key, this.#field(type, selected, (args) => field(row as never, args))];
      const column = columns[selected.name];
      if (column === undefined) throw new Error(`${type.name}.${selected.name} is neither a column nor a field of its shape`);
      return [selected.key, sql`${column}`];
    });
    if (shape.asksPurpose === true) this.#asksPurpose = true;
    const mark = shape.mark?.(row as never, this.#underGlass);
    if (mark === undefined) return jsonObject(pairs);
    this.#isMarked = true;
    return jsonObject([...pairs, [MARK, mark]]);
  }

  selectedOf(type: GraphQLObjectType, nodes: readonly FieldNode[]): Selected[] {
    return selectedOf(this.#document, type, nodes).filter(({ name }) => name !== '__typename');
  }

  alias(table: PgTable): Aliased {
    this.#aliases += 1;
    const name = `t${this.#aliases}`;
    return { name: sql`${sql.identifier(name)}`, row: named(table, name) };
  }

  #field(parent: GraphQLObjectType, selected: Selected, targetOf: (args: Arguments) => Target): SQL {
    const args = this.#bindings.argumentsOf(parent, selected);
    const target = targetOf(args);
    if (target.kind === 'value') return target.sql;
    const type = objectOf(parent, selected.name);
    if (target.kind === 'page') return new Connection(this, type, target.table, target.keyset as Keyset<PgTable>, args).sql(selected.nodes);
    const { name, row } = this.alias(target.table);
    const object = this.object(type, selected.nodes, row);
    const from = (where: SQL = sql`true`) => sql`from ${target.table} ${name} where ${where}`;
    switch (target.kind) {
      case 'one':
        return sql`(select ${object} ${from(target.where(row as never))})`;
      case 'many':
        return sql`(select ${jsonArray(object, sql.join([...target.order(row as never)], sql`, `))} ${from(target.where(row as never))})`;
      case 'each': {
        const found = sql`(select ${object} ${from(target.where(row as never, sql`k.id`))})`;
        return sql`(select ${jsonArray(found, sql`k.place`)} from unnest(${target.keys}) with ordinality k (id, place))`;
      }
    }
  }
}
