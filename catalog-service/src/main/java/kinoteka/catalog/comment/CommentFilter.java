package kinoteka.catalog.comment;

import jakarta.validation.constraints.Positive;
import kinoteka.catalog.listing.Filter;
import kinoteka.catalog.listing.Parent;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.BindParam;

/**
 * Which comments a client asks for.
 *
 * @param parentId only answers to this comment
 */
record CommentFilter(
        @BindParam("parent_id") @Positive @Nullable Long parentId) {

    Filter conditions(Parent thing) {
        return Filter.NONE
                .and(thing.column() + " = :thing", "thing", thing.id())
                .and("parent_id = :parent", "parent", parentId);
    }
}
