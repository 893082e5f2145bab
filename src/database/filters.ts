import { getArgumentValues, getNullableType, GraphQLID, isInputObjectType, isListType, type GraphQLResolveInfo } from 'graphql';
import { badInput } from '../kernel/errors.ts';
import { isId } from '../kernel/ids.ts';

type Given = Readonly<Record<string, unknown>>;

/** How a word of a filter looks, by its name, and how to say so. */
const FORMS: Readonly<Record<string, readonly [form: RegExp, said: string]>> = {
  state: [/^[a-z]{2}$/i, 'A state is given by its two letters, for instance TX.'],
  county: [/^\d{5}$/, 'A county is given by its FIPS code of five digits, for instance 48113.'],
};

/** Both ends of a range, by their names; behind `Before` the last moment is left out. */
const RANGES = [['From', 'Until', true], ['From', 'Before', false]] as const;

/**
 * Throws BAD_USER_INPUT, naming the field, where the filter of a root field lets nothing through whatever is on file: an empty list, what is no id,
 * a word of another form, a range that ends before it begins. It would answer as if there were nothing. What is well formed is not looked up: hidden and absent answer alike.
 */
export function refuseVacant(info: GraphQLResolveInfo): void {
  const [field, node] = [info.parentType.getFields()[info.fieldName], info.fieldNodes[0]];
  const type = getNullableType(field?.args.find(({ name }) => name === 'filter')?.type);
  if (field === undefined || node === undefined || !isInputObjectType(type)) return;
  const given = getArgumentValues(field, node, info.variableValues)['filter'] as Given | null | undefined;
  if (given == null) return;
  for (const { name, type: declared } of Object.values(type.getFields())) {
    const [value, at] = [given[name], `filter.${name}`];
    if (value == null) continue;
    if (isListType(getNullableType(declared)) && (value as readonly unknown[]).length === 0) throw badInput(at, 'An empty list lets nothing through.', 'Name at least one, or leave it away.');
    if (getNullableType(declared) === GraphQLID && !isId(String(value))) throw badInput(at, 'This is no id.', 'Take an id as an answer gave it, or leave it away.');
    const [form, said] = FORMS[name] ?? [];
    if (form && said && !form.test(String(value))) throw badInput(at, said, 'Correct it, or leave it away.');
  }
  for (const name of Object.keys(given)) RANGES.forEach((range) => refuseReversed(given, name, range));
}

function refuseReversed(given: Given, first: string, [from, to, isClosed]: (typeof RANGES)[number]): void {
  if (!first.endsWith(from) && first !== from.toLowerCase()) return;
  const last = first === from.toLowerCase() ? to.toLowerCase() : `${first.slice(0, -from.length)}${to}`;
  const [start, end] = [given[first], given[last]];
  if (!(start instanceof Date) || !(end instanceof Date) || end > start || (isClosed && end.getTime() === start.getTime())) return;
  throw badInput(`filter.${last}`, `This ends before filter.${first} begins.`, 'Correct one of the two.');
}
