import { randomUUID } from 'node:crypto';
import type { Article } from '../domain/article.ts';
import { idOf, type UnansweredId } from '../domain/ids.ts';
import { instantOf } from '../domain/time.ts';
import type { Unanswered } from '../domain/unanswered.ts';
import { asAppError, type Log } from '../observability/index.ts';
import type { Clock } from '../scheduler/index.ts';
import type { Store, Transaction } from '../store/index.ts';
import { knownWordsOf } from './known-words.ts';
import { gramsOf, likeness } from './likeness.ts';
import { partsOf, redact } from './redact.ts';
import type { UnansweredText, UnansweredTexts } from './unanswered-texts.ts';

export interface UnansweredTextsOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly articles: () => readonly Article[];
  /** Names of mailboxes, profiles and people that these words may be part of. */
  readonly namesIn: (words: readonly string[]) => Promise<readonly string[]>;
  readonly newId?: () => string;
}

/** From here on two texts would be answered by one article; drawn by eye on the articles' own questions. */
const ALIKE = 0.4;
const MOST_EXAMPLES = 5;
/** Beyond this the rarest and oldest gives way. */
const MOST_KEPT = 400;

export function createUnansweredTexts(options: UnansweredTextsOptions): UnansweredTexts {
  const { store, clock, log, newId = randomUUID } = options;
  /** By the store's frozen records: computed once for each that is kept. */
  const grams = new WeakMap<Unanswered, readonly ReadonlySet<string>[]>();
  let known: { articles: readonly Article[]; words: ReadonlySet<string> } | null = null;

  function knownWords(): ReadonlySet<string> {
    const articles = options.articles();
    if (known?.articles !== articles) known = { articles, words: knownWordsOf(articles) };
    return known.words;
  }

  async function redacted(text: string): Promise<string> {
    const words = knownWords();
    const said = text.toLocaleLowerCase().match(/[\p{L}'’-]+/gu) ?? [];
    const names = (await options.namesIn([...new Set(said.flatMap(partsOf))])).map((name) =>
      name.toLocaleLowerCase(),
    );
    const parts = new Set(names.flatMap((name) => name.split(/[\s-]+/u)));
    const whole = ` ${said.join(' ')} `;
    // "Anna" may stand in an article, too; a whole name that was written out is a name all the same.
    const spelledOut = new Set(
      names.filter((name) => whole.includes(` ${name} `)).flatMap((name) => name.split(/\s+/u)),
    );
    return redact(text, {
      isKnownWord: (word) => words.has(word),
      isName: (word) => spelledOut.has(word) || (parts.has(word) && !words.has(word)),
    });
  }

  function gramsOfAll(record: Unanswered): readonly ReadonlySet<string>[] {
    const found = grams.get(record) ?? record.examples.map(({ text }) => gramsOf(text));
    grams.set(record, found);
    return found;
  }

  function mostAlike(text: string, records: readonly Unanswered[]): Unanswered | null {
    const own = gramsOf(text);
    let best: Unanswered | null = null;
    let closest = ALIKE;
    for (const record of records) {
      for (const other of gramsOfAll(record)) {
        const alike = likeness(own, other);
        if (alike >= closest) [best, closest] = [record, alike];
      }
    }
    return best;
  }

  async function add(
    transaction: Transaction,
    { text, lang, near }: UnansweredText,
  ): Promise<void> {
    const at = instantOf(clock.now());
    const kept = await transaction.find('unanswered');
    const example = { text, lang, at };
    const alike = mostAlike(text, kept);
    if (alike !== null) {
      const others = alike.examples.filter((other) => other.text !== text);
      const examples = [...others, example].slice(-MOST_EXAMPLES);
      const count = alike.count + 1;
      await transaction.put('unanswered', { ...alike, examples, count, near, lastAt: at });
      return;
    }
    const [rarest] = [...kept].sort((a, b) => a.count - b.count || order(a.lastAt, b.lastAt));
    if (rarest !== undefined && kept.length >= MOST_KEPT) {
      await transaction.remove('unanswered', rarest.id);
    }
    await transaction.put('unanswered', {
      id: idOf<UnansweredId>(newId()),
      examples: [example],
      count: 1,
      near,
      firstAt: at,
      lastAt: at,
      state: 'open',
      topic: null,
    });
  }

  return {
    async keep(asked) {
      try {
        const text = await redacted(asked.text);
        // Nothing but names: there is nothing to write an article about.
        if (gramsOf(text).size === 0) return;
        await store.transact((transaction) => add(transaction, { ...asked, text }));
      } catch (error) {
        log.error('unanswered-not-kept', { reason: asAppError(error).code });
      }
    },
    async open() {
      const open = await store.find('unanswered', { state: 'open' });
      return [...open].sort((a, b) => b.count - a.count || order(b.lastAt, a.lastAt));
    },
    async find(id) {
      return (await store.get('unanswered', id)) ?? null;
    },
    dismiss(id, by) {
      return store.transact(async (transaction) => {
        const record = await transaction.get('unanswered', id);
        if (record === undefined) return 'gone';
        if (record.state === 'dismissed') return 'dismissed';
        await transaction.put('unanswered', { ...record, state: 'dismissed' });
        await transaction.audit({
          at: instantOf(clock.now()),
          actor: by,
          action: 'dismiss-unanswered',
          subject: id,
          outcome: 'done',
          detail: null,
        });
        return 'dismissed';
      });
    },
    async drafted(id, { topic }) {
      await store.transact(async (transaction) => {
        const record = await transaction.get('unanswered', id);
        if (record === undefined) return;
        await transaction.put('unanswered', { ...record, state: 'drafted', topic });
      });
    },
    async abandoned({ topic, examples }) {
      await store.transact(async (transaction) => {
        for (const record of await transaction.find('unanswered', { state: 'drafted' })) {
          if (record.topic !== topic) continue;
          // Others of the topic were drafted, and published, before.
          if (!record.examples.some(({ text }) => examples.includes(text))) continue;
          await transaction.put('unanswered', { ...record, state: 'open', topic: null });
        }
      });
    },
  };
}

/** Moments sort as text. */
function order(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
