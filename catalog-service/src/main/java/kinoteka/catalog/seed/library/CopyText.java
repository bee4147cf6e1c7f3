package kinoteka.catalog.seed.library;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.copy.CopyIn;

/** Rows in the text format of PostgreSQL's {@code COPY}: fields apart by tabs, rows by line feeds, in UTF-8. */
public final class CopyText {

    private byte[] bytes = new byte[1 << 16];
    private int length;
    private boolean rowBegun;

    CopyText field(long value) {
        return encoded(Long.toString(value).getBytes(UTF_8));
    }

    CopyText field(String value) {
        return encoded(encode(value));
    }

    /** Fields that {@link #encode} made before: what repeats in many rows is encoded once. */
    CopyText encoded(byte[] fields) {
        if (rowBegun) {
            append((byte) '\t');
        }
        reserve(fields.length);
        System.arraycopy(fields, 0, bytes, length, fields.length);
        length += fields.length;
        rowBegun = true;
        return this;
    }

    void endRow() {
        append((byte) '\n');
        rowBegun = false;
    }

    static byte[] encode(String... fields) {
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
