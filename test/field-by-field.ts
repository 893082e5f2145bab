import { getTableColumns } from 'drizzle-orm';
import { execute, isObjectType, parse, type ExecutionResult, type GraphQLSchema } from 'graphql';
import postgres from 'postgres';
import { enter } from '../src/access/context.ts';
import type { Database } from '../src/database/address.ts';
import { openSchema, SHAPES } from '../src/schema.ts';
import type { Drawn } from './selections.ts';

type Row = Readonly<Record<string, any>>;
type Args = Readonly<Record<string, any>>;
type Ask = (table: string, where: string, values?: readonly unknown[], order?: string) => Promise<Row[]>;
type Resolve = (row: Row, args: Args, ask: Ask) => unknown;

/** An instant that still knows its microseconds. */
class Instant extends Date {
  readonly text: string;

  constructor(text: string) {
    super(text.replace(' ', 'T').replace('+00', 'Z'));
    this.text = text;
  }
}

const one = (table: string, key: string): Resolve => async (row, _args, ask) => (row[key] === null ? null : ((await ask(table, 'id = $1', [row[key]]))[0] ?? null));
const ofCase = (table: string, order: string, also = ''): Resolve => ({ id }, _args, ask) => ask(table, `case_id = $1 ${also}`, [id], order);
const page = (type: string, keys: readonly string[], rows: Resolve, holds: (row: Row, args: Args) => boolean = () => true): Resolve => async (parent, args, ask) => {
  const all = (await rows(parent, args, ask)) as Row[];
  const cursorOf = (row: Row) =>
    Buffer.from(`[${[type, ...keys.map((key) => (row[key] instanceof Instant ? row[key].text : row[key]))].map((part) => JSON.stringify(part)).join(', ')}]`).toString('base64url');
  // The row that a cursor names need not pass the filter.
  const behind = all.slice(args['after'] == null ? 0 : all.findIndex((row) => cursorOf(row) === args['after']) + 1).filter((row) => holds(row, args));
  const nodes = behind.slice(0, args['first'] ?? 20);
  const edges = nodes.map((node) => ({ node, cursor: cursorOf(node) }));
  return {
    nodes, edges, totalCount: all.filter((row) => holds(row, args)).length, totalCountCapped: false,
    pageInfo: { hasNextPage: behind.length > nodes.length, hasPreviousPage: args['after'] != null, startCursor: edges[0]?.cursor ?? null, endCursor: edges.at(-1)?.cursor ?? null },
  };
};

