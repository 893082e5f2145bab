/** How to reach PostgreSQL: a URL, or the parts that the embedded server gives. */
export type Database = string | { host: string; port: number; user: string; password?: string; database: string };

/**
 * The driver does not read a socket's directory from a URL as PostgreSQL's own tools do
 * (`postgres:///comity?host=/var/run/postgresql&user=comity_app`): such a URL is taken apart here.
 */
export function addressOf(database: Database): Database {
  if (typeof database !== 'string') return database;
  const url = URL.canParse(database) ? new URL(database) : undefined;
  const host = url?.searchParams.get('host');
  if (url === undefined || host == null) return database;
  const password = url.searchParams.get('password') ?? decodeURIComponent(url.password);
  return {
    host,
    port: Number(url.searchParams.get('port') ?? (url.port || '5432')),
    user: url.searchParams.get('user') ?? decodeURIComponent(url.username),
    database: decodeURIComponent(url.pathname.slice(1)),
    ...(password !== '' && { password }),
  };
}
