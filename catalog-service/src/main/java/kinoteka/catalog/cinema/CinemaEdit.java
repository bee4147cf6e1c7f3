package kinoteka.catalog.cinema;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * The fields of an online cinema that an editor can set.
 *
 * @param url of its site
 */
@JsonIgnoreProperties("id")
record CinemaEdit(
        @NotBlank @Size(max = 128) String title,

        @Pattern(regexp = "https?://[!-~]+", message = "expected: an http or https URI in ASCII") @Size(max = 2000)
        String url) {}
