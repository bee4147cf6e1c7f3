create extension if not exists pg_trgm;

-- The configuration "russian" stems Cyrillic words as Russian and Latin words as English.
alter table movies add column search tsvector generated always as (
  setweight(to_tsvector('russian', title), 'A')
    || setweight(to_tsvector('russian', coalesce(title_original, '')), 'A')
    || setweight(to_tsvector('russian', coalesce(synopsis, '')), 'C')) stored;

alter table publications add column search tsvector generated always as (
  setweight(to_tsvector('russian', title), 'A') || setweight(to_tsvector('russian', text), 'C')) stored;

alter table persons add column full_name text generated always as (
  first_name || coalesce(' ' || mid_name, '') || ' ' || last_name) stored;

-- Words are found by full-text search; misspelt titles and names are found by the similarity of their trigrams.
create index movies_by_words on movies using gin (search);
create index movies_by_trigrams on movies using gin (title gin_trgm_ops, title_original gin_trgm_ops);
create index publications_by_words on publications using gin (search);
create index persons_by_trigrams on persons using gin (full_name gin_trgm_ops);
