package kinoteka.people.deed;

import kinoteka.people.api.ApiResponse;
import kinoteka.people.metrics.Outcome;
import kinoteka.people.metrics.Outcome.Kind;

/**
 * Whether an answer is as it should be.
 *
 * @param name of what was done, of an expected refusal, or of the problem
 */
record Verdict(String name, Kind kind) {

    /** The library did what was asked. */
    static Verdict done(String name) {
        return new Verdict(name, Kind.SUCCESS);
    }

    /** The library refused what it had to refuse. */
    static Verdict refused(String name) {
        return new Verdict(name, Kind.REJECTED);
    }

    /** Anything else: the library's problem, or a success that does not say what it should. */
    static Verdict unexpected(ApiResponse response) {
        if (response.status() == ApiResponse.NO_RESPONSE) {
            return new Verdict("no answer", Kind.ERROR);
        }
        return new Verdict(response.problemType().isEmpty() ? "wrong answer" : response.problemType(), Kind.ERROR);
    }

    Outcome outcome(int status) {
        return new Outcome(status, name, kind);
    }
}
