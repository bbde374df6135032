/** `sensitive` in handoff.config.json; the options of `no-sensitive-attributes` and `no-sensitive-baggage` are the same. */
import { z } from 'zod';

const names = z.array(z.string().min(1)).default([]);

export const sensitiveSchema = z.strictObject({
  attributes: names.describe('Attributes and baggage entries that are sensitive; `*` stands for any text.'),
  names: names.describe('What sensitive variables and properties are called, in words: `date of birth`.'),
  allow: names.describe('Attributes and baggage entries that are meant; `*` stands for any text.'),
  switches: names.describe('Own capture switches, off by default: environment variables, functions or properties.'),
});
