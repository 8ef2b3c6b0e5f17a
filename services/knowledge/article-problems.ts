import type { Article } from '../domain/article.ts';
import type { Problem } from '../observability/index.ts';
import { grammarFaultsOf } from './template-grammar.ts';

/** Server-side synchronization was first released with Dynamics CRM 2013. */
const FIRST_RELEASE = '2013-10-08';

/** What articles share, gathered while a folder is read. */
export interface ArticleFolder {
  readonly knownIds: ReadonlySet<string>;
  /** Where each wording was first met: two articles with one wording could not be told apart. */
  readonly wordings: Map<string, string>;
}

/** What the schema cannot see: a file's name, other files, the vocabulary of failures, templates. */
export function articleProblems(
  file: string,
  article: Article,
  folder: ArticleFolder,
): readonly Problem[] {
  const found: Omit<Problem, 'where'>[] = [];
  const expectedId = file.replace(/\.yaml$/, '');
  if (article.id !== expectedId) {
    found.push({
      path: 'id',
      what: `the id '${article.id}' is not the file's name`,
      remedy: `write 'id: ${expectedId}', or rename the file to ${article.id}.yaml`,
    });
  }
  article.related.forEach((related, index) => {
    const path = `related[${index}]`;
    if (related === article.id) {
      found.push({ path, what: 'the article names itself', remedy: 'remove it from the list' });
    } else if (!folder.knownIds.has(related)) {
      found.push({
        path,
        what: `there is no article '${related}'`,
        remedy: `correct the id, remove it, or add ${related}.yaml`,
      });
    }
  });
  found.push(...wordingProblems(file, article, folder.wordings), ...dateProblems(article));
  return found.map((problem) => ({ where: file, ...problem }));
}

function wordingProblems(
  file: string,
  article: Article,
  wordings: Map<string, string>,
): readonly Omit<Problem, 'where'>[] {
  const found: Omit<Problem, 'where'>[] = [];
  const check = (path: string, wording: { readonly lang: string; readonly text: string }): void => {
    for (const fault of grammarFaultsOf(wording.text))
      found.push({ path: `${path}.text`, ...fault });
    const key = `${wording.lang} ${wording.text}`;
    const twin = wordings.get(key);
    if (twin === undefined) wordings.set(key, `${file} ${path}`);
    else {
      found.push({
        path: `${path}.text`,
        what: `the wording is the same as ${twin}`,
        remedy: 'remove one of them',
      });
    }
  };
  article.templates.forEach((template, index) => check(`templates[${index}]`, template));
  article.decoys.forEach((decoy, index) => check(`decoys[${index}]`, decoy));
  return found;
}

/** ISO dates compare as text. */
function dateProblems(article: Article): readonly Omit<Problem, 'where'>[] {
  const found: Omit<Problem, 'where'>[] = [];
  const dates = [
    { path: 'checked', date: article.checked },
    ...article.sources.map(({ read }, index) => ({ path: `sources[${index}].read`, date: read })),
  ];
  for (const { path, date } of dates) {
    if (date < FIRST_RELEASE) {
      found.push({
        path,
        what: `${date} is before the product existed`,
        remedy: `write a day from ${FIRST_RELEASE} on`,
      });
    }
    if (date > article.checked) {
      found.push({
        path,
        what: `the source was read on ${date}, after the article was last checked`,
        remedy: `compare the article with the source and set 'checked: ${date}'`,
      });
    }
  }
  return found;
}
