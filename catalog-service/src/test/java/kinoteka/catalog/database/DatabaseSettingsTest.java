package kinoteka.catalog.database;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class DatabaseSettingsTest {

    @Test
    void rejectsATimeOutThatWouldNeverEndAndSaysWhich() {
        assertThatThrownBy(() -> bound(Map.of("kinoteka.catalog.database.statement-timeout", "0s")))
                .isInstanceOf(BindException.class)
                .hasRootCauseMessage("statementTimeout: PT0S (expected: > 0)");
    }

    private static DatabaseSettings bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("kinoteka.catalog.database", DatabaseSettings.class);
    }
}
