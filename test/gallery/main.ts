import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { checkCard } from '../../cards/validation/check-card.ts';
import { LANGUAGES } from '../../services/domain/language.ts';
import { loadTexts } from '../../services/i18n/index.ts';
import { loadArticles } from '../../services/knowledge/index.ts';
import { hostile, ORDINARY } from '../support/card-fixtures.ts';
import { type Scene, scenesOf } from '../support/card-scenes.ts';
import { galleryPage } from './page.ts';

/** `npm run cards`: every card in every situation and language, as files and as a page to look at. */
const root = path.resolve(import.meta.dirname, '../..');
const output = path.join(root, 'test', 'output', 'cards');
const HOSTILE =
  '[click](https://evil.example) <at>Everybody</at> **bold** `code` \u202egnp.exe ${x}';

const loaded = await loadTexts(path.join(root, 'data'));
const knowledge = await loadArticles(path.join(root, 'data', 'knowledge'));
if (loaded.kind === 'invalid' || knowledge.kind === 'invalid') {
  for (const found of [loaded, knowledge]) {
    if (found.kind === 'invalid') console.error(found.problems);
  }
  process.exit(1);
}

const sets: Record<string, readonly Scene[]> = {};
for (const language of LANGUAGES) {
  const t = loaded.texts.translatorFor(language, 'Europe/Stockholm');
  sets[language] = scenesOf(knowledge.articles, ORDINARY, t);
}
const english = loaded.texts.translatorFor('en', 'Europe/Stockholm');
sets['hostile'] = scenesOf(knowledge.articles, hostile(HOSTILE), english);

let problems = 0;
const sizes: { readonly name: string; readonly bytes: number }[] = [];
for (const [set, scenes] of Object.entries(sets)) {
  await mkdir(path.join(output, set), { recursive: true });
  for (const { name, card } of scenes) {
    const json = JSON.stringify(card, null, 2);
    await writeFile(path.join(output, set, `${name}.json`), `${json}\n`);
    sizes.push({ name: `${set}/${name}`, bytes: Buffer.byteLength(JSON.stringify(card)) });
    for (const problem of checkCard(card)) {
      problems += 1;
      console.error(`${set}/${name}: ${problem.path}: ${problem.what}`);
    }
  }
}
sizes.sort((a, b) => b.bytes - a.bytes);

const renderer = path.join(
  path.dirname(createRequire(import.meta.url).resolve('adaptivecards/package.json')),
  'dist',
  'adaptivecards.min.js',
);
const page = path.join(output, 'index.html');
await writeFile(page, galleryPage(sets, await readFile(renderer, 'utf8')));
console.log(`${sizes.length} cards, ${problems} problems. The largest:`);
for (const { name, bytes } of sizes.slice(0, 5))
  console.log(`  ${(bytes / 1_024).toFixed(1)} KB  ${name}`);
console.log(page);
if (problems > 0) process.exitCode = 1;
