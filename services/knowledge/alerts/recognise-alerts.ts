import type { Article } from '../../domain/article.ts';
import type { TopicMatch } from '../../domain/diagnosis.ts';
import type { TopicId } from '../../domain/ids.ts';
import { isLanguage, type Language } from '../../domain/language.ts';
import type { Tokens } from '../text/scan.ts';
import type { Steps } from '../text/work-in-steps.ts';
import { codesOfAlerts, mostSpecific } from './codes-of-alerts.ts';
import { directionOfCode } from './direction-of-code.ts';
import { ErrorCodes, type FoundCode } from './error-codes.ts';
import { findAlerts } from './find-alerts.ts';
import type { FoundAlert } from './found-alert.ts';
import { joinNegations } from './join-negations.ts';
import { mergeAlerts } from './merge-alerts.ts';
import { compilePatterns, type PatternSet } from './pattern.ts';
import { probabilityOfAlert } from './probability.ts';

/** Least fit of an alert that is reported, and of one that the text is only "near". */
export const ALERT = 0.42;
const NEAR = 0.3;
/** How sure an unmistakable code without its alert makes. */
const CODE_ALONE = 0.99;
/** An alert and a code that agree, or a code that decides between causes of the same words. */
const WITH_CODE = 0.995;
const MOST_CHOICES = 3;

/** What the wordings and codes in a text tell. */
export type Recognition =
  | {
      readonly kind: 'alerts';
      readonly matches: readonly TopicMatch[];
      readonly lang: Language | null;
    }
  /** Several articles fit what is there: best first. */
  | { readonly kind: 'ambiguous'; readonly matches: readonly TopicMatch[] }
  /** An alert that no article documents; `near` is the topic that it resembles. */
  | { readonly kind: 'undocumented'; readonly near: TopicId }
  | { readonly kind: 'nothing'; readonly near: TopicId | null };

export interface AlertSources {
  readonly articles: readonly Article[];
  /** Articles that do not answer: their wordings are what the others' are not. */
  readonly undocumented: readonly Article[];
  readonly equivalents: readonly (readonly string[])[];
  readonly fillers: ReadonlySet<string>;
}

/** From tokens to alerts. A code outranks the wording it comes with (README of data/knowledge). */
export class AlertRecogniser {
  private readonly patterns: PatternSet;
  private readonly codes: ErrorCodes;
  private readonly fillers: ReadonlySet<string>;
  private readonly articles: ReadonlyMap<TopicId, Article>;

  constructor({ articles, undocumented, equivalents, fillers }: AlertSources) {
    this.patterns = compilePatterns(articles, undocumented, equivalents, fillers);
    this.codes = new ErrorCodes(articles);
    this.fillers = fillers;
    this.articles = new Map(articles.map((article) => [article.id, article]));
  }

  /** All that the wordings explain of a text, documented or not, likely or not. */
  find(tokens: Tokens, source: string): Steps<readonly FoundAlert[]> {
    return findAlerts(joinNegations(tokens), source, this.patterns, this.fillers);
  }

  *recognise(read: Tokens, source: string): Steps<Recognition> {
    const tokens = joinNegations(read);
    const found = yield* this.find(tokens, source);
    yield;
    const codes = placedIn(tokens, read, this.codes.find(read, source));
    const wordings = found.filter((alert) => !alert.decoy && alert.fit >= ALERT);
    const alerts = this.decidedByCodes(withoutDetails(mergeAlerts(wordings)), codes);
    const sure = mergeAlerts(alerts.filter(({ rivals }) => rivals.length === 0));
    if (sure.length > 0) return { kind: 'alerts', matches: sure.map(matchOf), lang: langOf(sure) };
    const [unsure] = alerts;
    if (unsure) return { kind: 'ambiguous', matches: choicesOf(unsure) };
    const coded = this.codesAlone(codes, found);
    if (coded) return coded;
    const near = nearestOf(found);
    if (near?.decoy === true && near.fit >= ALERT)
      return { kind: 'undocumented', near: near.topic };
    return { kind: 'nothing', near: near?.topic ?? null };
  }

