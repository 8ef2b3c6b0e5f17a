import { refusalAnswer } from './answers.ts';
import {
  currentOrganization,
  entityDefinition,
  userPrivileges,
  userRoles,
  whoAmI,
} from './functions.ts';
import { GUID } from './ids.ts';
import type { Answer, Ask, Inside } from './inside.ts';
import type { Table } from './metadata.ts';
import { countRows, readMany, readOne } from './reading.ts';
import { badRequest, noSegment, notInFake, Refusal } from './refusal.ts';
import { checkHeaders } from './request-headers.ts';
import type { Rules } from './rules.ts';
import { createRow, deleteRow, updateRow } from './writing.ts';

export type Handle = (ask: Ask) => Answer;

function onlyGet(inside: Inside, ask: Ask): void {
  if (ask.method === 'GET') return;
  throw new Refusal(
    404,
    '',
    `No HTTP resource was found that matches the request URI '${inside.base()}${ask.path}'.`,
  );
}

const ASSOCIATED = /^systemusers\(([^()]+)\)\/(.+)$/;

function callFunction(inside: Inside, ask: Ask): Answer | undefined {
  const { path } = ask;
  if (/^WhoAmI(\(\))?$/.test(path)) {
    onlyGet(inside, ask);
    return whoAmI(inside, ask);
  }
  const organization = /^RetrieveCurrentOrganization\((.+)\)$/.exec(path);
  if (organization !== null) {
    onlyGet(inside, ask);
    return currentOrganization(inside, organization[1] ?? '', ask);
  }
  const definition = /^EntityDefinitions\(LogicalName='([a-z]+)'\)$/.exec(path);
  if (definition !== null) {
    onlyGet(inside, ask);
    return entityDefinition(inside, definition[1] ?? '', ask);
  }
  const [, id = '', rest = ''] = ASSOCIATED.exec(path) ?? [];
  if (rest === '') return undefined;
  onlyGet(inside, ask);
  if (/^Microsoft\.Dynamics\.CRM\.RetrieveUserPrivileges(\(\))?$/.test(rest)) {
    return userPrivileges(inside, readId(id), ask);
  }
  if (rest === 'systemuserroles_association') return userRoles(inside, readId(id), ask);
  throw notInFake(`${rest} of a user`);
}

function readId(text: string): string {
  if (!GUID.test(text)) throw badRequest(`'${text}' is not an identifier of a row.`);
  return text.toLowerCase();
}

function onSet(inside: Inside, rules: Rules, table: Table, ask: Ask): Answer {
  if (ask.method === 'GET') return readMany(inside, table, ask);
  if (ask.method === 'POST') return createRow(inside, rules, table, ask);
  throw new Refusal(405, '0x8006088a', `${ask.method} is not allowed on a set.`);
}

function onRow(inside: Inside, rules: Rules, table: Table, id: string, ask: Ask): Answer {
  if (ask.method === 'GET') return readOne(inside, table, id, ask);
  if (ask.method === 'PATCH') return updateRow(inside, rules, table, id, ask);
  if (ask.method === 'DELETE') return deleteRow(inside, rules, table, id, ask);
  throw notInFake(`${ask.method} of a row`);
}

function route(inside: Inside, rules: Rules, ask: Ask): Answer {
  const called = callFunction(inside, ask);
  if (called !== undefined) return called;
  const [, set = '', key, rest] = /^([A-Za-z$_]+)(?:\(([^()]*)\))?(\/.*)?$/.exec(ask.path) ?? [];
  const table = inside.metadata.bySet(set);
  if (table === undefined) {
    // A capital begins a function or an action: the real one has hundreds, the fake five.
    if (/^[A-Z$]/.test(set)) throw notInFake(set);
    throw noSegment(set === '' ? ask.path : set);
  }
  if (rest === '/$count' && key === undefined && ask.method === 'GET') {
    return countRows(inside, table, ask);
  }
  if (rest !== undefined) throw notInFake(`${rest} of ${set}`);
  return key === undefined
    ? onSet(inside, rules, table, ask)
    : onRow(inside, rules, table, readId(key), ask);
}

/** Answers one request of somebody who has been let in. */
export const createRouter =
  (inside: Inside, rules: Rules): Handle =>
  (ask) => {
    try {
      checkHeaders(ask);
      return route(inside, rules, ask);
    } catch (error) {
      if (error instanceof Refusal) return refusalAnswer(error);
      if (error instanceof URIError) return refusalAnswer(badRequest('Malformed URL.'));
      throw error;
    }
  };
