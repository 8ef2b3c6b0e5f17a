import { mkdir, writeFile } from 'node:fs/promises';
import { loadKnowledge } from '../../services/knowledge/index.ts';
import { secondOpinion } from '../second-generator/report.ts';

const PER_KIND = 60;
const FOLDER = 'test/output';
const FILE = `${FOLDER}/second-opinion.md`;

/** The tables of the independent author; failures with examples of pastes go to a file. */
export async function benchSecondOpinion(): Promise<void> {
  const loaded = await loadKnowledge('data');
  if (loaded.kind === 'invalid') {
    console.log('second opinion: the articles are invalid', loaded.problems);
    return;
  }
  const at = process.argv.indexOf('--cases');
  const perKind = at < 0 ? PER_KIND : Number(process.argv[at + 1]);
  const report = await secondOpinion(loaded.knowledge, perKind);
  await mkdir(FOLDER, { recursive: true });
  await writeFile(FILE, report);
  console.log(report.split('\n### ')[0]);
  console.log(`with examples: ${FILE}`);
}
