package kinoteka.catalog.security.token;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import java.util.List;
import reactor.core.publisher.Mono;

/** The public keys with which tokens are verified. */
interface VerificationKeys {

    /** The keys that match; empty if there is none. Fails if it is not known which keys there are. */
    Mono<List<JWK>> matching(JWKSelector selector);
}
