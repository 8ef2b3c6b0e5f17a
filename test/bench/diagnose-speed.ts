import type { Knowledge } from '../../services/knowledge/index.ts';
import { generateCases } from '../generated/generate-cases.ts';
import { normalised } from './peers/normalise.ts';
import type { Peer } from './peers/peer.ts';
import { printTimes, timesInTurns } from './timing.ts';

const REPETITIONS = 7;
const INPUTS = 200;
const SLOW_INPUTS = 6;
const PASTE = { least: 220, most: 380 };
const KINDS = ['clean', 'typo-1.5%', 'tricky-names', 'html', 'quoted-wrapped', 'chat', 'cut-end'];

export interface Peers {
  readonly fast: readonly Peer[];
  /** A tenth of a second for a text and more. */
  readonly slow: readonly Peer[];
}

/** Pastes of about 300 characters, and questions; each text the best of seven times. */
export function printSpeed(knowledge: Knowledge, peers: Peers): void {
  const pastes = pastesOf(knowledge);
  const title = `diagnose: ${pastes.length} pastes of about 300 characters, ${knowledge.articles().length} articles (the peers get cleaned texts, the cleaning is not in their time)`;
  printTimes(`\n${title}`, timed(knowledge, peers.fast, pastes, REPETITIONS));
  printTimes(
    'diagnose: the first of them',
    timed(knowledge, peers.slow, pastes.slice(0, SLOW_INPUTS), 2),
  );
  const questions = knowledge
    .articles()
    .flatMap((article) => [
      ...article.questions.sv.slice(0, 2),
      ...article.questions.en.slice(0, 2),
    ])
    .map((question) => `${question} `)
    .slice(0, INPUTS);
  printTimes(
    `diagnose: ${questions.length} questions`,
    timed(knowledge, peers.fast, questions, REPETITIONS),
  );
}

export function pastesOf(knowledge: Knowledge): readonly string[] {
  const generation = { seed: 'speed', perNoise: 100, only: KINDS };
  const cases = generateCases(knowledge.articles(), generation).filter(
    ({ kind, text }) => kind === 'paste' && text.length >= PASTE.least && text.length <= PASTE.most,
  );
  const every = Math.max(1, Math.ceil(cases.length / INPUTS));
  return cases.filter((_, index) => index % every === 0).map(({ text }) => text);
}

function timed(
  knowledge: Knowledge,
  peers: readonly Peer[],
  texts: readonly string[],
  repetitions: number,
): ReturnType<typeof timesInTurns> {
  const inputs = texts.map((text) => ({ text, cleaned: normalised(text) }));
  type Input = (typeof inputs)[number];
  const competitors: Record<string, (input: Input) => unknown> = {
    'mailbox medic': ({ text }) => knowledge.diagnoseNow(text),
  };
  for (const peer of peers) competitors[peer.name] = ({ cleaned }) => peer.rank(cleaned);
  return timesInTurns(competitors, inputs, repetitions);
}
