import { type DestinationStream, pino } from 'pino';

export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** One JSON line an event. Fields hold ids, counts and codes; never pasted text, addresses or secrets. */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
  child(fields: LogFields): Log;
}

const SECRET_FIELDS = ['password', 'secret', 'token', 'authorization', 'text', 'key', 'address'];

export function createLog(destination: DestinationStream = pino.destination(2)): Log {
  return wrap(
    pino(
      { base: null, messageKey: 'event', redact: { paths: SECRET_FIELDS, censor: '[redacted]' } },
      destination,
    ),
  );
}

function wrap(logger: pino.Logger): Log {
  return {
    info: (event, fields = {}) => logger.info(fields, event),
    warn: (event, fields = {}) => logger.warn(fields, event),
    error: (event, fields = {}) => logger.error(fields, event),
    child: (fields) => wrap(logger.child(fields)),
  };
}
