package kinoteka.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@code docs/settings.md} contains the documentation of each setting in the code; {@code make settings} generates it. */
class SettingsPageTest {

    private static final Path PAGE = Path.of("../docs/settings.md");
    private static final String GENERATED = "<!-- From here on written by `make settings`. -->\n";

    @Test
    void thePageIsUpToDate() throws IOException {
        var page = Files.readString(PAGE);
        var handWritten = page.substring(0, page.indexOf(GENERATED) + GENERATED.length());
        var expected = handWritten
                + section("Gateway", "gateway", true)
                + section("Database of the catalogue and of the seeder", "schema", false)
                + section("Catalogue", "catalog-service", false);

        if (Boolean.getBoolean("kinoteka.settings.write")) {
            Files.writeString(PAGE, expected);
        }

        assertThat(Files.readString(PAGE))
                .as("docs/settings.md, which `make settings` writes")
                .isEqualTo(expected);
    }

    /** @param hasLiveSettings whether some of the settings change without a restart, so that there is a column for it */
    private static String section(String title, String module, boolean hasLiveSettings) throws IOException {
        var metadata = Path.of("..", module, "target/classes/META-INF/spring-configuration-metadata.json");
        List<Map<String, Object>> properties =
                JsonPath.read(metadata.toFile(), "$.properties[?(@.name =~ /kinoteka\\..*/)]");
        var rows = properties.stream()
                .map(property -> row(property, hasLiveSettings ? cell(module, property) : ""))
                .sorted()
                .collect(Collectors.joining());
        assertThat(rows).as("settings of %s", module).isNotEmpty();
        return """

                ## %s

                | setting | environment variable | default |%s what it does |
                |---|---|---|%s---|
                """.formatted(title, hasLiveSettings ? " changes |" : "", hasLiveSettings ? "---|" : "") + rows;
    }

    private static String cell(String module, Map<String, Object> property) {
        return AtStartSettings.contain(module, property) ? " at a restart |" : " at once |";
    }

    private static String row(Map<String, Object> property, String changes) {
        var name = String.valueOf(property.get("name"));
        var description = String.valueOf(property.get("description"));
        assertThat(property.get("description")).as("description of %s", name).isNotNull();
        return "| `%s` | `%s` | %s |%s %s |\n"
                .formatted(
                        name,
                        environmentVariable(name),
                        shown(property.get("defaultValue")),
                        changes,
                        plain(description));
    }

    /** Returns the name that Spring Boot binds to the setting: dots become underscores, dashes are removed. */
    private static String environmentVariable(String name) {
        return name.replace('.', '_').replace("-", "").toUpperCase(Locale.ROOT);
    }

    /** Lists are written as one would set them; the metadata has some of them as text in brackets. */
    private static String shown(@Nullable Object value) {
        if (value == null || value.toString().isEmpty()) {
            return "";
        }
        var text = value instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(", "))
                : value.toString();
        return "`" + text.replaceAll("^\\[(.*)]$", "$1") + "`";
    }

    private static String plain(String javadoc) {
        return javadoc.replaceAll("\\{@(?:code|link) ([^}]*)}", "`$1`").replace("|", "\\|");
    }
}
