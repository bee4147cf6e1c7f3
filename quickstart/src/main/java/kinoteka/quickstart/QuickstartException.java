package kinoteka.quickstart;

/** The library cannot be started, or a part of it has stopped. The message is for the user and is shown without a stack trace. */
public class QuickstartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public QuickstartException(String message) {
        super(message);
    }

    public QuickstartException(String message, Throwable cause) {
        super(message, cause);
    }
}
