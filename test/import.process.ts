import { importCommand } from '../src/cli/import.ts';

// A process of its own, so that a test can kill it.
await importCommand().parseAsync(process.argv);
