import type { Diagnosis, TopicMatch } from '../../../services/domain/diagnosis.ts';
import type { GeneratedCase } from '../../generated/generated-case.ts';

/** What came of one case. `decided`: matched one of several that fit, where nothing decides. */
export type Verdict = 'right' | 'other' | 'missed' | 'asked' | 'decided' | 'partly';

export interface Scored {
  readonly verdict: Verdict;
  readonly slots: { readonly right: number; readonly wrong: number; readonly lost: number };
  readonly direction: boolean | null;
  readonly code: boolean | null;
}

/**
 * Dashes and curly apostrophes count as what a keyboard has, on both sides: the labelled cases of
 * the order do the same, since mail programs change them on the way.
 */
const plainValue = (value: string | undefined): string =>
  (value ?? '')
    .normalize('NFC')
    .replace(/[‐-―−]/gu, '-')
    .replace(/[’‘]/gu, "'")
    .split(/\s+/)
    .join(' ')
    .replace(/^[ "“”'<>]+|[ "“”'<>]+$/g, '');

const plainCode = (code: string | null): string => (code ?? '').replace(/\.$/, '').toLowerCase();

export function scoreCase(wanted: GeneratedCase, got: Diagnosis): Scored {
  const verdict = verdictOf(wanted, got);
  const matched = got.outcome === 'match' ? got.matches : [];
  const only = wanted.labels.length === 1 ? matched.find(isLabelled(wanted)) : undefined;
  return {
    verdict,
    slots: slotsOf(wanted, matched),
    direction:
      wanted.direction === null || only === undefined ? null : only.direction === wanted.direction,
    code:
      wanted.code === undefined || only === undefined
        ? null
        : plainCode(only.code) === plainCode(wanted.code),
  };
}

const isLabelled =
  (wanted: GeneratedCase) =>
  ({ topic }: TopicMatch): boolean =>
    wanted.labels.includes(topic);

function verdictOf(wanted: GeneratedCase, { outcome, matches, near }: Diagnosis): Verdict {
  const topics = [...new Set(matches.map(({ topic }) => topic as string))];
  if (wanted.kind === 'negative') {
    if (outcome === 'none') return 'right';
    return outcome === 'ambiguous' ? 'asked' : 'other';
  }
  if (wanted.kind === 'ambiguous') {
    const accepted = topics.filter((topic) => wanted.accept.includes(topic)).length;
    if (outcome === 'ambiguous') return accepted > 0 ? 'right' : 'other';
    if (outcome === 'none') {
      const close = near !== null && wanted.accept.includes(near);
      return close || wanted.orUndocumented ? 'right' : 'missed';
    }
    return accepted === topics.length ? 'decided' : 'other';
  }
  if (outcome === 'none') {
    const close = near !== null && wanted.labels.includes(near);
    return close && wanted.orUndocumented ? 'right' : 'missed';
  }
  const right = topics.filter((topic) => wanted.labels.includes(topic)).length;
  if (outcome === 'ambiguous') return right > 0 ? 'asked' : 'other';
  if (outcome === 'match' && right === wanted.labels.length && topics.length === right) {
    return 'right';
  }
  return right > 0 ? 'partly' : 'other';
}

function slotsOf(wanted: GeneratedCase, matches: readonly TopicMatch[]): Scored['slots'] {
  let right = 0;
  let wrong = 0;
  let lost = 0;
  for (const match of matches) {
    const truth = wanted.slots[match.topic];
    if (truth === undefined) continue;
    const read: Readonly<Record<string, string>> = { ...match.slots };
    const names = new Set([...Object.keys(truth), ...Object.keys(read)]);
    for (const name of names) {
      if (wanted.slotsIgnore.includes(name)) continue;
      const want = plainValue(truth[name]);
      const have = plainValue(read[name]);
      if (want !== '' && want === have) right += 1;
      else {
        if (have !== '') wrong += 1;
        if (want !== '') lost += 1;
      }
    }
  }
  return { right, wrong, lost };
}
