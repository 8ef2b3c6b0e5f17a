import { type FittingArticles, tokensOf } from './fitting-articles.ts';
import { type Passage, textOf, words } from './passage.ts';
import type { Random } from './random.ts';
import { filled, type Names, piecesOf, type Wording } from './renderings.ts';

const REASONS: Readonly<Record<string, readonly string[]>> = {
  en: [
    'the attachment scanner rejected one of the files',
    'the trial period of the add-in has ended',
    'the journal of the warehouse is being rebuilt',
    'a colleague is editing the same signature',
    'the translation service returned no text',
    'the calendar colour is not supported',
    'the disk of the print server is full',
    'the invoice layout contains an unknown picture',
    'the telephone exchange is closed for maintenance',
    'the survey has already been answered',
    'the meeting room was renamed yesterday',
    'the font of the letterhead is missing',
    'the customer has unsubscribed from campaigns',
    'the recycle bin is being emptied',
    'the spelling checker found an unknown language',
  ],
  sv: [
    'bilagegranskningen stoppade en av filerna',
    'provperioden för tillägget är slut',
    'lagrets journal byggs om',
    'en kollega redigerar samma signatur',
    'översättningstjänsten inte gav någon text',
    'kalenderns färg inte stöds',
    'skrivarserverns disk är full',
    'fakturans layout innehåller en okänd bild',
    'telefonväxeln är stängd för underhåll',
    'enkäten redan är besvarad',
    'mötesrummet bytte namn i går',
    'brevhuvudets teckensnitt saknas',
    'kunden har avregistrerat sig från utskick',
    'papperskorgen håller på att tömmas',
    'stavningskontrollen hittade ett okänt språk',
  ],
};
const REPLACEMENTS: Readonly<Record<string, readonly string[]>> = {
  en: 'invoice printer colour campaign layout archive translated picture voucher renamed warehouse survey folded journal telephone painted signature lamp ordered ribbon'.split(
    ' ',
  ),
  sv: 'faktura skrivare färg kampanj layout arkiv översatt bild kupong omdöpt lager enkät vikt journal telefon målad signatur lampa beställd band'.split(
    ' ',
  ),
};
const BECAUSE = /^(.*?\b(?:because|since|eftersom|på grund av att)\s)(.+)$/su;
const LEAST_REPLACED = 3;
const SHORTEST_REPLACED = 5;
const KEPT = new Set(
  'through while before after under mellan eller genom efter medan skulle'.split(' '),
);
/** A run of so many words that only one article has gives the article away. */
const TELLING_RUN = 4;
/** A word that more articles than this have is boilerplate. */
const RARE = 3;

export interface NearMiss {
  readonly topic: string;
  readonly text: string;
}

/** Alerts that share their boilerplate with documented ones and say something else. */
export class NearMisses {
  private readonly fitting: FittingArticles;
  private readonly runs = new Map<string, Set<string>>();
  private readonly articlesWithWord = new Map<string, Set<string>>();

  constructor(wordings: readonly Wording[], fitting: FittingArticles) {
    this.fitting = fitting;
    for (const { topic, kind, template } of wordings) {
      if (kind === 'decoy') continue;
      for (const direction of ['outgoing', 'incoming', 'both'] as const) {
        for (const piece of piecesOf(template, direction)) {
          if ('slot' in piece) continue;
          const tokens = tokensOf(piece.text);
          for (const token of tokens) note(this.articlesWithWord, token, topic);
        }
        for (const run of runsOf(wordsAndGaps(template, direction))) note(this.runs, run, topic);
      }
    }
  }

  /** Everything behind "because" is something else. */
  otherReason(wording: Wording, names: Names, random: Random): NearMiss | null {
    const reasons = REASONS[wording.lang];
    if (!reasons || !BECAUSE.test(wording.template)) return null;
    const sentences = sentencesOf(wording.template).map((sentence) => {
      const parts = BECAUSE.exec(sentence);
      return parts ? `${parts[1] ?? ''}${random.pick(reasons)}.` : sentence;
    });
    return this.checked({ ...wording, template: this.withoutTelling(sentences, wording) }, names);
  }

  /** Every word that few articles have is another one. */
  otherWords(wording: Wording, names: Names, random: Random): NearMiss | null {
    const others = REPLACEMENTS[wording.lang];
    if (!others) return null;
    let replaced = 0;
    const template = wording.template
      .split(/(\{[^{}]*\}|\[[^[\]]*\])/)
      .map((part) =>
        /^[{[]/.test(part)
          ? part
          : part.replace(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu, (word) => {
              const [token = ''] = tokensOf(word);
              const rare = (this.articlesWithWord.get(token)?.size ?? 0) <= RARE;
              if (!rare || token.length < SHORTEST_REPLACED || KEPT.has(token)) return word;
              replaced++;
              return random.pick(others);
            }),
      )
      .join('');
    if (replaced < LEAST_REPLACED) return null;
    return this.checked({ ...wording, template }, names);
  }

  /** Advice behind the sentence that gives the article away would make the answer right after all. */
  private withoutTelling(sentences: readonly string[], wording: Wording): string {
    return sentences
      .filter((sentence, index) => index === 0 || !this.tells(sentence, wording))
      .join(' ');
  }

  private tells(template: string, { direction }: Wording): boolean {
    return runsOf(wordsAndGaps(template, direction)).some((run) => this.runs.get(run)?.size === 1);
  }

  private checked(wording: Wording, names: Names): NearMiss | null {
    if (this.tells(wording.template, wording)) return null;
    const passage: Passage = filled(wording, names);
    if (this.fitting.isDocumented(passage)) return null;
    if (wording.template.trim() === '') return null;
    return { topic: wording.topic, text: textOf([...passage, words('')]) };
  }
}

function note(index: Map<string, Set<string>>, key: string, topic: string): void {
  const topics = index.get(key) ?? new Set();
  index.set(key, topics.add(topic));
}

function wordsAndGaps(template: string, direction: Wording['direction']): string[] {
  return piecesOf(template, direction).flatMap((piece) =>
    'slot' in piece ? ['_'] : tokensOf(piece.text),
  );
}

function runsOf(tokens: readonly string[]): string[] {
  const runs: string[] = [];
  for (let from = 0; from + TELLING_RUN <= tokens.length; from++) {
    runs.push(tokens.slice(from, from + TELLING_RUN).join(' '));
  }
  return runs;
}

function sentencesOf(template: string): string[] {
  return template.split(/(?<=[.!?])\s+/);
}
