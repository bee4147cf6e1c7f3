/** What the settings of several features have in common. */
@NullMarked
package kinoteka.gateway.settings;

import org.jspecify.annotations.NullMarked;
