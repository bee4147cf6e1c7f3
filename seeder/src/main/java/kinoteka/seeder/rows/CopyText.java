package kinoteka.seeder.rows;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;

/** A buffer of rows in the text format of PostgreSQL's {@code COPY}: tabs separate fields, line feeds end rows, in UTF-8. */
public final class CopyText {

    private static final byte[] NULL = {'\\', 'N'};

    private byte[] bytes = new byte[1 << 16];
    private int length;
    private boolean rowHasFields;

    public CopyText field(long value) {
        return encodedFields(Long.toString(value).getBytes(UTF_8));
    }

    public CopyText field(String value) {
        return encodedFields(encode(value));
    }

    public CopyText field(Instant value) {
        return encodedFields(value.toString().getBytes(UTF_8));
    }

    public CopyText field(boolean value) {
        return field(value ? "t" : "f");
    }

    /** Writes an amount of money that is given in hundredths. */
    public CopyText money(long hundredths) {
        return encodedFields((hundredths / 100 + "." + hundredths / 10 % 10 + hundredths % 10).getBytes(UTF_8));
    }

    public CopyText fieldOrNull(@Nullable String value) {
        return value == null ? nullField() : field(value);
    }

    public CopyText nullField() {
        return encodedFields(NULL);
    }

    /** Writes the result of {@link #encode}, so that fields which many rows repeat are encoded only once. */
    public CopyText encodedFields(byte[] fields) {
        if (rowHasFields) {
            append((byte) '\t');
        }
        reserve(fields.length);
        System.arraycopy(fields, 0, bytes, length, fields.length);
        length += fields.length;
        rowHasFields = true;
        return this;
    }

    public void endRow() {
        append((byte) '\n');
        rowHasFields = false;
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

    /** The number of bytes in the buffer. */
    public int length() {
        return length;
    }

    /** Sends the buffer to the server and empties it. */
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
