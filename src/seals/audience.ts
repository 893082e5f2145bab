import { isId } from '../kernel/ids.ts';
import { badInput } from '../kernel/errors.ts';
import type { CaseSeen } from '../cases/subject.ts';
import type { Moment } from '../trail/act.ts';
import type { SealAudienceInput } from './seal.inputs.ts';
import { AUDIENCE_KINDS, namedFor, type AudienceKind, type Named } from './seal.store.ts';

const MOST = 100;

const ONE = { members: 'member', units: 'unit', offices: 'office' } as const satisfies Record<AudienceKind, string>;

/**
 * The ids of a seal's audience. Throws BadInput where it is nobody, or names somebody who is unknown, has left, or is of an
 * office that neither leads the case nor handles it jointly: who has no part in a case cannot keep sight of it.
 */
export async function audienceOf(moment: Moment, subject: CaseSeen, input: SealAudienceInput): Promise<readonly string[]> {
  const ids = { members: unique(input.members), units: unique(input.units), offices: unique(input.offices) };
  const count = AUDIENCE_KINDS.reduce((sum, kind) => sum + ids[kind].length, 0);
  if (count === 0) throw badInput('audience', 'A seal without an audience could be lifted by nobody.', 'Name the members, units or offices who still see.');
  if (count > MOST) throw badInput('audience', 'The audience is too long to be a circle of people.', `Name at most ${MOST}; a unit or an office stands for all its people.`);
  for (const kind of AUDIENCE_KINDS) {
    if (!ids[kind].every(isId)) throw noPart(kind);
  }
  const named = await namedFor(moment, subject, ids);
  named.forEach(mustTakePart);
  return named.map(({ id }) => id);
}

function mustTakePart({ kind, takesPart, active }: Named): void {
  if (!takesPart) throw noPart(kind);
  if (!active) throw badInput('audience.members', 'A member of the audience has left.', 'Name active members of your office.');
}

/** The same words for who is unknown: whom another office has is not told. */
const noPart = (kind: AudienceKind) =>
  badInput(`audience.${kind}`, `There is no such ${ONE[kind]} with a part in this case: of the office that leads it, or of one that handles it jointly.`,
    'Name people, units and offices of the lead, or invite their office first.');

const unique = (ids: readonly string[] | null | undefined): readonly string[] => [...new Set((ids ?? []).map((id) => id.toLowerCase()))];
