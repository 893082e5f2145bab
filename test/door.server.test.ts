import { setTimeout as wait } from 'node:timers/promises';
import { getIntrospectionQuery } from 'graphql';
import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addressKey } from '../src/door/rates.ts';
import { bearerOf, codeOf, post, type Answer } from './door.client.ts';
import { toy, type Toy } from './door.server.ts';

let door: Toy;
let bearer: { authorization: string };
const ask = (query: string, variables?: object, extra: object = {}): Promise<Answer> => post(door, { query, variables, ...extra }, bearer);

beforeAll(async () => {
  door = await toy();
  bearer = await bearerOf('ana', door);
});
afterAll(async () => { await door.stop(); });

describe('the server', () => {
  test('keeps every MUST of GraphQL over HTTP, and every SHOULD but the status 200 for documents it refuses', async () => {
    const open = await toy({ introspection: true });
    try {
      const token = await bearerOf('ana', open);
      const audits = serverAudits({
        url: `${open.url}/graphql`, fetchFn: (url: string, options: RequestInit = {}) => fetch(url, { ...options, headers: { ...options.headers, ...token } }),
      });
      const results = await Promise.all(audits.map((audit) => audit.fn()));
      const failed = results.filter(({ status }) => status !== 'ok');
      expect(results.filter(({ name }) => name.startsWith('MUST')).length).toBeGreaterThan(10);
      expect(failed.filter(({ name }) => name.startsWith('MUST'))).toEqual([]);
      expect(failed.filter(({ name }) => name.startsWith('SHOULD')).map(({ id }) => id).sort()).toEqual(['572B', '7B9B', 'FDE2']);
    } finally { await open.stop(); }
  });

  test('answers an explorer\'s introspection where that is on, yet no deep question beside it', async () => {
    const open = await toy({ introspection: true });
    try {
      const token = await bearerOf('ana', open);
      const whole = getIntrospectionQuery({ descriptions: true, specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true, inputValueDeprecation: true });
      const answer = await post(open, { query: whole, operationName: 'IntrospectionQuery' }, token);
      expect([answer.status, answer.body.errors]).toEqual([200, undefined]);
      const beside = await post(open, { query: `{ __schema { types { name } } shelf ${nestedShelf(10)} }` }, token);
      expect(codeOf(beside)).toBe('QUERY_TOO_COMPLEX');
      expect((await post(open, { query: '{ mee }' }, token)).text).toContain('Did you mean');
    } finally { await open.stop(); }
  });

  test('tells that it lives, whether it is ready, and what it has counted', async () => {
    await ask('{ me }');
    await ask('{ refuse }');
    await post(door, { query: '{ me }' });
    expect((await fetch(`${door.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${door.url}/readyz`)).status).toBe(200);
    const text = await (await fetch(`${door.url}/metrics`)).text();
    for (const outcome of ['OK', 'CONFLICT', 'UNAUTHENTICATED']) expect(text).toMatch(new RegExp(`comity_requests_total\\{outcome="${outcome}"\\} [1-9]`));
    expect(text).toContain('comity_leases_in_use 3');
    expect(text).toMatch(/comity_requests_in_flight 0/);
  });

  test('on its way out finishes what is under way, takes nothing new, and says that it is not ready', async () => {
    const leaving = await toy();
    const token = await bearerOf('ana', leaving);
    const underWay = post(leaving, { query: '{ slow }' }, token);
    while (leaving.runs.slow === 0) await wait(5);
    leaving.readiness.isReady = false;
    expect((await fetch(`${leaving.url}/readyz`)).status).toBe(503);
    const stopped = leaving.stop();
    await wait(50);
    await expect(fetch(`${leaving.url}/healthz`)).rejects.toThrow();
    leaving.releaseSlow();
    expect((await underWay).body).toEqual({ data: { slow: 'done' } });
    expect(await stopped).toBe('clean');
  });

  test('cuts what does not end in time', async () => {
    const stuck = await toy();
    const underWay = post(stuck, { query: '{ slow }' }, await bearerOf('ana', stuck));
    while (stuck.runs.slow === 0) await wait(5);
    const cut = expect(underWay).rejects.toThrow();
    expect(await stuck.stop()).toBe('forced');
    expect(stuck.readiness.isReady).toBe(false);
    await cut;
    stuck.releaseSlow();
  });

  test('serves an explorer that asks no other host, with its tabs and personas', async () => {
    const shown = await toy({ explorer: async () => ({ personas: [{ name: '</script><b>', token: 'abc' }], tabs: [{ name: 'Who am I', query: 'query Me { me }' }] }) });
    try {
      const page = await fetch(`${shown.url}/`);
      const html = await page.text();
      expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(html).not.toMatch(/https?:|<\/script><b>/);
      for (const [, path] of html.matchAll(/(?:src|href)="(\/[^"]+)"/g)) expect((await fetch(`${shown.url}${path}`)).status).toBe(200);
    } finally { await shown.stop(); }
  });
});

const nestedShelf = (depth: number): string => (depth === 1 ? '{ id }' : `{ next ${nestedShelf(depth - 1)} }`);

test('senders within one IPv6 network are one address, others are not', () => {
  expect(addressKey('2001:db8:1:2:3:4:5:6')).toBe(addressKey('2001:db8:1:2::9'));
  expect(addressKey('2001:db8:1:2::9')).not.toBe(addressKey('2001:db8:1:3::9'));
  expect(addressKey('192.0.2.1')).not.toBe(addressKey('192.0.2.2'));
  expect(addressKey('::ffff:192.0.2.1')).not.toBe(addressKey('::ffff:192.0.2.2'));
});
