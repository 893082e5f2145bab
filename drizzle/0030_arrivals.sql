-- Who sees cases that have just arrived is computed case by case, as for every other act: asked of many at once, the views were
-- joined over all cases there are. Locks nothing. Way back: as comity_definer, create first_sight as in 0025 and set plan_cache_mode
-- of receive_referral and receive_referrals to force_generic_plan.
set role comity_definer;--> statement-breakpoint
create or replace function comity.first_sight(p_cases uuid[]) returns void
language plpgsql security definer set search_path = comity, pg_catalog as $$
declare
  arrived uuid;
begin
  foreach arrived in array p_cases loop
    perform comity.compute_sight(arrived);
  end loop;
end $$;--> statement-breakpoint
alter function comity.receive_referral(jsonb) reset plan_cache_mode;--> statement-breakpoint
alter function comity.receive_referrals(jsonb) reset plan_cache_mode;--> statement-breakpoint
set role comity_owner;
