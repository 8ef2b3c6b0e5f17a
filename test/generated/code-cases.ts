import type { Article } from '../../services/domain/article.ts';
import { alertCase } from './alert-case.ts';
import {
  codeAlone,
  codeInJson,
  codeInStackTrace,
  type WrittenCode,
  withCodeLine,
  writtenCodes,
} from './error-codes.ts';
import type { FittingArticles } from './fitting-articles.ts';
import { type Made, type Maker, NOTHING_SAID } from './generated-case.ts';
import { plainNames } from './names.ts';
import { slotsOf } from './passage.ts';
import type { Random } from './random.ts';
import { filled, type Wording } from './renderings.ts';
import type { WordingsByTopic } from './wordings-by-topic.ts';

/** Far apart, so that few cases meet many articles. */
const STRIDE = 97;

/** Texts with Email Server Error Codes: under an alert, alone, in JSON and in stack traces. */
export class CodeCases {
  private readonly codes: readonly WrittenCode[];
  private readonly messages: readonly { readonly topic: string; readonly text: string }[];
  private readonly templates: WordingsByTopic;
  private readonly fitting: FittingArticles;

  constructor(articles: readonly Article[], templates: WordingsByTopic, fitting: FittingArticles) {
    this.codes = writtenCodes(articles);
    this.messages = articles.flatMap(({ id, codes }) =>
      codes.flatMap(({ message }) => (message === undefined ? [] : [{ topic: id, text: message }])),
    );
    this.templates = templates;
    this.fitting = fitting;
  }

  makers(): Readonly<Record<string, Maker>> {
    return {
      'code-line': (random, turn) => this.underAlert(random, turn),
      'code-decides': (random, turn) => this.deciding(random, turn),
      'code-alone': (random, turn) =>
        this.alone(random, turn, (code, lang) => codeAlone(code, random, lang)),
      'code-in-json': (random, turn) =>
        this.alone(random, turn, (code) => codeInJson(code, random)),
      'code-in-stack-trace': (random, turn) =>
        this.alone(random, turn, (code) => codeInStackTrace(code, random)),
      'code-message': (random, turn) => this.message(random, turn),
    };
  }

  /** The code is one of the article's own. */
  private underAlert(random: Random, turn: number): Made | null {
    const wording = this.templates.take(random, turn);
    const own = this.codes.filter(({ spellings }) => spellings.has(wording.topic));
    if (own.length === 0) return null;
    return coded(wording, random.pick(own), wording.topic, random);
  }

  /** The words fit several articles; only one of them lists the code. */
  private deciding(random: Random, turn: number): Made | null {
    const wording = this.templates.take(random, turn);
    const fits = this.fitting.of([filled(wording, plainNames(random))], wording.topic).topics;
    if (fits.size < 2) return null;
    const telling = this.codes.filter(
      ({ spellings }) => [...spellings.keys()].filter((topic) => fits.has(topic)).length === 1,
    );
    if (telling.length === 0) return null;
    const code = random.pick(telling);
    const topic = [...code.spellings.keys()].find((one) => fits.has(one)) ?? wording.topic;
    return coded(wording, code, topic, random);
  }

  private alone(
    random: Random,
    turn: number,
    write: (code: string, lang: string) => string,
  ): Made | null {
    const code = this.codes[(turn * STRIDE) % this.codes.length];
    if (!code) return null;
    const lang = random.chance(0.5) ? 'sv' : 'en';
    const text = write(code.written, lang);
    const topics = [...code.spellings.keys()];
    const made = { ...NOTHING_SAID, lang, text, labels: topics.slice(0, 1) };
    if (topics.length > 1) return { ...made, kind: 'ambiguous', accept: topics };
    return { ...made, kind: 'paste', code: code.spellings.get(topics[0] ?? '') ?? '' };
  }

  /** What the error reference publishes for a code, as a pop-up shows it. */
  private message(random: Random, turn: number): Made | null {
    const message = this.messages[turn % Math.max(1, this.messages.length)];
    if (!message || turn > 20 * this.messages.length) return null;
    const text = message.text.replace(/\{\*?\w*\}/g, () => plainNames(random).mailbox);
    const sharing = new Set(
      this.messages.filter((other) => other.text === message.text).map(({ topic }) => topic),
    );
    const made = { ...NOTHING_SAID, lang: 'en', text, labels: [message.topic] };
    if (sharing.size > 1) return { ...made, kind: 'ambiguous', accept: [...sharing] };
    return { ...made, kind: 'paste' };
  }
}

function coded(wording: Wording, code: WrittenCode, topic: string, random: Random): Made {
  const plain = filled(wording, plainNames(random));
  const passage = withCodeLine(plain, code.written, random);
  const made = alertCase({ ...wording, topic }, passage, slotsOf(passage));
  return { ...made, code: code.spellings.get(topic) ?? '' };
}
