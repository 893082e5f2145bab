#!/usr/bin/env node
import process from 'node:process';
import { Command } from 'commander';
import { clocksCommand } from './clocks.ts';
import { demoCommand } from './demo.ts';
import { generateCommand } from './generate.ts';
import { importCommand } from './import.ts';
import { lawCommand } from './law.ts';
import { memberCommand } from './member.ts';
import { migrateCommand } from './migrate.ts';
import { referenceCommand } from './reference.ts';
import { tokenCommand } from './token.ts';
import { verifyCommand } from './verify.ts';

const program = new Command('comity')
  .description('Case management for a coalition of independent prosecuting offices: commands for operators and for police records departments.')
  .showHelpAfterError()
  .addCommand(importCommand())
  .addCommand(tokenCommand())
  .addCommand(memberCommand())
  .addCommand(migrateCommand())
  .addCommand(referenceCommand())
  .addCommand(lawCommand())
  .addCommand(clocksCommand())
  .addCommand(demoCommand())
  .addCommand(verifyCommand())
  .addCommand(generateCommand(), { hidden: true });

program.parseAsync(process.argv).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
