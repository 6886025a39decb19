import { z } from 'zod';

const count = z.number().int().positive();

/** What a network learns from. @param conformers how many of a molecule, where it is not said */
export const dataSchema = (conformers: number) =>
  z
    .strictObject({
      file: z
        .string()
        .min(1)
        .default('conformers.safetensors')
        .describe('What clofnet conformers prepare has written.'),
      conformers: count.default(conformers).describe('The most conformers of a molecule, the first ones.'),
    })
    .describe('What it learns from.');

/** A field with another default. */
export function withDefault<T extends z.ZodType>(field: z.ZodDefault<T>, value: z.output<T>) {
  return field
    .unwrap()
    .default(value as never)
    .describe(field.description ?? '');
}
