import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { Unfit } from './unfit.ts';
import type { ElementName, Scope } from './xml-names.ts';
import type { XmlRecord } from './xml-scanner.ts';

/** An element: what it is called, its children by their local names, its texts and attributes. */
export interface Element {
  readonly namespace: string | undefined;
  readonly children: ReadonlyMap<string, readonly Element[]>;
  /** Its own texts in their order; those of sections stand as they are. */
  readonly texts: readonly { readonly text: string; readonly isSection: boolean }[];
  readonly attributes: Readonly<Record<string, string>>;
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
  const attributes = (node[ATTRIBUTES] ?? NOTHING) as Readonly<Record<string, string>>;
  const name = nameOf(node);
  const scope = attributes === NOTHING ? around : scopeIn(attributes, around);
  const colon = name.indexOf(':');
  const children = new Map<string, Element[]>();
  const texts: { text: string; isSection: boolean }[] = [];
  for (const child of (node[name] ?? []) as readonly Node[]) {
    const called = nameOf(child);
    if (called === TEXT) texts.push({ text: String(child[TEXT]), isSection: false });
    else if (called === SECTION) for (const inner of child[SECTION] as readonly Node[]) texts.push({ text: String(inner[TEXT] ?? ''), isSection: true });
    else {
      const local = called.slice(called.indexOf(':') + 1);
      const known = children.get(local);
      if (known === undefined) children.set(local, [elementIn(child, scope)]);
      else known.push(elementIn(child, scope));
    }
  }
  return { namespace: scope.get(colon === -1 ? '' : name.slice(0, colon)), children, texts, attributes };
}

const NOTHING: Readonly<Record<string, string>> = {};

function scopeIn(attributes: Readonly<Record<string, string>>, around: Scope): Scope {
  const declared = Object.entries(attributes).filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'));
  return declared.length === 0 ? around : new Map([...around, ...declared.map(([name, uri]) => [name.slice(6), uri] as const)]);
}

function nameOf(node: Node): string {
  for (const key in node) if (key !== ATTRIBUTES) return key;
  return '';
}

/** One step of a path: an element, or at its end an attribute. */
export type Step = ElementName | { readonly attribute: string };

const NONE: readonly Element[] = [];

/** The elements that a path leads to, in the order of the record. */
export function elementsAt(from: Element, path: readonly ElementName[]): readonly Element[] {
  let found: readonly Element[] = [from];
  for (const { local, namespaces } of path) {
    const isOne = ({ namespace }: Element) => namespace !== undefined && namespaces.includes(namespace);
    const [only] = found;
    if (found.length === 1 && only !== undefined) found = only.children.get(local)?.filter(isOne) ?? NONE;
    else found = found.flatMap(({ children }) => children.get(local)?.filter(isOne) ?? NONE);
    if (found.length === 0) return NONE;
  }
  return found;
}

/** The texts that a path leads to, without blanks around them; empty ones are left out. Throws Unfit. */
export function textsAt(from: Element, path: readonly Step[]): string[] {
  const last = path.at(-1);
  if (last === undefined || !('attribute' in last)) return elementsAt(from, path as readonly ElementName[]).map(textOf).filter((text) => text !== '');
  return elementsAt(from, path.slice(0, -1) as readonly ElementName[]).flatMap(({ attributes }) => decoded(attributes[last.attribute] ?? '').trim() || []);
}

const textOf = ({ texts }: Element): string => texts.map(({ text, isSection }) => (isSection ? text : decoded(text))).join('').trim();

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
