package kinoteka.seeder.load;

import java.sql.SQLException;
import java.util.List;
import kinoteka.seeder.rows.Rows;

/**
 * Rows that were seeded before the schema had these columns are completed.
 *
 * @param column one of those that the schema must have
 * @param update writes what is in the temporary table {@code completion} to the table
 */
public record Completion(String name, String table, String column, Source source, String update) implements Step {

    @Override
    public boolean fits(Schema schema) throws SQLException {
        return schema.has(table, column);
    }

    @Override
    public int take(TableLoad load) throws SQLException {
        load.lock(table);
        Rows rows = source.rows();
        load.execute("create temporary table completion on commit drop as select " + rows.columns() + " from " + table
                + " with no data");
        load.copy(name, "completion", rows);
        load.execute("analyze completion");
        load.change(table, rows.count(), () -> load.execute(update));
        return rows.count();
    }

    @Override
    public List<String> tables() {
        return List.of(table);
    }
}
