package kinoteka.seeder.load;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import kinoteka.seeder.rows.Rows;

/**
 * An empty table is filled, and others are told.
 *
 * @param consequences what follows in other tables
 */
public record Fill(String table, Source source, List<Consequence> consequences) implements Step {

    /** What a trigger would have done row by row. */
    public record Consequence(String table, String update) {}

    public Fill {
        consequences = List.copyOf(consequences);
    }

    public Fill(String table, Source source) {
        this(table, source, List.of());
    }

    @Override
    public String name() {
        return table;
    }

    @Override
    public boolean fits(Schema schema) throws SQLException {
        return schema.has(table);
    }

    @Override
    public int take(TableLoad load) throws SQLException {
        load.lock(table);
        load.refuseUnlessEmpty(table);
        Rows rows = source.rows();
        load.change(table, rows.count(), () -> load.copy(table, table, rows));
        load.countOnFrom(table, rows.count());
        for (Consequence one : consequences) {
            load.lock(one.table);
            load.change(one.table, 0, () -> load.execute(one.update));
        }
        return rows.count();
    }

    @Override
    public List<String> tables() {
        List<String> tables = new ArrayList<>(List.of(table));
        consequences.forEach(one -> tables.add(one.table));
        return tables;
    }
}
