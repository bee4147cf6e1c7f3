package kinoteka.catalog.database.failure;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import kinoteka.catalog.database.pool.ConnectionRetirement;
import kinoteka.catalog.problem.ExceptionMapper;
import kinoteka.catalog.problem.ProblemException;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/** Maps failures of the database to problems, counts them, and reports lost servers to the pools. */
@Component
class DatabaseExceptionMapper implements ExceptionMapper {

    private final ConnectionRetirement connections;
    private final Map<DatabaseFailure, Counter> failures;

    DatabaseExceptionMapper(ConnectionRetirement connections, MeterRegistry metrics) {
        this.connections = connections;
        this.failures = Arrays.stream(DatabaseFailure.values())
                .collect(Collectors.toMap(
                        Function.identity(),
                        reason -> Counter.builder("database.failures")
                                .description("Requests that failed because of the database")
                                .tag("reason", reason.label())
                                .register(metrics),
                        (one, other) -> one,
                        () -> new EnumMap<>(DatabaseFailure.class)));
    }

    @Override
    public Optional<ProblemException> map(Throwable failure, HttpMethod method) {
        return DatabaseFailure.in(failure).map(reason -> {
            Optional.ofNullable(failures.get(reason)).ifPresent(Counter::increment);
            connections.onFailure(failure);
            return reason.problem();
        });
    }
}
