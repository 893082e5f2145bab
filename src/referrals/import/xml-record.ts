import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { Unfit } from './unfit.ts';
import { isNamed, type ElementName, type Scope } from './xml-names.ts';
import type { XmlRecord } from './xml-scanner.ts';

/** An element: its children in their order, its attributes, and the namespaces that hold in it. */
export interface Element {
  readonly children: readonly Node[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly scope: Scope;
}

type Node = Readonly<Record<string, unknown>>;

const TEXT = '#text';
const SECTION = '#section';
const ATTRIBUTES = ':@';

// Entities are decoded here: the parser would take references within a section for entities too.
const PARSER = new XMLParser({
  preserveOrder: true, ignoreAttributes: false, attributeNamePrefix: '', parseTagValue: false, parseAttributeValue: false, trimValues: false,
  processEntities: false, cdataPropName: SECTION, ignorePiTags: true, jPath: false,
});

/** A record as a tree. Throws Unfit where it is not well formed. */
export function elementOf({ text, scope }: XmlRecord): Element {
  const fault = XMLValidator.validate(text);
  if (fault !== true) throw new Unfit('XML_INVALID', `The record is not well formed: ${fault.err.msg.slice(0, 120)}`, 'Correct it, or have the system export it again.');
  let nodes: unknown;
  try {
    nodes = PARSER.parse(text);
  } catch (error) {
    throw new Unfit('XML_INVALID', `The record cannot be read: ${error instanceof Error ? error.message.slice(0, 120) : 'unknown'}`, 'Correct it, or have the system export it again.');
  }
  const [node] = Array.isArray(nodes) ? (nodes as Node[]) : [];
  if (node === undefined) throw new Unfit('XML_INVALID', 'The record is empty.', 'Have the system export it again.');
  return elementIn(node, scope);
}

function elementIn(node: Node, around: Scope): Element {
  const attributes = (node[ATTRIBUTES] ?? {}) as Readonly<Record<string, string>>;
  const children = (node[nameOf(node)] ?? []) as readonly Node[];
  const declared = Object.entries(attributes).filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'));
  const scope = declared.length === 0 ? around : new Map([...around, ...declared.map(([name, uri]) => [name.slice(6), uri] as const)]);
  return { children, attributes, scope };
}

const nameOf = (node: Node): string => Object.keys(node).find((key) => key !== ATTRIBUTES) ?? '';

/** One step of a path: an element, or at its end an attribute. */
export type Step = ElementName | { readonly attribute: string };

/** The elements that a path leads to, in the order of the record. */
export function elementsAt(from: Element, path: readonly ElementName[]): Element[] {
  let found = [from];
  for (const step of path) found = found.flatMap((element) => childrenOf(element, step));
  return found;
}

const childrenOf = ({ children, scope }: Element, step: ElementName): Element[] =>
  children.flatMap((node) => {
    const name = nameOf(node);
    if (name === TEXT || name === SECTION || !name.endsWith(step.local)) return [];
    const element = elementIn(node, scope);
    return isNamed(name, element.scope, step) ? [element] : [];
  });

/** The texts that a path leads to, without blanks around them; empty ones are left out. Throws Unfit. */
export function textsAt(from: Element, path: readonly Step[]): string[] {
  const last = path.at(-1);
  if (last === undefined || !('attribute' in last)) return elementsAt(from, path as readonly ElementName[]).map(textOf).filter((text) => text !== '');
  return elementsAt(from, path.slice(0, -1) as readonly ElementName[]).flatMap(({ attributes }) => decoded(attributes[last.attribute] ?? '').trim() || []);
}

function textOf({ children }: Element): string {
  const texts = children.map((node) => {
    const name = nameOf(node);
    if (name === TEXT) return decoded(String(node[TEXT]));
    return name === SECTION ? (node[SECTION] as readonly Node[]).map((inner) => String(inner[TEXT] ?? '')).join('') : '';
  });
  return texts.join('').trim();
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** A text with its character references read. Throws Unfit for entities that XML itself does not know. */
function decoded(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&([^;&\s]{0,40});?/g, (reference, name: string) => {
    const code = /^#x[0-9a-f]{1,6}$/i.test(name) ? parseInt(name.slice(2), 16) : /^#\d{1,7}$/.test(name) ? Number(name.slice(1)) : undefined;
    const known = code === undefined ? NAMED[name] : code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
    if (known === undefined || !reference.endsWith(';')) throw new Unfit('ENTITY_UNKNOWN', `"${reference.slice(0, 40)}" is no entity that XML knows.`, 'Write the character itself; & is &amp;.');
    return known;
  });
}
