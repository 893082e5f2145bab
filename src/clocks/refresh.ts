import type postgres from 'postgres';
import type { LawRule } from '../law/rule.file.ts';
import type { RuleKind } from '../law/rule.table.ts';
import { OF_THE_OFFICE } from './answers.ts';
import type { ChargeFacts } from './case-facts.ts';
import { limitationRule } from './limitation.law.ts';
import { putting } from './reclock.ts';
import { retentionRule } from './retention.ts';
import { clockRule } from './rule.ts';

/** Cases of one transaction: their trails are held while it lasts. */
const TOGETHER = 100;
const FIRST = '00000000-0000-0000-0000-000000000000';
const PUT = 'select comity.put_clocks_of($1::uuid, $2::text::jsonb)';

/**
 * Computes the clocks anew that rest on a rule which says something else by now, and those that are missing; what they showed
 * before stays beside them. Broken off, it goes on with what is left when it is called again. Answers how many cases were looked
 * at, and tells `progress` of it. `sql` is a client of one connection whose role owns the tables.
 */
export async function refreshClocks(sql: postgres.Sql, progress: (cases: number) => void = () => undefined): Promise<number> {
  const { texts, others } = await versionsInForce(sql);
  let [cases, behind] = [0, FIRST];
  for (;;) {
    const ids = (await sql<{ id: string }[]>`select comity.clocks_outdated(${JSON.stringify(texts)}::text::jsonb, ${others}::text[], ${behind}::uuid, ${TOGETHER}) as id`).map(({ id }) => id);
    const last = ids.at(-1);
    if (last === undefined) return cases;
    await sql.begin(async (tx) => {
      for (const row of await tx<{ facts: string }[]>`select facts::text as facts from comity.clock_facts_of(${ids}::uuid[])`) {
        const { text, values } = putting(row, PUT, 'TOLD');
        await tx.unsafe(text, [...values]);
      }
    });
    [cases, behind] = [cases + ids.length, last];
    progress(cases);
  }
}

/** What the rules say today, as clocks name it: by the text of each statute, and all others. */
async function versionsInForce(sql: postgres.Sql): Promise<{ texts: Record<string, string>; others: string[] }> {
  const rules = (await sql<{ rule: LawRule<RuleKind> }[]>`
    select jsonb_build_object('kind', r.kind, 'state', r.state, 'body', r.body, 'citation', r.citation, 'source', r.source, 'confidence', r.confidence) as rule
      from comity.state_rules r order by r.position`).map(({ rule }) => rule);
  const texts = await sql<Pick<ChargeFacts, 'versionId' | 'statute' | 'version'>[]>`
    select v.id as "versionId", jsonb_build_object('state', s.state, 'citation', s.citation) as statute, jsonb_build_object('validFrom', v.valid_from, 'validTo', v.valid_to, 'level', v.level,
        'limitation', v.limitation, 'appliesToFederalOfficer', v.applies_to_federal_officer, 'confidence', v.confidence, 'attestedBy', null) as version
      from comity.statute_versions v join comity.statutes s on s.id = v.statute_id`;
  const ofKind = <K extends RuleKind>(kind: K) => rules.filter((rule) => rule.kind === kind) as unknown as LawRule<K>[];
  const limitations = new Map(ofKind('LIMITATION').map((rule) => [rule.state, rule]));
  const assumption = ofKind('BODY_CAMERA_RETENTION').find(({ state }) => state === '*');
  return {
    texts: Object.fromEntries(texts.flatMap(({ versionId, statute, version }) => {
      const rule = limitations.get(statute.state);
      return rule === undefined ? [] : [[versionId, limitationRule({ statute, version: { ...version, attestedBy: null }, rule }).version]];
    })),
    others: [
      OF_THE_OFFICE.version, ...rules.map((rule) => clockRule('', rule).version),
      ...(assumption === undefined ? [] : ofKind('BODY_CAMERA_RETENTION').map((rule) => retentionRule({ rule, assumption }).version)),
    ],
  };
}
