import { integer, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { oneOf } from '../database/checks.ts';
import { comity, instant } from '../database/columns.ts';
import { cases } from './case.table.ts';

export const RECORDING_KINDS = ['BODY_CAMERA', 'VEHICLE_CAMERA', 'FIXED_CAMERA', 'BYSTANDER', 'AUDIO', 'DOCUMENT', 'OTHER'] as const;

export type RecordingKind = (typeof RECORDING_KINDS)[number];

/** A recording or a document that its holder keeps: where it is and its hash, never the media. */
export const recordings = comity.table(
  'recordings',
  {
    caseId: uuid('case_id').notNull().references(() => cases.id),
    id: uuid('id').notNull(),
    needs: needs(),
    kind: text('kind', { enum: RECORDING_KINDS }).notNull(),
    position: integer('position').notNull(),
    /** Who keeps it. */
    holder: text('holder').notNull(),
    device: text('device'),
    uri: text('uri'),
    /** SHA-256 of the file in lower-case hexadecimal; null where the holder gave none. */
    sha256: text('sha256'),
    capturedFrom: instant('captured_from'),
    capturedTo: instant('captured_to'),
    note: text('note'),
    /** The supplement that it came with; null: the referral itself. */
    supplementId: uuid('supplement_id'),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.id] }),
    oneOf('recordings_kind_check', t.kind, RECORDING_KINDS),
    needsCheck('recordings', t.needs),
    ...casePolicies({ table: 'recordings' }),
  ],
);
