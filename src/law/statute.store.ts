import { and, sql, type SQL } from 'drizzle-orm';
import { searchText } from '../database/search.ts';
import { named, page, type Arguments, type Target } from '../database/shape.ts';
import { arrayText } from '../database/statement.ts';
import { badInput } from '../kernel/errors.ts';
import { idOrNull } from '../kernel/ids.ts';
import { daySought } from '../kernel/scalars.ts';
import { citationAndParents, findCitation, parseCitation, type Citation } from './citation.ts';
import { statutes, statuteVersions } from './statute.table.ts';

/** A version holds on a day from its first to its last, both included; an unknown start is taken as in force. */
export const inForce = (version: typeof statuteVersions, day: SQL): SQL =>
  sql`(${version.validFrom} is null or ${version.validFrom} <= ${day}) and (${version.validTo} is null or ${day} <= ${version.validTo})`;

/** The statutes that a filter lets through, by citation. Law carries no case: every reader sees the same. */
export const statutesFound = ({ planned, param }: Arguments): Target => {
  const given = (planned['filter'] ?? {}) as Readonly<Record<string, unknown>>;
  const bound = (name: string, read: (value: unknown) => string | null = String): SQL | undefined =>
    given[name] == null ? undefined : param((args) => read((args['filter'] as Readonly<Record<string, unknown>>)[name]));
  /** The provision that a filter's text cites, what contains it, what it contains and what it went on as; none where it cites nothing. */
  const cited = (name: string, read: (text: string) => Citation | undefined) => {
    const wider = bound(name, (text) => arrayText(citationsOf(read(String(text)))));
    const itself = bound(name, (text) => read(String(text))?.canonical ?? null);
    const within = (at: SQL) => sql`(${at} = any (${wider}::text[]) or starts_with(${at}, ${itself}::text || '(') or starts_with(${at}, ${itself}::text || ', subd. '))`;
    // Whoever cites what the law no longer stands under is led to where it stands.
    return wider && itself && ((row: typeof statutes) =>
      sql`(${within(sql`${row.citation}`)} or ${row.id} in (select v.superseded_by from ${statuteVersions} v join ${statutes} earlier on earlier.id = v.statute_id where ${within(sql`earlier.citation`)}))`);
  };
  const [text, citedInText, citation] = [bound('text', (value) => searchText('filter.text', value)), cited('text', findCitation), cited('citation', citationGiven)];
  const [state, tag, id] = [bound('state', (value) => String(value).toUpperCase()), bound('tag'), bound('id', idOrNull)];
  const [level, sought] = [bound('level'), bound('inForceOn', daySought)];
  const days = [sought, planned['asOf'] == null ? undefined : param(({ asOf }) => daySought(asOf))].filter((each) => each !== undefined);
  const version = named(statuteVersions, 'v');
  return page('Statute', statutes, {
    where: (row) =>
      and(
        text && citedInText && sql`(${row.tsv} @@ websearch_to_tsquery('english', ${text}) or coalesce(${citedInText(row)}, false))`,
        citation?.(row),
        state && sql`${row.state} = ${state}`,
        tag && sql`${tag} = any (${row.tags})`,
        id && sql`${row.id} = ${id}::uuid`,
        // One version must satisfy all: its level on that day.
        level === undefined && days.length === 0 ? undefined
          : sql`exists (select 1 from ${statuteVersions} v where ${and(sql`${version.statuteId} = ${row.id}`, level && sql`${version.level} = ${level}`, ...days.map((day) => inForce(version, sql`${day}::text::date`)))})`,
      ),
    keys: (row) => [{ column: sql`${row.citation}`, kind: 'text' }],
  });
};

const citationsOf = (citation: Citation | undefined): string[] => (citation ? citationAndParents(citation) : []);

function citationGiven(text: string): Citation {
  const citation = parseCitation(text);
  if (citation === undefined) {
    throw badInput('filter.citation', 'This citation is not understood.', 'Cite as in 720 ILCS 5/12-3, Minn. Stat. § 609.222, subd. 1 or Tex. Penal Code § 22.02; or search with filter.text.');
  }
  return citation;
}
