import {
  astFromValue, getNamedType, isInputObjectType, isNonNullType, isNullableType, isObjectType, print,
  type GraphQLArgument, type GraphQLField, type GraphQLInputType, type GraphQLObjectType, type GraphQLSchema,
} from 'graphql';

/** A document drawn at random, with its variables; a seed always gives the same. */
export interface Drawn {
  readonly document: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface Drawing {
  readonly schema: GraphQLSchema;
  /** Fields that may be drawn. */
  readonly knows: (type: string, field: string) => boolean;
  /** Values that an argument may have, by `Type.field.argument` or by the argument's name alone; undefined leaves it away. */
  readonly values: Readonly<Record<string, readonly unknown[]>>;
}

/** Numbers between 0 and 1 that a seed determines. */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What stands under each response key of one object, wherever in the document it is asked for. */
type Scope = Map<string, { readonly name: string; readonly text: string; readonly inner: Scope }>;

/** Draws documents: aliases, fragments of all kinds, directives, variables, and fields that are asked for again and again. */
export class Selections {
  readonly #drawing: Drawing;
  readonly #random: () => number;
  readonly #fragments: string[] = [];
  readonly #spread: { name: string; type: string }[] = [];
  readonly #variables: { name: string; type: string; value: unknown }[] = [];
  #keys = 0;

  constructor(drawing: Drawing, seed: number) {
    this.#drawing = drawing;
    this.#random = randomOf(seed);
  }

