import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { buildPackage } from './build-package.ts';
import { createSchemaCheck } from './schema-check.ts';

const usage = `npm run package -- --app-id GUID [--out FILE] [--developer NAME] [--website URL] [--privacy URL] [--terms URL]

  --app-id     application (client) id of the bot, the same as MicrosoftAppId
  --out        file to write; default dist/mailbox-medic-teams.zip
  --developer  who runs the bot, as people see it in Teams, e.g. your organization's name
  --website, --privacy, --terms
               your pages about the bot, its privacy and its terms of use`;

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.dirname(here);

/** Reserved for examples (RFC 2606): good enough to try the app out, and warned about. */
const PAGES = {
  website: 'https://example.com/mailbox-medic',
  privacy: 'https://example.com/mailbox-medic/privacy',
  terms: 'https://example.com/mailbox-medic/terms',
} as const;

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<0 | 1> {
  const options = readOptions(args);
  if (typeof options === 'string') return fail(`${options}\n\n${usage}`);
  if (options.help) {
    console.log(usage);
    return 0;
  }
  const appId = options['app-id'];
  if (appId === undefined || !isGuid(appId)) {
    const what = appId === undefined ? 'is missing' : `is “${appId}”, which is no GUID`;
    return fail(`--app-id ${what}: give the application (client) id of the bot.\n\n${usage}`);
  }

  const settings = {
    APP_ID: appId.toLowerCase(),
    APP_VERSION: await versionOfProject(),
    DEVELOPER_NAME: options.developer ?? 'Mailbox Medic',
    WEBSITE_URL: options.website ?? PAGES.website,
    PRIVACY_URL: options.privacy ?? PAGES.privacy,
    TERMS_URL: options.terms ?? PAGES.terms,
  };
  const built = await buildPackage(here, settings, createSchemaCheck());
  if (built.outcome === 'invalid') {
    const lines = built.problems.map(({ where, path: at, what, remedy }) => {
      return `manifest/${where}: ${at === '' ? '' : `${at} `}${what}. ${remedy}`;
    });
    return fail(`No package written: ${lines.length} to correct.\n${lines.join('\n')}`);
  }

  const out = path.resolve(options.out ?? path.join(root, 'dist', 'mailbox-medic-teams.zip'));
  try {
    await mkdir(path.dirname(out), { recursive: true });
    await writeFile(out, built.zip);
  } catch (error) {
    return fail(
      `${out} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  console.log(`${out}: ${built.zip.length} bytes, ${built.files.join(', ')}`);
  console.log(`sha256 ${createHash('sha256').update(built.zip).digest('hex')}`);
  for (const name of ['website', 'privacy', 'terms'] as const) {
    if (options[name] !== undefined) continue;
    console.warn(
      `note: ${PAGES[name]} is only an example; give --${name} URL before people use it`,
    );
  }
  return 0;
}

function readOptions(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        'app-id': text,
        out: text,
        developer: text,
        website: text,
        privacy: text,
        terms: text,
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function isGuid(text: string): boolean {
  return /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text);
}

async function versionOfProject(): Promise<string> {
  const text = await readFile(path.join(root, 'package.json'), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}

function fail(message: string): 1 {
  console.error(message);
  return 1;
}
