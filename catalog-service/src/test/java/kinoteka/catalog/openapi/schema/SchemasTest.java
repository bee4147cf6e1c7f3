package kinoteka.catalog.openapi.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Validation;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import kinoteka.catalog.validation.Birthday;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SchemasTest {

    private final JsonMapper json = JsonMapper.shared();
    private final Schemas schemas = new Schemas(json, new Descriptions(json), Year.of(2026));

    /**
     * The fields of a ticket.
     *
     * @param seatRow from the {@code front}
     * @param extras none where they are not said
     */
    @JsonIgnoreProperties("id")
    record TicketEdit(
            @Positive long seatRow,
            @NotBlank @Size(max = 10) @Nullable String holder,

            @DecimalMin("0") @Digits(integer = 3, fraction = 2)
            BigDecimal price,

            @Size(max = 2) List<@NotBlank String> extras,
            @Birthday(since = 1987) @Nullable LocalDate birthday) {

        TicketEdit(
                long seatRow,
                @Nullable String holder,
                BigDecimal price,
                @Nullable List<String> extras,
                @Nullable LocalDate birthday) {
            this.seatRow = seatRow;
            this.holder = holder;
            this.price = price;
            this.extras = extras == null ? List.of() : List.copyOf(extras);
            this.birthday = birthday;
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
    void describesABodyAsItsRecordAcceptsIt() {
        schemas.replaced(TicketEdit.class);

        assertThat(read(schemas.all().get("TicketEdit").toString())).isEqualTo(read("""
                {
                  "type": "object",
                  "description": "The fields of a ticket.",
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
                    "birthday": {"type": ["string", "null"], "format": "date", "pattern": "^(?:198[7-9]|199[0-9]|20[0-1][0-9]|202[0-6])-(?:0[1-9]|1[0-2])-(?:0[1-9]|[1-2][0-9]|3[0-1])$"},
                    "id": {"description": "Ignored. Accepted so that the response to `GET` can be sent back."}
                  },
                  "required": ["seat_row", "price"],
                  "additionalProperties": false
                }
                """.formatted(
                        json.writeValueAsString(notBlank()), json.writeValueAsString(notBlank()))));
    }

    @Test
    void hasNoReadOnlyFieldsInANewResource() {
        assertThat(schemas.created(TicketEdit.class)).isEqualTo(read("{\"$ref\": \"#/components/schemas/NewTicket\"}"));

        assertThat(schemas.all().at("/NewTicket/properties").propertyNames())
                .containsExactly("seat_row", "holder", "price", "extras", "birthday");
        assertThat(schemas.all().at("/NewTicket/additionalProperties").booleanValue())
                .isFalse();
    }

    @Test
    void describesAParameterAsOneThatIsNotEmpty() throws Exception {
        record Filter(@Nullable String q, List<String> tags) {}

        assertThat(parameter(Filter.class, "q")).isEqualTo(read("""
                {"type": "string", "minLength": 1, "pattern": "^[^\\\\u0000]*$"}
                """));
        assertThat(parameter(Filter.class, "tags").path("minItems").intValue()).isEqualTo(1);
    }

    @Test
    void rejectsAPatternThatJavaAndEcmaScriptReadDifferently() {
        record Site(@Pattern(regexp = "https?://\\S+") String address) {}

        assertThatIllegalStateException()
                .isThrownBy(() -> schemas.replaced(Site.class))
                .withMessage("regexp: https?://\\S+ (expected: one without escapes of letters and without a dot)");
    }

    @Test
    void requiresInAResponseWhatIsNotOmitted() {
        schemas.response(Ticket.class);

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

    /** JSON Schema and bean validation disagree about white space, so the pattern lists its characters. */
    @Test
    void hasAPatternForNotBlankThatAgreesWithTheValidator() {
        try (var factory = Validation.buildDefaultValidatorFactory()) {
            var rules = factory.getValidator();
            Predicate<String> isAccepted = text ->
                    rules.validateValue(TicketEdit.class, "holder", text).isEmpty();
            var pattern = java.util.regex.Pattern.compile(notBlank());

            assertThat(IntStream.rangeClosed(1, Character.MAX_VALUE).mapToObj(Character::toString))
                    .allMatch(text -> pattern.matcher(text).find() == isAccepted.test(text));
        }
    }

    @Test
    void rejectsATypeWithoutAJsonSchema() {
        record Site(URI address) {}

        assertThatIllegalStateException()
                .isThrownBy(() -> schemas.response(Site.class))
                .withMessage("type: java.net.URI (expected: one that has a JSON Schema)");
    }

    @Test
    void rejectsANameThatAnotherRecordHas() {
        schemas.response(kinoteka.catalog.staff.FilmographyEntry.class);
        record FilmographyEntry(String name) {}

        assertThatIllegalStateException()
                .isThrownBy(() -> schemas.response(FilmographyEntry.class))
                .withMessageContaining("(expected: not that of class kinoteka.catalog.staff.FilmographyEntry)");
    }

    private JsonNode parameter(Class<?> type, String component) throws NoSuchFieldException {
        var field = type.getDeclaredField(component);
        return schemas.parameter(field, field.getAnnotatedType());
    }

    private String notBlank() {
        schemas.replaced(TicketEdit.class);
        return schemas.all().at("/TicketEdit/properties/holder/pattern").stringValue();
    }

    private JsonNode read(String text) {
        return json.readTree(text);
    }
}
