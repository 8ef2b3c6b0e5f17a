import type { Knowledge } from '../../../services/knowledge/index.ts';
import type { GeneratedCase } from '../../generated/generated-case.ts';
import { scoreCase } from './score-case.ts';
import { f1, share, Tally, VERDICTS } from './tally.ts';

const EXAMPLES = 3;
const LONGEST_EXAMPLE = 420;

/** Scores generated cases by noise; the report shows a few failing pastes of each. */
export async function scoreGenerated(
  knowledge: Knowledge,
  cases: Iterable<GeneratedCase>,
): Promise<string> {
  const tallies = new Map<string, Tally>();
  const whole = { paste: new Tally(), ambiguous: new Tally(), negative: new Tally() };
  const byLanguage = { en: new Tally(), sv: new Tally(), other: new Tally() };
  for (const wanted of cases) {
    const got = await knowledge.diagnose(wanted.text);
    const scored = scoreCase(wanted, got);
    const key = wanted.kind === 'ambiguous' ? `${wanted.noise} (ambiguous)` : wanted.noise;
    const tally = tallies.get(key) ?? new Tally();
    tallies.set(key, tally);
    tally.add(wanted, got, scored);
    whole[wanted.kind].add(wanted, got, scored);
    if (wanted.kind === 'paste') byLanguage[languageOf(wanted.lang)].add(wanted, got, scored);
  }
  const worstFirst = [...tallies].sort(
    ([, left], [, right]) => left.verdicts.right / left.total - right.verdicts.right / right.total,
  );
  return [
    '`other`: a wrong article, `missed`: no match, `asked`: ambiguous with the right one, `decided`: one of several that fit, `partly`: right and wrong ones, or one of two.',
    '',
    `| noise | n | ${VERDICTS.join(' | ')} | slots F1 | directions | codes |`,
    `|---|---|${VERDICTS.map(() => '---|').join('')}---|---|---|`,
    ...Object.entries(whole).map(([kind, tally]) => row(`**all: ${kind}**`, tally)),
    ...Object.entries(byLanguage).map(([lang, tally]) => row(`**paste, ${lang}**`, tally)),
    ...worstFirst.map(([noise, tally]) => row(noise, tally)),
    '',
    ...worstFirst.flatMap(([noise, tally]) => details(noise, tally)),
  ].join('\n');
}

const languageOf = (lang: string): 'en' | 'sv' | 'other' =>
  lang === 'en' || lang === 'sv' ? lang : 'other';

function row(name: string, tally: Tally): string {
  const counts = VERDICTS.map((verdict) =>
    verdict === 'right' ? share(tally.verdicts.right, tally.total) : tally.verdicts[verdict] || '',
  );
  const { slots, directions, codes } = tally;
  const slotCount = slots.right + slots.wrong + slots.lost;
  const slotScore = slotCount === 0 ? '–' : `${(100 * f1(slots)).toFixed(1)} %`;
  return `| ${name} | ${tally.total} | ${counts.join(' | ')} | ${slotScore} | ${share(directions.right, directions.of)} | ${share(codes.right, codes.of)} |`;
}

function details(noise: string, tally: Tally): readonly string[] {
  if (tally.failures.length + tally.misread.length === 0) return [];
  const topics = [...tally.byTopic].sort(([, left], [, right]) => right - left).slice(0, 12);
  return [
    `### ${noise}: ${tally.failures.length} not right, ${tally.misread.length} with a name misread`,
    topics.map(([topic, count]) => `${topic} ${count}`).join('; '),
    ...[...tally.failures, ...tally.misread]
      .slice(0, EXAMPLES)
      .flatMap(({ text, wanted, got }) => [
        '',
        `wanted ${wanted}; got ${got}`,
        '```',
        excerpt(text).replaceAll('```', "'''"),
        '```',
      ]),
    '',
  ];
}

function excerpt(text: string): string {
  if (text.length <= LONGEST_EXAMPLE) return text;
  const half = LONGEST_EXAMPLE / 2;
  return `${text.slice(0, half)} [[… ${text.length} characters …]] ${text.slice(-half)}`;
}
