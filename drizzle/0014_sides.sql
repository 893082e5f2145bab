-- Keeps in the tables themselves what the acts keep already: an invitation opens nothing that is no other office's, and who
-- reads the trial team's notes is never on the filter team of the same case, before or after. Locks responsibilities while its
-- rows are checked. Way back: drop the constraint, and as comity_definer create refuse_other_side as before.
ALTER TABLE "comity"."responsibilities" ADD CONSTRAINT "responsibilities_facets" CHECK ("comity"."responsibilities"."facets" & 1 = 1 and "comity"."responsibilities"."facets" & ~255 = 0);--> statement-breakpoint
set role comity_definer;--> statement-breakpoint
-- The filter team and all who work on the trial exclude each other for ever on one case, whoever leads it and whoever may see its past teams.
create or replace function comity.refuse_other_side() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  if exists (select 1 from comity.assignments a where a.case_id = new.case_id and a.member_id = new.member_id and (a.role = 'FILTER') <> (new.role = 'FILTER')) then
    raise exception 'Trial team and filter team exclude each other for ever on one case.' using errcode = 'CM409';
  end if;
  return new;
end $$;--> statement-breakpoint
set role comity_owner;
