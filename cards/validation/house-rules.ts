import { isDeepStrictEqual } from 'node:util';
import { isLanguage } from '../../services/domain/language.ts';
import { isVerb, parseAction, parseSubmit } from '../actions.ts';
import { BEYOND_SDK, isBeyondSdk } from './beyond-sdk.ts';
import { type CardProblem, isObject, type Json, type JsonObject } from './card-problem.ts';

const MOST_ACTIONS = 6;
const MOST_PRIMARY = 4;
/** Properties that a person reads or hears. */
const READ = new Set([
  'text',
  'title',
  'value',
  'label',
  'placeholder',
  'errorMessage',
  'speak',
  'fallbackText',
  'altText',
  'tooltip',
]);
/** What a forgotten value looks like. */
const LEFTOVERS = ['${', 'undefined', '[object ', 'NaN'];

interface Found {
  readonly problems: CardProblem[];
  readonly ids: Set<string>;
  readonly targets: { readonly path: string; readonly id: string }[];
  actions: number;
}

/** What we demand beyond the standard: teams-bots.md §2.1–§2.2 and the brief of the cards. */
export function houseProblems(card: JsonObject): readonly CardProblem[] {
  const found: Found = { problems: [], ids: new Set(), targets: [], actions: 0 };
  const { problems } = found;
  if (card['version'] !== '1.5') problems.push({ path: 'version', what: 'must be 1.5' });
  if (!isLanguage(card['lang'])) problems.push({ path: 'lang', what: 'is missing' });
  if ('actions' in card) {
    problems.push({ path: 'actions', what: 'old clients need actions in an ActionSet' });
  }
  for (const name of ['fallbackText', 'speak'] as const) {
    if (typeof card[name] !== 'string' || card[name].trim() === '') {
      problems.push({ path: name, what: 'is missing' });
    }
  }
  visit(card, '', found);
  if (found.actions > MOST_ACTIONS) {
    problems.push({ path: 'body', what: `${found.actions} buttons: at most ${MOST_ACTIONS}` });
  }
  for (const { path, id } of found.targets) {
    if (!found.ids.has(id)) problems.push({ path, what: `no element has the id ${id}` });
  }
  return problems;
}

function visit(value: Json, path: string, found: Found): void {
  if (Array.isArray(value)) {
    for (const [index, item] of (value as readonly Json[]).entries()) {
      visit(item, `${path}[${index}]`, found);
    }
    return;
  }
  if (!isObject(value)) return;
  checkElement(value, path, found);
  for (const [name, inner] of Object.entries(value)) {
    const at = path === '' ? name : `${path}.${name}`;
    if (typeof inner === 'string' && READ.has(name)) checkWords(inner, at, found.problems);
    if (name !== 'data' && name !== 'fallback') visit(inner, at, found);
  }
}

function checkWords(words: string, path: string, problems: CardProblem[]): void {
  if (words.trim() === '') problems.push({ path, what: 'is empty' });
  for (const leftover of LEFTOVERS) {
    if (words.includes(leftover)) problems.push({ path, what: `contains ${leftover}` });
  }
}

function checkElement(element: JsonObject, path: string, found: Found): void {
  const { problems } = found;
  const type = element['type'];
  if (typeof element['id'] === 'string') found.ids.add(element['id']);
  if (isBeyondSdk(type)) {
    const parsed = BEYOND_SDK[type].safeParse(element);
    for (const issue of parsed.error?.issues ?? []) {
      problems.push({ path: `${path}.${issue.path.join('.')}`, what: issue.message });
    }
  }
  switch (type) {
    case 'TextBlock':
      if (element['wrap'] !== true) problems.push({ path, what: 'does not wrap' });
      if (typeof element['text'] !== 'string') problems.push({ path, what: 'has no text' });
      break;
    case 'Image':
      if (typeof element['altText'] !== 'string') problems.push({ path, what: 'has no altText' });
      break;
    case 'ColumnSet':
      if (lengthOf(element['columns']) > 2) problems.push({ path, what: 'more than two columns' });
      break;
    case 'Input.ChoiceSet':
    case 'Input.Text':
      for (const name of ['label', 'errorMessage']) {
        if (typeof element[name] !== 'string') problems.push({ path, what: `has no ${name}` });
      }
      break;
    case 'ActionSet':
      checkRow(element, path, found);
      break;
    case 'Action.ToggleVisibility':
      for (const id of (element['targetElements'] ?? []) as readonly string[]) {
        found.targets.push({ path, id });
      }
      break;
    case 'Action.OpenUrl':
      if (!JSON.stringify(element['url'] ?? '').startsWith('"https://'))
        problems.push({ path, what: 'not https' });
      break;
    case 'Action.Submit':
      problems.push({ path, what: 'Action.Submit only as a fallback of Action.Execute' });
      break;
    case 'Action.Execute':
      checkExecute(element, path, problems);
      break;
    default:
  }
}

function checkRow(row: JsonObject, path: string, found: Found): void {
  const actions = (row['actions'] ?? []) as readonly Json[];
  const primary = actions.filter((action) => isObject(action) && action['mode'] !== 'secondary');
  // A form opened by Action.ShowCard has its own row.
  if (!path.includes('.card.')) found.actions += actions.length;
  if (actions.length === 0) found.problems.push({ path, what: 'has no actions' });
  if (primary.length > MOST_PRIMARY) {
    found.problems.push({
      path,
      what: `${primary.length} primary buttons: at most ${MOST_PRIMARY}`,
    });
  }
}

/** The button is understood, and old clients press the very same one. */
function checkExecute(action: JsonObject, path: string, problems: CardProblem[]): void {
  const { verb, data, fallback } = action;
  if (typeof verb !== 'string' || !isVerb(verb)) {
    problems.push({ path: `${path}.verb`, what: `unknown verb ${JSON.stringify(verb)}` });
    return;
  }
  const pressed = parseAction(verb, data);
  if (pressed.kind === 'outdated') {
    problems.push({ path: `${path}.data`, what: `does not fit ${verb}` });
  }
  if (!isObject(fallback) || fallback['type'] !== 'Action.Submit') {
    problems.push({ path: `${path}.fallback`, what: 'an Action.Submit is missing' });
  } else if (!isDeepStrictEqual(parseSubmit(fallback['data']), pressed)) {
    problems.push({ path: `${path}.fallback.data`, what: 'carries another action' });
  }
}

function lengthOf(value: Json | undefined): number {
  return Array.isArray(value) ? value.length : 0;
}
