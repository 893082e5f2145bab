import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import { Kind, visit, type DocumentNode } from 'graphql';
import { badInput } from '../kernel/errors.ts';

// Line breaks and tabs are text; every other control character is not.
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;

/**
 * Refuses text that cannot be kept as it came: NUL and other control characters, lone surrogates; and brings what is in
 * the variables into Unicode's composed form (NFC), so that what looks alike is found alike. Names the field.
 */
export const cleanText = <Context extends BaseContext>(): ApolloServerPlugin<Context> => ({
  requestDidStart: async () => ({
    didResolveOperation: async ({ request, document, source }) => {
      if (request.variables !== undefined) request.variables = clean(request.variables, '') as typeof request.variables;
      // Escapes alone can hide such characters in a literal; the plain ones stand in the source.
      if (source.includes('\\') || CONTROL.test(source) || !source.isWellFormed()) inspectLiterals(document);
    },
  }),
});

function clean(value: unknown, path: string): unknown {
  if (typeof value === 'string') return cleanString(value, path);
  if (Array.isArray(value)) return value.map((each, index) => clean(each, `${path}[${index}]`));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, clean(each, path === '' ? key : `${path}.${key}`)]));
}

function cleanString(text: string, path: string): string {
  if (CONTROL.test(text) || !text.isWellFormed()) {
    throw badInput(path, 'This text has control characters or broken surrogates.', 'Remove NUL and other control characters but line breaks and tabs, and send well-formed Unicode.');
  }
  return text.normalize('NFC');
}

function inspectLiterals(document: DocumentNode): void {
  const fields: string[] = [];
  visit(document, {
    Argument: { enter: ({ name }) => void fields.push(name.value), leave: () => void fields.pop() },
    ObjectField: { enter: ({ name }) => void fields.push(name.value), leave: () => void fields.pop() },
    [Kind.STRING]: ({ value }) => void cleanString(value, fields.join('.')),
  });
}
