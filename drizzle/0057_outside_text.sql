-- How many charges pin a text of law that is not in force, as it stands on file, on all days of their offence: counsel is told before a text is ended beneath them. Adds
-- a function; locks no table. Way back: as comity_definer drop it.
-- By hand:
set role comity_definer;--> statement-breakpoint
create function comity.outside_text(p_version uuid) returns bigint
language sql stable security definer set search_path = comity, pg_catalog
return (select count(*) from comity.charges h join comity.cases c on c.id = h.case_id join comity.statute_versions v on v.id = h.statute_version_id
  where h.statute_version_id = p_version and h.state <> 'WITHDRAWN' and c.stage not in ('CLOSED', 'MERGED')
    and (h.offence_on < v.valid_from or greatest(h.offence_on, h.offence_until, h.offence_days[cardinality(h.offence_days)]) > v.valid_to));--> statement-breakpoint
revoke execute on function comity.outside_text(uuid) from public;--> statement-breakpoint
grant execute on function comity.outside_text(uuid) to comity_owner;--> statement-breakpoint
set role comity_owner;
