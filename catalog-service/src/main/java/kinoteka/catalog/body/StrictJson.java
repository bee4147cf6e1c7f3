package kinoteka.catalog.body;

import jakarta.validation.Validator;
import java.time.LocalDate;
import org.springframework.boot.http.codec.CodecCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** Reads JSON as the API's document describes it, where the settings of Jackson do not suffice. */
@Configuration(proxyBeanMethods = false)
class StrictJson {

    @Bean
    JacksonModule strictReading(Validator validator) {
        return new SimpleModule("strict reading") {

            private static final long serialVersionUID = 1;

            @Override
            public void setupModule(SetupContext context) {
                super.setupModule(context);
                context.insertAnnotationIntrospector(new RequiredFields());
            }
        }.addDeserializer(String.class, new StorableText())
                .addDeserializer(Long.class, WholeNumber.ofLong(Long.class))
                .addDeserializer(long.class, WholeNumber.ofLong(long.class))
                .addDeserializer(Integer.class, WholeNumber.ofInt(Integer.class))
                .addDeserializer(int.class, WholeNumber.ofInt(int.class))
                .addDeserializer(LocalDate.class, new CalendarDate())
                .addDeserializer(Patch.class, new PatchReader(validator, Record.class));
    }

    @Bean
    @Order(1) // after Spring Boot's own decoder, which this one replaces
    CodecCustomizer bodyDecoder(JsonMapper json) {
        return codecs -> codecs.defaultCodecs().jacksonJsonDecoder(new BodyDecoder(json));
    }
}
