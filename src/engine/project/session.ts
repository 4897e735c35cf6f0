import { createHash, randomBytes } from 'node:crypto';

/** How long an address with a token can be opened [ms]. */
export const TOKEN_LIFETIME_MS = 5 * 60 * 1000;

/** 256 bits: cannot be guessed. */
const SECRET_BYTES = 32;

/**
 * Who may talk to this engine: whoever opened an address that it printed. The address carries a one-time token; the
 * browser exchanges it for a cookie that scripts cannot read and other sites cannot send.
 */
export interface SessionKeeper {
  /** Holds this engine's id, because browsers send a cookie to every port of a host. */
  readonly cookieName: string;
  newToken(): string;
  /** The `Set-Cookie` header for a token that is unused and not expired; undefined otherwise. Uses the token up. */
  exchange(token: string): string | undefined;
  /** Whether a `Cookie` header carries a session of this engine. */
  admits(cookieHeader: string | undefined): boolean;
}

/** @param now clock [ms] */
export function createSessionKeeper(now: () => number = Date.now): SessionKeeper {
  const cookieName = `lobate-${randomBytes(8).toString('hex')}`;
  // Only digests are kept: finding one in a map tells nothing about the secret by the time it takes.
  const expiryOfToken = new Map<string, number>();
  const sessions = new Set<string>();

  return {
    cookieName,
    newToken() {
      for (const [digest, expiry] of expiryOfToken) if (expiry <= now()) expiryOfToken.delete(digest);
      const token = newSecret();
      expiryOfToken.set(digestOf(token), now() + TOKEN_LIFETIME_MS);
      return token;
    },
    exchange(token) {
      const digest = digestOf(token);
      const expiry = expiryOfToken.get(digest);
      expiryOfToken.delete(digest);
      if (expiry === undefined || expiry <= now()) return undefined;
      const secret = newSecret();
      sessions.add(digestOf(secret));
      return `${cookieName}=${secret}; Path=/; HttpOnly; SameSite=Strict`;
    },
    admits(cookieHeader) {
      return (cookieHeader ?? '').split(';').some((pair) => {
        const [name, value] = pair.trim().split('=', 2);
        return name === cookieName && value !== undefined && sessions.has(digestOf(value));
      });
    },
  };
}

const newSecret = (): string => randomBytes(SECRET_BYTES).toString('base64url');
const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
