import type { AddressInfo } from 'node:net';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { accounts } from './access/accounts.ts';
import { purposeOf } from './access/purposes.ts';
import type { Actor } from './access/seats.ts';
import { countiesOnDemand, type CountyGeometry } from './coalition/county.geometry.ts';
import { type FeedAddresses, feedAddresses } from './clocks/feed.address.ts';
import { feedReading } from './clocks/feed.reading.ts';
import { leasePool, type LeaseOptions } from './database/lease.ts';
import { byResponseKey, LookAhead } from './database/lookahead.ts';
import { unappliedMigrations } from './database/migrate.ts';
import { statement } from './database/statement.ts';
import { graphqlServer } from './door/apollo.ts';
import { application, httpServer } from './door/application.ts';
import { BATCH_BODY_LIMIT, BODY_LIMIT } from './door/body.ts';
import { calendar } from './door/calendar.ts';
import { errorBoundary } from './door/errors.ts';
import { health } from './door/health.ts';
import { graphqlDoor } from './door/http.ts';
import { metrics } from './door/metrics.ts';
import { rates, type Rates } from './door/rates.ts';
import { drain, type Readiness } from './door/shutdown.ts';
import type { TokenVerifier } from './door/tokens.ts';
import { unauthenticated } from './kernel/errors.ts';
import { servedSchema, SHAPES } from './schema.ts';
import { Session } from './trail/session.ts';

export interface ServerParts {
  readonly database: LeaseOptions;
  readonly verify: TokenVerifier;
  readonly log: Logger;
  /** On with the development issuer, off in production. */
  readonly introspection: boolean;
  readonly port: number;
  readonly trustedProxies?: readonly string[];
  /** Routes beside the API, for instance the explorer. */
  readonly routes?: readonly RequestHandler[];
  readonly rates?: Rates;
  /** What addresses of calendars are signed with; without it there are none. */
  readonly feedKey?: string;
  /** Where the server is reached from outside; where it listens, unless told. */
  readonly publicUrl?: string;
  /** The outlines by which venue is found; those that come with the product unless told. */
  readonly counties?: () => CountyGeometry;
}

export interface RunningServer {
  readonly url: string;
  /** Takes no new requests, finishes those under way, and closes what it opened. */
  stop(): Promise<'clean' | 'forced'>;
}

/** Composes the door, the schema and the database, and listens. */
export async function startServer(parts: ServerParts): Promise<RunningServer> {
  const pool = leasePool(parts.database);
  const boundary = errorBoundary(parts.log, { suggestions: parts.introspection });
  const readiness: Readiness = { isReady: true };
  const seatOf = accounts(pool);
  const lookAhead = new LookAhead(SHAPES);
  const limits = parts.rates ?? rates();
  const counties = parts.counties ?? countiesOnDemand();
  let url = '';
  const feeds = parts.feedKey === undefined ? undefined : feedAddresses(parts.feedKey, () => parts.publicUrl ?? url);
  const counted = metrics({
    comity_leases_in_use: { help: 'Database leases in use.', value: () => pool.gauges.borrowed },
    comity_leases_idle: { help: 'Database leases at rest.', value: () => pool.gauges.idle },
    comity_leases_waited_for: { help: 'Units of work waiting for a lease.', value: () => pool.gauges.waiting },
  });

  const behind = await graphqlServer<Actor, { session: Session; received: unknown; feeds: FeedAddresses | undefined }>({
    schema: servedSchema(),
    boundary,
    log: parts.log,
    introspection: parts.introspection,
    fieldResolver: byResponseKey,
    contextOf: ({ id, actor, purpose }, { variables }) => ({
      received: variables, feeds,
      session: new Session(actor, pool, lookAhead, (budget) => limits.spend(budget, actor.memberId), { requestId: id, purpose: purposeOf(purpose) }, counties),
    }),
  });

  const door = graphqlDoor<Actor>({
    boundary,
    answer: behind.answer,
    async authenticate(token) {
      const verified = await parts.verify(token);
      const actor = await seatOf(verified.subject);
      if (actor.kind === 'PERSON' && !verified.secondFactor) throw unauthenticated();
      return actor;
    },
    budgetOf: ({ memberId, body, kind }) => ({ budget: body === 'AGENCY' && kind === 'MACHINE' ? 'CLIENT' : 'PERSON', key: memberId }),
    bodyLimitFor: ({ body }) => (body === 'AGENCY' ? BATCH_BODY_LIMIT : BODY_LIMIT),
    rates: limits,
    metrics: counted,
  });

  const probe = async (): Promise<void> => {
    const missing = await pool.use((lease) => unappliedMigrations(async (text) => (await lease.run(statement(text))).rows));
    if (missing.length > 0) throw new Error('migrations are missing');
  };
  const listener = application({
    boundary,
    routes: [health({ ready: () => readiness.isReady, probe, metrics: counted }), ...(feeds ? [calendar({ feeds, read: feedReading(pool), rates: limits })] : []), ...(parts.routes ?? [])],
    graphql: door,
    draining: () => !readiness.isReady,
    ...(parts.trustedProxies && { trustedProxies: parts.trustedProxies }),
  });
  const http = httpServer(listener);
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(parts.port, () => {
      http.off('error', reject);
      resolve();
    });
  });
  const { port } = http.address() as AddressInfo;
  url = `http://localhost:${port}`;
  return {
    url,
    stop: () => drain({ server: http, readiness, closing: [() => behind.stop(), () => pool.close()] }),
  };
}
