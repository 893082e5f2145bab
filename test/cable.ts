import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Database } from '../src/database/address.ts';

/** A cable between the process and PostgreSQL, in the hands of the test. */
export interface Cable {
  /** How to reach PostgreSQL through it. */
  readonly database: Exclude<Database, string>;
  /** How often it was plugged in. */
  readonly plugged: number;
  /** Pulls it out. */
  cut(): void;
  /** What PostgreSQL answers from now on is lost; what is sent to it arrives. */
  loseAnswers(): void;
  /** Whoever plugs it in from now on is cut off at once, as a proxy does that has lost its server. */
  hangUp(): void;
  close(): Promise<void>;
}

/** Lays a cable to a database. */
export async function layCable(to: Exclude<Database, string>): Promise<Cable> {
  const ends = new Set<Socket>();
  let plugged = 0;
  let deaf = false;
  let hungUp = false;
  const server = createServer((near) => {
    plugged += 1;
    if (hungUp) {
      near.destroy();
      return;
    }
    const far = to.host.startsWith('/') ? createConnection(join(to.host, `.s.PGSQL.${to.port}`)) : createConnection(to.port, to.host);
    for (const [end, other] of [[near, far], [far, near]] as const) {
      ends.add(end);
      end.on('error', () => other.destroy());
      end.on('close', () => {
        ends.delete(end);
        other.destroy();
      });
    }
    near.on('data', (bytes) => far.write(bytes));
    far.on('data', (bytes) => {
      if (!deaf) near.write(bytes);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = () => {
    for (const end of ends) end.destroy();
  };
  return {
    database: { ...to, host: '127.0.0.1', port: (server.address() as AddressInfo).port },
    get plugged() {
      return plugged;
    },
    cut,
    loseAnswers: () => {
      deaf = true;
    },
    hangUp: () => {
      hungUp = true;
    },
    close: () => {
      cut();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
