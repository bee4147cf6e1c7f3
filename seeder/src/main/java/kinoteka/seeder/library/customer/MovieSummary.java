package kinoteka.seeder.library.customer;

import kinoteka.seeder.rows.CopyText;

/** The columns of a movie that its sessions repeat. */
public record MovieSummary(long id, int year, String title) {

    /** Returns the three fields, encoded once for all sessions of this movie. */
    byte[] encoded() {
        return CopyText.encode(Long.toString(id), Integer.toString(year), title);
    }
}
