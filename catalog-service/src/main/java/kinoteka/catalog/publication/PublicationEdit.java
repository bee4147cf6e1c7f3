package kinoteka.catalog.publication;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a publication that its author can set.
 *
 * @param tags titles of existing tags; none if absent
 */
record PublicationEdit(
        @NotBlank @Size(max = 256) String title,
        @NotBlank @Size(max = 200_000) String text,
        @Positive long categoryId,
        @Size(max = 50) List<@NotBlank String> tags) {

    PublicationEdit(String title, String text, long categoryId, @Nullable List<String> tags) {
        this.title = title;
        this.text = text;
        this.categoryId = categoryId;
        this.tags = Stream.ofNullable(tags).flatMap(List::stream).distinct().toList();
    }
}
