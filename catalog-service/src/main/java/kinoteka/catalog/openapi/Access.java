package kinoteka.catalog.openapi;

import java.util.Map;
import kinoteka.catalog.security.Caller;
import kinoteka.catalog.security.Editor;
import kinoteka.catalog.security.Member;
import org.springframework.core.MethodParameter;

/** Whom an operation lets in, by the type of a parameter of its method. */
enum Access {
    /** Everybody, and a token changes nothing. */
    PUBLIC(""),
    /** Everybody, and whoever has a token may see more. */
    PERSONAL("A token shows its customer, and administrators, what is personal."),
    /** Who has a token with one of our roles. */
    MEMBERS("Needs a token."),
    /** Who has a token of an editor or of an administrator. */
    EDITORS("Needs a token of an editor or of an administrator.");

    private static final Map<Class<?>, Access> BY_TYPE =
            Map.of(Caller.class, PERSONAL, Member.class, MEMBERS, Editor.class, EDITORS);

    private final String explanation;

    Access(String explanation) {
        this.explanation = explanation;
    }

    static boolean isSaidBy(MethodParameter parameter) {
        return BY_TYPE.containsKey(parameter.getParameterType());
    }

    static Access of(MethodParameter parameter) {
        return BY_TYPE.getOrDefault(parameter.getParameterType(), PUBLIC);
    }

    /** For people; empty where there is nothing to say. */
    String explanation() {
        return explanation;
    }

    boolean needsToken() {
        return this == MEMBERS || this == EDITORS;
    }
}
