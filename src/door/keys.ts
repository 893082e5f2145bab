import { createLocalJWKSet, createRemoteJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { unavailable } from '../kernel/errors.ts';

/** How long an identity provider may take to answer, in milliseconds. */
const PROVIDER_TIMEOUT_MS = 3_000;
/** An unknown key id asks the provider again at most this often, so that forged ids do not become a flood there. */
const COOLDOWN_MS = 30_000;
const KEYS_MAX_AGE_MS = 600_000;

/** A pinned key set, held in memory. */
export const keysHeld = (jwks: JSONWebKeySet): JWTVerifyGetKey => createLocalJWKSet(jwks);

/** The key set at an address. Throws UNAVAILABLE when it cannot be fetched; a key that is not in it is the token's fault. */
export function keysAt(address: URL): JWTVerifyGetKey {
  requireTls(address);
  const remote = createRemoteJWKSet(address, {
    timeoutDuration: PROVIDER_TIMEOUT_MS, cooldownDuration: COOLDOWN_MS, cacheMaxAge: KEYS_MAX_AGE_MS,
  });
  return async (header, token) => {
    try {
      return await remote(header, token);
    } catch (error) {
      if (isFaultOfToken(error)) throw error;
      throw unavailable('The identity provider is out of reach. Try again shortly.');
    }
  };
}

/**
 * The key set that an OpenID provider announces in its discovery document, looked up when the first token arrives
 * and again after a failure. Throws UNAVAILABLE while the provider is out of reach or announces another issuer.
 */
export function keysOfIssuer(issuer: string): JWTVerifyGetKey {
  const document = new URL(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  requireTls(document);
  let found: Promise<JWTVerifyGetKey> | undefined;
  return async (header, token) => {
    found ??= announced(document, issuer).then(keysAt);
    const attempt = found;
    const keys = await attempt.catch(() => {
      if (found === attempt) found = undefined;
      throw unavailable('The identity provider is out of reach. Try again shortly.');
    });
    return keys(header, token);
  };
}

async function announced(document: URL, issuer: string): Promise<URL> {
  const answer = await fetch(document, { redirect: 'error', signal: AbortSignal.timeout(PROVIDER_TIMEOUT_MS) });
  const content: unknown = answer.ok ? await answer.json() : undefined;
  if (typeof content !== 'object' || content === null || !('issuer' in content) || content.issuer !== issuer
    || !('jwks_uri' in content) || typeof content.jwks_uri !== 'string') {
    throw new Error('the discovery document does not fit the issuer');
  }
  return new URL(content.jwks_uri);
}

const isFaultOfToken = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys || error instanceof errors.JOSENotSupported;

/** Keys fetched in the clear could be anybody's; only the machine itself is spared. */
function requireTls(address: URL): void {
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(address.hostname);
  if (address.protocol !== 'https:' && !isLocal) throw new Error(`signing keys are fetched over https only, not from ${address.origin}`);
}
