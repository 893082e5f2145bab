import { dateOf, instantOf } from './dates.ts';
import { PLACEHOLDER, type Mapping, type Source } from './mapping.ts';
import type { Row } from './rows.ts';
import { Unfit } from './unfit.ts';

export type Value = string | number | boolean | readonly string[];

/** Reads the values of one mapping out of the rows of one report. */
export interface Reading {
  /** The value of a source over these rows, the one that leads them first; undefined where there is none. Throws Unfit. */
  valueOf(source: Source, rows: readonly Row[]): Value | undefined;
  /** A cell, or undefined where it holds nothing. */
  cell(row: Row, column: string): string | undefined;
}

export function reading(mapping: Mapping, columns: readonly string[]): Reading {
  const places = new Map(columns.map((name, place) => [name, place]));
  const nulls = new Set(['', ...mapping.nulls]);

  const cell = (row: Row, column: string): string | undefined => {
    const text = (row.cells[places.get(column) ?? -1] ?? '').trim();
    return nulls.has(text) ? undefined : text;
  };

  /** The cells of a date or a time, joined by blanks; undefined unless all of them hold something. */
  const joined = (row: Row, names: readonly string[]): string | undefined => {
    const cells = names.map((name) => cell(row, name));
    return cells.includes(undefined) ? undefined : cells.join(' ');
  };

  /** A template filled in; undefined where it names columns and none of them holds anything. */
  const filled = (template: string, row: Row, place: number, count: number): string | undefined => {
    let asked = 0;
    let found = 0;
    const text = template.replace(PLACEHOLDER, (_, name: string) => {
      if (name === '@row') return String(place);
      if (name === '@rows') return String(count);
      asked += 1;
      const value = cell(row, name);
      if (value === undefined) return mapping.absent;
      found += 1;
      return mapping.words[name]?.[value] ?? value;
    });
    return asked > 0 && found === 0 ? undefined : text;
  };

  const anyOf = ({ columns: names, yes, no }: Extract<Source, { from: 'anyOf' }>, rows: readonly Row[]): boolean | undefined => {
    let answer: boolean | undefined;
    for (const row of rows) {
      for (const name of names) {
        const text = cell(row, name);
        if (text === undefined) continue;
        if (yes.includes(text)) answer = true;
        else if (no.includes(text)) answer ??= false;
        else throw unknown(name, text);
      }
    }
    return answer;
  };

  const lines = ({ first, each, last }: Extract<Source, { from: 'lines' }>, rows: readonly Row[]): string => {
    const [leading] = rows;
    const once = (template: string | undefined) => (template === undefined || leading === undefined ? undefined : filled(template, leading, 1, rows.length));
    return [once(first), ...rows.map((row, index) => filled(each, row, index + 1, rows.length)), once(last)].filter((line) => line !== undefined).join('\n');
  };

  const ofRow = (source: Source, row: Row): Value | undefined => {
    switch (source.from) {
      case 'column': {
        const text = cell(row, source.column);
        if (text === undefined || source.map === undefined) return text ?? source.otherwise;
        const found = Object.hasOwn(source.map, text) ? source.map[text] : source.otherwise;
        if (found === undefined) throw unknown(source.column, text);
        return found;
      }
      case 'date': {
        const text = joined(row, source.columns);
        return text === undefined ? undefined : dateOf(text, source.format);
      }
      case 'instant': {
        const text = joined(row, source.columns);
        return text === undefined ? undefined : instantOf(text, source.format, mapping);
      }
      case 'point': {
        const text = cell(row, source.column);
        return text === undefined ? undefined : pointOf(text)[source.axis];
      }
      case 'template': return filled(source.template, row, 1, 1);
      case 'constant': return source.value;
      case 'anyOf': return anyOf(source, [row]);
      case 'lines': return lines(source, [row]);
      default: return source satisfies never;
    }
  };

  return {
    cell,
    valueOf(source, rows) {
      if (source.from === 'anyOf') return anyOf(source, rows);
      if (source.from === 'lines') return lines(source, rows);
      const [leading] = rows;
      if (leading === undefined || !('pick' in source) || source.pick === 'first') return leading && ofRow(source, leading);
      const values = rows.map((row) => ofRow(source, row)).filter((value) => value !== undefined);
      return source.pick === 'firstFilled' || values.length < 2 ? values[0] : [...new Set(values.map(String))].join('; ');
    },
  };
}

const unknown = (column: string, text: string) =>
  new Unfit('WORD_UNKNOWN', `The mapping does not know the word "${text.slice(0, 60)}" of column "${column}".`, 'Add the word to the mapping, or correct the cell.');

/** A point in well-known text, longitude first. */
function pointOf(text: string): { longitude: number; latitude: number } {
  const [, longitude, latitude] = /^POINT\s*\(\s*(-?\d+(?:\.\d+)?)\s+(-?\d+(?:\.\d+)?)\s*\)$/i.exec(text) ?? [];
  if (longitude === undefined || latitude === undefined) throw new Unfit('POINT_INVALID', `"${text.slice(0, 60)}" is no point.`, 'Give it as POINT (longitude latitude), or leave it empty.');
  return { longitude: Number(longitude), latitude: Number(latitude) };
}
