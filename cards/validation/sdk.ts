import { AdaptiveCard, HostConfig, SerializationContext } from 'adaptivecards';
import { type CardProblem, isObject, type Json, type JsonObject } from './card-problem.ts';

/**
 * What Microsoft's own parser makes of a card: its parse events, its validation, and every property
 * that it did not give back and therefore did not know. (It reads no `msteams` and drops a `fallback`
 * that it did not need: both are checked by check-card.ts.)
 */
export function sdkProblems(whole: JsonObject): readonly CardProblem[] {
  // The SDK tests `lang` with a global regular expression, which refuses every second card.
  const json = { ...whole };
  Reflect.deleteProperty(json, 'lang');
  const context = new SerializationContext();
  const card = new AdaptiveCard();
  card.hostConfig = new HostConfig({ actions: { maxActions: 6 } });
  card.parse(json, context);
  const problems: CardProblem[] = [];
  for (let index = 0; index < context.eventCount; index += 1) {
    problems.push({ path: 'parse', what: context.getEventAt(index).message });
  }
  for (const event of card.validateProperties().validationEvents) {
    problems.push({ path: 'validate', what: event.message });
  }
  findLost(json, card.toJSON(), '', problems);
  return problems;
}

const NOT_GIVEN_BACK = new Set(['fallback', 'msteams']);
/** Written out by us, left out by the SDK because they are its defaults. */
const DEFAULTS: Readonly<Record<string, Json>> = {
  isVisible: true,
  spacing: 'default',
  isSubtle: false,
};

function findLost(
  before: Json,
  after: Json | undefined,
  path: string,
  problems: CardProblem[],
): void {
  if (Array.isArray(before)) {
    const given = Array.isArray(after) ? (after as readonly Json[]) : [];
    for (const [index, item] of (before as readonly Json[]).entries()) {
      findLost(item, given[index], `${path}[${index}]`, problems);
    }
  } else if (isObject(before)) {
    const given = isObject(after) ? after : {};
    for (const [name, value] of Object.entries(before)) {
      if (NOT_GIVEN_BACK.has(name) || (name in DEFAULTS && DEFAULTS[name] === value)) continue;
      const at = path === '' ? name : `${path}.${name}`;
      // A payload is ours, not the card's: it comes back whole or not at all.
      if (name === 'data') {
        if (JSON.stringify(given[name]) !== JSON.stringify(value)) {
          problems.push({ path: at, what: 'the payload was changed' });
        }
      } else {
        findLost(value, given[name], at, problems);
      }
    }
  } else if (!same(before, after)) {
    problems.push({ path, what: `unknown property or value ${JSON.stringify(before)}` });
  }
}

/** The SDK writes enumerated values with a capital. */
function same(before: Json, after: Json | undefined): boolean {
  if (typeof before === 'string' && typeof after === 'string') {
    return before === after || before.toLowerCase() === after.toLowerCase();
  }
  return before === after;
}
