package kinoteka.catalog.body;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Executable;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Version;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedField;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;

/** Makes every component of a record a required JSON field that is not null, unless its type is {@code @Nullable}. */
final class RequiredFields extends NopAnnotationIntrospector {

    private static final long serialVersionUID = 1;

    @Override
    public Version version() {
        return Version.unknownVersion();
    }

    @Override
    public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
        var type = typeOf(member);
        return type == null ? null : !type.isAnnotationPresent(Nullable.class);
    }

    @Override
    public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
        var type = typeOf(annotated);
        if (type == null) {
            return JsonSetter.Value.empty();
        }
        var nulls = type.isAnnotationPresent(Nullable.class) ? Nulls.DEFAULT : Nulls.FAIL;
        return JsonSetter.Value.construct(nulls, Nulls.FAIL);
    }

    /** Returns null if this is not a component of a record. */
    private static @Nullable AnnotatedType typeOf(Annotated annotated) {
        if (annotated instanceof AnnotatedParameter parameter
                && parameter.getDeclaringClass().isRecord()) {
            AnnotatedElement owner = parameter.getOwner().getAnnotated();
            return owner instanceof Executable constructor
                    ? constructor.getAnnotatedParameterTypes()[parameter.getIndex()]
                    : null;
        }
        return annotated instanceof AnnotatedField field
                        && field.getDeclaringClass().isRecord()
                ? field.getAnnotated().getAnnotatedType()
                : null;
    }
}
