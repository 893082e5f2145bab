import type { ExplorerTab } from '../door/explorer.ts';

const persona = 'dallas.attorney';

/** What an office asks every morning: a tab for each question. */
export const MORNING: readonly ExplorerTab[] = [
  {
    name: 'Office, in the morning: what is due within 30 days', persona,
    query: `query Due($days: Int) {
  clocks(filter: { withinDays: $days }, first: 50) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes { kind state dueOn safeOn warnings rule { name citation attestedBy } trace { text citation on } asserted { dueOn attorney } case { id number stage } }
  }
}`,
    variables: JSON.stringify({ days: 30 }, null, 2),
  },
  {
    name: 'Office, in the morning: what waits for whom', persona,
    query: `query Waiting { waiting(first: 50) { totalCount nodes { kind since dueOn waitsFor office { name } agency { name } holder case { id number } } pageInfo { hasNextPage endCursor } } }`,
  },
  {
    name: 'Office, in the morning: demands that nobody answered', persona,
    query: `query Unanswered {
  demands(filter: { noResponse: true }, first: 50) {
    nodes { id regime component servedOn respondBy state items { category description state } rule { addressee citation } case { id number } }
  }
}`,
  },
  {
    name: 'Office, in the morning: elements that nobody has assessed', persona,
    query: `query Unassessed { unassessedElements(first: 50) { totalCount nodes { position text charge { id statute { citation } } case { id number } } } }`,
  },
  {
    name: 'Office, in the morning: charges on law that nobody has confirmed', persona,
    query: `query Unattested { charges(filter: { unattested: true }, first: 50) { totalCount nodes { id state offenceOn statute { citation title } warnings { code message } } } }`,
  },
];
