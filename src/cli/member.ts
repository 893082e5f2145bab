import process from 'node:process';
import { Command } from 'commander';
import { AGENCY_ROLES, COALITION_ROLES, OFFICE_ROLES } from '../access/seats.ts';
import { commandClient, type CommandClient } from '../database/migrate.ts';
import { sqlState } from '../database/unit.ts';
import { newId } from '../kernel/ids.ts';
import { installationOf, migratorOf } from './installation.ts';
import { ownerConfig } from './migrate.ts';

interface Seat {
  readonly subject: string;
  readonly name: string;
  readonly role: string;
  readonly office?: string;
  readonly agency?: string;
  readonly machine?: boolean;
}

export const memberCommand = (): Command =>
  new Command('member')
    .description('The accounts and their seats. Needs DATABASE_OWNER_URL, or the embedded database.')
    .addCommand(
      new Command('add')
        .description('Seats a member.')
        .requiredOption('--subject <subject>', "the account's sub at the identity provider")
        .requiredOption('--name <name>', 'the name')
        .requiredOption('--role <role>', [...new Set([...OFFICE_ROLES, ...AGENCY_ROLES, ...COALITION_ROLES])].join(', '))
        .option('--office <slug>', 'for a seat in an office, for instance dallas-tx')
        .option('--agency <ori or slug>', 'for a seat in an agency')
        .option('--machine', 'a program, not a person')
        .action((seat: Seat) => withMembers((sql) => add(sql, seat))),
    )
    .addCommand(
      new Command('disable')
        .description('Shuts a member out, from its next request on.')
        .argument('<subject>')
        .action((subject: string) => withMembers((sql) => enable(sql, subject, false))),
    )
    .addCommand(
      new Command('enable')
        .description('Lets a member in again.')
        .argument('<subject>')
        .action((subject: string) => withMembers((sql) => enable(sql, subject, true))),
    )
    .addCommand(
      new Command('list').description('Every member and its seat.').action(() =>
        withMembers(async (sql) => {
          const rows = await sql`select m.subject, m.name, m.role, coalesce(j.slug, a.slug, 'coalition') as seat, m.active
            from comity.members m left join comity.jurisdictions j on j.id = m.office_id left join comity.agencies a on a.id = m.agency_id order by seat, m.subject`;
          return rows.map((row) => `${String(row['seat']).padEnd(34)} ${String(row['role']).padEnd(14)} ${String(row['subject']).padEnd(24)} ${row['name']}${row['active'] === true ? '' : ' (disabled)'}`).join('\n');
        }),
      ),
    );

async function withMembers(work: (sql: CommandClient) => Promise<string>): Promise<void> {
  const installation = await installationOf(ownerConfig(), { join: true });
  const sql = commandClient(migratorOf(installation));
  try {
    process.stdout.write(`${await work(sql)}\n`);
  } finally {
    await sql.end();
    await installation.close();
  }
}

async function add(sql: CommandClient, { subject, name, role, office, agency, machine = false }: Seat): Promise<string> {
  const [officeRow] = office === undefined ? [] : await sql`select id from comity.jurisdictions where slug = ${office}`;
  if (office !== undefined && !officeRow) throw new Error(`There is no office ${office}.`);
  const [agencyRow] = agency === undefined ? [] : await sql`select id from comity.agencies where ori = ${agency} or slug = ${agency}`;
  if (agency !== undefined && !agencyRow) throw new Error(`There is no agency ${agency}.`);
  try {
    await sql`insert into comity.members (id, subject, name, kind, role, office_id, agency_id)
      values (${newId()}, ${subject}, ${name}, ${machine ? 'MACHINE' : 'PERSON'}, ${role}, ${officeRow?.['id'] ?? null}, ${agencyRow?.['id'] ?? null})`;
  } catch (error) {
    const code = sqlState(error);
    if (code === '23505') throw new Error(`There is a member with the subject ${subject} already.`, { cause: error });
    if (code === '23514') throw new Error(`The role ${role} does not go with this seat: give --office for a role of an office, --agency for one of an agency, neither for one of the coalition.`, { cause: error });
    throw error;
  }
  return `${subject} is seated as ${role}.`;
}

async function enable(sql: CommandClient, subject: string, active: boolean): Promise<string> {
  const { count } = await sql`update comity.members set active = ${active} where subject = ${subject}`;
  if (count !== 1) throw new Error(`There is no member ${subject}.`);
  return `${subject} is ${active ? 'let in again' : 'shut out'}.`;
}
