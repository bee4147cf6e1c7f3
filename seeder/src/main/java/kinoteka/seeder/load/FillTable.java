package kinoteka.seeder.load;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import kinoteka.seeder.rows.Rows;

/**
 * Fills an empty table.
 *
 * @param derivedUpdates updates of other tables that depend on the new rows
 */
public record FillTable(String table, RowsSource source, List<DerivedUpdate> derivedUpdates) implements Step {

    /** Updates a table once, where a trigger would have updated it for every row. */
    public record DerivedUpdate(String table, String sql) {}

    public FillTable {
        derivedUpdates = List.copyOf(derivedUpdates);
    }

    public FillTable(String table, RowsSource source) {
        this(table, source, List.of());
    }

    @Override
    public String name() {
        return table;
    }

    @Override
    public boolean isPossibleIn(DatabaseSchema schema) throws SQLException {
        return schema.hasTable(table);
    }

    @Override
    public int run(TableLoad load) throws SQLException {
        load.lock(table);
        load.requireEmpty(table);
        Rows rows = source.rows();
        load.changeInBulk(table, rows.count(), () -> load.copy(table, table, rows));
        load.setLastId(table, rows.count());
        for (DerivedUpdate update : derivedUpdates) {
            load.lock(update.table);
            load.changeInBulk(update.table, 0, () -> load.execute(update.sql));
        }
        return rows.count();
    }

    @Override
    public List<String> tables() {
        List<String> tables = new ArrayList<>(List.of(table));
        derivedUpdates.forEach(update -> tables.add(update.table));
        return tables;
    }
}
