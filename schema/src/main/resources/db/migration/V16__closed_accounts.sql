-- A closed account is not listed, and does nothing more.
drop index customers_in_list_order;
create index customers_in_list_order on customers (username, id) include (created_at) where deleted_at is null;

create function refuse_closed_accounts() returns trigger language plpgsql as $$
declare
  customer bigint := to_jsonb(new) ->> tg_argv[0];
begin
  if exists (select from customers where id = customer and deleted_at is not null) then
    raise exception 'the account of customer % is closed', customer
      using errcode = 'check_violation', constraint = 'customer_account_is_open', table = tg_table_name;
  end if;
  return new;
end
$$;

create trigger customer_account_is_open before insert on sessions
  for each row execute function refuse_closed_accounts('customer_id');
create trigger customer_account_is_open before insert on orders
  for each row execute function refuse_closed_accounts('customer_id');
create trigger customer_account_is_open before insert on comments
  for each row execute function refuse_closed_accounts('customer_id');
create trigger customer_account_is_open before insert on ratings
  for each row execute function refuse_closed_accounts('customer_id');
create trigger customer_account_is_open before insert on publications
  for each row execute function refuse_closed_accounts('author_id');

-- A deleted comment keeps its place, so that the answers to it stay; its text and its author go.
alter table comments
  add column deleted_at timestamptz,
  alter column text drop not null,
  add constraint comment_has_a_text_until_deleted check ((text is null) = (deleted_at is not null)),
  drop constraint comment_replies_about_the_same_thing,
  add constraint comment_replies_about_the_same_thing foreign key (parent_id, thing) references comments (id, thing);