  /** Where the same words have several documented causes, the code tells which it is. */
  private decidedByCodes(
    alerts: readonly FoundAlert[],
    codes: readonly FoundCode[],
  ): readonly FoundAlert[] {
    const own = codesOfAlerts(alerts, codes);
    return alerts.map((alert, index) => {
      const code = mostSpecific(own[index] ?? []);
      if (!code) return alert;
      const spelling = code.spellings.get(alert.topic);
      if (spelling !== undefined) return { ...alert, code: spelling, rivals: [] };
      const [only, ...others] = code.spellings;
      if (only && others.length === 0) {
        return { ...alert, topic: only[0], code: only[1], rivals: [] };
      }
      const rival = alert.rivals.find(({ topic }) => code.spellings.has(topic));
      if (!rival) return alert;
      return { ...alert, ...rival, code: code.spellings.get(rival.topic) ?? null, rivals: [] };
    });
  }

  /** Codes without a documented wording: each topic once, in order of appearance. */
  private codesAlone(
    codes: readonly FoundCode[],
    found: readonly FoundAlert[],
  ): Recognition | null {
    const best = mostSpecific(codes);
    if (!best) return null;
    const telling = codes.filter(({ spellings }) => spellings.size === 1);
    if (telling.length === 0 || !telling.some((code) => code.specificity >= best.specificity)) {
      const share = CODE_ALONE / best.spellings.size;
      const choices = [...best.spellings].slice(0, MOST_CHOICES);
      return {
        kind: 'ambiguous',
        matches: choices.map(([topic, code]) => this.codeMatch(topic, code, share, found)),
      };
    }
    const matches = new Map<TopicId, TopicMatch>();
    for (const { spellings, specificity } of telling) {
      if (specificity < 0 && best.specificity >= 0) continue;
      for (const [topic, code] of spellings) {
        if (!matches.has(topic)) {
          matches.set(topic, this.codeMatch(topic, code, CODE_ALONE, found));
        }
      }
    }
    return { kind: 'alerts', matches: [...matches.values()], lang: null };
  }

  private codeMatch(
    topic: TopicId,
    code: string,
    confidence: number,
    found: readonly FoundAlert[],
  ): TopicMatch {
    const article = this.articles.get(topic);
    const wording = found.find((alert) => alert.fit >= NEAR);
    return {
      topic,
      confidence: rounded(confidence),
      slots: wording?.slots ?? {},
      direction: wording?.direction ?? (article ? directionOfCode(article, code) : null),
      code,
      nature: wording?.nature ?? null,
    };
  }
}

/** Codes are spelt with all their words; where they stand is counted in joined ones. */
function placedIn(tokens: Tokens, read: Tokens, codes: readonly FoundCode[]): readonly FoundCode[] {
  if (tokens === read) return codes;
  const place = (token: number): number => {
    const start = read.starts[token] ?? Number.POSITIVE_INFINITY;
    const at = tokens.starts.findIndex((other) => other >= start);
    return at < 0 ? tokens.length : at;
  };
  return codes.map((code) => ({ ...code, from: place(code.from), to: place(code.to) }));
}

/** The message of a code behind an alert is that alert's detail, not another alert. */
function withoutDetails(alerts: readonly FoundAlert[]): readonly FoundAlert[] {
  return alerts.filter((alert, index) => alert.code === null || index === 0);
}

function matchOf(alert: FoundAlert): TopicMatch {
  const { topic, slots, direction, code, nature } = alert;
  const probability = probabilityOfAlert(alert);
  const confidence = rounded(code === null ? probability : Math.max(probability, WITH_CODE));
  return { topic, confidence, slots, direction, code, nature };
}

function choicesOf(alert: FoundAlert): readonly TopicMatch[] {
  const choices = [alert, ...alert.rivals].slice(0, MOST_CHOICES);
  const sum = choices.reduce((total, { fit }) => total + fit, 0);
  return choices.map(({ topic, slots, direction, nature, fit }) => {
    const confidence = rounded(fit / sum);
    return { topic, confidence, slots, direction, code: null, nature };
  });
}

function nearestOf(found: readonly FoundAlert[]): FoundAlert | null {
  let nearest: FoundAlert | null = null;
  for (const alert of found) {
    if (alert.fit >= NEAR && alert.fit > (nearest?.fit ?? 0)) nearest = alert;
  }
  return nearest;
}

function langOf(alerts: readonly FoundAlert[]): Language | null {
  const [first] = alerts;
  if (!first || alerts.some((alert) => alert.lang !== first.lang)) return null;
  return isLanguage(first.lang) ? first.lang : null;
}

function rounded(probability: number): number {
  return Math.round(Math.min(1, Math.max(0, probability)) * 1000) / 1000;
}
