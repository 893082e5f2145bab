import process from 'node:process';
import { Command } from 'commander';
import { commandClient } from '../database/migrate.ts';
import { configFrom } from '../config.ts';
import { enter } from '../access/context.ts';
import { installationOf } from './installation.ts';

interface Found {
  readonly events: number;
  readonly cases: number;
  readonly faults: readonly { caseId: string; eventId: string | null; kind: string }[];
}

export const verifyCommand = (): Command =>
  new Command('verify-trail')
    .description('Checks the trail of every case, under the eyes of an auditor; leaves with 2 where something is wrong.')
    .option('--as <member>', 'the subject of an auditor', 'auditor')
    .action(async ({ as: subject }: { as: string }) => {
      const installation = await installationOf(configFrom(process.env), { join: true });
      const sql = commandClient(installation.app);
      try {
        const [member] = await sql`select id from comity.members where subject = ${subject} and role = 'AUDITOR' and active`;
        if (!member) throw new Error(`${subject} is no active auditor. Name one with --as, or seat one with: comity member add --role AUDITOR …`);
        await sql.unsafe('begin read only');
        const { text, values } = enter(String(member['id']), '');
        await sql.unsafe(text, values as string[]);
        await sql`select set_config('statement_timeout', '0', true)`;
        const [row] = await sql`select comity.verify_trail(null)::text as found`;
        await sql.unsafe('commit');
        const { events, cases, faults } = JSON.parse(String(row?.['found'])) as Found;
        process.stdout.write(`${events} events of ${cases} cases checked, ${faults.length} faults.\n`);
        for (const { caseId, eventId, kind } of faults) process.stdout.write(`${kind.padEnd(10)} case ${caseId}${eventId === null ? '' : `, event ${eventId}`}\n`);
        if (faults.length > 0) process.exitCode = 2;
      } finally {
        await sql.end();
        await installation.close();
      }
    });
