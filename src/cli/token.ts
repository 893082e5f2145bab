import { join } from 'node:path';
import process from 'node:process';
import { Command } from 'commander';
import { configFrom } from '../config.ts';
import { developmentIssuer, refuseOutsideDevelopment } from '../door/issuer.ts';
import { PERSONAS } from './demonstration.ts';

/** Mints a token of the development issuer. Refused beside an operator's database, whose issuer is its own. */
export async function mintToken(subject: string, { expiresIn, audience, secondFactor = true }: { expiresIn?: number; audience?: string; secondFactor?: boolean } = {}): Promise<string> {
  const config = configFrom(process.env);
  refuseOutsideDevelopment({ embeddedDatabase: config.databaseUrl === undefined, production: config.production });
  const issuer = await developmentIssuer(join(config.directory, 'keys'));
  return issuer.mint({ subject, secondFactor, ...(expiresIn !== undefined && { expiresInSeconds: expiresIn }), ...(audience !== undefined && { audience }) });
}

export const tokenCommand = (): Command =>
  new Command('token')
    .description('Mints an access token for a member of the demonstration, for trying things out.')
    .requiredOption('--as <member>', `the member's subject, for instance ${PERSONAS[0]?.subject}`)
    .option('--expires-in <seconds>', 'how long it holds; 0 or less makes one that has expired', Number)
    .option('--audience <audience>', 'another audience, to see it refused')
    .option('--no-second-factor', 'without the claim of a second factor, to see a person refused')
    .action(async (options: { as: string; expiresIn?: number; audience?: string; secondFactor: boolean }) => {
      if (options.expiresIn !== undefined && !Number.isFinite(options.expiresIn)) throw new Error('--expires-in takes a number of seconds');
      process.stdout.write(`${await mintToken(options.as, options)}\n`);
    });
