import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { buildSchema, GraphQLObjectType, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import { Refusal, notFound } from '../src/kernel/errors.ts';
import { graphqlServer } from '../src/door/apollo.ts';
import { application, httpServer } from '../src/door/application.ts';
import { BATCH_BODY_LIMIT, BODY_LIMIT } from '../src/door/body.ts';
import { errorBoundary } from '../src/door/errors.ts';
import { explorer, type Explorer } from '../src/door/explorer.ts';
import { health } from '../src/door/health.ts';
import { graphqlDoor } from '../src/door/http.ts';
import { developmentIssuer, type DevelopmentIssuer } from '../src/door/issuer.ts';
import { keysHeld } from '../src/door/keys.ts';
import { metrics } from '../src/door/metrics.ts';
import { rates, type Budget, type Rates } from '../src/door/rates.ts';
import { drain, type Readiness } from '../src/door/shutdown.ts';
import { tokenVerifier, DEVELOPMENT_TOKEN_LIFETIME, type TokenVerifier } from '../src/door/tokens.ts';
import type { Visit } from '../src/door/visit.ts';

/** A small schema with a list in a list, an act that takes many, and fields that fail in every way. */
const SCHEMA = `
  type Query { me: String! shelves(first: Int): Shelves! shelf(id: Int = 1): Shelf refuse: String hidden: String leak: String slow: String number(of: Int! = 1): Int }
  type Mutation { put(input: PutInput!): [Book!] }
  input PutInput { books: [BookInput!]! }
  input BookInput { title: String! pages: Int kind: Kind }
  enum Kind { LAW FACT }
  type Shelves { nodes: [Shelf!]! }
  type Shelf { id: Int books(first: Int): [Book!] next: Shelf }
  type Book { title: String marks(first: Int): [String!] }
`;

export interface Actor { readonly id: string; readonly kind: Budget }
interface Context { readonly visit: Visit<Actor> }

/** A fault as the drivers throw it, with everything that must not be told. */
export const leakingError = (): Error => Object.assign(new Error('insert into "victims" values ($1)\nparams: Jane Roe'), {
  query: 'insert into "victims" values ($1)', parameters: ['Jane Roe'], detail: 'Key (name)=(Jane Roe)', where: 'SQL statement', code: '23502',
  cause: Object.assign(new Error('duplicate key: Jane Roe\n    at Jane Roe (victims:1:1)'), { code: '23502', detail: 'Key (name)=(Jane Roe)' }),
});

export interface Toy {
  readonly url: string;
  readonly server: Server;
  readonly issuer: DevelopmentIssuer;
  readonly log: unknown[];
  readonly readiness: Readiness;
  /** Times that `slow` and `put` were run. */
  readonly runs: { slow: number; put: number };
  releaseSlow(): void;
  stop(): ReturnType<typeof drain>;
}

export interface ToyChoices {
  readonly introspection?: boolean;
  readonly verifier?: TokenVerifier;
  readonly rates?: Rates;
  readonly mostInFlight?: number;
  readonly explorer?: (issuer: DevelopmentIssuer) => Promise<Explorer>;
  readonly thrown?: () => Error;
  readonly port?: number;
}

/** The door's pieces composed as a server would, over the toy schema, on a port of its own. */
export async function toy(choices: ToyChoices = {}): Promise<Toy> {
  const issuer = await developmentIssuer();
  const verifier = choices.verifier ?? tokenVerifier({
    issuer: issuer.issuer, audience: issuer.audience, algorithms: issuer.algorithms, keys: keysHeld(issuer.jwks), lifetime: DEVELOPMENT_TOKEN_LIFETIME,
  });
  const lines: unknown[] = [];
  const log = { error: (entry: object, message: string) => { lines.push({ ...entry, message }); } };
  const boundary = errorBoundary(log, { suggestions: choices.introspection ?? false });
  const counted = metrics({ comity_leases_in_use: { help: 'Leases in use.', value: () => 3 } });
  const readiness: Readiness = { isReady: true };
  const runs = { slow: 0, put: 0 };
  let releaseSlow = () => {};
  const slowed = new Promise<void>((resolve) => { releaseSlow = resolve; });

  const schema = withResolvers(buildSchema(SCHEMA), {
    Query: {
      me: (_source, _args, context: Context) => context.visit.actor.id,
      shelves: () => ({ nodes: [{ id: 1 }] }),
      shelf: (_source, { id }: { id?: number }) => ({ id }),
      refuse: () => { throw new Refusal('CONFLICT', 'The case has changed.', { version: 4 }); },
      hidden: () => { throw notFound(); },
      leak: () => { throw (choices.thrown ?? leakingError)(); },
      slow: async () => { runs.slow += 1; await slowed; return 'done'; },
      number: (_source, { of }: { of: number }) => of,
    },
    Mutation: { put: (_source, { input }: { input: { books: object[] } }) => { runs.put += 1; return input.books; } },
  });
  const graphql = await graphqlServer<Actor, Context>({
    schema, boundary, log, introspection: choices.introspection ?? false, contextOf: (visit) => ({ visit }),
  });
  const door = graphqlDoor<Actor>({
    boundary, answer: graphql.answer,
    authenticate: async (token) => {
      const { subject } = await verifier(token);
      return { id: subject, kind: subject.startsWith('agency') ? 'CLIENT' : 'PERSON' };
    },
    budgetOf: ({ id, kind }) => ({ budget: kind, key: id }),
    bodyLimitFor: ({ kind }) => (kind === 'CLIENT' ? BATCH_BODY_LIMIT : BODY_LIMIT),
    rates: choices.rates ?? rates({ ANONYMOUS: { burst: 1_000, seconds: 1 } }),
    metrics: counted,
    ...(choices.mostInFlight !== undefined && { mostInFlight: choices.mostInFlight }),
  });
  const routes = [health({ ready: () => readiness.isReady, probe: async () => {}, metrics: counted })];
  if (choices.explorer !== undefined) routes.push(explorer(await choices.explorer(issuer)));
  const server = httpServer(application({ boundary, routes, graphql: door, draining: () => !readiness.isReady }));
  await new Promise<void>((resolve) => { server.listen(choices.port ?? 0, '127.0.0.1', resolve); });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server, issuer, log: lines, readiness, runs, releaseSlow: () => { releaseSlow(); },
    stop: () => drain({ readiness, server, closing: [graphql.stop], hardStopMs: 1_500 }),
  };
}

function withResolvers(schema: GraphQLSchema, resolvers: Record<string, Record<string, GraphQLFieldResolver<unknown, Context>>>): GraphQLSchema {
  for (const [typeName, fields] of Object.entries(resolvers)) {
    const type = schema.getType(typeName);
    if (!(type instanceof GraphQLObjectType)) throw new Error(`no type ${typeName}`);
    for (const [name, resolve] of Object.entries(fields)) {
      const field = type.getFields()[name];
      if (field === undefined) throw new Error(`no field ${typeName}.${name}`);
      field.resolve = resolve;
    }
  }
  return schema;
}
