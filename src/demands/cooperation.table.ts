import { sql } from 'drizzle-orm';
import { check, foreignKey, index, integer, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { casePolicies, needs, needsCheck } from '../access/policy.ts';
import { cases } from '../cases/case.table.ts';
import { persons } from '../cases/person.table.ts';
import { recordings } from '../cases/recording.table.ts';
import { oneOf } from '../database/checks.ts';
import { comity, instant } from '../database/columns.ts';

/** How a federal agency refused to work with those who investigate. */
export const COOPERATION_KINDS = ['SCENE_ACCESS_DENIED', 'JOINT_INVESTIGATION_ENDED', 'EVIDENCE_WITHHELD', 'IDENTITY_WITHHELD', 'CREDENTIALS_REFUSED', 'WARRANT_IGNORED'] as const;
export type CooperationKind = (typeof COOPERATION_KINDS)[number];

/** It goes where its witness and its recording go. Scalars: an `exists` could be hashed over all that the reader sees. */
const ofParts = `(cooperation_events.witness_id is null or (select 1 from comity.persons p where p.case_id = cooperation_events.case_id and p.id = cooperation_events.witness_id) = 1)
  and (cooperation_events.recording_id is null or (select 1 from comity.recordings r where r.case_id = cooperation_events.case_id and r.id = cooperation_events.recording_id) = 1)`;

/** That cooperation was refused, as an event that may be evidence later. Never changed; withdrawn, it stays in view. */
export const cooperationEvents = comity.table(
  'cooperation_events',
  {
    caseId: uuid('case_id').notNull().references(() => cases.id),
    id: uuid('id').notNull(),
    needs: needs(),
    kind: text('kind', { enum: COOPERATION_KINDS }).notNull(),
    happenedAt: instant('happened_at').notNull(),
    byAgency: text('by_agency').notNull(),
    witnessId: uuid('witness_id'),
    recordingId: uuid('recording_id'),
    /** Where in the recording, in seconds from its start. */
    second: integer('second'),
    note: text('note').notNull(),
    recordedBy: uuid('recorded_by').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    withdrawnBy: uuid('withdrawn_by'),
    withdrawnAt: instant('withdrawn_at'),
    withdrawnBecause: text('withdrawn_because'),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.id] }),
    foreignKey({ columns: [t.caseId, t.witnessId], foreignColumns: [persons.caseId, persons.id], name: 'cooperation_events_witness' }),
    foreignKey({ columns: [t.caseId, t.recordingId], foreignColumns: [recordings.caseId, recordings.id], name: 'cooperation_events_recording' }),
    index('cooperation_events_by_time').on(t.caseId, t.happenedAt, t.id),
    oneOf('cooperation_events_kind_check', t.kind, COOPERATION_KINDS),
    check('cooperation_events_second_check', sql`${t.second} is null or ${t.second} >= 0 and ${t.recordingId} is not null`),
    check('cooperation_events_withdrawn_check', sql`num_nulls(${t.withdrawnBy}, ${t.withdrawnAt}, ${t.withdrawnBecause}) in (0, 3)`),
    needsCheck('cooperation_events', t.needs),
    ...casePolicies({ table: 'cooperation_events', also: ofParts }),
  ],
);
