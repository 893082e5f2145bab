import { isInputObjectType, isListType, type GraphQLInputObjectType, type GraphQLInputType } from 'graphql';
import { itemTypeAt, typeAt, typed, UNFIT } from './shape.ts';
import { ImportStop, type Fault } from './stop.ts';
import { Unfit } from './unfit.ts';
import type { XmlMapping, XmlSource } from './xml-mapping.ts';
import { elementsAt, textsAt, type Element } from './xml-record.ts';

type Json = Record<string, unknown>;

/** Makes referrals out of elements, as the mapping says. Throws ImportStop where it names fields that a referral does not have. */
export function xmlReader({ fields, lists }: XmlMapping, type: GraphQLInputObjectType): (record: Element, line: number) => { readonly referral: Json; readonly faults: readonly Fault[] } {
  const wrong = [
    ...unknown(fields, type, ''),
    ...[...lists].flatMap(([list, items]) => {
      const item = itemTypeAt(type, list);
      return item === undefined ? [`lists.${list}: is no list of a referral`] : items.flatMap((each, index) => unknown(each.fields, item, `${list}.${index}.`));
    }),
  ];
  if (wrong.length > 0) throw new ImportStop(`The mapping file has faults:\n  ${wrong.join('\n  ')}`, 'Correct them all and run again; nothing was sent.');

  const own = targetsOf(fields, type, '');
  const parts = [...lists].map(([list, items]) => ({
    steps: list.split('.'), items: items.map(({ each, fields: inner }, index) => ({ each, targets: targetsOf(inner, itemTypeAt(type, list) as GraphQLInputObjectType, `${list}.${index}.`) })),
  }));
  return (record, line) => {
    const faults: Fault[] = [];
    const referral = filled(record, own, faults, line);
    for (const { steps, items } of parts) {
      const found = items.flatMap(({ each, targets }) => elementsAt(record, each).map((element) => filled(element, targets, faults, line)));
      if (found.length > 0) put(referral, steps, found);
    }
    return { referral, faults };
  };
}

/** A field of a referral, or of an item of a list, and where its value comes from. */
interface Target {
  readonly name: string;
  readonly steps: readonly string[];
  readonly source: XmlSource;
  readonly type: GraphQLInputType;
}

const targetsOf = (fields: ReadonlyMap<string, XmlSource>, type: GraphQLInputObjectType, prefix: string): Target[] =>
  [...fields].map(([path, source]) => ({ name: prefix + path, steps: path.split('.'), source, type: typeAt(type, path) as GraphQLInputType }));

function unknown(fields: ReadonlyMap<string, XmlSource>, type: GraphQLInputObjectType, prefix: string): string[] {
  return [...fields].flatMap(([path, source]) => {
    const target = typeAt(type, path);
    if (target === undefined || isInputObjectType(target) || (isListType(target) && itemTypeAt(type, path) !== undefined)) return [`fields.${prefix}${path}: is no field of a referral that takes a value`];
    if (path.startsWith('signature.') && source.kind === 'constant') return [`fields.${prefix}${path}: a signature comes from the file alone; where officers did not sign, use --attested-by`];
    return [];
  });
}

function filled(element: Element, targets: readonly Target[], faults: Fault[], line: number): Json {
  const made: Json = {};
  for (const { name, steps, source, type } of targets) {
    try {
      const value = valueOf(element, source, type);
      if (value !== undefined) put(made, steps, value);
    } catch (error) {
      if (!(error instanceof Unfit)) throw error;
      faults.push({ line, field: name, code: error.code, reason: error.message, remedy: error.remedy });
    }
  }
  return made;
}

function valueOf(element: Element, source: XmlSource, type: GraphQLInputType): unknown {
  if (source.kind === 'constant') return source.value;
  if (source.kind === 'exists') return source.paths.some((path) => elementsAt(element, path).length > 0);
  const { paths, words, otherwise, isDate, join } = source;
  const texts = paths.reduce<string[]>((found, path) => (found.length > 0 ? found : textsAt(element, path)), []);
  if (texts.length === 0) return otherwise;
  const told = texts.map((text) => {
    if (UNFIT.test(text)) throw new Unfit('TEXT_INVALID', 'This text has control characters.', 'Remove them but for line breaks and tabs.');
    if (words === undefined) return typed(isDate ? text.slice(0, 10) : text, isListType(type) ? type.ofType : type);
    const word = words.get(text) ?? otherwise;
    if (word === undefined) throw new Unfit('WORD_UNKNOWN', `The mapping does not know the word "${text.slice(0, 60)}".`, 'Add the word to the mapping, or correct the record.');
    return word;
  });
  if (isListType(type)) return told;
  return join === undefined ? told[0] : told.join(join);
}

function put(made: Json, steps: readonly string[], value: unknown): void {
  let at = made;
  for (const step of steps.slice(0, -1)) at = (at[step] ??= {}) as Json;
  at[steps.at(-1) ?? ''] = value;
}
