import { timingSafeEqual } from 'node:crypto';
import type restify from 'restify';
import type { Secret } from '../../services/observability/index.ts';

/** Counts by name; nothing that tells who or what. */
export type Metrics = () => Promise<Readonly<Record<string, number>>>;

export async function answerMetrics(response: restify.Response, metrics: Metrics): Promise<void> {
  const lines = Object.entries(await metrics()).map(
    ([name, value]) => `mailbox_medic_${name} ${value}\n`,
  );
  response.sendRaw(200, lines.join(''), { 'Content-Type': 'text/plain; version=0.0.4' });
}

/** This machine may, and whoever has the token. */
export function mayReadMetrics(request: restify.Request, token: Secret | null): boolean {
  const given = request.headers.authorization;
  if (token !== null) {
    const expected = Buffer.from(`Bearer ${token.reveal()}`);
    const actual = Buffer.from(given ?? '');
    if (actual.length === expected.length && timingSafeEqual(actual, expected)) return true;
  }
  // Behind a proxy on this machine everybody comes from loopback, but a proxy says so.
  const forwarded = request.headers['x-forwarded-for'] ?? request.headers.forwarded;
  const address = request.socket.remoteAddress ?? '';
  return forwarded === undefined && ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(address);
}
