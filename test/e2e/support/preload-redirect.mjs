/**
 * Preloaded into the built program (`node --import`): requests to the Microsoft hosts that the Bot
 * Framework signs in with and answers to go to a loopback stand-in. The program itself runs with
 * stock production settings; nothing in it knows that this file exists.
 */
import http from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';

const HOSTS = new Set([
  'login.microsoftonline.com',
  'login.botframework.com',
  'smba.trafficmanager.net',
  // Of the token service: the SDK's address, and the one that its links lead to.
  'api.botframework.com',
  'token.botframework.com',
]);
const target = new URL(process.env.LOOPBACK_CLOUD);
const realRequest = https.request;

function hostOf(first) {
  if (typeof first === 'string') return new URL(first).hostname;
  return first instanceof URL
    ? first.hostname
    : (first.hostname ?? String(first.host).split(':')[0]);
}

function redirect(first, ...rest) {
  const host = hostOf(first);
  if (!HOSTS.has(host)) return realRequest.call(https, first, ...rest);
  const url = first instanceof URL || typeof first === 'string' ? new URL(first) : null;
  const callback = rest.find((one) => typeof one === 'function');
  const options = url === null ? first : (rest.find((one) => typeof one === 'object') ?? {});
  return http.request(
    {
      method: options.method,
      headers: { ...options.headers, host: target.host, 'x-real-host': host },
      hostname: target.hostname,
      port: target.port,
      path: url === null ? options.path : `${url.pathname}${url.search}`,
    },
    callback,
  );
}

https.request = redirect;
https.get = (...parameters) => {
  const request = redirect(...parameters);
  request.end();
  return request;
};
syncBuiltinESMExports();

const realFetch = globalThis.fetch;
globalThis.fetch = (first, options) => {
  const url = new URL(first instanceof Request ? first.url : first);
  if (!HOSTS.has(url.hostname)) return realFetch(first, options);
  return realFetch(new URL(`${url.pathname}${url.search}`, target), options);
};
