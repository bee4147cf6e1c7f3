package kinoteka.seeder.rows;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;

/** Rows in the text format of PostgreSQL's {@code COPY}: fields apart by tabs, rows by line feeds, in UTF-8. */
public final class CopyText {

    private static final byte[] NOTHING = {'\\', 'N'};

    private byte[] bytes = new byte[1 << 16];
    private int length;
    private boolean rowBegun;

    public CopyText field(long value) {
        return encoded(Long.toString(value).getBytes(UTF_8));
    }

    public CopyText field(String value) {
        return encoded(encode(value));
    }

    public CopyText field(Instant value) {
        return encoded(value.toString().getBytes(UTF_8));
    }

    /** An amount of money in its smallest coin, a hundredth. */
    public CopyText money(long hundredths) {
        return encoded((hundredths / 100 + "." + hundredths / 10 % 10 + hundredths % 10).getBytes(UTF_8));
    }

    public CopyText field(boolean value) {
        return field(value ? "t" : "f");
    }

    public CopyText fieldOrNothing(@Nullable String value) {
        return value == null ? nothing() : field(value);
    }

    public CopyText nothing() {
        return encoded(NOTHING);
    }

    /** Fields that {@link #encode} made before: what repeats in many rows is encoded once. */
    public CopyText encoded(byte[] fields) {
        if (rowBegun) {
            append((byte) '\t');
        }
        reserve(fields.length);
        System.arraycopy(fields, 0, bytes, length, fields.length);
        length += fields.length;
        rowBegun = true;
        return this;
    }

    public void endRow() {
        append((byte) '\n');
        rowBegun = false;
    }

    public static byte[] encode(String... fields) {
        return Stream.of(fields)
                .map(field -> field.replace("\\", "\\\\")
                        .replace("\t", "\\t")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r"))
                .collect(Collectors.joining("\t"))
                .getBytes(UTF_8);
    }

    /** How many bytes wait to be drained. */
    public int length() {
        return length;
    }

    /** Hands over what was gathered and forgets it. */
    public void drainTo(CopyIn copy) throws SQLException {
        copy.writeToCopy(bytes, 0, length);
        length = 0;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, UTF_8);
    }

    private void append(byte one) {
        reserve(1);
        bytes[length++] = one;
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
