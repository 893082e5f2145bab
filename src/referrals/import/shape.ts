import {
  coerceInputValue, getNullableType, isEnumType, isInputObjectType, isListType, isNonNullType, type GraphQLInputField, type GraphQLInputObjectType, type GraphQLInputType,
} from 'graphql';
import type { Fault } from './stop.ts';

/** Faults of one record that are told. */
const MOST = 20;

/** What of a referral is not as the API takes it: found by what the API itself reads its input with, before anything is sent. */
export function misfits(referral: unknown, type: GraphQLInputObjectType, line: number): Fault[] {
  const faults: Fault[] = [];
  coerceInputValue(referral, type, (path, _value, { message }) => {
    if (faults.length >= MOST) return;
    const [, named, how] = /^Field "(\w+)" (of required type|is not defined)/.exec(message) ?? [];
    faults.push({
      line, field: pathText(named === undefined ? path : [...path, named]), code: how === undefined ? 'VALUE_INVALID' : how.startsWith('of') ? 'VALUE_MISSING' : 'FIELD_UNKNOWN',
      reason: message.replace(/ ?Did you mean [^]*$/, '').slice(0, 300), remedy: 'Give it as schema/referral.schema.json says.',
    });
  });
  return faults;
}

// Line breaks and tabs are text; every other control character is not.
// oxlint-disable-next-line no-control-regex
export const UNFIT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]|\p{Surrogate}/u;

/** Texts of a referral that cannot be kept as they came. */
export function unfitTexts(value: unknown, line: number, path: readonly (string | number)[] = []): Fault[] {
  if (typeof value === 'string') {
    return UNFIT.test(value) ? [{ line, field: pathText(path), code: 'TEXT_INVALID', reason: 'This text has control characters or broken surrogates.', remedy: 'Remove them but for line breaks and tabs.' }] : [];
  }
  if (Array.isArray(value)) return value.flatMap((each, index) => unfitTexts(each, line, [...path, index]));
  return typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, each]) => unfitTexts(each, line, [...path, key])) : [];
}

const pathText = (path: readonly (string | number)[]): string => path.reduce<string>((text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? key : `${text}.${key}`), '');

/** The type of the field at a dotted path, without what says that it is required; undefined where there is none. */
export function typeAt(type: GraphQLInputObjectType, path: string): GraphQLInputType | undefined {
  let at: GraphQLInputType = type;
  for (const name of path.split('.')) {
    if (!isInputObjectType(at)) return undefined;
    const field: GraphQLInputField | undefined = at.getFields()[name];
    if (field === undefined) return undefined;
    at = getNullableType(field.type);
  }
  return at;
}

/** The type of a list's items at a dotted path, where they are objects. */
export function itemTypeAt(type: GraphQLInputObjectType, path: string): GraphQLInputObjectType | undefined {
  const list = typeAt(type, path);
  if (list === undefined || !isListType(list)) return undefined;
  const item = getNullableType(list.ofType);
  return isInputObjectType(item) ? item : undefined;
}

/** A text as its field takes it; what does not fit is left as it is, to be told of. */
export function typed(text: string, type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return typed(text, type.ofType);
  if (isEnumType(type)) return text;
  switch ('name' in type ? type.name : '') {
    case 'Boolean': return text === 'true' || text === '1' ? true : text === 'false' || text === '0' ? false : text;
    case 'Float': case 'Int': return text !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
    default: return text;
  }
}
