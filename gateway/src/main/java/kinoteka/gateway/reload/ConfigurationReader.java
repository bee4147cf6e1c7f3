package kinoteka.gateway.reload;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /** Returns the settings with which the gateway has started. */
    AllSettings atStart() {
        var settings = new LinkedHashMap<Class<?>, Object>();
        beans().forEach(bean -> settings.put(type(bean), Objects.requireNonNull(bean.getInstance())));
        return new AllSettings(settings, Set.of());
    }

    /** Returns the settings with which the gateway would start now, whether or not they can change before. */
    AllSettings read() throws RejectedConfiguration {
        var names = namesInFile();
        var settings = new LinkedHashMap<Class<?>, Object>();
        try {
            var environment = environment();
            var binder = Binder.get(environment);
            for (var bean : beans()) {
                var prefix = bean.getAnnotation().prefix();
                names.removeIf(name -> name.startsWith(prefix + "."));
                settings.put(type(bean), bind(binder, prefix, type(bean)));
            }
            names.stream()
                    .filter(name -> name.startsWith("kinoteka."))
                    .findFirst()
                    .ifPresent(name -> {
                        throw new IllegalArgumentException(name + NO_SUCH_SETTING);
                    });
            return new AllSettings(settings, foreign(names, environment));
        } catch (BindException e) {
            throw new RejectedConfiguration(describe(e));
        } catch (RuntimeException e) {
            throw new RejectedConfiguration(String.valueOf(e.getMessage()));
        }
    }

    private List<ConfigurationPropertiesBean> beans() {
        return ConfigurationPropertiesBean.getAll(context).values().stream()
                .filter(bean -> bean.getAnnotation().prefix().startsWith(OURS))
                .toList();
    }

    private static Class<?> type(ConfigurationPropertiesBean bean) {
        return Objects.requireNonNull(bean.getInstance()).getClass();
    }

    private Set<String> namesInFile() throws RejectedConfiguration {
        PropertySourceLoader loader = file.toString().endsWith(".properties")
                ? new PropertiesPropertySourceLoader()
                : new YamlPropertySourceLoader();
        try {
            return loader.load(file.toString(), new FileSystemResource(file)).stream()
                    .flatMap(ConfigurationReader::names)
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException | RuntimeException e) {
            throw new RejectedConfiguration(String.valueOf(e.getMessage()));
        }
    }

    private static Stream<String> names(PropertySource<?> source) {
        return Arrays.stream(((EnumerablePropertySource<?>) source).getPropertyNames());
    }

    /** Returns the environment of a start at this time. */
    private ConfigurableEnvironment environment() {
        var environment = new StandardEnvironment();
        var sources = environment.getPropertySources();
        sources.forEach(source -> sources.remove(source.getName()));
        startEnvironment.getPropertySources().stream()
                .filter(source -> !isFromConfiguration(source))
                .forEach(sources::addLast);
        ConfigDataEnvironmentPostProcessor.applyTo(
                environment,
                new DefaultResourceLoader(),
                new DefaultBootstrapContext(),
                startEnvironment.getActiveProfiles());
        return environment;
    }

    /** Returns the names of settings that are not ours, are or were in the file, and have another value than at the start. */
    private Set<String> foreign(Set<String> names, ConfigurableEnvironment environment) {
        startEnvironment.getPropertySources().stream()
                .filter(source ->
                        isFromConfiguration(source) && source.getName().contains(file.toString()))
                .flatMap(source -> source instanceof EnumerablePropertySource<?> ? names(source) : Stream.of())
                .filter(name -> !name.startsWith(OURS))
                .forEach(names::add);
        names.removeIf(name -> Objects.equals(environment.getProperty(name), startEnvironment.getProperty(name)));
        return names;
    }

    private Object bind(Binder binder, String prefix, Class<?> type) {
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
            default ->
                describe(
                        failure.getName().toString(), Objects.requireNonNullElse(cause.getMessage(), cause.toString()));
        };
    }

    /** The messages of our records begin with the name of the setting, those of conversions do not. */
    private static String describe(String name, String message) {
        return message.startsWith(OURS) ? message : name + ": " + message;
    }

    private static String describe(ValidationErrors errors) {
        var error = errors.getAllErrors().getFirst();
        return error instanceof FieldError field
                ? errors.getName() + "." + DataObjectPropertyName.toDashedForm(field.getField()) + ": "
                        + field.getRejectedValue() + " " + field.getDefaultMessage()
                : errors.getName() + ": " + error.getDefaultMessage();
    }
}
