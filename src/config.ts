import { z } from 'zod';

/** Everything that a process is told from outside, parsed once. */
export interface Config {
  readonly port: number;
  /** The application role's database; absent: the embedded server under `directory`. */
  readonly databaseUrl?: string;
  readonly databaseOwnerUrl?: string;
  /** False behind a pooler in transaction mode. */
  readonly prepare: boolean;
  /** Connections this process holds at the most. */
  readonly leases: number;
  /** Where the embedded server, its keys and its lock live. */
  readonly directory: string;
  readonly oidc?: { readonly issuer: string; readonly audience: string; readonly algorithms: readonly string[]; readonly secondFactorClasses: readonly string[] };
  readonly production: boolean;
  readonly trustedProxies: readonly string[];
  readonly logLevel: string;
  /** What addresses of calendars are signed with; absent: none are given out, but by the embedded demonstration, which keeps a key of its own. */
  readonly feedKey?: string;
  /** Where the server is reached from outside, without a slash at its end. */
  readonly publicUrl?: string;
  /** A finer file of county outlines, GeoJSON or TopoJSON; absent: those that come with the product. */
  readonly counties?: string;
}

const flag = z.enum(['true', 'false', '1', '0']).transform((word) => word === 'true' || word === '1');

/** A list with commas between its words. */
const words = (usual: string) => z.string().default(usual).transform((list) => list.split(',').map((each) => each.trim()).filter((each) => each !== ''));

const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(4000),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgres://').optional(),
  DATABASE_OWNER_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgres://').optional(),
  DATABASE_POOLED: flag.default(false),
  DATABASE_LEASES: z.coerce.number().int().min(1).max(50).default(10),
  COMITY_FEED_KEY: z.string().min(32, 'has 32 characters at the least, for instance of: openssl rand -base64 32').optional(),
  COMITY_URL: z.string().regex(/^https:\/\/[^\s?#]+$|^http:\/\/localhost(:\d+)?(\/[^\s?#]*)?$/, 'begins with https://, and has no query').optional(),
  COMITY_COUNTIES: z.string().min(1).optional(),
  COMITY_DIRECTORY: z.string().min(1).default('.comity'),
  OIDC_ISSUER: z.url().optional(),
  OIDC_AUDIENCE: z.string().min(1).optional(),
  OIDC_ALGORITHMS: words('RS256'),
  OIDC_MFA_CLASSES: words(''),
  TRUSTED_PROXIES: words(''),
  NODE_ENV: z.string().optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});

/** What is wrong with the environment, all of it at once. */
export class ConfigRefused extends Error {
  constructor(faults: readonly string[]) {
    super(`The configuration cannot be used:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'ConfigRefused';
  }
}

/** Parses the environment. Throws ConfigRefused with every fault. */
export function configFrom(environment: Readonly<Record<string, string | undefined>>, { serving = false }: { serving?: boolean } = {}): Config {
  const parsed = Environment.safeParse(environment);
  const faults = parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  const { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience, DATABASE_URL: url } = environment;
  if ((issuer === undefined) !== (audience === undefined)) faults.push('OIDC_ISSUER and OIDC_AUDIENCE are given together or not at all');
  if (serving && url !== undefined && issuer === undefined) faults.push('DATABASE_URL asks for OIDC_ISSUER and OIDC_AUDIENCE: the development issuer serves the embedded database only');
  if (serving && url === undefined && environment['NODE_ENV'] === 'production') faults.push('NODE_ENV=production asks for DATABASE_URL: the embedded database is for development');
  if (serving && url !== undefined && environment['COMITY_FEED_KEY'] !== undefined && environment['COMITY_URL'] === undefined) faults.push('COMITY_FEED_KEY asks for COMITY_URL: the addresses of calendars begin with it');
  if (!parsed.success || faults.length > 0) throw new ConfigRefused(faults);
  const { data } = parsed;
  return {
    port: data.PORT,
    ...(data.DATABASE_URL !== undefined && { databaseUrl: data.DATABASE_URL }),
    ...(data.DATABASE_OWNER_URL !== undefined && { databaseOwnerUrl: data.DATABASE_OWNER_URL }),
    prepare: !data.DATABASE_POOLED,
    leases: data.DATABASE_LEASES,
    directory: data.COMITY_DIRECTORY,
    ...(data.OIDC_ISSUER !== undefined && data.OIDC_AUDIENCE !== undefined && {
      oidc: { issuer: data.OIDC_ISSUER, audience: data.OIDC_AUDIENCE, algorithms: data.OIDC_ALGORITHMS, secondFactorClasses: data.OIDC_MFA_CLASSES },
    }),
    production: data.NODE_ENV === 'production' || data.DATABASE_URL !== undefined,
    trustedProxies: data.TRUSTED_PROXIES,
    logLevel: data.LOG_LEVEL,
    ...(data.COMITY_FEED_KEY !== undefined && { feedKey: data.COMITY_FEED_KEY }),
    ...(data.COMITY_URL !== undefined && { publicUrl: data.COMITY_URL.replace(/\/+$/, '') }),
    ...(data.COMITY_COUNTIES !== undefined && { counties: data.COMITY_COUNTIES }),
  };
}
