import type { Article } from '../../services/domain/article.ts';
import type { Diagnosis } from '../../services/domain/diagnosis.ts';
import type { Knowledge } from '../../services/knowledge/index.ts';
import { generateCases } from '../generated/generate-cases.ts';
import type { GeneratedCase } from '../generated/generated-case.ts';
import {
  type Answered,
  countAnswer,
  emptyScore,
  type GeneratedScore,
  slotShare,
} from '../generated/score-generated.ts';
import { share, type Tally } from '../support/dev-cases.ts';
import { answeredBy, type RankedCase, tunedAbstention } from './peers/abstention.ts';
import { naiveSlots } from './peers/naive-slots.ts';
import { normalised } from './peers/normalise.ts';
import type { Peer } from './peers/peer.ts';

const MOST_FALSE_ANSWERS = 0.05;
/** fuse.js takes a tenth of a second for a text and more. */
const SLOW_SAMPLE = 120;
/** Cases of a kind that the peers get. */
const PEER_SAMPLE = 60;
const LONGEST_FOR_SLOW = 1500;
const OURS = 'mailbox medic';

export interface DiagnosedCase {
  readonly labelled: GeneratedCase;
  readonly diagnosis: Diagnosis;
}

export function diagnosedCases(
  knowledge: Knowledge,
  seed: string,
  perNoise: number,
): readonly DiagnosedCase[] {
  return generateCases(knowledge.articles(), { seed, perNoise }).map((labelled) => ({
    labelled,
    diagnosis: knowledge.diagnoseNow(labelled.text),
  }));
}

interface Engine {
  readonly name: string;
  readonly answers: ReadonlyMap<GeneratedCase, Answered>;
  /** What stands first before anything is held back. */
  readonly first: ReadonlyMap<GeneratedCase, string | undefined>;
}

/** Every kind of damage, beside the peers: half of a sample tunes them, the other half is shown. */
export function printGenerated(
  diagnosed: readonly DiagnosedCase[],
  articles: readonly Article[],
  { fast, slow }: { readonly fast: readonly Peer[]; readonly slow: readonly Peer[] },
): void {
  const cases = diagnosed.map(({ labelled }) => labelled);
  const own: Engine = {
    name: OURS,
    answers: new Map(diagnosed.map(({ labelled, diagnosis }) => [labelled, diagnosis])),
    first: new Map(
      diagnosed.map(({ labelled, diagnosis }) => [labelled, diagnosis.matches[0]?.topic]),
    ),
  };
  console.log(`\ndiagnose: ${cases.length} generated cases of ${articles.length} articles`);
  printParts([own], cases);
  const sample = sampled(cases);
  const shown = sample.filter((_, index) => index % 2 === 1);
  const engines = [own, ...fast.map((peer) => peerEngine(peer, sample, articles))];
  console.log(
    `diagnose: ${shown.length} of them; the peers abstain as is best for them on as many others with at most ${100 * MOST_FALSE_ANSWERS} % of negatives answered`,
  );
  printParts(engines, shown);
  console.log('diagnose: exactly the right alerts by kind of text, worst of ours first');
  printNoises(own, cases, engines, shown);
  for (const peer of slow) {
    const short = sample.filter(({ text }) => text.length < LONGEST_FOR_SLOW);
    const every = Math.ceil(short.length / SLOW_SAMPLE);
    const few = short.filter((_, index) => index % every === 0);
    const engine = peerEngine(peer, few, articles);
    console.log(`diagnose: a small sample for ${peer.name}, which is slow`);
    printParts(
      [own, engine],
      few.filter((_, index) => index % 2 === 1),
    );
  }
}

function sampled(cases: readonly GeneratedCase[]): readonly GeneratedCase[] {
  const taken = new Map<string, number>();
  return cases.filter(({ noise }) => {
    const before = taken.get(noise) ?? 0;
    taken.set(noise, before + 1);
    return before < PEER_SAMPLE;
  });
}

