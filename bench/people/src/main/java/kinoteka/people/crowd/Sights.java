package kinoteka.people.crowd;

import java.util.List;

/**
 * What people know of the library: read from its lists when they come, and added to by what they do.
 *
 * @param movies ids, the most liked first
 * @param cinemas ids
 * @param categories ids, of publications
 * @param tags titles
 */
public record Sights(
        Crowd crowd,
        List<Long> movies,
        List<Long> cinemas,
        List<Long> categories,
        List<String> tags,
        Programme programme,
        Shelf shelf,
        Talk talk) {}
