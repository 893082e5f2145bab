import process from 'node:process';
import { Command } from 'commander';
import { configFrom } from '../config.ts';
import { demonstrate } from './demonstration.ts';
import { installationOf, migratorOf } from './installation.ts';

export const demoCommand = (): Command =>
  new Command('demo')
    .description('Fills an empty database with a coalition of invented people and referrals. Needs DATABASE_URL and DATABASE_OWNER_URL, or the embedded database.')
    .action(async () => {
      const installation = await installationOf(configFrom(process.env), { join: true });
      try {
        const { members, referrals } = await demonstrate({ app: installation.app, migrator: migratorOf(installation) });
        process.stdout.write(`${members} members and ${referrals} referrals are in.\n`);
      } finally {
        await installation.close();
      }
    });
