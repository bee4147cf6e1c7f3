package kinoteka.catalog.database.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Optional;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.problem.InvalidField;
import kinoteka.catalog.problem.Problem;
import kinoteka.catalog.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;

@CatalogIT
class ConstraintExceptionMapperIT {

    private final ConstraintExceptionMapper mapper = new ConstraintExceptionMapper();

    @Autowired
    private PrimaryDatabase database;

    @ParameterizedTest
    @CsvSource({
        "23503, award_person_exists, awards, POST, REFERENCE_NOT_FOUND, person_id",
        "23503, award_person_exists, awards, PATCH, REFERENCE_NOT_FOUND, person_id",
        "23503, award_person_exists, awards, DELETE, RESOURCE_IN_USE, ",
        "23001, award_person_exists, awards, DELETE, RESOURCE_IN_USE, ",
        "23503, award_of_somebody, awards, POST, REFERENCE_NOT_FOUND, parent_id",
        "23505, tag_title_is_unique, tags, POST, RESOURCE_EXISTS, title",
        "23505, category_title_is_unique, categories, POST, RESOURCE_EXISTS, title",
        "23505, movie_staff_role_is_unique, movie_staff, POST, RESOURCE_EXISTS, role",
        "23505, other_title_is_unique, tags, POST, RESOURCE_EXISTS, ",
        "23505, tags_pkey, tags, POST, RESOURCE_EXISTS, ",
        "23514, customer_account_is_open, orders, POST, FORBIDDEN, ",
        "23514, comment_parent_is_an_earlier_comment, comments, POST, REFERENCE_NOT_FOUND, parent_id",
        "23514, movie_budget_is_not_negative, movies, POST, BODY_INVALID, budget",
        "23514, comment_is_about_either_a_movie_or_a_publication, comments, POST, BODY_INVALID, ",
        "23514, some_rule, movies, POST, BODY_INVALID, "
    })
    void namesTheFieldAfterTheConstraint(
            String sqlState, String constraint, String table, HttpMethod method, Problem problem, String field) {
        var mapped =
                mapper.map(raise(sqlState, "constraint = '%s', table = '%s'".formatted(constraint, table)), method);

        assertThat(mapped.map(ProblemException::problem)).contains(problem);
        assertThat(mapped.orElseThrow().errors())
                .extracting(InvalidField::field)
                .containsExactlyElementsOf(Optional.ofNullable(field).stream().toList());
    }

    @Test
    void namesTheTableThatRefersToAResource() {
        var mapped = mapper.map(
                raise("23503", "constraint = 'award_person_exists', table = 'movie_staff'"), HttpMethod.DELETE);

        assertThat(mapped)
                .get()
                .hasToString(
                        "kinoteka.catalog.problem.ProblemException: The resource cannot be deleted because movie staff refer to it.");
    }

    @Test
    void leavesOtherFailuresToOthers() {
        assertThat(mapper.map(raise("22001", "constraint = 'award_person_exists'"), HttpMethod.POST))
                .isEmpty();
        assertThat(mapper.map(raise("23505", "hint = 'no constraint'"), HttpMethod.POST))
                .isEmpty();
        assertThat(mapper.map(new IllegalStateException(), HttpMethod.POST)).isEmpty();
    }

    private Throwable raise(String sqlState, String details) {
        var failure = catchThrowable(() -> database.client()
                .sql("do $$ begin raise exception 'test' using errcode = '%s', %s; end $$".formatted(sqlState, details))
                .then()
                .block());
        assertThat(failure).isNotNull();
        return failure;
    }
}
