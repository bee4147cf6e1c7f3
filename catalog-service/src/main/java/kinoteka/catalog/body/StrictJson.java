package kinoteka.catalog.body;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.module.SimpleModule;

/** Makes the JSON mapper stricter than its settings can: required fields, and only text that PostgreSQL can store. */
@Configuration(proxyBeanMethods = false)
class StrictJson {

    @Bean
    JacksonModule strictJsonModule() {
        return new SimpleModule("strict JSON") {

            private static final long serialVersionUID = 1;

            @Override
            public void setupModule(SetupContext context) {
                super.setupModule(context);
                context.insertAnnotationIntrospector(new RequiredFields());
            }
        }.addDeserializer(String.class, new StorableText());
    }
}
