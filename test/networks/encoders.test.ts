import { expect, test } from 'vitest';
import { z } from 'zod';
import { encoderNames, encoderOptions, encoders, ownEncoderOptions } from '../../src/networks/encoders.js';
import { lofnet } from '../../src/networks/lofnet.js';
import { optionsOfAll, optionsOfOne } from '../../src/networks/merged-options.js';

/** A list with one more encoder, which has an option of its own and lacks some. */
const { hidden, cutoff } = lofnet.options;
const toy = { name: 'toy', options: { hidden, cutoff, spin: z.number().default(2) } };
const list = [...encoders, toy];

test('encoders have names of their own, and options with defaults and meanings', () => {
  expect(new Set(encoderNames).size).toBe(encoderNames.length);
  for (const { options } of encoders) {
    for (const field of Object.values(options)) expect((field.unwrap() as z.ZodType).description).toMatch(/\S/);
    expect(Object.keys(options)).toEqual(expect.arrayContaining(['hidden', 'layers', 'cutoff']));
    for (const [key, field] of Object.entries(options)) expect(encoderOptions).toHaveProperty(key, field);
  }
});

test('options of one name are one option', () => {
  expect(Object.keys(optionsOfAll(list))).toEqual([...Object.keys(lofnet.options), 'spin']);
  const other = { name: 'other', options: { cutoff: z.number().default(3) } };
  expect(() => optionsOfAll([...encoders, other])).toThrow('another option cutoff');
});

test('an encoder takes its own options, leaves out defaults of others, and refuses what others have', () => {
  const given = { hidden: 8, cutoff: 4, spin: 2 };
  expect(optionsOfOne(list, 'lofnet', given)).toEqual({ hidden: 8, cutoff: 4 });
  expect(optionsOfOne(list, 'toy', { ...given, axes: 32 })).toEqual(given);
  expect(() => optionsOfOne(list, 'toy', { axes: 31 })).toThrow(
    expect.objectContaining({ message: expect.stringContaining('is an option of lofnet, clofnet, not of toy') }),
  );
  expect(() => optionsOfOne(list, 'lofnet', { spin: 3 })).toThrow('is an option of toy, not of lofnet');
  expect(ownEncoderOptions('clofnet', { axes: 31 })).toEqual({ axes: 31 });
});
