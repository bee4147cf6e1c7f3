/** The lists of words that other things choose from: tags, positions, film awards, nominations, categories. */
@NullMarked
package kinoteka.catalog.vocabulary;

import org.jspecify.annotations.NullMarked;
