import { UserError } from '../common/errors.js';
import type { VariedSetting } from '../training/sweep.js';

/**
 * What `--vary` was given: `model.layers=4,8`. Values are JSON, or words: `clof_vel,egnn_vel`, `{"kind":"cosine"}`.
 * @throws UserError for a text of another form
 */
export function parseVaried(text: string): VariedSetting {
  const { key, value } = parseAssignment(text, '--vary takes a key and its values, as in model.layers=4,8');
  const values = parseJson(`[${value}]`);
  return { key, values: Array.isArray(values) ? values : value.split(',').map(parseValue) };
}

/** What `--set` was given: `model.layers=4`. @throws UserError for a text of another form */
export function parseSetting(text: string): { key: string; value: unknown } {
  const { key, value } = parseAssignment(text, '--set takes a key and its value, as in model.layers=4');
  return { key, value: parseValue(value) };
}

function parseAssignment(text: string, expected: string): { key: string; value: string } {
  const [, key, value] = /^([^=\s]+)=(.+)$/s.exec(text) ?? [];
  if (key === undefined || value === undefined) throw new UserError(`${expected}, not '${text}'`);
  return { key, value };
}

const parseValue = (text: string): unknown => parseJson(text) ?? text.trim();

/** Undefined for what is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The largest seed that generators take. */
const MAX_SEED = 0xffffffff;

/** Seeds as `--seeds` takes them: `1,2,3` or `1-3`, or both. @throws UserError for what is no such list */
export function parseSeeds(text: string): number[] {
  const seeds = text.split(',').flatMap((part) => {
    const [, first, last = first] = /^\s*(\d+)(?:-(\d+))?\s*$/.exec(part) ?? [];
    const [from, to] = [Number(first), Number(last)];
    if (!(from <= to && to <= MAX_SEED && to - from < 1000))
      throw new UserError(`--seeds takes whole numbers, as in 1,2,3 or 1-3, not '${text}'`);
    return Array.from({ length: to - from + 1 }, (_, k) => from + k);
  });
  const twice = seeds.find((seed, k) => seeds.indexOf(seed) < k);
  if (twice !== undefined) throw new UserError(`--seeds: ${twice} is given twice`);
  return seeds;
}
