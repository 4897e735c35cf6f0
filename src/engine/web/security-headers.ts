import type { IncomingHttpHeaders } from 'node:http';

/** The names of this machine for itself. Any other name in `Host` is a site that had its name resolved to us. */
const LOOPBACK_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i;

/** Why a request is not even looked at, or undefined where its headers are in order. */
export function refusalOf(headers: IncomingHttpHeaders): string | undefined {
  const { host, origin } = headers;
  if (host === undefined || !LOOPBACK_HOST.test(host)) {
    return 'This server answers on 127.0.0.1 and localhost only. Open it under one of these names.';
  }
  if (origin !== undefined && origin !== `http://${host}`) return 'Requests of other sites are refused.';
  return undefined;
}

/**
 * Headers of every answer. `data:` in connect-src is how Aladin Lite loads its own WebAssembly; blob workers are its
 * too. Nothing may be fetched from, or sent to, any other machine but `others`.
 * @param host the request's `Host`, checked by `refusalOf`
 * @param others origins that the astronomer allowed; none by default
 */
export function securityHeaders(host: string, others: readonly string[] = []): Readonly<Record<string, string>> {
  const also = others.map((origin) => ` ${origin}`).join('');
  return {
    'Content-Security-Policy': [
      "default-src 'self'",
      "script-src 'self' 'wasm-unsafe-eval'",
      "style-src 'self' 'unsafe-inline'",
      `img-src 'self' data: blob:${also}`,
      "font-src 'self' data:",
      `connect-src 'self' data: blob: ws://${host}${also}`,
      "worker-src 'self' blob:",
    ].join('; '),
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
  };
}
