import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Config, loadConfig, packageRoot } from '../../services/config/index.ts';
import {
  ASSUMPTIONS,
  CHECKS,
  createPatient,
  examine,
  type Patient,
  prove,
  redacted,
  settingsFound,
} from '../../services/doctor/index.ts';
import { isLanguage, type Language, type Localized } from '../../services/domain/language.ts';
import { createLog, type Log } from '../../services/observability/index.ts';
import { createTimerScheduler } from '../../services/scheduler/index.ts';
import { lookAtConnection } from '../teams/index.ts';
import { findingAsText, summaryAsText } from './examination-as-text.ts';
import { proofAsText } from './proof-as-text.ts';

const USAGE = `Usage: doctor [--lang sv|en] [--json]
       doctor --prove [--lang sv|en] [--json]    what no test of ours could check; fit to be sent to us
Reads a real Dynamics 365 organization with the settings of the bot, changes nothing, and says what to put right.
`;
const DONE = 0;
const FAILED = 1;
const MISUSED = 2;

interface Wanted {
  readonly lang: Language;
  readonly json: boolean;
  readonly prove: boolean;
}

type Command =
  | { readonly kind: 'examine'; readonly wanted: Wanted }
  | { readonly kind: 'misuse'; readonly why: string };

function commandOf(args: readonly string[]): Command {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (thrown) {
    return { kind: 'misuse', why: thrown instanceof Error ? thrown.message : String(thrown) };
  }
  const { lang = languageOf(process.env), json = false, prove: proof = false } = parsed.values;
  if (!isLanguage(lang)) return { kind: 'misuse', why: `'${lang}' is no language; use sv or en` };
  return { kind: 'examine', wanted: { lang, json, prove: proof } };
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      lang: { type: 'string' },
      json: { type: 'boolean' },
      prove: { type: 'boolean' },
    },
  });
}

/** That of the terminal. */
function languageOf({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): Language {
  const locale = [LC_ALL, LC_MESSAGES, LANG].find((each) => each !== undefined && each !== '');
  return locale?.startsWith('sv') === true ? 'sv' : 'en';
}

function connectionOf({ bot, oauthConnection }: Config, log: Log): Patient['connection'] {
  if (oauthConnection === null) return null;
  return () => lookAtConnection({ bot, connectionName: oauthConnection }, log);
}

const hostsOf = (patient: Patient | null): readonly string[] =>
  patient?.organization === null || patient === null ? [] : [patient.organization.url.host];

/** So that whoever reads a report knows what it is a report on. */
function versionOfBot(): string {
  const text = readFileSync(join(packageRoot(), 'package.json'), 'utf8');
  const { version } = JSON.parse(text) as { readonly version?: unknown };
  return typeof version === 'string' ? version : '';
}

async function report({ lang, json, prove: proves }: Wanted): Promise<number> {
  const log = createLog();
  const scheduler = createTimerScheduler({ log });
  const loaded = loadConfig(process.env);
  const patient =
    loaded.kind === 'loaded'
      ? createPatient({
          config: loaded.config,
          scheduler,
          log,
          connection: connectionOf(loaded.config, log),
        })
      : null;
  const { stdout, stderr } = process;
  const tell = (text: string): void => {
    stdout.write(proves ? redacted(text, hostsOf(patient)) : text);
  };
  // A line that the finding then takes the place of; a file or a pipe gets the findings alone.
  const began = (title: Localized): void => {
    if (stderr.isTTY) stderr.write(`\u001b[K… ${title[lang]}\r`);
  };
  if (proves && !json) tell(`Mailbox Medic ${versionOfBot()}, Node ${process.version}\n`);
  const examined = await examine(CHECKS, patient, settingsFound(loaded), {
    began,
    ended: (finding) => {
      if (stderr.isTTY) stderr.write('\u001b[K');
      if (!json) tell(findingAsText(finding, lang));
    },
  });
  const proofs = proves ? await prove(ASSUMPTIONS, patient, examined, began) : undefined;
  if (stderr.isTTY) stderr.write('\u001b[K');
  await scheduler.stop();
  if (json) {
    const answer = { checks: examined, ...(proofs && { assumptions: proofs }) };
    tell(`${JSON.stringify(answer, undefined, 2)}\n`);
  } else {
    tell(summaryAsText(examined, lang));
    if (proofs !== undefined) tell(proofAsText(proofs, lang));
  }
  return examined.some(({ outcome }) => outcome === 'failed') ? FAILED : DONE;
}

async function main(args: readonly string[]): Promise<number> {
  const command = commandOf(args);
  if (command.kind === 'examine') return report(command.wanted);
  process.stderr.write(`${command.why}\n${USAGE}`);
  return MISUSED;
}

// `| head` has read enough.
process.stdout.on('error', () => process.exit(FAILED));
if (existsSync('.env')) process.loadEnvFile();
process.exitCode = await main(process.argv.slice(2));
