package kinoteka.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.nio.file.Path;
import java.util.Map;

/** The settings whose records mark them as {@code AtStart}. It reads the class files, because the modules are no dependencies. */
final class AtStartSettings {

    private static final String AT_START = "Lkinoteka/gateway/settings/AtStart;";

    private AtStartSettings() {}

    /**
     * Whether a setting, or all settings of its record, are marked.
     *
     * @param property an element of Spring Boot's metadata
     */
    static boolean contain(String module, Map<String, Object> property) {
        var type = String.valueOf(property.get("sourceType")).replace('.', '/');
        var name = String.valueOf(property.get("name"));
        var component = name.substring(name.lastIndexOf('.') + 1).replace("-", "");
        try {
            var record = ClassFile.of().parse(Path.of("..", module, "target/classes", type + ".class"));
            return isMarked(record)
                    || record.findAttribute(Attributes.record()).orElseThrow().components().stream()
                            .filter(each -> each.name().stringValue().equalsIgnoreCase(component))
                            .anyMatch(AtStartSettings::isMarked);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isMarked(AttributedElement element) {
        return element.findAttribute(Attributes.runtimeVisibleAnnotations())
                .map(found -> found.annotations().stream()
                        .anyMatch(annotation -> annotation.className().equalsString(AT_START)))
                .orElse(false);
    }
}
