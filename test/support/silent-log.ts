import type { Log } from '../../services/observability/index.ts';

/** For worlds whose log nobody reads. */
export const silentLog: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silentLog,
};
