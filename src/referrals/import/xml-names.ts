/** An element by its local name, and the namespaces that it may be of. */
export interface ElementName {
  readonly local: string;
  readonly namespaces: readonly string[];
}

/** The namespaces that are declared at a place, by prefix; the empty one is that of names without. */
export type Scope = ReadonlyMap<string, string>;

export const NO_NAMES: Scope = new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]);

/** The end of the tag that begins here, behind its `>`; those within quotes do not count. */
export function endOfTag(text: string, from: number): number | undefined {
  let quote = 0;
  for (let at = from + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (code === 34 || code === 39) quote = code;
    else if (code === 62) return at + 1;
  }
  return undefined;
}

const DECLARATION = /\sxmlns(?::([^\s=]+))?\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** The namespaces of an element: those around it, and those that its start tag declares. */
export function scopeOf(tag: string, around: Scope): Scope {
  const scope = new Map(around);
  for (const [, prefix = '', double, single] of tag.matchAll(DECLARATION)) scope.set(prefix, double ?? single ?? '');
  return scope;
}

/** Whether a name as it is written stands for this element here. */
export function isNamed(name: string, scope: Scope, { local, namespaces }: ElementName): boolean {
  const colon = name.indexOf(':');
  if (name.slice(colon + 1) !== local) return false;
  const namespace = scope.get(colon === -1 ? '' : name.slice(0, colon));
  return namespace !== undefined && namespaces.includes(namespace);
}
