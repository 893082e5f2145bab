import type { GraphQLResolveInfo } from 'graphql';
import type { Arguments, Target } from '../database/shape.ts';
import type { Actor } from './seats.ts';

/** What a resolver of the lower floors needs of a request: who asks, and one planned statement for what is asked. */
export interface Reader {
  readonly actor: Actor;
  look(info: GraphQLResolveInfo, target: (args: Arguments) => Target): Promise<unknown>;
}
