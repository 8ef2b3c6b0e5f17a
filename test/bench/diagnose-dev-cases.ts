import { type Knowledge, loadKnowledge } from '../../services/knowledge/index.ts';
import { relabelled } from '../cases/relabelled-cases.ts';
import { CASES_FILE, type Case, loadCases, scoreCases, share } from '../support/dev-cases.ts';
import { percent } from './diagnose-generated.ts';

/** The document's catalogue on the cases as they were labelled, the full one on what it changes. */
export async function printDevCases(full: Knowledge): Promise<void> {
  const cases = loadCases();
  if (cases === null) {
    console.log(
      `\n!!! diagnose: no cases at ${CASES_FILE}; quality on them is NOT measured (CASES_DIR) !!!`,
    );
    return;
  }
  const loaded = await loadKnowledge('data', { catalogue: 'document' });
  if (loaded.kind === 'loaded') {
    printParts("the document's catalogue, the original labels", loaded.knowledge, cases);
  }
  const known = new Set(full.articles().map(({ id }): string => id));
  const changed = relabelled(cases, known);
  printParts(
    `the full catalogue, ${changed.count} cases relabelled (test/cases/relabelled.yaml)`,
    full,
    changed.cases,
  );
}

function printParts(title: string, knowledge: Knowledge, cases: readonly Case[]): void {
  const diagnose = (text: string) => knowledge.diagnoseNow(text);
  const isEven = ({ id }: Case): boolean => Number(id.slice(1)) % 2 === 0;
  const parts = {
    all: cases,
    'even ids': cases.filter(isEven),
    'odd ids': cases.filter((one) => !isEven(one)),
    sv: cases.filter(({ lang }) => lang === 'sv'),
    en: cases.filter(({ lang }) => lang === 'en'),
    mixed: cases.filter(({ lang }) => lang !== 'sv' && lang !== 'en'),
  };
  const rows = Object.entries(parts).map(([part, some]) => {
    const score = scoreCases(some, diagnose);
    return [
      part,
      {
        'paste exact set': percent(score.paste, true),
        'question top-1': percent(score.question, true),
        'question top-3': percent(score.questionTop3),
        'negatives answered': percent(score.negative, true),
        'asked to choose': percent(score.askedToChoose),
        'slot F1': score.slotF1 === 0 ? '–' : `${(100 * score.slotF1).toFixed(1)} %`,
      },
    ] as const;
  });
  console.log(`\ndiagnose: the labelled cases, ${title}`);
  console.table(Object.fromEntries(rows));
  const noises = [...scoreCases(cases, diagnose).byNoise]
    .filter(([, tally]) => tally.right < tally.of)
    .sort(([, one], [, other]) => share(one) - share(other));
  console.log('by kind of text, worst first; all others are 100 %');
  console.table(Object.fromEntries(noises.map(([noise, tally]) => [noise, percent(tally, true)])));
}
