package kinoteka.catalog.openapi.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Summaries and descriptions in CommonMark: the Javadoc of the source, which an annotation processor keeps beside the classes.
 * Empty for elements without Javadoc.
 */
public final class Descriptions {

    private static final Pattern INLINE_TAG = Pattern.compile("\\{@(code|link)\\s+([^}]*)}");
    private static final Pattern BLOCK_TAG = Pattern.compile("(?m)^\\s*@");
    private static final Pattern PARAMETER = Pattern.compile("(?s)param\\s+(\\w+)\\s+(.*)");
    private static final Pattern END_OF_SENTENCE = Pattern.compile("(?<=\\.)\\s");

    private final JsonMapper json;
    private final Map<Class<?>, JsonNode> javadocs = new HashMap<>();

    public Descriptions(JsonMapper json) {
        this.json = json;
    }

    /** The description of a class or a record. */
    public String of(Class<?> type) {
        return text(javadoc(type).path("doc").asString(""));
    }

    /** The descriptions of the components of a record, by their names in Java. */
    public Map<String, String> ofComponents(Class<?> type) {
        return parameters(javadoc(type).path("doc").asString(""));
    }

    /** The first sentence about a method. */
    public String summary(Method method) {
        return sentences(method).getFirst();
    }

    /** All but the first sentence about a method. */
    public String description(Method method) {
        var sentences = sentences(method);
        return String.join(" ", sentences.subList(1, sentences.size()));
    }

    /** The descriptions of the parameters of a method, by their names. */
    public Map<String, String> ofParameters(Method method) {
        return parameters(javadoc(method));
    }

    /** Adds a description to an object of the document, if there is one. */
    public static void add(ObjectNode described, @Nullable String description) {
        if (description != null && !description.isEmpty()) {
            described.put("description", description);
        }
    }

    private List<String> sentences(Method method) {
        return Arrays.asList(END_OF_SENTENCE.split(text(javadoc(method)), 2));
    }

    private String javadoc(Method method) {
        return javadoc(method.getDeclaringClass())
                .path("methods")
                .valueStream()
                .filter(one -> one.path("name").asString("").equals(method.getName()))
                .findFirst()
                .map(one -> one.path("doc").asString(""))
                .orElse("");
    }

    private JsonNode javadoc(Class<?> type) {
        return javadocs.computeIfAbsent(type, this::read);
    }

    private JsonNode read(Class<?> type) {
        var name = type.getName();
        var file = name.substring(name.lastIndexOf('.') + 1) + "__Javadoc.json";
        try (var in = type.getResourceAsStream(file)) {
            return in == null ? json.createObjectNode() : json.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String javadoc) {
        return plain(BLOCK_TAG.split(javadoc, 2)[0]);
    }

    private static Map<String, String> parameters(String javadoc) {
        var parameters = new HashMap<String, String>();
        for (var tag : BLOCK_TAG.split(javadoc, -1)) {
            var parameter = PARAMETER.matcher(tag);
            if (parameter.matches()) {
                parameters.put(parameter.group(1), plain(parameter.group(2)));
            }
        }
        return parameters;
    }

    private static String plain(String javadoc) {
        return INLINE_TAG
                .matcher(javadoc)
                .replaceAll("`$2`")
                .replaceAll("<p>|\\s+", " ")
                .strip();
    }
}
