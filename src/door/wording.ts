import { Kind, print, type ASTNode } from 'graphql';
import { badInput, Refusal } from '../kernel/errors.ts';

const LONGEST_MESSAGE = 300;
const LONGEST_QUOTE = 60;

/** What GraphQL itself finds wrong with a document or its variables. */
export interface GraphQLFault {
  readonly message: string;
  readonly nodes?: readonly ASTNode[] | undefined;
}

/**
 * The refusal for a fault that GraphQL itself found in a document or its variables. A variable's bad value is named
 * by its path and the type it should have; the value is not repeated, since it may hold what a log must not.
 * `told` is the refusal of a scalar of ours, where one found the fault.
 */
export function refusalOfFault(fault: GraphQLFault, suggestions: boolean, told?: Refusal): Refusal {
  if (/Document contains more tha[nt] \d+ tokens/.test(fault.message)) {
    return new Refusal('QUERY_TOO_COMPLEX', 'The document has more than 1,000 tokens.', { limit: 1_000, remedy: 'Ask for less in one document, or move values into variables.' });
  }
  const node = fault.nodes?.length === 1 ? fault.nodes[0] : undefined;
  const variable = /^Variable "\$(\w+)" (?:got|has) invalid value /.exec(fault.message)?.[1];
  if (variable !== undefined && node?.kind === Kind.VARIABLE_DEFINITION) return variableRefusal(fault.message, variable, print(node.type), told);
  return told ?? new Refusal('BAD_USER_INPUT', wording(fault.message, suggestions));
}

function variableRefusal(message: string, name: string, type: string, told: Refusal | undefined): Refusal {
  // Values are printed with their quotes escaped, so the first bare `at "` is GraphQL's own.
  const place = new RegExp(` at "(${name}[\\w.[\\]]*)"; `).exec(message);
  const path = shortened(place?.[1] ?? name);
  const reason = told?.message ?? (place === null ? undefined : reasonIn(message.slice(place.index + place[0].length))) ?? `The variable's type is ${type}.`;
  const remedy = told?.details['remedy'];
  return badInput(path, `Variable "$${name}" has an invalid value at "${path}". ${reason}`, typeof remedy === 'string' ? remedy : 'Send a value of the type that the schema gives.');
}

/** Ends of GraphQL's messages that name only the schema and the input's own field. */
const REASONS = [
  /^Field "\w{1,60}" of required type "[\w![\]]+" was not provided\./,
  /^Field "\w{1,60}" is not defined by type "\w+"\./,
  /^Expected non-nullable type "[\w![\]]+" not to be null\./,
  /^Expected type "\w+" to be an object\./,
  /^Value "\w{1,60}" does not exist in "\w+" enum\./,
];

/** The reason without the value: one of those known, or what stands before the first colon or quotation mark. */
function reasonIn(tail: string): string | undefined {
  const known = REASONS.map((pattern) => pattern.exec(tail)?.[0]).find((found) => found !== undefined);
  const head = (tail.split(/[:"\n]/)[0] ?? '').trim();
  return known ?? (head.length > 5 && head.length < 80 ? `${head.replace(/\.$/, '')}.` : undefined);
}

function wording(message: string, suggestions: boolean): string {
  const told = suggestions ? message : message.replace(/ ?Did you mean [^]*$/, '');
  const quoted = told.replace(/, found [^]*$/, '.').replace(/"((?:[^"\\]|\\.)*)"/g, (_, text: string) => `"${shortened(text)}"`);
  return quoted.length > LONGEST_MESSAGE ? `${quoted.slice(0, LONGEST_MESSAGE)}…` : quoted;
}

const shortened = (text: string): string => (text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text);
