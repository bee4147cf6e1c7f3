package kinoteka.catalog.problem;

import io.r2dbc.postgresql.api.ErrorDetails;
import io.r2dbc.postgresql.api.PostgresqlException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;

/**
 * What the database refused, as its constraints' names say it: {@code award_person_exists} of the table {@code awards} is about
 * {@code person_id}, {@code tag_title_is_unique} about {@code title}.
 */
final class ConstraintFailures {

    private static final Pattern UNIQUE = Pattern.compile("(.+)_is_unique");
    private static final Pattern EXISTS = Pattern.compile("(.+)_exists");

    private ConstraintFailures() {}

    /** Empty for what no constraint refused. */
    static Optional<ProblemException> explain(Throwable failure, HttpMethod method) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PostgresqlException refused) {
                return explain(refused.getErrorDetails(), method);
            }
        }
        return Optional.empty();
    }

    private static Optional<ProblemException> explain(ErrorDetails error, HttpMethod method) {
        return error.getConstraintName()
                .flatMap(constraint -> Optional.ofNullable(
                        switch (error.getCode()) {
                            case "23503", "23001" ->
                                method.equals(HttpMethod.DELETE) ? inUse(error) : unknownReference(constraint, error);
                            case "23505" -> exists(constraint, error);
                            case "23514" -> broken(constraint, error);
                            default -> null;
                        }));
    }

    private static ProblemException broken(String rule, ErrorDetails error) {
        return switch (rule) {
            case "customer_account_is_open" -> Problem.FORBIDDEN.exception("The customer's account is closed.");
            case "comment_parent_is_an_earlier_comment" -> unknownReference(rule, error);
            default -> Problem.BODY_INVALID.exception("The body breaks a rule: " + rule.replace('_', ' ') + ".");
        };
    }

    private static ProblemException inUse(ErrorDetails error) {
        return Problem.RESOURCE_IN_USE.exception("There are still %s of it."
                .formatted(error.getTableName().orElse("others").replace('_', ' ')));
    }

    private static ProblemException unknownReference(String constraint, ErrorDetails error) {
        var field =
                subject(constraint, EXISTS, error).map(thing -> thing + "_id").orElse("parent_id");
        return Problem.REFERENCE_UNKNOWN.exception(
                "The body refers to what does not exist.", List.of(new InvalidField(field, "there is no such")));
    }

    private static ProblemException exists(String constraint, ErrorDetails error) {
        return Problem.RESOURCE_EXISTS.exception(
                "There is one already: " + constraint.replace('_', ' ') + ".",
                subject(constraint, UNIQUE, error)
                        .map(field -> List.of(new InvalidField(field, "taken")))
                        .orElse(List.of()));
    }

    /** What the name of a constraint says between the name of its table, in the singular, and its rule. */
    private static Optional<String> subject(String constraint, Pattern rule, ErrorDetails error) {
        var match = rule.matcher(constraint);
        if (!match.matches()) {
            return Optional.empty();
        }
        var table = error.getTableName().orElse("");
        return Stream.of(table, table.replaceFirst("s$", ""), table.replaceFirst("ies$", "y"))
                .map(name -> name + "_")
                .filter(match.group(1)::startsWith)
                .map(prefix -> match.group(1).substring(prefix.length()))
                .findFirst();
    }
}
