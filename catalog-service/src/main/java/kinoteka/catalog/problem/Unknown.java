package kinoteka.catalog.problem;

import reactor.core.publisher.Mono;

/** What is answered in place of what is not there. */
public final class Unknown {

    private Unknown() {}

    /** Fails with the refusal that there is no such thing. */
    public static <T> Mono<T> thing(String name, long id) {
        return Mono.error(() -> Problem.RESOURCE_UNKNOWN.because("There is no " + name + " " + id + "."));
    }
}
