/** Vocabularies that other resources refer to: tags, positions, film awards, nominations, categories. */
@NullMarked
package kinoteka.catalog.vocabulary;

import org.jspecify.annotations.NullMarked;
