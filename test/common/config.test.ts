import { describe, expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import { checkConfig, parseConfig } from '../../src/common/config.js';
import { configSchemaJson } from '../../src/common/config-schema.js';
import { UserError } from '../../src/common/errors.js';

const schedule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('constant') }),
  z.strictObject({ kind: z.literal('step'), every: z.int().positive(), factor: z.number().positive() }),
]);

const schema = z.strictObject({
  model: z.enum(['clofnet', 'egnn']).default('clofnet').describe('The network.'),
  epochs: z.int().positive(),
  training: z.strictObject({ learningRate: z.number().positive(), schedule: schedule.optional() }).optional(),
  widths: z.array(z.strictObject({ hidden: z.int() })).optional(),
  seeds: z.union([z.int(), z.array(z.int())]).optional(),
});

const fail = (text: string): string => {
  try {
    parseConfig(schema, text, 'c.jsonc');
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return error instanceof Error ? error.message : '';
  }
  throw new Error('it was accepted');
};

describe('parseConfig', () => {
  it('gives the typed value, defaults filled in', () => {
    const config = parseConfig(schema, '{ "$schema": "./c.schema.json", "epochs": 3 } // short', 'c.jsonc');
    expect(config).toEqual({ model: 'clofnet', epochs: 3 });
    expectTypeOf(config.model).toEqualTypeOf<'clofnet' | 'egnn'>();
  });

  it('names place and nearest right key for an unknown one', () => {
    expect(fail('{\n  "epochs": 3,\n  "mdoel": "egnn"\n}')).toBe(
      'c.jsonc:3:3: there is no setting "mdoel" (did you mean "model"?)',
    );
    expect(fail('{ "epochs": 3, "training": { "learningRate": 1, "lerningRate": 2 } }')).toBe(
      'c.jsonc:1:49: there is no setting "training.lerningRate" (did you mean "learningRate"?)',
    );
    expect(fail('{ "epochs": 3, "widths": [{ "hidden": 1, "zzz": 2 }] }')).toBe(
      'c.jsonc:1:42: there is no setting "widths[0].zzz" (known: hidden)',
    );
    const inUnion = '{ "epochs": 3, "training": { "learningRate": 1, "schedule": { "kind": "constant", "evry": 2 } } }';
    expect(fail(inUnion)).toContain('"training.schedule.evry" (did you mean "every"?)');
  });

  it('names path, found and expected for a wrong value', () => {
    expect(fail('{\n  "epochs": "3"\n}')).toBe('c.jsonc:2:13: epochs is "3"; expected a number');
    expect(fail('{ "epochs": 2.5 }')).toContain('epochs is 2.5; expected a whole number');
    expect(fail('{ "epochs": 0 }')).toContain('epochs is 0; expected a number above 0');
    expect(fail('{ "epochs": 1, "model": "enn" }')).toContain('model is "enn"; expected one of "clofnet"|"egnn"');
    expect(fail('{ "model": "egnn" }')).toBe('c.jsonc:1:1: epochs is missing; expected a number');
    expect(fail('[]')).toContain('the configuration is []; expected object');
    expect(fail('{ "epochs": 0, "model": 1 }')).toContain('(and 1 more)');
  });

  it('reports on the branch of a union that fits best', () => {
    expect(fail('{ "epochs": 1, "seeds": [1, "x"] }')).toContain('seeds[1] is "x"; expected a number');
    expect(fail('{ "epochs": 1, "seeds": "x" }')).toContain('seeds is "x"; expected a number, or expected array');
    const step = '{ "epochs": 3, "training": { "learningRate": 1, "schedule": { "kind": "stp" } } }';
    expect(fail(step)).toContain('training.schedule');
  });
});

describe('configSchemaJson', () => {
  it('describes the same for editors', () => {
    const json = configSchemaJson(schema);
    expect(json.$schema).toContain('draft-07');
    expect(json).toMatchObject({
      type: 'object',
      additionalProperties: false,
      required: ['epochs'],
      properties: { $schema: { type: 'string' }, model: { enum: ['clofnet', 'egnn'], description: 'The network.' } },
    });
  });
});

describe('checkConfig', () => {
  it('does the same without a file', () => {
    expect(checkConfig(schema, { epochs: 3 })).toEqual({ model: 'clofnet', epochs: 3 });
    expect(() => checkConfig(schema, { epochs: 3, mdoel: 'egnn' })).toThrow(
      /^there is no setting "mdoel" \(did you mean "model"\?\)$/,
    );
    expect(() => checkConfig(schema, { epochs: 'x' })).toThrow(/^epochs is "x"; expected a (whole )?number$/);
  });

  it('knows the keys of a schema behind what is filled in before', () => {
    const filled = z.preprocess((value) => value, schema);
    expect(() => checkConfig(filled, { epochs: 3, mdoel: 'egnn' })).toThrow('did you mean "model"?');
  });
});
