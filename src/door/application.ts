import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import express, { type ErrorRequestHandler, type Express, type Request, type RequestHandler } from 'express';
import { notFound } from '../kernel/errors.ts';
import { answerError } from './answers.ts';
import type { ErrorBoundary } from './errors.ts';
import type { Api } from './http.ts';

export interface ApplicationParts {
  readonly boundary: ErrorBoundary;
  /** Routes beside the API: health, and in development the explorer. */
  readonly routes: readonly RequestHandler[];
  /** The door and what stands behind it, at `/graphql`. */
  readonly graphql: Api;
  /** The proxies whose `X-Forwarded-For` is believed, as Express takes them; none unless told. */
  readonly trustedProxies?: readonly string[];
  /** Whether this process is on its way out: connections are then not kept open. */
  draining?(): boolean;
}

/** The application: the door at `/graphql`, the routes given, and one refusal for all else. */
export function application(parts: ApplicationParts): RequestListener {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', parts.trustedProxies ?? false);
  const graphql = (request: IncomingMessage, response: ServerResponse) => parts.graphql(request, response, () => addressOf(app, request));
  app.all('/graphql', graphql);
  if (parts.routes.length > 0) app.use(...parts.routes);
  app.use(() => { throw notFound('There is no such address here. The API is POST /graphql.'); });
  app.use(refusals(parts.boundary));
  return (request, response) => {
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('X-Content-Type-Options', 'nosniff');
    if (parts.draining?.() === true) response.setHeader('Connection', 'close');
    // Its way through Express would cost as much as the door; the address in other spellings takes it.
    if (request.url === '/graphql') void graphql(request, response);
    else app(request, response);
  };
}

/** Where a request is from, by the proxies that Express was told to believe. */
const addressOf = (app: Express, request: IncomingMessage): string => (Object.setPrototypeOf(request, app.request) as Request).ip ?? 'unknown';

/** The last handler: every error that was thrown before an answer began becomes one. Express knows it by its four parameters. */
const refusals = (boundary: ErrorBoundary): ErrorRequestHandler => (error, request, response, _next) => {
  answerError(request, response, error, boundary.refusal);
};

/** An HTTP server with the limits of time and size that keep slow senders from holding it. Does not listen yet. */
export function httpServer(listener: RequestListener): Server {
  const server = createServer({
    headersTimeout: 8_000, requestTimeout: 12_000, connectionsCheckingInterval: 1_000, keepAliveTimeout: 5_000, maxHeaderSize: 16_384,
  }, listener);
  server.maxRequestsPerSocket = 1_000;
  return server;
}
