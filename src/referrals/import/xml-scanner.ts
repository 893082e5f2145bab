import { ImportStop } from './stop.ts';
import { endOfTag, isNamed, NO_NAMES, scopeOf, type ElementName, type Scope } from './xml-names.ts';

/** Characters that one tag with its attributes may have, and one record. */
const TAG_LIMIT = 64 * 1024;
const RECORD_LIMIT = 256 * 1024;
/** Elements within each other: in the whole file, and within a record. */
const DEPTH_LIMIT = 200;
const RECORD_DEPTH_LIMIT = 40;

/** One record as it stands in the file. */
export interface XmlRecord {
  /** The line where it begins, from 1. */
  readonly line: number;
  /** Its text, from its start tag to its end tag; empty where it is too large. */
  readonly text: string;
  /** The namespaces that are declared around it, by prefix. */
  readonly scope: Scope;
  readonly fault?: 'TOO_LARGE' | 'TOO_DEEP';
}

interface Open {
  readonly name: string;
  readonly line: number;
  readonly scope: Scope;
}

interface Begun {
  readonly line: number;
  readonly depth: number;
  readonly scope: Scope;
  /** What of it is put by, and where in the held text the rest begins. */
  parts: string[];
  size: number;
  from: number;
  deepest: number;
}

/** Runs of characters that are no tags: how they begin, and what ends them. */
const RUNS = [['<!--', '-->'], ['<![CDATA[', ']]>'], ['<?', '?>']] as const;

/**
 * Cuts a stream of XML into its records, in a memory that does not grow with the file. Elements must nest as they should;
 * what is within a record is looked at no further. Throws ImportStop, naming the line, for what is no such XML, and for
 * any document type declaration: with it go entities, of this file or of others.
 */
export class XmlScanner {
  readonly #wanted: ElementName;
  #held = '';
  #line = 1;
  #feed = -1;
  #run: string | undefined;
  #runLine = 1;
  readonly #open: Open[] = [];
  #rootEnded = false;
  #begun: Begun | undefined;
  #records = 0;
  #isFirst = true;

  constructor(wanted: ElementName) {
    this.#wanted = wanted;
  }

