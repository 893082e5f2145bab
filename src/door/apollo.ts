import { ApolloServer, type ApolloServerPlugin, type BaseContext } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { expressMiddleware } from '@as-integrations/express5';
import type { Request, RequestHandler, Response } from 'express';
import { OperationTypeNode, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import { Refusal } from '../kernel/errors.ts';
import { headersOf, statusOf } from './answers.ts';
import { costLimit } from './cost.ts';
import { traceOf, type ErrorBoundary, type FaultLog } from './errors.ts';
import { documentLimits } from './limits.ts';
import { cleanText } from './text.ts';
import { conclude, visitOf, type Visit } from './visit.ts';

export interface GraphQLParts<Actor, Context extends BaseContext> {
  readonly schema: GraphQLSchema;
  readonly boundary: ErrorBoundary;
  readonly log: FaultLog;
  /** On for the explorer of a development server, off in production. */
  readonly introspection: boolean;
  /** What the resolvers of one request are given. Apollo copies it shallowly, so it must not hold `#private` fields. */
  contextOf(visit: Visit<Actor>, request: Request): Promise<Context> | Context;
  readonly plugins?: readonly ApolloServerPlugin<Context>[];
  /** Reads a field that has no resolver of its own. */
  readonly fieldResolver?: GraphQLFieldResolver<Record<string, unknown>, unknown>;
}

export interface GraphQLBehindDoor {
  /** To stand behind the door's own handlers. */
  readonly handlers: RequestHandler[];
  stop(): Promise<void>;
}

/** Starts the GraphQL server with every limit on, and without batches, stored queries, landing page, GET, stack traces and cache control. */
export async function graphqlServer<Actor, Context extends BaseContext>(parts: GraphQLParts<Actor, Context>): Promise<GraphQLBehindDoor> {
  const responses = new WeakMap<object, Response>();
  const contexts = new WeakMap<Response, Context>();
  const apollo = new ApolloServer<Context>({
    schema: parts.schema,
    ...(parts.fieldResolver && { fieldResolver: parts.fieldResolver }),
    nodeEnv: 'production',
    introspection: parts.introspection,
    hideSchemaDetailsFromClientErrors: !parts.introspection,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    maxRecursiveSelections: 1_000,
    parseOptions: { maxTokens: 1_000 },
    validationOptions: { maxErrors: 5 },
    validationRules: [documentLimits({ introspection: parts.introspection })],
    formatError: parts.boundary.formatError,
    logger: wordless(parts.log),
    plugins: [
      ApolloServerPluginLandingPageDisabled(), ApolloServerPluginCacheControlDisabled(),
      cleanText(), costLimit(), outcomes(responses, parts.log), ...(parts.plugins ?? []),
    ],
  });
  await apollo.start();

  // Made before Apollo is asked, so that a refusal keeps its status.
  const prepare: RequestHandler = async (request, response, next) => {
    contexts.set(response, await parts.contextOf(visitOf<Actor>(response), request));
    responses.set(request.body as object, response);
    next();
  };
  const context = async ({ res }: { res: Response }): Promise<Context> => {
    const prepared = contexts.get(res);
    if (prepared === undefined) throw new Error('the context was not prepared');
    return prepared;
  };
  return { handlers: [prepare, expressMiddleware(apollo, { context })], stop: () => apollo.stop() };
}

/** Gives an answer that is nothing but errors its status and headers, and notes how each request ended. */
function outcomes<Context extends BaseContext>(responses: WeakMap<object, Response>, log: FaultLog): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ operation }) => {
        // GraphQL would run it as far as a fault of ours.
        if (operation?.operation === OperationTypeNode.SUBSCRIPTION) throw new Refusal('BAD_USER_INPUT', 'Subscriptions are not served over POST.');
      },
      willSendResponse: async ({ request, response: { body, http } }) => {
        if (body.kind !== 'single') return;
        const { data, errors = [] } = body.singleResult;
        const extensions = errors[0]?.extensions;
        if (extensions === undefined) return;
        // Whether the seat of the sender was still remembered must make no difference while the database is away.
        const unserved = extensions['code'] === 'UNAVAILABLE' && Object.values(data ?? {}).every((value) => value === null);
        if (unserved) delete body.singleResult.data;
        if (data === undefined || unserved) {
          http.status = statusOf(extensions['code']);
          for (const [name, value] of Object.entries(headersOf(extensions))) http.headers.set(name.toLowerCase(), value);
        }
        const response = responses.get(request.http?.body as object);
        if (response !== undefined) conclude(response, String(extensions['code']));
      },
    }),
    unexpectedErrorProcessingRequest: async ({ error }) => { log.error(traceOf(error), 'the GraphQL server failed'); },
  };
}

/** Apollo's own log lines may quote errors, so only the fact of them is kept. */
const wordless = (log: FaultLog) => {
  const note = () => { log.error({ from: 'apollo' }, 'the GraphQL server reports a fault'); };
  const silence = () => {};
  return { debug: silence, info: silence, warn: note, error: note };
};
