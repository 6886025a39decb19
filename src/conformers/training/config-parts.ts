import { z } from 'zod';

const count = z.number().int().positive();

/** What a network learns from. @param conformers how many of a molecule, where it is not said */
export const dataSchema = (conformers: number) =>
  z
    .strictObject({
      file: z.string().min(1).default('conformers.safetensors').describe('A prepared data set of conformers.'),
      conformers: count.default(conformers).describe('The most conformers of a molecule, the first ones.'),
    })
    .describe('What it learns from.');
