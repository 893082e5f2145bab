import { Socket } from 'node:net';
import { unavailable } from '../kernel/errors.ts';

/** Where the driver wants to connect to, as it has read it from the URL or the parts. */
export interface Address {
  readonly host: readonly string[];
  readonly port: readonly number[];
  readonly path?: string | false;
}

/**
 * The one socket of a lease. The driver would connect again for what waits in its queue when a connection closes, and
 * without end where a server hangs up at once; here its second wish is refused.
 */
export class Plug {
  readonly #silenceMs: number;
  readonly #onRefused: () => void;
  #socket: Socket | undefined;
  #pulled = false;

  constructor(silenceMs: number, onRefused: () => void) {
    this.#silenceMs = silenceMs;
    this.#onRefused = onRefused;
  }

  /** A socket that is about to connect, once. Throws UNAVAILABLE when asked again, or after the end. */
  plugIn({ host: [host = 'localhost'], port: [port = 5432], path }: Address): Socket {
    if (this.#socket !== undefined || this.#pulled) {
      this.#onRefused();
      throw unavailable();
    }
    const socket = new Socket();
    this.#socket = socket;
    socket.setTimeout(this.#silenceMs, () => socket.destroy());
    // A moment later, when the driver listens for its faults.
    queueMicrotask(() => (path ? socket.connect(path) : socket.connect(port, host)));
    return Object.assign(socket, { host, port });
  }

  /** Closes the socket for good. */
  pull(): void {
    this.#pulled = true;
    this.#socket?.destroy();
  }
}
