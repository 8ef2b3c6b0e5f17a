import type { Article } from '../../../services/domain/article.ts';
import { LANGUAGES } from '../../../services/domain/language.ts';
import { piecesOf } from '../../generated/renderings.ts';

/** What a search engine gets to index: one document for each wording, one for each text and language. */
export interface PeerDocument {
  readonly topic: string;
  readonly kind: 'wording' | 'article';
  readonly text: string;
}

export function peerDocuments(articles: readonly Article[]): readonly PeerDocument[] {
  return articles.flatMap((article): PeerDocument[] => {
    const { id: topic, title, meaning, cause, questions, codes } = article;
    const written = codes.flatMap((code) => [
      code.text,
      ...code.aliases,
      code.message ?? '',
      ...(code.number === undefined ? [] : [code.number, `0x${code.number}`]),
    ]);
    return [
      ...article.templates.map(
        ({ text }): PeerDocument => ({
          topic,
          kind: 'wording',
          text: plainTemplate(text),
        }),
      ),
      ...LANGUAGES.map((lang): PeerDocument => {
        const texts = [title[lang], title[lang], meaning[lang], cause[lang], ...questions[lang]];
        return { topic, kind: 'article', text: texts.join('\n') };
      }),
      ...(written.length === 0
        ? []
        : [{ topic, kind: 'article' as const, text: written.join('\n') }]),
    ];
  });
}

/** The wording without its slots, with the verbs of both directions. */
function plainTemplate(template: string): string {
  const [sending, receiving] = (['outgoing', 'incoming'] as const).map((direction) =>
    piecesOf(template, direction).map((piece) => ('slot' in piece ? ' ' : piece.text)),
  );
  return (sending ?? [])
    .map((text, index) => {
      const other = receiving?.[index] ?? text;
      return other === text ? text : `${text} ${other}`;
    })
    .join('');
}
