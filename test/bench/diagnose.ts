import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import MiniSearch from 'minisearch';
import { type Knowledge, loadKnowledge } from '../../services/knowledge/index.ts';
import { CASES_FILE, loadCases, scoreCases, share, type Tally } from '../support/dev-cases.ts';

const WARM_UPS = 300;
const RUNS = 2_000;
const LONG_RUNS = 15;
const KILOBYTE = 1024;

/** How well and how fast texts are diagnosed; prints tables. */
export async function benchDiagnose(): Promise<void> {
  const began = performance.now();
  const loaded = await loadKnowledge('data');
  const startMs = performance.now() - began;
  if (loaded.kind === 'invalid') {
    console.log('diagnose: the articles are invalid', loaded.problems);
    return;
  }
  const { knowledge } = loaded;
  printQuality(knowledge);
  const again = performance.now();
  await loadKnowledge('data');
  console.log('\ndiagnose: start (read, compile, learn)');
  console.table({
    'first in this process, ms': Math.round(startMs),
    'again, ms': Math.round(performance.now() - again),
  });
  printSpeed(knowledge);
  await printLongTexts(knowledge);
}

function printQuality(knowledge: Knowledge): void {
  const cases = loadCases();
  if (cases === null) {
    console.log(
      `\n!!! diagnose: no cases at ${CASES_FILE}; quality is NOT measured (CASES_DIR) !!!`,
    );
    return;
  }
  const diagnose = (text: string) => knowledge.diagnoseNow(text);
  const parts = {
    all: cases,
    'even ids': cases.filter(({ id }) => Number(id.slice(1)) % 2 === 0),
    'odd ids': cases.filter(({ id }) => Number(id.slice(1)) % 2 === 1),
    sv: cases.filter(({ lang }) => lang === 'sv'),
    en: cases.filter(({ lang }) => lang === 'en'),
    mixed: cases.filter(({ lang }) => lang !== 'sv' && lang !== 'en'),
  };
  const rows = Object.entries(parts).map(([part, some]) => {
    const score = scoreCases(some, diagnose);
    return [
      part,
      {
        'paste exact set': percent(score.paste),
        'question top-1': percent(score.question),
        'question top-3': percent(score.questionTop3),
        'negatives answered': percent(score.negative),
        'asked to choose': percent(score.askedToChoose),
        'slot F1': score.slotF1 === 0 ? '–' : `${(100 * score.slotF1).toFixed(1)} %`,
      },
    ] as const;
  });
  console.log('\ndiagnose: the labelled cases');
  console.table(Object.fromEntries(rows));
  const { byNoise } = scoreCases(cases, diagnose);
  const noises = [...byNoise].sort(([, a], [, b]) => share(a) - share(b));
  console.log('diagnose: right by kind of text, worst first');
  console.table(Object.fromEntries(noises.map(([noise, tally]) => [noise, percent(tally)])));
}

function percent(tally: Tally): string {
  if (tally.of === 0) return '–';
  return `${(100 * share(tally)).toFixed(1)} % (${tally.right}/${tally.of})`;
}

/** The same articles in a search engine that many would reach for; both in the same run. */
function printSpeed(knowledge: Knowledge): void {
  const paste = pasteOf(knowledge).slice(0, 300);
  const search = searchOver(knowledge);
  const own = timesOf(() => knowledge.diagnoseNow(paste));
  const theirs = timesOf(() => search.search(paste));
  console.log(`\ndiagnose: a paste of ${paste.length} characters, µs`);
  console.table({
    'mailbox medic': { median: microseconds(own.median), p99: microseconds(own.p99) },
    minisearch: { median: microseconds(theirs.median), p99: microseconds(theirs.p99) },
    'ratio (ours / theirs)': {
      median: (own.median / theirs.median).toFixed(2),
      p99: (own.p99 / theirs.p99).toFixed(2),
    },
  });
}

function searchOver(knowledge: Knowledge): MiniSearch {
  const search = new MiniSearch({ fields: ['text'], storeFields: ['topic'] });
  let id = 0;
  for (const article of knowledge.articles()) {
    const { title, meaning, cause, questions } = article;
    for (const lang of ['sv', 'en'] as const) {
      const texts = [title[lang], meaning[lang], cause[lang], ...questions[lang]];
      search.add({ id: id++, topic: article.id, text: texts.join('\n') });
    }
    for (const { text } of article.templates) search.add({ id: id++, topic: article.id, text });
  }
  return search;
}

function pasteOf(knowledge: Knowledge): string {
  const article = knowledge.articles().find(({ id }) => id === 'bad-credentials');
  const slots = { mailbox: 'Maja Falk', profile: 'Exchange Nord' };
  const wording = { lang: 'en', generation: 1, direction: 'incoming', slots } as const;
  return (article && knowledge.renderAlert({ article, ...wording })) ?? '';
}

interface Times {
  readonly median: number;
  readonly p99: number;
}

function timesOf(work: () => unknown, runs = RUNS, warmUps = WARM_UPS): Times {
  for (let run = 0; run < warmUps; run++) work();
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const began = performance.now();
    work();
    times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  return {
    median: times[Math.floor(runs / 2)] ?? 0,
    p99: times[Math.min(runs - 1, Math.floor(runs * 0.99))] ?? 0,
  };
}

function microseconds(milliseconds: number): number {
  return Math.round(milliseconds * 1000);
}

/** An alert at the end of a log, and the same wording over and over: the dearest text that is known. */
async function printLongTexts(knowledge: Knowledge): Promise<void> {
  const alert = pasteOf(knowledge);
  const log = '2024-03-01 10:00:10 INFO mailbox poll finished, profile loaded, 0 new email\n';
  const rows: Record<string, object> = {};
  for (const [size, bytes] of [
    ['28 KB', 28 * KILOBYTE],
    ['1 MB', KILOBYTE * KILOBYTE],
  ] as const) {
    const texts = {
      [`${size} log with an alert`]: `${log.repeat(bytes / log.length)}\n${alert}`,
      [`${size} of one alert`]: `${alert} `.repeat(bytes / alert.length),
    };
    for (const [name, text] of Object.entries(texts)) {
      const { median } = timesOf(() => knowledge.diagnoseNow(text), LONG_RUNS, 2);
      const block = await longestBlock(() => knowledge.diagnose(text));
      rows[name] = { 'ms in one go': median.toFixed(1), 'longest turn, ms': block.toFixed(1) };
    }
  }
  console.log('\ndiagnose: long texts');
  console.table(rows);
}

/** The longest that other work had to wait while this went on. */
async function longestBlock(work: () => Promise<unknown>): Promise<number> {
  let done = false;
  let longest = 0;
  const working = work().finally(() => {
    done = true;
  });
  let last = performance.now();
  while (!done) {
    await setImmediate();
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }
  await working;
  return longest;
}
