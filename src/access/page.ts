import { ACTS, reachOf, type Action } from './acts.ts';
import { AGENCY_ROLES, COALITION_ROLES, OFFICE_ROLES, type Body, type Role } from './seats.ts';

/** Root fields of each root type, and the action that each asks for. */
type Where = Readonly<Record<string, Readonly<Record<string, Action>>>>;

const BODIES = [
  { body: 'OFFICE', title: 'Seats in a prosecuting office', roles: OFFICE_ROLES },
  { body: 'AGENCY', title: 'Seats in a police agency', roles: AGENCY_ROLES },
  { body: 'COALITION', title: 'Seats of the coalition', roles: COALITION_ROLES },
] as const satisfies readonly { body: Body; title: string; roles: readonly Role[] }[];

const HEAD = `# Permissions

Printed from the two permission pages, \`src/access/acts.ts\` (who may do what) and \`src/permissions.ts\` (which root field
asks for it), by \`npm run generate\`. A root field that is not here is denied.

How far an act reaches: **OWN** on cases whose team one is on, or what one wrote oneself; **OFFICE** on all that one's own
office, agency or body has; **JOINT** also on what is held jointly with another office; a dot: not at all. Which rows a seat
sees is not decided here but by the row policies of the database: an act on what one does not see finds nothing.
`;

/** The two permission pages as one Markdown page: what each seat may do, and which root field asks for what. */
export function permissionPage(where: Where): string {
  const actions = Object.keys(ACTS) as Action[];
  const seats = BODIES.map(({ body, title, roles }) => {
    const known = actions.filter((action) => roles.some((role) => reachOf({ body, role }, action) !== 'NONE'));
    return section(title, ['action', ...roles], known.map((action) => [code(action), ...roles.map((role) => cell({ body, role }, action))]));
  });
  const fields = Object.entries(where).map(([type, asked]) =>
    section(type, ['root field', 'action', 'who'], Object.entries(asked).map(([field, action]) => [code(field), code(action), seatsWith(action)])),
  );
  const idle = actions.filter((action) => !Object.values(where).some((asked) => Object.values(asked).includes(action)));
  const unasked = idle.length === 0 ? '' : `\nActions that no root field asks for yet: ${idle.map(code).join(', ')}.\n`;
  return [HEAD, ...seats, ...fields].join('\n') + unasked;
}

const section = (title: string, head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [`## ${title}`, '', line(head), line(head.map(() => '---')), ...rows.map(line), ''].join('\n');

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const code = (word: string): string => `\`${word}\``;

function cell(seat: { body: Body; role: Role }, action: Action): string {
  const reach = reachOf(seat, action);
  return reach === 'NONE' ? '·' : reach;
}

function seatsWith(action: Action): string {
  const named = BODIES.flatMap(({ body, roles }) => {
    const able = roles.filter((role) => reachOf({ body, role }, action) !== 'NONE');
    if (able.length === 0) return [];
    return [`${body.toLowerCase()}: ${able.length === roles.length ? 'every role' : able.join(', ')}`];
  });
  return named.join('; ') || 'nobody';
}
