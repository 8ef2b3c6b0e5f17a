import type { Article } from '../../services/domain/article.ts';
import { alertCase } from './alert-case.ts';
import { CodeCases } from './code-cases.ts';
import { FittingArticles } from './fitting-articles.ts';
import { type GeneratedCase, type Made, type Maker, NOTHING_SAID } from './generated-case.ts';
import { plainNames, trickyNames } from './names.ts';
import { NearMisses } from './near-misses.ts';
import { CUTS, type Cutting } from './noises/cuts.ts';
import { NOISES, type Noise } from './noises/index.ts';
import { chatter, surroundingsAlone } from './noises/surroundings.ts';
import { around, type Passage, slotsOf, textOf } from './passage.ts';
import { type Random, seeded } from './random.ts';
import { filled, type Wording, wordingsOf } from './renderings.ts';
import { WordingsByTopic } from './wordings-by-topic.ts';

export interface Generation {
  readonly seed: string;
  /** Cases of each kind of noise; of cuts as many again that decide nothing. */
  readonly perNoise: number;
  /** Limits the kinds of noise; all if absent. */
  readonly only?: readonly string[];
}

/** Turns without a case after which a kind is left. */
const PATIENCE = 300;
/** Turns for each case that is wanted: at most, and where only undecided ones are still wanted. */
const MOST_TURNS = 40;
const ENOUGH_TURNS = 5;
/** Who pastes less than this has pasted nothing. */
const FEWEST_WORDS = 5;

/** Texts with their truth for any articles; the same for the same seed. */
export function generateCases(
  articles: readonly Article[],
  { seed, perNoise, only }: Generation,
): readonly GeneratedCase[] {
  const makers = makersFor(articles);
  return Object.entries(makers).flatMap(([noise, make]) => {
    if (only && !only.includes(noise)) return [];
    return casesOf(noise, make, seed, perNoise);
  });
}

/** Cases that decide nothing are counted apart, so that there are enough of both. */
function casesOf(noise: string, make: Maker, seed: string, wanted: number): GeneratedCase[] {
  const cases: GeneratedCase[] = [];
  const counts = { decided: 0, ambiguous: 0 };
  for (let turn = 0; turn < wanted * MOST_TURNS; turn++) {
    if (counts.decided >= wanted && (counts.ambiguous >= wanted || turn > wanted * ENOUGH_TURNS)) {
      break;
    }
    if (cases.length === 0 && turn > PATIENCE) break;
    const made = make(seeded(`${seed} ${noise} ${turn}`), turn);
    if (!made) continue;
    const kind = made.kind === 'ambiguous' ? 'ambiguous' : 'decided';
    if (counts[kind] >= wanted) continue;
    const number = String(counts[kind]++).padStart(5, '0');
    const name = kind === 'ambiguous' ? `${noise}, undecided` : noise;
    cases.push({ ...made, id: `${name} ${number}`, noise: name });
  }
  return cases;
}

function makersFor(articles: readonly Article[]): Readonly<Record<string, Maker>> {
  const wordings = wordingsOf(articles);
  const templates = new WordingsByTopic(wordings.filter(({ kind }) => kind === 'template'));
  const decoys = new WordingsByTopic(wordings.filter(({ kind }) => kind === 'decoy'));
  const fitting = new FittingArticles(wordings);
  const nearMisses = new NearMisses(wordings, fitting);
  const makers: Record<string, Maker> = {};
  for (const [name, noise] of Object.entries(NOISES)) {
    makers[name] = (random, turn) =>
      noisedAlert(templates.take(random, turn), noise, random, false);
  }
  makers['tricky-names'] = (random, turn) =>
    noisedAlert(templates.take(random, turn), NOISES.clean, random, true);
  makers['html-spans+tricky'] = (random, turn) =>
    noisedAlert(templates.take(random, turn), NOISES['html-spans'], random, true);
  makers['chat+typo+tricky'] = (random, turn) =>
    noisedAlert(templates.take(random, turn), chatAndTypo, random, true);
  for (const [name, cutting] of Object.entries(CUTS)) {
    makers[name] = (random, turn) =>
      cutAlert(templates.take(random, turn), cutting, NOISES.clean, fitting, random);
  }
  makers['cut+typo+quoted+chat'] = (random, turn) =>
    cutAlert(
      templates.take(random, turn),
      CUTS['cut-end'],
      NOISES['typo+quoted+chat'],
      fitting,
      random,
    );
  makers['two-alerts'] = (random, turn) => twoAlerts(templates, random, turn, false, fitting);
  makers['two-alerts-mixed'] = (random, turn) => twoAlerts(templates, random, turn, true, fitting);
  Object.assign(makers, new CodeCases(articles, templates, fitting).makers());
  makers['near-miss: other reason'] = (random, turn) =>
    negative(nearMisses.otherReason(templates.take(random, turn), plainNames(random), random));
  makers['near-miss: other words'] = (random, turn) =>
    negative(nearMisses.otherWords(templates.take(random, turn), plainNames(random), random));
  makers['decoy'] = (random, turn) => {
    const wording = decoys.take(random, turn);
    const passage = filled(wording, plainNames(random));
    if (fitting.isDocumented(passage)) return null;
    return negative({ topic: wording.topic, text: textOf(passage) });
  };
  makers['decoy+typo+chat'] = (random, turn) => {
    const wording = decoys.take(random, turn);
    const passage = filled(wording, plainNames(random));
    if (fitting.isDocumented(passage)) return null;
    const text = textOf(chatAndTypo(passage, random, wording.lang));
    return negative({ topic: wording.topic, text });
  };
  makers['surroundings alone'] = (random) => {
    const lang = random.chance(0.5) ? 'sv' : 'en';
    return { ...NOTHING_SAID, kind: 'negative', lang, text: surroundingsAlone(random, lang) };
  };
  return makers;
}

