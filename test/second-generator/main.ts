import { writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Knowledge, loadArticles, loadKnowledge } from '../../services/knowledge/index.ts';
import { generateCases } from './generate.ts';
import { loadHeldOut } from './score/held-out.ts';
import { scoreGenerated } from './score/score-generated.ts';
import { scoreHeldOut } from './score/score-held-out.ts';
import { createWorld } from './world.ts';

const TRIES = 5;

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '60' },
    seed: { type: 'string', default: 'second' },
    out: { type: 'string', default: '/tmp/h/gen-b-results.md' },
  },
});

/** The articles may be in the middle of being edited: then a minute later they are whole again. */
async function patiently(): Promise<Knowledge> {
  for (let attempt = 1; ; attempt += 1) {
    const loaded = await loadKnowledge('data');
    if (loaded.kind === 'loaded') return loaded.knowledge;
    console.error(loaded.problems.slice(0, 3));
    if (attempt === TRIES) throw new Error('the knowledge cannot be loaded');
    await pause(60_000);
  }
}

const knowledge = await patiently();
const loaded = await loadArticles('data/knowledge');
if (loaded.kind !== 'loaded') throw new Error('the articles changed while being read');
const articles = [...loaded.articles.values()];
const topics = new Set<string>(articles.map(({ id }) => id));
const entries = await loadHeldOut('test/cases/held-out-questions.yaml', topics);
await knowledge.learnQuestions();

const started = performance.now();
const questions = await scoreHeldOut(knowledge, entries);
const generated = await scoreGenerated(
  knowledge,
  generateCases(createWorld(articles), Number(values.cases), values.seed),
);
const seconds = ((performance.now() - started) / 1000).toFixed(0);

const report = `# Second generator and held-out questions

${articles.length} articles, ${values.cases} cases for each noise, scored in ${seconds} s.

## Held-out questions and negatives

${questions}

## Generated cases

${generated}`;
await writeFile(values.out, report);
console.log(report.split('\n### ')[0]);
