package kinoteka.seeder.library.viewer;

import kinoteka.seeder.rows.CopyText;

/** What a session repeats of its movie. */
public record Heading(long movieId, int year, String title) {

    /** Three fields of a row, encoded once for all sessions of this movie. */
    byte[] encoded() {
        return CopyText.encode(Long.toString(movieId), Integer.toString(year), title);
    }
}
