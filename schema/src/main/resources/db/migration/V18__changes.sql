-- Tells whoever listens on kinoteka_changes, once the transaction has committed, what it created, changed and deleted:
-- 'created {"kind":"comment","id":5,"movie_id":7}'. Orders are private and are not told.
--
-- Arguments: what happened, the kind, the columns that say which thing, and the columns that anybody may see: an update of
-- others is told to nobody, or a customer's every logging on would be public.
--
-- Of one kind a transaction tells 100 things at most. Beyond that it tells once that all of the kind may be concerned, since
-- PostgreSQL sends what one transaction says twice only once.
create function tell_changes() returns trigger language plpgsql as $$
declare
  event       constant text := tg_argv[0];
  kind        constant text := tg_argv[1];
  columns     constant text := tg_argv[2];
  seen        constant text := tg_argv[3];
  all_of_kind constant text := format('{"kind":"%s"}', kind);
  counter     constant text := 'kinoteka.changes_of_' || kind;
  told        integer := coalesce(nullif(current_setting(counter, true), ''), '0');
  things      text[];
begin
  if tg_op = 'TRUNCATE' or told > 100 then
    things := array[all_of_kind];
  else
    execute format(
      'select array_agg(json_strip_nulls(row_to_json(thing))) from (select %L as kind, * from (%s limit 101) as rows) as thing',
      kind, case
        when tg_op = 'INSERT' then format('select %s from new_rows', columns)
        when tg_op = 'DELETE' then format('select %s from old_rows', columns)
        when seen = '*' then format('select %1$s from old_rows union select %1$s from new_rows', columns)
        else format(
          'select %1$s from ((select %2$s from old_rows except select %2$s from new_rows) union
                             (select %2$s from new_rows except select %2$s from old_rows)) as seen', columns, seen)
      end) into things;
    told := told + coalesce(cardinality(things), 0);
    perform set_config(counter, told::text, true);
    if told > 100 then
      things := array[all_of_kind];
    end if;
  end if;
  perform pg_notify('kinoteka_changes', event || ' ' || thing) from unnest(things) as thing;
  return null;
end
$$;

do $$
declare
  told record;
  this record;
begin
  for told in values
    ('movies',                 'movie',       'id',                           '*'),
    ('persons',                'person',      'id',                           '*'),
    ('cinemas',                'cinema',      'id',                           '*'),
    ('awards',                 'award',       'id, movie_id, person_id',      '*'),
    ('customers',              'customer',    'id',                           'id, username, bio, created_at, deleted_at'),
    ('sessions',               'session',     'id',                           '*'),
    ('publications',           'publication', 'id',                           '*'),
    ('comments',               'comment',     'id, movie_id, publication_id', '*'),
    ('ratings',                'rating',      'id, movie_id, publication_id', '*'),
    ('movie_staff',            'staff',       'id, movie_id, person_id',      '*'),
    ('cinema_offers',          'offer',       'id, movie_id, cinema_id',      '*'),
    ('tags',                   'tag',         'id',                           '*'),
    ('positions',              'position',    'id',                           '*'),
    ('film_awards',            'film_award',  'id',                           '*'),
    ('nominations',            'nomination',  'id',                           '*'),
    ('publication_categories', 'category',    'id',                           '*'),
    ('movie_tags',             'movie',       'movie_id as id',               '*'),
    ('publication_tags',       'publication', 'publication_id as id',         '*')
  loop
    for this in values
      ('insert',   'created', 'referencing new table as new_rows'),
      ('update',   'changed', 'referencing old table as old_rows new table as new_rows'),
      ('delete',   'deleted', 'referencing old table as old_rows'),
      ('truncate', 'deleted', '')
    loop
      execute format(
        'create trigger changes_are_told_of_%s after %1$s on %I %s for each statement execute function tell_changes(%L, %L, %L, %L)',
        this.column1, told.column1, this.column3,
        -- A movie that gets another tag is a changed movie.
        case when told.column3 like '% as id' then 'changed' else this.column2 end,
        told.column2, told.column3, told.column4);
    end loop;
  end loop;
end
$$;
