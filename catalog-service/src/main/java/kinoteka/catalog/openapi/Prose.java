package kinoteka.catalog.openapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the source says: its Javadoc, which the build keeps beside the classes, as CommonMark. Empty where it says nothing. */
final class Prose {

    private static final Pattern INLINE_TAG = Pattern.compile("\\{@(code|link)\\s+([^}]*)}");
    private static final Pattern TAG = Pattern.compile("(?m)^\\s*@");
    private static final Pattern PARAMETER = Pattern.compile("(?s)param\\s+(\\w+)\\s+(.*)");
    private static final Pattern END_OF_SENTENCE = Pattern.compile("(?<=\\.)\\s");

    private final JsonMapper json;
    private final Map<Class<?>, JsonNode> known = new HashMap<>();

    Prose(JsonMapper json) {
        this.json = json;
    }

    /** Of a class or a record. */
    String of(Class<?> type) {
        return text(read(type).path("doc").asString(""));
    }

    /** Of components of a record, by their names in Java. */
    Map<String, String> ofComponents(Class<?> type) {
        return parameters(read(type).path("doc").asString(""));
    }

    /** The first sentence on a method. */
    String summary(Method method) {
        return sentences(method).getFirst();
    }

    /** All but the first sentence on a method. */
    String description(Method method) {
        var sentences = sentences(method);
        return String.join(" ", sentences.subList(1, sentences.size()));
    }

    /** Of parameters of a method, by their names. */
    Map<String, String> ofParameters(Method method) {
        return parameters(doc(method));
    }

    private List<String> sentences(Method method) {
        return Arrays.asList(END_OF_SENTENCE.split(text(doc(method)), 2));
    }

    private String doc(Method method) {
        return read(method.getDeclaringClass())
                .path("methods")
                .valueStream()
                .filter(one -> one.path("name").asString("").equals(method.getName()))
                .findFirst()
                .map(one -> one.path("doc").asString(""))
                .orElse("");
    }

    private JsonNode read(Class<?> type) {
        return known.computeIfAbsent(type, this::parse);
    }

    private JsonNode parse(Class<?> type) {
        var name = type.getName();
        var file = name.substring(name.lastIndexOf('.') + 1) + "__Javadoc.json";
        try (var in = type.getResourceAsStream(file)) {
            return in == null ? json.createObjectNode() : json.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String doc) {
        return plain(TAG.split(doc, 2)[0]);
    }

    private static Map<String, String> parameters(String doc) {
        var parameters = new HashMap<String, String>();
        for (var tag : TAG.split(doc, -1)) {
            var parameter = PARAMETER.matcher(tag);
            if (parameter.matches()) {
                parameters.put(parameter.group(1), plain(parameter.group(2)));
            }
        }
        return parameters;
    }

    private static String plain(String doc) {
        return INLINE_TAG
                .matcher(doc)
                .replaceAll("`$2`")
                .replaceAll("<p>|\\s+", " ")
                .strip();
    }
}
