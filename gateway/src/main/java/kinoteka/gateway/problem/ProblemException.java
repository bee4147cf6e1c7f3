package kinoteka.gateway.problem;

/**
 * Ends a request with a problem where an answer cannot be written directly, in the middle of a body for instance. Has no
 * stack trace and no cause: it is an answer on its way, not a defect.
 */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Problem problem;

    /**
     * Ends a request with this problem.
     *
     * @param detail what the client is told happened to this request
     */
    public ProblemException(Problem problem, String detail) {
        super(detail, null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
