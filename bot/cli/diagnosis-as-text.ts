import type { Article } from '../../services/domain/article.ts';
import type { Diagnosis, TopicMatch } from '../../services/domain/diagnosis.ts';
import type { Language, Localized } from '../../services/domain/language.ts';
import type { Knowledge } from '../../services/knowledge/index.ts';

interface Labels {
  readonly meaning: string;
  readonly cause: string;
  readonly steps: string;
  readonly sources: string;
  readonly checked: string;
  readonly found: Readonly<Record<'mailbox' | 'profile' | 'subject' | 'otherMailbox', string>>;
  readonly code: string;
  readonly choose: string;
  readonly none: string;
  readonly near: string;
  readonly partly: string;
  readonly online: string;
  readonly onPremises: string;
}

/** What the command line says itself; all else comes from the articles. */
const LABELS: Localized<Labels> = {
  sv: {
    meaning: 'Vad det betyder',
    cause: 'Orsak',
    steps: 'Gör så här',
    sources: 'Källa',
    checked: 'jämförd',
    found: {
      mailbox: 'Postlåda',
      profile: 'E-postserverprofil',
      subject: 'Ämne',
      otherMailbox: 'Annan postlåda',
    },
    code: 'Felkod',
    choose: 'Det kan vara något av det här. Fråga om det som stämmer:',
    none: 'Jag känner inte igen texten och gissar inte.',
    near: 'Den liknar det här, men är något annat:',
    partly: 'Texten var över 100 kB: bara början och slutet är lästa.',
    online: 'Online',
    onPremises: 'Lokalt',
  },
  en: {
    meaning: 'What it means',
    cause: 'Cause',
    steps: 'What to do',
    sources: 'Source',
    checked: 'compared',
    found: {
      mailbox: 'Mailbox',
      profile: 'Email server profile',
      subject: 'Subject',
      otherMailbox: 'Other mailbox',
    },
    code: 'Error code',
    choose: 'It may be one of these. Ask about the one that fits:',
    none: 'I do not recognise this text, and I do not guess.',
    near: 'It resembles this without being it:',
    partly: 'The text was over 100 KB: only its beginning and end were read.',
    online: 'Online',
    onPremises: 'On-premises',
  },
};

/** The answer as a person reads it in a terminal. */
export function diagnosisAsText(
  diagnosis: Diagnosis,
  knowledge: Knowledge,
  lang: Language,
): string {
  const labels = LABELS[lang];
  const parts: string[] = [];
  if (diagnosis.partlyRead) parts.push(labels.partly);
  const title = (match: TopicMatch): string =>
    knowledge.article(match.topic)?.title[lang] ?? match.topic;
  if (diagnosis.outcome === 'none') {
    parts.push(labels.none);
    const near = diagnosis.near === null ? null : knowledge.article(diagnosis.near);
    if (near) parts.push(`${labels.near} ${near.title[lang]} (${near.id})`);
  } else if (diagnosis.outcome === 'ambiguous') {
    const choices = diagnosis.matches.map((match) => `  - ${title(match)} (${percent(match)})`);
    parts.push([labels.choose, ...choices].join('\n'));
  } else {
    for (const match of diagnosis.matches) {
      const article = knowledge.article(match.topic);
      if (article) parts.push(articleAsText(article, match, lang));
    }
  }
  return `${parts.join('\n\n')}\n`;
}

function percent(match: TopicMatch): string {
  return `${Math.round(match.confidence * 100)} %`;
}

function articleAsText(article: Article, match: TopicMatch, lang: Language): string {
  const labels = LABELS[lang];
  const named = (['mailbox', 'profile', 'subject', 'otherMailbox'] as const).flatMap((slot) => {
    const value = match.slots[slot];
    return value === undefined ? [] : [`${labels.found[slot]}: ${value}`];
  });
  if (match.code !== null) named.push(`${labels.code}: ${match.code}`);
  const notices = article.notices.map((notice) => `! ${notice.text[lang]}`);
  const steps = article.steps.flatMap((step, index) => {
    const paths = [
      ...(step.navigation?.online ? [`${labels.online}: ${step.navigation.online[lang]}`] : []),
      ...(step.navigation?.onPremises
        ? [`${labels.onPremises}: ${step.navigation.onPremises[lang]}`]
        : []),
    ];
    const code = step.code ? step.code.text.trimEnd().split('\n') : [];
    return [
      `  ${index + 1}. ${step.text[lang]}`,
      ...[...paths, ...code].map((line) => `     ${line}`),
    ];
  });
  const sources = article.sources.map(
    (source) => `  ${source.title}, ${source.url} (${labels.checked} ${article.checked})`,
  );
  return [
    `${article.title[lang]} (${article.id}, ${percent(match)})`,
    ...named,
    ...notices,
    '',
    `${labels.meaning}: ${article.meaning[lang]}`,
    `${labels.cause}: ${article.cause[lang]}`,
    `${labels.steps}:`,
    ...steps,
    `${labels.sources}:`,
    ...sources,
  ].join('\n');
}
