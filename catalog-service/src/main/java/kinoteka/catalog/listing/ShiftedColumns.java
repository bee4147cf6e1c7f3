package kinoteka.catalog.listing;

import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;

/**
 * A row without its first columns.
 *
 * @param shift number of columns that are left out
 */
record ShiftedColumns(Readable row, int shift) implements Readable {

    @Override
    public <T> @Nullable T get(int index, Class<T> type) {
        return row.get(index + shift, type);
    }

    @Override
    public <T> @Nullable T get(String name, Class<T> type) {
        throw new UnsupportedOperationException("get: " + name + " (expected: an index)");
    }
}
