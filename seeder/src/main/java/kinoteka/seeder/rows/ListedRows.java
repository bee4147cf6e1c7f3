package kinoteka.seeder.rows;

import java.util.List;

/**
 * Rows that were written down one by one.
 *
 * @param columns the id and then those that are listed
 */
public record ListedRows(String columns, List<List<String>> listed) implements Rows {

    public ListedRows {
        listed = List.copyOf(listed);
    }

    @Override
    public int count() {
        return listed.size();
    }

    @Override
    public void write(long id, CopyText row) {
        row.field(id);
        listed.get((int) id - 1).forEach(row::field);
        row.endRow();
    }
}
