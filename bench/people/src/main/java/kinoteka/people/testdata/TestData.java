package kinoteka.people.testdata;

import java.util.List;

/**
 * The data that the scenarios choose from. It is read from the API before the run, and the scenarios add to it.
 *
 * @param movies ids, the most popular first
 * @param cinemas ids
 * @param categories ids of the categories of publications
 * @param tags titles
 */
public record TestData(
        Users users,
        List<Long> movies,
        List<Long> cinemas,
        List<Long> categories,
        List<String> tags,
        Offers offers,
        Publications publications,
        RecentComments comments) {}
