import { defaultFieldResolver, isObjectType, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import { isId } from '../kernel/ids.ts';
import { refusalOf } from './faults.ts';

/** What writes denials down. Throws where it could not: then that is what is answered. */
interface Witness {
  denied(field: string, code: 'FORBIDDEN' | 'NOT_FOUND', named: { readonly caseId: string | null; readonly number: string | null }): Promise<void>;
}

type Arguments = Readonly<Record<string, unknown>>;

/**
 * Has every FORBIDDEN and NOT_FOUND of a root field, be it of the shield or of an act, written down before it is
 * answered. By then the unit of work that it ended is rolled back. Null in the place of one thing that was asked for is a
 * NOT_FOUND too, and written down whether the thing is hidden or absent: nothing here knows which.
 */
export function witnessed(schema: GraphQLSchema): GraphQLSchema {
  for (const type of [schema.getQueryType(), schema.getMutationType()]) {
    for (const field of Object.values(type?.getFields() ?? {})) field.resolve = witness(field.resolve ?? defaultFieldResolver);
  }
  return schema;
}

const witness = (resolve: GraphQLFieldResolver<unknown, unknown>): GraphQLFieldResolver<unknown, { readonly session: Witness }, Arguments> =>
  async (source, args, context, info) => {
    const answer = await attempted(() => resolve(source, args, context, info));
    // The shield gives back what it refuses instead of throwing it.
    const isRefused = answer instanceof Error;
    const code = isRefused ? refusalOf(answer)?.code : answer === null && isObjectType(info.returnType) ? 'NOT_FOUND' : undefined;
    if (code === 'FORBIDDEN' || code === 'NOT_FOUND') await context.session.denied(info.fieldName, code, caseNamed(info.fieldName, args));
    if (isRefused) throw answer;
    return answer;
  };

async function attempted(work: () => unknown): Promise<unknown> {
  try {
    return await work();
  } catch (fault) {
    return fault instanceof Error ? fault : new Error('something else than an error was thrown', { cause: fault });
  }
}

/** The case that an input names, by its id or its number, whether there is one or not. */
function caseNamed(field: string, args: Arguments): { caseId: string | null; number: string | null } {
  const input = (args['input'] ?? {}) as Arguments;
  const named = args['caseId'] ?? input['caseId'] ?? (field === 'case' ? args['id'] : undefined);
  const number = field === 'case' ? args['number'] : undefined;
  return { caseId: typeof named === 'string' && isId(named) ? named : null, number: typeof number === 'string' ? number : null };
}
