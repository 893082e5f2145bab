import type { GraphQLRequest } from '@apollo/server';
import { Kind, visit, type DocumentNode } from 'graphql';
import { badInput } from '../kernel/errors.ts';

// Line breaks and tabs are text; every other control character is not.
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;

/**
 * Refuses text that cannot be kept as it came: NUL and other control characters, lone surrogates; and brings what is in
 * the variables into Unicode's composed form (NFC), so that what looks alike is found alike. Names the field.
 */
export function cleanText({ request, document, source }: { readonly request: GraphQLRequest; readonly document: DocumentNode; readonly source: string }): void {
  if (request.variables !== undefined) request.variables = clean(request.variables, '') as typeof request.variables;
  // Escapes alone can hide such characters in a literal; the plain ones stand in the source.
  if (source.includes('\\') || CONTROL.test(source) || !source.isWellFormed()) inspectLiterals(document);
}

/** The value itself where nothing in it changes. */
function clean(value: unknown, path: string): unknown {
  if (typeof value === 'string') return cleanString(value, path);
  if (typeof value !== 'object' || value === null) return value;
  const isList = Array.isArray(value);
  let cleaned: unknown;
  for (const [key, each] of Object.entries(value)) {
    const made = clean(each, isList ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`);
    if (made === each) continue;
    cleaned ??= isList ? [...value] : { ...value };
    Object.defineProperty(cleaned, key, { value: made, enumerable: true, configurable: true, writable: true });
  }
  return cleaned ?? value;
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
