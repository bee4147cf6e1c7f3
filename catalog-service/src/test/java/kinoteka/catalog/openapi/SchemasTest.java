package kinoteka.catalog.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Validation;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SchemasTest {

    private final JsonMapper json = JsonMapper.shared();
    private final Schemas schemas = new Schemas(json, new Prose(json));

    /**
     * Asks for a ticket.
     *
     * @param seatRow from the {@code front}
     * @param extras none where they are not said
     */
    @JsonIgnoreProperties("id")
    record NewTicket(
            @Positive long seatRow,
            @NotBlank @Size(max = 10) @Nullable String holder,

            @DecimalMin("0") @Digits(integer = 3, fraction = 2)
            BigDecimal price,

            @Size(max = 2) List<@NotBlank String> extras) {

        NewTicket(long seatRow, @Nullable String holder, BigDecimal price, @Nullable List<String> extras) {
            this.seatRow = seatRow;
            this.holder = holder;
            this.price = price;
            this.extras = extras == null ? List.of() : List.copyOf(extras);
        }
    }

    private record Ticket(
            long id,
            @Nullable Seat seat,
            Instant soldAt,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String note) {}

    private record Seat(int row) {}

    @Test
    void acceptsOfABodyWhatItsRecordTakes() {
        schemas.read(NewTicket.class);

        assertThat(read(schemas.all().get("NewTicket").toString())).isEqualTo(read("""
                {
                  "type": "object",
                  "description": "Asks for a ticket.",
                  "properties": {
                    "seat_row": {"type": "integer", "format": "int64", "minimum": 1, "description": "from the `front`"},
                    "holder": {"type": ["string", "null"], "minLength": 1, "pattern": %s, "maxLength": 10},
                    "price": {"type": "number", "minimum": 0, "exclusiveMaximum": 1000, "multipleOf": 0.01},
                    "extras": {
                      "type": ["array", "null"],
                      "items": {"type": "string", "minLength": 1, "pattern": %s},
                      "maxItems": 2,
                      "description": "none where they are not said",
                      "default": []
                    },
                    "id": {"description": "Ignored, so that what was read can be sent back.", "readOnly": true}
                  },
                  "required": ["seat_row", "price"],
                  "additionalProperties": false
                }
                """.formatted(
                        json.writeValueAsString(notBlank()), json.writeValueAsString(notBlank()))));
    }

    @Test
    void promisesOfAnAnswerWhatIsNotLeftOut() {
        schemas.written(Ticket.class);

        assertThat(read(schemas.all().toString())).isEqualTo(read("""
                {
                  "Seat": {
                    "type": "object",
                    "properties": {"row": {"type": "integer", "format": "int32"}},
                    "required": ["row"]
                  },
                  "Ticket": {
                    "type": "object",
                    "properties": {
                      "id": {"type": "integer", "format": "int64", "minimum": 1},
                      "seat": {"anyOf": [{"$ref": "#/components/schemas/Seat"}, {"type": "null"}]},
                      "sold_at": {"type": "string", "format": "date-time"},
                      "note": {"type": "string"}
                    },
                    "required": ["id", "seat", "sold_at"]
                  }
                }
                """));
    }

    /** White space is not the same to JSON Schema and to bean validation: the pattern must say what is meant. */
    @Test
    void callsBlankWhatIsRefusedAsBlank() {
        try (var factory = Validation.buildDefaultValidatorFactory()) {
            var rules = factory.getValidator();
            Predicate<String> isAccepted =
                    text -> rules.validateValue(NewTicket.class, "holder", text).isEmpty();
            var pattern = Pattern.compile(notBlank());

            assertThat(IntStream.rangeClosed(0, Character.MAX_VALUE).mapToObj(Character::toString))
                    .allMatch(text -> pattern.matcher(text).find() == isAccepted.test(text));
        }
    }

    @Test
    void refusesATypeThatItDoesNotKnow() {
        record Site(URI address) {}

        assertThatIllegalStateException()
                .isThrownBy(() -> schemas.written(Site.class))
                .withMessage("type: java.net.URI (expected: one that the API's document knows)");
    }

    @Test
    void refusesANameThatIsAnothersAlready() {
        schemas.written(kinoteka.catalog.staff.FilmographyEntry.class);
        record FilmographyEntry(String name) {}

        assertThatIllegalStateException()
                .isThrownBy(() -> schemas.written(FilmographyEntry.class))
                .withMessageContaining("(expected: not that of class kinoteka.catalog.staff.FilmographyEntry)");
    }

    private String notBlank() {
        schemas.read(NewTicket.class);
        return schemas.all().at("/NewTicket/properties/holder/pattern").stringValue();
    }

    private JsonNode read(String text) {
        return json.readTree(text);
    }
}
