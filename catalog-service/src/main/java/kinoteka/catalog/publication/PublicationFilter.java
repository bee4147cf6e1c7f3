package kinoteka.catalog.publication;

import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import kinoteka.catalog.listing.Filter;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.BindParam;

/**
 * Selects publications.
 *
 * @param q words of the title or the text, in Russian or English and in any inflected form
 * @param category title of a category
 * @param tag title of a tag
 * @param authorId only publications of this customer
 */
record PublicationFilter(
        @Size(min = 1, max = 200) @Nullable String q,
        @Size(max = 128) @Nullable String category,
        @Size(max = 128) @Nullable String tag,
        @BindParam("author_id") @Positive @Nullable Long authorId) {

    Filter conditions() {
        return Filter.NONE
                .and("search @@ websearch_to_tsquery('russian', :q)", "q", q)
                .and(
                        "category_id = (select id from publication_categories where title = :category)",
                        "category",
                        category)
                .and(
                        "exists (select from publication_tags join tags on tags.id = tag_id"
                                + " where publication_id = publications.id and tags.title = :tag)",
                        "tag",
                        tag)
                .and("author_id = :author", "author", authorId);
    }
}
