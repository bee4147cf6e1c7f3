create table idempotency_keys (
  caller      text        not null,
  key         text        not null,
  fingerprint bytea       not null,
  answer      text,
  created_at  timestamptz not null default now(),

  constraint idempotency_keys_pkey primary key (caller, key),
  constraint idempotency_key_has_1_to_255_characters check (char_length(key) between 1 and 255)
);

create index idempotency_keys_by_age on idempotency_keys (created_at);

comment on table idempotency_keys is 'Requests with an Idempotency-Key and the responses to them; kept for a day';
comment on column idempotency_keys.caller is 'The subject of the token';
comment on column idempotency_keys.fingerprint is 'The SHA-256 hash of the request';
