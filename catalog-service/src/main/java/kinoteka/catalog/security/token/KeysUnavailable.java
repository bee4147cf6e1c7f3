package kinoteka.catalog.security.token;

/** It is not known with which keys tokens are verified: none were fetched, or those that were are too old. No stack trace. */
final class KeysUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param failures attempts to fetch the keys that have failed in a row */
    KeysUnavailable(int failures) {
        super("The issuer's keys could not be fetched, " + failures + " times in a row", null, false, false);
    }
}
