import { IntlMessageFormat } from 'intl-messageformat';

/** Formatting tags are off: a `<` in a text is a `<`. */
const OPTIONS = { ignoreTag: true } as const;

/** Compiles an ICU message; throws the parser's SyntaxError when the text is malformed. */
export function compileMessage(text: string, locale: string): IntlMessageFormat {
  return new IntlMessageFormat(text, locale, undefined, OPTIONS);
}

type Ast = ReturnType<IntlMessageFormat['getAst']>;

/** Names of the values that a message takes, sorted; those inside plural branches included. */
export function placeholdersOf(message: IntlMessageFormat): readonly string[] {
  const names = new Set<string>();
  const visit = (ast: Ast): void => {
    for (const element of ast) {
      // 0 is literal text; the `#` of a plural has no value.
      const type: number = element.type;
      if (type !== 0 && 'value' in element) names.add(element.value);
      if ('options' in element) {
        for (const option of Object.values(element.options)) visit(option.value);
      }
      if ('children' in element) visit(element.children);
    }
  };
  visit(message.getAst());
  return [...names].sort();
}
