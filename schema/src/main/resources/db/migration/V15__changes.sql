-- Notifies the listeners of the channel kinoteka_changes of created, changed and deleted rows, for example
--   created {"kind":"comment","id":5,"movie_id":7}
-- PostgreSQL sends the notifications when the transaction commits.
--
-- Arguments of the trigger:
--   1. the event
--   2. the kind of the thing
--   3. the columns that identify the thing and what it belongs to
--   4. the public columns, or *: an update that changes no public column sends no notification, because otherwise everybody
--      could observe, for example, when a customer logs in
--
-- A transaction sends at most 100 notifications of a kind. If it changes more rows, it sends one further notification without
-- an id, which stands for all things of the kind; PostgreSQL drops duplicates within a transaction.
create function notify_changes() returns trigger language plpgsql as $$
declare
  event          constant text := tg_argv[0];
  kind           constant text := tg_argv[1];
  id_columns     constant text := tg_argv[2];
  public_columns constant text := tg_argv[3];
  all_of_kind    constant text := format('{"kind":"%s"}', kind);
  counter        constant text := 'kinoteka.notified_' || kind;
  notified       integer := coalesce(nullif(current_setting(counter, true), ''), '0');
  changed_rows   text;
  things         text[];
begin
  if tg_op = 'TRUNCATE' or notified > 100 then
    things := array[all_of_kind];
  else
    changed_rows := case
      when tg_op = 'INSERT' then format('select %s from new_rows', id_columns)
      when tg_op = 'DELETE' then format('select %s from old_rows', id_columns)
      when public_columns = '*' then format('select %1$s from old_rows union select %1$s from new_rows', id_columns)
      else format(
        'select %1$s from ((select %2$s from old_rows except select %2$s from new_rows) union
                           (select %2$s from new_rows except select %2$s from old_rows)) as changed',
        id_columns, public_columns)
    end;
    execute format(
      'select array_agg(json_strip_nulls(row_to_json(thing)))
         from (select %L as kind, * from (%s limit 101) as changed_rows) as thing',
      kind, changed_rows) into things;
    notified := notified + coalesce(cardinality(things), 0);
    perform set_config(counter, notified::text, true);
    if notified > 100 then
      things := array[all_of_kind];
    end if;
  end if;
  perform pg_notify('kinoteka_changes', event || ' ' || thing) from unnest(things) as thing;
  return null;
end
$$;

-- Orders are private, so there are no triggers on the table orders.
do $$
declare
  observed  record;
  operation record;
begin
  for observed in
    select * from (values
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
      -- A movie that gets or loses a tag is a changed movie, and so is a publication.
      ('movie_tags',             'movie',       'movie_id as id',               '*'),
      ('publication_tags',       'publication', 'publication_id as id',         '*')
    ) as list (table_name, kind, id_columns, public_columns)
  loop
    for operation in
      select * from (values
        ('insert',   'created', 'referencing new table as new_rows'),
        ('update',   'changed', 'referencing old table as old_rows new table as new_rows'),
        ('delete',   'deleted', 'referencing old table as old_rows'),
        ('truncate', 'deleted', '')
      ) as list (name, event, transition_tables)
    loop
      execute format(
        'create trigger notify_of_%s after %1$s on %I %s for each statement execute function notify_changes(%L, %L, %L, %L)',
        operation.name, observed.table_name, operation.transition_tables,
        case when observed.id_columns like '% as id' then 'changed' else operation.event end,
        observed.kind, observed.id_columns, observed.public_columns);
    end loop;
  end loop;
end
$$;
