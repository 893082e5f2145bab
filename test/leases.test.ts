import { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { enter } from '../src/access/context.ts';
import { Lease, leasePool, type LeaseOptions, type LeasePool } from '../src/database/lease.ts';
import { statement, type Value } from '../src/database/statement.ts';
import { read, write, type Context, type Transaction } from '../src/database/unit.ts';
import { refusalOf } from '../src/door/faults.ts';
import { namedId, newId } from '../src/kernel/ids.ts';
import { layCable, type Cable } from './cable.ts';
import { freshDatabase, type FreshDatabase } from './harness.ts';

let database: FreshDatabase;
const ADA = newId();
const SOL = newId();
const as = (memberId: string): Context => ({ enter: (mark) => enter(memberId, mark) });

const escaped: unknown[] = [];
const note = (fault: unknown) => escaped.push(fault);
process.on('unhandledRejection', note).on('uncaughtException', note);

beforeAll(async () => {
  database = await freshDatabase();
  for (const [id, name] of [[ADA, 'Ada'], [SOL, 'Sol']] as const) {
    await database.owner`insert into comity.members (id, subject, name, kind, role, office_id) values (${id}, ${name}, ${name}, 'PERSON', 'ATTORNEY', ${namedId('jurisdiction', 'dallas-tx')})`;
  }
  await database.owner.unsafe(`
    create table comity.slips (id integer generated always as identity, member uuid not null default comity.member(), word text not null);
    create policy own on comity.slips using (member = (select comity.member())) with check (member = (select comity.member()));
    alter table comity.slips enable row level security;
    grant select, insert on comity.slips to comity_app;
    create table comity.turns (id integer primary key, taken integer not null);
    insert into comity.turns values (1, 0), (2, 0);
    grant select, update on comity.turns to comity_app`);
});
afterEach(() => database.owner`truncate comity.slips`);
afterAll(async () => {
  await database.close();
  process.off('unhandledRejection', note).off('uncaughtException', note);
  expect(escaped).toEqual([]);
});

const SLIP = 'insert into comity.slips (word) values ($1) returning id';
const slip = (word: string) => statement(SLIP, [word]);
const OWN = statement('select word, pg_backend_pid() as backend from (select 1) one left join comity.slips on true order by id');
const BACKEND = statement('select pg_backend_pid() as backend');
const words = async () => (await database.owner`select word from comity.slips order by id`).map((row) => row['word']);

function pool(options: Partial<LeaseOptions> = {}): LeasePool {
  const opened = leasePool({ database: database.as('comity_app'), size: 1, ...options });
  onTestFinished(() => opened.close());
  return opened;
}

async function cable(user: 'comity_app' | 'postgres' = 'comity_app'): Promise<Cable> {
  const laid = await layCable(database.as(user));
  onTestFinished(() => laid.close());
  return laid;
}

function lease(options: LeaseOptions): Lease {
  const opened = new Lease(options);
  onTestFinished(() => opened.end());
  return opened;
}

const backendOf = async (tx: Transaction) => Number((await tx.run(BACKEND)).rows[0]?.['backend']);
const terminate = (backend: number) => database.owner`select pg_terminate_backend(${backend}, 5000)`;
const codeOf = (refused: Promise<unknown>) => refused.then(() => 'no refusal', (fault: unknown) => refusalOf(fault)?.code ?? `a fault: ${String(fault)}`);
const writes = (leases: LeasePool, word: string) => write(leases, as(ADA), async () => ({ last: [slip(word)], result: () => word }));

describe('acknowledged means committed', () => {
  test('a unit one of whose statements failed is refused, even where its work did not notice', async () => {
    const leases = pool();
    for (const round of [1, 2, 3]) {
      const heedless = write(leases, as(ADA), async (tx) => {
        await tx.run(slip(`half ${round}`));
        await tx.run(statement('select 1 / $1::integer', [0])).catch(() => undefined);
        return { last: [], result: () => 'acknowledged' };
      });
      await expect(heedless).rejects.toThrow();
      expect(await writes(leases, `whole ${round}`)).toBe(`whole ${round}`);
    }
    expect(await words()).toEqual(['whole 1', 'whole 2', 'whole 3']);
  });

  test('a unit whose connection ends before its commit is refused, and nothing of it stays', async () => {
    const leases = pool();
    const cutShort = write(leases, as(ADA), async (tx) => {
      await tx.run(slip('lost'));
      await terminate(await backendOf(tx));
      return { last: [slip('lost too')], result: () => 'acknowledged' };
    });
    expect(await codeOf(cutShort)).toBe('UNAVAILABLE');
    expect(await writes(leases, 'next')).toBe('next');
    expect(await words()).toEqual(['next']);
  });

  test('a unit whose connection ends at its commit is refused', async () => {
    const leases = pool();
    await database.owner.unsafe(`
      create function public.dawdle() returns trigger language plpgsql as $$ begin perform pg_sleep(2); return null; end $$;
      create constraint trigger dawdle after insert on comity.slips deferrable initially deferred for each row when (new.word = 'slow') execute function public.dawdle()`);
    onTestFinished(() => database.owner`drop trigger dawdle on comity.slips`.then(() => undefined));
    let backend = 0;
    const cutShort = write(leases, as(ADA), async (tx) => {
      backend = await backendOf(tx);
      return { last: [slip('slow')], result: () => 'acknowledged' };
    });
    const outcome = codeOf(cutShort);
    await wait(700);
    await terminate(backend);
    expect(await outcome).toBe('UNAVAILABLE');
    expect(await words()).toEqual([]);
  });

  test('a commit whose answer is lost is not acknowledged, though it may have been made', async () => {
    const laid = await cable();
    const leases = pool({ database: laid.database });
    await writes(leases, 'warm');
    const unheard = write(leases, as(ADA), async () => {
      laid.loseAnswers();
      return { last: [slip('unheard')], result: () => 'acknowledged' };
    });
    const outcome = codeOf(unheard);
    await expect.poll(words).toEqual(['warm', 'unheard']);
    laid.cut();
    expect(await outcome).toBe('UNAVAILABLE');
  });

  test('a unit whose connection ends after its commit keeps what it was told', async () => {
    const leases = pool();
    const backend = await write(leases, as(ADA), async (tx) => {
      const own = await backendOf(tx);
      return { last: [slip('kept')], result: () => own };
    });
    await terminate(backend);
    expect(await words()).toEqual(['kept']);
    await expect.poll(() => codeOf(writes(leases, 'next'))).toBe('no refusal');
  });
});

describe('a lease is one connection, once', () => {
  test('what waits behind a statement that is sent for the first time is not sent on a second connection', async () => {
    const laid = await cable('postgres');
    const own = lease({ database: laid.database });
    const { rows } = await own.run(BACKEND);
    const sleeping = own.run(statement('select pg_sleep($1::float8)', [20]));
    const waiting = own.run(statement('insert into comity.slips (member, word) values ($1::uuid, $2)', [ADA, 'astray']));
    const outcomes = Promise.all([codeOf(sleeping), codeOf(waiting)]);
    await wait(200);
    await terminate(Number(rows[0]?.['backend']));
    expect(await outcomes).toEqual(['UNAVAILABLE', 'UNAVAILABLE']);
    expect(own.dead).toBe(true);
    expect(await codeOf(own.run(BACKEND))).toBe('UNAVAILABLE');
    expect(laid.plugged).toBe(1);
    expect(await words()).toEqual([]);
  });

  test.each([
    ['one of another kind of value', (): Value[][] => [[0, null], [20, true]]],
    ['one too large for a single packet', (): Value[][] => [[0, 'x'], [20, 'x'.repeat(4_000_000)]]],
  ])('what waits in a flush behind %s is not sent on a second connection', async (_, values) => {
    const laid = await cable('postgres');
    const own = lease({ database: laid.database });
    const [first, second] = values();
    const flush = ([seconds, other]: readonly Value[], word: string) => own.flush([
      BACKEND, statement('select pg_sleep($1::float8), $2::text', [seconds ?? 0, other ?? null]),
      statement('insert into comity.slips (member, word) values ($1::uuid, $2)', [ADA, word]),
    ]);
    const [backend] = await flush(first ?? [], 'before');
    await flush(first ?? [], 'before');
    const outcome = codeOf(flush(second ?? [], 'astray'));
    await wait(300);
    await terminate(Number(backend?.rows[0]?.['backend']));
    expect(await outcome).toBe('UNAVAILABLE');
    expect(laid.plugged).toBe(1);
    expect(await words()).toEqual(['before', 'before']);
  });

  test('a server that hangs up before it has answered is not asked again', async () => {
    const laid = await cable();
    laid.hangUp();
    const leases = pool({ database: laid.database });
    expect(await codeOf(writes(leases, 'never'))).toBe('UNAVAILABLE');
    expect(laid.plugged).toBe(1);
  });

  test('a server that falls silent is given up, and the next unit has a lease of its own', async () => {
    const laid = await cable();
    const leases = pool({ database: laid.database, silenceMs: 600 });
    await writes(leases, 'heard');
    const unheard = write(leases, as(ADA), async () => {
      laid.loseAnswers();
      return { last: [], result: () => 'acknowledged' };
    });
    expect(await codeOf(unheard)).toBe('UNAVAILABLE');
    expect(leases.gauges).toMatchObject({ borrowed: 0, idle: 0 });
  });

  test('a database that takes no more connections is UNAVAILABLE, and serves again when it does', async () => {
    const leases = pool();
    await database.owner.unsafe(`alter database ${database.as('postgres').database} connection limit 0`);
    expect(await codeOf(writes(leases, 'never'))).toBe('UNAVAILABLE');
    await database.owner.unsafe(`alter database ${database.as('postgres').database} connection limit -1`);
    expect(await writes(leases, 'served')).toBe('served');
  });

  test('a value that the driver cannot take is refused before anything is sent, and answers stay with their questions', async () => {
    const own = lease({ database: database.as('comity_app') });
    const ask = (value: Value) => own.flush([statement('select $1::text as answer', ['first']), statement('select $1::text as other', [value]), statement('select $1::text as answer', ['last'])]);
    for (const value of ['a', 'b']) {
      const answers = await ask(value);
      expect(answers.map(({ rows }) => Object.values(rows[0] ?? {})[0])).toEqual(['first', value, 'last']);
    }
    await expect(ask(undefined as unknown as Value)).rejects.toThrow(TypeError);
    await expect(ask(new Date() as unknown as Value)).rejects.toThrow(TypeError);
    expect((await ask('c')).map(({ rows }) => Object.values(rows[0] ?? {})[0])).toEqual(['first', 'c', 'last']);
  });
});

describe('a context lives and dies with its unit', () => {
  const sees = async (leases: LeasePool, who: string) => {
    const [answer] = await read(leases, as(who), [OWN]);
    return { words: (answer?.rows ?? []).map((row) => row['word']).filter((word) => word !== null), backend: answer?.rows[0]?.['backend'] };
  };
  const context = (leases: LeasePool) => leases.use((own) => own.run(statement(
    `select concat_ws(',', current_setting('comity.member', true), current_setting('comity.unit', true), current_setting('comity.viewers', true)) as left_over`)));

  test('the next unit on the same connection, as another member, sees only its own', async () => {
    const leases = pool();
    await writes(leases, 'Ada’s');
    const ada = await sees(leases, ADA);
    const sol = await sees(leases, SOL);
    expect(ada.words).toEqual(['Ada’s']);
    expect(sol).toEqual({ words: [], backend: ada.backend });
    expect((await context(leases)).rows[0]?.['left_over']).toMatch(/^,*$/);
  });

  test('nothing of it is left where a unit throws half way', async () => {
    const leases = pool();
    const thrown = write(leases, as(ADA), async (tx) => {
      await tx.run(slip('half'));
      throw new Error('half way');
    });
    await expect(thrown).rejects.toThrow('half way');
    expect((await context(leases)).rows[0]?.['left_over']).toMatch(/^,*$/);
    expect((await sees(leases, SOL)).words).toEqual([]);
    expect(await words()).toEqual([]);
  });

  test('a statement that outlives its unit lands in no other unit', async () => {
    const leases = pool();
    let goOn = () => {};
    const later = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let straggler: Promise<unknown> = Promise.resolve();
    const thrown = write(leases, as(ADA), async (tx) => {
      straggler = later.then(() => tx.run(slip('straggler')));
      straggler.catch(() => undefined);
      throw new Error('half way');
    });
    await expect(thrown).rejects.toThrow('half way');
    await write(leases, as(SOL), async (tx) => {
      await tx.run(BACKEND);
      goOn();
      await expect(straggler).rejects.toThrow();
      return { last: [slip('Sol’s')], result: () => undefined };
    });
    expect(await words()).toEqual(['Sol’s']);
  });

  test('a unit that leaves a statement unawaited is refused, and what is still to be sent is not', async () => {
    const leases = pool();
    let rest: Promise<unknown> = Promise.resolve();
    const careless = write(leases, as(ADA), async (tx) => {
      rest = tx.flush([statement('select pg_sleep($1::float8)', [0.3]), statement('select 1 as one where $1', [true]), slip('unawaited')]);
      rest.catch(() => undefined);
      return { last: [], result: () => 'acknowledged' };
    });
    await expect(careless).rejects.toThrow();
    await expect(rest).rejects.toThrow();
    await wait(400);
    expect(await words()).toEqual([]);
    expect(await writes(leases, 'next')).toBe('next');
  });

  test('a question that had to be planned anew outside its transaction is not answered with nothing', async () => {
    const leases = pool();
    await database.owner.unsafe(`create table comity.shelves as select 1 as place, 'a'::text as label; grant select on comity.shelves to comity_app`);
    await writes(leases, 'Ada’s');
    const question = statement('select s.*, w.word from comity.shelves s left join comity.slips w on true where $1', [true]);
    const ask = () => read(leases, as(ADA), [question]);
    for (const _ of [1, 2]) expect((await ask())[0]?.rows).toEqual([{ place: 1, label: 'a', word: 'Ada’s' }]);
    await database.owner.unsafe('alter table comity.shelves add colour text');
    const settled = await ask().then((answers) => answers[0]?.rows, (fault: unknown) => refusalOf(fault)?.code);
    expect(settled).toBe('UNAVAILABLE');
    expect((await ask())[0]?.rows).toEqual([{ place: 1, label: 'a', colour: null, word: 'Ada’s' }]);
    await database.owner.unsafe('alter table comity.shelves add size text');
    const acted = write(leases, as(ADA), async (tx) => {
      await tx.run(question);
      return { last: [], result: () => 'acknowledged' };
    });
    expect(await codeOf(acted)).toBe('UNAVAILABLE');
  });
});

describe('what PostgreSQL breaks off', () => {
  const take = (id: number) => statement('update comity.turns set taken = taken + 1 where id = $1', [id]);

  test('two units that lock each other out both come through', async () => {
    const leases = pool({ size: 2 });
    const seen = { met: 0 };
    let tries = 0;
    const both = (first: number, second: number) => write(leases, as(ADA), async (tx) => {
      tries += 1;
      await tx.run(take(first));
      seen.met += 1;
      for (let turn = 0; seen.met < 2 && turn < 100; turn += 1) await wait(10);
      return { last: [take(second)], result: () => undefined };
    });
    await Promise.all([both(1, 2), both(2, 1)]);
    expect(tries).toBe(3);
    expect((await database.owner`select taken from comity.turns order by id`).map((row) => row['taken'])).toEqual([2, 2]);
  });

  test.each(['40001', '40P01'])('a unit that fails with %s each time is tried three times and then a CONFLICT', async (state) => {
    const leases = pool();
    let tries = 0;
    await database.owner.unsafe(`create or replace function public.fail(state text) returns integer language plpgsql as $$ begin raise exception 'again' using errcode = state; end $$; grant usage on schema public to comity_app`);
    const hopeless = write(leases, as(ADA), async (tx) => {
      tries += 1;
      await tx.run(slip(`try ${tries}`));
      return { last: [statement('select public.fail($1)', [state])], result: () => 'acknowledged' };
    });
    expect(await codeOf(hopeless)).toBe('CONFLICT');
    expect(tries).toBe(3);
    expect(await words()).toEqual([]);
    expect(await writes(leases, 'next')).toBe('next');
  });

  describe.concurrent('in time', () => {
    test('a lock that is not given within two seconds is a CONFLICT, and the lease serves on', async ({ expect }) => {
      const leases = leasePool({ database: database.as('comity_app'), size: 1 });
      const holder = await database.owner.reserve();
      await holder`begin`;
      await holder`update comity.turns set taken = taken where id = 1`;
      const waiting = write(leases, as(ADA), async () => ({ last: [take(1)], result: () => 'acknowledged' }));
      expect(await codeOf(waiting)).toBe('CONFLICT');
      await holder`rollback`;
      holder.release();
      expect(await write(leases, as(ADA), async () => ({ last: [take(1)], result: () => 'taken' }))).toBe('taken');
      await leases.close();
    });

    test('a statement that takes longer than three seconds is UNAVAILABLE, and the lease serves on', async ({ expect }) => {
      const leases = leasePool({ database: database.as('comity_app'), size: 1 });
      expect(await codeOf(read(leases, as(ADA), [statement('select pg_sleep(20)')]))).toBe('UNAVAILABLE');
      expect(await codeOf(read(leases, as(ADA), [BACKEND]))).toBe('no refusal');
      await leases.close();
    });

    test('a unit that idles in its transaction for five seconds loses it, and is told so', async ({ expect }) => {
      const leases = leasePool({ database: database.as('comity_app'), size: 1 });
      const idling = write(leases, as(ADA), async () => {
        await wait(6_000);
        return { last: [slip('too late')], result: () => 'acknowledged' };
      });
      expect(await codeOf(idling)).toBe('UNAVAILABLE');
      await leases.close();
    });

    test('whoever gets no lease within five seconds is told to come back', async ({ expect }) => {
      const leases = leasePool({ database: database.as('comity_app'), size: 1 });
      let release = () => {};
      const held = leases.use(() => new Promise<void>((resolve) => {
        release = resolve;
      }));
      const started = Date.now();
      expect(await codeOf(read(leases, as(ADA), [BACKEND]))).toBe('UNAVAILABLE');
      expect(Date.now() - started).toBeLessThan(8_000);
      release();
      await held;
      expect(await codeOf(read(leases, as(ADA), [BACKEND]))).toBe('no refusal');
      await leases.close();
    });
  });
});

test('statements that wait behind a full socket when the connection closes are all refused, and none waits for ever', async () => {
  const laid = await cable();
  const held = lease({ database: laid.database });
  const three = [statement('select $1::text as a', ['x'.repeat(2_000)]), statement('select $1::text as b', ['x']), statement('select $1::text as c', ['x'])];
  await held.flush(three);
  await held.flush(three);
  // A socket that says it is full: the driver keeps what follows in its queue until it drains.
  const { write: whole } = Socket.prototype;
  Socket.prototype.write = function (this: Socket, ...given: Parameters<Socket['write']>) {
    whole.apply(this, given);
    return false;
  } as Socket['write'];
  onTestFinished(() => {
    Socket.prototype.write = whole;
  });
  const flushed = held.flush(three).then(() => 'answered', () => 'refused');
  laid.cut();
  const outcome = await Promise.race([flushed, wait(5_000, 'waits')]);
  expect(outcome).toBe('refused');
  expect(held.dead).toBe(true);
});
