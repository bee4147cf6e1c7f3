create table idempotency_keys (
  caller      text        not null,
  key         text        not null,
  fingerprint bytea       not null,
  status      smallint    not null,
  headers     text[]      not null,
  body        bytea       not null,
  created_at  timestamptz not null default now(),

  constraint idempotency_keys_pkey primary key (caller, key),
  constraint idempotency_key_has_1_to_255_characters check (char_length(key) between 1 and 255),
  constraint idempotency_key_status_is_200_to_299 check (status between 200 and 299)
);

create index idempotency_keys_by_age on idempotency_keys (created_at);

comment on table idempotency_keys is 'Requests with an Idempotency-Key and the responses to them; kept for a day';
comment on column idempotency_keys.caller is 'The subject of the token';
comment on column idempotency_keys.fingerprint is 'The SHA-256 hash of the method, the path and the body of the request';
comment on column idempotency_keys.headers is 'The headers of the response, one "Name: value" each';
comment on column idempotency_keys.body is 'The body of the response, as it was sent';