  /** The records that end in this stretch of text. */
  *take(text: string): Generator<XmlRecord> {
    this.#held += text;
    if (this.#isFirst && !this.#declared()) return;
    this.#isFirst = false;
    this.#feed = this.#held.indexOf('\n');
    let at = 0;
    for (;;) {
      const run = this.#run;
      const isTag = run === undefined && this.#held[at] === '<' && this.#opensTag(at);
      const end = run !== undefined ? this.#through(at, run) : isTag ? this.#endOfTag(at) : this.#next(at);
      if (end === undefined) break;
      const ended = isTag && this.#tag(this.#held.slice(at, end), at);
      for (; this.#feed !== -1 && this.#feed < end; this.#feed = this.#held.indexOf('\n', this.#feed + 1)) this.#line += 1;
      at = end;
      if (ended) yield this.#ended(at);
    }
    this.#put(at);
    if (this.#begun) this.#begun.from = 0;
    this.#held = this.#held.slice(at);
  }

  /** Throws ImportStop where the file ends too early, or has no record. */
  end(): void {
    if (this.#isFirst) this.#isFirst = this.take(' '.repeat(200)).next().done !== true;
    if (this.#run === undefined && this.#held.startsWith('<')) throw stop(this.#line, 'the file ends within a tag', 'Export the file again: it is cut off');
    if (this.#run !== undefined) throw stop(this.#runLine, 'what begins here is never closed', 'Close the comment, section or instruction');
    const open = this.#open.at(-1);
    if (open !== undefined) throw stop(open.line, `the element ${shown(open.name)} that opens here is never closed`, 'Export the file again: it may be cut off');
    if (!this.#rootEnded) throw stop(this.#line, 'this is no XML', 'Give a file with one root element');
    if (this.#records === 0) throw new ImportStop(`The file has no element ${this.#wanted.local} of the namespace ${this.#wanted.namespaces.join(' or ')}.`, 'Compare the file with the mapping ("record" and "namespaces"); nothing was sent.');
  }

  /** Looks at the declaration of the file once it is there. */
  #declared(): boolean {
    if (this.#held.length < 200 && !this.#held.includes('>')) return false;
    const encoding = /^<\?xml\s[^>]{0,150}?encoding\s*=\s*["']([\w.-]+)["']/.exec(this.#held)?.[1];
    if (encoding !== undefined && !/^(utf-?8|us-ascii)$/i.test(encoding)) throw stop(1, `the file says that it is in ${encoding}`, 'Export it in UTF-8');
    return true;
  }

  /** Where the run ends, or what of it can be let go; undefined where more is needed. */
  #through(at: number, close: string): number | undefined {
    const end = this.#held.indexOf(close, at);
    if (end !== -1) {
      this.#run = undefined;
      return end + close.length;
    }
    // The last two characters may belong to what closes it.
    const safe = this.#held.length - close.length + 1;
    return safe > at ? safe : undefined;
  }

  /** Whether this is a tag, as far as can be told: no comment, section, instruction or declaration. */
  #opensTag(at: number): boolean {
    const next = this.#held[at + 1];
    return next !== undefined && next !== '!' && next !== '?';
  }

  /** The end of a text, or of what begins a run. Undefined where more is needed. */
  #next(at: number): number | undefined {
    const held = this.#held;
    if (at >= held.length) return undefined;
    if (held[at] !== '<') {
      const end = held.indexOf('<', at);
      const until = end === -1 ? held.length : end;
      if (this.#open.length === 0 && /\S/.test(held.slice(at, until))) throw stop(this.#line, 'there is text outside of the root element', 'Give a file in XML with one root element');
      return until;
    }
    for (const [begin, close] of RUNS) {
      if (held.startsWith(begin, at)) {
        [this.#run, this.#runLine] = [close, this.#line];
        return at + begin.length;
      }
      if (begin.startsWith(held.slice(at, at + begin.length)) && held.length - at < begin.length) return undefined;
    }
    throw stop(this.#line, 'a document type or entity declaration is not taken', 'Export the file without <!DOCTYPE and without entities of its own');
  }

  #endOfTag(at: number): number | undefined {
    const end = endOfTag(this.#held, at);
    if ((end ?? this.#held.length) - at > TAG_LIMIT) throw stop(this.#line, `the tag that begins here is longer than ${TAG_LIMIT / 1024} kB`, 'Close it, or move long texts out of attributes');
    return end;
  }

  /** Puts by what is read of the record, up to here in the held text. */
  #put(to: number): void {
    const begun = this.#begun;
    if (begun === undefined) return;
    begun.size += to - begun.from;
    if (begun.size > RECORD_LIMIT) begun.parts = [];
    else begun.parts.push(this.#held.slice(begun.from, to));
    begun.from = to;
  }

  #ended(to: number): XmlRecord {
    this.#put(to);
    const { line, scope, parts, size, deepest } = this.#begun as Begun;
    this.#begun = undefined;
    this.#records += 1;
    if (size > RECORD_LIMIT) return { line, scope, text: '', fault: 'TOO_LARGE' };
    return { line, scope, text: parts.join(''), ...(deepest > RECORD_DEPTH_LIMIT && { fault: 'TOO_DEEP' as const }) };
  }

  /** Takes note of a tag; true where a record ends with it. */
  #tag(tag: string, at: number): boolean {
    const name = /^<\/?([^\s/>"'=<]+)/.exec(tag)?.[1];
    if (name === undefined) throw stop(this.#line, 'this is no tag', 'Write < as &lt; in texts');
    if (tag.startsWith('</')) return this.#closed(name);
    if (this.#rootEnded) throw stop(this.#line, 'there is a second root element', 'Put all records under one root element');
    const around = this.#open.at(-1)?.scope ?? NO_NAMES;
    const scope = tag.includes('xmlns') ? scopeOf(tag, around) : around;
    const isEmpty = tag.endsWith('/>');
    if (this.#begun === undefined && isNamed(name, scope, this.#wanted)) {
      // What the record declares itself stands in its text.
      this.#begun = { line: this.#line, depth: this.#open.length, scope: around, parts: [], size: 0, from: at, deepest: 0 };
    } else if (this.#begun !== undefined) this.#begun.deepest = Math.max(this.#begun.deepest, this.#open.length - this.#begun.depth);
    if (isEmpty) {
      if (this.#open.length === 0) this.#rootEnded = true;
      return this.#begun?.depth === this.#open.length;
    }
    if (this.#open.length >= DEPTH_LIMIT) throw stop(this.#line, `elements stand in each other more than ${DEPTH_LIMIT} deep`, 'Export the records flatter');
    this.#open.push({ name, line: this.#line, scope });
    return false;
  }

  #closed(name: string): boolean {
    const open = this.#open.pop();
    if (open?.name !== name) throw stop(this.#line, open === undefined ? `${shown(name)} is closed and was never opened` : `${shown(name)} is closed where ${shown(open.name)} of line ${open.line} is open`, 'Close elements in the order in which they open');
    if (this.#open.length === 0) this.#rootEnded = true;
    return this.#begun?.depth === this.#open.length;
  }
}

const shown = (name: string): string => `<${name.slice(0, 60)}>`;

const stop = (line: number, what: string, remedy: string) => new ImportStop(`Line ${line}: ${what}.`, `${remedy}; nothing was sent.`);
