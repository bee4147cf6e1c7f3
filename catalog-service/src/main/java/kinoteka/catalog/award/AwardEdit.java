package kinoteka.catalog.award;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an award that an editor can set. The other fields of an award are ignored, so that a client can send back an
 * award that it has read.
 *
 * @param personId the person whose work won; null if the film as a whole won
 */
@JsonIgnoreProperties({"id", "film_award", "nomination", "movie", "person"})
record AwardEdit(
        @Positive long filmAwardId,
        @Positive long nominationId,
        @Positive long movieId,
        @Positive @Nullable Long personId) {}
