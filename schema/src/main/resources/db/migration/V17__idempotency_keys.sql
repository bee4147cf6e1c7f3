create table idempotency_keys (
  caller      text        not null,
  key         text        not null,
  fingerprint bytea       not null,
  answer      text,
  created_at  timestamptz not null default now(),

  constraint idempotency_keys_pkey primary key (caller, key),
  constraint idempotency_key_between_1_and_255_characters check (char_length(key) between 1 and 255)
);

create index idempotency_keys_by_age on idempotency_keys (created_at);

comment on table idempotency_keys is 'What clients asked to happen once, and what they were answered; kept for a day';
comment on column idempotency_keys.caller is 'The subject of the token';
comment on column idempotency_keys.fingerprint is 'SHA-256 of what was asked for';
