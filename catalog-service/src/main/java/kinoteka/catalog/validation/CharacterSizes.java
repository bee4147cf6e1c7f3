package kinoteka.catalog.validation;

import jakarta.validation.constraints.Size;
import org.hibernate.validator.HibernateValidatorConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Replaces the validators of {@link Size} by those that count characters. */
@Configuration(proxyBeanMethods = false)
class CharacterSizes {

    @Bean
    ValidationConfigurationCustomizer sizeValidators() {
        return configuration -> {
            if (configuration instanceof HibernateValidatorConfiguration hibernate) {
                var mapping = hibernate.createConstraintMapping();
                mapping.constraintDefinition(Size.class)
                        .includeExistingValidators(false)
                        .validatedBy(CharacterCount.class)
                        .validatedBy(ElementCount.class);
                hibernate.addMapping(mapping);
            }
        };
    }
}
