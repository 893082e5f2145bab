-- Makes Comity's roles and its database's rules. Run once by a superuser (or a role with CREATEROLE) in the database
-- that Comity is to use; running it again changes nothing. Then give the two login roles their passwords:
--   alter role comity_migrator password '…';  alter role comity_app password '…';
do $$
declare made text;
begin
  foreach made in array array['comity_owner', 'comity_definer', 'comity_analyst', 'comity_migrator', 'comity_app'] loop
    if not exists (select from pg_roles where rolname = made) then
      execute format('create role %I', made);
    end if;
  end loop;
end $$;

-- Owns the schema; under FORCE ROW LEVEL SECURITY it reads no case.
alter role comity_owner nologin noinherit nobypassrls nocreatedb nocreaterole;
-- Owns the functions that decide and prove.
alter role comity_definer nologin noinherit nobypassrls nocreatedb nocreaterole;
-- May execute the statistics functions and nothing else.
alter role comity_analyst nologin noinherit nobypassrls nocreatedb nocreaterole;
-- Runs migrations and loads reference data.
alter role comity_migrator login inherit nobypassrls nocreatedb nocreaterole;
-- Serves. Not an owner, no definition of tables, and it must step into the analyst's role by name. Ten leases for each of six
-- processes: raise the limit with the fleet, and keep it below max_connections.
alter role comity_app login noinherit nobypassrls nocreatedb nocreaterole connection limit 60;

grant comity_owner, comity_definer to comity_migrator;
grant comity_analyst to comity_app;

alter role comity_app set statement_timeout = '3s';
alter role comity_app set lock_timeout = '2s';
alter role comity_app set idle_in_transaction_session_timeout = '5s';
alter role comity_app set search_path = comity, pg_catalog;
alter role comity_app set row_security = on;
-- Compiling a plan with the policies' sentence takes longer than running it.
alter role comity_app set jit = off;
-- Planning it costs more than running it too: a generic plan is planned once a connection.
alter role comity_app set plan_cache_mode = force_generic_plan;
alter role comity_app set timezone = 'UTC';
alter role comity_migrator set timezone = 'UTC';

revoke all on schema public from public;
do $$
begin
  execute format('revoke temporary on database %I from public', current_database());
  execute format('grant create on database %I to comity_owner, comity_migrator', current_database());
end $$;
