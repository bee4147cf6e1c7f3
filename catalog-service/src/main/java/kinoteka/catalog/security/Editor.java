package kinoteka.catalog.security;

import java.util.Set;

/** A caller whose token has the role of an editor or of an administrator. */
public record Editor(Caller caller) {

    static final Set<Role> ROLES = Set.of(Role.EDITOR, Role.ADMIN);
}
