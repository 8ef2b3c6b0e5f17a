import type { Article, ArticleCode } from '../../../../services/domain/article.ts';
import type { TopicId } from '../../../../services/domain/ids.ts';
import {
  AlertRecogniser,
  type Recognition,
} from '../../../../services/knowledge/alerts/recognise-alerts.ts';
import { scan } from '../../../../services/knowledge/text/scan.ts';
import { finishNow } from '../../../../services/knowledge/text/work-in-steps.ts';

type Wording = Partial<Article['templates'][number]> & { readonly text: string };

/** An article that holds nothing but what recognising needs. */
export function article(
  id: string,
  parts: {
    readonly templates?: readonly Wording[];
    readonly codes?: readonly (Partial<ArticleCode> & { readonly text: string })[];
    readonly decoys?: readonly string[];
    readonly catalogue?: Article['catalogue'];
  },
): Article {
  const both = { sv: '-', en: '-' };
  return {
    id: id as TopicId,
    catalogue: parts.catalogue ?? 'later',
    kind: 'alert',
    level: 'error',
    scope: 'mailbox',
    nature: 'permanent',
    appliesTo: ['online'],
    title: both,
    meaning: both,
    cause: both,
    steps: [],
    notices: [],
    remedies: [],
    raisedFor: [],
    codes: (parts.codes ?? []).map((code) => ({ aliases: [], ...code })),
    templates: (parts.templates ?? []).map((wording) => ({
      lang: 'en',
      generation: 2,
      directions: ['incoming'],
      origin: 'microsoft',
      ...wording,
    })),
    decoys: (parts.decoys ?? []).map((text) => ({ lang: 'en', text })),
    questions: { sv: [], en: [] },
    related: [],
    sources: [],
    checked: '2026-11-23',
  };
}

/** Recognises texts by these articles alone. */
export function recogniserOf(
  articles: readonly Article[],
  undocumented: readonly Article[] = [],
): (text: string) => Recognition {
  const fillers = new Set(['the', 'has', 'been', 'was', 'is', 'a', 'an', 'for']);
  const recogniser = new AlertRecogniser({ articles, undocumented, equivalents: [], fillers });
  return (text) => finishNow(recogniser.recognise(scan(text), text));
}
