package kinoteka.catalog.award;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;

/** What an editor says of an award; what else one shows is ignored, so that what was read can be sent back. */
@JsonIgnoreProperties({"id", "film_award", "nomination", "movie", "person"})
record AwardEdit(
        @Positive long filmAwardId,
        @Positive long nominationId,
        @Positive long movieId,
        @Positive @Nullable Long personId) {}
