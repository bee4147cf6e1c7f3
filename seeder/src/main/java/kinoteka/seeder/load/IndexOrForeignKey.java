package kinoteka.seeder.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * An index or a foreign key. It is dropped before a bulk load and created again after it, which takes a fraction of the time of
 * maintaining it row by row.
 *
 * @param name for the progress report
 */
record IndexOrForeignKey(String name, String dropSql, String createSql) {

    /** Returns the indexes of a table, then its foreign keys. Indexes of primary keys and unique constraints are not returned. */
    static List<IndexOrForeignKey> of(String table, Connection connection) throws SQLException {
        List<IndexOrForeignKey> found = new ArrayList<>();
        found.addAll(read(connection, table, """
                select 'index ' || c.relname,
                       format('drop index %s', c.oid::regclass),
                       pg_get_indexdef(c.oid)
                  from pg_index i
                  join pg_class c on c.oid = i.indexrelid
                 where i.indrelid = ?::regclass
                   and not exists (select from pg_constraint k where k.conindid = c.oid and k.contype in ('p', 'u', 'x'))
                 order by c.relname
                """));
        found.addAll(read(connection, table, """
                select 'foreign key ' || conname,
                       format('alter table %s drop constraint %I', conrelid::regclass, conname),
                       format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
                  from pg_constraint
                 where conrelid = ?::regclass and contype = 'f'
                 order by conname
                """));
        return found;
    }

    private static List<IndexOrForeignKey> read(Connection connection, String table, String sql) throws SQLException {
        try (var query = connection.prepareStatement(sql)) {
            query.setString(1, table);
            List<IndexOrForeignKey> found = new ArrayList<>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(new IndexOrForeignKey(rows.getString(1), rows.getString(2), rows.getString(3)));
                }
            }
            return found;
        }
    }
}
