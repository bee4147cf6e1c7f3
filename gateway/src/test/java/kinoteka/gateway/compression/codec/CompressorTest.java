package kinoteka.gateway.compression.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompressorTest {

    @ParameterizedTest
    @EnumSource
    void everyChunkCanBeDecompressedAtOnce(Coding coding) throws IOException {
        var output = ByteBufAllocator.DEFAULT.directBuffer(1);
        try (var compressor = coding.compressor()) {
            add(compressor, output, "[{\"id\":1}", false);
            var decompressed = Decompress.stream(coding.token(), new ByteBufInputStream(output));
            assertThat(decompressed.readNBytes(9)).asString().isEqualTo("[{\"id\":1}");
        } finally {
            output.release();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theChunksOfABodyAreOneStream(Coding coding) throws IOException {
        var random = new Random(1);
        var text = new StringBuilder();
        var output = ByteBufAllocator.DEFAULT.directBuffer(1);
        try (var compressor = coding.compressor()) {
            for (var size : new int[] {1, 100, 0, 5_000, 200_000}) {
                var chunk = text(random, size);
                text.append(chunk);
                add(compressor, output, chunk, false);
            }
            add(compressor, output, "", true);
            assertThat(output.readableBytes()).isLessThan(text.length() * 9 / 10);
            assertThat(decompress(coding, output)).isEqualTo(text.toString());
        } finally {
            output.release();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anyKindOfBufferIsRead(Coding coding) throws IOException {
        var half = Unpooled.copiedBuffer("half ", StandardCharsets.UTF_8);
        for (var input : new ByteBuf[] {
            Unpooled.wrappedBuffer("half half ".getBytes(StandardCharsets.UTF_8)),
            Unpooled.wrappedBuffer(half.duplicate(), half.duplicate().retain()),
            Unpooled.directBuffer()
                    .writeBytes("xhalf half ".getBytes(StandardCharsets.UTF_8))
                    .readerIndex(1),
        }) {
            var output = ByteBufAllocator.DEFAULT.directBuffer(1);
            try (var compressor = coding.compressor()) {
                compressor.compress(input, output, true);
                assertThat(decompress(coding, output)).isEqualTo("half half ");
            } finally {
                output.release();
                input.release();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingHappensAfterTheEnd(Coding coding) {
        var output = ByteBufAllocator.DEFAULT.directBuffer(1);
        var compressor = coding.compressor();
        compressor.close();
        compressor.close();
        add(compressor, output, "late", false);
        assertThat(output.isReadable()).isFalse();
        output.release();
    }

    private static void add(Compressor compressor, ByteBuf output, String chunk, boolean isLast) {
        var input = Unpooled.directBuffer().writeBytes(chunk.getBytes(StandardCharsets.UTF_8));
        compressor.compress(input, output, isLast);
        input.release();
    }

    private static String decompress(Coding coding, ByteBuf compressed) throws IOException {
        try (var stream = Decompress.stream(coding.token(), new ByteBufInputStream(compressed.duplicate()))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String text(Random random, int length) {
        var text = new StringBuilder();
        random.ints(length, 'a', 'q').forEach(c -> text.append((char) c));
        return text.toString();
    }
}
