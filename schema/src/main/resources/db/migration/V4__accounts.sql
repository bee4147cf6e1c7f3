alter table customers
  add column bio           text,
  add column password_hash text,
  add column last_logon_at timestamptz,
  add column deleted_at    timestamptz,

  add constraint customer_bio_up_to_10000_characters check (char_length(bio) <= 10000),
  add constraint customer_closed_after_opened check (deleted_at >= created_at),
  add constraint customer_born_before_opening check (birthday < (created_at at time zone 'UTC')::date);

comment on column customers.password_hash is 'With the name of its algorithm, {id}hash; null for whom nobody can log in as';
comment on column customers.deleted_at is 'When the account was closed; its name stays taken';
