import { GraphQLError, Kind, type ASTVisitor, type DocumentNode, type ValidationContext, type ValidationRule } from 'graphql';
import { Refusal } from '../kernel/errors.ts';
import { measure, type Measures } from './measures.ts';

/** What one document may hold, fragments spread out. */
const LIMITS = {
  depth: { most: 10, words: 'is nested deeper than', unit: 'levels', remedy: 'Ask for the inner part in a request of its own.' },
  aliases: { most: 15, words: 'has more than', unit: 'aliases', remedy: 'Ask in several requests.' },
  rootFields: { most: 20, words: 'has more than', unit: 'root fields', remedy: 'Ask in several requests.' },
  mutations: { most: 3, words: 'has more than', unit: 'mutations', remedy: 'Send them in several requests, or use the act that takes many.' },
  directives: { most: 10, words: 'has more than', unit: 'directives', remedy: 'Leave out what is not wanted instead of switching it off.' },
  fields: { most: 250, words: 'selects more than', unit: 'fields', remedy: 'Select fewer fields, or ask in several requests.' },
  sameKey: { most: 30, words: 'selects one response key more than', unit: 'times', remedy: 'Select each field once in a selection set.' },
} as const satisfies Record<keyof Measures, { readonly most: number; readonly words: string; readonly unit: string; readonly remedy: string }>;

/**
 * The validation rule that refuses a document over one of the limits with QUERY_TOO_COMPLEX. Where introspection is
 * on, what lies under `__schema` and `__type` is not measured: an explorer's own question is deeper than any other.
 */
export const documentLimits = ({ introspection }: { readonly introspection: boolean }): ValidationRule =>
  (context: ValidationContext): ASTVisitor => ({
    [Kind.DOCUMENT]: (document: DocumentNode) => {
      const measures = measure(document, introspection);
      for (const [name, { most, words, unit, remedy }] of Object.entries(LIMITS)) {
        if (measures[name as keyof Measures] <= most) continue;
        const refusal = new Refusal('QUERY_TOO_COMPLEX', `The document ${words} ${most} ${unit}.`, { limit: most, remedy });
        context.reportError(new GraphQLError(refusal.message, { originalError: refusal }));
      }
    },
  });
