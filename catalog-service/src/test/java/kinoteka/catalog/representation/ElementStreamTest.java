package kinoteka.catalog.representation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import tools.jackson.databind.json.JsonMapper;

class ElementStreamTest {

    record Element(int id) {}

    record Text(String text) {}

    private final JsonMapper json = new JsonMapper();
    private final ElementStream stream = new ElementStream(json);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 63, 64, 65, 128, 1000})
    void writesAnArrayOfAnyLength(int length) {
        var elements = json.readValue(written(length, MediaType.APPLICATION_JSON), Element[].class);

        assertThat(elements).hasSize(length);
        assertThat(elements).extracting(Element::id).isSorted();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 63, 64, 65, 128, 1000})
    void writesALineForEachElement(int length) {
        var text = written(length, MediaType.APPLICATION_NDJSON);

        assertThat(text.lines()).hasSize(length).allMatch(line -> line.matches("\\{\"id\":\\d+}"));
        assertThat(text).matches(all -> all.isEmpty() || all.endsWith("}\n"));
    }

    @Test
    void writesNothingBeforeTheFirstElementIsThereOrHasFailed() {
        var elements = TestPublisher.<Element>create();

        StepVerifier.create(stream.write(elements, MediaType.APPLICATION_JSON, DefaultDataBufferFactory.sharedInstance))
                .then(() -> elements.error(new IllegalStateException("the database is gone")))
                .verifyErrorMessage("the database is gone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/x-ndjson"})
    void doesNotCollectLongTextsInABuffer(String type) {
        var texts = Flux.range(0, 200).map(n -> new Text("x".repeat(10_000)));

        var buffers = stream.write(texts, MediaType.parseMediaType(type), DefaultDataBufferFactory.sharedInstance)
                .map(DataBuffer::readableByteCount)
                .collectList()
                .block();

        assertThat(buffers).hasSizeGreaterThan(60).allMatch(size -> size < 40_000);
    }

    @Test
    void asksForNoMoreThanTheClientTakes() {
        var elements = TestPublisher.<Element>create();

        StepVerifier.create(
                        stream.write(elements, MediaType.APPLICATION_JSON, DefaultDataBufferFactory.sharedInstance), 1)
                .then(() -> elements.assertMaxRequested(64))
                .thenCancel()
                .verify();
        elements.assertCancelled();
    }

    private String written(int length, MediaType type) {
        return stream.write(Flux.range(1, length).map(Element::new), type, DefaultDataBufferFactory.sharedInstance)
                .map(ElementStreamTest::text)
                .collectList()
                .map(parts -> String.join("", parts))
                .blockOptional()
                .orElseThrow();
    }

    private static String text(DataBuffer buffer) {
        return buffer.toString(StandardCharsets.UTF_8);
    }
}
