/** Which argument of a call. */
import { z } from 'zod';

/** 0-based; -1 is the last one. */
export const argument = z.int().min(-1);
