import { parseArgs } from 'node:util';
import { type Config, loadConfig } from '../../services/config/index.ts';
import {
  CHECKS,
  createPatient,
  examine,
  type PatientOptions,
  settingsFound,
} from '../../services/doctor/index.ts';
import { isLanguage, type Language } from '../../services/domain/language.ts';
import { createLog, type Log } from '../../services/observability/index.ts';
import { createTimerScheduler } from '../../services/scheduler/index.ts';
import { lookAtConnection } from '../teams/index.ts';
import { findingAsText, summaryAsText } from './examination-as-text.ts';

const USAGE = `Usage: doctor [--lang sv|en] [--json]
Reads a real Dynamics 365 organization with the settings of the bot, changes nothing, and says what to put right.
`;
const DONE = 0;
const FAILED = 1;
const MISUSED = 2;

type Command =
  | { readonly kind: 'examine'; readonly lang: Language; readonly json: boolean }
  | { readonly kind: 'misuse'; readonly why: string };

function commandOf(args: readonly string[]): Command {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (thrown) {
    return { kind: 'misuse', why: thrown instanceof Error ? thrown.message : String(thrown) };
  }
  const { lang = languageOf(process.env), json = false } = parsed.values;
  if (!isLanguage(lang)) return { kind: 'misuse', why: `'${lang}' is no language; use sv or en` };
  return { kind: 'examine', lang, json };
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: { lang: { type: 'string' }, json: { type: 'boolean' } },
  });
}

/** That of the terminal. */
function languageOf({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): Language {
  const locale = [LC_ALL, LC_MESSAGES, LANG].find((each) => each !== undefined && each !== '');
  return locale?.startsWith('sv') === true ? 'sv' : 'en';
}

function reaching(config: Config, log: Log): Pick<PatientOptions, 'config' | 'log' | 'connection'> {
  const { bot, oauthConnection: connectionName } = config;
  const connection =
    connectionName === null ? null : () => lookAtConnection({ bot, connectionName }, log);
  return { config, log, connection };
}

async function main(args: readonly string[]): Promise<number> {
  const command = commandOf(args);
  if (command.kind === 'misuse') {
    process.stderr.write(`${command.why}\n${USAGE}`);
    return MISUSED;
  }
  const { lang, json } = command;
  const { stdout, stderr } = process;
  const log = createLog();
  const scheduler = createTimerScheduler({ log });
  const loaded = loadConfig(process.env);
  const patient =
    loaded.kind === 'loaded' ? createPatient({ ...reaching(loaded.config, log), scheduler }) : null;
  const examined = await examine(CHECKS, patient, settingsFound(loaded), {
    // A line that the finding then takes the place of; a file or a pipe gets the findings alone.
    began: (title) => {
      if (stderr.isTTY) stderr.write(`… ${title[lang]}\r`);
    },
    ended: (finding) => {
      if (stderr.isTTY) stderr.write('\u001b[K');
      if (!json) stdout.write(findingAsText(finding, lang));
    },
  });
  await scheduler.stop();
  if (json) stdout.write(`${JSON.stringify({ checks: examined }, undefined, 2)}\n`);
  else stdout.write(summaryAsText(examined, lang));
  return examined.some(({ outcome }) => outcome === 'failed') ? FAILED : DONE;
}

process.exitCode = await main(process.argv.slice(2));
