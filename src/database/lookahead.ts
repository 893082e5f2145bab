import type { GraphQLFieldResolver, GraphQLResolveInfo, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { isObjectType } from 'graphql';
import type { LoggedRequest, Plan } from './binding.ts';
import { refuseVacant } from './filters.ts';
import { Planner } from './plan.ts';
import { objectOf, selectedOf, type Selected } from './selection.ts';
import type { Arguments, Shapes, Target } from './shape.ts';
import type { Statement, Value } from './statement.ts';
import { variantOf } from './variant.ts';

/** A target that an act's payload shows, with the values it is found by. */
export class Shown {
  readonly target: (args: Arguments) => Target;
  readonly values: readonly Value[];

  constructor(target: (args: Arguments) => Target, values: readonly Value[]) {
    this.target = target;
    this.values = values;
  }
}

interface Operation {
  readonly variant: (variables: Readonly<Record<string, unknown>>) => string;
  readonly plans: Map<string, Plan>;
}

/** The statements that a payload needs, and the payload made of their results; `amended` are fields known only afterwards. */
export interface PayloadPlan {
  readonly statements: readonly Statement[];
  readonly assemble: (results: readonly unknown[], amended?: Readonly<Record<string, unknown>>) => Record<string, unknown>;
}

/** Plans kept for one operation; a client that sends every combination of filters starts anew beyond it. */
const KEPT = 256;

/** Makes selections into statements, planned once per operation and variant of its variables. */
export class LookAhead {
  readonly #shapes: Shapes;
  // Operations are held by Apollo's document store; a plan lives as long as its document.
  readonly #operations = new WeakMap<OperationDefinitionNode, Operation>();

  constructor(shapes: Shapes) {
    this.#shapes = shapes;
  }

  /** The statement of a root field, or of a field that is reached outside a plan; `given` are the values it is found by. Throws BAD_USER_INPUT for a filter that lets nothing through. */
  statement(info: GraphQLResolveInfo, target: (args: Arguments) => Target, given: readonly Value[] = [], errand?: LoggedRequest): Statement {
    if (info.path.prev === undefined) refuseVacant(info);
    const selected = { key: String(info.path.key), name: info.fieldName, nodes: info.fieldNodes as unknown as Selected['nodes'] };
    const name = info.path.prev === undefined ? info.fieldName : `${info.parentType.name}.${info.fieldName}`;
    const underGlass = errand?.underGlass === true;
    const plan = this.#planned(info, { path: pathOf(info), underGlass }, () => this.#planner(info, underGlass).plan(info.parentType, selected, target, name));
    return plan.bind(info.variableValues, given, errand);
  }

  /**
   * The statements of a mutation's payload, in one round, and the payload made of their answers: each field is what
   * the act gave it, or the row that it shows.
   */
  payload(info: GraphQLResolveInfo, given: Readonly<Record<string, unknown>>, errand?: LoggedRequest): PayloadPlan {
    const type = objectOf(info.parentType, info.fieldName);
    const underGlass = errand?.underGlass === true;
    const statements: Statement[] = [];
    const slots = selectedOf({ ...info, variables: info.variableValues }, type, info.fieldNodes).map((selected) => {
      const value = given[selected.name];
      if (!(value instanceof Shown)) return { key: selected.key, name: selected.name, place: undefined, value };
      const plan = this.#planned(info, { path: `${info.path.key}.${selected.key}`, underGlass }, () => this.#planner(info, underGlass).plan(type, selected, value.target, info.fieldName));
      return { key: selected.key, name: selected.name, place: statements.push(plan.bind(info.variableValues, value.values, errand)) - 1, value: undefined };
    });
    return {
      statements,
      assemble: (results, amended = {}) =>
        Object.fromEntries(slots.map(({ key, name, place, value }) => [key, name in amended ? amended[name] : place === undefined ? value : results[place]])),
    };
  }

  #planner(info: GraphQLResolveInfo, underGlass: boolean): Planner {
    return new Planner(this.#shapes, { schema: info.schema, fragments: info.fragments, variables: info.variableValues }, underGlass);
  }

  #planned(info: GraphQLResolveInfo, { path, underGlass }: { path: string; underGlass: boolean }, make: () => Plan): Plan {
    let operation = this.#operations.get(info.operation);
    if (operation === undefined) {
      operation = { variant: variantOf(info.schema, info.operation), plans: new Map() };
      this.#operations.set(info.operation, operation);
    }
    const key = `${path}${underGlass ? ' under glass' : ''} ${operation.variant(info.variableValues)}`;
    let plan = operation.plans.get(key);
    if (plan === undefined) {
      if (operation.plans.size >= KEPT) operation.plans.clear();
      plan = make();
      operation.plans.set(key, plan);
    }
    return plan;
  }
}

/** The response keys that lead to a field, without places in lists. */
export function pathOf({ path }: GraphQLResolveInfo): string {
  const keys: string[] = [];
  for (let step: GraphQLResolveInfo['path'] | undefined = path; step; step = step.prev) if (typeof step.key === 'string') keys.unshift(step.key);
  return keys.join('.');
}

/** Planned rows carry their fields by response key, so that one field may be asked for twice with other arguments. */
export const byResponseKey: GraphQLFieldResolver<Record<string, unknown>, unknown> = (source, _args, _context, info) => source[info.path.key];

/**
 * Takes the resolver functions off the fields of planned types, so that a plain field costs a property read and
 * nothing else. Fails where a field of a planned type has neither a column nor a place in its shape.
 */
export function unwrapPlanned(schema: GraphQLSchema, shapes: Shapes, columnsOf: (type: string) => readonly string[]): void {
  const payloads = Object.values(schema.getMutationType()?.getFields() ?? {}).map((field) => String(field.type).replace(/!$/, ''));
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    const shape = shapes[type.name];
    const connection = /(Connection|Edge)$/.test(type.name) || type.name === 'PageInfo';
    if (shape === undefined && !connection && !payloads.includes(type.name)) continue;
    const columns = shape ? columnsOf(type.name) : [];
    for (const field of Object.values(type.getFields())) {
      if (shape && !(field.name in shape.fields) && !columns.includes(field.name)) {
        throw new Error(`${type.name}.${field.name} is published but stands on no column and in no shape`);
      }
      delete field.resolve;
    }
  }
}

/** The body of a field that is declared by a resolver because it takes arguments, and read by look-ahead. */
export const planned = (): never => {
  throw new Error('this field is read by look-ahead');
};
