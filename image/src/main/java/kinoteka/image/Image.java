package kinoteka.image;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.LogEvent;
import com.google.cloud.tools.jib.api.LogEvent.Level;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * An image of a folder.
 *
 * @param root is laid out as the image's root
 */
record Image(Program program, String version, Path root) {

    /** Writes {@code PROGRAM.tar}, and its digest to {@code PROGRAM.digest}. */
    void archive(Path folder) throws Exception {
        var archive = folder.resolve(program.name() + ".tar");
        var digest = write(Containerizer.to(TarImage.at(archive).named(program.name() + ":" + version)));
        Files.writeString(folder.resolve(program.name() + ".digest"), digest + "\n");
        System.out.println(archive + " " + digest + " " + Files.size(archive) / 1_000_000 + " MB");
    }

    /** Pushes it as {@code REGISTRY/PROGRAM:VERSION}. */
    void push(String registry) throws Exception {
        var name = ImageReference.parse(registry + "/" + program.name() + ":" + version);
        var digest = write(
                // Registries of this machine only are believed without TLS.
                Containerizer.to(withCredentials(name)).setAllowInsecureRegistries(isLocal(name)));
        System.out.println(registry + "/" + program.name() + "@" + digest);
    }

    private static RegistryImage withCredentials(ImageReference name) throws IOException {
        var image = RegistryImage.named(name);
        var user = System.getenv("REGISTRY_USER");
        var password = System.getenv("REGISTRY_PASSWORD");
        if (user != null && password != null) {
            return image.addCredentialRetriever(() -> Optional.of(Credential.from(user, password)));
        }
        return image.addCredentialRetriever(
                CredentialRetrieverFactory.forImage(name, Image::log).dockerConfig());
    }

    private static boolean isLocal(ImageReference name) {
        return name.getRegistry().matches("(localhost|127\\.0\\.0\\.1)(:\\d+)?");
    }

    private String write(Containerizer where)
            throws IOException, InterruptedException, ExecutionException, RegistryException,
                    CacheDirectoryCreationException, InvalidImageReferenceException {
        where.addEventHandler(LogEvent.class, Image::log)
                .setToolName("kinoteka")
                .setToolVersion(version)
                .setBaseImageLayersCache(root.resolveSibling("jib"))
                .setApplicationLayersCache(root.resolveSibling("jib"));
        return program.image(root, version).containerize(where).getDigest().toString();
    }

    private static void log(LogEvent event) {
        if (event.getLevel() == Level.WARN || event.getLevel() == Level.ERROR) {
            System.err.println(event.getMessage());
        }
    }
}
