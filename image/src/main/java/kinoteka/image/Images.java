package kinoteka.image;

import java.nio.file.Path;
import java.util.List;

/**
 * The parts of building images that shell commands cannot do: {@code archive PROGRAM VERSION ROOT FOLDER} writes an image,
 * {@code push PROGRAM VERSION ROOT REGISTRY} pushes it, {@code with-postgres COMMAND...} runs a command beside a database.
 */
public final class Images {

    private static final int ARGUMENTS = 5;

    private Images() {}

    public static void main(String[] args) throws Exception {
        var arguments = List.of(args);
        if (arguments.size() > 1 && arguments.getFirst().equals("with-postgres")) {
            System.exit(WithPostgres.run(arguments.subList(1, arguments.size())));
        }
        if (arguments.size() != ARGUMENTS) {
            throw new IllegalArgumentException("arguments: " + arguments
                    + " (expected: archive|push PROGRAM VERSION ROOT FOLDER|REGISTRY, with-postgres COMMAND...)");
        }
        var image = new Image(Program.named(args[1]), args[2], Path.of(args[3]));
        switch (args[0]) {
            case "archive" -> image.archive(Path.of(args[4]));
            case "push" -> image.push(args[4]);
            default -> throw new IllegalArgumentException("command: " + args[0] + " (expected: archive, push)");
        }
    }
}
