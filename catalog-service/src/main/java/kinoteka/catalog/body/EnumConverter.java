package kinoteka.catalog.body;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.converter.GenericConverter;
import org.springframework.stereotype.Component;

/** Converts request parameters to enum constants, which clients write in lower case. */
@Component
class EnumConverter implements GenericConverter {

    @Override
    public Set<ConvertiblePair> getConvertibleTypes() {
        return Set.of(new ConvertiblePair(String.class, Enum.class));
    }

    @Override
    public @Nullable Object convert(@Nullable Object source, TypeDescriptor from, TypeDescriptor to) {
        return Arrays.stream(to.getType().getEnumConstants())
                .filter(constant -> constant.toString().toLowerCase(Locale.ROOT).equals(source))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(source + " (expected: a name in lower case)"));
    }
}
