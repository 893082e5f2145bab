import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import process from 'node:process';
import postgres from 'postgres';
import { enter } from '../../src/access/context.ts';
import type { Connection } from '../../src/database/embedded.ts';
import { newId } from '../../src/kernel/ids.ts';
import { CLAIM, CLOCKS, DENIED, DETAIL, FIRST_CLOCKS, LIST, PROOF, RECEIVE, RECEIVED } from './bare.statements.ts';
import { answerUsage } from './usage.ts';

/** How a bare server is started: as whom it speaks to PostgreSQL, and whether a row policy holds for it. */
export interface BareStart {
  readonly database: Connection;
  readonly rowPolicies: boolean;
  readonly leases: number;
}

type Client = postgres.Sql;

/** One server that does nothing but its statement: no token, no parsing of operations, no checks of what comes in. */
function serve({ database, rowPolicies, leases }: BareStart): void {
  // What roles.sql sets for the serving role, given to the superuser too, so that both plan alike.
  const connection = { plan_cache_mode: 'force_generic_plan', jit: 'off', TimeZone: 'UTC', application_name: 'bare' };
  const clients: Client[] = Array.from({ length: leases }, () => postgres({ ...database, max: 1, fetch_types: false, onnotice: () => undefined, connection }));
  const waiting: ((client: Client) => void)[] = [];
  const borrowed = (): Client | Promise<Client> => clients.pop() ?? new Promise((resolve) => waiting.push(resolve));
  const giveBack = (client: Client) => {
    const next = waiting.shift();
    if (next) next(client);
    else clients.push(client);
  };

  const send = (client: Client, text: string, values: readonly (string | number | null)[] = []) => client.unsafe(text, values as never[], { prepare: true });
  const context = (client: Client, member: string) => {
    const { text, values } = enter(member, newId());
    return send(client, text, values as string[]);
  };
  /** Everything in one flush; the answer is the body of the statement at `at`. */
  const together = async (statements: readonly PromiseLike<readonly postgres.Row[]>[], at: number): Promise<string> => {
    const answers = await Promise.all(statements);
    const body: unknown = answers.at(at)?.[0]?.['body'];
    if (typeof body !== 'string') throw new Error('nothing was answered');
    return body;
  };
  const reading = (client: Client, member: string, text: string, value: string) =>
    rowPolicies
      ? together([send(client, 'begin read only'), context(client, member), send(client, text, [value]), send(client, 'commit')], 2)
      : together([send(client, text, [value])], 0);

  const routes: Readonly<Record<string, (client: Client, member: string, body: string) => Promise<string>>> = {
    '/detail': async (client, member, body) => {
      const text = await reading(client, member, DETAIL, body);
      // Whoever serves under the policies writes down that a case was not told, before it answers.
      if (rowPolicies && NOTHING.test(text)) await together([send(client, 'begin'), context(client, member), send(client, DENIED, [body, newId()]), send(client, 'commit')], 2);
      return text;
    },
    '/list': (client, member, body) => reading(client, member, LIST, body),
    '/clocks': (client, member, body) => reading(client, member, CLOCKS, body),
    '/proof': (client, member, body) => reading(client, member, PROOF, body),
    '/submit': (client, member, body) => {
      // The id that the bench gave stands at a fixed place, so that the body need not be parsed.
      const id = body.slice(REFERRAL_AT, REFERRAL_AT + 36);
      return together([send(client, 'begin'), context(client, member), send(client, RECEIVE, [body]), send(client, FIRST_CLOCKS, [body]), send(client, RECEIVED, [id]), send(client, 'commit')], 4);
    },
    '/claim': (client, member, body) => {
      const { id, version, office } = JSON.parse(body) as { id: string; version: number; office: string };
      const event = JSON.stringify({ jurisdictionId: office, assignedTo: member });
      return together([
        send(client, 'begin'), context(client, member), send(client, CLAIM.lock, [office]), send(client, CLAIM.lead, [id, office, version]), send(client, CLAIM.place, [id, newId(), member]),
        send(client, CLAIM.record, [id, version, event]), send(client, CLAIM.handOver, [id]), send(client, CLAIM.tell, [id]), send(client, CLAIM.resight, [id]),
        send(client, CLAIM.shown, [id]), send(client, 'commit'),
      ], 9);
    },
  };

  const server = createServer((request, response) => {
    const answer = async () => {
      const body = await read(request);
      const client = await borrowed();
      try {
        const text = await (routes[request.url ?? ''] ?? unknown)(client, String(request.headers['x-member']), body);
        response.setHeader('content-type', 'application/json; charset=utf-8');
        response.end(text);
      } finally {
        giveBack(client);
      }
    };
    answer().catch((fault: unknown) => {
      response.statusCode = 500;
      response.end(JSON.stringify({ errors: [{ message: String(fault) }] }));
    });
  });
  server.listen(0, () => {
    answerUsage();
    process.send?.({ url: `http://localhost:${(server.address() as AddressInfo).port}` });
  });
}

/** Where the referral's id stands in the JSON of an arrival. */
const REFERRAL_AT = '{"referral_id":"'.length;

/** What is answered where there is no such case. */
const NOTHING = /"case" : null\}\}$/;

const unknown = () => Promise.reject(new Error('no such workload'));

async function read(request: IncomingMessage): Promise<string> {
  let body = '';
  request.setEncoding('utf8');
  for await (const chunk of request) body += String(chunk);
  return body;
}

process.once('message', (start: BareStart) => serve(start));
