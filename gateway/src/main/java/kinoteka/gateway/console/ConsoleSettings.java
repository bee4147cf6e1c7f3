package kinoteka.gateway.console;

import kinoteka.gateway.settings.AtStart;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the console, the page at {@code /} of the operators' port.
 *
 * @param enabled whether there is a console. It reads the metrics once a second while somebody looks at it
 */
@AtStart
@ConfigurationProperties("kinoteka.gateway.console")
public record ConsoleSettings(@DefaultValue("true") boolean enabled) {}
