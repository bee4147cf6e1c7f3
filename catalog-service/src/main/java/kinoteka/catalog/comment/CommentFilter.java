package kinoteka.catalog.comment;

import jakarta.validation.constraints.Positive;
import kinoteka.catalog.listing.Filter;
import kinoteka.catalog.listing.Parent;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.BindParam;

/**
 * Selects comments.
 *
 * @param parentId only replies to this comment
 */
record CommentFilter(
        @BindParam("parent_id") @Positive @Nullable Long parentId) {

    /** @param subject the film or the publication that the comments are about */
    Filter conditions(Parent subject) {
        return Filter.NONE
                .and(subject.column() + " = :subject", "subject", subject.id())
                .and("parent_id = :parent", "parent", parentId);
    }
}
