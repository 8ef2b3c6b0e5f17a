import { z } from 'zod';
import type { Problem } from '../services/observability/index.ts';
import { schemaAddress } from './schema-check.ts';

/** What our own rules and the packaging read; the whole shape is Microsoft's schema's business. */
export const manifestParts = z.object({
  $schema: z.string(),
  manifestVersion: z.string(),
  version: z.string(),
  id: z.string(),
  localizationInfo: z.object({
    defaultLanguageFile: z.string(),
    additionalLanguages: z.array(z.object({ file: z.string() })),
  }),
  developer: z.object({
    websiteUrl: z.string(),
    privacyUrl: z.string(),
    termsOfUseUrl: z.string(),
  }),
  name: z.object({ short: z.string(), full: z.string() }),
  description: z.object({ short: z.string(), full: z.string() }),
  icons: z.object({ color: z.string(), outline: z.string() }),
  bots: z.array(
    z.object({
      botId: z.string(),
      commandLists: z.array(
        z.object({ commands: z.array(z.object({ title: z.string(), description: z.string() })) }),
      ),
    }),
  ),
  validDomains: z.array(z.string()),
  webApplicationInfo: z.object({ id: z.string(), resource: z.string() }),
});
export type ManifestParts = z.output<typeof manifestParts>;

/** Where the bot’s token service shows its sign-in page. */
const SIGN_IN_HOST = 'token.botframework.com';

/** Mistakes that the schema lets through and that Teams, or a reviewer of its store, does not. */
export function manifestProblems(manifest: ManifestParts): readonly Problem[] {
  const problems: Problem[] = [];
  const report = (path: string, what: string, remedy: string) =>
    problems.push({ where: 'manifest.json', path, what, remedy });

  const address = schemaAddress(manifest.manifestVersion, 'MicrosoftTeams.schema.json');
  if (manifest.$schema !== address) {
    report('$schema', 'is not the schema of manifestVersion', `Write ${address}.`);
  }
  if (!/^\d{1,9}\.\d{1,9}\.\d{1,9}$/.test(manifest.version)) {
    report(
      'version',
      'is not three numbers',
      'Write a version such as 1.4.0; Teams compares them.',
    );
  }
  if (/^[0-]+$/.test(manifest.id)) {
    report('id', 'is the empty GUID', 'Give the application (client) id of the bot.');
  }
  for (const [name, value] of Object.entries(manifest.developer)) {
    if (!isHttps(value)) {
      report(
        `developer.${name}`,
        'is no https address',
        'Give a page’s https:// address (--website, --privacy, --terms).',
      );
    }
  }
  manifest.validDomains.forEach((domain, index) => {
    if (/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(domain)) return;
    const remedy = 'Name one host of ours, without scheme, path or wildcard.';
    report(`validDomains[${index}]`, 'is no host name', remedy);
  });
  manifest.bots.forEach((bot, index) => {
    if (bot.botId !== manifest.webApplicationInfo.id) {
      const remedy = 'Use the bot’s own id in both: Graph installs the app for people by it.';
      report('webApplicationInfo.id', `differs from bots[${index}].botId`, remedy);
    }
  });
  const { id, resource } = manifest.webApplicationInfo;
  if (!resource.startsWith('api://') || !resource.endsWith(`botid-${id}`)) {
    const remedy = `Write api://botid-${id}: Teams signs people in silently only to that.`;
    report('webApplicationInfo.resource', 'does not name the bot', remedy);
  }
  if (!manifest.validDomains.includes(SIGN_IN_HOST)) {
    const remedy = 'Name it: Teams opens the sign-in page of no other host.';
    report('validDomains', `lacks ${SIGN_IN_HOST}`, remedy);
  }
  return [...problems, ...repeatedTitles(manifest)];
}

function repeatedTitles(manifest: ManifestParts): readonly Problem[] {
  return manifest.bots.flatMap((bot, b) =>
    bot.commandLists.flatMap((list, l) =>
      list.commands.flatMap(({ title }, c) => {
        const first = list.commands.findIndex((command) => command.title === title);
        if (first === c) return [];
        const path = `bots[${b}].commandLists[${l}].commands[${c}].title`;
        const what = `repeats “${title}” of commands[${first}]`;
        return [{ where: 'manifest.json', path, what, remedy: 'Give each command once.' }];
      }),
    ),
  );
}

function isHttps(address: string): boolean {
  return URL.canParse(address) && new URL(address).protocol === 'https:';
}
