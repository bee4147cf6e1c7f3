package kinoteka.catalog.parameter;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.converter.GenericConverter;
import org.springframework.stereotype.Component;

/** Converts the lower-case name of an enum constant in a parameter to the constant. */
@Component
class LowerCaseEnums implements GenericConverter {

    @Override
    public Set<ConvertiblePair> getConvertibleTypes() {
        return Set.of(new ConvertiblePair(String.class, Enum.class));
    }

    @Override
    public @Nullable Object convert(@Nullable Object source, TypeDescriptor from, TypeDescriptor to) {
        return Arrays.stream(to.getType().getEnumConstants())
                .filter(constant -> constant.toString().toLowerCase(Locale.ROOT).equals(source))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(source + " (expected: a lower-case name)"));
    }
}
