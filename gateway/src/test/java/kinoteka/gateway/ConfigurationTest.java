package kinoteka.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.UrlResource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.databind.json.JsonMapper;

class ConfigurationTest {

    private static final String GLOBAL_FILTER = "spring.cloud.gateway.server.webflux.global-filter.";

    /** Spring ignores unknown keys, such as those of Spring Cloud Gateway that were renamed after version 4. */
    @Test
    void everyKeyIsKnown() throws IOException {
        var known = known();
        var unknown = new TreeSet<String>();
        var configured = configured().stringPropertyNames();
        assertThat(configured).isNotEmpty();
        for (var key : configured) {
            if (!known.contains(key)
                    && known.stream().noneMatch(name -> key.startsWith(name + ".") || key.startsWith(name + "["))) {
                unknown.add(key);
            }
        }
        assertThat(unknown).isEmpty();
    }

    /** Filters of Spring Cloud Gateway could forward requests around the allow-list, and a new version may add such filters. */
    @Test
    void everyGlobalFilterThatIsNotNeededIsDisabled() throws IOException {
        var configured = configured();
        var on = known().stream()
                .filter(key -> key.startsWith(GLOBAL_FILTER) && key.endsWith(".enabled"))
                .filter(key -> !"false".equals(configured.getProperty(key)))
                .map(key -> key.substring(GLOBAL_FILTER.length(), key.lastIndexOf('.')))
                .toList();

        assertThat(on)
                .containsExactlyInAnyOrder(
                        "netty-write-response",
                        "load-balancer-client", // only with Spring Cloud LoadBalancer, which is not used
                        "local-response-cache"); // has no effect unless filter.local-response-cache is enabled
    }

    @Test
    void everySettingOfTheGatewayIsDocumented() throws IOException {
        var own = new TreeSet<String>();
        var classes = Gateway.class.getProtectionDomain().getCodeSource().getLocation(); // tests have metadata, too
        var metadata = new UrlResource(classes + "META-INF/spring-configuration-metadata.json");
        try (var in = metadata.getInputStream()) {
            for (var property : JsonMapper.shared().readTree(in).get("properties")) {
                if (property.get("name").asString().startsWith("kinoteka.")) {
                    own.add(property.get("name").asString());
                    assertThat(property.path("description").asString(""))
                            .as(property.get("name").asString())
                            .isNotBlank();
                }
            }
        }
        assertThat(own).contains("kinoteka.gateway.upstream.catalogue");
    }

    private static Properties configured() {
        var yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new ClassPathResource("application.yaml"));
        return Objects.requireNonNullElseGet(yaml.getObject(), Properties::new);
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
