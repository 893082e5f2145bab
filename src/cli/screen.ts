import { PERSONAS } from './demonstration.ts';

/** What a newcomer sees once everything runs: where it is, who is there, and a token for each. */
export function screen(url: string, tokens: ReadonlyMap<string, string>, home: string): string {
  const lines = PERSONAS.flatMap(({ subject, name, job }) => [`  ${subject.padEnd(20)} ${name}, ${job}`, `    ${tokens.get(subject) ?? ''}`]);
  return [
    '',
    `Comity runs at ${url}`,
    `  API       POST ${url}/graphql     Explorer  ${url}/     Health  ${url}/readyz`,
    '',
    'The coalition is a demonstration; everyone in it is invented. Tokens hold for 12 hours:',
    '',
    ...lines,
    '',
    'Try:',
    `  curl -s ${url}/graphql -H 'content-type: application/json' -H "authorization: Bearer $(npm run -s comity -- token --as dallas.attorney)" \\`,
    `    -d '{"query":"{ me { name role office { name } } cases(first: 3) { nodes { number stage } } }"}'`,
    '',
    `Stop with Ctrl-C. The data stay in ${home}; delete that folder to begin anew.`,
    '',
  ].join('\n');
}