function peerEngine(
  peer: Peer,
  cases: readonly GeneratedCase[],
  articles: readonly Article[],
): Engine {
  const slots = naiveSlots(articles);
  const ranked = cases.map((labelled): RankedCase => {
    const text = normalised(labelled.text);
    return { labelled, ranked: peer.rank(text) };
  });
  const rule = tunedAbstention(
    ranked.filter((_, index) => index % 2 === 0),
    MOST_FALSE_ANSWERS,
  );
  const answers = ranked.map(({ labelled, ranked: topics }) => {
    const { outcome, matches } = answeredBy(rule, labelled.text, topics);
    const text = normalised(labelled.text);
    const filled = matches.map(({ topic }) => ({ topic, slots: slots(topic, text) }));
    return [labelled, { outcome, matches: filled } satisfies Answered] as const;
  });
  const first = new Map(ranked.map(({ labelled, ranked: topics }) => [labelled, topics[0]?.topic]));
  return { name: peer.name, answers: new Map(answers), first };
}

function scoreOf({ answers }: Engine, cases: readonly GeneratedCase[]): GeneratedScore {
  const score = emptyScore();
  for (const labelled of cases) {
    const answered = answers.get(labelled);
    if (answered) countAnswer(labelled, answered, score);
  }
  return score;
}

function printParts(engines: readonly Engine[], cases: readonly GeneratedCase[]): void {
  const of = (kind: GeneratedCase['kind']): readonly GeneratedCase[] =>
    cases.filter((one) => one.kind === kind);
  const pastes = of('paste');
  const spoken = (lang: string): readonly GeneratedCase[] =>
    pastes.filter((one) => one.lang === lang);
  const others = pastes.filter(({ lang }) => lang !== 'sv' && lang !== 'en');
  const rows = engines.map((engine) => {
    const all = scoreOf(engine, pastes);
    const negatives = scoreOf(engine, of('negative')).right;
    const ambiguous = scoreOf(engine, of('ambiguous'));
    return [
      engine.name,
      {
        pastes: percent(all.right),
        sv: percent(scoreOf(engine, spoken('sv')).right),
        en: percent(scoreOf(engine, spoken('en')).right),
        'other, mixed': percent(scoreOf(engine, others).right),
        'ranked first': percent(rankedFirst(engine, pastes)),
        'slot F1': `${(100 * slotShare(all)).toFixed(1)} %`,
        'negatives answered': percent({ right: negatives.of - negatives.right, of: negatives.of }),
        'undecided: asked': percent(ambiguous.right),
        'undecided: guessed right': percent(ambiguous.guessed),
        'pastes: asked': percent(all.asked),
        direction: percent(all.direction),
        code: percent(all.code),
      },
    ] as const;
  });
  console.table(Object.fromEntries(rows));
}

/** Pure ranking: what is left of the difference if an engine need never abstain. */
function rankedFirst({ first }: Engine, cases: readonly GeneratedCase[]): Tally {
  const right = cases.filter((one) => one.labels.includes(first.get(one) ?? '')).length;
  return { right, of: cases.length };
}

function printNoises(
  own: Engine,
  all: readonly GeneratedCase[],
  engines: readonly Engine[],
  shown: readonly GeneratedCase[],
): void {
  const noises = [...new Set(all.map(({ noise }) => noise))];
  const rows = noises.map((noise) => {
    const of = (cases: readonly GeneratedCase[]): readonly GeneratedCase[] =>
      cases.filter((one) => one.noise === noise);
    const score = scoreOf(own, of(all));
    const columns = engines.map((engine) => [
      engine.name,
      percent(scoreOf(engine, of(shown)).right),
    ]);
    const row = {
      'ours, all': percent(score.right, true),
      'our slots': score.slots.agreed === 0 ? '–' : `${(100 * slotShare(score)).toFixed(1)} %`,
      'we asked': percent(score.asked),
      ...(Object.fromEntries(columns) as Record<string, string>),
    };
    return { noise, right: share(score.right), row };
  });
  rows.sort((one, other) => one.right - other.right);
  console.table(Object.fromEntries(rows.map(({ noise, row }) => [noise, row])));
}

export function percent(tally: Tally, counts = false): string {
  if (tally.of === 0) return '–';
  const text = `${(100 * share(tally)).toFixed(1)} %`;
  return counts ? `${text} (${tally.right}/${tally.of})` : text;
}
