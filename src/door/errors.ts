import { randomUUID } from 'node:crypto';
import type { ApolloServerOptions, BaseContext } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { Refusal } from '../kernel/errors.ts';
import { extensionsOf } from './answers.ts';
import { chainOf, codeOf, refusalOf } from './faults.ts';
import { refusalOfFault } from './wording.ts';

/** Where faults are written down; a pino logger fits. */
export interface FaultLog {
  error(entry: Readonly<Record<string, unknown>>, message: string): void;
}

export interface ErrorBoundary {
  /** The refusal for any error: what the client may know of it. Whatever is our fault is logged under the id it carries. */
  refusal(error: unknown): Refusal;
  /** The same as Apollo's `formatError`. */
  readonly formatError: NonNullable<ApolloServerOptions<BaseContext>['formatError']>;
}

/** Apollo's own codes for documents, variables and requests it could not take. */
const FAULTS_OF_REQUEST = new Set([
  'GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT', 'OPERATION_RESOLUTION_FAILURE', 'BAD_REQUEST',
  'PERSISTED_QUERY_NOT_FOUND', 'PERSISTED_QUERY_NOT_SUPPORTED',
]);

/**
 * The one place where errors become answers. Refusals pass with code, message and details; what GraphQL finds wrong
 * with a request is BAD_USER_INPUT; all else is INTERNAL with an id. Of a fault the log gets the id, the classes, the
 * SQLSTATE and the frames of the stack: never a message, a statement or a bound value, since all three hold case data.
 */
export function errorBoundary(log: FaultLog, { suggestions = false }: { readonly suggestions?: boolean } = {}): ErrorBoundary {
  const internal = (error: unknown): Refusal => {
    const id = randomUUID();
    log.error({ id, ...traceOf(error) }, 'a request failed by our fault');
    return new Refusal('INTERNAL', 'Something went wrong on our side. Name this id when you report it.', { id });
  };
  const refusal = (error: unknown): Refusal => refusalOf(error) ?? internal(error);
  return {
    refusal,
    formatError: (formatted, error) => {
      const told = refusalOfRequest(formatted.extensions, error, suggestions) ?? refusal(error);
      const { locations, path } = formatted;
      return { message: told.message, ...(locations && { locations }), ...(path && { path }), extensions: { ...extensionsOf(told) } };
    },
  };
}

function refusalOfRequest(extensions: Readonly<Record<string, unknown>> | undefined, error: unknown, suggestions: boolean): Refusal | undefined {
  const code = extensions?.['code'];
  if (extensions?.['validationErrorCode'] === 'MAX_RECURSIVE_SELECTIONS_EXCEEDED') {
    return new Refusal('QUERY_TOO_COMPLEX', 'The document selects too many fields through its fragments.', { remedy: 'Spread fragments fewer times, or ask in several requests.' });
  }
  if (!(error instanceof GraphQLError) || typeof code !== 'string') return undefined;
  // A resolver may not borrow these codes: its error carries a path. So does an argument that a null variable left empty.
  const found = error.path === undefined ? FAULTS_OF_REQUEST.has(code) : error.originalError instanceof GraphQLError && ARGUMENT.test(error.message);
  if (!found) return undefined;
  const told = refusalOf(error);
  return told !== undefined && told.code !== 'BAD_USER_INPUT' ? told : refusalOfFault(error, suggestions, told);
}

const ARGUMENT = /^Argument "\w+" (of (required|non-null) type|has invalid value)/;

/** What of an error may be written down. */
export function traceOf(error: unknown): Readonly<Record<string, unknown>> {
  const chain = chainOf(error);
  const code = chain.map(codeOf).find((found) => found !== undefined && found !== 'INTERNAL_SERVER_ERROR');
  return {
    error: chain.length > 0 ? chain.map((link) => link.constructor.name).join(' < ') : typeof error,
    ...(code !== undefined && { code }),
    stack: chain.length > 0 ? framesOf(chain[chain.length - 1]) : [],
  };
}

/** The frames of a stack without its message, whose lines may look like frames. */
function framesOf(error: Error | undefined): string[] {
  const stack = error?.stack ?? '';
  const end = error === undefined || error.message === '' ? -1 : stack.indexOf(error.message);
  const frames = end < 0 ? stack : stack.slice(end + (error?.message.length ?? 0));
  return frames.split('\n').map((line) => line.trim()).filter((line) => /^at [^\n]*(:\d+:\d+|<anonymous>|native)\)?$/.test(line)).slice(0, 20);
}
