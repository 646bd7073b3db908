import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuzzBudget, fuzzTimeoutMs } from '../../test/fuzz-budget.ts';
import { EngineError } from '../errors.ts';
import { containerPort, parseCreate } from './create.ts';
import { listFilter, readFilters } from './list-filters.ts';

const container = { id: 'abc', request: { name: 'db', labels: { team: 'a=b' } }, status: 'running' };
const filterOf = (text: string) => listFilter(readFilters(text));
/** JSON in which the names that mean something turn up often. */
const names = fc.constantFrom('label', 'name', 'status', 'Image', 'Env', 'HostConfig', 'PortBindings', '__proto__');
const json = fc.oneof(
  fc.json(),
  fc.dictionary(fc.oneof(names, fc.string()), fc.jsonValue()).map((value) => JSON.stringify(value)),
);

/** Anything but an answer and an {@link EngineError} would be told as a fault of the engine. */
function answersOrRefuses(act: () => unknown): void {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(EngineError);
  }
}

test(
  'whatever is sent as filters is read or refused',
  () => {
    fc.assert(
      fc.property(fc.oneof(json, fc.string()), (text) => answersOrRefuses(() => filterOf(text)(container))),
      fuzzBudget,
    );
  },
  fuzzTimeoutMs,
);

test(
  'whatever is sent as a create request is read or refused',
  () => {
    const body = fc.tuple(json, fc.boolean()).map(([text, image]) => {
      const value: unknown = JSON.parse(text);
      return image && typeof value === 'object' ? { ...value, Image: 'postgres' } : value;
    });
    fc.assert(
      fc.property(body, (value) => answersOrRefuses(() => parseCreate(value))),
      fuzzBudget,
    );
  },
  fuzzTimeoutMs,
);

test(
  'a port is one from 1 to 65535, or refused',
  () => {
    const text = fc.oneof(
      fc.string(),
      fc.integer().map((port) => `${port}/tcp`),
    );
    fc.assert(
      fc.property(text, (port) =>
        answersOrRefuses(() => {
          const read = containerPort(port);
          expect(Number.isInteger(read) && read >= 1 && read <= 65_535).toBe(true);
        }),
      ),
      fuzzBudget,
    );
  },
  fuzzTimeoutMs,
);

test.each(['null', '[]', '1', '{"label":[1]}', '{"label":"team"}', '{"name":[null]}', '{'])(
  'filters %s are refused',
  (text) => {
    expect(() => filterOf(text)).toThrow(EngineError);
  },
);

test('a label is one of the container’s own', () => {
  expect(filterOf('{"label":["toString"]}')(container)).toBe(false);
  expect(filterOf('{"label":["team"]}')(container)).toBe(true);
  expect(filterOf('{"label":{"team=a=b":true}}')(container)).toBe(true);
  expect(filterOf('{"label":["team=a"]}')(container)).toBe(false);
});