const chatAndTypo: Noise = (passage, random, lang) =>
  NOISES.chat(NOISES['typo-1.5%'](passage, random, lang), random, lang);

function noisedAlert(wording: Wording, noise: Noise, random: Random, tricky: boolean): Made {
  const names = (tricky ? trickyNames : plainNames)(random);
  const passage = noise(filled(wording, names), random, wording.lang);
  return alertCase(wording, passage, slotsOf(passage));
}

function cutAlert(
  wording: Wording,
  cutting: Cutting,
  noise: Noise,
  fitting: FittingArticles,
  random: Random,
): Made | null {
  const { left, passage } = cutting(filled(wording, plainNames(random)), random);
  const fixed = left.flat().filter(({ slot }) => slot === null);
  if ((textOf(fixed).match(/[\p{L}\p{N}]{2,}/gu) ?? []).length < FEWEST_WORDS) return null;
  const fits = fitting.of(left, wording.topic);
  if (!fits.topics.has(wording.topic)) throw new Error(`a cut of ${wording.topic} does not fit it`);
  const noised = noise(passage, random, wording.lang);
  const made = { ...alertCase(wording, noised, slotsOf(noised)), direction: null };
  // Nobody can be asked to choose between an article and something that no article is about.
  if (fits.topics.size === 1) return fits.undocumented ? null : made;
  return {
    ...made,
    kind: 'ambiguous',
    accept: [...fits.topics],
    orUndocumented: fits.undocumented,
  };
}

const BETWEEN = ['\n\n', '\n', '\n\n---\n\n', '\n2. '];
const AND_THEN: Readonly<Record<string, string>> = {
  sv: '\n\noch sedan:\n',
  en: '\n\nand then:\n',
};

function twoAlerts(
  templates: WordingsByTopic,
  random: Random,
  turn: number,
  mixed: boolean,
  fitting: FittingArticles,
): Made | null {
  const first = templates.take(random, turn);
  const second = templates.take(random, random.below(10_000));
  if (second.topic === first.topic || (second.lang === first.lang) === mixed) return null;
  const passages = [first, second].map((wording) => filled(wording, plainNames(random)));
  // One that is a part of another article's wording is told apart by what follows; not so here.
  const shared = (passage: Passage, { topic }: Wording): boolean =>
    fitting.of([passage], topic).topics.size > 1;
  if (shared(passages[0] ?? [], first) || shared(passages[1] ?? [], second)) return null;
  const [one = [], other = []] = passages;
  const between = around(random.pick([...BETWEEN, AND_THEN[first.lang] ?? '\n\n']));
  const opening = random.chance(0.4) ? [around(`${chatter('opening', first.lang, random)}\n`)] : [];
  const truths = passages.map(slotsOf);
  return {
    ...NOTHING_SAID,
    kind: 'paste',
    lang: mixed ? 'mixed' : first.lang,
    text: textOf([...opening, ...one, between, ...other]),
    labels: [first.topic, second.topic],
    slots: { [first.topic]: truths[0]?.slots ?? {}, [second.topic]: truths[1]?.slots ?? {} },
  };
}

function negative(nearMiss: { readonly topic: string; readonly text: string } | null): Made | null {
  if (!nearMiss) return null;
  const { topic, text } = nearMiss;
  return { ...NOTHING_SAID, kind: 'negative', lang: '', text, accept: [topic] };
}