  /** A query of some of these root fields. */
  query(roots: readonly string[], depth: number): Drawn {
    const type = this.#drawing.schema.getQueryType() as GraphQLObjectType;
    const scope: Scope = new Map();
    const parts = Array.from({ length: 1 + Math.floor(this.#random() * 3) }, () => this.#field(type, this.#pick(roots), depth, scope));
    return this.#drawn('query', parts);
  }

  /** A mutation with this input, and some of its payload. */
  mutation(name: string, input: object, depth: number): Drawn {
    const field = this.#drawing.schema.getMutationType()?.getFields()[name] as GraphQLField<unknown, unknown>;
    const type = getNamedType(field.type) as GraphQLObjectType;
    return this.#drawn('mutation', [`${name}(${field.args.map((arg) => `${arg.name}: ${this.#value(input, arg.type)}`).join(', ')}) { ${this.#selection(type, depth, new Map())} }`]);
  }

  #drawn(kind: string, parts: readonly string[]): Drawn {
    const declared = this.#variables.map(({ name, type }) => `$${name}: ${type}`).join(', ');
    return {
      document: [`${kind} Drawn${declared && `(${declared})`} { ${parts.join(' ')} }`, ...this.#fragments].join('\n'),
      variables: Object.fromEntries(this.#variables.filter(({ value }) => value !== undefined).map(({ name, value }) => [name, value])),
    };
  }

  #selection(type: GraphQLObjectType, depth: number, scope: Scope, ownKeys = false): string {
    const wide = this.#random() < 0.02;
    const parts = Array.from({ length: wide ? 70 : 1 + Math.floor(this.#random() * 4) }, () => {
      const chance = this.#random();
      if (wide || chance >= 0.3) return this.#field(type, this.#fieldOf(type, wide ? 0 : depth), wide ? 0 : depth, scope, wide || ownKeys);
      if (chance < 0.1) return `${this.#chance(0.5) ? `${this.#key()}: ` : ''}__typename${this.#directive()}`;
      if (chance < 0.19) return `...${this.#chance(0.6) ? ` on ${type.name}` : ''}${this.#directive()} { ${this.#selection(type, depth, scope, ownKeys)} }`;
      const known = this.#spread.filter((fragment) => fragment.type === type.name);
      if (chance < 0.24 && known.length > 0) return `...${this.#pick(known).name}${this.#directive()}`;
      return this.#fragment(type, depth, scope, ownKeys);
    });
    return parts.join(' ');
  }

  /** A named fragment: of this place alone, or with keys of its own, to be spread anywhere. */
  #fragment(type: GraphQLObjectType, depth: number, scope: Scope, ownKeys: boolean): string {
    const name = `Part${(this.#keys += 1)}`;
    const anywhere = this.#chance(0.5);
    const body = this.#selection(type, depth, anywhere ? new Map() : scope, anywhere || ownKeys);
    this.#fragments.push(`fragment ${name} on ${type.name} { ${body} }`);
    if (anywhere) this.#spread.push({ name, type: type.name });
    return `...${name}${this.#directive()}${this.#chance(0.2) ? ` ...${name}` : ''}`;
  }

  #field(type: GraphQLObjectType, drawn: string, depth: number, scope: Scope, ownKeys = false): string {
    const again = !ownKeys && scope.size > 0 && this.#chance(0.3) ? this.#pick([...scope]) : undefined;
    const field = type.getFields()[again?.[1].name ?? drawn] as GraphQLField<unknown, unknown>;
    const inner = getNamedType(field.type);
    let text = again?.[1].text;
    let key = again?.[0] ?? '';
    if (text === undefined) {
      const given = field.args.flatMap((arg) => this.#argument(type, field, arg));
      text = given.length > 0 ? `(${given.join(', ')})` : '';
      key = ownKeys || this.#chance(0.35) ? this.#key() : field.name;
      const held = scope.get(key);
      if (held && (held.name !== field.name || held.text !== text)) key = this.#key();
    }
    const place = scope.get(key) ?? { name: field.name, text, inner: new Map() };
    scope.set(key, place);
    const below = isObjectType(inner) ? ` { ${depth > 0 ? this.#selection(inner, depth - 1, place.inner) : '__typename'} }` : '';
    return `${key === field.name ? '' : `${key}: `}${field.name}${place.text}${this.#directive()}${below}`;
  }

  #fieldOf(type: GraphQLObjectType, depth: number): string {
    const fields = Object.values(type.getFields()).filter(({ name }) => this.#drawing.knows(type.name, name));
    const fit = depth > 0 ? fields : fields.filter((field) => !isObjectType(getNamedType(field.type)));
    const objects = fields.filter((field) => isObjectType(getNamedType(field.type)));
    return this.#pick(depth > 0 && objects.length > 0 && this.#chance(0.4) ? objects : fit.length > 0 ? fit : fields).name;
  }

  #argument(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>, arg: GraphQLArgument): string[] {
    const values = this.#drawing.values[`${type.name}.${field.name}.${arg.name}`] ?? this.#drawing.values[arg.name] ?? [undefined];
    const value = this.#pick(values);
    if (value === undefined && !this.#chance(0.2)) return [];
    return [`${arg.name}: ${this.#value(value, arg.type)}`];
  }

  /** A literal, a variable, or an object with either inside. */
  #value(value: unknown, type: GraphQLInputType): string {
    if (value === undefined || this.#chance(0.4)) return `$${this.#variable(String(type), value)}`;
    const bare = isNonNullType(type) ? type.ofType : type;
    if (isInputObjectType(bare) && typeof value === 'object' && value !== null) {
      const fields = bare.getFields();
      return `{ ${Object.entries(value).map(([name, part]) => `${name}: ${this.#value(part, fields[name]?.type as GraphQLInputType)}`).join(', ')} }`;
    }
    const node = astFromValue(value, type);
    if (node) return print(node);
    if (!isNullableType(type)) throw new Error(`${String(type)} takes no ${String(value)}`);
    return 'null';
  }

  #directive(): string {
    if (!this.#chance(0.15)) return '';
    const name = this.#chance(0.5) ? 'include' : 'skip';
    const holds = this.#chance(name === 'include' ? 0.7 : 0.3);
    return ` @${name}(if: ${this.#chance(0.5) ? String(holds) : `$${this.#variable('Boolean!', holds)}`})`;
  }

  #variable(type: string, value: unknown): string {
    const known = this.#variables.find((variable) => variable.type === type && variable.value === value);
    if (known && this.#chance(0.5)) return known.name;
    const name = `v${this.#variables.length}`;
    this.#variables.push({ name, type, value });
    return name;
  }

  /** An alias that nothing else has; some as long as a client may send. */
  #key(): string {
    const key = `k${(this.#keys += 1)}`;
    return this.#chance(0.1) ? `${key}_`.padEnd(200, 'x') : key;
  }

  #chance(share: number): boolean {
    return this.#random() < share;
  }

  #pick<T>(from: readonly T[]): T {
    const found = from[Math.floor(this.#random() * from.length)];
    if (found === undefined && !from.includes(undefined as T)) throw new Error('there is nothing to pick from');
    return found as T;
  }
}
