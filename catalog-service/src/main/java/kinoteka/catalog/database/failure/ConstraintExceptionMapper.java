package kinoteka.catalog.database.failure;

import io.r2dbc.postgresql.api.ErrorDetails;
import io.r2dbc.postgresql.api.PostgresqlException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kinoteka.catalog.problem.ExceptionMapper;
import kinoteka.catalog.problem.InvalidField;
import kinoteka.catalog.problem.Problem;
import kinoteka.catalog.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/**
 * Maps violated constraints to problems. The name of a constraint says which field is not valid: {@code award_person_exists}
 * of the table {@code awards} is about {@code person_id}, {@code tag_title_is_unique} about {@code title}, {@code
 * movie_budget_is_not_negative} about {@code budget}.
 */
@Component
class ConstraintExceptionMapper implements ExceptionMapper {

    private static final Pattern UNIQUE = Pattern.compile("(.+)_is_unique");
    private static final Pattern EXISTS = Pattern.compile("(.+)_exists");
    private static final Pattern IS = Pattern.compile("(.+?)_is_(.+)");

    @Override
    public Optional<ProblemException> map(Throwable failure, HttpMethod method) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PostgresqlException violation) {
                return map(violation.getErrorDetails(), method);
            }
        }
        return Optional.empty();
    }

    private static Optional<ProblemException> map(ErrorDetails error, HttpMethod method) {
        return error.getConstraintName()
                .flatMap(constraint -> Optional.ofNullable(
                        switch (error.getCode()) {
                            case "23503", "23001" ->
                                method.equals(HttpMethod.DELETE) ? inUse(error) : notFound(constraint, error);
                            case "23505" -> exists(constraint, error);
                            case "23514" -> invalid(constraint, error);
                            default -> null;
                        }));
    }

    private static ProblemException invalid(String constraint, ErrorDetails error) {
        return switch (constraint) {
            case "customer_account_is_open" -> Problem.FORBIDDEN.exception("The customer's account is closed.");
            case "comment_parent_is_an_earlier_comment" -> notFound(constraint, error);
            default ->
                Problem.BODY_INVALID.exception(
                        "The request body violates a rule: " + constraint.replace('_', ' ') + ".",
                        subject(constraint, IS, error)
                                .map(field -> List.of(new InvalidField(field, "does not satisfy the rule")))
                                .orElse(List.of()));
        };
    }

    private static ProblemException inUse(ErrorDetails error) {
        return Problem.RESOURCE_IN_USE.exception("The resource cannot be deleted because %s refer to it."
                .formatted(error.getTableName().orElse("other resources").replace('_', ' ')));
    }

    private static ProblemException notFound(String constraint, ErrorDetails error) {
        var field =
                subject(constraint, EXISTS, error).map(thing -> thing + "_id").orElse("parent_id");
        return Problem.REFERENCE_NOT_FOUND.exception(
                "The request body refers to a resource that does not exist.",
                List.of(new InvalidField(field, "does not exist")));
    }

    private static ProblemException exists(String constraint, ErrorDetails error) {
        return Problem.RESOURCE_EXISTS.exception(
                "The request violates a rule: " + constraint.replace('_', ' ') + ".",
                subject(constraint, UNIQUE, error)
                        .map(field -> List.of(new InvalidField(field, "already exists")))
                        .orElse(List.of()));
    }

    /** The part of a constraint's name between the name of its table, in the singular, and its rule. */
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
