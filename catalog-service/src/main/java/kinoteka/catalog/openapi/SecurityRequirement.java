package kinoteka.catalog.openapi;

import java.util.Map;
import kinoteka.catalog.security.Caller;
import kinoteka.catalog.security.Editor;
import kinoteka.catalog.security.Member;
import org.springframework.core.MethodParameter;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The token that an operation requires, which the type of a parameter of its method declares. */
enum SecurityRequirement {
    NONE(""),
    OPTIONAL("A token is optional: it shows customers their own personal data, and administrators everybody's."),
    TOKEN("Requires a token."),
    EDITOR("Requires a token with the role `editor` or `admin`.");

    /** The name of the security scheme in the document. */
    static final String SCHEME = "bearer";

    private static final Map<Class<?>, SecurityRequirement> BY_TYPE =
            Map.of(Caller.class, OPTIONAL, Member.class, TOKEN, Editor.class, EDITOR);

    private final String description;

    SecurityRequirement(String description) {
        this.description = description;
    }

    static SecurityRequirement of(MethodParameter parameter) {
        return BY_TYPE.getOrDefault(parameter.getParameterType(), NONE);
    }

    /** A sentence for people; empty for {@link #NONE}. */
    String description() {
        return description;
    }

    boolean requiresToken() {
        return this == TOKEN || this == EDITOR;
    }

    /** Adds the alternatives to an operation; an empty object stands for a request without a token. */
    void addTo(ObjectNode operation) {
        if (this == NONE) {
            return;
        }
        ArrayNode alternatives = operation.putArray("security");
        if (!requiresToken()) {
            alternatives.addObject();
        }
        alternatives.addObject().putArray(SCHEME);
    }
}
