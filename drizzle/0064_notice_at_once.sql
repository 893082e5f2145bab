-- A notice that is recorded at the very moment at which all that it can be about is placed in a compartment goes there too: it waits for the placing, and is judged by what stands then. Locks victim_notices for the
-- moment of a trigger. Way back: drop the trigger and, as comity_definer, the function.
set role comity_definer;--> statement-breakpoint
create function comity.notice_placed() returns trigger
language plpgsql security definer set search_path = comity, pg_catalog as $$
begin
  perform 1 from comity.trail_heads t where t.case_id = new.case_id and t.chain = 'CASE' for update;
  new.needs := new.needs | comity.notice_apart(new.case_id, new.kind, new.sent_on);
  return new;
end $$;--> statement-breakpoint
grant execute on function comity.notice_placed() to comity_owner;--> statement-breakpoint
set role comity_owner;--> statement-breakpoint
create trigger victim_notices_placed before insert on comity.victim_notices for each row
  when (current_user = 'comity_app' and new.decision_id is null and new.kind not in ('RIGHTS_FORM', 'OPT_OUT', 'OPT_IN')) execute function comity.notice_placed();--> statement-breakpoint
revoke execute on function comity.notice_placed() from comity_owner;
