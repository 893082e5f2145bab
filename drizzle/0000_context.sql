-- Makes the schema and the functions that read a transaction's context. Locks nothing. Way back: drop schema comity cascade.
create schema if not exists comity;--> statement-breakpoint
revoke all on schema comity from public;--> statement-breakpoint
alter default privileges in schema comity revoke execute on functions from public;--> statement-breakpoint
alter default privileges revoke execute on functions from public;--> statement-breakpoint
grant usage on schema comity to comity_app, comity_definer, comity_analyst;--> statement-breakpoint
grant create on schema comity to comity_definer;--> statement-breakpoint
-- Each answers null, and so shows nothing, where the context is missing: a setting that was local to an earlier
-- transaction reads as an empty text afterwards.
create function comity.member() returns uuid language sql stable parallel safe
  return nullif(current_setting('comity.member', true), '')::uuid;--> statement-breakpoint
create function comity.agency_id() returns uuid language sql stable parallel safe
  return nullif(current_setting('comity.agency', true), '')::uuid;--> statement-breakpoint
create function comity.viewers() returns uuid[] language sql stable parallel safe
  return nullif(current_setting('comity.viewers', true), '')::uuid[];--> statement-breakpoint
create function comity.role_facets() returns integer language sql stable parallel safe
  return coalesce(nullif(current_setting('comity.facets', true), '')::integer, 0);--> statement-breakpoint
grant execute on function comity.member(), comity.agency_id(), comity.viewers(), comity.role_facets() to comity_app, comity_definer;--> statement-breakpoint
-- The last word of every writing transaction: fails where this is not the transaction that set the mark.
create function comity.same_unit(mark text) returns void language plpgsql stable as $$
begin
  if mark is distinct from nullif(current_setting('comity.unit', true), '') then
    raise exception 'the transaction was lost' using errcode = 'CM500';
  end if;
end $$;--> statement-breakpoint
grant execute on function comity.same_unit(text) to comity_app;
