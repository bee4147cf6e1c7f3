package kinoteka.gateway.upstream;

/** An instance sent no response, or an incomplete one. It has no stack trace, because it is an expected outcome and not a defect. */
public final class UpstreamException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final FailureReason reason;
    private final String instance;

    /**
     * Creates an exception for a failed call.
     *
     * @param instance URI of the instance that was called
     * @param message what happened, for the log
     */
    public UpstreamException(FailureReason reason, String instance, String message) {
        super(instance + ": " + message, null, false, false);
        this.reason = reason;
        this.instance = instance;
    }

    public FailureReason reason() {
        return reason;
    }

    /** URI of the instance that was called. */
    public String instance() {
        return instance;
    }
}
