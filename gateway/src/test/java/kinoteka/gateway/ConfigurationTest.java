package kinoteka.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.databind.json.JsonMapper;

class ConfigurationTest {

    /** Spring ignores a key it does not know, among them every one of Gateway that has moved since version 4. */
    @Test
    void hasNoKeyThatNothingReads() throws IOException {
        var known = known();
        var unknown = new TreeSet<String>();
        for (var key : configured()) {
            if (!known.contains(key) && known.stream().noneMatch(name -> key.startsWith(name + "."))) {
                unknown.add(key);
            }
        }
        assertThat(unknown).isEmpty();
    }

    @Test
    void documentsEachOfItsOwnSettings() throws IOException {
        var metadata = new ClassPathResource("META-INF/spring-configuration-metadata.json");
        try (var in = metadata.getInputStream()) {
            for (var property : JsonMapper.shared().readTree(in).get("properties")) {
                if (property.get("name").asString().startsWith("kinoteka.")) {
                    assertThat(property.path("description").asString(""))
                            .as(property.get("name").asString())
                            .isNotBlank();
                }
            }
        }
    }

    private static Set<String> configured() {
        var yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new ClassPathResource("application.yaml"));
        var properties = yaml.getObject();
        return properties == null ? Set.of() : properties.stringPropertyNames();
    }

    private static Set<String> known() throws IOException {
        var known = new HashSet<String>();
        var resources = new PathMatchingResourcePatternResolver();
        for (var file :
                List.of("spring-configuration-metadata.json", "additional-spring-configuration-metadata.json")) {
            for (var resource : resources.getResources("classpath*:META-INF/" + file)) {
                try (var in = resource.getInputStream()) {
                    JsonMapper.shared()
                            .readTree(in)
                            .path("properties")
                            .forEach(property -> known.add(property.get("name").asString()));
                }
            }
        }
        return known;
    }
}
