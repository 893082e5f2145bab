import type { Toy } from './door.server.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: { data?: Record<string, unknown>; errors?: { message: string; path?: string[]; extensions: Record<string, unknown> }[] };
}

/** Sends a body to the toy's API, as JSON unless it is text or bytes already. */
export async function post(door: Toy, body: unknown, headers: Record<string, string> = {}, method = 'POST'): Promise<Answer> {
  const answer = await fetch(`${door.url}/graphql`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(method !== 'GET' && method !== 'HEAD' && { body: typeof body === 'string' || body instanceof Buffer ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, body: text.startsWith('{') ? JSON.parse(text) : {} };
}

export const codeOf = (answer: Answer): unknown => answer.body.errors?.[0]?.extensions['code'];

export const bearerOf = async (subject: string, at: Toy): Promise<{ authorization: string }> =>
  ({ authorization: `Bearer ${await at.issuer.mint({ subject })}` });
