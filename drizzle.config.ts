import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './src/**/*.table.ts',
  out: './drizzle',
  schemaFilter: ['comity'],
  entities: { roles: { provider: '', exclude: ['comity_app', 'comity_definer', 'comity_analyst', 'comity_owner', 'comity_migrator'] } },
  migrations: { prefix: 'index', schema: 'comity_migrations', table: 'applied' },
});
