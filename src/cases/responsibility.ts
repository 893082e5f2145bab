import { statement, type Statement } from '../database/statement.ts';

/** Closes the notes of an office that no longer leads to all but their authors, and opens those of one that leads again. */
export const handOver = (caseId: string): Statement => statement('select comity.hand_over($1::uuid)', [caseId]);

/** Refuses the actor a case with one of whose persons the actor has declared a conflict. */
export const refuseOwnConflict = (caseId: string): Statement => statement('select comity.refuse_own_conflict($1::uuid)', [caseId]);

/** Refuses to give the lead to another office, or up where that is null, while a seal would be left that two people could not lift. */
export const refuseUnliftable = (caseId: string, to: string | null): Statement => statement('select comity.refuse_unliftable($1::uuid, $2::uuid)', [caseId, to]);

/** Tells the agency the state of its referral. */
export const tellAgency = (caseId: string, state: 'ACCEPTED'): Statement => statement('select comity.tell_agency($1::uuid, $2)', [caseId, state]);
