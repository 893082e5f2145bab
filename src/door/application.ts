import { createServer, type Server } from 'node:http';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { notFound } from '../kernel/errors.ts';
import { answerRefusal } from './answers.ts';
import type { ErrorBoundary } from './errors.ts';
import { conclude } from './visit.ts';

export interface ApplicationParts {
  readonly boundary: ErrorBoundary;
  /** Routes beside the API: health, and in development the explorer. */
  readonly routes: readonly RequestHandler[];
  /** The door and what stands behind it, at `/graphql`. */
  readonly graphql: readonly RequestHandler[];
  /** The proxies whose `X-Forwarded-For` is believed, as Express takes them; none unless told. */
  readonly trustedProxies?: readonly string[];
  /** Whether this process is on its way out: connections are then not kept open. */
  draining?(): boolean;
}

/** The Express application: the door at `/graphql`, the routes given, and one refusal for all else. */
export function application(parts: ApplicationParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', parts.trustedProxies ?? false);
  app.use((_request, response, next) => {
    response.set({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' });
    if (parts.draining?.() === true) response.set('Connection', 'close');
    next();
  });
  app.all('/graphql', ...parts.graphql);
  if (parts.routes.length > 0) app.use(...parts.routes);
  app.use(() => { throw notFound('There is no such address here. The API is POST /graphql.'); });
  app.use(refusals(parts.boundary));
  return app;
}

/** The last handler: every error that was thrown before an answer began becomes one. Express knows it by its four parameters. */
const refusals = (boundary: ErrorBoundary): ErrorRequestHandler => (error, request, response, _next) => {
  if (request.destroyed && !request.complete) {
    response.destroy();
    return;
  }
  const refusal = boundary.refusal(error);
  conclude(response, refusal.code);
  if (response.headersSent) response.destroy();
  else answerRefusal(request, response, refusal);
};

/** An HTTP server with the limits of time and size that keep slow senders from holding it. Does not listen yet. */
export function httpServer(app: Express): Server {
  const server = createServer({
    headersTimeout: 8_000, requestTimeout: 12_000, connectionsCheckingInterval: 1_000, keepAliveTimeout: 5_000, maxHeaderSize: 16_384,
  }, app);
  server.maxRequestsPerSocket = 1_000;
  return server;
}
