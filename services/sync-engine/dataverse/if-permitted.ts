import { AppError, type Log } from '../../observability/index.ts';

/**
 * What a card can do without: an application user who may not read that much still serves people.
 * `npm run doctor` names the privilege.
 */
export async function ifPermitted<Value>(
  log: Log,
  what: string,
  otherwise: Value,
  read: () => Promise<Value>,
): Promise<Value> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'dynamics-not-permitted') throw error;
    log.warn('dynamics-left-out', { what, reason: error.detail });
    return otherwise;
  }
}
