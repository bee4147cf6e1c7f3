package kinoteka.catalog.problem;

import java.util.List;

/** A request that ends with a problem. It has no stack trace, because it is an expected outcome rather than a defect. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** More would be of no use to a person, and a client could request many with few bytes. */
    private static final int MAX_ERRORS = 20;

    private final Problem problem;
    private final String detail;
    private final transient List<InvalidField> errors;

    ProblemException(Problem problem, String detail, List<InvalidField> errors) {
        super(detail, null, false, false);
        this.problem = problem;
        this.detail = detail;
        this.errors = errors.stream().limit(MAX_ERRORS).toList();
    }

    public Problem problem() {
        return problem;
    }

    String detail() {
        return detail;
    }

    /** The first of the fields that are not valid. */
    public List<InvalidField> errors() {
        return errors;
    }
}
