import { AppError } from '../../observability/index.ts';
import type { Query } from './web-api.ts';

/** Text that UTF-8 cannot say, as a hostile paste may hold, would make encoding throw. */
const encoded = (text: string): string =>
  encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\uFFFD'));

export function optionsOf(query: Partial<Query>): string {
  const { select, filter, orderBy, top, expand } = query;
  const options = [
    select && `$select=${select.join(',')}`,
    filter && `$filter=${encoded(filter)}`,
    orderBy && `$orderby=${encoded(orderBy)}`,
    top === undefined ? undefined : `$top=${top}`,
    expand && `$expand=${encoded(expand)}`,
  ].filter((option) => option !== undefined && option !== '');
  return options.length === 0 ? '' : `?${options.join('&')}`;
}

/** Below the Web API of this organization, or nothing: an answer could lead the token elsewhere. */
export function addressWithin(base: URL, link: string): URL | undefined {
  if (!URL.canParse(link, base.href)) return undefined;
  const url = new URL(link, base);
  const isOurs =
    url.origin === base.origin &&
    url.username === '' &&
    url.password === '' &&
    url.pathname.startsWith(base.pathname) &&
    url.pathname.length > base.pathname.length;
  return isOurs ? url : undefined;
}

/** A link that Dataverse gave: whatever it is, it must stay in the set that was asked for. */
export function followedLink(base: URL, set: string, link: unknown): URL | undefined {
  if (link === undefined) return undefined;
  const url = typeof link === 'string' ? addressWithin(base, link) : undefined;
  if (url?.pathname !== `${base.pathname}${set}`) {
    throw new AppError('dynamics-unexpected', `a link that leads away from ${set}`);
  }
  return url;
}
