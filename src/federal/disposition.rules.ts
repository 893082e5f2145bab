import type { Machine } from './machine.ts';

/** How a court disposed of a charge. */
export const DISPOSITIONS = ['CONVICTED', 'PLEADED', 'ACQUITTED', 'DISMISSED'] as const;
export type DispositionKind = (typeof DISPOSITIONS)[number];

/** Which court: where a case was removed, the same charge is tried under the law of the state in the federal court. */
export const DISPOSITION_FORUMS = ['STATE', 'FEDERAL'] as const;
export type DispositionForum = (typeof DISPOSITION_FORUMS)[number];

/** Where a filed charge stands: OPEN until the court disposed of it. */
export const DISPOSITION_PLACES = ['OPEN', ...DISPOSITIONS] as const;
export type DispositionPlace = (typeof DISPOSITION_PLACES)[number];

const onceOpen = <K extends DispositionKind>(kind: K) => ({ OPEN: kind, CONVICTED: kind, PLEADED: kind, ACQUITTED: kind, DISMISSED: kind }) as const;

/** What each disposition makes of a charge: of one that is disposed of by a correction, which names what it corrects. */
export const DISPOSITION_MOVES = {
  CONVICTED: onceOpen('CONVICTED'),
  PLEADED: onceOpen('PLEADED'),
  ACQUITTED: onceOpen('ACQUITTED'),
  DISMISSED: onceOpen('DISMISSED'),
} as const satisfies Machine<DispositionKind, DispositionKind, 'OPEN'>;

/** What a removal of the person makes of a judgment: PENDING from the notice on, REMOVED once the federal court has the case, FREE otherwise. */
export const JUDGMENT_STANDINGS = ['FREE', 'PENDING', 'REMOVED'] as const;
export type JudgmentStanding = (typeof JUDGMENT_STANDINGS)[number];

/** True for a judgment of conviction, on a verdict or a plea. */
export const isConviction = (kind: DispositionKind): boolean => kind === 'CONVICTED' || kind === 'PLEADED';

/** Why a disposition may not be entered: BARRED, a conviction by the state court between notice and remand; NOT_REMOVED, one by a federal court that has no case. */
export function dispositionBarred(kind: DispositionKind, forum: DispositionForum, standing: JudgmentStanding): 'BARRED' | 'NOT_REMOVED' | null {
  if (forum === 'FEDERAL') return standing === 'REMOVED' ? null : 'NOT_REMOVED';
  return isConviction(kind) && standing !== 'FREE' ? 'BARRED' : null;
}