/** Each field by a plain statement of its own; a field that is not here is the column of its name. */
const RESOLVERS: Readonly<Record<string, Readonly<Record<string, Resolve>>>> = {
  Query: {
    me: async (_, _args, ask) => (await ask('members', 'id = comity.member()'))[0],
    jurisdictions: (_, _args, ask) => ask('jurisdictions', 'true', [], 'name'),
    agencies: page('Agency', ['name', 'id'], (_, _args, ask) => ask('agencies', 'true', [], 'name, id'),
      (agency, { name, state }) => (name == null || agency['name'].toLowerCase().includes(name.toLowerCase())) && (state == null || agency['state'] === state)),
    members: page('Member', ['name', 'id'], (_, _args, ask) => ask('members', `active and office_id = nullif(current_setting('comity.office'), '')::uuid`, [], 'name, id')),
    statutes: page('Statute', ['citation'], (_, _args, ask) => ask('statutes', 'true', [], 'citation')),
    referral: async (_, { id }, ask) => (await ask('referrals', 'id = $1', [id]))[0] ?? null,
    referrals: page('Referral', ['submitted_at', 'id'], (_, _args, ask) => ask('referrals', 'true', [], 'submitted_at desc, id desc')),
    case: async (_, { id, number }, ask) => (await (id == null ? ask('cases', 'number = $1', [number]) : ask('cases', 'id = $1', [id])))[0] ?? null,
    cases: page('Case', ['received_at', 'id'], async (_, { orderBy }, ask) => {
      const rows = await ask('cases', 'true', [], 'received_at desc, id desc');
      return orderBy === 'OLDEST_FIRST' ? rows.toReversed() : rows;
    }, (row, { filter }) =>
      (filter?.stages == null || filter.stages.includes(row['stage'])) && (filter?.kinds == null || filter.kinds.includes(row['kind']))
      && (filter?.lead == null || filter.lead === row['lead_id']) && (filter?.state == null || filter.state === row['state'])),
  },
  Mutation: {
    claimCase: async (_, { input }, ask) => ({ case: (await ask('cases', 'id = $1', [input.caseId]))[0] ?? null }),
  },
  Jurisdiction: { counties: async ({ id }, _args, ask) => (await ask('jurisdiction_counties', 'jurisdiction_id = $1', [id], 'fips')).map(({ fips }) => fips) },
  Member: { office: one('jurisdictions', 'office_id'), agency: one('agencies', 'agency_id') },
  Statute: { versions: ({ id }, _args, ask) => ask('statute_versions', 'statute_id = $1', [id], 'valid_from nulls first') },
  Referral: { agency: one('agencies', 'agency_id'), submittedBy: one('members', 'submitted_by'), attested: (row) => row['attestation_id'] !== null },
  Case: {
    agency: one('agencies', 'agency_id'),
    jurisdiction: one('jurisdictions', 'jurisdiction_id'),
    lead: one('jurisdictions', 'lead_id'),
    venues: ofCase('venues', 'since, jurisdiction_id'),
    report: async ({ id }, _args, ask) => (await ask('case_reports', 'case_id = $1', [id]))[0] ?? null,
    persons: ofCase('persons', 'position'),
    recordings: ofCase('recordings', 'position'),
    team: ofCase('assignments', 'since, id', 'and until is null'),
    charges: ofCase('charges', 'proposed_at, id'),
    events: page('TrailEvent', ['at', 'id'], ofCase('trail_events', 'at desc, id desc')),
    annotations: page('Annotation', ['created_at', 'id'], ofCase('annotations', 'created_at desc, id desc'), (note, { includeDeleted }) => includeDeleted === true || !note['deleted']),
  },
  Person: { contact: async (row, _args, ask) => (await ask('person_contacts', 'case_id = $1 and person_id = $2', [row['case_id'], row['id']]))[0] ?? null },
  Venue: { jurisdiction: one('jurisdictions', 'jurisdiction_id') },
  Assignment: { member: one('members', 'member_id') },
  TrailEvent: { actor: one('members', 'actor_id'), body: ({ body }) => JSON.parse(body) },
  Annotation: {
    author: one('members', 'author_id'),
    target: (row) => ({ kind: row['target_kind'], id: row['target_id'] }),
    body: async (row, _args, ask) => (await ask('annotation_revisions', 'case_id = $1 and annotation_id = $2 and revision = $3', [row['case_id'], row['id'], row['revision']]))[0]?.['body'],
    revisions: (row, _args, ask) => ask('annotation_revisions', 'case_id = $1 and annotation_id = $2', [row['case_id'], row['id']], 'revision'),
  },
  AnnotationRevision: { revisedBy: one('members', 'revised_by') },
  Charge: {
    statute: one('statutes', 'statute_id'),
    version: one('statute_versions', 'statute_version_id'),
    proposedBy: one('members', 'proposed_by'),
    person: async (row, _args, ask) => (await ask('persons', 'case_id = $1 and id = $2', [row['case_id'], row['person_id']]))[0] ?? null,
  },
};

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** True where the resolvers above can read a field. */
export function knows(type: string, field: string): boolean {
  const shape = SHAPES[type];
  return shape === undefined || RESOLVERS[type]?.[field] !== undefined || (!(field in shape.fields) && field in getTableColumns(shape.table));
}

/** Executes documents as GraphQL's reference does, every field by its resolver, under a member's eyes. */
export class FieldByField {
  readonly #schema: GraphQLSchema;
  readonly #sql: postgres.Sql;
  readonly #known = new Map<string, Promise<Row[]>>();

  constructor(database: Exclude<Database, string>) {
    const asText = (text: string) => text;
    this.#sql = postgres({
      ...database, max: 1, onnotice: () => undefined,
      types: { day: { to: 1082, from: [1082], serialize: asText, parse: asText }, instant: { to: 1184, from: [1184], serialize: asText, parse: (text: string) => new Instant(text) } },
    });
    this.#schema = openSchema();
    for (const type of Object.values(this.#schema.getTypeMap())) {
      if (!isObjectType(type)) continue;
      for (const field of Object.values(type.getFields())) {
        const resolve = RESOLVERS[type.name]?.[field.name];
        field.resolve = (row: Row = {}, args, ask: Ask) => (resolve ? resolve(row, args, ask) : field.name in row ? row[field.name] : row[snake(field.name)]);
      }
    }
  }

  async run(memberId: string, { document, variables }: Drawn): Promise<ExecutionResult> {
    await this.#sql.unsafe('begin');
    const { text, values } = enter(memberId, '');
    await this.#sql.unsafe(text, [...values] as string[]);
    const ask: Ask = (table, where, given = [], order = '1') => {
      const query = `select * from comity.${table} where ${where} order by ${order}`;
      const key = JSON.stringify([memberId, query, given]);
      const known = this.#known.get(key) ?? this.#sql.unsafe(query, [...given] as string[]);
      this.#known.set(key, known);
      return known;
    };
    const result = await execute({ schema: this.#schema, document: parse(document), contextValue: ask, variableValues: variables });
    await this.#sql.unsafe('commit');
    return result;
  }

  /** Lets go of what it remembers, once something has changed. */
  forget(): void {
    this.#known.clear();
  }

  close(): Promise<void> {
    return this.#sql.end();
  }
}
