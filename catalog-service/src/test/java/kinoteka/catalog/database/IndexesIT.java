package kinoteka.catalog.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.RealPostgres;
import org.junit.jupiter.api.Test;

@CatalogIT
class IndexesIT {

    /** An index whose first columns are those of the key, in any order; one on the rows that have the key will do. */
    @Test
    void everyForeignKeyIsIndexed() throws SQLException {
        var unindexed = RealPostgres.ask("""
                select coalesce(string_agg(k.conname, ', ' order by k.conname), 'none')
                  from pg_constraint k
                 where k.contype = 'f' and k.connamespace = 'public'::regnamespace
                   and not exists (
                     select from pg_index i
                      where i.indrelid = k.conrelid
                        and (select array_agg(c::int order by c)
                               from unnest((i.indkey::smallint[])[0:cardinality(k.conkey) - 1]) c)
                          = (select array_agg(c::int order by c) from unnest(k.conkey) c))
                """);

        assertThat(unindexed).as("foreign keys without an index").isEqualTo("none");
    }
}
