import { randomUUID } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, SignJWT, type JSONWebKeySet, type JWK } from 'jose';
import { secretIn } from './secret.file.ts';
import { DEVELOPMENT_TOKEN_LIFETIME } from './tokens.ts';

/** The `iss` of development tokens: a name that can never resolve (RFC 2606), so no real provider is confused with it. */
export const DEVELOPMENT_ISSUER = 'https://comity.invalid/development';
export const DEVELOPMENT_AUDIENCE = 'comity';
export const DEVELOPMENT_ALGORITHM = 'ES256';

/** What a minted token shall say. Every default makes a token that the door accepts. */
export interface Mint {
  readonly subject: string;
  readonly audience?: string;
  /** Seconds; 12 hours unless told. Zero or less makes a token that has expired. */
  readonly expiresInSeconds?: number;
  /** Claimed unless told otherwise. */
  readonly secondFactor?: boolean;
}

export interface DevelopmentIssuer {
  readonly issuer: string;
  readonly audience: string;
  readonly algorithms: readonly string[];
  /** The public half, for the verifier. */
  readonly jwks: JSONWebKeySet;
  mint(wish: Mint): Promise<string>;
}

/**
 * The issuer of the embedded demonstration. Its private key stands in `directory` (made with mode 0700, the file with
 * 0600) so that the command line mints tokens for a running server; without a directory it lives in memory only.
 */
export async function developmentIssuer(directory?: string): Promise<DevelopmentIssuer> {
  const secret = directory === undefined ? await freshKey() : await keyIn(directory);
  const key = await importJWK(secret, DEVELOPMENT_ALGORITHM);
  const kid = await calculateJwkThumbprint(secret);
  const { kty, crv, x, y } = secret;
  const published = { kty, crv, x, y, kid, alg: DEVELOPMENT_ALGORITHM, use: 'sig' } as JWK;

  return {
    issuer: DEVELOPMENT_ISSUER,
    audience: DEVELOPMENT_AUDIENCE,
    algorithms: [DEVELOPMENT_ALGORITHM],
    jwks: { keys: [published] },
    mint: ({ subject, audience = DEVELOPMENT_AUDIENCE, expiresInSeconds = DEVELOPMENT_TOKEN_LIFETIME, secondFactor = true }) => {
      const now = Math.floor(Date.now() / 1000);
      const expiry = now + expiresInSeconds;
      return new SignJWT({ amr: secondFactor ? ['pwd', 'otp'] : ['pwd'] })
        .setProtectedHeader({ alg: DEVELOPMENT_ALGORITHM, typ: 'at+jwt', kid })
        .setIssuer(DEVELOPMENT_ISSUER).setAudience(audience).setSubject(subject).setJti(randomUUID())
        .setIssuedAt(Math.min(now, expiry - 60)).setExpirationTime(expiry)
        .sign(key);
    },
  };
}

/** Throws where the development issuer is asked for beside a database that is not the embedded one. */
export function refuseOutsideDevelopment(setting: { readonly embeddedDatabase: boolean; readonly production: boolean }): void {
  if (setting.production || !setting.embeddedDatabase) {
    throw new Error('The development issuer serves the embedded database only. Set OIDC_ISSUER and OIDC_AUDIENCE.');
  }
}

const freshKey = async (): Promise<JWK> => exportJWK((await generateKeyPair(DEVELOPMENT_ALGORITHM, { extractable: true })).privateKey);

const keyIn = async (directory: string): Promise<JWK> =>
  JSON.parse(await secretIn(directory, 'development-key.json', async () => JSON.stringify(await freshKey()))) as JWK;
