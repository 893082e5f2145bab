import type postgres from 'postgres';
import { prune, upsert } from '../database/upsert.ts';
import { fieldChanges, type FieldChange, loaded, type Resting, toldFields } from './counsel.ts';
import type { RuleInsert } from './rule.file.ts';
import { type RuleKind, stateRules } from './rule.table.ts';

/** What a file of counsel does to one rule: the first, second… of its kind and state. */
export interface RuleChange extends Resting {
  readonly kind: RuleKind;
  readonly state: string;
  readonly position: number;
  readonly citation: string | null;
  readonly change: 'ADDED' | 'CHANGED' | 'REMOVED' | 'UNCHANGED';
  readonly fields: readonly FieldChange[];
}

/** Which rules of counsel the database holds, so that a server that keeps rules in mind sees that they are others. */
const EDITION = `insert into comity.reference_loads (file, sha256, rows)
  select 'rules of counsel', encode(sha256(convert_to(coalesce(string_agg(to_jsonb(r)::text, '' order by r.id), ''), 'UTF8')), 'hex'), count(*) from comity.state_rules r where r.origin = 'COUNSEL'
  on conflict (file) do update set sha256 = excluded.sha256, rows = excluded.rows, loaded_at = now()`;

/**
 * Loads counsel's own rules, all or none, and says what that changed. Of each kind and state that they name they take the place of all
 * that stood there, and from then on no release replaces them. With `keep` false everything is taken back, and the report says what
 * would change. `sql` is a client of one connection whose role owns the tables.
 */
export const applyRules = (sql: postgres.Sql, rules: readonly RuleInsert[], { keep }: { keep: boolean }): Promise<RuleChange[]> =>
  loaded(sql, keep, async (unit) => {
    const taken = JSON.stringify(rules.map(({ kind, state }) => ({ kind, state })));
    const before = await rulesOf(unit, taken);
    await unit`update comity.state_rules r set origin = 'COUNSEL' where exists (select from jsonb_to_recordset(${taken}::text::jsonb) t (kind text, state text) where t.kind = r.kind and t.state = r.state)`;
    await upsert(unit, stateRules, ['id'], rules.map((row) => ({ ...row, origin: 'COUNSEL' as const })));
    const others = await unit<{ id: string; kind: RuleKind }[]>`select id, kind from comity.state_rules r
      where not exists (select from jsonb_to_recordset(${taken}::text::jsonb) t (kind text, state text) where t.kind = r.kind and t.state = r.state)`;
    await prune(unit, stateRules, 'kind', 'id', [...rules, ...(others as unknown as RuleInsert[])]);
    await unit.unsafe(EDITION);
    const report = changes(before, await rulesOf(unit, taken));
    // What the law closes to other offices is kept by case.
    if (report.some(({ kind, change }) => kind === 'RESTRICTION' && change !== 'UNCHANGED')) await unit`select comity.resight_law()`;
    return report;
  });

interface Rule {
  readonly kind: RuleKind;
  readonly state: string;
  readonly position: number;
  /** What it says, and what that rests on. */
  readonly said: Readonly<Record<string, unknown>>;
  readonly charges: number;
  readonly clocks: number;
}

const rulesOf = async (sql: postgres.Sql, taken: string): Promise<Map<string, Rule>> => {
  const rows = await sql<Rule[]>`
    select r.kind, r.state, r.position, r.body || jsonb_build_object('citation', r.citation, 'source', r.source, 'confidence', r.confidence) as said, k.charges::integer, k.clocks::integer
      from comity.state_rules r cross join comity.resting_on_rule(r.id) k
     where exists (select from jsonb_to_recordset(${taken}::text::jsonb) t (kind text, state text) where t.kind = r.kind and t.state = r.state)
     order by r.kind, r.state, r.position`;
  return new Map(rows.map((rule) => [[rule.kind, rule.state, rule.position].join(' '), rule]));
};

function changes(before: ReadonlyMap<string, Rule>, after: ReadonlyMap<string, Rule>): RuleChange[] {
  return [...new Map([...before, ...after])].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, rule]) => {
    const [was, is] = [before.get(name), after.get(name)];
    const fields = was && is ? fieldChanges(was.said, is.said) : [];
    const change = is === undefined ? 'REMOVED' : was === undefined ? 'ADDED' : fields.length > 0 ? 'CHANGED' : 'UNCHANGED';
    const { kind, state, position, charges, clocks, said } = was ?? rule;
    return { kind, state, position, citation: citationOf((is ?? rule).said) ?? citationOf(said), change, fields, charges, clocks };
  });
}

const citationOf = ({ citation }: Rule['said']): string | null => (typeof citation === 'string' ? citation : null);

/** The report as it is printed, a line for each rule and field. */
export function toldRules(report: readonly RuleChange[]): string {
  const changed = report.filter(({ change }) => change !== 'UNCHANGED');
  const lines = changed.flatMap(({ kind, state, position, citation, change, fields, ...resting }) => [
    `${change.padEnd(8)} ${kind} in ${state === '*' ? 'every state' : state}, rule ${position + 1}${citation === null ? '' : ` (${citation})`}`, ...toldFields(fields, resting),
  ]);
  return [...lines, `${report.length} rules, ${report.length - changed.length} of them unchanged.`].join('\n');
}
