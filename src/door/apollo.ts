import { ApolloServer, HeaderMap, type ApolloServerPlugin, type BaseContext, type GraphQLRequestListener, type HTTPGraphQLRequest } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { OperationTypeNode, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import { Refusal } from '../kernel/errors.ts';
import { headersOf, statusOf } from './answers.ts';
import { costLimit } from './cost.ts';
import { traceOf, type ErrorBoundary, type FaultLog } from './errors.ts';
import { documentLimits } from './limits.ts';
import { cleanText } from './text.ts';
import type { Reply, Visit } from './visit.ts';

export interface GraphQLParts<Actor, Context extends BaseContext> {
  readonly schema: GraphQLSchema;
  readonly boundary: ErrorBoundary;
  readonly log: FaultLog;
  /** On for the explorer of a development server, off in production. */
  readonly introspection: boolean;
  /** What the resolvers of one request are given; `body` as it was sent. Apollo copies it shallowly, so it must not hold `#private` fields. */
  contextOf(visit: Visit<Actor>, body: Readonly<Record<string, unknown>>): Context;
  readonly plugins?: readonly ApolloServerPlugin<Context>[];
  /** Reads a field that has no resolver of its own. */
  readonly fieldResolver?: GraphQLFieldResolver<Record<string, unknown>, unknown>;
}

export interface GraphQLBehindDoor<Actor> {
  /** Answers a body that the door took in. */
  answer(visit: Visit<Actor>, body: Record<string, unknown>, accept: string | undefined): Promise<Reply>;
  stop(): Promise<void>;
}

/** A body as Apollo takes it, and how its operation ended. */
class Asked implements HTTPGraphQLRequest {
  readonly method = 'POST';
  readonly search = '';
  readonly headers = new HeaderMap();
  readonly body: Record<string, unknown>;
  outcome = 'OK';

  constructor(body: Record<string, unknown>, accept: string | undefined) {
    this.body = body;
    // The door takes no other type.
    this.headers.set('content-type', 'application/json');
    if (accept !== undefined) this.headers.set('accept', accept);
  }
}

/** Starts the GraphQL server with every limit on, and without batches, stored queries, landing page, GET, stack traces and cache control. */
export async function graphqlServer<Actor, Context extends BaseContext>(parts: GraphQLParts<Actor, Context>): Promise<GraphQLBehindDoor<Actor>> {
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
      operations(parts.log), ...(parts.plugins ?? []),
    ],
  });
  await apollo.start();

  return {
    async answer(visit, body, accept) {
      // Made before Apollo is asked, so that a refusal keeps its status.
      const context = parts.contextOf(visit, body);
      const asked = new Asked(body, accept);
      const { status = 200, headers, body: answer } = await apollo.executeHTTPGraphQLRequest({ httpGraphQLRequest: asked, context: async () => context });
      if (answer.kind !== 'complete') throw new Error('the GraphQL server answers in parts');
      return { status, headers, text: answer.string, outcome: asked.outcome };
    },
    stop: () => apollo.stop(),
  };
}

/**
 * Refuses operations by their text and their cost, gives an answer that is nothing but errors its status and headers, and
 * notes how each request ended. One plugin, since Apollo waits for each of them at every step.
 */
function operations<Context extends BaseContext>(log: FaultLog): ApolloServerPlugin<Context> {
  const limitCost = costLimit();
  const listener: GraphQLRequestListener<Context> = {
    didResolveOperation: async (resolved) => {
      cleanText(resolved);
      limitCost(resolved);
      // GraphQL would run it as far as a fault of ours.
      if (resolved.operation?.operation === OperationTypeNode.SUBSCRIPTION) throw new Refusal('BAD_USER_INPUT', 'Subscriptions are not served over POST.');
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
      if (request.http instanceof Asked) request.http.outcome = String(extensions['code']);
    },
  };
  return {
    requestDidStart: async () => listener,
    unexpectedErrorProcessingRequest: async ({ error }) => { log.error(traceOf(error), 'the GraphQL server failed'); },
  };
}

/** Apollo's own log lines may quote errors, so only the fact of them is kept. */
const wordless = (log: FaultLog) => {
  const note = () => { log.error({ from: 'apollo' }, 'the GraphQL server reports a fault'); };
  const silence = () => {};
  return { debug: silence, info: silence, warn: note, error: note };
};
