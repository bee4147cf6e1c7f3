-- The roles of people and of monitoring, in the database of the library. Run again, it changes nothing that is right. Variables: owner,
-- database, analysts (names separated by commas), monitoring_password.
begin;
select 'create role analytic nologin' where not exists (select from pg_roles where rolname = 'analytic') \gexec
alter role monitoring password :'monitoring_password' connection limit 5;
grant pg_monitor to monitoring;
grant connect on database :"database" to monitoring, analytic;
alter role analytic set default_transaction_read_only = on;

-- PostgreSQL 15 lets nobody but the owner create tables in a new database's schema `public`; older ones let everybody.
revoke create on schema public from public;
-- Everybody may create large objects otherwise, without limit.
revoke execute on function lo_creat(integer), lo_create(oid), lo_from_bytea(oid, bytea) from public;
grant usage on schema public to analytic;

-- Analysts read all columns of all tables, with two exceptions. Of customers they read what everybody may see, and nothing that a later
-- migration adds. The stored responses of idempotency_keys may contain anything.
revoke all on all tables in schema public from analytic;
select format('grant select on %I to analytic', tablename)
  from pg_tables
 where schemaname = 'public' and tablename not in ('customers', 'idempotency_keys') \gexec
select 'grant select (id, username, bio, created_at, deleted_at) on customers to analytic'
 where to_regclass('public.customers') is not null \gexec

-- An analyst is a login in the group. Logins that the setting does not name any more are locked, and their sessions ended.
select format('create role %I login in role analytic connection limit 3', name)
  from unnest(string_to_array(nullif(:'analysts', ''), ',')) as name
 where not exists (select from pg_roles where rolname = name) \gexec
select format('alter role %I login', name)
  from unnest(string_to_array(nullif(:'analysts', ''), ',')) as name
  join pg_roles on rolname = name and not rolcanlogin \gexec
-- Only superusers can change the last limit. The others keep mistakes small.
select format('alter role %I set %s', name, setting)
  from unnest(string_to_array(nullif(:'analysts', ''), ',')) as name,
       unnest(array[$$default_transaction_read_only = on$$, $$statement_timeout = '10min'$$,
                    $$idle_in_transaction_session_timeout = '1min'$$, $$temp_file_limit = '1GB'$$]) as setting \gexec
select format('alter role %1$I nologin password null', member.rolname), format('revoke all on customers from %I', member.rolname)
  from pg_auth_members join pg_roles member on member.oid = member join pg_roles granted on granted.oid = roleid
 where granted.rolname = 'analytic' and member.rolcanlogin
   and member.rolname <> all (coalesce(string_to_array(nullif(:'analysts', ''), ','), '{}')) \gexec
commit;
select count(pg_terminate_backend(pid)) from pg_stat_activity join pg_roles on rolname = usename where not rolcanlogin;
create extension if not exists pg_stat_statements;
