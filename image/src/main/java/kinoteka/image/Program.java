package kinoteka.image;

import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A program that is made into an image.
 *
 * @param name of the image
 * @param ports on which it listens; empty for a program that runs once and ends
 */
record Program(String name, Set<Port> ports) {

    /** The user of no machine, as distroless images have it. */
    private static final String USER = "65532:65532";

    static Program named(String name) {
        return switch (name) {
            case "gateway" -> new Program(name, Set.of(Port.tcp(8080), Port.tcp(8443), Port.udp(8443), Port.tcp(9090)));
            case "catalog-service" -> new Program(name, Set.of(Port.tcp(8081), Port.tcp(9091)));
            case "seeder" -> new Program(name, Set.of());
            default ->
                throw new IllegalArgumentException(
                        "program: " + name + " (expected: gateway, catalog-service, seeder)");
        };
    }

    /**
     * Returns an image of this folder, which is laid out as its root. Files that rarely change are in layers of their own, so
     * that a new version is little to pull.
     */
    JibContainerBuilder image(Path root, String version) throws IOException {
        return Jib.fromScratch()
                .setFormat(ImageFormat.OCI)
                .setPlatforms(Set.of(new Platform("amd64", "linux")))
                .setCreationTime(Instant.EPOCH)
                .addFileEntriesLayer(Layers.of("system", root, List.of("etc", "lib", "lib64", "usr", "tmp")))
                .addFileEntriesLayer(Layers.of("java", root, List.of("opt")))
                .addFileEntriesLayer(Layers.of("libraries", root, libraries()))
                .addFileEntriesLayer(Layers.of("application", root, application()))
                .setEntrypoint(entrypoint())
                .setWorkingDirectory(AbsoluteUnixPath.get("/app"))
                .setEnvironment(Map.of("LANG", "C.UTF-8", "TZ", "UTC"))
                .setUser(USER)
                .setExposedPorts(ports)
                .setLabels(Map.of(
                        "org.opencontainers.image.title",
                        "Kinoteka " + name,
                        "org.opencontainers.image.version",
                        version,
                        "org.opencontainers.image.licenses",
                        "Apache-2.0"));
    }

    /** A service uses Netty, has a health check, and has to be ready soon after its start. */
    private boolean isService() {
        return !ports.isEmpty();
    }

    private List<String> libraries() {
        return isService() ? List.of("app/lib", "app/native") : List.of("app/lib");
    }

    private List<String> application() {
        return isService()
                ? List.of("app/app.jar", "app/app.aot", "app/java.args", "app/health")
                : List.of("app/app.jar", "app/java.args");
    }

    private List<String> entrypoint() {
        List<String> command = new ArrayList<>(List.of("/opt/java/bin/java", "@/app/java.args"));
        if (isService()) {
            command.add("-XX:AOTCache=/app/app.aot");
        }
        command.addAll(List.of("-jar", "/app/app.jar"));
        return command;
    }
}
