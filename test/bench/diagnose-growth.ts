import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import type { Article } from '../../services/domain/article.ts';
import { AlertRecogniser } from '../../services/knowledge/alerts/recognise-alerts.ts';
import { lexiconSchema } from '../../services/knowledge/questions/lexicon.ts';
import { scan } from '../../services/knowledge/text/scan.ts';
import { finishNow } from '../../services/knowledge/text/work-in-steps.ts';
import { distractorArticles } from '../generated/distractors.ts';
import type { GeneratedCase } from '../generated/generated-case.ts';
import { type Answered, countAnswer, emptyScore, slotShare } from '../generated/score-generated.ts';
import { percent } from './diagnose-generated.ts';
import { peerDocuments } from './peers/documents.ts';
import { normalised } from './peers/normalise.ts';
import { oramaPeer } from './peers/orama.ts';
import { microseconds, timesInTurns } from './timing.ts';

const SIZES = [60, 600, 6000];
const CASES = 1500;
const REPETITIONS = 5;
const PEER_PASTES = 30;

/** The alert path alone: what more articles with wordings of their own cost, and what they confuse. */
export async function printGrowth(
  articles: readonly Article[],
  cases: readonly GeneratedCase[],
  pastes: readonly string[],
): Promise<void> {
  // What is left of a cut may by chance be the words of an alert that was made up.
  const whole = cases.filter(({ noise }) => !noise.startsWith('cut'));
  const every = Math.ceil(whole.length / CASES);
  const some = whole.filter((_, index) => index % every === 0);
  const lexicon = lexiconSchema.parse(parse(await readFile('data/questions/lexicon.yaml', 'utf8')));
  const fillers = new Set(lexicon.fillers.flatMap((word) => scan(word).words));
  const others = distractorArticles(articles, Math.max(...SIZES));
  const rows: Record<string, object> = {};
  for (const size of [articles.length, ...SIZES.filter((wanted) => wanted > articles.length)]) {
    const grown = [...articles, ...others.slice(0, size - articles.length)];
    const began = performance.now();
    const { equivalents } = lexicon;
    const recogniser = new AlertRecogniser({
      articles: grown,
      undocumented: [],
      equivalents,
      fillers,
    });
    const built = performance.now() - began;
    const recognise = (text: string): Answered => {
      const found = finishNow(recogniser.recognise(scan(text), text));
      if (found.kind === 'alerts') return { outcome: 'match', matches: found.matches };
      if (found.kind === 'ambiguous') return { outcome: 'ambiguous', matches: found.matches };
      return { outcome: 'none', matches: [], near: found.near };
    };
    const score = { paste: emptyScore(), negative: emptyScore(), ambiguous: emptyScore() };
    for (const labelled of some)
      countAnswer(labelled, recognise(labelled.text), score[labelled.kind]);
    const own = timesInTurns({ ours: recognise }, pastes, REPETITIONS).get('ours');
    const orama = await oramaPeer(peerDocuments(grown));
    // A tenth of a second each among thousands of articles.
    const few = pastes.slice(0, PEER_PASTES);
    const both = timesInTurns(
      { ours: recognise, orama: (text: string) => orama.rank(normalised(text)) },
      few,
      2,
    );
    const { right, of } = score.negative.right;
    rows[`${size} articles`] = {
      pastes: percent(score.paste.right),
      'slot F1': `${(100 * slotShare(score.paste)).toFixed(1)} %`,
      'undecided: asked': percent(score.ambiguous.right),
      'negatives answered': percent({ right: of - right, of }),
      'median, µs': microseconds(own?.median ?? 0),
      'p99, µs': microseconds(own?.p99 ?? 0),
      [`of ${few.length}: median, µs`]: microseconds(both.get('ours')?.median ?? 0),
      'orama on them, µs': microseconds(both.get('orama')?.median ?? 0),
      'built in, ms': Math.round(built),
    };
  }
  console.log(
    `\ndiagnose: growth, ${some.length} generated cases and ${pastes.length} pastes for time`,
  );
  console.table(rows);
}
