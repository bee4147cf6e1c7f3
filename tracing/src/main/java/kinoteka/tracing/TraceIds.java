package kinoteka.tracing;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Random ids of traces and spans (W3C Trace Context, 3.2.2). Not secret. */
public final class TraceIds {

    private TraceIds() {}

    /** Returns 16 lower-case hexadecimal digits, not all zero. */
    public static String span() {
        var random = ThreadLocalRandom.current().nextLong();
        return HexFormat.of().toHexDigits(random == 0 ? 1 : random);
    }
}
