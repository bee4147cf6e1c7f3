package kinoteka.gateway.reload;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springframework.boot.bootstrap.DefaultBootstrapContext;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.ConfigurationPropertiesBean;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.IgnoreTopLevelConverterNotFoundBindHandler;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.bind.validation.ValidationBindHandler;
import org.springframework.boot.context.properties.bind.validation.ValidationErrors;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.FileSystemResource;
import org.springframework.validation.FieldError;
import org.springframework.validation.SmartValidator;

/** Reads the configuration as the start of the gateway does, and checks it. */
final class ConfigurationReader {

    private static final String OURS = "kinoteka.gateway.";
    private static final String NO_SUCH_SETTING = ": there is no such setting";

    private final ApplicationContext context;
    private final ConfigurableEnvironment startEnvironment;
    private final SmartValidator validator;
    private final Path file;

    /** @param file the configuration file */
    ConfigurationReader(
            ApplicationContext context, ConfigurableEnvironment startEnvironment, SmartValidator validator, Path file) {
        this.context = context;
        this.startEnvironment = startEnvironment;
        this.validator = validator;
        this.file = file;
    }

    /** Returns the settings in the file, by name. */
    Map<String, String> properties() throws RejectedConfiguration {
        PropertySourceLoader loader = file.toString().endsWith(".properties")
                ? new PropertiesPropertySourceLoader()
                : new YamlPropertySourceLoader();
        var properties = new TreeMap<String, String>();
        try {
            for (var source : loader.load(file.toString(), new FileSystemResource(file))) {
                for (var name : ((EnumerablePropertySource<?>) source).getPropertyNames()) {
                    properties.put(name, String.valueOf(source.getProperty(name)));
                }
            }
        } catch (IOException | RuntimeException e) {
            throw new RejectedConfiguration(String.valueOf(e.getMessage()));
        }
        return properties;
    }

    /** Returns all records of settings of the gateway as a restart would create them, whether or not they can change before. */
    Map<Class<?>, Object> settings() throws RejectedConfiguration {
        var environment = new StandardEnvironment();
        var sources = environment.getPropertySources();
        sources.forEach(source -> sources.remove(source.getName()));
        startEnvironment.getPropertySources().stream()
                .filter(source -> !isFromConfiguration(source))
                .forEach(sources::addLast);
        var settings = new LinkedHashMap<Class<?>, Object>();
        var unknown = properties().keySet();
        unknown.removeIf(name -> !name.startsWith("kinoteka."));
        try {
            ConfigDataEnvironmentPostProcessor.applyTo(
                    environment,
                    new DefaultResourceLoader(),
                    new DefaultBootstrapContext(),
                    startEnvironment.getActiveProfiles());
            var binder = Binder.get(environment);
            for (var bean : ConfigurationPropertiesBean.getAll(context).values()) {
                var prefix = bean.getAnnotation().prefix();
                unknown.removeIf(name -> name.startsWith(prefix + "."));
                if (prefix.startsWith(OURS)) {
                    var type = Objects.requireNonNull(bean.getInstance()).getClass();
                    settings.put(type, bind(binder, prefix, type));
                }
            }
        } catch (BindException e) {
            throw new RejectedConfiguration(describe(e));
        } catch (RuntimeException e) {
            throw new RejectedConfiguration(String.valueOf(e.getMessage()));
        }
        if (!unknown.isEmpty()) {
            throw new RejectedConfiguration(unknown.iterator().next() + NO_SUCH_SETTING);
        }
        return settings;
    }

    private <S> S bind(Binder binder, String prefix, Class<S> type) {
        var known = new NoUnboundElementsBindHandler(new IgnoreTopLevelConverterNotFoundBindHandler(), this::isFile);
        return binder.bindOrCreate(prefix, Bindable.of(type), new ValidationBindHandler(known, validator));
    }

    private boolean isFile(ConfigurationPropertySource source) {
        return String.valueOf(source.getUnderlyingSource()).contains(file.toString());
    }

    /** Boot names the sources that it read from files and folders like this. They are read again. */
    private static boolean isFromConfiguration(PropertySource<?> source) {
        return source.getName().startsWith("Config ") || source.getName().equals("configurationProperties");
    }

    private static String describe(BindException failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof BindValidationException)) {
            cause = cause.getCause();
        }
        return switch (cause) {
            case BindValidationException invalid -> describe(invalid.getValidationErrors());
            case UnboundConfigurationPropertiesException unknown ->
                unknown.getUnboundProperties().iterator().next().getName() + NO_SUCH_SETTING;
            default -> failure.getName() + ": " + Objects.requireNonNullElse(cause.getMessage(), cause.toString());
        };
    }

    private static String describe(ValidationErrors errors) {
        var error = errors.getAllErrors().getFirst();
        return error instanceof FieldError field
                ? errors.getName() + "." + DataObjectPropertyName.toDashedForm(field.getField()) + ": "
                        + field.getRejectedValue() + " " + field.getDefaultMessage()
                : errors.getName() + ": " + error.getDefaultMessage();
    }
}
