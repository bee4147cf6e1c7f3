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
import java.util.Map;
import java.util.Set;

/**
 * What becomes an image.
 *
 * @param name of the image
 * @param ports it listens on
 */
record Service(String name, Set<Port> ports) {

    /** The user of no machine, as distroless images have it. */
    private static final String USER = "65532:65532";

    static Service named(String name) {
        return switch (name) {
            case "gateway" -> new Service(name, Set.of(Port.tcp(8080), Port.tcp(8443), Port.tcp(9090)));
            case "catalog-service" -> new Service(name, Set.of(Port.tcp(8081), Port.tcp(9091)));
            default -> throw new IllegalArgumentException("service: " + name + " (expected: gateway, catalog-service)");
        };
    }

    /**
     * An image of this folder, which is laid out as its root. What changes rarely is in layers of its own, so that a
     * new version is little to pull.
     */
    JibContainerBuilder image(Path root, String version) throws IOException {
        return Jib.fromScratch()
                .setFormat(ImageFormat.OCI)
                .setPlatforms(Set.of(new Platform("amd64", "linux")))
                .setCreationTime(Instant.EPOCH)
                .addFileEntriesLayer(Layers.of("system", root, "etc", "lib", "lib64", "usr", "tmp"))
                .addFileEntriesLayer(Layers.of("java", root, "opt"))
                .addFileEntriesLayer(Layers.of("libraries", root, "app/lib", "app/native"))
                .addFileEntriesLayer(
                        Layers.of("application", root, "app/app.jar", "app/app.aot", "app/java.args", "app/health"))
                .setEntrypoint(
                        "/opt/java/bin/java", "@/app/java.args", "-XX:AOTCache=/app/app.aot", "-jar", "/app/app.jar")
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
}
