package kinoteka.seeder.load;

import java.sql.SQLException;
import java.util.List;
import kinoteka.seeder.rows.Rows;

/**
 * Fills columns of rows that may have been seeded before the schema had these columns.
 *
 * @param column one of the columns
 * @param update copies the columns from the temporary table {@code completion} to the table
 */
public record FillColumns(String name, String table, String column, RowsSource source, String update) implements Step {

    @Override
    public boolean isPossibleIn(DatabaseSchema schema) throws SQLException {
        return schema.hasColumn(table, column);
    }

    @Override
    public int run(TableLoad load) throws SQLException {
        load.lock(table);
        Rows rows = source.rows();
        load.execute("create temporary table completion on commit drop as select " + rows.columns() + " from " + table
                + " with no data");
        load.copy(name, "completion", rows);
        load.execute("analyze completion");
        load.changeInBulk(table, rows.count(), () -> load.execute(update));
        return rows.count();
    }

    @Override
    public List<String> tables() {
        return List.of(table);
    }
}
