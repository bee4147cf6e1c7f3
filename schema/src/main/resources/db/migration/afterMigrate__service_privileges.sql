-- Lets the service read and write rows when another role owns the schema. Flyway executes this after every migration.
--
-- The placeholder is the role that the service connects as, or a group of such roles. Nothing happens if that role owns the schema
-- itself. The service gets no other privilege: it cannot create, alter, drop or truncate a table, cannot disable a trigger, and does not see the
-- history of the migrations. Identity columns need no privilege on their sequences; LISTEN and NOTIFY need none either. All
-- functions run with the privileges of the caller, so a function can do only what the service may do itself.
do $service_privileges$
declare
  service      constant name := '${service_role}';
  owner_id     constant oid  := (select oid from pg_roles where rolname = current_user);
  namespace_id constant oid  := (select oid from pg_namespace where nspname = current_schema());
  owned        record;
begin
  if service = current_user then
    return;
  end if;
  -- Several services may start at the same time, and PostgreSQL rejects concurrent grants on one object.
  perform pg_advisory_xact_lock(hashtext('kinoteka service privileges'));
  if not has_schema_privilege(service, namespace_id, 'usage') then
    execute format('grant usage on schema %I to %I', current_schema(), service);
  end if;
  for owned in
    select oid::regclass as name
      from pg_class
     where relnamespace = namespace_id
       and relowner = owner_id
       and relkind in ('r', 'p')
       and relname not in ('flyway_schema_history', 'seed_ledger')
       and exists (select from unnest(array['select', 'insert', 'update', 'delete']) as privilege
                    where not has_table_privilege(service, pg_class.oid, privilege))
  loop
    execute format('grant select, insert, update, delete on %s to %I', owned.name, service);
  end loop;
  for owned in
    select oid::regprocedure as name
      from pg_proc
     where pronamespace = namespace_id
       and proowner = owner_id
       and prokind = 'f'
       and not has_function_privilege(service, pg_proc.oid, 'execute')
  loop
    execute format('grant execute on function %s to %I', owned.name, service);
  end loop;
end
$service_privileges$;
