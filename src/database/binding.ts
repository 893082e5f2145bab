import { Placeholder, sql, type SQL } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import { getArgumentValues, type FieldNode, type GraphQLField, type GraphQLObjectType } from 'graphql';
import type { Selected } from './selection.ts';
import type { Arguments } from './shape.ts';
import { statement, type Statement, type Value } from './statement.ts';

/** A selection made into one statement: its text, and how to read its values from the arguments of a request. */
export interface Plan {
  /** `given` are the values that an act hands to its payload, `errand` is what the log of access keeps of the request. */
  bind(variables: Readonly<Record<string, unknown>>, given?: readonly Value[], errand?: LoggedRequest): Statement;
}

/** A request as the log of access names it. */
export interface LoggedRequest {
  readonly requestId: string | null;
  readonly purpose: string | null;
  /** Whoever asks has a case open by break-glass, so that all that is shown of it is logged. */
  readonly underGlass?: boolean;
}

/** What of a plan is sensitive. */
export interface Sensitive {
  /** It holds marks of sensitive rows, so what it answers goes through the log of access under this name. */
  readonly loggedAs: string | undefined;
  readonly asksPurpose: boolean;
}

const NO_ERRAND: LoggedRequest = { requestId: null, purpose: null };

type ArgumentValues = Readonly<Record<string, unknown>>;

/** A field of the document, as far as its arguments go. */
interface Site {
  readonly field: GraphQLField<unknown, unknown>;
  readonly node: FieldNode;
}

/** Where one value of a statement comes from at each request. */
type Source = { readonly site: Site; readonly read: (args: ArgumentValues) => Value } | { readonly given: number } | { readonly errand: 'requestId' | 'purpose' };

const dialect = new PgDialect();

/** The statement of an expression that holds its values already. */
export function statementOf(expression: SQL): Statement {
  const { sql: text, params } = dialect.sqlToQuery(expression);
  return statement(text, params as Value[]);
}

/** The values that one plan leaves open, to be bound anew for each request. */
export class Bindings {
  readonly #variables: ArgumentValues;
  readonly #sources: Source[] = [];

  /** `variables` are those of the request that the plan is made for. */
  constructor(variables: ArgumentValues) {
    this.#variables = variables;
  }

  /** The arguments of one field of the selection. */
  argumentsOf(parent: GraphQLObjectType, { name, nodes }: Selected): Arguments {
    const field = parent.getFields()[name];
    if (field === undefined) throw new Error(`${parent.name} has no field ${name}`);
    const site: Site = { field, node: nodes[0] };
    return {
      planned: getArgumentValues(field, site.node, this.#variables),
      param: (read) => this.#placeholder({ site, read }),
      given: (index) => this.#placeholder({ given: index }),
    };
  }

  /** The plan of an expression that holds placeholders of this binding. */
  plan(expression: SQL, { loggedAs, asksPurpose }: Sensitive): Plan {
    const result = loggedAs === undefined
      ? sql`${expression}::text`
      : sql`comity.logged(${expression}::text, ${this.#placeholder({ errand: 'purpose' })}::text, ${this.#placeholder({ errand: 'requestId' })}::uuid, ${sql.raw(`'${loggedAs}'`)})`;
    const { sql: text, params } = dialect.sqlToQuery(sql`select ${result} as result`);
    const parts = params.map((param) => (param instanceof Placeholder ? this.#source(param) : (param as Value)));
    const sensitive = { ...(loggedAs !== undefined && { logs: true }), ...(asksPurpose && { asksPurpose }) };
    return { bind: (variables, given = [], errand = NO_ERRAND) => ({ ...statement(text, valuesOf(parts, variables, given, errand)), ...sensitive }) };
  }

  #placeholder(source: Source): SQL {
    return sql`${sql.placeholder(String(this.#sources.push(source) - 1))}`;
  }

  #source({ name }: Placeholder): Source {
    const found = this.#sources[Number(name)];
    if (found === undefined) throw new Error(`unknown placeholder ${name}`);
    return found;
  }
}

function valuesOf(parts: readonly (Source | Value)[], variables: ArgumentValues, given: readonly Value[], errand: LoggedRequest): Value[] {
  const known = new Map<Site, ArgumentValues>();
  return parts.map((part) => {
    if (typeof part !== 'object' || part === null) return part;
    if ('given' in part) return given[part.given] ?? null;
    if ('errand' in part) return errand[part.errand];
    let args = known.get(part.site);
    if (args === undefined) known.set(part.site, (args = getArgumentValues(part.site.field, part.site.node, variables)));
    return part.read(args);
  });
}
