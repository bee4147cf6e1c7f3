package kinoteka.catalog.password;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Optional;
import kinoteka.catalog.client.Client;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Hashes and verifies passwords with Argon2id. Each hash begins with the name of its algorithm, so that a better algorithm can
 * replace this one. Callers must not hold a database connection, because a request may wait here for some seconds.
 */
@Component
public class Passwords implements DisposableBean {

    private static final String ALGORITHM = "argon2@SpringSecurity_v5_8";

    private final PasswordEncoder encoder;
    private final HashingQueue queue;

    Passwords(PasswordSettings settings, MeterRegistry metrics) {
        var encoders = new DelegatingPasswordEncoder(
                ALGORITHM, Map.of(ALGORITHM, Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8()));
        encoders.setDefaultPasswordEncoderForMatches(new NoMatch());
        encoder = encoders;
        queue = new HashingQueue(settings);
        Gauge.builder("password.requests", queue, HashingQueue::size)
                .description("Requests that wait for the hash of a password or are being hashed")
                .register(metrics);
    }

    /** The hash of a new password, as {@code customers.password_hash} stores it. */
    public Mono<String> hash(String password, Client client) {
        return queue.execute(client, () -> encode(password));
    }

    /** The hash of a new password; empty if the current password does not have the current hash. */
    public Mono<String> verifyAndHash(String currentPassword, String currentHash, String password, Client client) {
        return queue.execute(
                        client,
                        () -> encoder.matches(currentPassword, currentHash)
                                ? Optional.of(encode(password))
                                : Optional.<String>empty())
                .flatMap(Mono::justOrEmpty);
    }

    private String encode(String password) {
        return requireNonNull(encoder.encode(password));
    }

    @Override
    public void destroy() {
        queue.dispose();
    }

    /** For a hash of an algorithm that this service does not know: no password matches it. */
    private static final class NoMatch implements PasswordEncoder {

        @Override
        public String encode(@Nullable CharSequence password) {
            throw new UnsupportedOperationException("this encoder only verifies");
        }

        @Override
        public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
            return false;
        }
    }
}
