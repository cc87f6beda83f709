import { arrayFunctions, arrayNodes } from './arrays.ts';
import { call } from './call.ts';
import { dateFunctions } from './dates.ts';
import {
  type Fields,
  listOf,
  nameOf,
  only,
  type Renderer,
  type Rendering,
  refused,
} from './node.ts';
import { textFunctions, textNodes } from './texts.ts';

type Function = (args: readonly unknown[], to: Rendering, name: string) => string;

const plain =
  (duck: string, least: number, most = least): Function =>
  (args, to, name) => {
    if (args.length < least || args.length > most)
      throw refused(`${name} with ${args.length} arguments`);
    return `${duck}(${args.map(to.expression).join(', ')})`;
  };

const macro =
  (duck: string, count: number): Function =>
  (args, to, name) => {
    if (args.length !== count) throw refused(`${name} with ${args.length} arguments`);
    return call(duck, ...args.map(to.expression));
  };

/** GREATEST and LEAST are NULL when any argument is. */
const extreme =
  (duck: string): Function =>
  (args, to) => {
    const texts = args.map(to.expression);
    return `(CASE WHEN ${texts.map((text) => `${text} IS NULL`).join(' OR ')} THEN NULL ELSE ${duck}(${texts.join(', ')}) END)`;
  };

const named: Readonly<Record<string, Function>> = {
  ...dateFunctions,
  ...textFunctions,
  ...arrayFunctions,
  DIV: macro('integer_divide', 2),
  MOD: macro('modulo', 2),
  POW: macro('power', 2),
  POWER: macro('power', 2),
  NULLIF: plain('nullif', 2),
  TRUNC: plain('trunc', 1),
  SIGN: plain('sign', 1),
  LOG10: plain('log10', 1),
  GREATEST: extreme('greatest'),
  LEAST: extreme('least'),
  ERROR: plain('error', 1),
};

const nodeCall =
  (name: string, ...keys: string[]): Renderer =>
  (fields, to) => {
    const taken = only(name, fields, ...keys);
    const args = keys.map((key) => taken[key]).filter((arg) => arg !== null && arg !== undefined);
    const known = named[name];
    return known === undefined
      ? `${name.toLowerCase()}(${args.map(to.expression).join(', ')})`
      : known(args, to, name);
  };

export const functions: Readonly<Record<string, Renderer>> = {
  ...textNodes,
  ...arrayNodes,
  function: namedCall,
  method_call: (fields) => {
    throw unknown(`….${nameOf(fields.method)}`);
  },
  aggregate_function: (fields) => {
    throw unknown(String(fields.name));
  },
  abs: nodeCall('ABS', 'this'),
  sqrt: nodeCall('SQRT', 'this'),
  floor: nodeCall('FLOOR', 'this'),
  ceil: nodeCall('CEIL', 'this'),
  ln: nodeCall('LN', 'this'),
  exp: (fields, to) => call('exponential', to.expression(only('EXP', fields, 'this').this)),
  sign: nodeCall('SIGN', 'this'),
  round: (fields, to) => {
    const { this: value, decimals } = only('ROUND', fields, 'this', 'decimals');
    if (!decimals) return `round(${to.expression(value)})`;
    return `round(${to.expression(value)}, CAST(${to.expression(decimals)} AS INTEGER))`;
  },
  coalesce: (fields, to) =>
    `coalesce(${listOf(only('COALESCE', fields, 'expressions').expressions)
      .map(to.expression)
      .join(', ')})`,
  safe_divide: (fields, to) => {
    const { this: value, expression } = only('SAFE_DIVIDE', fields, 'this', 'expression');
    return call('safe_divide', to.expression(value), to.expression(expression));
  },
  mod_func: nodeCall('MOD', 'this', 'expression'),
  power: nodeCall('POW', 'this', 'expression'),
  current_timestamp: () => 'now()',
  current_date: () => 'CAST(now() AS DATE)',
  null_if: nodeCall('NULLIF', 'this', 'expression'),
};

function namedCall(fields: Fields, to: Rendering): string {
  const name = String(fields.name).toUpperCase();
  const { args } = only(name, fields, 'name', 'args');
  const known = named[name];
  if (known === undefined) throw unknown(name);
  return known(listOf(args), to, name);
}

function unknown(name: string): Error {
  return refused(
    `the function ${name.toUpperCase()}`,
    `supported beside the standard aggregates and window functions: ${Object.keys(named).sort().join(', ')}`,
  );
}
