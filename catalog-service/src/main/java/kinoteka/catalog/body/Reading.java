package kinoteka.catalog.body;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.module.SimpleModule;

/** Adds to the service's JSON what its settings cannot say. */
@Configuration(proxyBeanMethods = false)
class Reading {

    @Bean
    JacksonModule strictReading() {
        return new SimpleModule("strict reading") {

            private static final long serialVersionUID = 1;

            @Override
            public void setupModule(SetupContext context) {
                super.setupModule(context);
                context.insertAnnotationIntrospector(new RequiredFields());
            }
        }.addDeserializer(String.class, new StorableText());
    }
}
