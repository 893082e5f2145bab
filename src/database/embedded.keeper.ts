import { startEmbedded, type EmbeddedOptions, type EmbeddedServer } from './embedded.ts';
import { birthOf } from './embedded.process.ts';

/** What became of a kept server: it has ended, runs again, or could not be started again. */
export type Notice = (what: 'ended' | 'running' | 'failed') => void;

/**
 * Starts the embedded server and keeps it running: where it ends by itself, or is killed, it is started again on the same
 * data and at the same socket, so that whoever uses it recovers without a restart.
 */
export async function keptEmbedded(options: EmbeddedOptions, notice: Notice, everyMs = 1_000): Promise<EmbeddedServer> {
  let server = await startEmbedded(options);
  let birth = await birthOf(server.pid);
  let looking: Promise<void> | undefined;

  const look = async (): Promise<void> => {
    if (birth !== undefined && (await birthOf(server.pid)) === birth) return;
    if (birth !== undefined) notice('ended');
    birth = undefined;
    try {
      await server.stop();
      server = await startEmbedded(options);
      birth = await birthOf(server.pid);
      notice('running');
    } catch {
      notice('failed');
    }
  };
  const timer = setInterval(() => {
    looking ??= look().finally(() => {
      looking = undefined;
    });
  }, everyMs);
  timer.unref();

  return {
    ...server,
    async stop() {
      clearInterval(timer);
      await looking;
      await server.stop();
    },
  };
}
