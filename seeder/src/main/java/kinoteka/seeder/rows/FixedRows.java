package kinoteka.seeder.rows;

import java.util.List;

/**
 * Rows from a list.
 *
 * @param columns the id, followed by a column for each value
 * @param values the values of each row, without its id
 */
public record FixedRows(String columns, List<List<String>> values) implements Rows {

    public FixedRows {
        values = List.copyOf(values);
    }

    @Override
    public int count() {
        return values.size();
    }

    @Override
    public void write(long id, CopyText row) {
        row.field(id);
        values.get((int) id - 1).forEach(row::field);
        row.endRow();
    }
}
