import { getNamedType, isObjectType, isRequiredArgument, type GraphQLObjectType, type GraphQLSchema } from 'graphql';

/**
 * Documents that together read every field of every type that these root fields lead to, each type on one of the shortest
 * ways to it. A root field is written with its arguments, for instance `case(id: "…")`.
 */
export function wholeDocuments(schema: GraphQLSchema, knows: (type: string, field: string) => boolean, roots: readonly string[]): Whole[] {
  const documents: Whole[] = [];
  const seen = new Set<GraphQLObjectType>();
  let ways = roots.flatMap((root) => wayInto(schema.getQueryType(), /^\w+/.exec(root)?.[0] ?? '', (inner) => `{ ${root} { ${inner} } }`));
  while (ways.length > 0) {
    const next: typeof ways = [];
    for (const { type, around } of ways) {
      if (seen.has(type)) continue;
      seen.add(type);
      const fields = Object.values(type.getFields()).filter(({ name, args }) => knows(type.name, name) && !args.some(isRequiredArgument));
      const asked = fields.map((field) => (isObjectType(getNamedType(field.type)) ? `${field.name} { __typename }` : field.name));
      documents.push({ document: around(asked.join(' ')), fields: fields.map(({ name }) => `${type.name}.${name}`) });
      next.push(...fields.flatMap(({ name }) => wayInto(type, name, (inner) => around(`${name} { ${inner} }`))));
    }
    ways = next;
  }
  return documents;
}

/** A document, and the fields of the one type that it reads in full, as `Type.field`. */
export interface Whole {
  readonly document: string;
  readonly fields: readonly string[];
}

interface Way {
  readonly type: GraphQLObjectType;
  readonly around: (inner: string) => string;
}

function wayInto(parent: GraphQLObjectType | null | undefined, name: string, around: Way['around']): Way[] {
  const field = parent?.getFields()[name];
  if (field === undefined) throw new Error(`there is no field ${name}`);
  const type = getNamedType(field.type);
  return isObjectType(type) ? [{ type, around }] : [];
}
