import { DOMParser, type Document, type Element, onErrorStopParsing } from '@xmldom/xmldom';

export type XmlElement = Element;

/**
 * Null for whatever is not well-formed XML, which includes most of HTML. Declarations are refused:
 * no service of Microsoft's sends any, and entities are made there.
 */
export function parseXml(text: string): Document | null {
  const body = text.replace(/^\uFEFF/, '').trim();
  if (!body.startsWith('<') || /<!(doctype|entity)/i.test(body)) return null;
  try {
    return new DOMParser({ onError: onErrorStopParsing }).parseFromString(body, 'text/xml');
  } catch {
    return null;
  }
}

/** Below `parent` at any depth; `*` is any namespace. */
export function elementsNamed(
  parent: Document | Element,
  namespace: string,
  name: string,
): readonly Element[] {
  return [...parent.getElementsByTagNameNS(namespace, name)];
}

export function textNamed(
  parent: Document | Element,
  namespace: string,
  name: string,
): string | null {
  return elementsNamed(parent, namespace, name)[0]?.textContent?.trim() ?? null;
}
