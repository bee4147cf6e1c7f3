package kinoteka.catalog.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.RealPostgres;
import org.junit.jupiter.api.Test;

@CatalogIT
class IndexesIT {

    /**
     * The first columns of an index must be columns of the foreign key that identify one row of the other table: further
     * columns of the key follow from them. A partial index on the rows that have the key is sufficient.
     */
    @Test
    void everyForeignKeyIsIndexed() throws SQLException {
        var unindexed = RealPostgres.ask("""
                select coalesce(string_agg(k.conname, ', ' order by k.conname), 'none')
                  from pg_constraint k
                 where k.contype = 'f' and k.connamespace = 'public'::regnamespace
                   and not exists (
                     select from pg_index i
                       cross join generate_series(1, i.indnkeyatts) as n
                       cross join lateral (
                         select array_agg(c) as referring, array_agg(k.confkey[array_position(k.conkey, c)]) as referred
                           from unnest((i.indkey::smallint[])[0:n - 1]) c) as first_columns
                      where i.indrelid = k.conrelid
                        and referring <@ k.conkey
                        and exists (
                          select from pg_index u
                           where u.indrelid = k.confrelid and u.indisunique and u.indpred is null
                             and (u.indkey::smallint[])[0:u.indnkeyatts - 1] <@ referred))
                """);

        assertThat(unindexed).as("foreign keys without an index").isEqualTo("none");
    }

    /**
     * An index repeats another one if its columns are the first columns of the other, or if its first columns are unique
     * already: an index can be read backwards, so the direction does not matter.
     */
    @Test
    void noIndexRepeatsAnother() throws SQLException {
        var repeated = RealPostgres.ask("""
                with indexes as (
                  select i.indexrelid, i.indrelid, i.indisunique, pg_get_expr(i.indpred, i.indrelid) as predicate, c.relam,
                         exists (select from pg_constraint k where k.conindid = i.indexrelid) as is_constraint,
                         array(select translate(pg_get_indexdef(i.indexrelid, n, true), '()- ', '')
                                 from generate_series(1, i.indnkeyatts) as n) as columns
                    from pg_index i
                    join pg_class c on c.oid = i.indexrelid and c.relnamespace = 'public'::regnamespace
                )
                select coalesce(string_agg(a.indexrelid::regclass || ' repeats ' || b.indexrelid::regclass, ', '), 'none')
                  from indexes a
                  join indexes b on b.indrelid = a.indrelid and b.indexrelid <> a.indexrelid and b.relam = a.relam
                 where not a.is_constraint
                   and (b.predicate is null or b.predicate is not distinct from a.predicate)
                   and (a.columns = b.columns[1:cardinality(a.columns)]
                        or b.indisunique and b.columns = a.columns[1:cardinality(b.columns)])
                """);

        assertThat(repeated).isEqualTo("none");
    }
}
