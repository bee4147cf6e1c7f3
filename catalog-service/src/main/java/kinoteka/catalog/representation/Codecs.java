package kinoteka.catalog.representation;

import kinoteka.catalog.client.PrimaryReads;
import org.springframework.boot.http.codec.CodecCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Registers {@link JsonWriter} ahead of Spring's own JSON encoder. */
@Configuration(proxyBeanMethods = false)
class Codecs {

    @Bean
    CodecCustomizer jsonWriter(Representations representations, ElementStream elements, PrimaryReads primaryReads) {
        return codecs -> codecs.customCodecs().register(new JsonWriter(representations, elements, primaryReads));
    }
}
