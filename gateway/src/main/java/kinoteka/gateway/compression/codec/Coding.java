package kinoteka.gateway.compression.codec;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A content coding (RFC 9110, 8.4.1). */
public enum Coding {
    GZIP("gzip", () -> true, GzipCompressor::new),
    BR("br", BrotliCompressor::isAvailable, BrotliCompressor::new),
    ZSTD("zstd", ZstdCompressor::isAvailable, ZstdCompressor::new);

    private final String token;

    @SuppressWarnings("ImmutableEnumChecker") // method references without state
    private final BooleanSupplier available;

    @SuppressWarnings("ImmutableEnumChecker")
    private final Supplier<Compressor> compressors;

    Coding(String token, BooleanSupplier available, Supplier<Compressor> compressors) {
        this.token = token;
        this.available = available;
        this.compressors = compressors;
    }

    /** The name in {@code Accept-Encoding} and {@code Content-Encoding}. */
    public String token() {
        return token;
    }

    /** Whether its native library can be used on this platform. */
    public boolean isAvailable() {
        return available.getAsBoolean();
    }

    /** Returns a compressor for one body, which the caller closes. */
    public Compressor compressor() {
        return compressors.get();
    }
}
