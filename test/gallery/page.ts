import type { Scene } from '../support/card-scenes.ts';

/** One file that needs no server: the renderer, the cards and the page's own script stand in it. */
export function galleryPage(
  sets: Readonly<Record<string, readonly Scene[]>>,
  renderer: string,
): string {
  const data = JSON.stringify(sets).replaceAll('<', '\\u003c');
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Mailbox Medic: cards</title>
<style>${STYLE}</style>
<header><h1>Mailbox Medic: cards</h1><p>Drawn by the open renderer with every fallback; Teams draws code blocks with a copy button.</p>
<nav id="sets"></nav><input id="filter" type="search" placeholder="Filter by name" aria-label="Filter by name"></header>
<main id="cards"></main>
<script>${renderer.replaceAll('</script', '<\\/script')}</script>
<script>const SETS = ${data};
${SCRIPT}</script>
</html>
`;
}

const STYLE = `
body { font: 14px/1.45 "Segoe UI", "Liberation Sans", Arial, "Noto Color Emoji", sans-serif; margin: 0; background: #ebebeb; color: #242424; }
header { padding: 16px 24px; background: #fff; border-bottom: 1px solid #ddd; }
h1 { font-size: 18px; margin: 0 } header p { margin: 2px 0 8px; color: #616161 }
nav { display: inline } nav button { margin-right: 6px }
section { padding: 8px 24px 24px } h2 { font: 600 13px monospace; color: #616161 }
.row { display: flex; gap: 24px; align-items: flex-start; flex-wrap: wrap }
.card { border-radius: 8px; padding: 12px; box-shadow: 0 1px 3px #0003; width: 460px; box-sizing: border-box; }
.card.narrow { width: 280px }
.light { background: #fff; color: #242424 } .dark { background: #292929; color: #fff }
.ac-adaptiveCard { outline: none }
.ac-pushButton { font: 600 14px "Segoe UI", "Liberation Sans", "Noto Color Emoji", sans-serif; padding: 5px 12px; border-radius: 4px; border: 1px solid #d1d1d1; background: #fff; color: #242424; cursor: pointer }
.dark .ac-pushButton { background: #292929; color: #fff; border-color: #666 }
.ac-pushButton.style-positive { background: #5b5fc7; border-color: #5b5fc7; color: #fff }
.ac-pushButton.style-destructive { color: #c4314b } .dark .ac-pushButton.style-destructive { color: #f9526b }
.dark a { color: #9ea2ff } .light a { color: #4f52b2 } .ac-actionSet { flex-wrap: wrap; row-gap: 8px } .ac-textBlock, .ac-fact-value { overflow-wrap: anywhere }
.ac-selectable { cursor: pointer } .ac-selectable:hover { filter: brightness(.97) }
textarea, .ac-input { width: 100%; box-sizing: border-box; font: inherit; padding: 6px; border: 1px solid #d1d1d1; border-radius: 4px }
`;

const SCRIPT = `
const AC = window.AdaptiveCards;
const colors = (dark) => {
  const pair = (value, subtle) => ({ default: value, subtle });
  return {
    default: dark ? pair('#ffffff', '#adadad') : pair('#242424', '#616161'),
    accent: dark ? pair('#9ea2ff', '#9ea2ff') : pair('#4f52b2', '#4f52b2'),
    good: dark ? pair('#92c353', '#92c353') : pair('#237b4b', '#237b4b'),
    warning: dark ? pair('#f2be8f', '#f2be8f') : pair('#835c00', '#835c00'),
    attention: dark ? pair('#f9526b', '#f9526b') : pair('#c4314b', '#c4314b'),
  };
};
const config = (dark) => {
  const style = (backgroundColor) => ({ backgroundColor, foregroundColors: colors(dark) });
  return new AC.HostConfig({
    fontFamily: '"Segoe UI", "Liberation Sans", Arial, "Noto Color Emoji", sans-serif',
    fontTypes: { default: { fontFamily: '"Segoe UI", "Liberation Sans", Arial, "Noto Color Emoji", sans-serif' }, monospace: { fontFamily: '"Liberation Mono", Consolas, monospace' } },
    fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
    fontWeights: { lighter: 300, default: 400, bolder: 600 },
    lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 32 },
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 12 },
    separator: { lineThickness: 1, lineColor: dark ? '#444' : '#e1e1e1' },
    containerStyles: {
      default: style(dark ? '#292929' : '#ffffff'),
      emphasis: style(dark ? '#1f1f1f' : '#f5f5f5'),
      accent: style(dark ? '#2f2f4a' : '#e8ebfa'),
      good: style(dark ? '#0d2e0d' : '#e7f2da'),
      warning: style(dark ? '#463100' : '#fbf6d9'),
      attention: style(dark ? '#3f1011' : '#fcf4f6'),
    },
    actions: { maxActions: 6, spacing: 'default', buttonSpacing: 8, actionsOrientation: 'horizontal', actionAlignment: 'left', showCard: { actionMode: 'inline', inlineTopMargin: 12 } },
    factSet: { title: { weight: 'bolder', wrap: true, maxWidth: 130 }, value: { wrap: true }, spacing: 12 },
    textBlock: { headingLevel: 2 },
    supportsInteractivity: true,
  });
};
const entity = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const html = (text) => text.replace(/[&<>"]/g, (c) => entity[c]);
// The part of Markdown that Teams reads and our cards use.
AC.AdaptiveCard.onProcessMarkdown = (text, result) => {
  const kept = [];
  const keep = (c) => '\\u0001' + (kept.push(c) - 1) + '\\u0002';
  let out = html(text.replace(/\\\\([\\\\\`*_{}[\\]()#+.!|<>~&-])/g, (_, c) => keep(c)));
  out = out.replace(/\\[([^\\]]*)\\]\\((https:[^)\\s]*)\\)/g, '<a href="$2" target="_blank">$1</a>');
  out = out.replace(/\\*\\*(.+?)\\*\\*/g, '<b>$1</b>').replace(/\\n/g, '<br>');
  result.outputHtml = '<p style="margin:0">' + out.replace(/\\u0001(\\d+)\\u0002/g, (_, i) => html(kept[i])) + '</p>';
  result.didProcess = true;
};
const draw = (json, dark, narrow) => {
  const holder = document.createElement('div');
  holder.className = 'card ' + (dark ? 'dark' : 'light') + (narrow ? ' narrow' : '');
  const card = new AC.AdaptiveCard();
  card.hostConfig = config(dark);
  card.onExecuteAction = (action) => console.log(action.toJSON());
  card.parse(json);
  holder.append(card.render());
  return holder;
};
const show = (set) => {
  const main = document.getElementById('cards');
  const wanted = document.getElementById('filter').value;
  main.replaceChildren(...SETS[set].filter(({ name }) => name.includes(wanted)).map(({ name, card }) => {
    const section = document.createElement('section');
    section.id = name;
    const heading = document.createElement('h2');
    heading.textContent = name + ' · ' + new TextEncoder().encode(JSON.stringify(card)).length + ' bytes · “' + card.speak + '”';
    const row = document.createElement('div');
    row.className = 'row';
    row.append(draw(card, false, false), draw(card, true, false), draw(card, false, true), draw(card, true, true));
    section.append(heading, row);
    return section;
  }));
  location.hash = set;
};
const current = () => (SETS[location.hash.slice(1)] ? location.hash.slice(1) : 'sv');
for (const set of Object.keys(SETS)) {
  const button = document.createElement('button');
  button.textContent = set;
  button.onclick = () => show(set);
  document.getElementById('sets').append(button);
}
document.getElementById('filter').oninput = () => show(current());
show(current());
`;
