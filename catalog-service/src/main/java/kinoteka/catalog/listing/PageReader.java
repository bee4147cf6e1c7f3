package kinoteka.catalog.listing;

import io.r2dbc.spi.Readable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the rows of one page and of the element after it, and remembers where the next page begins. For one reader. */
final class PageReader<P extends Record, T> {

    private final int limit;
    private final Listing<P, T> list;
    private final int positionColumns;
    private int rows;
    private @Nullable P last;

    PageReader(int limit, Listing<P, T> list) {
        this.limit = limit;
        this.list = list;
        this.positionColumns = list.start().getClass().getRecordComponents().length;
    }

    /** The element of the next row of {@link Listing#positionedElements}. */
    T read(Readable row) {
        if (++rows == limit) {
            last = list.position().apply(row);
        }
        return list.element().apply(new ShiftedColumns(row, positionColumns));
    }

    /** The position of the page's last element; empty if no element follows it. */
    Optional<P> nextPosition() {
        return rows > limit ? Optional.ofNullable(last) : Optional.empty();
    }
}
