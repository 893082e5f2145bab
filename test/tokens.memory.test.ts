import { expect, test } from 'vitest';
import { remembering } from '../src/door/tokens.memory.ts';

/** A verifier that counts, with a clock in hand. */
function counted(expiresInMs: number) {
  const clock = { now: 1_000_000 };
  let checks = 0;
  let holds = true;
  const verify = remembering(
    async () => {
      checks += 1;
      if (!holds) throw new Error('it does not hold');
      return { expiresAt: new Date(1_000_000 + expiresInMs) };
    },
    () => clock.now,
  );
  return { clock, verify, checks: () => checks, withdraw: () => { holds = false; } };
}

test('a token that held is taken from memory for a minute, and then checked again', async () => {
  const { clock, verify, checks, withdraw } = counted(900_000);
  await verify('a');
  await verify('a');
  expect(checks()).toBe(1);
  withdraw();
  clock.now += 59_999;
  await verify('a');
  clock.now += 1;
  await expect(verify('a')).rejects.toThrow('does not hold');
});

test('a token is never taken from memory beyond its expiry', async () => {
  const { clock, verify, withdraw } = counted(10_000);
  await verify('a');
  withdraw();
  clock.now += 9_999;
  await verify('a');
  clock.now += 1;
  await expect(verify('a')).rejects.toThrow('does not hold');
});

test('what did not hold is not kept, nor taken for another token', async () => {
  const { verify, checks, withdraw } = counted(900_000);
  await verify('a');
  withdraw();
  await expect(verify('b')).rejects.toThrow();
  await expect(verify('b')).rejects.toThrow();
  expect(checks()).toBe(3);
});
