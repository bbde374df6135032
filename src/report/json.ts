/** The stable form that scripts read: schemas/check.json. */
import type { Formatter } from './formats.ts';

export const json: Formatter = (report) => `${JSON.stringify(report, null, 2)}\n`;
