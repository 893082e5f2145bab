import type { Machine } from './machine.ts';

/** How a court disposed of a charge. VACATED: a court set that aside, and the charge waits again; ENTERED_IN_ERROR: it never was so, and it waits again. */
export const DISPOSITIONS = ['CONVICTED', 'PLEADED', 'ACQUITTED', 'DISMISSED', 'VACATED', 'ENTERED_IN_ERROR'] as const;
export type DispositionKind = (typeof DISPOSITIONS)[number];

/** The entries after which a charge waits for the court as before. */
export const REOPENING = ['VACATED', 'ENTERED_IN_ERROR'] as const satisfies readonly DispositionKind[];

/** In SQL, of a disposition `d`: it is what became of the charge; no other entry took its place, and it set nothing aside. */
export const HOLDS_FOR_GOOD = `d.kind not in (${REOPENING.map((kind) => `'${kind}'`).join(', ')})
  and not exists (select 1 from comity.dispositions later where later.case_id = d.case_id and later.supersedes = d.id)`;

/** Which court: where a case was removed, the same charge is tried under the law of the state in the federal court. */
export const DISPOSITION_FORUMS = ['STATE', 'FEDERAL'] as const;
export type DispositionForum = (typeof DISPOSITION_FORUMS)[number];

/** Where a filed charge stands: OPEN until the court disposed of it. */
export const DISPOSITION_PLACES = ['OPEN', ...DISPOSITIONS] as const;
export type DispositionPlace = (typeof DISPOSITION_PLACES)[number];

const anywhere = <K extends DispositionKind>(kind: K) => ({ OPEN: kind, CONVICTED: kind, PLEADED: kind, ACQUITTED: kind, DISMISSED: kind, VACATED: kind, ENTERED_IN_ERROR: kind }) as const;

/**
 * What each entry makes of a charge: of one that is disposed of by a correction, which names what it corrects. An acquittal is not vacated
 * (United States v. Ball, 163 U.S. 662 (1896)); one that was recorded in error is corrected.
 */
export const DISPOSITION_MOVES = {
  CONVICTED: anywhere('CONVICTED'),
  PLEADED: anywhere('PLEADED'),
  ACQUITTED: anywhere('ACQUITTED'),
  DISMISSED: anywhere('DISMISSED'),
  VACATED: { CONVICTED: 'VACATED', PLEADED: 'VACATED', DISMISSED: 'VACATED' },
  ENTERED_IN_ERROR: { CONVICTED: 'ENTERED_IN_ERROR', PLEADED: 'ENTERED_IN_ERROR', ACQUITTED: 'ENTERED_IN_ERROR', DISMISSED: 'ENTERED_IN_ERROR', VACATED: 'ENTERED_IN_ERROR' },
} as const satisfies Machine<DispositionKind, DispositionKind, 'OPEN'>;

/** True for an entry that says why. */
export const isReasoned = (kind: DispositionKind): boolean => kind === 'DISMISSED' || isReopening(kind);

/** True for an entry after which the charge waits for the court. */
export const isReopening = (kind: DispositionKind): boolean => (REOPENING as readonly DispositionKind[]).includes(kind);

/** What a removal of the person makes of a judgment on a day, at its end: PENDING from the notice on, REMOVED once the federal court has the case, FREE otherwise. */
export const JUDGMENT_STANDINGS = ['FREE', 'PENDING', 'REMOVED'] as const;
export type JudgmentStanding = (typeof JUDGMENT_STANDINGS)[number];

/** True for a judgment of conviction, on a verdict or a plea. */
export const isConviction = (kind: DispositionKind): boolean => kind === 'CONVICTED' || kind === 'PLEADED';

/**
 * Why a disposition may not have been entered on a day: BARRED, a conviction by the state court between notice and remand (28 U.S.C. 1455(b)(3));
 * NOT_THERE, anything by the state court while the federal court has the case (1455(b)(5)); NOT_REMOVED, anything by a federal court that has not.
 */
export function dispositionBarred(kind: DispositionKind, forum: DispositionForum, standing: JudgmentStanding): 'BARRED' | 'NOT_THERE' | 'NOT_REMOVED' | null {
  if (isReopening(kind)) return null;
  if (forum === 'FEDERAL') return standing === 'REMOVED' ? null : 'NOT_REMOVED';
  if (standing === 'REMOVED') return 'NOT_THERE';
  return isConviction(kind) && standing === 'PENDING' ? 'BARRED' : null;
}
