create extension if not exists pg_trgm;

-- The Russian configuration stems words in Cyrillic as Russian and words in Latin letters as English.
alter table movies add column search tsvector generated always as (
  setweight(to_tsvector('russian', title), 'A')
    || setweight(to_tsvector('russian', coalesce(title_original, '')), 'A')
    || setweight(to_tsvector('russian', coalesce(synopsis, '')), 'C')) stored;

alter table publications add column search tsvector generated always as (
  setweight(to_tsvector('russian', title), 'A') || setweight(to_tsvector('russian', text), 'C')) stored;

alter table persons add column full_name text generated always as (
  first_name || coalesce(' ' || mid_name, '') || ' ' || last_name) stored;

create index movies_by_words on movies using gin (search);
create index movies_by_letters on movies using gin (title gin_trgm_ops, title_original gin_trgm_ops);
create index publications_by_words on publications using gin (search);
create index persons_by_letters on persons using gin (full_name gin_trgm_ops);
