package kinoteka.gateway.problem;

/**
 * Ends a request with a problem where the response cannot be written directly, for example while the body is being read. It has neither a
 * stack trace nor a cause, because it is an expected outcome and not a defect.
 */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Problem problem;

    /**
     * Creates an exception for this problem.
     *
     * @param detail a sentence for the client about this request
     */
    public ProblemException(Problem problem, String detail) {
        super(detail, null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
