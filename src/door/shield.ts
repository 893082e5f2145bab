import { createRequire } from 'node:module';
import util from 'node:util';
import type { GraphQLSchema } from 'graphql';
import { reachOf, type Action } from '../access/acts.ts';
import type { Actor } from '../access/seats.ts';
import { forbidden } from '../kernel/errors.ts';

const require = createRequire(import.meta.url);
// The released ES module of graphql-shield imports what newer Node no longer has (maticzav/graphql-shield pull request 1552);
// its CommonJS build asks for the same function at run time.
Object.assign(util, { isUndefined: (value: unknown) => value === undefined });
const { shield, rule, deny } = require('graphql-shield') as typeof import('graphql-shield');
const { applyMiddleware } = require('graphql-middleware') as typeof import('graphql-middleware');

/** Where each root field stands: the action that it asks for. */
export interface Pages {
  readonly Query: Readonly<Record<string, Action>>;
  readonly Mutation: Readonly<Record<string, Action>>;
}

/**
 * Puts the shield at the door: root fields alone, and whatever a page does not name is denied. Rows are guarded by the
 * database, so the rules of all other types are taken out again: left in, they would wrap every field of every list.
 */
export function shielded(schema: GraphQLSchema, pages: Pages): GraphQLSchema {
  const rules = {
    Query: { '*': deny, ...rulesOf(pages.Query) },
    Mutation: { '*': deny, ...rulesOf(pages.Mutation) },
  };
  const generator = shield(rules as Parameters<typeof shield>[0], { fallbackRule: deny, fallbackError: () => forbidden(), allowExternalErrors: true });
  const middleware = generator.generate(schema) as Record<string, unknown>;
  return applyMiddleware(schema, Object.fromEntries(Object.entries(middleware).filter(([type]) => type === 'Query' || type === 'Mutation')));
}

const rulesOf = (page: Readonly<Record<string, Action>>) => Object.fromEntries(Object.entries(page).map(([field, action]) => [field, ruleOf(action)]));

const known = new Map<Action, ReturnType<ReturnType<typeof rule>>>();

function ruleOf(action: Action) {
  const made = known.get(action) ?? rule(`may ${action}`, { cache: 'no_cache' })((_parent, _args, { session }: { session: { actor: Actor } }) => reachOf(session.actor, action) !== 'NONE' || forbidden());
  known.set(action, made);
  return made;
}
