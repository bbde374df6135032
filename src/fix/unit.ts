/**
 * What the analysis hands to the fixing half: serialisable, so that a run can be written down, cut in pieces and
 * taken up again.
 */
import type { UnitReport } from '../types.ts';
import type { PlacedEdit } from './edits.ts';

/** One file as it is and as it will be, both with their BOM. */
export interface FileChange {
  /** Absolute. */
  path: string;
  /** `undefined`: a new file. */
  before: string | undefined;
  after: string;
}

/** All edits that mend one channel: taken or left as a whole. */
export interface RepairUnit {
  report: UnitReport;
  /** In existing files (`file` is absolute); offsets are on text without BOM. */
  edits: PlacedEdit[];
}
