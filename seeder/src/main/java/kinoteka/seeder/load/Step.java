package kinoteka.seeder.load;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import kinoteka.seeder.rows.Rows;

/**
 * Fills one empty table, in one transaction, once per database.
 *
 * @param derivedUpdates updates of other tables that depend on the new rows
 */
public record Step(String table, RowsSource source, List<DerivedUpdate> derivedUpdates) {

    /** Provides rows that may refer to rows of other tables; called in the transaction that writes them. */
    public interface RowsSource {
        Rows rows() throws SQLException;
    }

    /** Updates a table once, where a trigger would have updated it for every row. */
    public record DerivedUpdate(String table, String sql) {}

    public Step {
        derivedUpdates = List.copyOf(derivedUpdates);
    }

    public Step(String table, RowsSource source) {
        this(table, source, List.of());
    }

    /** Returns the number of rows that were written. */
    int run(TableLoad load) throws SQLException {
        load.lock(table);
        load.requireEmpty(table);
        Rows rows = source.rows();
        load.changeInBulk(table, rows.count(), () -> load.copy(table, rows));
        load.setLastId(table, rows.count());
        for (DerivedUpdate update : derivedUpdates) {
            load.lock(update.table);
            load.changeInBulk(update.table, 0, () -> load.execute(update.sql));
        }
        return rows.count();
    }

    /** Returns the tables whose rows change. */
    List<String> changedTables() {
        List<String> tables = new ArrayList<>(List.of(table));
        derivedUpdates.forEach(update -> tables.add(update.table));
        return tables;
    }
}
