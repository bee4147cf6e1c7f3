package kinoteka.catalog.problem;

import java.util.Optional;
import org.springframework.http.HttpMethod;

/** Maps the exceptions of one library or one part of the service to problems. A mapper must not claim the exceptions of another. */
public interface ExceptionMapper {

    /**
     * The problem that this failure is reported as; empty for a failure that this mapper does not know.
     *
     * @param method of the request that failed
     */
    Optional<ProblemException> map(Throwable failure, HttpMethod method);
}
