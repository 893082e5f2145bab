import { Agent, request } from 'node:http';

/** One request as it is sent. */
export interface Shot {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How long a slot goes on: a time, or so many requests. */
export type Length = { readonly ms: number } | { readonly requests: number };

/** Sends shots over so many connections that are kept open, one at a time on each; answers the latency of each in milliseconds. Throws for any answer but a good one. */
export async function fire(url: string, connections: number, length: Length, next: () => Shot | Promise<Shot>): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const latencies: number[] = [];
  const until = 'ms' in length ? performance.now() + length.ms : Infinity;
  let left = 'requests' in length ? length.requests : Infinity;
  const gun = async () => {
    while (left > 0 && performance.now() < until) {
      left -= 1;
      const shot = await next();
      const began = performance.now();
      await send(url, agent, shot);
      latencies.push(performance.now() - began);
    }
  };
  try {
    await Promise.all(Array.from({ length: connections }, gun));
  } finally {
    agent.destroy();
  }
  return latencies;
}

/** Sends one and answers its text. A connection that the server closed while it was at rest is tried once more. */
export async function send(url: string, agent: Agent | undefined, shot: Shot): Promise<string> {
  return exchange(url, agent, shot).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ECONNRESET') return exchange(url, agent, shot);
    throw fault;
  });
}

const exchange = (url: string, agent: Agent | undefined, { path, headers, body }: Shot): Promise<string> =>
  new Promise((resolve, reject) => {
    const sent = request(`${url}${path}`, { method: 'POST', ...(agent && { agent }), headers: { ...headers, 'content-length': Buffer.byteLength(body) } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        if (response.statusCode !== 200 || text.includes('"errors":[')) reject(new Error(`${response.statusCode}: ${text.slice(0, 500)}`));
        else resolve(text);
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
