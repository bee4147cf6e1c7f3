package kinoteka.catalog.problem;

import java.util.List;

/** A request that is answered with a problem. It is an answer rather than an accident: no stack trace is made. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Problem problem;
    private final String detail;
    private final transient List<InvalidField> errors;

    ProblemException(Problem problem, String detail, List<InvalidField> errors) {
        super(detail, null, false, false);
        this.problem = problem;
        this.detail = detail;
        this.errors = List.copyOf(errors);
    }

    Problem problem() {
        return problem;
    }

    String detail() {
        return detail;
    }

    List<InvalidField> errors() {
        return errors;
    }
}
