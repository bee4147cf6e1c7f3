package kinoteka.catalog.movie;

/**
 * A film or a series.
 *
 * @param id positive
 * @param title in the language it is listed under
 * @param year of release
 * @param duration in minutes, 0 where it is not known
 */
public record Movie(long id, String title, int year, int duration) {}
