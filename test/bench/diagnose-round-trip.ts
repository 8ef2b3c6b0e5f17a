import type { AlertSlots } from '../../services/domain/alert.ts';
import type { AlertRendering, Knowledge } from '../../services/knowledge/index.ts';
import { HOSTILE_NAMES } from '../generated/hostile-names.ts';
import { percent } from './diagnose-generated.ts';

const DIRECTIONS = ['incoming', 'outgoing', 'act', 'both'] as const;
const GENERATIONS = [1, 2, 3] as const;
const MARKS = { mailbox: 'Qqa', profile: 'Qqb', subject: 'Qqc', otherMailbox: 'Qqd' };
const SHOWN = 10;

/** Every article with templates x language x generation x direction x two hundred names, and back. */
export function printRoundTrip(knowledge: Knowledge): void {
  const topic = { right: 0, of: 0 };
  const all = { right: 0, of: 0 };
  const lost = new Map<string, number>();
  for (const rendering of renderingsOf(knowledge)) {
    const marked = knowledge.renderAlert({ ...rendering, slots: MARKS }) ?? '';
    for (const mailbox of HOSTILE_NAMES) {
      const slots = { ...rendering.slots, mailbox };
      const text = knowledge.renderAlert({ ...rendering, slots });
      if (text === null) continue;
      const { outcome, matches } = knowledge.diagnoseNow(text);
      const [match] = matches;
      const same =
        outcome === 'match' && matches.length === 1 && match?.topic === rendering.article.id;
      topic.of++;
      all.of++;
      if (same) topic.right++;
      if (same && hasSlots(match.slots, slots, marked)) all.right++;
      else lost.set(mailbox, (lost.get(mailbox) ?? 0) + 1);
    }
  }
  console.log('\ndiagnose: round trip of hostile names');
  console.table({
    'same article': percent(topic, true),
    'same article and slots': percent(all, true),
    'names lost most': [...lost]
      .sort(([, one], [, other]) => other - one)
      .slice(0, SHOWN)
      .map(([name, times]) => `${name} (${times})`)
      .join(', '),
  });
}

function renderingsOf(knowledge: Knowledge): readonly AlertRendering[] {
  const slots = { profile: 'EX Nord', subject: 'Offert 12', otherMailbox: 'Kim Berg' };
  return knowledge
    .articles()
    .flatMap((article) =>
      [...new Set(article.templates.map(({ lang }) => lang))].flatMap((lang) =>
        GENERATIONS.flatMap((generation) =>
          DIRECTIONS.map((direction) => ({ article, lang, generation, direction, slots })),
        ),
      ),
    );
}

/** Only the slots that this wording has. */
function hasSlots(found: AlertSlots, given: AlertSlots, marked: string): boolean {
  return (Object.keys(MARKS) as (keyof typeof MARKS)[]).every(
    (slot) => !marked.includes(MARKS[slot]) || found[slot] === given[slot],
  );
}
