-- The lock makes the check reliable when the account is being closed at the same moment: either this transaction waits for
-- the closing one and sees the closed account, or the closing transaction waits until this one has ended.
create function require_open_account(customer bigint, written_table text) returns void language plpgsql as $$
declare
  closed_at timestamptz;
begin
  select deleted_at into closed_at from customers where id = customer for share;
  if closed_at is not null then
    raise exception 'the account of customer % is closed', customer
      using errcode = 'check_violation', constraint = 'customer_account_is_open', table = written_table;
  end if;
end
$$;

-- Rejects rows that would be added for a closed account, and changes and deletions of rows that belong to one. The argument
-- of the trigger is the column that refers to the customer.
--
-- Moderators may change and delete the rows of a closed account, but not add any. A transaction of a moderator begins with
--   set local kinoteka.moderation = 'on';
create function require_open_account_of_owner() returns trigger language plpgsql as $$
declare
  owner          bigint;
  previous_owner bigint;
begin
  if tg_op in ('UPDATE', 'DELETE') then
    execute format('select ($1).%I', tg_argv[0]) into previous_owner using old;
    if current_setting('kinoteka.moderation', true) is distinct from 'on' then
      perform require_open_account(previous_owner, tg_table_name);
    end if;
  end if;
  if tg_op = 'DELETE' then
    return old;
  end if;
  execute format('select ($1).%I', tg_argv[0]) into owner using new;
  if owner is distinct from previous_owner then
    perform require_open_account(owner, tg_table_name);
  end if;
  return new;
end
$$;

-- Only columns that a customer writes are listed: a closed account does not prevent a movie from being renamed, which changes
-- its sessions, or a publication from being rated.
create trigger require_open_account before insert or update of customer_id on sessions
  for each row execute function require_open_account_of_owner('customer_id');
create trigger require_open_account before insert or update of customer_id, price on orders
  for each row execute function require_open_account_of_owner('customer_id');
create trigger require_open_account before insert or update of customer_id, text on comments
  for each row execute function require_open_account_of_owner('customer_id');
create trigger require_open_account before insert or update of customer_id, stars on ratings
  for each row execute function require_open_account_of_owner('customer_id');
create trigger require_open_account before insert or update of author_id, title, text, category_id on publications
  for each row execute function require_open_account_of_owner('author_id');

-- A row that is deleted together with its movie, publication or customer is not deleted by its owner: the foreign keys delete
-- it from within a trigger.
create trigger require_open_account_to_delete before delete on sessions
  for each row when (pg_trigger_depth() = 0) execute function require_open_account_of_owner('customer_id');
create trigger require_open_account_to_delete before delete on orders
  for each row when (pg_trigger_depth() = 0) execute function require_open_account_of_owner('customer_id');
create trigger require_open_account_to_delete before delete on comments
  for each row when (pg_trigger_depth() = 0) execute function require_open_account_of_owner('customer_id');
create trigger require_open_account_to_delete before delete on ratings
  for each row when (pg_trigger_depth() = 0) execute function require_open_account_of_owner('customer_id');
create trigger require_open_account_to_delete before delete on publications
  for each row when (pg_trigger_depth() = 0) execute function require_open_account_of_owner('author_id');
