import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Router, type Response } from 'express';
import { notFound } from '../kernel/errors.ts';
import { EXPLORER_SCRIPT, EXPLORER_STYLE, explorerPage } from './explorer.page.ts';

/** Somebody of the demonstration, with a token that is ready to use. */
export interface Persona {
  readonly name: string;
  readonly token: string;
}

/** A tab that the explorer opens with: one job of one user. */
export interface ExplorerTab {
  /** What the job is, in a few words; stands as a comment over the query. The tab itself bears the operation's name. */
  readonly name: string;
  readonly query: string;
  /** JSON. */
  readonly variables?: string;
  /** JSON; an `authorization` here wins over the persona. */
  readonly headers?: string;
  /** The name of the persona whose job it is; chosen when the tab is opened. */
  readonly persona?: string;
}

export interface Explorer {
  readonly personas: readonly Persona[];
  readonly tabs: readonly ExplorerTab[];
  /** Where the API is; `/graphql` unless told. */
  readonly endpoint?: string;
}

/** Nothing comes from or goes to another host. Styles are set inline by the editor itself. */
const POLICY = [
  "default-src 'none'", "script-src 'self'", "style-src 'self' 'unsafe-inline'", "connect-src 'self'",
  "img-src 'self' data:", "font-src data:", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
].join('; ');

const FILES = [
  ['react.js', 'react', 'umd/react.production.min.js'],
  ['react-dom.js', 'react-dom', 'umd/react-dom.production.min.js'],
  ['graphiql.js', 'graphiql', 'graphiql.min.js'],
  ['graphiql.css', 'graphiql', 'graphiql.min.css'],
] as const;

/**
 * GraphiQL at `/`, wholly from this machine, for development: the page holds working tokens. Where the packages are not
 * installed (a production installation leaves them out) the address answers NOT_FOUND.
 */
export function explorer(settings: Explorer): Router {
  const router = Router();
  const files = FILES.map(([name, module, path]) => [name, fileOf(module, path)] as const);
  if (files.some(([, file]) => file === undefined)) {
    router.get('/', () => { throw notFound('The explorer is not installed here. The API is POST /graphql.'); });
    return router;
  }
  const page = explorerPage({ endpoint: settings.endpoint ?? '/graphql', personas: settings.personas, tabs: settings.tabs });
  router.get('/', (_request, response) => { guarded(response).type('html').send(page); });
  router.get('/explorer/start.js', (_request, response) => { guarded(response).type('js').send(EXPLORER_SCRIPT); });
  router.get('/explorer/page.css', (_request, response) => { guarded(response).type('css').send(EXPLORER_STYLE); });
  for (const [name, file] of files) {
    if (file === undefined) continue;
    router.get(`/explorer/${name}`, (_request, response) => { guarded(response).sendFile(file, { dotfiles: 'allow' }); });
  }
  return router;
}

const guarded = (response: Response): Response =>
  response.set({ 'Content-Security-Policy': POLICY, 'Referrer-Policy': 'no-referrer', 'Cross-Origin-Opener-Policy': 'same-origin' });

function fileOf(module: string, path: string): string | undefined {
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${module}/package.json`)), path);
  } catch {
    return undefined;
  }
}
