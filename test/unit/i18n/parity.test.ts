import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadTexts } from '../../../services/i18n/index.ts';
import { errorCatalogue } from '../../../services/observability/index.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const loaded = await loadTexts(path.join(root, 'data'));

/** The same in Swedish and English: names, abbreviations, and texts that are only values. */
const SAME_IN_BOTH = new Set([
  'card.ms',
  'card.tls.starttls',
  'card.change.port-and-tls',
  'card.alert.summary-mailbox',
  'card.level.information',
  'card.kind.guide',
  'card.notice.risk',
  'card.lookup.candidate',
  'card.mailbox.summary',
  'card.server.exchange-online',
  'card.server.exchange-server',
  'card.server.pop3-smtp',
  'card.server.imap-smtp',
  'card.incident.summary',
  'card.early.summary',
  'card.language.sv',
  'card.language.en',
  'card.deployment.online',
  'card.form.title',
  'card.form.source',
  'card.form.field',
  'card.set-up.deployment.online',
  'card.set-up.profile.exchange-online',
  'card.set-up.profile.imap-smtp',
  'card.set-up.profile.pop3-smtp',
]);

function catalogues() {
  if (loaded.kind === 'invalid') throw new TypeError(JSON.stringify(loaded.problems, null, 2));
  return loaded.texts.catalogues;
}

async function sourceText(): Promise<string> {
  const folders = ['bot', 'cards', 'services', 'manifest', 'test/demo'];
  const names = await Promise.all(
    folders.map(async (folder) =>
      (await readdir(path.join(root, folder), { recursive: true }).catch(() => []))
        .filter((name) => name.endsWith('.ts'))
        .map((name) => path.join(root, folder, name)),
    ),
  );
  return (await Promise.all(names.flat().map((name) => readFile(name, 'utf8')))).join('\n');
}

describe('the texts', () => {
  it('exist in every language with the same keys and values, none empty or malformed', () => {
    expect(loaded.kind === 'invalid' ? loaded.problems : []).toEqual([]);
  });

  it('are translated, but for those that are the same in both languages', () => {
    const { sv, en } = catalogues();
    const same = Object.entries(sv).filter(([key, text]) => text === en[key as keyof typeof en]);
    expect(same.map(([key]) => key).filter((key) => !SAME_IN_BOTH.has(key))).toEqual([]);
    const differing = [...SAME_IN_BOTH].filter((key) => !same.some(([other]) => other === key));
    expect(differing, 'no longer the same: take them off the list').toEqual([]);
  });

  it('are all used somewhere in the source', async () => {
    const source = await sourceText();
    // `card.health.${view.health}` uses every key that starts and ends like it.
    const patterns = [...source.matchAll(/`((?:card|bot|error|sign-in)\.[^`]*)`/gu)].map(
      ([, template]) => (template ?? '').split(/\$\{[^}]*\}/u),
    );
    const unused = Object.keys(catalogues().en).filter(
      (key) =>
        !source.includes(`'${key}'`) &&
        !patterns.some((parts) => {
          const [head = '', tail = ''] = [parts[0], parts.at(-1)];
          return parts.length > 1 && key.startsWith(head) && key.endsWith(tail);
        }),
    );
    expect(unused).toEqual([]);
  });

  it('name and explain every error, and no error that there is not', () => {
    const wanted = Object.keys(errorCatalogue).flatMap((code) => [
      `error.${code}.title`,
      `error.${code}.advice`,
    ]);
    const found = Object.keys(catalogues().en).filter((key) => key.startsWith('error.'));
    expect(found.sort()).toEqual(wanted.sort());
  });
});
