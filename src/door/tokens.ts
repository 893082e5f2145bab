import { jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { Refusal, unauthenticated } from '../kernel/errors.ts';
import { remembering } from './tokens.memory.ts';

/** The longest life of an access token, from `iat` to `exp`, in seconds: 15 minutes. */
export const TOKEN_LIFETIME = 15 * 60;
/** The same for tokens of the development issuer: 12 hours. */
export const DEVELOPMENT_TOKEN_LIFETIME = 12 * 60 * 60;

const CLOCK_TOLERANCE = 5;
const LONGEST_TOKEN = 8_192;
/** Values of `amr` (RFC 8176) that tell of a second factor: several factors, a one-time code, a hardware key. */
const SECOND_FACTORS = new Set(['mfa', 'otp', 'hwk']);

/** What a verified access token says. Seat and role are never read from it. */
export interface VerifiedToken {
  /** `sub`: the account at the issuer. */
  readonly subject: string;
  /** Whether a second factor is claimed, in `amr` or by one of the accepted `acr` classes. */
  readonly secondFactor: boolean;
  readonly expiresAt: Date;
}

export interface TokenRules {
  readonly issuer: string;
  readonly audience: string;
  /** Signature algorithms, asymmetric ones only, for instance `['RS256']`. */
  readonly algorithms: readonly string[];
  readonly keys: JWTVerifyGetKey;
  /** Seconds from `iat` to `exp`; 15 minutes unless told. */
  readonly lifetime?: number;
  /** `acr` classes that count as a second factor, as the issuer names them. */
  readonly secondFactorClasses?: readonly string[];
}

export type TokenVerifier = (token: string) => Promise<VerifiedToken>;

/**
 * Verifies OIDC access tokens (RFC 9068: `typ` is `at+jwt`). Whatever is wrong with a token, the answer is
 * UNAUTHENTICATED in the same words; UNAVAILABLE where the issuer's keys cannot be fetched.
 * Throws an Error at once for a symmetric algorithm or `none`.
 */
export function tokenVerifier(rules: TokenRules): TokenVerifier {
  const symmetric = rules.algorithms.find((algorithm) => !/^(RS|PS|ES)(256|384|512)$|^EdDSA$|^Ed25519$/.test(algorithm));
  if (symmetric !== undefined || rules.algorithms.length === 0) throw new Error('access tokens need asymmetric signature algorithms');
  const lifetime = rules.lifetime ?? TOKEN_LIFETIME;

  const verify = remembering(async (token) => {
    try {
      const { payload } = await jwtVerify(token, rules.keys, {
        issuer: rules.issuer, audience: rules.audience, algorithms: [...rules.algorithms], typ: 'at+jwt',
        requiredClaims: ['iat', 'exp', 'sub'], clockTolerance: CLOCK_TOLERANCE, maxTokenAge: lifetime,
      });
      return verified(payload, lifetime, rules.secondFactorClasses ?? []);
    } catch (error) {
      throw error instanceof Refusal ? error : unauthenticated();
    }
  });
  return async (token) => {
    if (token.length > LONGEST_TOKEN) throw unauthenticated();
    return verify(token);
  };
}

function verified(payload: JWTPayload, lifetime: number, classes: readonly string[]): VerifiedToken {
  const { sub, iat, exp } = payload;
  if (typeof sub !== 'string' || sub === '' || iat === undefined || exp === undefined || exp - iat > lifetime) throw unauthenticated();
  return { subject: sub, secondFactor: claimsSecondFactor(payload, classes), expiresAt: new Date(exp * 1000) };
}

const claimsSecondFactor = ({ amr, acr }: JWTPayload, classes: readonly string[]): boolean =>
  (Array.isArray(amr) && amr.some((method) => SECOND_FACTORS.has(method))) || (typeof acr === 'string' && classes.includes(acr));
