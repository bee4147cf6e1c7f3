package kinoteka.catalog.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;

/** A static file that the documentation page loads. No other files are served. */
enum Asset {
    SCRIPT("docs.js", Asset.OWN, "text/javascript"),
    STYLE("docs.css", Asset.OWN, "text/css"),
    SWAGGER_SCRIPT("swagger-ui-bundle.js", Asset.SWAGGER_UI, "text/javascript"),
    SWAGGER_STYLE("swagger-ui.css", Asset.SWAGGER_UI, "text/css"),
    ICON("favicon-32x32.png", Asset.SWAGGER_UI, "image/png");

    /** The folder in the WebJar, with the version that the root pom declares; a test checks that the files exist. */
    private static final String SWAGGER_UI = "META-INF/resources/webjars/swagger-ui/5.32.2/";

    private static final String OWN = "docs/";

    private final String file;
    private final String folder;
    private final String type;

    Asset(String file, String folder, String type) {
        this.file = file;
        this.folder = folder;
        this.type = type;
    }

    static Optional<Asset> named(String file) {
        return Arrays.stream(values()).filter(asset -> asset.file.equals(file)).findFirst();
    }

    String file() {
        return file;
    }

    MediaType type() {
        return MediaType.parseMediaType(type);
    }

    Resource resource() {
        return new ClassPathResource(folder + file);
    }

    byte[] content() {
        try {
            return resource().getContentAsByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }
}
