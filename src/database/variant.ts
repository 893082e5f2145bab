import {
  GraphQLBoolean,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  typeFromAST,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';

/**
 * How the variables of a request steer the plan of its operation: which are given, which booleans hold and which enum
 * values were chosen. Requests of one variant share a plan; what else they carry is bound to it.
 */
export function variantOf(schema: GraphQLSchema, operation: OperationDefinitionNode): (variables: Readonly<Record<string, unknown>>) => string {
  const parts = (operation.variableDefinitions ?? []).map((definition) => {
    const name = definition.variable.name.value;
    const type: unknown = typeFromAST(schema, definition.type as never);
    return (variables: Readonly<Record<string, unknown>>) => describe(type as GraphQLInputType, variables[name]);
  });
  return (variables) => parts.map((part) => part(variables)).join(',');
}

function describe(type: GraphQLInputType, value: unknown): string {
  if (value === undefined || value === null) return '-';
  if (isNonNullType(type)) return describe(type.ofType, value);
  if (type === GraphQLBoolean || isEnumType(type)) return String(value);
  if (isListType(type) || !isInputObjectType(type)) return '+';
  const object = value as Readonly<Record<string, unknown>>;
  return `{${Object.values(type.getFields()).map((field) => describe(field.type, object[field.name])).join(',')}}`;
}
