package kinoteka.catalog.security;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;

/**
 * Who may call a handler. Each handler declares it: by a parameter of type {@link Caller}, {@link Member} or {@link Editor}, by
 * {@link Public}, or, if it only reads, by {@link PublicReads} on its class. A handler that declares nothing is never called.
 */
public enum Access {
    /** Everybody; a token makes no difference. */
    PUBLIC(""),
    /** Everybody; with a token one may see more. */
    PERSONAL("A token is optional: it shows customers their own personal data, and administrators everybody's."),
    /** Everybody who has a token with one of our roles. */
    MEMBERS("Requires a token."),
    /** Everybody who has a token of an editor or of an administrator. */
    EDITORS("Requires a token with the role `editor` or `admin`.");

    private static final Map<Class<?>, Access> BY_PARAMETER =
            Map.of(Caller.class, PERSONAL, Member.class, MEMBERS, Editor.class, EDITORS);
    private static final Set<RequestMethod> READS = Set.of(RequestMethod.GET, RequestMethod.HEAD);

    private final String description;

    Access(String description) {
        this.description = description;
    }

    /** What a handler declares; empty if it declares nothing, or contradicts itself. */
    public static Optional<Access> declaredBy(HandlerMethod handler) {
        return declaredBy(handler.getBeanType(), handler.getMethod());
    }

    /**
     * What a method of a controller declares; empty if it declares nothing, or contradicts itself. A parameter overrides
     * {@link PublicReads}.
     */
    public static Optional<Access> declaredBy(Class<?> controller, Method method) {
        var byParameters = Arrays.stream(method.getParameterTypes())
                .filter(BY_PARAMETER::containsKey)
                .map(BY_PARAMETER::get)
                .toList();
        var isPublic = AnnotatedElementUtils.hasAnnotation(method, Public.class);
        if (byParameters.isEmpty()) {
            return isPublic || isPublicRead(controller, method) ? Optional.of(PUBLIC) : Optional.empty();
        }
        return isPublic || byParameters.size() > 1 ? Optional.empty() : Optional.of(byParameters.getFirst());
    }

    /** Whether the type of a parameter declares who may call its method. */
    public static boolean isDeclaredBy(MethodParameter parameter) {
        return BY_PARAMETER.containsKey(parameter.getParameterType());
    }

    private static boolean isPublicRead(Class<?> controller, Method method) {
        var mapping = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
        return AnnotatedElementUtils.hasAnnotation(controller, PublicReads.class)
                && mapping != null
                && mapping.method().length > 0
                && READS.containsAll(Set.of(mapping.method()));
    }

    /** A sentence for people; empty where there is nothing to say. */
    public String description() {
        return description;
    }

    public boolean requiresToken() {
        return this == MEMBERS || this == EDITORS;
    }
}
