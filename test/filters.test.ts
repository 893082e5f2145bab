import { isInputObjectType, isObjectType, getNullableType, isListType, isEnumType, getNamedType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../src/kernel/ids.ts';
import { servedSchema } from '../src/schema.ts';
import { openWorld, type CastMember, type World } from './world.ts';

let world: World;
let caseId: string;
beforeAll(async () => {
  world = await openWorld();
  caseId = (await world.buildCase({ claimedBy: 'attorneyDallas' })).id;
});
afterAll(() => world.close());

/** The lists whose filter a reader can misspell, and who reads them. */
const READERS: Readonly<Record<string, CastMember>> = {
  cases: 'attorneyDallas', charges: 'attorneyDallas', unassessedElements: 'attorneyDallas', waiting: 'attorneyDallas', clocks: 'attorneyDallas', demands: 'attorneyDallas', statutes: 'attorneyDallas', readinessPacks: 'attorneyDallas',
  ruleBooks: 'attorneyDallas', returnItems: 'attorneyDallas', breakGlassUses: 'supervisorDallas', accessLog: 'supervisorDallas', referrals: 'chiefDallasPolice',
};

const lists = Object.values(servedSchema().getQueryType()?.getFields() ?? {}).flatMap((field) => {
  const [argument, type] = [field.args.find(({ name }) => name === 'filter'), getNullableType(field.args.find(({ name }) => name === 'filter')?.type)];
  const of = getNamedType(field.type);
  return argument !== undefined && isInputObjectType(type) && isObjectType(of) && of.getFields()['nodes'] ? [{ list: field.name, type: type.name, fields: Object.values(type.getFields()) }] : [];
});

const ask = async (list: string, type: string, filter: object) => {
  const who = READERS[list];
  if (!who) throw new Error(`nobody is named who reads ${list}`);
  const subject = list === 'accessLog' ? `caseId: "${caseId}", ` : '';
  const { data, errors } = await world.as(who).ask(`query ($filter: ${type}) { ${list}(${subject}filter: $filter) { pageInfo { hasNextPage } } }`, { filter });
  return errors === undefined ? { code: 'OK', data } : { message: errors[0]?.message, ...errors[0]?.extensions };
};

describe('a filter that lets nothing through whatever is on file is told so, with its field and the remedy:', () => {
  const words = lists.flatMap(({ list, type, fields }) => fields.map((field) => ({ list, type, field: field.name, kind: String(getNullableType(field.type)), isList: isListType(getNullableType(field.type)), isEnum: isEnumType(getNamedType(field.type)), names: fields.map(({ name }) => name) })));
  test.each(words.filter(({ isList }) => isList))('$list, an empty list as $field', async ({ list, type, field }) => {
    expect(await ask(list, type, { [field]: [] })).toMatchObject({ code: 'BAD_USER_INPUT', field: `filter.${field}`, remedy: expect.any(String) });
  });
  test.each(words.filter(({ kind }) => kind === 'ID'))('$list, what is no id as $field', async ({ list, type, field }) => {
    for (const odd of ['no id', '', `' or 1=1 --`, '12345678-1234']) expect(await ask(list, type, { [field]: odd })).toMatchObject({ code: 'BAD_USER_INPUT', field: `filter.${field}`, message: 'This is no id.' });
    // One that is well formed is not looked up: nothing tells what is hidden from what is absent.
    expect(await ask(list, type, { [field]: newId() })).toMatchObject({ code: 'OK' });
  });
  test.each(words.filter(({ field }) => field === 'state' || field === 'county'))('$list, a $field that looks like none', async ({ list, type, field }) => {
    for (const odd of ['Texas', '', 'T', '4811', 'TX%']) expect(await ask(list, type, { [field]: odd })).toMatchObject({ code: 'BAD_USER_INPUT', field: `filter.${field}` });
    expect(await ask(list, type, { [field]: field === 'state' ? 'tx' : '48113' })).toMatchObject({ code: 'OK' });
  });
  const ends = words.filter(({ field, names }) => field.endsWith('From') || (field === 'from' && names.includes('before')));
  test('every list with a range is among those that are tried', () => {
    expect(ends.map(({ list, field }) => `${list}.${field}`).sort()).toEqual(['accessLog.from', 'cases.incidentFrom', 'cases.receivedFrom', 'clocks.dueFrom', 'referrals.incidentFrom', 'referrals.submittedFrom']);
  });
  test.each(ends)('$list, a range from $field that ends before it begins', async ({ list, type, field, names, kind }) => {
    const last = field === 'from' ? 'before' : names.find((name) => name === field.replace('From', 'Until') || name === field.replace('From', 'Before')) ?? '';
    const at = (day: string) => (kind === 'Date' ? day : `${day}T00:00:00Z`);
    expect(await ask(list, type, { [field]: at('2026-04-02'), [last]: at('2026-04-01') })).toMatchObject({ code: 'BAD_USER_INPUT', field: `filter.${last}`, message: expect.stringContaining(`filter.${field}`) });
    // One day is a range of days; one instant before which nothing is, is none.
    expect((await ask(list, type, { [field]: at('2026-04-02'), [last]: at('2026-04-02') })).code).toBe(last.toLowerCase().endsWith('before') ? 'BAD_USER_INPUT' : 'OK');
    expect((await ask(list, type, { [field]: at('2026-04-01'), [last]: at('2026-04-02') })).code).toBe('OK');
  });
});

test('a state is found in either case of its letters', async () => {
  const { cases } = await world.as('attorneyDallas').get('{ cases(filter: { state: "tx" }) { nodes { state } } }');
  expect(cases.nodes).toEqual([{ state: 'TX' }]);
});
