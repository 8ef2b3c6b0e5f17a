import { z } from 'zod';
import { type Problem, secretOf } from '../observability/index.ts';
import type { EngineConfig } from './config.ts';
import { isLoopback, refuseWithoutTls } from './engine-settings.ts';
import { needed } from './needed.ts';
import { type Environment, problemOf, readValues } from './read-values.ts';
import { type SettingName, settings } from './settings.ts';

export type LoadedEngineConfig =
  | { readonly kind: 'loaded'; readonly config: EngineConfig }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

const { PORT, HOST, DATA_DIR, ENGINE_KEY, ENGINE_PLAIN_HTTP, METRICS_TOKEN } = settings;
const schema = z.object({
  PORT: PORT.schema,
  HOST: HOST.schema,
  DATA_DIR: DATA_DIR.schema,
  ENGINE_KEY: ENGINE_KEY.schema,
  ENGINE_PLAIN_HTTP: ENGINE_PLAIN_HTTP.schema,
  METRICS_TOKEN: METRICS_TOKEN.schema,
});

/** The settings of `npm run engine`: without a key it does not start. */
export function loadEngineConfig(env: Environment): LoadedEngineConfig {
  const problems: Problem[] = [];
  const values = readValues(env, problems);
  const file = needed('ENGINE_FILE', values, problems);
  const key = needed('ENGINE_KEY', values, problems);
  const parsed = schema.safeParse(values);
  for (const issue of parsed.error?.issues ?? []) {
    problems.push(problemOf(String(issue.path[0]) as SettingName, issue.message));
  }
  const host = parsed.data?.HOST;
  if (host !== undefined && !isLoopback(host)) {
    refuseWithoutTls('HOST', 'lets other machines speak to it without TLS', values, problems);
  }
  const ready = parsed.success && problems.length === 0;
  if (!ready || file === null || key === null) return { kind: 'invalid', problems };
  const { PORT: port, DATA_DIR: dataDirectory, METRICS_TOKEN: token } = parsed.data;
  const metricsToken = token === undefined ? null : secretOf(token);
  return {
    kind: 'loaded',
    config: { port, host: parsed.data.HOST, dataDirectory, file, key: secretOf(key), metricsToken },
  };
}
