package kinoteka.catalog.customer;

import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import kinoteka.catalog.problem.Problem;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Hashes passwords with Argon2id, each with the name of its algorithm, so that a better one can follow. A hash is made to be
 * dear, in time and in memory: few are made at once, and few may wait.
 */
@Component
class Passwords implements DisposableBean {

    private static final String ALGORITHM = "argon2@SpringSecurity_v5_8";

    private final PasswordEncoder encoder = new DelegatingPasswordEncoder(
            ALGORITHM, Map.of(ALGORITHM, Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8()));
    private final Scheduler workers = Schedulers.newBoundedElastic(2, 50, "passwords");

    /** The hash, as {@code customers.password_hash} keeps it. */
    Mono<String> hash(String password) {
        return Mono.fromSupplier(() -> encoder.encode(password))
                .subscribeOn(workers)
                .onErrorMap(
                        RejectedExecutionException.class,
                        busy -> Problem.OVERLOADED.exception("Too many accounts are being opened at the moment."));
    }

    @Override
    public void destroy() {
        workers.dispose();
    }
}
