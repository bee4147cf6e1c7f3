package kinoteka.people.scenario;

import kinoteka.people.api.ApiResponse;
import kinoteka.people.metrics.Outcome;
import kinoteka.people.metrics.Outcome.Kind;

/**
 * The result of checking a response.
 *
 * @param name of the success or of the expected rejection, or the type of the problem
 */
record CheckResult(String name, Kind kind) {

    /** The library has done what was requested. */
    static CheckResult success(String name) {
        return new CheckResult(name, Kind.SUCCESS);
    }

    /** The library has rejected a request that it had to reject. */
    static CheckResult rejected(String reason) {
        return new CheckResult(reason, Kind.REJECTED);
    }

    /** Any other response: an unexpected status, a success with wrong content, or no response at all. */
    static CheckResult error(ApiResponse response) {
        if (response.status() == ApiResponse.NO_RESPONSE) {
            return new CheckResult("no response", Kind.ERROR);
        }
        return new CheckResult(
                response.problemType().isEmpty() ? "unexpected response" : response.problemType(), Kind.ERROR);
    }

    Outcome toOutcome(int status) {
        return new Outcome(status, name, kind);
    }
}
