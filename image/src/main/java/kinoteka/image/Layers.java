package kinoteka.image;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Layers that depend on nothing but the names and contents of files: times are all 1970-01-01T00:00:01Z. */
final class Layers {

    /** Everybody's, and nobody deletes another's there. */
    private static final FilePermissions SHARED_FOLDER = FilePermissions.fromOctalString("777");

    private Layers() {}

    /** These files and folders of a root, in the order of their names. */
    static FileEntriesLayer of(String name, Path root, List<String> paths) throws IOException {
        var layer = FileEntriesLayer.builder().setName(name);
        for (var path : paths) {
            for (var file : below(root.resolve(path))) {
                layer.addEntry(file, AbsoluteUnixPath.get("/" + root.relativize(file)), permissions(root, file));
            }
        }
        return layer.build();
    }

    private static List<Path> below(Path path) throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            return files.sorted().toList();
        }
    }

    private static FilePermissions permissions(Path root, Path file) {
        if (file.equals(root.resolve("tmp"))) {
            return SHARED_FOLDER;
        }
        if (Files.isDirectory(file)) {
            return FilePermissions.DEFAULT_FOLDER_PERMISSIONS;
        }
        return Files.isExecutable(file)
                ? FilePermissions.fromOctalString("755")
                : FilePermissions.DEFAULT_FILE_PERMISSIONS;
    }
}
