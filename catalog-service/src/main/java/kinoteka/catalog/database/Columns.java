package kinoteka.catalog.database;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of one row, taken from left to right. A null is an error unless the method's name allows for it. */
public final class Columns {

    private final Readable row;
    private int next;

    public Columns(Readable row) {
        this.row = row;
    }

    public long id() {
        return required(Long.class);
    }

    public @Nullable Long idOrNull() {
        return row.get(next++, Long.class);
    }

    public int integer() {
        return required(Integer.class);
    }

    public long count() {
        return required(Long.class);
    }

    public boolean bool() {
        return required(Boolean.class);
    }

    public String text() {
        return required(String.class);
    }

    public @Nullable String textOrNull() {
        return row.get(next++, String.class);
    }

    /** An array of texts. */
    public List<String> texts() {
        return List.of(required(String[].class));
    }

    public BigDecimal decimal() {
        return required(BigDecimal.class);
    }

    public @Nullable BigDecimal decimalOrNull() {
        return row.get(next++, BigDecimal.class);
    }

    public Instant instant() {
        return required(Instant.class);
    }

    public @Nullable Instant instantOrNull() {
        return row.get(next++, Instant.class);
    }

    public LocalDate date() {
        return required(LocalDate.class);
    }

    public @Nullable LocalDate dateOrNull() {
        return row.get(next++, LocalDate.class);
    }

    public <T> T required(Class<T> type) {
        return requireNonNull(row.get(next++, type));
    }
}
