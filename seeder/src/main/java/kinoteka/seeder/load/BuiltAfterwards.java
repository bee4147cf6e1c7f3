package kinoteka.seeder.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * An index or a foreign key that is taken away for a load and built when the rows are there, which takes a fraction of the
 * time of keeping it up to date row by row.
 *
 * @param name as PostgreSQL knows it
 */
record BuiltAfterwards(String name, String drop, String build) {

    /** Indexes first, foreign keys last. What a primary key or a unique constraint stands on stays. */
    static List<BuiltAfterwards> of(String table, Connection connection) throws SQLException {
        List<BuiltAfterwards> found = new ArrayList<>();
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

    private static List<BuiltAfterwards> read(Connection connection, String table, String sql) throws SQLException {
        try (var query = connection.prepareStatement(sql)) {
            query.setString(1, table);
            List<BuiltAfterwards> found = new ArrayList<>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(new BuiltAfterwards(rows.getString(1), rows.getString(2), rows.getString(3)));
                }
            }
            return found;
        }
    }
}
